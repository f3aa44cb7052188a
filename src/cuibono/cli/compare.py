"""cuibono compare: two readings of a case side by side."""

from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.study.run import DRAWS, SEED


@click.command(
    "compare",
    epilog="""\b
Examples:
  cuibono compare cases/enemy-of-my-enemy --readings author,rival
  cuibono compare cases/enemy-of-my-enemy --readings forbes,american-thinker --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--readings", required=True, help="Two readings, a comma between.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--draws", type=click.IntRange(20, 100_000), default=DRAWS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(case: Path, readings: str, seed: int, draws: int, as_json: bool) -> int:
    """Say what two readings share, and what each makes of every conclusion.

    Claims and links that one has alone, links signed in opposite ways, verdicts side by
    side, and mixtures: where a verdict turns on the way from one to the other.

    Raises
    ------
    UsageError
        If two readings of the case are not named.
    """
    from cuibono.report.follows_words import compare_document, compare_lines
    from cuibono.study.compare import compared

    found = read_case(case)
    by_id = {item.id: item for item in found.readings}
    names = [name.strip() for name in readings.split(",") if name.strip()]
    if len(names) != 2 or names[0] == names[1] or not set(names) <= by_id.keys():
        raise UsageError(
            f'--readings takes two of: {", ".join(by_id)}; got "{readings}"'
        )
    told = compared(found, by_id[names[0]], by_id[names[1]], seed=seed, draws=draws)
    if as_json:
        emit_json("compare", compare_document(found, told))
        return 0
    for line in compare_lines(found, told):
        click.echo(line)
    return 0
