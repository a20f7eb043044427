"""News agencies and outlets by name: one table, read once, for credit lines, datelines and bylines (R21)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.cleaning.data import table


@dataclass(frozen=True, slots=True)
class House:
    """An agency or outlet: ``name`` is the desk's short form, ``kind`` is ``agency`` or ``outlet``."""

    name: str
    kind: str
    aliases: tuple[str, ...]


@cache
def houses() -> tuple[House, ...]:
    """Every known agency and outlet, in the order of the table."""
    kinds = (("agency", table("houses")["agencies"]), ("outlet", table("houses")["outlets"]))
    return tuple(House(name, kind, tuple(aliases)) for kind, rows in kinds for name, aliases in rows.items())


def find_house(words: str) -> House | None:
    """The house that these words name, whole and alone; None when they name none."""
    key = _key(words)
    return _index().get(key) or _index().get(key.removeprefix("the "))


def houses_in(text: str) -> tuple[House, ...]:
    """The houses named anywhere in a credit line, in the order of their first mention, each once."""
    found = (find_house(match[0]) for match in _mention().finditer(text))
    return tuple(dict.fromkeys(house for house in found if house))


def agencies_in(text: str) -> tuple[str, ...]:
    """The short names of the agencies named in a credit line, in order, each once."""
    return tuple(house.name for house in houses_in(text) if house.kind == "agency")


@cache
def house_pattern() -> str:
    """A regular expression (no groups) for any known name as it is printed; longest first, case as printed."""
    names = {form for house in houses() for form in (house.name, *house.aliases)}
    names |= {form.upper() for form in names if len(form) > 4}
    return "|".join(re.escape(form) for form in sorted(names, key=lambda form: (-len(form), form)))


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@.])(?:{house_pattern()})(?!\w)")


@cache
def _index() -> dict[str, House]:
    index: dict[str, House] = {}
    for house in houses():
        for form in (house.name, *house.aliases):
            index.setdefault(_key(form), house)
    return index


def _key(words: str) -> str:
    return " ".join(words.split()).strip(" .,;:'’").casefold()
