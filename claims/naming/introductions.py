"""The initialisms that copy introduces in brackets: "the World Health Organization (WHO)". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from claims.naming.bodies import is_short

_BRACKETS = re.compile(r"\s*\(\s*(?:the\s+)?[\"“]?((?:[A-Z]\.?){2,8}|[A-Z][A-Za-z]{1,6}[A-Z])[\"”]?\s*\)")
MOST_TIMES = 50


def introduced(text: str, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For those of ``names`` behind which ``text`` puts an initialism in brackets: the initialisms, without points."""
    if "(" not in text:
        return {}
    found = {name: tuple(dict.fromkeys(_behind(text, name))) for name in names if name and not is_short(name)}
    return {name: letters for name, letters in found.items() if letters}


def _behind(text: str, name: str) -> Iterable[str]:
    for number, at in enumerate(re.finditer(re.escape(name), text)):
        if number >= MOST_TIMES:
            break
        if brackets := _BRACKETS.match(text, at.end()):
            yield brackets[1].replace(".", "")
