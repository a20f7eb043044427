"""From the lines of a piece of copy to its canonical text: ordered small steps over a list of pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ingest.cleaning import head
from ingest.cleaning.appeals import appeal_runs, asks, sentences, split_appeal
from ingest.cleaning.characters import squeeze
from ingest.cleaning.dateline import MAX_LENGTH, Filed, take_dateline
from ingest.cleaning.furniture import caption_by_house, kind_of, split_tail
from ingest.cleaning.language import detect
from ingest.cleaning.names import agencies_in
from ingest.cleaning.pieces import Piece, copy_of
from ingest.cleaning.tables import Kind
from ingest.cleaning.times import parse_moment

_BULLET = re.compile(r"^[-•*▪●‣◦·]\s+(?=\S)")
_KILL = (
    r"\W*(?:(?:MANDATORY |BULLETIN |STORY |NEWS )?KILL\b|(?i:editors?[:,]? (?:please )?(?:kill|withdraw)\b"
    r"|this (?:article|story|report|copy) (?:has been|was|is) (?:withdrawn|retracted|killed)\b))"
)
_STATUSES = (
    ("killed", re.compile(_KILL)),
    ("embargoed", re.compile(r"\W*(?:strictly )?embargo", re.IGNORECASE)),
    (
        "corrected",
        re.compile(r"\W*(?:correct|refile)|.{0,200}(?:\b(?:been|was) corrected\b|earlier version)", re.IGNORECASE),
    ),
)
_NOTE_INSIDE = re.compile(
    r"\((?:corrects?|refiles?|recasts?|removes?|adds?|updates?|fixes|clarifies)\s[^()]{3,300}\)", re.IGNORECASE
)
_NOTE_REACH = 420
_DATELINE_DEPTH = 4
_CREDITING = (Kind.CREDIT, Kind.COPYRIGHT)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the format itself says of the copy (markup, metadata), which goes before what the text looks like."""

    headline: str = ""
    bylines: tuple[str, ...] = ()
    site: str = ""
    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The canonical text (headline, blank line, a paragraph a line) and what was read off the furniture.

    ``furniture`` holds (kind, words) pairs in the order of the copy; ``headline_end`` is an offset into ``text``.
    ``published`` and ``updated`` are aware; ``zone_assumed`` says that no zone was printed and UTC was put.
    """

    text: str
    headline: str
    headline_end: int
    body: tuple[str, ...]
    bylines: tuple[str, ...]
    filed: Filed | None
    credits: tuple[str, ...]
    outlet: str
    published: datetime | None
    updated: datetime | None
    zone_assumed: bool
    status: str
    embargo: datetime | None
    ed_note: str
    language: str
    furniture: tuple[tuple[str, str], ...]


def clean(lines: Sequence[str], hints: Hints | None = None) -> Cleaned:
    """The canonical text of copy given as one paragraph a line (R21: agencies are read off credits and datelines)."""
    hints = hints or Hints()
    pieces = [Piece(line) for line in map(squeeze, lines) if line]
    for step in (head.split_labels, _mark_lines, _cut_appeals, _cut_tails, _strip_bullets, _cut_notes):
        pieces = step(pieces)
    title = head.take_headline(pieces, hints.headline, hints.site)
    signed = head.take_bylines(pieces)
    filed = _take_dateline(pieces)
    _mark_captions(pieces)
    times = head.read_times(pieces)
    body = tuple(piece.text for piece in copy_of(pieces))
    text = "\n".join((title.text, "", *body) if title.text and body else (title.text or "", *body)).strip("\n")
    notes = [piece.text for piece in pieces if piece.kind is Kind.NOTE]
    return Cleaned(
        text=text,
        headline=title.text,
        headline_end=len(title.text),
        body=body,
        bylines=hints.bylines or signed.names,
        filed=filed,
        credits=_credits(pieces, signed.houses, filed),
        outlet=hints.site or title.outlet,
        published=hints.published or (times.published.when if times.published else None),
        updated=hints.updated or (times.updated.when if times.updated else None),
        zone_assumed=not hints.published
        and bool(times.published and times.published.has_clock and not times.published.zoned),
        status=_status(notes, corrected=title.corrected),
        embargo=_embargo(notes),
        ed_note="\n".join(notes),
        language=detect(text),
        furniture=tuple((piece.kind.value, piece.text) for piece in pieces if piece.kind),
    )


def _status(notes: list[str], *, corrected: bool) -> str:
    """The gravest status that the notes to editors give: killed before embargoed before corrected."""
    given = (status for status, wording in _STATUSES if any(map(wording.match, notes)))
    return next(given, "corrected" if corrected else "usable")


def _embargo(notes: list[str]) -> datetime | None:
    """The moment until which an embargo holds, where its note states a full date."""
    moments = [parse_moment(note) for note in notes if _STATUSES[1][1].match(note)]
    return next((moment.when for moment in moments if moment), None)


def _each(pieces: list[Piece], split: Callable[[Piece], list[Piece]]) -> list[Piece]:
    return [part for piece in pieces for part in ([piece] if piece.kind else split(piece))]


def _mark_lines(pieces: list[Piece]) -> list[Piece]:
    return [piece if piece.kind or piece.title else replace(piece, kind=_kind(piece.text)) for piece in pieces]


def _kind(text: str) -> Kind | None:
    bullet = _BULLET.match(text)
    return kind_of(text) or (kind_of(text[bullet.end() :]) if bullet else None)


def _cut_appeals(pieces: list[Piece]) -> list[Piece]:
    """Appeals come off, and a sentence of copy glued to one is cut free exactly where it begins."""
    texts = [piece.text for piece in pieces]
    run = appeal_runs(
        [
            "" if piece.kind and piece.kind is not Kind.NEWSLETTER else text
            for piece, text in zip(pieces, texts, strict=True)
        ]
    )
    parts: list[Piece] = []
    for number, piece in enumerate(pieces):
        if number not in run or piece.kind:
            parts.append(piece)
        elif any(asks(piece.text[a:b]) for a, b in sentences(piece.text)):
            before, kept, behind = split_appeal(piece.text)
            found = (Piece(before, Kind.APPEAL), Piece(kept), Piece(behind, Kind.APPEAL))
            parts += [part for part in found if part.text]
        else:
            parts.append(replace(piece, kind=Kind.APPEAL))
    return parts


def _cut_tails(pieces: list[Piece]) -> list[Piece]:
    """A credit in brackets comes off the end of any paragraph; a bare agency's name off the last one."""
    last = max((number for number, piece in enumerate(pieces) if not piece.kind), default=-1)

    def split(number: int, piece: Piece) -> list[Piece]:
        kept, credit = split_tail(piece.text)
        if piece.kind or not credit or (number != last and not credit.startswith(("(", "["))):
            return [piece]
        return [replace(piece, text=kept), Piece(credit, Kind.CREDIT)]

    return [part for number, piece in enumerate(pieces) for part in split(number, piece)]


