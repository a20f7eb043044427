"""Which events a claim may speak of: found by the words, places and days of its scene, with a score and its reasons in
words (R11).

A claim is read in its scene, since a quotation often gives neither place nor day; what it says itself goes before what
its scene says. An event is known by its own title, kind, places and days, and by the scenes of the claims that people
linked to it. Proposed events are no matter of this module: ``claims.proposing`` links to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from claims import scening
from claims.geography import apart, is_narrow
from claims.grouping import Likeness, Portrait, portrait_of
from claims.grouping.kinds import agents_in, alike, kinds_in, repeats
from claims.grouping.scenes import AFTERMATH, MOST_DAYS
from claims.models import Claim, Event, EventTerm, Link
from claims.telling import keys_of

PRODUCER = "link rules 2"
THRESHOLD = 0.45
MOST_PER_CLAIM = 5
MOST_CANDIDATES = 2_000
MOST_LINKED = 12  # scenes that one event is compared by
SAME_SCENE, DAY, PLACE, KIND, AGENTS, TITLE = 0.5, 0.35, 0.35, 0.1, 0.1, 0.2
OTHER_DAY, OTHER_PLACE, OTHER_KIND = 0.45, 0.3, 0.15
DAY_AFTER, NEXT_ONE = 0.2, 0.85  # an arrest, a death; another one of what happens day after day
WORDS, ENOUGH = 0.35, 0.25  # the most that words alone give, and the likeness that gives it


@dataclass(frozen=True, slots=True)
class Facts:
    """What a claim or an event says of itself, ready to be compared. ``own`` tells which of *day* and *place* are the
    claim's and not only its scene's; ``scene`` is the scene it was read in."""

    places: frozenset[str] = frozenset()
    days: tuple[date, date] | None = None
    kinds: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    terms: Mapping[str, float] | None = None
    scene: int = 0
    own: frozenset[str] = frozenset(("day", "place"))

    def portrait(self, key: int = 0) -> Portrait:
        return Portrait(key, "", self.terms or {}, self.places, self.days, repeated=repeats(self.kinds))


@dataclass(frozen=True, slots=True)
class Known:
    """An event: what it says of itself, and the scenes that people linked to it."""

    facts: Facts
    scenes: tuple[Facts, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is from 0 to 1."""

    score: float
    reasons: tuple[str, ...]


def compare(claim: Facts, event: Known, scale: Likeness | None = None) -> Hit:
    """How well a claim fits an event. Days apart count against it: two strikes on one city a day apart are two
    events."""
    scale = scale or Likeness()
    found = [_by_scene(claim, event), _by_day(claim, event), _by_place(claim, event)]
    found += [_by_kind(claim, event), *_by_words(claim, event, scale)]
    score = sum(points for points, _ in found)
    return Hit(round(max(0.0, min(1.0, score)), 3), tuple(reason for _, reason in found if reason))


def _by_scene(claim: Facts, event: Known) -> tuple[float, str]:
    if claim.scene and any(scene.scene == claim.scene for scene in event.scenes):
        return SAME_SCENE, "told in the same scene as a claim that is linked"
    return 0.0, ""


def _by_day(claim: Facts, event: Known) -> tuple[float, str]:
    known = [facts.days for facts in (event.facts, *event.scenes) if facts.days]
    if claim.days is None or not known:
        return 0.0, ""
    first, last = claim.days
    for days in known[:1] if event.facts.days else known:
        if first <= days[1] and days[0] <= last:
            day = f"{max(first, days[0]):%-d %B %Y}"
            return DAY, f"same day: {day}" if "day" in claim.own else f"same day, by the words around it: {day}"
    others = event.facts.kinds or frozenset().union(*(scene.kinds for scene in event.scenes))
    if repeats(claim.kinds) and (repeats(others) or not others):
        return -NEXT_ONE, ""
    between = min(max((first - days[1]).days, (days[0] - last).days) for days in known)
    return (-DAY_AFTER if between <= AFTERMATH else -OTHER_DAY), ""


def _by_place(claim: Facts, event: Known) -> tuple[float, str]:
    known = event.facts.places or frozenset().union(*(scene.places for scene in event.scenes))
    if not claim.places or not known:
        return 0.0, ""
    if shared := claim.places & known:
        names = ", ".join(sorted(shared)[:3])
        return PLACE, f"same place: {names}" if "place" in claim.own else f"same place, by the words around it: {names}"
    far = all(apart(one, other) for one in claim.places for other in known)
    return -OTHER_PLACE if far else -OTHER_PLACE / 2, ""


