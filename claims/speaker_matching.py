"""Speakers whose names may be one, found through keys and suggested with reasons (R42); only people merge them.

A new name is compared with those that share a key with it, and a key that ``MOST_HOLDERS`` names have is added to no
more: a look-up costs the same on a desk of any size. One worker looks at a time, in the order in which names came, so
that of two names the later finds the earlier. Roles and brackets of copy under embargo say nothing here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from claims.independence.sources import state_of
from claims.models import ArticleVersion, Claim, Event, Link, Speaker, SpeakerKey, SpeakerMatch, Turn
from claims.naming import (
    INTRODUCED,
    Answer,
    Match,
    Name,
    compare,
    in_one_place,
    introduced,
    key_of_introduced,
    keys_of,
)
from claims.permissions import without_embargoed

PRODUCER = "names 1"
AT_ONCE = 50
MOST_HOLDERS = 48
MOST_SUGGESTED = 5
MOST_ROLES = 2_000
MOST_IN_EVENT = 60
BODIES = (Speaker.Kind.BODY, Speaker.Kind.AGENCY)
Found = tuple[Speaker, Speaker, Match]


def match_speakers() -> int:
    """Look for names like those of the speakers that were never looked at, ``AT_ONCE`` at most; returns how many."""
    with transaction.atomic():
        take_turn()
        fresh = list(Speaker.objects.filter(matched__isnull=True).order_by("pk")[:AT_ONCE])
        if fresh:
            likes = Likes.of(fresh)
            suggest(likes.found())
            Speaker.objects.filter(pk__in=[speaker.pk for speaker in fresh]).update(matched=timezone.now())
    return len(fresh)


def take_turn() -> None:
    """Hold the row that matching goes by until the end of the transaction."""
    Turn.objects.get_or_create(name="speakers")
    Turn.objects.select_for_update().get(name="speakers")


@dataclass(frozen=True, slots=True)
class Likes:
    """Fresh speakers, those that share a key with one of them, and the names of all."""

    fresh: Sequence[Speaker]
    near: Mapping[int, set[int]]
    speakers: Mapping[int, Speaker]
    names: Mapping[int, Name]

    @classmethod
    def of(cls, fresh: Sequence[Speaker]) -> Likes:
        """A constant number of queries."""
        own = names_of(fresh)
        keys = {speaker.pk: keys_of(own[speaker.pk]) for speaker in fresh}
        keep({pk: found.kept for pk, found in keys.items()})
        near = holders({pk: found.asked for pk, found in keys.items()})
        ids = {pk for found in near.values() for pk in found} | set(keys)
        speakers = Speaker.objects.select_related("merged_into").in_bulk(ids)
        others = [speaker for pk, speaker in speakers.items() if pk not in own]
        return cls(fresh, near, speakers, own | names_of(others))

    def found(self) -> Iterator[Found]:
        """The best matches of each fresh speaker: one of each speaker that others were merged into."""
        for speaker in self.fresh:
            this, best = self.speakers[speaker.pk], dict[int, Found]()
            for pk in sorted(self.near.get(speaker.pk, ())):
                other = self.speakers[pk]
                match = compare(self.names[speaker.pk], self.names[pk])
                if match.answer is Answer.NO or other.shown.pk == this.shown.pk:
                    continue
                known = best.get(other.shown.pk)
                if known is None or match.score > known[2].score:
                    best[other.shown.pk] = (this, other, match)
            yield from sorted(best.values(), key=lambda each: (-each[2].score, each[1].pk))[:MOST_SUGGESTED]


def keep(keys: Mapping[int, Iterable[str]]) -> None:
    """Make speakers findable under their keys, but for those that too many have."""
    every = {key for found in keys.values() for key in found}
    holders = SpeakerKey.objects.filter(key__in=every).order_by().values("key").annotate(number=Count("speaker_id"))
    full = {row["key"] for row in holders if row["number"] >= MOST_HOLDERS}
    rows = [SpeakerKey(key=key, speaker_id=pk) for pk, found in keys.items() for key in sorted(set(found) - full)]
    SpeakerKey.objects.bulk_create(rows, ignore_conflicts=True)


def holders(asked: Mapping[int, Iterable[str]]) -> dict[int, set[int]]:
    """For each speaker the others that have one of the keys that it asks for."""
    every = {key for keys in asked.values() for key in keys}
    known: defaultdict[str, set[int]] = defaultdict(set)
    for key, pk in SpeakerKey.objects.filter(key__in=every).values_list("key", "speaker_id"):
        known[key].add(pk)
    return {pk: {other for key in keys for other in known[key]} - {pk} for pk, keys in asked.items()}


def names_of(speakers: Sequence[Speaker]) -> dict[int, Name]:
    """The names with the role that copy gives most often, and the initialisms that it introduced. Two queries."""
    roles = roles_of([speaker.pk for speaker in speakers if speaker.kind != Speaker.Kind.UNNAMED])
    letters: defaultdict[int, list[str]] = defaultdict(list)
    bodies = [speaker.pk for speaker in speakers if speaker.kind in BODIES]
    rows = SpeakerKey.objects.filter(speaker__in=bodies, key__startswith=INTRODUCED)
    for pk, key in rows.order_by("key").values_list("speaker_id", "key"):
        letters[pk].append(key.removeprefix(INTRODUCED).upper())
    return {
        speaker.pk: Name(
            speaker.name,
            Speaker.Kind.BODY.value if speaker.kind in BODIES else speaker.kind,
            roles.get(speaker.pk, ""),
            speaker.organisation,
            state_of(roles[speaker.pk]) if speaker.pk in roles else "",
            tuple(letters[speaker.pk]),
        )
        for speaker in speakers
    }


def roles_of(speakers: Sequence[int]) -> dict[int, str]:
    told = without_embargoed(Claim.objects.filter(speaker__in=speakers).exclude(speaker_role=""))
    counted = told.order_by().values("speaker", "speaker_role").annotate(number=Count("pk"))
    rows = counted.order_by("-number", "speaker_role")[:MOST_ROLES]
    return {row["speaker"]: row["speaker_role"] for row in reversed(rows)}


def suggest(found: Iterable[Found]) -> int:
    """Store the machine's suggestions; returns how many are new. What a person decided is never touched. The caller
    holds the transaction."""
    wanted = {(min(a.pk, b.pk), max(a.pk, b.pk)): match for a, b, match in found}
    ones, others = {pair[0] for pair in wanted}, {pair[1] for pair in wanted}
    known = {(m.one_id, m.other_id): m for m in SpeakerMatch.objects.filter(one__in=ones, other__in=others)}
    fresh: list[SpeakerMatch] = []
    surer: list[SpeakerMatch] = []
    for pair, match in wanted.items():
        row = known.get(pair) or SpeakerMatch(one_id=pair[0], other_id=pair[1])
        if row.pk and (row.state != SpeakerMatch.State.SUGGESTED or match.score <= (row.score or 0)):
            continue
        row.sure, row.score, row.reasons = match.answer is Answer.SAME, round(match.score, 3), list(match.reasons)
        row.producer, row.at = PRODUCER, timezone.now()
        (surer if row.pk else fresh).append(row)
    SpeakerMatch.objects.bulk_create(fresh, ignore_conflicts=True)  # another worker may look at the same event
    SpeakerMatch.objects.bulk_update(surer, ["sure", "score", "reasons", "producer", "at"], batch_size=200)
    return len(fresh)


def note_introductions(version: ArticleVersion) -> None:
    """Keep the initialisms that a version puts in brackets behind the names of its speakers; these are looked at again.
    The caller holds the transaction."""
    if version.held_back or "(" not in version.text:
        return
    told = Speaker.objects.filter(kind__in=BODIES, claims__version=version).distinct()
    named = {speaker.name: speaker.pk for speaker in told}
    keys = {named[name]: set(map(key_of_introduced, short)) for name, short in introduced(version.text, named).items()}
    known = (
        SpeakerKey.objects.filter(speaker__in=keys, key__startswith=INTRODUCED) if keys else SpeakerKey.objects.none()
    )
    for key, pk in known.values_list("key", "speaker_id"):
        keys[pk].discard(key)
    fresh = [SpeakerKey(key=key, speaker_id=pk) for pk, found in keys.items() for key in sorted(found)]
    if fresh:
        SpeakerKey.objects.bulk_create(fresh, ignore_conflicts=True)
        Speaker.objects.filter(pk__in={row.speaker_id for row in fresh}).update(matched=None)


def match_in_event(event: Event) -> int:
    """Suggest that a bare surname stands for the full name that speaks in the same event; returns how many are new. The
    caller holds the transaction."""
    links = without_embargoed(Link.objects.live().filter(event=event, claim__vanished__isnull=True))
    people = Speaker.objects.filter(kind=Speaker.Kind.PERSON, claims__links__in=links).distinct()
    speakers = list(people.select_related("merged_into").order_by("pk")[:MOST_IN_EVENT])
    names = names_of(speakers)
    told = f"both speak in the event “{event.title}”"
    pairs = in_one_place([names[speaker.pk] for speaker in speakers])
    counted = Counter(at for a, b, _ in pairs for at in (a, b))
    return suggest(
        (speakers[a], speakers[b], Match(match.answer, match.score, (*match.reasons, told)))
        for a, b, match in pairs
        if speakers[a].shown.pk != speakers[b].shown.pk and max(counted[a], counted[b]) <= MOST_SUGGESTED
    )
