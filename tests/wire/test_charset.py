"""Wrong character sets: what is read in which encoding, what a person is told of it, and what is left as it came."""

from __future__ import annotations

import pytest

from ingest.wire.charset import decode
from ingest.wire.registry import read
from ingest.wire.types import WireError

ENGLISH = "It’s the third time – the mayor of Lindenau said on Monday that “nobody” was told of the collapse."
RUSSIAN = (
    "Мэр города сообщил, что в понедельник при обрушении склада пострадали три человека. Спасатели работали всю ночь, "
    "заявил губернатор области, и это не первый случай."
)
UKRAINIAN = (
    "Мер міста повідомив, що в понеділок під час обвалу складу постраждали три людини. Рятувальники працювали всю ніч, "
    "заявив голова області, і це не перший випадок."
)
FRENCH = (
    "Le maire a déclaré que trois personnes ont été blessées lundi dans l’effondrement d’un entrepôt, près de la forêt."
    " « C’est la première fois », a-t-il ajouté."
)
POLISH = (
    "Burmistrz powiedział, że w poniedziałek zawaliła się hala i ucierpiały trzy osoby; strażacy pracowali całą noc, "
    "oświadczył wojewoda."
)

GUESSED = [
    (FRENCH, "cp1252", "cp1252"),
    (ENGLISH, "cp1252", "cp1252"),
    (POLISH, "cp1250", "cp1250"),
    (POLISH, "iso8859_2", "iso8859_2"),
    (RUSSIAN, "cp1251", "cp1251"),
    (RUSSIAN, "iso8859_5", "iso8859_5"),
    (RUSSIAN, "koi8_r", "koi8_r"),
    (RUSSIAN, "cp866", "cp866"),
    (UKRAINIAN, "koi8_u", "koi8_u"),
]


@pytest.mark.parametrize(("text", "sent", "found"), GUESSED)
def test_a_code_page_is_guessed_and_the_guess_is_said(text: str, sent: str, found: str) -> None:
    decoded = decode(text.encode(sent))
    assert (decoded.text, decoded.encoding) == (text, found)
    assert len(decoded.warnings) == 1
    assert "a guess" in decoded.warnings[0]
    assert "byte" in decoded.warnings[0]


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, FRENCH])
def test_utf_16_without_its_mark_is_read_and_said(text: str, order: str) -> None:
    decoded = decode(text.encode(order))
    assert (decoded.text, decoded.encoding) == (text, order)
    assert "Nothing in the file says its encoding" in decoded.warnings[0]


@pytest.mark.parametrize(
    "raw", [b"Three\x00 people were hurt.", b"\x00\x01" * 400, "三人受伤了吗 市长".encode("utf-16-le") * 9]
)
def test_what_only_might_be_utf_16_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        decode(raw)


def test_a_few_broken_bytes_do_not_turn_utf_8_into_another_encoding() -> None:
    raw = RUSSIAN.encode()
    broken = raw[:51] + raw[52:]
    decoded = decode(broken)
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert decoded.text.replace("\ufffd", "н") == RUSSIAN
    assert decoded.warnings == (
        "The file is UTF-8, but one letter is broken in it (the first at byte 50) and stands as U+FFFD.",
    )
    assert "2 letters are broken" in decode(broken + b"\xd0").warnings[0]


def test_copy_that_is_half_in_one_encoding_and_half_in_another_is_not_guessed_at() -> None:
    with pytest.raises(WireError, match="no other encoding reads the file"):
        decode(FRENCH.encode() + b"\n" + FRENCH.encode("cp1252"))


@pytest.mark.parametrize(
    ("text", "taken_for"),
    [(FRENCH, "cp1252"), (FRENCH, "latin-1"), (RUSSIAN, "latin-1"), (ENGLISH * 2, "latin-1")],
)
def test_double_encoding_is_undone_where_all_of_it_reads_and_never_silently(text: str, taken_for: str) -> None:
    decoded = decode(text.encode().decode(taken_for).encode())
    assert decoded.text == text
    assert "was undone" in decoded.warnings[0]


def test_russian_garbled_by_its_own_code_page_is_said() -> None:
    garbled = "Мэр города сообщил о взрыве".encode().decode("cp1251")
    assert "garbled" in decode(f"{garbled} – ж".encode()).warnings[0]
    assert "was undone" in decode(garbled.encode()).warnings[0]


def test_what_is_garbled_in_part_stays_as_it_came() -> None:
    text = f"The cafÃ© in Zürich closed, the owner said. {ENGLISH}"
    decoded = decode(text.encode())
    assert decoded.text == text
    assert "kept as they came" in decoded.warnings[0]


@pytest.mark.parametrize(
    "text", ["СССР и РСФСР подписали договор", "São João e Évora", "Âge légal à Nîmes", FRENCH, RUSSIAN]
)
def test_honest_letters_are_not_called_garbled(text: str) -> None:
    assert decode(text.encode()).warnings == ()


def test_warnings_reach_the_item() -> None:
    assert "koi8_r" in read(RUSSIAN.encode("koi8_r")).warnings[0]
