"""The words in which a proposal says why, and what would change it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from claims.extraction.gazetteer import country_name
from claims.proposals.types import Case, Contest, Desk, Fired, Rank, Stand, Statement

MOST_NAMED = 4
MOST_REASONS = 3
DENIAL_CHANGES = "What it denies is weighed on the page of that claim; a person may rate the denial itself."
NEWER_CHANGES = "Rate the newer figure on its own page, or say of this one what it was when it was said."
CONCESSION_CHANGES = "The accused takes the concession back."
RANKS = {
    Rank.NOBODY: "the outlet’s own words",
    Rank.ANONYMOUS: "an anonymous source",
    Rank.OFFICIAL: "an unnamed official",
    Rank.NAMED: "a named source",
    Rank.WITNESS: "a reporter’s own witness",
}


def two_sources(case: Case, stand: Stand) -> Fired:
    """R32."""
    says = f"say {stand.what}" if stand.what else "say the same"
    words = f"{listed(stand.groups)} {says}, each of their own knowledge, and no source of equal rank says otherwise."
    return Fired("R32", words, ids(case, stand.backing))


def opposed(case: Case, stand: Stand) -> Fired | None:
    """R24: opposed parties that agree are strong support."""
    knowers = [case.statements[key].knower for key in stand.backing]
    states = sorted({each.state for each in knowers if each and each.state in case.parties})
    if len(states) < 2:
        return None
    names = listed([country_name(state) for state in states])
    return Fired("R24", f"{names} are opposed parties to it, and they agree: strong support.", ids(case, stand.backing))


def outranked(case: Case, contest: Contest) -> Fired:
    """R28: what contests the claim ranks below those who agree on it."""
    told = case.statements[contest.key]
    words = f"{told.who} contests it ({contest.why}), but as {RANKS[told.rank]} ranks below those who agree."
    return Fired("R28", words, (told.claim,))


def concession(case: Case, key: str, why: str) -> Fired:
    """R17."""
    told = case.statements[key]
    return Fired("R17", f"{told.who} concedes it: {why}. A concession by the accused outranks all else.", (told.claim,))


def part_conceded(case: Case, key: str) -> Fired:
    """R17."""
    told = case.statements[key]
    words = f"{told.who} says that it did it. That is told, and speaks for nothing else that this claim says."
    return Fired("R17", words, (told.claim,))


def contested(case: Case, contest: Contest) -> Fired:
    """R34, under the rule by which two claims contest each other. Disputed never means false."""
    told = case.statements[contest.key]
    done = {"R16": "Denied by", "R17": "Another is named as responsible by"}.get(contest.rule, "Contradicted by")
    return Fired(contest.rule, f"{done} {told.who}: {contest.why}.", (told.claim,))


def newer(case: Case, contest: Contest) -> Fired:
    """R13, R14: a newer word goes before the claim's own."""
    told = case.statements[contest.key]
    words = f"A newer word goes before this one, by {told.who}: {contest.why}."
    return Fired(contest.rule, words, (told.claim,))


def denial() -> Fired:
    return Fired("R16", "It is a denial: it contests other claims, and nobody is said to deny it in turn.")


def not_verified(told: Sequence[Statement]) -> Fired:
    words = f"The copy itself says that it could not be verified ({listed([each.who for each in told])})."
    return Fired("R39", words, tuple(dict.fromkeys(each.claim for each in told)))


def weak_sources(told: Sequence[Statement]) -> Fired:
    words = f"Only anonymous sources or totals over several days stand behind it ({listed([e.who for e in told])})."
    return Fired("R35", words, tuple(dict.fromkeys(each.claim for each in told)))


def waited(desk: Desk) -> Fired:
    return Fired("R35", f"No second primary source has come within {hours(desk)}.")


def one_source(case: Case, stand: Stand) -> list[Fired]:
    """R33, or that nobody is named at all (R20), and why several names count as one."""
    about = f" for {stand.what}" if stand.what else ""
    carried = sum(not set(group.voices).isdisjoint(stand.backing) for group in case.ledger.outlets)
    if not stand.groups:
        words = f"No primary source is named{about}: that outlets print it does not say who knows."
        return [Fired("R20", words, ids(case, stand.backing))]
    if len(stand.groups) > 1:
        words = f"{listed(stand.groups)} speak of it{about}, but nobody can say that they are two who know."
        return [Fired("R25", words, ids(case, stand.backing))]
    outlets = f"{carried} outlets carry it" if carried > 1 else "one outlet carries it"
    words = f"One source{about}: {stand.groups[0]}; {outlets}. Not corroborated, even in fifty outlets."
    return [Fired("R33", words, ids(case, stand.backing)), *merges(case, stand)]


def merges(case: Case, stand: Stand) -> list[Fired]:
    """Why several names count once, as the ledger has it: each reason begins with its rule."""
    named = {case.statements[key].who for key in stand.backing}
    groups = [*case.ledger.sources, *case.ledger.interests]
    told = [reason for group in groups if len(named.intersection(group.names)) > 1 for reason in group.reasons]
    found = []
    for reason in list(dict.fromkeys(told))[:MOST_REASONS]:
        rule, _, words = reason.partition(" ")
        is_rule = rule[:1] == "R" and rule[1:].isdecimal()
        found.append(Fired(rule if is_rule else "R24", f"{words if is_rule else reason}."))
    return found


def second_source(stands: Iterable[Stand]) -> str:
    wanted = list(dict.fromkeys(stand.wanted for stand in stands))
    number = f"says {listed(wanted)}" if wanted != ["the same"] else "says the same"
    return f"A second independent primary source, of another interest, that {number}."


def wait_until(when: datetime) -> str:
    return f"If none has come by {when:%-d %B %Y, %H:%M} (UTC), unverifiable is proposed (R35)."


def what_ends_agreement(stands: Sequence[Stand]) -> list[str]:
    level = min((stand.level for stand in stands if stand.level is not None), default=Rank.NAMED)
    source = RANKS[level]
    found = [f"A conflicting word or a denial by {source} or better."]
    if any(len(stand.groups) == 2 for stand in stands):
        found.append("One of the two sources takes its word back, or turns out to be the other’s.")
    return found


def what_ends_dispute(case: Case, contests: Sequence[Contest]) -> list[str]:
    by_number = list(dict.fromkeys(case.statements[e.key].who for e in contests if e.rule not in ("R16", "R17")))
    by_word = list(dict.fromkeys(case.statements[e.key].who for e in contests if e.rule in ("R16", "R17")))
    found = []
    if by_number:
        found.append(f"A number that agrees, from {listed(by_number)}; or another one from the source of this claim.")
    if by_word:
        found.append(f"That it is taken back by {listed(by_word)}, or that the accused concedes.")
    return found


def hours(desk: Desk) -> str:
    whole = round(desk.waiting.total_seconds() / 3600)
    return f"{whole} hour{'s' * (whole != 1)}"


def ids(case: Case, keys: Iterable[str]) -> tuple[int, ...]:
    """The claims of the keys, without the one at hand."""
    return tuple(dict.fromkeys(case.statements[key].claim for key in keys if key != case.about))


def listed(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and 2 more"."""
    shown = list(names[:MOST_NAMED])
    if more := len(names) - len(shown):
        return f"{', '.join(shown)} and {more} more"
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
