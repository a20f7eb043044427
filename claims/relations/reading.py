"""What a statement tells: who did it, who is blamed, what is denied, who came to harm. Pure; read once each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.types import Mode
from claims.extraction.wordlists import words as wordlist
from claims.grouping.kinds import kinds_in
from claims.relations.denying import Denied, denied_in, said_now
from claims.relations.parties import OWN, Named, Token, parties_in, party_of, tokens_of
from claims.relations.tables import words
from claims.relations.types import Span, Statement
from claims.syndication.words import STOP, key_of

REACH = 6  # words up to whoever did it ("Norlandic long-range cruise missile strikes")
FIRST_PERSON = wordlist("we our ours us i my me")
FILLERS = wordlist("a an the two three four five six several many more new its their some large heavy")
AUXILIARIES = wordlist(
    "has have had is are was were be been being did does do will would then also reportedly allegedly"
)
PASSIVE = wordlist("was were been being is are be get got gets")
ENDS = wordlist("that which who whom whose after before when while since because although where whether if and or but")
OPENING = wordlist("to having not never also in") | AUXILIARIES


@dataclass(frozen=True, slots=True)
class Accusation:
    """Somebody is said to have done it (R17). ``explicit`` where blame is the very thing that is said; ``own`` where
    the speaker says it of itself."""

    party: str
    name: str
    span: Span
    explicit: bool = False
    own: bool = False


@dataclass(frozen=True)
class Reading:
    """One statement as it was read. ``party`` is the one its speaker speaks for; ``now`` its words without those that
    only look back to another happening; ``telling`` the keys of its telling words."""

    statement: Statement
    party: str
    now: str
    tokens: tuple[Token, ...]
    parties: tuple[Named, ...]
    kinds: frozenset[str]
    accusations: tuple[Accusation, ...]
    telling: tuple[str, ...]
    denied: tuple[Denied, ...]

    @property
    def key(self) -> str:
        return self.statement.key

    @property
    def low(self) -> str:
        return self.now.lower()

    def span(self, start: int, end: int) -> Span:
        return Span(self.key, start, end)


def read(statement: Statement) -> Reading:
    now = said_now(statement.text)
    tokens = tuple(tokens_of(now))
    parties = tuple(parties_in(tokens, statement.places))
    party = party_of(statement.voice.knower)
    found = [*_blamed(statement, now, tokens, parties), *_doers(statement, now, tokens, parties, party)]
    first: dict[str, Accusation] = {}
    for each in found:
        first.setdefault(each.party, each)
    keys = (key_of(token.text) for token in tokens if token.low not in STOP)
    return Reading(
        statement=statement,
        party=party,
        now=now,
        tokens=tokens,
        parties=parties,
        kinds=kinds_in(now),
        accusations=tuple(first.values()),
        telling=tuple(keys),
        denied=denied_in(statement),
    )


def _blamed(
    statement: Statement, now: str, tokens: tuple[Token, ...], parties: tuple[Named, ...]
) -> Iterator[Accusation]:
    """Blame in so many words: by the cue, or in the sentence."""
    table, low = words(), now.lower()
    to = next((at for at, token in enumerate(tokens) if token.low in ("to", "on")), None)
    for named in parties:
        start, end = tokens[named.first].start, tokens[named.last].end
        span = Span(statement.key, start, end)
        by_cue = statement.cue in table.blaming and named is parties[0]
        behind_to = statement.cue in table.blaming_to and to is not None and to < named.first <= to + 3
        after = table.blamed_after.match(low[_behind(tokens, named, now) :])
        before = any(0 <= start - hit.end() <= 5 for hit in table.blamed_before.finditer(low))
        if by_cue or behind_to or after or before:
            yield Accusation(named.party, named.name, span, explicit=True)


def _behind(tokens: tuple[Token, ...], named: Named, now: str) -> int:
    """Where the words behind a name begin; "forces" and the like belong to the name."""
    last = named.last
    if named.people and last + 1 < len(tokens) and not tokens[last + 1].broken:
        last += 1
    return tokens[last + 1].start if last + 1 < len(tokens) else len(now)


def _doers(
    statement: Statement, now: str, tokens: tuple[Token, ...], parties: tuple[Named, ...], party: str
) -> Iterator[Accusation]:
    """Whoever is named as doing an act: right before it, or behind "by"."""
    table, low = words(), now.lower()
    if statement.cue in table.blaming | table.blaming_to:
        return
    at_start = {token.start: number for number, token in enumerate(tokens)}
    holders = {number: named for named in parties for number in range(named.first, named.last + 1)}
    acts = [(hit, True) for hit in table.verbs.finditer(low)] + [(hit, False) for hit in table.nouns.finditer(low)]
    for hit, verb in sorted(acts, key=lambda act: (act[0].start(), not act[1])):
        number = at_start.get(hit.start())
        if number is None:
            continue
        named, own = _doer_of(tokens, number, holders, verb=verb, direct=statement.mode is Mode.DIRECT)
        if own and party:
            yield Accusation(party, statement.speaker, Span(statement.key, hit.start(), hit.end()), own=True)
        elif named is not None:
            span = Span(statement.key, tokens[named.first].start, max(hit.end(), tokens[named.last].end))
            yield Accusation(named.party, named.name, Span(statement.key, *sorted((span.start, span.end))))


def _doer_of(
    tokens: tuple[Token, ...], at: int, holders: dict[int, Named], *, verb: bool, direct: bool
) -> tuple[Named | None, bool]:
    """(who did the act at ``at``, whether it is the speaker itself)."""
    for number in range(at + 1, min(at + 4, len(tokens))):
        if tokens[number].low == "by":
            behind = range(number + 1, min(number + 4, len(tokens)))
            return next((holders[each] for each in behind if each in holders), None), False
    if verb and _passive(tokens, at):
        return None, False
    return _before(tokens, at, holders, verb=verb, direct=direct)


def _before(
    tokens: tuple[Token, ...], at: int, holders: dict[int, Named], *, verb: bool, direct: bool
) -> tuple[Named | None, bool]:
    table = words()
    for number in range(at - 1, max(-1, at - 1 - REACH), -1):
        token, behind = tokens[number], tokens[number + 1]
        if behind.broken or (token.low in ENDS and number not in holders):
            return None, False
        if number in holders:
            named = holders[number]
            free = not _aimed_at(tokens, named.first) and (verb or named.people or number == at - 1)
            return (named if free else None), False
        if token.low in OWN:
            return _meant_by(tokens, number, holders, direct=direct)
        if verb and (token.low in table.aimed or table.where.fullmatch(token.low)):
            return None, False
    opens = all(token.low in OPENING for token in tokens[:at])
    return None, verb and opens and tokens[at].low.endswith("ing" if at == 0 else ("ing", "ed", "t", "e"))


def _meant_by(
    tokens: tuple[Token, ...], at: int, holders: dict[int, Named], *, direct: bool
) -> tuple[Named | None, bool]:
    """Whom a pronoun means: who was named before it; else the speaker, who in his own words is "we"."""
    if _aimed_at(tokens, at):
        return None, False
    if tokens[at].low in FIRST_PERSON:
        return None, True
    before = max((number for number in holders if number < at), default=None)
    if before is not None:
        return holders[before], False
    return None, not direct


def _passive(tokens: tuple[Token, ...], at: int) -> bool:
    """ "was hit", "has been heavily shelled"; "was launching" is none."""
    before = [token.low for token in tokens[max(0, at - 2) : at]]
    return any(word in PASSIVE for word in before) and not tokens[at].low.endswith("ing")


def _aimed_at(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether what is named at ``at`` is what something was aimed at, or where it was."""
    number = at - 1
    while number >= 0 and tokens[number].low in FILLERS:
        number -= 1
    return number >= 0 and not tokens[at].broken and tokens[number].low in words().aimed
