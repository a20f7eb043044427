"""Events that the machine proposes from what several articles tell (R11), and what a person does about one.

A version that was read brings its scenes. Those that are alike are gathered through the index, and those that these are
alike with, up to ``MOST_GATHERED``; what groups together is proposed as one event. What comes of a set of articles does
not hang on the order in which they come: two scenes are joined only along likenesses that reach the threshold, each of
which hangs on the two alone, and every reading sorts anew all that it can reach. One worker does so at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims import linking, parties, scening
from claims.changes import check, log
from claims.errors import Stale
from claims.grouping import Likeness, grouped
from claims.grouping.clusters import THRESHOLD, likenesses
from claims.models import Activity, Claim, Event, Link, Place, Scene, Turn
from claims.permissions import Verb
from claims.querysets import EventQuerySet
from claims.scening import Telling
from claims.telling import days_of, kind_of, places_of, title_of

PRODUCER = "proposals 1"
MOST_GATHERED = 60
MOST_SORTED = 10
ROUNDS = 4
COPY = 0.9  # above it two tellings of one outlet are one text
MOST_TITLE, MOST_KIND = 200, 60


@dataclass(frozen=True, slots=True)
class Group:
    """Scenes of several articles that tell of one happening, with how alike each is to the others on average."""

    tellings: tuple[Telling, ...]
    likeness: dict[int, float]

    @property
    def scenes(self) -> set[int]:
        return {telling.row.pk for telling in self.tellings}


def propose(article: int) -> list[Event]:
    """Sort anew what the scenes of an article may be told together with; returns the proposed events that hold now. The
    caller holds the transaction; it waits until no other worker proposes."""
    take_turn()
    own = list(Scene.objects.filter(version__article=article).values_list("pk", flat=True))
    tellings, scale = gather(own)
    known = Claims.of(tellings, article)
    groups = [group for group in groups_of(tellings, scale, known) if told_by_several(group)]
    return sync(groups, known)


def give_way(claims: Iterable[int]) -> None:
    """Sort anew the proposals that have some of ``claims``, now that these may tell of an event that a person made. The
    caller holds the transaction."""
    links = Link.objects.filter(claim__in=set(claims), event__in=standing_proposals())
    articles = dict(links.order_by("pk").values_list("event", "claim__version__article"))
    for article in sorted(set(articles.values()))[:MOST_SORTED]:
        propose(article)


def standing_proposals() -> EventQuerySet:
    return Event.objects.filter(proposed=True).standing()


def take_turn() -> None:
    """Hold the row that proposing goes by until the end of the transaction."""
    Turn.objects.get_or_create(name="proposals")
    Turn.objects.select_for_update().get(name="proposals")


def gather(own: Sequence[int]) -> tuple[list[Telling], Likeness]:
    """The scenes that may be one happening with ``own``, with those in between. A constant number of queries."""
    known: dict[int, Telling] = {telling.row.pk: telling for telling in scening.load(own)}
    frontier, scale = list(known.values()), Likeness()
    for _ in range(ROUNDS):
        if not frontier or len(known) >= MOST_GATHERED:
            break
        near = scening.near_scenes({each.row.pk: scening.keys_of_scene(each.row) for each in frontier})
        fresh = scening.load({pk for found in near.values() for pk in found} - set(known))
        scale = scening.scale_for([telling.portrait for telling in (*known.values(), *fresh)])
        frontier = _alike(frontier, fresh, scale)[: MOST_GATHERED - len(known)]
        known |= {telling.row.pk: telling for telling in frontier}
    return sorted(known.values(), key=lambda telling: telling.row.pk), scale


def _alike(frontier: Sequence[Telling], fresh: Sequence[Telling], scale: Likeness) -> list[Telling]:
    """Those of ``fresh`` that are alike enough with one of the frontier, the likest first."""
    asked = {telling.row.pk for telling in frontier}
    portraits = [telling.portrait for telling in (*frontier, *fresh)]
    best: defaultdict[int, float] = defaultdict(float)
    for (one, other), likeness in likenesses(portraits, scale).items():
        first, second = portraits[one].key, portraits[other].key
        if likeness >= THRESHOLD and (first in asked) != (second in asked):
            new = second if first in asked else first
            best[new] = max(best[new], likeness)
    found = [telling for telling in fresh if telling.row.pk in best]
    return sorted(found, key=lambda telling: (-best[telling.row.pk], telling.row.pk))


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of the scenes at hand and of one article, with their links: ``settled`` are those that people linked,
    ``dismissed`` those of a proposal that was dismissed or merged into another event, ``known`` the events of people's
    making that each scene may tell of."""

    of_scene: dict[int, list[int]]
    every: frozenset[int]
    settled: frozenset[int]
    dismissed: frozenset[int]
    known: dict[int, set[int]]

    @classmethod
    def of(cls, tellings: Sequence[Telling], article: int) -> Claims:
        of_scene: defaultdict[int, list[int]] = defaultdict(list)
        scenes = [telling.row.pk for telling in tellings]
        for claim, scene in Claim.objects.filter(scene__in=scenes).order_by("pk").values_list("pk", "scene"):
            of_scene[scene].append(claim)
        told = frozenset(claim for claims in of_scene.values() for claim in claims)
        every = told | set(Claim.objects.filter(version__article=article).values_list("pk", flat=True))
        links = Link.objects.filter(claim__in=told)
        settled = links.filter(state=Link.State.CONFIRMED).values_list("claim", flat=True)
        gone = Q(event__dismissed__isnull=False) | Q(state=Link.State.CARRIED, event__proposed=True)
        dismissed = links.filter(gone).values_list("claim", flat=True)
        near: defaultdict[int, set[int]] = defaultdict(set)
        suggested = links.filter(state=Link.State.SUGGESTED, event__proposed=False, event__merged_into__isnull=True)
        for scene, event in suggested.values_list("claim__scene", "event"):
            near[scene].add(event)
        return cls(dict(of_scene), every, frozenset(settled), frozenset(dismissed), dict(near))

    def tell_known(self, scenes: Sequence[int]) -> bool:
        """Whether more than half of ``scenes`` may tell of one event that a person made already."""
        told = Counter(event for scene in scenes for event in self.known.get(scene, ()))
        return any(2 * count > len(scenes) for count in told.values())

    def among(self, scene: int, some: frozenset[int]) -> bool:
        return any(claim in some for claim in self.of_scene.get(scene, ()))


