"""cuibono follows: every conclusion of a case, asked of a reading's premises."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.study.run import DRAWS, SEED


@click.command(
    "follows",
    epilog="""\b
A reader who disagrees can say so, and sees what changes: --without leaves a claim out,
--deny holds its opposite, --grant adds a premise that nobody stated.
\b
Examples:
  cuibono follows cases/enemy-of-my-enemy
  cuibono follows cases/enemy-of-my-enemy --reading rival
  cuibono follows cases/enemy-of-my-enemy --without c_2ol3gdmihx
  cuibono follows my-case --grant "Arda > Brun +"
  cuibono follows my-case --merge "Quds Force=Iran" --split "Iran=Guards:c_1a,c_2b"

\b
Exit status: 0 whatever the verdicts; 2 misuse or bad input.""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--reading", help="Under which reading; the first if not given.")
@click.option("--without", multiple=True, help="A claim to leave out.")
@click.option("--deny", multiple=True, help="A claim whose opposite is held.")
@click.option("--grant", multiple=True, help="A premise: from > to + or from > to -.")
@click.option("--merge", multiple=True, help="PART=WHOLE: two nodes taken as one.")
@click.option("--split", multiple=True, help="NODE=NEW:CLAIM,...: claims about NEW.")
@click.option(
    "--deep", is_flag=True, help="Also what carries each, and bounded dynamics."
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--draws", type=click.IntRange(20, 100_000), default=DRAWS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    reading: str | None,
    without: tuple[str, ...],
    deny: tuple[str, ...],
    grant: tuple[str, ...],
    merge: tuple[str, ...],
    split: tuple[str, ...],
    deep: bool,
    seed: int,
    draws: int,
    as_json: bool,
) -> int:
    """Say of each conclusion of the sources whether it follows from their premises.

    Every reading is asked all of them. The premises are not judged.

    Raises
    ------
    UsageError
        If the case has no such reading, claim or node, or no conclusion.
    """
    from cuibono.claims.names import alias_table
    from cuibono.questions.catalogue import links_named
    from cuibono.report.follows_words import follows_document, follows_lines
    from cuibono.study.alter import (
        Changes,
        claims_named,
        merges_named,
        splits_named,
    )
    from cuibono.study.followed import followed_up

    found = read_case(case)
    known = [item.id for item in found.readings]
    if reading is not None and reading not in known:
        raise UsageError(f'no reading "{reading}"; this case has: {", ".join(known)}')
    if not found.conclusions:
        raise UsageError("this case states no conclusion: add [[conclusion]] to it")
    chosen = next(item for item in found.readings if item.id == (reading or known[0]))
    changes = Changes(
        without=claims_named(found, without),
        deny=claims_named(found, deny),
        grant=links_named(",".join(grant), alias_table(found.nodes)),
        merge=merges_named(found, merge),
        split=splits_named(found, split),
    )
    told = followed_up(found, chosen, changes, seed=seed, draws=draws, deep=deep)
    if as_json:
        emit_json("follows", follows_document(found, told))
        return 0
    for line in follows_lines(found, told):
        click.echo(line)
    click.echo(f"seed {seed}, {draws} models for each prior", err=True)
    return 0
