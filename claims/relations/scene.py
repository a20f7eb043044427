"""The statements of one event, read once, with what they say together of who is accused. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.comparison import Geography, Measure, Reported, Where
from claims.independence import Ledger, Override, ledger_of
from claims.relations.parties import same_party
from claims.relations.reading import Reading, read
from claims.relations.types import Statement


@dataclass(frozen=True)
class Scene:
    """Everything said of one event, in the order of its time and its keys.

    ``origins`` says by key who knows it (R23), "" where nobody is named; ``parties`` the codes and names of those who
    are parties to the event; ``accused`` by party the keys of the statements that say it did it.
    """

    readings: tuple[Reading, ...]
    ledger: Ledger
    origins: dict[str, str]
    parties: frozenset[str]
    accused: dict[str, tuple[str, ...]]
    by: Measure

    def is_party(self, party: str) -> bool:
        return any(same_party(party, one) for one in (*self.parties, *self.accused))

    def one_source(self, one: Reading, other: Reading) -> bool:
        origin = self.origins[one.key]
        return bool(origin) and origin == self.origins[other.key]


def scene_of(
    statements: Iterable[Statement], by: Measure, parties: Iterable[str], overrides: Iterable[Override]
) -> Scene:
    ordered = sorted(statements, key=lambda each: (each.as_of, each.key))
    named = frozenset(parties)
    ledger = ledger_of([each.voice for each in ordered], overrides, named)
    origins = {voice: group.name for group in ledger.sources for voice in group.voices}
    origins |= dict.fromkeys(ledger.unattributed, "")
    readings = tuple(read(_told(each, origins[each.key])) for each in ordered)
    accused: dict[str, list[str]] = defaultdict(list)
    for reading in readings:
        for each in reading.accusations if not reading.statement.denied else ():
            accused[each.party].append(reading.key)
    return Scene(readings, ledger, origins, named, {party: tuple(keys) for party, keys in accused.items()}, by)


def _told(statement: Statement, origin: str) -> Statement:
    """The statement with its figures told by whoever knows them; what nobody is named for is the outlet's."""
    knows = f"source {origin}" if origin else f"outlet {statement.voice.outlet}"
    figures = tuple(_figure(each, statement, knows) for each in statement.figures)
    return replace(statement, figures=figures)


def _figure(figure: Reported, statement: Statement, origin: str) -> Reported:
    return replace(figure, origin=origin, copy=statement.article, statement=statement.key)


def meet(one: Reading, other: Reading, geography: Geography) -> bool:
    """Whether two statements may speak of the same place and time: nothing said keeps them apart (R11)."""
    ours, theirs = one.statement, other.statement
    if _disjoint(ours.from_day, ours.to_day, theirs.from_day, theirs.to_day):
        return False
    return not _apart(ours.places, theirs.places, geography)


def _disjoint(start: date | None, end: date | None, from_day: date | None, to_day: date | None) -> bool:
    if not (start and end and from_day and to_day):
        return False
    return start > to_day or from_day > end


def _apart(ours: Sequence[str], theirs: Sequence[str], geography: Geography) -> bool:
    lies = [geography(one, other) for one in ours for other in theirs]
    return bool(lies) and all(lie is Where.APART for lie in lies)