def groups_of(tellings: Sequence[Telling], scale: Likeness, known: Claims) -> list[Group]:
    """What may be proposed: nothing that people linked to an event or that they may still link to one of theirs, and no
    scene of a proposal that they dismissed."""
    ordered = sorted(tellings, key=_by_content)
    portraits = [replace(telling.portrait, key=at) for at, telling in enumerate(ordered)]
    alike = likenesses(portraits, scale)
    found = []
    for group in grouped(portraits, scale=scale):
        scenes = [ordered[portrait.key].row.pk for portrait in group]
        if known.tell_known(scenes) or any(known.among(scene, known.settled) for scene in scenes):
            continue
        kept = [each.key for each in group if not known.among(ordered[each.key].row.pk, known.dismissed)]
        averages = _averages(kept, alike)
        likeness = {ordered[at].row.pk: averages[at] for at in kept}
        found.append(Group(tuple(ordered[at] for at in kept), likeness))
    return found


def _by_content(telling: Telling) -> tuple[str, str, str]:
    """An order that does not hang on which came first."""
    return telling.row.when.isoformat(), telling.row.title, str(telling.row.terms)


def _averages(keys: Sequence[int], alike: dict[tuple[int, int], float]) -> dict[int, float]:
    total: Counter[int] = Counter()
    for one, other in combinations(keys, 2):
        likeness = alike.get((one, other), alike.get((other, one), 0.0))
        total[one] += likeness  # type: ignore[assignment]  # a sum of likenesses
        total[other] += likeness  # type: ignore[assignment]
    return {key: total[key] / max(1, len(keys) - 1) for key in keys}


def told_by_several(group: Group) -> bool:
    """Whether two articles tell of it that are not one text: of two outlets, or unlike enough."""
    for one, other in combinations(group.tellings, 2):
        outlets = [telling.row.version.article.outlet_id for telling in (one, other)]
        if outlets[0] != outlets[1] and all(outlets):
            return True
        scale = Likeness()
        first, second = scale.weighed(one.portrait), scale.weighed(other.portrait)
        if sum(weight * second.get(term, 0.0) for term, weight in first.items()) < COPY:
            return True
    return False


def sync(groups: Sequence[Group], known: Claims) -> list[Event]:
    """Make the proposed events what the groups are: each keeps the event that most of its claims have already."""
    links = Link.objects.filter(claim__in=known.every, event__in=standing_proposals())
    standing = standing_proposals().select_for_update()
    events = {event.pk: event for event in standing.filter(pk__in=links.values("event")).order_by("pk")}
    had: defaultdict[int, set[int]] = defaultdict(set)
    for event, claim in links.values_list("event", "claim"):
        had[event].add(claim)
    taken: dict[int, Group] = {}
    fresh = []
    for group in sorted(groups, key=lambda group: (-len(group.tellings), min(group.scenes))):
        claims = {claim for scene in group.scenes for claim in known.of_scene.get(scene, ())}
        free = [pk for pk in events if pk not in taken and had[pk] & claims]
        best = max(free, key=lambda pk: (len(had[pk] & claims), -pk), default=0)
        if best:
            taken[best] = group
        else:
            fresh.append(group)
    made = [_write(events[pk], group, known) for pk, group in taken.items()]
    made += [_write(Event(proposed=True, producer=PRODUCER), group, known) for group in fresh]
    for pk, standing_one in events.items():
        if pk not in taken:
            _withdraw(standing_one, known)
    return made


