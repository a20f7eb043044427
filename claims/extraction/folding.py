"""One spelling for many (R42): letters without case, accents, apostrophes and hyphens. Pure."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʹʿʾ`´ь"))
_BLANKS = dict.fromkeys(map(ord, "-–‐‑\u00a0_"), " ")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """The form under which names are compared ("Bogotá" and "BOGOTA" alike)."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_APOSTROPHES).translate(_BLANKS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_LETTERS).replace(".", "").split())
