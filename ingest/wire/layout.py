"""The lines of printed pages put together again: columns, paragraphs, broken words; running heads are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Fragment = tuple[str, float, float, float]

_STOP = re.compile(r"[.!?…:][\"”’»)\]]*$")
_NUMBER = re.compile(r"\W*(?:page\s+|p\.\s*)?\d{1,4}(?:\s*(?:of|/|-)\s*\d{1,4})?\W*", re.IGNORECASE)
_PRINTED_FROM = re.compile(r"(?:https?|file)://\S+(?:\s*\|?\s*\d{1,4}/\d{1,4})?", re.IGNORECASE)
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010\xad]$")
_LOWER = re.compile(r"([^\W\d_]+)")
_LONGEST = 80  # letters of a word; a search through a line without spaces would take the square of its length
_LETTER = 0.5  # the mean width of a letter, in parts of its size
_SAME_ROW = 2.5
_MIN_COLUMN_ROWS = 5
_MIN_COLUMN_WORDS = 3.0
_WIDE_GAP = 1.3
_ITEM = re.compile(r"[•▪●‣◦]\s|[-–—*]\s+(?=[A-Z])")
_PARTED = 0.08  # of the steps from line to line
_USUAL, _ENOUGH = 1.3, 5
_SHORT = 0.8
_EDGE = 2


@dataclass(slots=True)
class Line:
    """A printed line: where its first letter stands, in points from the page's lower left corner, and its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Copy:
    """The paragraphs of a document, one a line, and the running heads and page numbers that were left out."""

    lines: list[str]
    running: list[str] = field(default_factory=list)


def read_pages(pages: Sequence[Sequence[Fragment]]) -> Copy:
    """The copy on these pages, in the order in which they were printed."""
    printed = [_columns(_cells(page)) for page in pages]
    running = _running(printed)
    kept = [[line for line in page if id(line) not in running] for page in printed]
    return Copy(_joined(kept), [running[id(line)] for page in printed for line in page if id(line) in running])


def _cells(page: Iterable[Fragment]) -> list[Line]:
    """The pieces of text, put together as far as they run on in one line without a wide gap."""
    lines: list[Line] = []
    fresh = True
    for text, x, y, size in page:
        for number, part in enumerate(text.split("\n")):
            fresh = fresh or number > 0
            if not part.strip():
                continue
            last = lines[-1] if lines else None
            gap = 0.0 if last is None else x - (last.x + len(last.text) * last.size * _LETTER)
            if last is None or fresh or abs(y - last.y) > max(size, last.size) or gap > 3 * size + 6:
                lines.append(Line(part, x, y, size))
            else:
                last.text += part
            fresh = False
    return [Line(" ".join(line.text.split()), line.x, line.y, line.size) for line in lines]


def _columns(cells: list[Line]) -> list[Line]:
    """Rows of a table become one line each; columns that were printed row by row are read one after the other."""
    rows: list[list[Line]] = []
    for cell in cells:
        if rows and abs(rows[-1][-1].y - cell.y) <= _SAME_ROW and cell.x > rows[-1][-1].x:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    split = [row for row in rows if len(row) == 2]
    edge = _gutter(split)
    if edge is None:
        return [_row(row) for row in rows]
    first, last = rows.index(split[0]), rows.index(split[-1])
    inside = [cell for row in rows[first : last + 1] for cell in row]
    left = [cell for cell in inside if cell.x < edge]
    right = [cell for cell in inside if cell.x >= edge]
    return [*map(_row, rows[:first]), *left, *right, *map(_row, rows[last + 1 :])]


def _gutter(split: list[list[Line]]) -> float | None:
    """Where the right one of two columns of running text begins; None for a table, and for one column."""
    if len(split) < _MIN_COLUMN_ROWS:
        return None
    places = Counter(round(row[1].x / 4) for row in split)
    place, count = places.most_common(1)[0]
    words = sum(len(cell.text.split()) for row in split for cell in row) / (2 * len(split))
    return place * 4 - 8 if 2 * count >= len(split) and words >= _MIN_COLUMN_WORDS else None


def _row(row: list[Line]) -> Line:
    return Line(" | ".join(cell.text for cell in row), row[0].x, row[0].y, row[0].size)