def _strip_bullets(pieces: list[Piece]) -> list[Piece]:
    return _each(pieces, lambda piece: [replace(piece, text=_BULLET.sub("", piece.text, count=1))])


def _cut_notes(pieces: list[Piece]) -> list[Piece]:
    """A note on a correction that stands before or inside the dateline becomes a piece of its own."""
    return _each(pieces, _cut_note)


def _cut_note(piece: Piece) -> list[Piece]:
    note = _NOTE_INSIDE.search(piece.text, 0, _NOTE_REACH)
    if note is None or note.start() > MAX_LENGTH:
        return [piece]
    rest = squeeze(f"{piece.text[: note.start()]} {piece.text[note.end() :]}")
    if not rest or (note.start() and take_dateline(rest) is None):
        return [piece]
    return [Piece(note[0], Kind.NOTE), replace(piece, text=rest)]


def _take_dateline(pieces: list[Piece]) -> Filed | None:
    """The dateline of the first paragraph that has one near the top; it becomes a piece of its own."""
    depth = 0
    for number, piece in enumerate(pieces):
        if piece.kind:
            continue
        filed = take_dateline(piece.text)
        if filed:
            rest = [Piece(filed.rest)] if filed.rest else []
            pieces[number : number + 1] = [Piece(filed.words, Kind.DATELINE), *rest]
            return filed
        depth += 1
        if depth > _DATELINE_DEPTH:
            break
    return None


def _mark_captions(pieces: list[Piece]) -> None:
    """One sentence with a bare agency behind it is a caption, as long as copy follows it."""
    left = len(copy_of(pieces))
    for number, piece in enumerate(pieces):
        if piece.kind:
            continue
        left -= 1
        if left and caption_by_house(piece.text):
            pieces[number] = replace(piece, kind=Kind.CAPTION)


def _credits(pieces: list[Piece], signed: tuple[str, ...], filed: Filed | None) -> tuple[str, ...]:
    found = [*(filed.credits if filed else ()), *(name for house in signed for name in agencies_in(house))]
    for piece in pieces:
        if piece.kind in _CREDITING:
            found += agencies_in(piece.text)
    return tuple(dict.fromkeys(found))
