"""What the finder of the story left out though it stands inside it: found by the runs of words that two readings of a
page share. A line of copy lost is worse than a line of furniture kept, which the cleaning may still take out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from ingest.cleaning.byline import take_byline
from ingest.cleaning.furniture import kind_of
from ingest.cleaning.tables import Kind

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*$")
_RUN = 5
_SAME, _PARTLY = 0.8, 0.3
_OPENING = 3  # sentences between headline and story: a standfirst, not a page's preamble
_BEHIND = 12  # lines behind the story among which its correction may stand
_FACTS = (Kind.TIME, Kind.CREDIT, Kind.NOTE)


class _Known:
    """The lines found, by their runs of words; ``share`` says how much of another line stands in them, and where."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.runs: dict[tuple[str, ...], int] = {}
        for number, line in enumerate(lines):
            for run in _runs(line):
                self.runs.setdefault(run, number)

    def share(self, line: str) -> tuple[float, int]:
        runs = list(_runs(line))
        places = Counter(self.runs[run] for run in runs if run in self.runs)
        return (places.total() / len(runs), places.most_common(1)[0][0]) if places else (0.0, -1)


def restored(found: Sequence[str], page: Sequence[str], headings: Collection[str]) -> list[str]:
    """The lines found, with those of ``page`` put back that stand between the headline and the story's last line and
    are sentences, bylines, times or credits; behind it, only corrections and credits. A line found in part is whole.
    None at all where nothing of what was found stands on the page."""
    known = _Known(found)
    shares = [known.share(line) for line in page]
    anchors = [number for number, (share, _) in enumerate(shares) if share >= _SAME]
    if not anchors:
        return []
    first, last = _begin(page, anchors[0], headings), anchors[-1]
    whole: dict[int, str] = {}
    behind: dict[int, list[str]] = {}
    at, opened = -1, 0
    for number in range(first, min(len(page), last + 1 + _BEHIND)):
        line, (share, place) = page[number], shares[number]
        if share >= _SAME:
            at = max(at, place)
        elif share >= _PARTLY and _holds(line, found[place]):
            whole[place], at = line, max(at, place)
        elif share < _PARTLY and _belongs(line, inside=number < last and (at >= 0 or opened < _OPENING)):
            opened += at < 0
            behind.setdefault(at, []).append(line)
    lines = list(behind.get(-1, ()))
    for number, line in enumerate(found):
        lines += [whole.get(number, line), *behind.get(number, ())]
    return lines


def _begin(page: Sequence[str], anchor: int, headings: Collection[str]) -> int:
    """The line behind the headline, where it is printed above the story; the story's first line elsewhere."""
    printed = [number for number in range(anchor) if page[number] in headings]
    return printed[-1] + 1 if printed else anchor


def _belongs(line: str, *, inside: bool) -> bool:
    if kind_of(line) in _FACTS or (inside and take_byline(line)):
        return True
    return inside and len(_WORD.findall(line)) >= _RUN and bool(_SENTENCE.search(line))


def _holds(line: str, part: str) -> bool:
    runs = list(_runs(part))
    inside = set(_runs(line))
    return bool(runs) and len(line) > len(part) and sum(run in inside for run in runs) >= _SAME * len(runs)


def _runs(line: str) -> Iterator[tuple[str, ...]]:
    """The runs of five words in a line; a shorter line is one run."""
    words = _WORD.findall(line.casefold())
    for start in range(max(1, len(words) - _RUN + 1) if words else 0):
        yield tuple(words[start : start + _RUN])
