"""cuibono balance --verify: a certificate checked by its own small program."""

import json
from pathlib import Path

import click

from cuibono.cli.output import emit_json
from cuibono.errors import UsageError
from cuibono.formats.network import Network

_MOST_CERTIFICATE_BYTES = 500_000_000


def checked_certificate(read: Network, path: Path, as_json: bool) -> int:
    """Check a certificate; 0 if all of it is proved, 1 if it does not hold, 4 if not all.

    Raises
    ------
    UsageError
        If the file is no JSON.
    """
    from cuibono.balance.proof_file import named_ties
    from cuibono.balance.verify import RejectedError, verify

    if path.stat().st_size > _MOST_CERTIFICATE_BYTES:
        raise UsageError(f"{path}: too large for a certificate")
    try:
        document = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: found no JSON ({error})") from error
    extra = read.symmetrised.cancelled
    try:
        found = verify(named_ties(read.symmetrised.graph), document)
    except RejectedError as error:
        if as_json:
            emit_json("balance-verify", {"accepted": False, "reason": str(error)})
        click.echo(f"certificate rejected: {error}", err=True)
        return 1
    lower, stated, upper = (
        value / 1e6 + extra for value in (found.lower, found.stated, found.upper)
    )
    if as_json:
        content: dict[str, object] = {
            "accepted": True,
            "proven": found.proven,
            "lower_bound": lower,
            "upper_bound": upper,
            "lower_bound_by_solver": stated if stated > lower else None,
        }
        emit_json("balance-verify", content)
        return 0 if found.proven else 4
    if found.proven:
        click.echo(f"certificate holds: the frustration index is {upper:g}")
        return 0
    click.echo(f"certificate holds: the index is between {lower:g} and {upper:g}")
    if stated > lower:
        click.echo(
            f"that it is not below {stated:g} is the word of a solver, unchecked"
        )
    return 4