def _by_kind(claim: Facts, event: Known) -> tuple[float, str]:
    kinds = event.facts.kinds or frozenset().union(*(scene.kinds for scene in event.scenes))
    points, reason = 0.0, ""
    fits = alike(claim.kinds, kinds)
    if fits is not None:
        points += KIND if fits else -OTHER_KIND
        shared = sorted(claim.kinds & kinds)
        reason = f"same kind: {', '.join(shared)}" if shared else ""
    agents = event.facts.agents.union(*(scene.agents for scene in event.scenes))
    if claim.agents and agents:
        points += AGENTS if claim.agents & agents else -AGENTS
    return points, reason


def _by_words(claim: Facts, event: Known, scale: Likeness) -> list[tuple[float, str]]:
    """Average likeness to the scenes that are linked, and how much of the title the claim's scene tells."""
    own = scale.weighed(claim.portrait())
    elsewhere = [scene for scene in event.scenes if not scene.scene or scene.scene != claim.scene]
    others = [scale.weighed(scene.portrait()) for scene in elsewhere]
    likeness = sum(_cosine(own, other) for other in others) / len(others) if others else 0.0
    title = scale.weighed(event.facts.portrait())
    told = sum(weight * weight for term, weight in title.items() if term in own)
    points = WORDS * min(1.0, likeness / ENOUGH) + TITLE * told
    held = set(title).union(*others)
    named = frozenset(word.lower() for place in claim.places for word in place.split())
    shared = [term for term in own if term in held and term.lower() not in named]
    return [(points, f"same words: {', '.join(shared[:5])}")] if shared and points >= 0.02 else [(points, "")]


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def for_claims(claims: Sequence[Claim]) -> dict[tuple[int, int], Hit]:
    """(claim id, event id) → hit, for the best few events of each claim. A constant number of queries, however many
    claims and events there are. ``claims`` with their places and version."""
    tellings = {telling.row.pk: telling for telling in scening.load(c.scene_id for c in claims if c.scene_id)}
    facts = {claim.pk: facts_of(claim, tellings.get(claim.scene_id or 0)) for claim in claims if claim.pk}
    candidates = _candidates(claims, facts, tellings)
    known = _known({event for events in candidates.values() for event in events})
    scale = scening.scale_for([about.portrait() for about in facts.values()])
    hits: dict[tuple[int, int], Hit] = {}
    for claim_id, about in facts.items():
        events = [event for event in candidates[claim_id] if event in known]
        scored = [(compare(about, known[event], scale), event) for event in events]
        best = sorted((s for s in scored if s[0].score >= THRESHOLD), key=lambda s: (-s[0].score, s[1]))
        hits |= {(claim_id, event): hit for hit, event in best[:MOST_PER_CLAIM]}
    return hits


def facts_of(claim: Claim, telling: scening.Telling | None) -> Facts:
    """What a claim says, and where it says nothing, its scene."""
    places = frozenset(name for name in scening.names_of(claim) if is_narrow(name))
    days = _few_days(claim.from_day, claim.to_day)
    own = frozenset(name for name, given in (("day", days), ("place", places)) if given)
    if telling is None:
        kinds, agents, terms = kinds_in(claim.text), agents_in(claim.text), dict(scening.weightiest(claim.text))
        wide = frozenset(scening.names_of(claim))
        return Facts(places or wide, days, kinds, agents, terms, 0, own | {"place"})
    row, portrait = telling.row, telling.portrait
    return Facts(
        places=places or frozenset(row.places),
        days=days or portrait.days,
        kinds=frozenset(row.kinds),
        agents=frozenset(row.agents),
        terms=portrait.terms,
        scene=row.pk,
        own=own,
    )


def _few_days(first: date | None, last: date | None) -> tuple[date, date] | None:
    return (first, last) if first and last and (last - first).days < MOST_DAYS else None


def _candidates(
    claims: Sequence[Claim], facts: Mapping[int, Facts], tellings: Mapping[int, scening.Telling]
) -> dict[int, list[int]]:
    """The events that each claim is compared with: those that its keys lead to, and those that the scenes near it or
    its own are linked to. Three queries."""
    keys = {claim: keys_of(about.terms or (), about.places, about.days) for claim, about in facts.items()}
    scenes = {pk: scening.keys_of_scene(telling.row) for pk, telling in tellings.items()}
    near = scening.near_scenes(scenes)
    by_scene = _confirmed({pk for found in near.values() for pk in found} | set(tellings))
    by_key = scening.near_events(keys)
    found: dict[int, list[int]] = {}
    for claim in claims:
        linked = [claim.scene_id, *near.get(claim.scene_id or 0, ())]
        events = [event for scene in linked for event in by_scene.get(scene or 0, ())]
        found[claim.pk] = list(dict.fromkeys([*events, *by_key[claim.pk]]))
    return found


