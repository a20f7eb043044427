"""Who says the same as a claim, and who says otherwise: its figures in their rows, or its words among others (R11–R17,
R20–R28). Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, pairwise

from claims.board import Counted, Row, reported
from claims.comparison import Finding, Reported, Standing, compare, overlap
from claims.figures import Interval, describe
from claims.independence import Knower
from claims.independence.ledger import components
from claims.proposals.types import Bears, Case, Contest, Desk, Rank, Stand


@dataclass(frozen=True, slots=True)
class Voiced:
    """A figure of a row, ready to be compared. ``stands``: its source never said otherwise since it first said so, and
    it can support. ``holds``: it agrees with what its source said last, or said last for the first time, which is
    enough to contest. So a copy that comes late revives no old word, and silences no newer one."""

    figure: Counted
    reported: Reported
    stands: bool
    holds: bool

    @property
    def key(self) -> str:
        return self.figure.voice.key


def stands_of(case: Case, desk: Desk) -> tuple[Stand, ...]:
    """How each number of the claim stands in its row; for a claim without numbers how its words stand."""
    found = []
    for row in case.rows:
        voiced = _voiced(row)
        found += [replace(_of_figure(case, own, voiced, desk), row=row) for own in voiced if own.key == case.about]
    found = sorted(found, key=lambda stand: (stand.what, stand.backing)) or [_of_words(case)]
    conceded = tuple(sorted({each.key for each in case.bearings if each.how is Bears.CONCEDES}))
    return tuple(replace(stand, conceded=conceded) for stand in found)


def contests_by_word(case: Case) -> tuple[Contest, ...]:
    """Denials and rival attributions, whatever the numbers say (R16, R17)."""
    told = [each for each in case.bearings if each.how is not Bears.CONCEDES]
    return tuple(Contest(each.key, each.rule, each.why) for each in sorted(told, key=lambda each: (each.key, each.why)))


def _of_words(case: Case) -> Stand:
    keys = (case.about, *sorted({*case.same} - {case.about}))
    groups = _groups(case, keys)
    ranks = {key: case.statements[key].rank for key in keys}
    pairs = [
        min(ranks[one], ranks[other])
        for one, other in combinations(keys, 2)
        if _two(case, groups, one, other)
    ]  # fmt: skip
    names = tuple(sorted({*groups.values()}))
    return Stand("", "the same", keys, names, max(pairs, default=None), contests_by_word(case))


def _voiced(row: Row) -> list[Voiced]:
    told = {each.key: reported(each, row.place, row.origins[each.key]) for each in row.figures}
    first = _first_said(told.values())
    last, new = _last_words(told.values(), _by_time), _last_words(told.values(), first)

    def voiced(figure: Counted) -> Voiced:
        own = told[figure.key]
        since = [each for each in told.values() if each.origin == own.origin and each.as_of >= first(own)]
        stands = all(overlap(own, other) for other in since)
        return Voiced(figure, own, stands, any(overlap(own, e) for e in (*last[own.origin], *new[own.origin])))

    return [voiced(figure) for figure in row.figures]


def _by_time(of: Reported) -> datetime:
    return of.as_of


def _first_said(figures: Iterable[Reported]) -> Callable[[Reported], datetime]:
    """When its source first said this very number: who prints an old word again late makes no new one of it."""
    first: dict[tuple[str, object, object], datetime] = {}
    for each in figures:
        said = (each.origin, each.low, each.high)
        first[said] = min(each.as_of, first.get(said, each.as_of))
    return lambda of: first[of.origin, of.low, of.high]


def _last_words(figures: Iterable[Reported], when: Callable[[Reported], datetime]) -> Mapping[str, list[Reported]]:
    """Of each source the figures of its newest time."""
    last: dict[str, list[Reported]] = {}
    for each in figures:
        known = last.get(each.origin)
        if known is None or when(each) > when(known[0]):
            last[each.origin] = [each]
        elif when(each) == when(known[0]):
            known.append(each)
    return last


def _of_figure(case: Case, own: Voiced, row: Sequence[Voiced], desk: Desk) -> Stand:
    others = [each for each in row if each.key != own.key]
    found = {each.reported.key: compare(own.reported, each.reported, desk.measure) for each in others}
    same = [each for each in others if found[each.reported.key].standing is Standing.AGREE]
    agreeing = [each for each in same if each.stands]
    selves = [each for each in same if each.reported.origin == own.reported.origin]
    against: dict[str, Contest] = {each.key: each for each in contests_by_word(case)}
    outdated: dict[str, Contest] = {}
    for other in others:
        finding = found[other.reported.key]
        own_word = other.reported.origin == own.reported.origin
        if finding.standing in (Standing.AGREE, Standing.DIFFERENT_SCOPE) or not (other.holds or own_word):
            continue
        clash = _clash(finding, [] if own_word else [each.reported for each in selves], other.reported, desk)
        if clash is not None:
            against.setdefault(other.key, Contest(other.key, clash.rule, clash.why))
        elif finding.first == own.reported.key:
            outdated.setdefault(other.key, Contest(other.key, finding.rule, finding.why))
    backing = [own, *sorted(agreeing, key=lambda each: each.reported.key)]
    groups = _groups(case, [each.key for each in backing])
    return Stand(
        _what(own.figure),
        describe(Interval(own.figure.low, own.figure.high)),
        tuple(dict.fromkeys(each.key for each in backing)),
        tuple(sorted({*groups.values()})),
        _level(case, groups, backing),
        tuple(sorted(against.values(), key=lambda each: (each.rule, each.key))),
        tuple(sorted(outdated.values(), key=lambda each: (each.rule, each.key))),
    )


def _clash(finding: Finding, selves: Iterable[Reported], other: Reported, desk: Desk) -> Finding | None:
    """The conflict, of the claim's own figure or of a later copy of its source's word, so that a copy that comes later
    never ends one."""
    found = (finding, *(compare(each, other, desk.measure) for each in selves))
    return next((each for each in found if each.standing is Standing.CONFLICT), None)


def _what(figure: Counted) -> str:
    named = figure.measure.removeprefix("other:").replace("_", " ")
    number = describe(Interval(figure.low, figure.high, figure.approximate))
    where = f" in {figure.places[0]}" if len(figure.places) == 1 else ""
    whom = f" {figure.population}" if figure.population and figure.population.rstrip("s") != named.rstrip("s") else ""
    return f"{number}{f' {figure.unit}' if figure.unit else ''}{whom} {named}{where}"


def _groups(case: Case, keys: Iterable[str]) -> Mapping[str, str]:
    """The independent source behind each key that has one, by its name: one interest, and all that are one source with
    it by whatever a person said. Of whom nobody is named, nobody can say that they know (R20)."""
    wanted = set(keys)
    interest = {key: group.name for group in case.ledger.interests for key in group.voices}
    edges = [(interest[one], interest[other]) for group in case.ledger.sources for one, other in pairwise(group.voices)]
    one_of = {name: min(names) for names in components(sorted({*interest.values()}), edges) for name in names}
    return {key: one_of[interest[key]] for key in sorted(wanted & interest.keys())}


def _two(case: Case, groups: Mapping[str, str], one: str, other: str) -> bool:
    """Whether two statements come from two independent sources (R20–R25)."""
    if one not in groups or other not in groups or groups[one] == groups[other]:
        return False
    first, second = case.statements[one].knower, case.statements[other].knower
    return first is not None and second is not None and not _may_be_one(first, second)


def _may_be_one(one: Knower, other: Knower) -> bool:
    """R25: of two that are not named nobody can say that they are two, unless they speak for two states; nor of one who
    is named and "officials" who may be that one's."""
    if one.witness or other.witness:
        return False
    if one.unnamed and other.unnamed:
        return not (one.state and other.state and one.state != other.state)
    vague, known = (one, other) if one.unnamed else (other, one)
    return vague.unnamed and not vague.state and bool(vague.branch and known.branch)


def _level(case: Case, groups: Mapping[str, str], backing: Sequence[Voiced]) -> Rank | None:
    """The rank of the weaker of the two best sources that are independent and agree with each other, too."""
    best: dict[tuple[str, object, object, str], Voiced] = {}
    for each in backing:
        if (group := groups.get(each.key)) is None:
            continue
        knower = case.statements[each.key].knower
        place = (group, each.figure.low, each.figure.high, knower.key if knower else "")
        if place not in best or case.statements[each.key].rank > case.statements[best[place].key].rank:
            best[place] = each
    pairs = [
        min(case.statements[one.key].rank, case.statements[other.key].rank)
        for one, other in combinations(best.values(), 2)
        if _two(case, groups, one.key, other.key) and overlap(one.reported, other.reported)
    ]
    return max(pairs, default=None)
