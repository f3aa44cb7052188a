"""Documents in: what is kept, what is said to be lost, what is refused."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cuibono.coding.documents.clean import cleaned
from cuibono.coding.documents.reading import form_of, read_document
from cuibono.errors import UsageError

PERSIAN = "ایران با داعش می\u200cجنگد، گفت \N{GRINNING FACE}."


def _docx(*paragraphs: str) -> bytes:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Arda", "Brun"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _pdf(*lines: str) -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 720 Td {shown} ET".encode()
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_text_keeps_every_script_and_its_joiners() -> None:
    found = read_document(PERSIAN.encode(), "a.txt")
    assert found.text == PERSIAN + "\n"
    assert found.note == ""


def test_utf_16_is_read_and_said() -> None:
    found = read_document("Arda – Brun".encode("utf-16"), "a.txt")
    assert (found.text, found.note) == ("Arda – Brun\n", "read as UTF-16")


def test_markdown_stays_as_its_author_wrote_it() -> None:
    found = read_document(b"# On *Arda*\n\nArda helps **Brun**.\n", "a.md")
    assert "**Brun**" in found.text
    assert found.title == "On *Arda*"


def test_html_gives_what_a_reader_sees() -> None:
    page = (
        "<!doctype html><html lang=en><head><title>On Arda</title>"
        '<meta name=author content="Ana Cor"><script>x()</script></head><body>'
        "<nav>Home</nav><article><h1>On Arda</h1><p>Arda &amp; Brun<br>meet."
        "<p>Cor <b>helps</b> Arda.</p></article><footer>(c)</footer></body></html>"
    )
    found = read_document(page.encode(), "page.html")
    assert found.text.split("\n") == [
        "On Arda", "", "Arda & Brun", "meet.", "", "Cor helps Arda.", "",
    ]  # fmt: skip
    assert (found.title, found.author, found.language) == ("On Arda", "Ana Cor", "en")
    assert "2 parts around the text" in found.note


def test_html_fetches_and_runs_nothing() -> None:
    page = "<p>Arda<img src='http://example.org/x'><script>alert(1)</script></p>"
    assert read_document(page.encode(), "a.html").text == "Arda\n"


def test_docx_gives_paragraphs_and_tables_in_order() -> None:
    found = read_document(_docx("Arda helps.", PERSIAN), "a.docx")
    assert found.text == f"Arda helps.\n\n{PERSIAN}\n\nArda\tBrun\n"


def test_pdf_gives_its_text_layer_with_words_joined_over_lines() -> None:
    pytest.importorskip("pypdf")
    found = read_document(_pdf("Arda sup-", "ports Brun."), "a.pdf")
    assert "supports Brun." in found.text
    assert "1 words joined" in found.note


def test_the_form_is_that_of_the_bytes_not_of_the_name() -> None:
    assert form_of(_pdf("x"), "a.txt") == "pdf"
    assert form_of(b"  <HTML>", "a.txt") == "html"


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.txt", "no text"),
        (b" \n ", "a.txt", "no text"),
        (b"\xffabc", "a.txt", "not UTF-8"),
        (b"hello", "a.pdf", "is none"),
        (b"hello", "a.docx", "is none"),
        (b"PK\x03\x04broken", "a.docx", "broken archive"),
        (b"%PDF-1.4 broken", "a.pdf", "cannot be read as PDF"),
        (b"\x00\x01\x02", "a.bin", "no text"),
        (b"x" * 20_000_001, "a.txt", "at most"),
    ],
)
def test_what_is_no_document_is_refused_with_one_line(
    data: bytes, name: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        read_document(data, name)
    assert "\n" not in str(caught.value)


def test_an_archive_that_expands_too_far_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 210_000_000)
    with pytest.raises(UsageError, match="expands to"):
        read_document(out.getvalue(), "bomb.docx")


def test_entities_of_a_docx_are_not_expanded() -> None:
    data = _docx("Arda")
    out = io.BytesIO()
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        b'main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    )
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, evil if name == "word/document.xml" else old.read(name))
    try:
        text = read_document(out.getvalue(), "a.docx").text
    except UsageError:
        return
    assert "root:" not in text


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)
