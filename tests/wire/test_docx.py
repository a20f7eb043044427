"""Word documents: what is read of them, and documents made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import docx
import pytest

from ingest.wire.registry import read
from ingest.wire.types import WireError
from tests.wire.printed import rezipped, saved

SENTENCE = "A ferry sank off Port Ellen on Monday, and two of its crew are missing, the police said."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def plain() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Ferry sinks off Port Ellen", 0)
    document.add_paragraph("By Ana Lund")
    document.add_paragraph("PORT ELLEN, May 3 (AP) — " + SENTENCE)
    return document


def body(markup: str) -> bytes:
    """A Word document whose body is this markup."""
    whole = f'<w:document xmlns:w="{W}" xmlns:mc="{MC}"><w:body>{markup}</w:body></w:document>'
    return rezipped(saved(docx.Document()), word__document_xml=whole)


def paragraph(markup: str) -> str:
    return f"<w:p>{markup}</w:p>"


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def test_a_document_with_heading_list_and_table() -> None:
    document = plain()
    document.add_paragraph("The coast guard was called eleven times.", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("Lindenau", "12", "Port Ellen", "3"), strict=True
    ):
        cell.text = words
    document.add_paragraph("Divers go down again on Tuesday.")
    item = read(saved(document), filename="copy.txt")
    assert item.format == "docx"
    assert item.text == (
        f"Ferry sinks off Port Ellen\n\n{SENTENCE}\nThe coast guard was called eleven times.\n"
        "Lindenau | 12\nPort Ellen | 3\nDivers go down again on Tuesday."
    )
    assert (item.bylines, item.credits, item.dateline.place) == (("Ana Lund",), ("AP",), "Port Ellen")
    assert (item.version_created, item.warnings) == (None, ())


def test_the_time_of_saving_stands_in_for_a_printed_one_and_is_said() -> None:
    document = plain()
    document.core_properties.modified = datetime(2021, 5, 3, 14, 0, tzinfo=UTC)
    document.core_properties.author = "Press Office"
    item = read(saved(document))
    assert item.version_created == datetime(2021, 5, 3, 14, 0, tzinfo=UTC)
    assert "last saved" in item.warnings[0]
    assert item.published is None
    assert item.bylines == ("Ana Lund",)


def test_the_stated_title_counts_only_where_it_is_printed() -> None:
    document = docx.Document()
    document.core_properties.title = "Template 4, final"
    document.add_paragraph(SENTENCE)
    assert read(saved(document)).text == SENTENCE


def test_deleted_words_stay_out_and_inserted_ones_in() -> None:
    changed = (
        run("Police said ")
        + f"<w:del><w:r><w:delText>twelve</w:delText></w:r></w:del><w:ins>{run('seven')}</w:ins>"
        + run(" people were hurt when the crane fell on Monday.")
        + f"<w:moveFrom>{run('moved away')}</w:moveFrom>"
    )
    item = read(body(paragraph(changed)))
    assert item.text == "Police said seven people were hurt when the crane fell on Monday."
    assert "tracked changes" in item.warnings[0]


def test_links_and_controls_are_read_hidden_words_and_second_choices_are_not() -> None:
    parts = (
        f"<w:hyperlink>{run('Police')}</w:hyperlink>" + run(" said seven people were hurt")
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t> and nobody may know</w:t></w:r>"
        + f"<mc:AlternateContent><mc:Choice>{run(' on Monday')}</mc:Choice>"
        + f"<mc:Fallback>{run(' on Monday')}</mc:Fallback></mc:AlternateContent>" + run(".")
    )  # fmt: skip
    markup = f"<w:sdt><w:sdtContent>{paragraph(parts)}</w:sdtContent></w:sdt>"
    assert read(body(markup)).text == "Police said seven people were hurt on Monday."


def test_macros_are_left_alone() -> None:
    raw = saved(plain())
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    macro = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert macro != types
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, macro if entry.filename == "[Content_Types].xml" else old.read(entry))
        new.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    assert SENTENCE in read(buffer.getvalue()).text


def lying(raw: bytes, size: int) -> bytes:
    """The document, with an entry more that unpacks to ``size`` zeros and declares ten bytes."""
    raw = rezipped(raw, word__media__a_bin=b"\x00" * size)
    return raw.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def entries(count: int) -> bytes:
    return rezipped(saved(plain()), **{f"word__media__{number}_bin": b"" for number in range(count)})


ENTITIES = f'<!DOCTYPE w [<!ENTITY a "boom">]><w:document xmlns:w="{W}"><w:body><w:p>&a;</w:p></w:body></w:document>'
FILE = (
    f'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{W}"><w:body>&a;</w:body></w:document>'
)
NESTED = f'<w:document xmlns:w="{W}"><w:body>{"<w:tbl>" * 220}{"</w:tbl>" * 220}</w:body></w:document>'
REFUSED = [
    (lambda: rezipped(saved(plain()), word__media__a_bin=b"\x00" * 60_000_000), "unpacks to more"),
    (lambda: rezipped(saved(plain()), word__media__a_bin=b"\x00" * 30_000_000), "unpacks to more"),
    (lambda: lying(saved(plain()), 50_000_000), "damaged|unpacks to more"),
    (lambda: entries(2_001), "files, more than this desk unpacks"),
    (lambda: rezipped(saved(plain()), word__document_xml=ENTITIES), "declares entities"),
    (lambda: rezipped(saved(plain()), word__document_xml=FILE), "declares entities"),
    (lambda: rezipped(saved(plain()), word__document_xml=NESTED), "nested more than 200"),
    (lambda: rezipped(saved(plain()), word__document_xml="<w:document"), "damaged"),
    (lambda: saved(plain())[:9_000], "damaged"),
    (lambda: saved(docx.Document()), "no sentence of copy"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), r"old Word document \(.doc\)"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words[:20] + str(n) for n, (_, words) in enumerate(REFUSED)])
def test_what_cannot_or_must_not_be_read_is_refused_in_one_sentence(make: Callable[[], bytes], words: str) -> None:
    with pytest.raises(WireError, match=words) as caught:
        read(make())
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_what_a_document_points_to_outside_is_not_fetched() -> None:
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relation}/attachedTemplate" TargetMode="External" Target="http://127.0.0.1:9/a"/>'
        f'<Relationship Id="b" Type="{relation}/image" TargetMode="External" Target="file:///etc/passwd"/>'
        "</Relationships>"
    )
    raw = rezipped(saved(plain()), **{"word___rels__document_xml.rels": outside})
    assert SENTENCE in read(raw).text
