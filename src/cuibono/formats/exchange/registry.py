"""Formats of other annotation tools, in one list: add one here and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cuibono.claims.records import Case
from cuibono.formats.archives import MOST_ARCHIVE
from cuibono.formats.exchange import (
    argdown,
    dna_in,
    dna_out,
    doccano,
    label_studio_in,
    label_studio_out,
    refi_in,
    refi_out,
    web_annotation_in,
    web_annotation_out,
    webanno,
)
from cuibono.formats.exchange.assemble import case_of
from cuibono.formats.exchange.intake import Intake
from cuibono.formats.exchange.outgoing import Outgoing

START = 1_000_000
"""Bytes of a file that are looked at to tell its form."""


def anything(start: bytes) -> bool:
    """Whether a file's start fits where the ending says enough: always."""
    del start
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeFormat:
    """One tool's form: how to read it, how to write it, and what it cannot hold.

    `fits(start)` says whether a file with such a start (`START` bytes) and one of the
    `suffixes` is of this form.
    """

    name: str
    says: str
    suffixes: tuple[str, ...]
    read: Callable[[Path, Intake], None] | None = None
    write: Callable[[Outgoing], bytes] | None = None
    fits: Callable[[bytes], bool] = anything
    binary: bool = False
    holds_texts: bool = False
    leaves_out: str = ""


EXCHANGE: tuple[ExchangeFormat, ...] = (
    ExchangeFormat(
        name="web-annotation",
        says="W3C Web Annotation (JSON-LD), without loss",
        suffixes=(".jsonld", ".json"),
        read=web_annotation_in.read,
        write=web_annotation_out.write,
        fits=web_annotation_in.fits,
        leaves_out="readings, conclusions and the codebook's rules",
    ),
    ExchangeFormat(
        name="dna",
        says="Discourse Network Analyzer database",
        suffixes=(".dna",),
        read=dna_in.read,
        write=dna_out.write,
        binary=True,
        holds_texts=True,
        leaves_out="readings, conclusions and the codebook",
    ),
    ExchangeFormat(
        name="refi-qda",
        says="REFI-QDA project, lossy",
        suffixes=(".qdpx",),
        read=refi_in.read,
        write=refi_out.write,
        binary=True,
        holds_texts=True,
        leaves_out=(
            "signs, voices and layers but in notes that other programs may drop; "
            "kinds, aliases and codes of nodes; readings, conclusions, codebook"
        ),
    ),
    ExchangeFormat(
        name="webanno",
        says="WebAnno or INCEpTION TSV 3",
        suffixes=(".tsv",),
        read=webanno.read,
        fits=webanno.fits,
    ),
    ExchangeFormat(
        name="doccano",
        says="doccano, spans and relations",
        suffixes=(".jsonl", ".json"),
        read=doccano.read,
        fits=doccano.fits,
    ),
    ExchangeFormat(
        name="label-studio",
        says="Label Studio, regions and relations in, predictions out",
        suffixes=(".json",),
        read=label_studio_in.read,
        write=label_studio_out.write,
        fits=label_studio_in.fits,
        holds_texts=True,
        leaves_out=(
            "nodes that the quote does not name; conditions, times, hedges, "
            "provenance; readings, conclusions, codebook"
        ),
    ),
    ExchangeFormat(
        name="argdown",
        says="Argdown: claims as attributed statements",
        suffixes=(".argdown",),
        write=argdown.write,
        leaves_out="places in the text, kinds of nodes, times, provenance, readings",
    ),
)


def format_of(path: Path) -> str:
    """Name of the form that a file is in, from its ending and start; "" if none fits."""
    fitting = [item for item in EXCHANGE if path.suffix.lower() in item.suffixes]
    if not fitting or not path.is_file() or path.stat().st_size > MOST_ARCHIVE:
        return fitting[0].name if len(fitting) == 1 and fitting[0].binary else ""
    with path.open("rb") as stream:
        start = stream.read(START)
    return next((item.name for item in fitting if item.read and item.fits(start)), "")


def exchange_format(name: str) -> ExchangeFormat:
    """Form of a name.

    Raises
    ------
    KeyError
        If there is none.
    """
    for item in EXCHANGE:
        if item.name == name:
            return item
    raise KeyError(name)


def take_in(path: Path, name: str, intake: Intake) -> Case:
    """Case of a file of another tool; `intake` has what goes beside it.

    Raises
    ------
    ForeignFileError
        If the file is not taken.
    CaseFileError
        If it gives no valid case.
    """
    form = exchange_format(name)
    if form.read is None:
        intake.refuse(f"{name}, which is only written", "a form that can be read")
    if not path.is_file():
        intake.refuse("no such file", "a file")
    form.read(path, intake)
    return case_of(intake)
