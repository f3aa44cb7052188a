"""cuibono ask: one question of a case."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuibono.claims.records import Case
from cuibono.cli.output import emit_json
from cuibono.errors import UsageError
from cuibono.formats.case import read_case
from cuibono.study.run import DRAWS, SEED

if TYPE_CHECKING:
    from cuibono.questions.answer import Answer
    from cuibono.questions.lens import Lens


@click.command(
    "ask",
    epilog="""\b
Questions: benefits, depends, policy, lasts, follows (a conclusion of the case)
\b
Examples:
  cuibono ask cases/enemy-of-my-enemy benefits --press "islamic-state=+1"
  cuibono ask cases/enemy-of-my-enemy depends --pair "Iran, Islamic State"
  cuibono ask cases/enemy-of-my-enemy follows
  cuibono ask my-case policy --press "Arda=-1" --of "Brun, Cor" --json""",
)
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("question")
@click.argument("which", required=False)
@click.option("--press", help="Nodes pushed for good: name=+1, name=-1.")
@click.option("--remove", help="Nodes taken out.")
@click.option("--clamp", help="Nodes held where they are.")
@click.option("--add", help="Links added: from > to +, from > to -.")
@click.option("--cut", help="Links cut: from > to.")
@click.option("--of", help="Nodes to tell about.")
@click.option("--pair", help="Two nodes parted by a comma.")
@click.option("--without", help="Drivers to take out.")
@click.option("--reading", help="Under which reading; the first if not given.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED)
@click.option("--draws", type=click.IntRange(20, 100_000), default=DRAWS)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    case: Path,
    question: str,
    which: str | None,
    reading: str | None,
    seed: int,
    draws: int,
    as_json: bool,
    **given: str | None,
) -> int:
    """Ask a case one QUESTION, of the premises of one reading.

    Nodes go by id, label or alias. WHICH names a conclusion, for follows.

    Raises
    ------
    UsageError
        If the case has no such reading, node or question.
    """
    from cuibono.claims.names import alias_table
    from cuibono.model.build import build_model
    from cuibono.questions.catalogue import question_kind
    from cuibono.questions.lens import Lens
    from cuibono.report.text import answer_text
    from cuibono.study.document import plain

    found = read_case(case)
    known = [item.id for item in found.readings]
    if reading is not None and reading not in known:
        raise UsageError(f'no reading "{reading}"; this case has: {", ".join(known)}')
    chosen = next(item for item in found.readings if item.id == (reading or known[0]))
    lens = Lens(build_model(found, chosen), seed=seed, draws=draws)
    if question == "follows":
        answers = _follows(lens, found, which)
    else:
        kind = question_kind(question)
        inputs = {name: value for name, value in given.items() if value}
        for name in inputs:
            if name not in dict(kind.inputs):
                takes = ", ".join(f"--{word}" for word, _ in kind.inputs)
                raise UsageError(f"{question} takes no --{name}; it takes: {takes}")
        title = " ".join(f"{name} {value}" for name, value in inputs.items())
        names = alias_table(found.nodes)
        answers = [kind.ask(lens, question, title, inputs, names)]
    if as_json:
        emit_json(
            "ask",
            {
                "case": found.id,
                "reading": chosen.id,
                "seed": seed,
                "draws": draws,
                "digests": dict(found.digests),
                "answers": [plain(answer) for answer in answers],
            },
        )
        return 0
    for answer in answers:
        click.echo(answer_text(answer, found))
    click.echo(f"seed {seed}, {draws} models for each prior", err=True)
    return 0


def _follows(lens: "Lens", found: Case, which: str | None) -> list["Answer"]:
    """Answers to the conclusions of a case, or to one of them.

    Raises
    ------
    UsageError
        If the case has no such conclusion.
    """
    from cuibono.questions.follows import follows

    known = [item.id for item in found.conclusions]
    if which is not None and which not in known:
        listed = ", ".join(known) or "none"
        raise UsageError(f'no conclusion "{which}"; this case has: {listed}')
    if not known:
        raise UsageError("this case states no conclusion: add [[conclusion]] to it")
    asked = [item for item in found.conclusions if which in (None, item.id)]
    return [follows(lens, item) for item in asked]
