"""The verb `suggest`: a group whose own verbs are imported only when they run."""

import importlib
import inspect

import click

from cuibono.claims.names import nearest

COMMANDS: dict[str, tuple[str, str]] = {
    "rules": ("suggest_rules", "Suggest claims by rule, offline."),
    "eval": ("suggest_eval", "Say how good the suggestions are."),
}
"""Verb: module of this package that holds it, and its line in the help."""


class SuggestVerbs(click.Group):
    """Group that imports a verb only where it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Verbs in the order of use."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Return the verb's command, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"cuibono.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        told = inspect.cleandoc(command.help or "")
        command.help = told.partition("Raises\n---")[0].rstrip()
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of verbs without importing them."""
        with formatter.section("Verbs"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb, or suggest the nearest one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = nearest(args[0], COMMANDS)
            ctx.fail(f'no verb "{args[0]}". {hint[:1].upper()}{hint[1:]}'.strip())
        return super().resolve_command(ctx, args)


@click.group(
    "suggest",
    cls=SuggestVerbs,
    epilog="""\b
Examples:
  cuibono suggest rules my-case --texts texts
  cuibono suggest eval my-case --texts texts
  cuibono suggest eval --plover plover_gsr_cameo.json --half develop""",
)
def command() -> None:
    """Suggest claims for a person to accept, edit or reject.

    A suggestion is no claim: nothing is built on it, and who says it, with what stance,
    polarity, layer and modality is left for the person who takes it.
    """
