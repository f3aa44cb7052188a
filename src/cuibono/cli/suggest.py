"""The verb `suggest`: a group whose own verbs are imported only when they run."""

import click

from cuibono.cli.group import LazyVerbs

COMMANDS: dict[str, tuple[str, str]] = {
    "rules": ("suggest_rules", "Suggest claims by rule, offline."),
    "model": ("suggest_model", "Suggest claims by a language model of your own."),
    "eval": ("suggest_eval", "Say how good the suggestions are."),
}
"""Verb: module of this package that holds it, and its line in the help."""


@click.group(
    "suggest",
    cls=LazyVerbs,
    verbs=COMMANDS,
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