def _confirmed(scenes: Collection[int]) -> dict[int, list[int]]:
    rows = Link.objects.filter(claim__scene__in=scenes, state=Link.State.CONFIRMED).order_by("pk")
    found: defaultdict[int, list[int]] = defaultdict(list)
    for scene, event in rows.values_list("claim__scene", "event"):
        found[scene].append(event)
    return found


def _known(events: Collection[int]) -> dict[int, Known]:
    """The events with the scenes that people linked to them. Four queries."""
    rows = Event.objects.filter(pk__in=events, proposed=False).standing().prefetch_related("places")
    links = Link.objects.filter(event__in=events, state=Link.State.CONFIRMED, claim__scene__isnull=False)
    linked: defaultdict[int, dict[int, None]] = defaultdict(dict)
    for event, scene in links.order_by("claim__scene").values_list("event", "claim__scene")[:MOST_CANDIDATES]:
        if len(linked[event]) < MOST_LINKED:
            linked[event][scene] = None
    told = {
        telling.row.pk: telling for telling in scening.load(scene for scenes in linked.values() for scene in scenes)
    }
    return {
        event.pk: Known(facts_of_event(event), tuple(_facts_of_scene(told[pk]) for pk in linked[event.pk]))
        for event in rows
    }


def _facts_of_scene(telling: scening.Telling) -> Facts:
    row, portrait = telling.row, telling.portrait
    places = frozenset(row.places)
    return Facts(places, portrait.days, frozenset(row.kinds), frozenset(row.agents), portrait.terms, row.pk)


def facts_of_event(event: Event) -> Facts:
    words = f"{event.title} {event.kind}"
    places = frozenset(place.name for place in event.places.all())
    days = (event.from_day, event.to_day) if event.from_day and event.to_day else None
    terms = portrait_of(0, "", words).terms
    return Facts(places, days, kinds_in(words), agents_in(event.title), terms)


def keys_of_event(event: Event) -> list[int]:
    facts = facts_of_event(event)
    return keys_of(Likeness().weighed(facts.portrait()), facts.places, facts.days)


def make_findable(event: Event) -> list[int]:
    """Write the keys that an event is found by, but for those that too many have already; returns all of them. The
    caller holds the transaction."""
    keys = keys_of_event(event)
    EventTerm.objects.filter(event=event).delete()
    full = scening.full_among(keys, EventTerm)
    rows = [EventTerm(key=key, event=event) for key in keys if key not in full]
    EventTerm.objects.bulk_create(rows, ignore_conflicts=True)
    return keys


def claims_near(event: Event, keys: Sequence[int]) -> list[Claim]:
    """Claims nobody touched whose scenes share a place and day or words with ``event`` or with what is linked to it;
    and those without a scene that share its place or day; the newest first."""
    linked = scening.load(
        Claim.objects.filter(links__event=event, links__state=Link.State.CONFIRMED, scene__isnull=False)
        .order_by("scene")
        .values_list("scene", flat=True)
        .distinct()[:MOST_LINKED]
    )
    wanted: dict[int, Sequence[int]] = {0: keys} | {each.row.pk: scening.keys_of_scene(each.row) for each in linked}
    scenes = {pk for found in scening.near_scenes(wanted).values() for pk in found} | {each.row.pk for each in linked}
    own = _of_scenes(scenes) + _without_scene(event)
    rows = Claim.objects.filter(pk__in=own).select_related("version").defer("version__text", "version__furniture")
    return list(rows.prefetch_related("places"))


def _of_scenes(scenes: Iterable[int]) -> list[int]:
    rows = Claim.objects.standing().filter(scene__in=set(scenes), touched=False).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:MOST_CANDIDATES])


def _without_scene(event: Event) -> list[int]:
    where: Any = Q(places__in=event.places.all())
    if event.from_day and event.to_day:
        week = event.to_day + timedelta(days=MOST_DAYS)
        where &= Q(from_day__isnull=True) | Q(from_day__lte=week, to_day__gte=event.from_day)
    rows = Claim.objects.standing().filter(where, scene__isnull=True, touched=False).order_by("-pk")
    return list(rows.values_list("pk", flat=True).distinct()[:MOST_CANDIDATES])
