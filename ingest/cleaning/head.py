"""The head of a piece of copy: headline, bylines and times, each taken off the pieces that hold it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.cleaning.byline import Byline, is_name, take_byline
from ingest.cleaning.dateline import take_dateline
from ingest.cleaning.furniture import is_time_line
from ingest.cleaning.names import find_house, house_pattern
from ingest.cleaning.pieces import Piece
from ingest.cleaning.tables import Kind
from ingest.cleaning.times import NEXT_LABEL, Moment, parse_moment

_TITLE_LABEL = re.compile(r"(?:headline|title|hed)\s*:\s*(?=\S)", re.I)
_SHOW_LABEL = re.compile(r"(?:video|watch|photos?|in pictures|gallery)\s*[:|]\s*(?=\S)", re.I)
_WIRE_LABEL = re.compile(
    r"(?:(?:UPDATE|WRAPUP|RPT|REFILE|CORRECTED|CORRECTION|REPEAT|ADVISORY|FLASH|URGENT|ALERT|BREAKING|EXCLUSIVE)(?:\s\d{1,2})?"
    r"(?:\s*[-:–—]\s*|\s(?=[A-Z]{2,}[-:])))+(?=\S)"
)
_CORRECTED = re.compile(r"\bCORRECT(?:ED|ION)\b")
_BY_HOUSE = re.compile(rf"\s+(?:By|by|BY)\s+(?P<house>{house_pattern()})$")
_SITE_TAIL = re.compile(rf"\s+[-|–—·•]\s+(?P<house>{house_pattern()})$")
_SUFFIX_MARK = re.compile(r"^\W*(?:by\s+)?", re.I)
_MAX_HEADLINE = 220
_HEAD_DEPTH = 4
_TAIL_DEPTH = 3
_DASHED_NAME = re.compile(r"[-–—]{1,2}\s*(?P<who>[^-–—]{4,50})")
_BYLINE_BREAK = re.compile(
    r"\s+[|•·–—-]\s+|\.\s+(?=(?:created|published|updated|posted)\b)|\s+(?=(?:published|updated|posted)\b)", re.I
)
_UPDATED = re.compile(r"\W*(?:last |article |story )?(?:updated?|modified|edited)\b", re.I)
_PUBLISHED = re.compile(
    r"\W*(?:first |originally |article |story )?(?:published|posted|created|filed|issued|date)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Title:
    """A headline, and what its suffix and label said."""

    text: str = ""
    outlet: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """The times that the copy prints: of publication and of the last update."""

    published: Moment | None = None
    updated: Moment | None = None


def split_labels(pieces: list[Piece]) -> list[Piece]:
    """ "HEADLINE: …" on an early line, or "Video: …" on the first one, is a label and the headline behind it."""
    for number, piece in enumerate(pieces[:_HEAD_DEPTH]):
        label = _TITLE_LABEL.match(piece.text) or (_SHOW_LABEL.match(piece.text) if not number else None)
        if label and len(piece.text[label.end() :].split()) >= 4 and len(pieces) > 1:
            found = [Piece(label[0].strip(), Kind.LABEL), Piece(piece.text[label.end() :], title=True)]
            return pieces[:number] + found + pieces[number + 1 :]
        title, time = _split_time(piece.text)
        if time:
            return [*pieces[:number], Piece(title, title=True), Piece(time, Kind.TIME), *pieces[number + 1 :]]
    return pieces


def _split_time(line: str) -> tuple[str, str]:
    """A headline with "Posted: …" or "Updated: …" printed on the same line."""
    head, *rest = NEXT_LABEL.split(line, maxsplit=1)
    return (head.strip(), rest[0]) if rest and len(head.split()) >= 3 and is_time_line(rest[0]) else (line, "")


def take_headline(pieces: list[Piece], known: str, site: str) -> Title:
    """The headline: the one that is known already, else the first line of copy that has the form of one. Repeats go."""
    number = None if known else _headline_at(pieces)
    printed = known if number is None else pieces.pop(number).text
    text, suffix = _without_suffix(printed, site)
    label = _WIRE_LABEL.match(text)
    text = text[label.end() :] if label else text
    _drop_repeats(pieces, text, site)
    off = [Piece(label[0].strip(), Kind.LABEL)] if label else []
    pieces[:0] = [*off, Piece(suffix, Kind.CREDIT)] if suffix else off
    house = find_house(_SUFFIX_MARK.sub("", suffix))
    signed = suffix.lower().startswith("by ")
    return Title(text, house.name if house and not signed else "", bool(label and _CORRECTED.search(label[0])))


def _headline_at(pieces: list[Piece]) -> int | None:
    for number, piece in enumerate(pieces):
        if piece.title:
            return number
        if piece.kind is None:
            following = next((other for other in pieces[number + 1 :] if other.kind is None), None)
            return number if looks_like_headline(piece.text, following.text if following else "") else None
    return None


def looks_like_headline(line: str, following: str) -> bool:
    """Whether the first line of copy is a headline: short, one sentence, no full stop, no dateline, not a byline."""
    words = line.split()
    if not 3 <= len(words) <= 40 or len(line) > _MAX_HEADLINE or line[-1] in ":;,":
        return False
    if take_dateline(line) or take_byline(line) or is_name(line):
        return False
    if line.endswith((".", ".”", '."')) and not line.endswith(("...", "U.S.", "U.N.", "U.K.", "a.m.", "p.m.")):
        filed = bool(following) and (take_dateline(following) is not None or take_byline(following) is not None)
        return len(line) <= 120 and (filed or _title_case(words)) and ". " not in line
    return not re.search(r"[a-z]{3}[.!?]”?\s+[A-Z“]", line) or len(line) <= 110


def _title_case(words: list[str]) -> bool:
    long = [word for word in words if len(word.strip(".,:;'’“”\"")) > 4]
    return len(long) >= 3 and all(word.lstrip("‘“'\"")[:1].isupper() for word in long)


def _without_suffix(text: str, site: str) -> tuple[str, str]:
    """(headline, suffix): " By Reuters", " | Site" and the like come off the end."""
    match = _BY_HOUSE.search(text) or _SITE_TAIL.search(text)
    if not match and site:
        match = re.search(rf"(?<=\S)\s+[-|–—·•:]\s+{re.escape(site)}$", text, re.I)
    if match and (site or len(text[: match.start()].split()) >= 3):
        return text[: match.start()], match[0].strip()
    return text, ""


def _drop_repeats(pieces: list[Piece], headline: str, site: str) -> None:
    if not headline:
        return
    for number, piece in enumerate(pieces):
        if (
            piece.kind is None
            and len(piece.text) <= len(headline) + _MAX_HEADLINE
            and _same(headline, _without_suffix(piece.text, site)[0])
        ):
            pieces[number] = replace(piece, kind=Kind.HEADLINE)


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def take_bylines(pieces: list[Piece]) -> Byline:
    """The signatures in the head and at the foot; their lines become furniture."""
    names: list[str] = []
    houses: list[str] = []
    copy = [number for number, piece in enumerate(pieces) if piece.kind is None]
    for number in dict.fromkeys([*copy[:_HEAD_DEPTH], *copy[-_TAIL_DEPTH:]]):
        signed = _signature(pieces[number].text, foot=number in copy[-_TAIL_DEPTH:])
        if signed:
            names += signed.names
            houses += signed.houses
            pieces[number] = replace(pieces[number], kind=Kind.BYLINE)
    return Byline(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(houses)))


def _signature(line: str, *, foot: bool) -> Byline | None:
    """A byline alone, before a date ("By A. Lund | 3 May 2024"), or at the foot behind a dash."""
    first, *rest = _BYLINE_BREAK.split(line, maxsplit=1)
    signed = take_byline(line) or (take_byline(first) if rest and is_time_line(rest[0]) else None)
    dashed = _DASHED_NAME.fullmatch(line) if foot and not signed else None
    return Byline((dashed["who"].strip(),), ()) if dashed and is_name(dashed["who"].strip()) else signed


def read_times(pieces: list[Piece]) -> Times:
    """The times printed on time lines and behind bylines; a bare date counts as publication only above the copy."""
    published = updated = bare = None
    above = True
    for piece in pieces:
        above = above and piece.kind is not None
        if piece.kind not in (Kind.TIME, Kind.BYLINE):
            continue
        for part in NEXT_LABEL.split(piece.text):
            moment = parse_moment(part)
            if _UPDATED.match(part):
                updated = updated or moment
            elif _PUBLISHED.match(part):
                published = published or moment
            elif above:
                bare = bare or moment
    return Times(published or bare, updated)