def _running(pages: list[list[Line]]) -> dict[int, str]:
    """The lines, by id, that stand at the same place at the edge of most pages, and the numbers of pages there."""
    edges = [_edge_lines(page) for page in pages if page]
    keys = Counter(key for lines in edges for key in {_key(line) for line in lines})
    found: dict[int, str] = {}
    for lines in edges:
        for line in lines:
            often = keys[_key(line)] >= 2 and 2 * keys[_key(line)] >= len(edges)
            numbered = len(edges) > 1 and _NUMBER.fullmatch(line.text)
            if often or numbered or _PRINTED_FROM.fullmatch(line.text):
                found[id(line)] = line.text
    return found


def _edge_lines(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.y)
    return [*by_height[:_EDGE], *by_height[max(_EDGE, len(by_height) - _EDGE) :]]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / 6)


def _joined(pages: list[list[Line]]) -> list[str]:
    lines = [line for page in pages for line in page]
    starts = {id(page[0]) for page in pages if page}
    setting = _setting(lines)
    words = Counter(word.casefold() for line in lines for word in re.findall(r"[\w-]+", line.text))
    paragraphs: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _continues(last, line, setting, new_page=id(line) in starts):
            paragraphs[-1] = _glued(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
        last = line
    return paragraphs


@dataclass(frozen=True, slots=True)
class _Setting:
    """How each size of type is set: the distance from line to line in points, the longest line at each left edge in
    letters, and the sizes whose paragraphs are parted by a gap or an indent, so that a short line parts none."""

    leading: dict[int, float]
    width: dict[tuple[int, int], int]
    parted: frozenset[int]


def _setting(lines: list[Line]) -> _Setting:
    """The distance is a small one of those seen, since the larger ones part paragraphs; with few lines, not more than
    type is usually set at."""
    steps: dict[int, list[float]] = {}
    indents: Counter[int] = Counter()
    for above, below in pairwise(lines):
        if 0 < above.y - below.y < 4 * max(above.size, 1) and _alike(above, below):
            steps.setdefault(round(above.size), []).append(above.y - below.y)
            indents[round(above.size)] += 0.8 * above.size < below.x - above.x < 5 * above.size
    leading = {
        size: sorted(found)[len(found) // 5] if len(found) >= _ENOUGH else min(min(found), _USUAL * max(size, 1))
        for size, found in steps.items()
    }
    parted = [
        size
        for size, found in steps.items()
        if _PARTED * len(found) <= sum(step > _WIDE_GAP * leading[size] for step in found) + indents[size]
    ]
    return _Setting(leading, _widths(lines), frozenset(parted))


def _widths(lines: list[Line]) -> dict[tuple[int, int], int]:
    """The longest line, in characters, that begins near each left edge, for each size of type."""
    widest: dict[tuple[int, int], int] = {}
    for line in lines:
        widest[_place(line)] = max(widest.get(_place(line), 0), len(line.text))
    return widest


def _place(line: Line) -> tuple[int, int]:
    return round(line.size), round(line.x / 12)


def _alike(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) <= 0.12 * max(above.size, below.size)


def _continues(above: Line, below: Line, setting: _Setting, *, new_page: bool) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if not _alike(above, below) or " | " in above.text or " | " in below.text or _ITEM.match(below.text):
        return False
    ended = bool(_STOP.search(above.text))
    step = above.y - below.y
    if new_page or step < -_SAME_ROW:
        return not ended
    size = round(above.size)
    if step > _WIDE_GAP * setting.leading.get(size, _USUAL * above.size):
        return False
    if below.x - above.x > 0.8 * above.size:
        return False
    short = len(above.text) < _SHORT * setting.width[_place(above)]
    return not (short and ended and size not in setting.parted)


def _glued(text: str, more: str, words: Counter[str]) -> str:
    """Two lines as one; a word broken at the end is put together, with its hyphen only where the copy spells it so."""
    broken, rest = _BROKEN.search(text, max(0, len(text) - _LONGEST)), _LOWER.match(more, 0, _LONGEST)
    if not broken or not rest or not more[0].islower():
        return f"{text} {more}"
    if words[f"{broken[1]}-{rest[1]}".casefold()] and text[-1] != "\xad":
        return f"{text}{more}"
    return text[:-1] + more
