"""Where a model is, and what may be sent there."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from cuibono.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An OpenAI-compatible endpoint and how it is asked.

    Attributes
    ----------
    url : str
        Base, such as http://localhost:11434/v1.
    model : str
        Name of the model.
    key : str
        Sent as a bearer token; never written anywhere.
    remote : bool
        Whether a host other than this machine may be sent documents.
    temperature : float
        Of the sampling.
    seed : int
        Passed on; few servers promise anything by it.
    timeout_seconds : float
        For one reply.
    retries : int
        Further attempts after a reply that failed or could not be read.
    most_tokens : int
        Longest reply asked for.
    """

    url: str
    model: str
    key: str = ""
    remote: bool = False
    temperature: float = 0.0
    seed: int = 1
    timeout_seconds: float = 120.0
    retries: int = 2
    most_tokens: int = 4096

    @property
    def host(self) -> str:
        """Host and port, for the log."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


def checked(endpoint: Endpoint) -> Endpoint:
    """The endpoint, if documents may be sent to it.

    Raises
    ------
    UsageError
        If the address is none, or leads to another machine without leave.
    """
    parts = urlsplit(endpoint.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError(
            f"{endpoint.url!r} is no address such as http://localhost:8080/v1"
        )
    if parts.username or parts.password:
        raise UsageError(
            "put the key into an environment variable, not into the address"
        )
    if not is_loopback(parts.hostname) and not endpoint.remote:
        raise UsageError(
            f"{parts.hostname} is not this machine: documents are sent there only with "
            "--send-to-remote"
        )
    return endpoint


def is_loopback(host: str) -> bool:
    """Whether a host name leads to this machine and nowhere else.

    Examples
    --------
    >>> [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "example.org")]
    [True, True, True, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
