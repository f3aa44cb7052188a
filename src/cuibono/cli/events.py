"""The verb `events`: a group whose own verbs are imported only when they run."""

import click

from cuibono.cli.group import LazyVerbs

COMMANDS: dict[str, tuple[str, str]] = {
    "import": ("events_import", "Add event files to a store."),
    "coverage": ("events_coverage", "Say which actors a store holds at all."),
    "dyads": ("events_dyads", "Count acts by dyad, period and sign."),
    "signs": ("events_signs", "Say how a result changes with the sign convention."),
}
"""Verb: module of this package that holds it, and its line in the help."""


@click.group(
    "events",
    cls=LazyVerbs,
    verbs=COMMANDS,
    epilog="""\b
Examples:
  cuibono events import 20181015-icews-events.tab --to store
  cuibono events coverage store --actors map.csv
  cuibono events dyads store --actors map.csv --by month --sign goldstein
  cuibono events signs store --actors country""",
)
def command() -> None:
    """Political event data as a store: who did what to whom, by what was reported.

    Events are reports of a provider, coded by a machine or by people. A row that is not
    there is no evidence that nothing happened.
    """
