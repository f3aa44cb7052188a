"""cuibono record: what a record of events shows; a group of verbs, found when asked for."""

import click

from cuibono.cli.group import LazyVerbs

VERBS: dict[str, tuple[str, str]] = {
    "compare": ("record_compare", "Hold the claims of a case against counts."),
    "figures": ("record_figures", "Counts that a case may ship in place of events."),
    "statistics": ("record_statistics", "One row of statistics for each event."),
    "fit": ("record_fit", "Fit the sign, the weight or the rate of events."),
    "rules": ("record_rules", "Whether the four rules hold, against two nulls."),
}
"""Verb: module that holds it, and its line in the help."""


@click.command(
    "record",
    cls=LazyVerbs,
    verbs=VERBS,
    epilog="""\b
EVENTS is a table (.csv, .csv.gz) with the columns time, source, target, type (pos, neg
or neu) and, if there is one, weight. Time is a number of days or a date.
\b
Examples:
  cuibono record statistics events.csv -o statistics.csv
  cuibono record fit events.csv
  cuibono record rules events.csv --null 199 --seed 7
""",
)
def command() -> None:
    """Ask a record of events what it shows: statistics, fits, the four rules.

    What is printed is what this record shows under the settings named with it, as its
    makers coded the events; it does not say how things were.
    """
