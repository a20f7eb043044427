"""The gazetteer: names of places over spellings and scripts (R42), looked up without being read into tables.

Data: GeoNames (CC BY 4.0) for cities, a hand-made table for countries, regions and seas; see data/README.md.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.extraction.folding import fold

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Place:
    """One place; ``country`` is an ISO 3166 code or "", ``kind`` is city, country, region, sea or continent."""

    name: str
    kind: str
    country: str
    region: str = ""
    population: int = 0
    latitude: float = 0.0
    longitude: float = 0.0
    spellings: int = 0  # how many spellings are known of it: what the world writes about

    @property
    def label(self) -> str:
        """The name with what tells it from its namesakes: "Springfield, Missouri, United States"."""
        country = country_name(self.country) if self.kind in ("city", "region") else ""
        return ", ".join(part for part in (self.name, self.region, country) if part)


def lookup(name: str) -> tuple[Place, ...]:
    """All places that bear ``name`` in any spelling: countries and regions first, then cities, the largest first."""
    folded = fold(name)
    if not folded:
        return ()
    return (*_lands()[0].get(folded, ()), *(_city(line) for line in _lines(folded)))


def house_name(name: str) -> str:
    """The name in house style (R42): of a name that is only another spelling, the one main name behind it; any other
    name as it stands."""
    found = lookup(name)
    names = {place.name for place in found}
    other = len(names) == 1 and not any(bears(place, name) for place in found)
    return names.pop() if other else name.strip()


def bears(place: Place, name: str) -> bool:
    """Whether ``name`` is the place's main name, and not one of its other spellings."""
    return fold(place.name) == fold(name)


def people_of(word: str) -> str:
    """The country code that a word for people points to ("Ukrainian" and "Ukrainians" to UA), "" where none."""
    people = _lands()[1]
    return people.get(word.lower()) or people.get(word.lower().removesuffix("s"), "")


def country_name(code: str) -> str:
    return _lands()[2].get(code, "")


@lru_cache(maxsize=1)
def _lands() -> tuple[dict[str, tuple[Place, ...]], dict[str, str], dict[str, str]]:
    """(places by folded name, country codes by word for people, country names by code)."""
    places: dict[str, tuple[Place, ...]] = {}
    people: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in (DATA / "countries.tsv").read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        kind, code, name, others, words = row.split("\t")
        place = Place(name, kind, code)
        if kind == "country":
            names[code] = name
        for spelling in {fold(each) for each in (name, *others.split("|")) if each}:
            places[spelling] = (*places.get(spelling, ()), place)
        for word in filter(None, words.split("|")):
            people.setdefault(word.lower(), code or name)
    return places, people, names


@lru_cache(maxsize=1)
def _rows() -> tuple[str, ...]:
    return tuple(gzip.decompress((DATA / "cities.tsv.gz").read_bytes()).decode().split("\n"))


@lru_cache(maxsize=1)
def _names() -> bytes:
    """The sorted name list as one block: a search in it costs microseconds, a table of it would cost memory."""
    return b"\n" + gzip.decompress((DATA / "names.tsv.gz").read_bytes()) + b"\n"


@lru_cache(maxsize=20_000)
def _lines(folded: str) -> tuple[int, ...]:
    """Line numbers in cities.tsv of the cities that bear a folded name."""
    block, wanted = _names(), folded.encode() + b"\t"
    low, high = 0, len(block) - 1
    while low < high:
        middle = block.rfind(b"\n", 0, (low + high) // 2 + 1)
        if middle < low:
            middle = low
        end = block.find(b"\n", middle + 1)
        row = block[middle + 1 : end]
        if row.startswith(wanted):
            return tuple(int(each) for each in row[len(wanted) :].split())
        if row.split(b"\t", 1)[0] + b"\t" < wanted:
            if low == end:
                break
            low = end
        else:
            high = middle
    return ()


@lru_cache(maxsize=5_000)
def _city(line: int) -> Place:
    name, country, region, population, latitude, longitude, spellings = _rows()[line].split("\t")
    return Place(name, "city", country, region, int(population), float(latitude), float(longitude), int(spellings))
