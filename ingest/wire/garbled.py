"""Copy spoilt before it was sent: UTF-8 that some program took for another encoding and saved as UTF-8 anew."""

from __future__ import annotations

import re

# As Windows-1252 shows the bytes of UTF-8, and as Windows-1251 shows those of Cyrillic letters.
_WESTERN = r"â\x80[\x80-\xbf]|â€[™œ˜“”\x9d\x99\x9c\xa6¦]|â€”|Ã[©¨¼¶¤Ÿ±³¡\xad]|Â[ «»£©°]|Ð[°-¿]Ñ|ï»¿|â‚¬"
_CYRILLIC = r"(?:[РС][°±ІіґµёіјЅѕї‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї»№]){2,}"
_GARBLED = re.compile(f"{_WESTERN}|{_CYRILLIC}")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_CERTAIN = 3


def found(text: str) -> list[str]:
    """The runs of characters that only such a mistake prints."""
    return _GARBLED.findall(text)


def repaired(text: str) -> str:
    """The text as it was before the mistake, where that is certain: every character of it that is not ASCII takes part
    in one, and there are several of them. "" elsewhere: half of a text repaired would be a text nobody wrote."""
    for encoding in ("cp1252", "cp1251"):
        try:
            whole = b"".join(_byte(char, encoding) for char in text).decode("utf-8")
        except UnicodeError:
            continue
        if len(_NOT_ASCII.findall(whole)) >= _CERTAIN and len(whole) < len(text):
            return whole
    return ""


def _byte(char: str, encoding: str) -> bytes:
    """The byte that a character was; the few that the code page does not use stand for themselves, as browsers do."""
    try:
        return char.encode(encoding)
    except UnicodeEncodeError:
        if "\x80" <= char <= "\x9f":
            return char.encode("latin-1")
        raise
