"""cuibono carries: which claims carry the answer to a conclusion."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.cli.progress import Progress
from cuibono.formats.case import read_case
from cuibono.study.run import DRAWS, SEED


@click.command(
    "carries",
    epilog="""\b
Examples:
  cuibono carries cases/levee-effect levees-raise-damage
  cuibono carries cases/enemy-of-my-enemy iran-not-to-be-counted-on --max-size 2
  cuibono carries my-case its-conclusion --reading rival --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("question")
@click.option("--reading", help="Under which reading; the first if not given.")
@click.option(
    "--max-size",
    type=click.IntRange(1, 5),
    default=3,
    show_default=True,
    help="Try every set of so many claims.",
)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--draws", type=click.IntRange(20, 100_000), default=DRAWS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    question: str,
    reading: str | None,
    max_size: int,
    seed: int,
    draws: int,
    as_json: bool,
) -> int:
    """Say which claims carry the answer to QUESTION, a conclusion of the case.

    The fewest claims, voices and sources without which nothing links its ends; the
    smallest sets of claims whose withdrawal or reversal takes the answer away; shares
    by claim, voice, source and layer; who stands behind the carriers independently.
    """
    from cuibono.report.carries_words import carries_text
    from cuibono.study.carries import carried_answer, carries_document

    found = carried_answer(
        read_case(case),
        question,
        reading=reading,
        max_size=max_size,
        seed=seed,
        draws=draws,
        progress=Progress(quiet=as_json),
    )
    if as_json:
        emit_json("carries", carries_document(found))
        return 0
    click.echo(carries_text(found))
    click.echo(f"seed {seed}, {draws} models for each prior", err=True)
    return 0
