"""A group of verbs that are imported only when they run or are asked for help."""

import importlib
import inspect
from collections.abc import Mapping
from typing import Any

import click

from cuibono.claims.names import nearest


class LazyVerbs(click.Group):
    """Group whose verbs lie in modules of this package, named in a table.

    `verbs` maps a verb to the module that holds its `command`, and to its line in the
    help.
    """

    def __init__(
        self, *args: Any, verbs: Mapping[str, tuple[str, str]], **kwargs: Any
    ) -> None:
        """Keep the table."""
        super().__init__(*args, **kwargs)
        self.verbs = verbs

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Verbs in the order of use."""
        del ctx
        return list(self.verbs)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the verb's command, or None."""
        del ctx
        if cmd_name not in self.verbs:
            return None
        module = importlib.import_module(f"cuibono.cli.{self.verbs[cmd_name][0]}")
        command: click.Command = module.command
        # What a command raises is for readers of the code, not of its help.
        told = inspect.cleandoc(command.help or "")
        command.help = told.partition("Raises\n---")[0].rstrip()
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write the list of verbs without importing them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl([(name, says) for name, (_, says) in self.verbs.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or suggest the nearest one."""
        if args and args[0] not in self.verbs and not args[0].startswith("-"):
            hint = nearest(args[0], self.verbs)
            ctx.fail(f'no verb "{args[0]}". {hint[:1].upper()}{hint[1:]}'.strip())
        return super().resolve_command(ctx, args)
