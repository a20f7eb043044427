"""Which statements a denial contests (R16). Pure.

Only those about the same event and the same cell or responsibility, and only where the denier is a party or has direct
knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.comparison import Reported, Where, overlap
from claims.geography import country_of
from claims.relations.denying import About, Denied
from claims.relations.parties import name_of, same_party
from claims.relations.reading import Accusation, Reading
from claims.relations.scene import Scene, meet
from claims.relations.tables import words
from claims.relations.types import Kind, Relation, Span

ECHO, LEAST_ECHO = 0.6, 3  # of the telling words of a denial, those that the other has; three at least


def denials(scene: Scene) -> Iterator[Relation]:
    for denial in scene.readings:
        told = denial.denied
        for other in scene.readings if told else ():
            if other.statement.denied or scene.one_source(denial, other) or same_party(denial.party, other.party):
                continue
            if meet(denial, other, scene.by.geography) and (found := _contested(scene, denial, told, other)):
                yield found


def _contested(scene: Scene, denial: Reading, told: tuple[Denied, ...], other: Reading) -> Relation | None:
    for each in told:
        check = {About.AIM: _harm, About.PART: _part, About.MOTIVE: _motive, About.CELL: _cell, About.WORDS: _echo}
        if (rest := check[each.about](scene, denial, each, other)) is None:
            continue
        if standing := _standing(scene, denial, other):
            why = f"{_what(each)}: denied by {denial.statement.who}, {standing}"
            spans = tuple(sorted((each.span, rest)))
            return Relation(Kind.DENIES, denial.key, other.key, ("R16",), why, spans, each.measure or each.about.value)
    return None


def _what(denied: Denied) -> str:
    return f"any {denied.measure.replace('_', ' ')}" if denied.measure else denied.about.value


def _standing(scene: Scene, denial: Reading, other: Reading) -> str:
    """Why the denier's word counts: accused, a party, or one who knows; nothing where it is none of them."""
    party = denial.party
    if any(same_party(party, each.party) for each in other.accusations):
        return f"on the part of {name_of(party)}, which is said to have done it"
    if party and scene.is_party(party):
        return f"on the part of {name_of(party)}, a party to the event"
    knower = denial.statement.voice.knower
    if knower is None:
        return ""
    if knower.witness or words().knowing.search(knower.name.lower()):
        return "who may know it at first hand"
    there = {country_of(place) for each in (denial, other) for place in each.statement.places}
    if knower.branch and knower.state in there:
        return f"an organ of {name_of(knower.state)}, where it happened"
    if knower.key and any(same_party(knower.key, named.party) for named in other.parties):
        return "who is named in it"
    return ""


def _accuses(other: Reading, party: str) -> Accusation | None:
    return next((each for each in other.accusations if same_party(each.party, party)), None)


def _harm(scene: Scene, denial: Reading, denied: Denied, other: Reading) -> Span | None:
    """Harm to civilians, by the denier as far as it says by whom: of the very thing that is named, if one is."""
    if not denial.party or not scene.is_party(denial.party):
        return None
    if other.accusations and _accuses(other, denial.party) is None:
        return None
    return None if _of_others(denial, denied) else harm_in(other, _named_things(denial, denied))


def _named_things(denial: Reading, denied: Denied) -> frozenset[str]:
    """The things that a denial names ("the hospital"), none where it speaks of civilians at large."""
    table, low = words(), denial.low[denied.span.start :]
    every = [hit[0] for hit in table.civil.finditer(low)]
    narrow = [word for word in every if table.specific.fullmatch(word)]
    return frozenset(_stem(word) for word in narrow) if len(narrow) == len(every) else frozenset()


def _stem(word: str) -> str:
    return word.removesuffix("es") if word.endswith(("ches", "ses")) else word.removesuffix("s")


def harm_in(other: Reading, things: frozenset[str] = frozenset()) -> Span | None:
    """The words that tell of harm to what is civil, or None; of ``things`` alone where some are given."""
    table, low = words(), other.low
    if table.unsure.search(low):
        return None
    harm = table.harm.search(low)
    objects = [hit for hit in table.civil.finditer(low) if not things or _stem(hit[0]) in things]
    if harm and objects:
        return other.span(min(harm.start(), objects[0].start()), max(harm.end(), objects[0].end()))
    counted = any(_hurt(figure) for figure in other.statement.figures)
    if harm and counted and not things and not table.combatants.search(low):
        return other.span(harm.start(), harm.end())
    return None


def _hurt(figure: Reported) -> bool:
    return figure.measure in ("killed", "injured") and figure.high != 0 and figure.population != "combatants"


def _part(scene: Scene, denial: Reading, denied: Denied, other: Reading) -> Span | None:
    """An attribution of the act to the denier itself."""
    found = _accuses(other, denial.party) if denial.party else None
    return found.span if found and not found.own and not _of_others(denial, denied) else None


def _of_others(denial: Reading, denied: Denied) -> bool:
    """Whether it is somebody else of whom it is denied ("Sweden was not involved, Denmark said")."""
    before = [named.party for named in denial.parties if denial.tokens[named.first].start < denied.span.start]
    return bool(before) and not any(same_party(party, denial.party) for party in before)


def _motive(scene: Scene, denial: Reading, denied: Denied, other: Reading) -> Span | None:
    hit = words().motive.search(other.statement.text.lower())
    return other.span(*hit.span()) if hit else None


def _cell(scene: Scene, denial: Reading, denied: Denied, other: Reading) -> Span | None:
    """A figure of the measure that is denied: the very number where the denial names one, else any above nothing."""
    named = [each for each in denial.statement.figures if each.measure == denied.measure and each.high != 0]
    for figure in other.statement.figures:
        if figure.measure != denied.measure or figure.high == 0:
            continue
        if named and not any(overlap(each, figure) and _one_place(each, figure, scene) for each in named):
            continue
        hit = words().cells[denied.measure].search(other.low)
        return other.span(*(hit.span() if hit else (0, len(other.now))))
    return None


def _one_place(one: Reported, other: Reported, scene: Scene) -> bool:
    return not (one.place and other.place) or scene.by.geography(one.place, other.place) is not Where.APART


def _echo(scene: Scene, denial: Reading, denied: Denied, other: Reading) -> Span | None:
    """A statement in nearly the words of the denial: what is denied is that very thing."""
    ours, theirs = set(denial.telling), set(other.telling)
    shared = ours & theirs
    enough = len(shared) >= LEAST_ECHO and len(shared) >= ECHO * len(ours)
    return other.span(0, len(other.now)) if enough else None
