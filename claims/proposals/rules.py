"""Which rating the rules would propose (R31–R35), in words a reviewer can check. Pure.

The order in which claims came does not matter. A copy of what a source said already adds nothing, and what contests a
claim never makes it better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from claims.proposals import sentences as say
from claims.proposals.backing import contests_by_word, stands_of
from claims.proposals.types import Bearing, Bears, Case, Cited, Contest, Desk, Fired, Proposal, Rank, Stand
from claims.workflow import Rating

PRODUCER = "rating rules 1"
MOST_CITED = 12
GRAVEST = (Rating.DISPUTED, Rating.CORROBORATED, Rating.UNVERIFIABLE)


def propose(case: Case, desk: Desk) -> Proposal:
    """What the rules say of one claim in one event."""
    stands = stands_of(case, desk)
    conceded = {each.key: each for each in case.bearings if each.how is Bears.CONCEDES}
    if whole := [key for key in sorted(conceded) if _covers(conceded[key], stands)]:
        return _conceded(case, stands, whole)
    found = _weighed(case, stands, desk)
    told = (say.part_conceded(case, key) for key in sorted(conceded))
    return replace(found, rules=tuple(_told_once((*found.rules, *told))))


def _covers(concession: Bearing, stands: Sequence[Stand]) -> bool:
    """Whether all that is claimed is conceded: each number, or without one the responsibility. That it did it
    speaks for no toll."""
    counted = [stand for stand in stands if stand.row is not None]
    return concession.admitted if not counted else all(concession.key in stand.backing for stand in counted)


def _weighed(case: Case, stands: Sequence[Stand], desk: Desk) -> Proposal:
    if serious := _serious(case, stands):
        return _disputed(case, stands, serious)
    if case.denied:
        return _made(case, stands, None, (say.denial(),), (), (say.DENIAL_CHANGES,))
    if outdated := _outdated(case, stands):
        fired = tuple(say.newer(case, each) for each in _once(outdated))
        return _made(case, stands, None, fired, (), (say.NEWER_CHANGES,))
    if all(stand.level is not None for stand in stands):
        return _corroborated(case, stands)
    return _unverifiable(case, stands, desk) or _single(case, stands, desk)


def proposed_over(proposals: Sequence[Proposal]) -> Proposal | None:
    """The proposal for a claim that stands in several events: the gravest, with all that they say. None for none."""
    if not proposals:
        return None
    ratings = {each.rating for each in proposals}
    rating = next((each for each in GRAVEST if each in ratings), None)
    if rating is Rating.UNVERIFIABLE and ratings != {rating}:
        rating = None
    first = sorted(proposals, key=lambda each: each.rating is not rating)
    told = [each for each in first if each.rating is rating] if rating is not None else first
    return Proposal(
        rating,
        tuple(dict.fromkeys(rule for each in told for rule in each.rules)),
        tuple(dict.fromkeys(cited for each in told for cited in each.rests_on)),
        tuple(dict.fromkeys(cited for each in first for cited in each.against)),
        tuple(dict.fromkeys(words for each in told for words in each.would_change)),
        PRODUCER,
        tuple(stand for each in proposals for stand in each.stands),
    )


def _serious(case: Case, stands: Iterable[Stand]) -> list[tuple[Stand, Contest]]:
    """R32, R34: what contests the claim, unless two independent sources agree that both rank above it (R28)."""
    return [
        (stand, each)
        for stand in stands
        for each in stand.against
        if stand.level is None or case.statements[each.key].rank >= stand.level
    ]


def _outdated(case: Case, stands: Iterable[Stand]) -> list[Contest]:
    """What goes before the claim: a newer word of its own source (R13), or one of others that do not rank below."""
    return [
        each
        for stand in stands
        for each in stand.outdated
        if each.rule == "R13" or stand.level is None or case.statements[each.key].rank >= stand.level
    ]


def _corroborated(case: Case, stands: Sequence[Stand]) -> Proposal:
    fired = [say.two_sources(case, stand) for stand in stands]
    fired += [told for stand in stands if (told := say.opposed(case, stand))]
    contests = _once(each for stand in stands for each in (*stand.against, *stand.outdated))
    fired += [say.outranked(case, each) for each in contests]
    return _made(case, stands, Rating.CORROBORATED, fired, _backing(stands), say.what_ends_agreement(stands))


def _conceded(case: Case, stands: Sequence[Stand], keys: Sequence[str]) -> Proposal:
    why = {each.key: each.why for each in case.bearings if each.how is Bears.CONCEDES}
    fired = [say.concession(case, key, why[key]) for key in keys]
    return _made(case, stands, Rating.CORROBORATED, fired, keys, (say.CONCESSION_CHANGES,))


def _disputed(case: Case, stands: Sequence[Stand], serious: Sequence[tuple[Stand, Contest]]) -> Proposal:
    found = _once(each for _, each in serious)
    fired = [say.contested(case, each) for each in found]
    return _made(case, stands, Rating.DISPUTED, fired, _backing(stands), say.what_ends_dispute(case, found))


def _unverifiable(case: Case, stands: Sequence[Stand], desk: Desk) -> Proposal | None:
    """R35: unverified by its own text, or from anonymous sources and aggregates alone, and the time to wait is over."""
    if any(stand.level is not None for stand in stands):
        return None
    reason = _doubt(case, stands)
    if reason is None or desk.now - _first(case, stands) < desk.waiting:
        return None
    fired = (reason, say.waited(desk))
    return _made(case, stands, Rating.UNVERIFIABLE, fired, _backing(stands), (say.second_source(stands),))


def _doubt(case: Case, stands: Sequence[Stand]) -> Fired | None:
    told = [case.statements[key] for key in _backing(stands)]
    if marked := [each for each in told if each.unverified]:
        return say.not_verified(marked)
    known = [each for each in told if each.rank is not Rank.NOBODY]
    if known and all(each.rank is Rank.ANONYMOUS or each.aggregate for each in known):
        return say.weak_sources(known)
    return None


def _single(case: Case, stands: Sequence[Stand], desk: Desk) -> Proposal:
    """R33, and why several names count as one (R24, R25)."""
    short = [stand for stand in stands if stand.level is None]
    fired = [told for stand in short for told in say.one_source(case, stand)]
    change = [say.second_source(short)]
    if _doubt(case, stands):
        change.append(say.wait_until(_first(case, stands) + desk.waiting))
    return _made(case, stands, None, fired, _backing(stands), change)


def _first(case: Case, stands: Sequence[Stand]) -> datetime:
    """When it was first carried."""
    return min(case.statements[key].first for key in _backing(stands))


def _backing(stands: Iterable[Stand]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for stand in stands for key in stand.backing))


def _once(contests: Iterable[Contest]) -> list[Contest]:
    found: dict[tuple[str, str], Contest] = {}
    for each in sorted(contests, key=lambda each: (each.rule, each.key, each.why)):
        found.setdefault((each.key, each.rule), each)
    return list(found.values())


def _made(
    case: Case,
    stands: Sequence[Stand],
    rating: Rating | None,
    fired: Iterable[Fired],
    rests_on: Iterable[str],
    change: Iterable[str],
) -> Proposal:
    contests = [each.key for stand in stands for each in (*stand.against, *stand.outdated)]
    contests += [each.key for each in contests_by_word(case)]
    return Proposal(
        rating,
        tuple(_told_once(fired)),
        _cited(case, rests_on),
        _cited(case, contests),
        tuple(dict.fromkeys(change)),
        PRODUCER,
        ((case.event, tuple(stands)),),
    )


def _told_once(fired: Iterable[Fired]) -> list[Fired]:
    """What the same words say of several claims is said once, of all of them."""
    told: dict[tuple[str, str], tuple[int, ...]] = {}
    for each in fired:
        known = told.get((each.rule, each.words), ())
        told[each.rule, each.words] = (*known, *(claim for claim in each.claims if claim not in known))
    return [Fired(rule, words, claims) for (rule, words), claims in told.items()]


def _cited(case: Case, keys: Iterable[str]) -> tuple[Cited, ...]:
    """The claims themselves, without the one at hand."""
    rows = [case.statements[key] for key in dict.fromkeys(keys) if key != case.about]
    return tuple(Cited(each.claim, each.words, each.who) for each in rows[:MOST_CITED])
