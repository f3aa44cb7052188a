"""Progress on stderr for work longer than two seconds, on a terminal only."""

import sys
import time

import click

PATIENCE_SECONDS = 2.0


class Progress:
    """Tells how far a run is, once it has taken longer than two seconds."""

    def __init__(self, *, quiet: bool) -> None:
        """Watch from now on; `quiet` tells nothing."""
        self.quiet = quiet or not sys.stderr.isatty()
        self.start = time.monotonic()
        self.shown = False

    def __call__(self, what: str, at: int, of: int) -> None:
        """Note that `at` of `of` parts are done, and `what` comes next."""
        late = time.monotonic() - self.start > PATIENCE_SECONDS
        if self.quiet or (not late and not self.shown):
            return
        self.shown = True
        full = round(20 * at / of) if of else 20
        bar = "#" * full + "." * (20 - full)
        end = "\n" if at >= of else ""
        click.echo(f"\r[{bar}] {at}/{of} {what:<40.40}{end}", nl=False, err=True)
