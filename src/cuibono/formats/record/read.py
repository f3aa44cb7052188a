"""Reading the folder `record/` of a case."""

from dataclasses import replace
from pathlib import Path

from cuibono.claims.records import Case
from cuibono.errors import Problems
from cuibono.events.actors.read import actor_map_of
from cuibono.events.actors.records import ActorMap
from cuibono.events.plan import RecordPlan
from cuibono.formats.limits import CaseFolder
from cuibono.formats.record.figures_files import read_figures
from cuibono.formats.record.plan_toml import read_plan
from cuibono.formats.record.principle_files import read_principle

FOLDER = "record"


def read_record(root: Path, case: Case) -> RecordPlan | None:
    """What a case asks of event records, or None if it has no folder `record/`.

    Raises
    ------
    CaseFileError
        With every problem of the folder.
    """
    problems = Problems()
    found = inspect_record(root, case, problems)
    problems.raise_if_any()
    return found


def inspect_record(root: Path, case: Case, problems: Problems) -> RecordPlan | None:
    """The same, with the faults in `problems`."""
    if not (root / FOLDER).is_dir():
        return None
    folder = CaseFolder(root, problems)
    plan = RecordPlan()
    if folder.exists(f"{FOLDER}/record.toml"):
        text = folder.text(f"{FOLDER}/record.toml")
        if text is not None:
            plan = read_plan(text, f"{FOLDER}/record.toml", case, problems)
    extracts = [path for path in folder.names(FOLDER, "*") if (root / path).is_dir()]
    figures = [read_figures(folder, path, problems) for path in extracts]
    principles = [(path, read_principle(folder, path, problems)) for path in extracts]
    return replace(
        plan,
        actor_map=_actor_map(folder, case, problems),
        figures=tuple(
            replace(one, file_digests=tuple(sorted(folder.digests.items())))
            for one in figures
            if one is not None
        ),
        principles=tuple(
            (path.split("/")[1], one) for path, one in principles if one is not None
        ),
    )


def _actor_map(folder: CaseFolder, case: Case, problems: Problems) -> ActorMap | None:
    """Actor map of the case, whose actors must be nodes."""
    name = f"{FOLDER}/actors.csv"
    if not folder.exists(name):
        return None
    data = folder.bytes(name)
    if data is None:
        return None
    found = actor_map_of(data, name, problems)
    known = {node.id for node in case.nodes}
    for row in found.rows:
        if row.actor and row.actor not in known:
            problems.add(
                name,
                row=row.row,
                column="actor",
                found=f'"{row.actor}"',
                expected="the id of a node in nodes.csv, or nothing",
            )
    return found
