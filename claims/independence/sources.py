"""What a speaker's name and role say of whom he speaks for: a state, a branch of it, a body (R24, R25, R28). Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from claims.extraction import gazetteer
from claims.names import fold

_PUT_THERE = re.compile(r"\b([\w .]{2,40}?)[-\s](?:installed|backed|appointed|aligned|controlled|led|imposed)\b")
_SPOKES = re.compile(r"\bspokes(?:man|woman|person|people)\b|\bpress (?:service|secretary|office)\b", re.IGNORECASE)
_WITNESS = re.compile(r"\b(?:reporter|correspondent|journalist|photographer|witness|eyewitness)s?\b", re.IGNORECASE)
MOST_LETTERS = 4  # of an initialism such as UN or NATO, which is no town of that name
_NAME = re.compile(r"[^\W\d_][\w’'.-]*")
_OWNS = re.compile(r"['’]s?\b")
_OFFICES = frozenset(
    {"police", "officer", "officers", "sheriff", "deputy", "deputies", "detective", "mayor", "governor"}
)


@dataclass(frozen=True, slots=True)
class Knower:
    """A primary source as copy names it.

    ``key`` is the folded name; ``state`` the ISO code of the state it speaks for, "" where it speaks for none that is
    named; ``branch`` the branch of that state ("air force"), "" where none is named. ``body`` is the folded name of the
    body whose spokesperson this is. ``unnamed`` says that no person and no body is named ("officials"). ``words`` are
    its role and name, as copy gives them.
    """

    key: str
    name: str
    kind: str = ""
    state: str = ""
    branch: str = ""
    body: str = ""
    unnamed: bool = False
    witness: bool = False
    words: str = ""


def knower_of(name: str, role: str = "", kind: str = "", home: str = "") -> Knower:
    """What ``name`` ("Ukraine's air force", "Dmitry Peskov") and ``role`` ("Kremlin spokesman") say of a source.

    ``kind`` is the engine's: person, body, unnamed or agency. ``home`` is the code of the state where the event was: an
    office of which no state is named ("the governor") is one of that.
    """
    words = role if kind == "person" else f"{role} {name}" if role else name
    spokes = _SPOKES.search(role)
    branch = branch_of(words)
    body = fold(_OWNS.sub("", role[: spokes.start()])) if spokes else ""
    return Knower(
        key=fold(name),
        name=name,
        kind=kind,
        state=state_of(words) or (home if branch else ""),
        branch=branch,
        body=body,
        unnamed=kind == "unnamed",
        witness=kind == "unnamed" and bool(_WITNESS.search(name)),
        words=f"{role} {name}".strip(),
    )


@lru_cache(maxsize=4_000)
def state_of(words: str) -> str:
    """The ISO code of the state that words such as "Kharkiv Mayor" or "Moscow-installed officials in eastern Ukraine"
    point to; "" where they point to none, or to several."""
    put_there = _PUT_THERE.search(words)
    return (put_there and _named(put_there[1])) or _named(words)


def _named(words: str) -> str:
    folded = fold(_OWNS.sub("", words))
    seats = _table()[0]
    for seat, code in seats.items():
        if re.search(rf"\b{re.escape(seat)}\b", folded):
            return code
    tokens = _NAME.findall(_OWNS.sub("", words))
    at = 0
    while at < len(tokens):
        if people := _people(tokens, at):
            return people
        code, size = _place(tokens, at)
        if code:
            return code
        at += size
    return ""


def _people(tokens: list[str], at: int) -> str:
    return gazetteer.people_of(tokens[at]) if tokens[at][:1].isupper() else ""


def _place(tokens: list[str], at: int) -> tuple[str, int]:
    """The state that a place is in, "" for none, and how many words name it: every place of that name must lie in the
    same one, or be a town of no weight. A word of a longer name ("San Francisco") is no place of its own, and neither
    is one that names an office ("Police" is a town too)."""
    if not tokens[at][:1].isupper() or fold(tokens[at]) in _OFFICES:
        return "", 1
    for size in (3, 2, 1):
        name = " ".join(tokens[at : at + size])
        found = gazetteer.lookup(name)
        lands = [place for place in found if place.kind in ("country", "region")]
        if not found or (name.isupper() and len(name) <= MOST_LETTERS and not lands):
            continue
        large = lands or [place for place in found if place.population >= found[0].population / 20]
        return (large[0].country if len({place.country for place in large}) == 1 else ""), size
    return "", 1


def branch_of(words: str) -> str:
    """The branch of a state that the words name, the narrowest first; "" where they name none."""
    folded = fold(_OWNS.sub("", words))
    for branch, pattern in _table()[2]:
        if pattern.search(folded):
            return branch
    return ""


def speaks_for_state(name: str) -> str:
    """The code of the state whose government a bare capital or country stands for ("Moscow said"), "" for others."""
    folded = fold(name)
    seats, capitals, _, _ = _table()
    countries = [place.country for place in gazetteer.lookup(name) if place.kind == "country"]
    return seats.get(folded) or capitals.get(folded) or (countries[0] if countries else "")


def above(branch: str) -> tuple[str, ...]:
    """The branches over one, the nearest first: of "air force" military and government."""
    under = _table()[3]
    line: list[str] = []
    while branch := under.get(branch, ""):
        line.append(branch)
    return tuple(line)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, re.Pattern[str]], ...], dict[str, str]]:
    """(seats, capitals, patterns of the branches with the narrowest first, the branch over each)."""
    read = tomllib.loads((Path(__file__).parent / "states.toml").read_text(encoding="utf-8"))
    under = {name: branch["under"] for name, branch in read["branches"].items()}

    def depth(name: str) -> int:
        return 1 + depth(under[name]) if name else 0

    patterns = tuple(
        (name, re.compile(rf"\b(?:{'|'.join(map(re.escape, branch['words']))})\b"))
        for name, branch in sorted(read["branches"].items(), key=lambda row: -depth(row[0]))
    )
    return read["seats"], read["capitals"], patterns, under
