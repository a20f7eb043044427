"""What each source said over time, as the geometry of a small picture: a lane a source, one scale for all. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

WIDTH, LANE, TRACK, HEAD, FOOT = 720, 52, 26, 18, 24
LEFT, RIGHT = 8, 700
LEAST_BAR, BAR = 4.0, 4
LETTER, LABEL_ROOM = 7.0, 100.0  # the width of a letter, and from where on a label stands before its mark
MOST_LANES, MOST_MARKS = 12, 40
MOST_NAME = 70


@dataclass(frozen=True, slots=True)
class Said:
    """An interval as of a time, with its words; ``past`` where a newer version of the story no longer has it."""

    as_of: datetime
    low: Decimal
    high: Decimal | None
    label: str
    past: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A bar from ``y`` down by ``height``; ``open``: without an upper end. ``text_x`` and ``anchor`` place the label,
    which is "" where there is no room."""

    x: float
    y: float
    height: float
    open: bool
    past: bool
    label: str
    text_x: float
    anchor: str

    @property
    def left(self) -> float:
        return self.x - BAR / 2

    @property
    def arrow(self) -> str:
        return f"M{self.x - 4} {self.y + 4} L{self.x} {self.y - 1} L{self.x + 4} {self.y + 4}"


@dataclass(frozen=True, slots=True)
class Lane:
    name: str
    y: float
    base: float
    track: float
    line: str
    marks: Sequence[Mark]

    @property
    def label_y(self) -> float:
        return self.base - 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """``first`` and ``last`` are the times at its ends; ``left_out`` counts the sources beyond the last lane."""

    width: int
    height: int
    lanes: Sequence[Lane]
    first: datetime
    last: datetime
    left_out: int = 0

    @property
    def foot(self) -> int:
        return self.height - 6


def timeline_of(said: Mapping[str, Sequence[Said]]) -> Timeline | None:
    """The picture of what each source said; None where all was said at one time: then there is nothing to follow."""
    times = [each.as_of for line in said.values() for each in line]
    if len(set(times)) < 2:
        return None
    names = sorted(said, key=lambda name: (min(each.as_of for each in said[name]), name))[:MOST_LANES]
    scale = Scale([each for name in names for each in said[name]], min(times), max(times))
    lanes = [scale.lane(number, name, said[name]) for number, name in enumerate(names)]
    height = HEAD + LANE * len(lanes) + FOOT
    return Timeline(WIDTH, height, lanes, min(times), max(times), len(said) - len(names))


class Scale:
    """One scale of time and one of numbers for all lanes, so that they can be compared by eye."""

    def __init__(self, said: Sequence[Said], first: datetime, last: datetime) -> None:
        self.first, self.seconds = first, (last - first).total_seconds()
        ends = [float(end) for each in said for end in (each.low, each.high) if end is not None]
        self.low, self.high = min(ends), max(ends)

    def x(self, when: datetime) -> float:
        return round(LEFT + (RIGHT - LEFT) * (when - self.first).total_seconds() / self.seconds, 1)

    def up(self, number: Decimal) -> float:
        """How far above the base of its lane a number stands."""
        if self.high == self.low:
            return TRACK / 2
        return (float(number) - self.low) / (self.high - self.low) * (TRACK - LEAST_BAR)

    def lane(self, number: int, name: str, said: Sequence[Said]) -> Lane:
        top = HEAD + number * LANE
        base = top + 18 + TRACK
        ordered = sorted(said, key=lambda each: (each.as_of, each.low))[-MOST_MARKS:]
        middles = [(self.x(each.as_of), round(base - self.up(each.low) - LEAST_BAR / 2, 1)) for each in ordered]
        steps = " ".join(f"H{x} V{y}" for x, y in middles[1:])
        line = f"M{middles[0][0]} {middles[0][1]} {steps}".strip()
        shown = name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1]}…"
        return Lane(shown, top + 11, base, base - TRACK, line, self.marks(ordered, base))

    def marks(self, ordered: Sequence[Said], base: float) -> list[Mark]:
        """One mark a figure; those of one time share a label, at the last of them."""
        made = []
        for number, each in enumerate(ordered):
            x, low = self.x(each.as_of), self.up(each.low)
            top = float(TRACK) if each.high is None else self.up(each.high) + LEAST_BAR
            late = x > RIGHT - LABEL_ROOM
            made.append(
                Mark(
                    x=x,
                    y=round(base - top, 1),
                    height=round(max(LEAST_BAR, top - low), 1),
                    open=each.high is None,
                    past=each.past,
                    label=self.label(ordered, number),
                    text_x=x - 7 if late else x + 7,
                    anchor="end" if late else "start",
                )
            )
        return made

    def label(self, ordered: Sequence[Said], number: int) -> str:
        """What stands beside a mark; nothing where the next one leaves no room for it."""
        here = ordered[number]
        words = " / ".join(dict.fromkeys(each.label for each in ordered if each.as_of == here.as_of))
        if number + 1 == len(ordered):
            return words
        room = self.x(ordered[number + 1].as_of) - self.x(here.as_of)
        return words if room >= LETTER * len(words) + 2 * LETTER else ""
