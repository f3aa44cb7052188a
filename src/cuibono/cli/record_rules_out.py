"""Where `cuibono record rules` writes: a page, or figures for a case."""

from pathlib import Path

import click

from cuibono.events.principle import Principle
from cuibono.files.atomic import write_text
from cuibono.formats.record.principle_files import principle_files
from cuibono.report.balance_page import Origin
from cuibono.report.principle_page import principle_page
from cuibono.study.run import versions


def write_principle(
    found: Principle, report: Path | None, figures: Path | None
) -> None:
    """Write the page and the figures that were asked for, each in one step."""
    if figures is not None:
        for name, text in principle_files(found).items():
            write_text(figures / name, text)
        click.echo(f"wrote {figures}", err=True)
    if report is None:
        return
    origin = Origin(
        name=found.record,
        made=f"{found.events:,} events, {found.first} to {found.last}",
        command=f"cuibono record rules EVENTS --null {found.draws} --seed {found.seed}",
        seed=found.seed,
        versions=versions(),
        digests=found.digests,
    )
    write_text(report, principle_page(found, origin))
    click.echo(f"wrote {report}", err=True)