def _write(event: Event, group: Group, known: Claims) -> Event:
    sketches = [telling.sketch for telling in group.tellings]
    days = days_of(sketches)
    event.title = title_of(sketches)[:MOST_TITLE]
    event.kind = kind_of(sketches)[:MOST_KIND]
    event.from_day, event.to_day = days or (None, None)
    event.matched = timezone.now()
    fresh = event.pk is None
    places = list(Place.objects.filter(name__in=places_of(sketches)))
    claims = (claim for scene in sorted(group.scenes) for claim in known.of_scene.get(scene, ()))
    event.parties, event.parties_producer = [party.code for party in parties.parties_in(claims, places)], ""
    if event.parties:
        event.parties_producer = parties.PRODUCER
    event.save()
    event.places.set(places)
    _link(event, group, known)
    if fresh:
        log(Activity.Kind.EVENT_PROPOSED, None, event=event, detail={"articles": len(group.tellings)})
    return event


def _link(event: Event, group: Group, known: Claims) -> None:
    """The claims of the group as suggested, with why; what a person said of a claim and this event stays."""
    claims = {claim: scene for scene in group.scenes for claim in known.of_scene.get(scene, ())}
    own = Link.objects.filter(event=event)
    outdated = own.filter(claim__in=known.every - claims.keys(), state=Link.State.SUGGESTED)
    linking.drop_links(outdated)
    decided = set(own.exclude(state=Link.State.SUGGESTED).values_list("claim", flat=True))
    reasons = {telling.row.pk: reasons_of(telling, group) for telling in group.tellings}
    linking.write_links(
        Link(
            claim_id=claim,
            event=event,
            score=round(min(1.0, 0.5 + group.likeness[scene]), 3),
            reasons=reasons[scene],
            producer=PRODUCER,
        )
        for claim, scene in claims.items()
        if claim not in decided
    )


def reasons_of(telling: Telling, group: Group) -> list[str]:
    """What a telling has in common with others of its group."""
    others = [each for each in group.tellings if each is not telling]
    count = len({each.article for each in others})
    found = [f"{count} other article{'s tell' if count > 1 else ' tells'} of it"]
    days = telling.portrait.days
    near = [each.portrait.days for each in others if each.portrait.days]
    same = [d for d in near if days and days[0] <= d[1] and d[0] <= days[1]]
    if same and days:
        found.append(f"same day: {max(days[0], same[0][0]):%-d %B %Y}")
    if places := set(telling.row.places) & {name for each in others for name in each.row.places}:
        found.append(f"same place: {', '.join(sorted(places)[:3])}")
    told = {term for each in others for term in each.portrait.terms}
    if words := [term for term in telling.portrait.terms if term in told and term not in places][:5]:
        found.append(f"same words: {', '.join(words)}")
    return found


def _withdraw(event: Event, known: Claims) -> None:
    """Take back a proposal that its ground was taken from. One that a person spoke of, or that other scenes still make,
    stays with what is left."""
    linking.drop_links(Link.objects.filter(event=event, claim__in=known.every, state=Link.State.SUGGESTED))
    left = Link.objects.filter(event=event)
    articles = left.values("claim__version__article").distinct().count()
    spoken_of = left.exclude(state=Link.State.SUGGESTED).exists() or event.moves_away.exists()
    if spoken_of or event.moves_here.exists() or articles > 1:
        return
    log(Activity.Kind.PROPOSAL_WITHDRAWN, None, detail={"title": event.title, "event": event.pk})
    event.delete()


def dismiss(*, event: Event, by: User) -> None:
    """Say that a proposed event is none: its scenes make no proposal again. Raises ``NotAllowed``, and ``Stale`` where
    somebody confirmed or dismissed it meanwhile."""
    check(by, Verb.LINK, None, "dismiss proposed events")
    with transaction.atomic():
        open_ones = standing_proposals().filter(pk=event.pk)
        if not open_ones.update(dismissed=timezone.now(), dismissed_by=by, seen=F("seen") + 1):
            raise Stale("Somebody confirmed or dismissed this event meanwhile. Nothing was changed.")
        suggested = Link.objects.filter(event=event, state=Link.State.SUGGESTED).values_list("claim", flat=True)
        linking.write_links(
            Link(claim_id=claim, event=event, state=Link.State.REJECTED, by=by)
            for claim in list(suggested.select_for_update())
        )
        log(Activity.Kind.PROPOSAL_DISMISSED, by, event=event)
