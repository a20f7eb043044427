"""Bytes at the door: what is refused, with which words, and in which encoding the rest is read."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.cleaning.language import detect
from ingest.wire.charset import decode
from ingest.wire.registry import read
from ingest.wire.types import Limits, WireError

COPY = "The mayor of Lindenau said three people were hurt when a warehouse collapsed on Monday."
CURLY = f"It’s “over” – {COPY}"
RUSSIAN = "Мэр города сообщил, что в понедельник при обрушении склада пострадали три человека, и это не первый случай."


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


REFUSED = [
    (b"", "is empty"),
    (b" \r\n\t ", "only white space"),
    ("\ufeff \n".encode(), "only white space"),
    (zipped("xl/workbook.xml"), "This is an Excel workbook"),
    (zipped("photos/a.raw"), "This is a ZIP archive"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "This is a PNG image"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "This is a JPEG image"),
    (b"MZ\x90\x00\x03\x00\x00\x00", "This is a Windows program"),
    (b"\x7fELF\x02\x01\x01\x00", "This is a program"),
    (b"{\\rtf1\\ansi Three people were hurt.}", "Rich Text"),
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "WAV recording"),
    (b"abc\x00def", "Byte 3 is a NUL"),
    (b"\xff\xfeT\x00h\x00e", "Byte 6"),
    (b"\xef\xbb\xbfThree people \xff were hurt", "Byte 16 is not UTF-8"),
    (bytes(range(1, 32)) * 9, "binary data"),
    (b'{"headline": "x", "body": "y"}', "This is JSON"),
    (b'<?xml version="1.0"?><invoice guid="a"><p>x</p></invoice>', "This is XML"),
    (b"Read more\nShare\nSign up\n", "no sentence of copy"),
    (b"two words", "no sentence of copy"),
    (b"<html><body><nav>one two three four five</nav></body></html>", "no sentence of copy"),
]


@pytest.mark.parametrize(("raw", "words"), REFUSED)
def test_what_is_not_copy_is_refused_in_one_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(WireError, match=words) as caught:
        read(raw, filename="copy.txt")
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message


def test_limits_hold() -> None:
    with pytest.raises(WireError, match=r"too large: this desk reads up to 50 bytes"):
        read(COPY.encode(), limits=Limits(max_bytes=50))
    with pytest.raises(WireError, match=r"holds 15 words; this desk reads up to 10"):
        read(COPY.encode(), limits=Limits(max_words=10))


ENCODINGS = [
    (COPY.encode(), "utf-8", 0),
    (CURLY.encode("utf-8-sig"), "utf-8", 0),
    (CURLY.encode("utf-16"), "utf-16-le", 0),
    (b"\xfe\xff" + CURLY.encode("utf-16-be"), "utf-16-be", 0),
    (CURLY.encode("cp1252"), "cp1252", 1),
    (f"René Müller’s café burned. {COPY}".encode("cp1252"), "cp1252", 1),
    (RUSSIAN.encode("cp1251"), "cp1251", 1),
    (b'<html><head><meta charset="windows-1251"></head><body><p>' + RUSSIAN.encode("cp1251"), "cp1251", 0),
    (b'<html><head><meta charset="base64"></head><body><p>' + CURLY.encode("cp1252"), "cp1252", 1),
    (b'<html><head><meta charset="utf-8"></head><body><p>' + CURLY.encode("cp1252"), "cp1252", 1),
]


@pytest.mark.parametrize(("raw", "encoding", "warnings"), ENCODINGS)
def test_an_encoding_is_found_and_a_guess_is_said(raw: bytes, encoding: str, warnings: int) -> None:
    decoded = decode(raw)
    assert decoded.encoding == encoding
    assert len(decoded.warnings) == warnings
    assert all(encoding in warning for warning in decoded.warnings)
    assert "\ufffd" not in decoded.text


def test_what_was_garbled_before_it_came_is_named() -> None:
    assert "â€™" in read(f"It wasnâ€™t clear. {COPY}".encode()).warnings[0]
    assert "U+FFFD" in read(f"It was\ufffd clear. {COPY}".encode()).warnings[0]
    assert read(f"It wasn’t clear. {COPY}".encode()).warnings == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"BMW said three people were hurt on Monday.",
        b"[Oslo] Three people were hurt.",
        b"{sic} Three people were hurt.",
    ],
)
def test_copy_that_begins_like_another_format_is_copy(raw: bytes) -> None:
    assert read(raw).format == "text"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (COPY, "en"),
        ("Der Bürgermeister sagte, bei dem Brand in der Halle seien am Montag drei Menschen verletzt worden.", "de"),
        (
            "Le maire a dit que trois personnes ont été blessées dans un incendie et que le feu est éteint.",
            "fr",
        ),
        (RUSSIAN, "ru"),
        (
            "Мер міста повідомив, що в понеділок під час обвалу складу постраждали три людини, і це не перший випадок.",
            "uk",
        ),
        ("市長は月曜日に倉庫が崩れて三人がけがをしたと述べた。", "ja"),
        ("市长说，星期一仓库倒塌，三人受伤。", "zh"),
        ("Three hurt", ""),
    ],
)
def test_the_language_is_known_roughly(text: str, code: str) -> None:
    assert detect(text) == code


def test_copy_in_another_language_is_read_with_a_warning() -> None:
    item = read(RUSSIAN.encode())
    assert item.language == "ru"
    assert any("Russian" in warning for warning in item.warnings)
