"""Candidates into rows. A second extraction of a version upserts: untouched claims are updated, vanished ones marked,
and
a claim that a person touched keeps all it has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.extraction.types import Candidate, Extraction, Source
from claims.models import ArticleVersion, Claim, ClaimAnchor, Evidence, Figure, Place, Speaker
from claims.names import fold

Skip = Callable[[int, int], bool]

UPDATED = (
    *("text", "speaker", "speaker_role", "speaker_words", "speaker_start", "speaker_end", "chain"),
    *("cue", "cue_start", "cue_end", "mode", "polarity", "marks", "from_day", "to_day"),
    *("worth", "worth_reasons", "producer", "vanished"),
)


def none_skipped(start: int, end: int) -> bool:
    return False


def store_claims(version: ArticleVersion, extraction: Extraction, skip: Skip = none_skipped) -> list[Claim]:
    """All claims of ``version`` as the extraction has them, without those that ``skip`` knows by their offsets; the
    caller holds the transaction and the lease. A claim that was carried here keeps all it has and never vanishes: its
    words were read where they first stood. So does one that a verdict cites, as one that a person touched."""
    speakers = _speakers(extraction.claims)
    places = _places(extraction.claims)
    kept = {(claim.start, claim.end): claim for claim in version.claims.all()}
    cited = Exists(Evidence.objects.filter(claim=OuterRef("pk")))
    carried = Exists(ClaimAnchor.objects.filter(claim=OuterRef("pk")))
    fixed = set(version.claims.filter(Q(touched=True) | cited | carried).values_list("pk", flat=True))
    fresh: list[Claim] = []
    changed: list[Claim] = []
    found: set[tuple[int, int]] = set()
    for candidate in extraction.claims:
        span = (candidate.anchor.start, candidate.anchor.end)
        if span in found or skip(*span):
            continue
        found.add(span)
        claim = kept.get(span) or Claim(version=version, start=span[0], end=span[1])
        if claim.pk in fixed:
            continue
        _fill(claim, candidate, speakers, extraction.producer)
        (changed if claim.pk else fresh).append(claim)
    Claim.objects.bulk_create(fresh)
    Claim.objects.bulk_update(changed, UPDATED, batch_size=200)
    standing = {claim.pk for claim in (*fresh, *changed)} | fixed
    version.claims.filter(touched=False, vanished__isnull=True).exclude(pk__in=standing).update(vanished=timezone.now())
    written = {(claim.start, claim.end): claim for claim in (*fresh, *changed)}
    _store_parts(version, written, extraction, places)
    return list(Claim.objects.filter(pk__in=[claim.pk for claim in written.values()]).prefetch_related("places"))


def _fill(claim: Claim, candidate: Candidate, speakers: dict[str, Speaker], producer: str) -> None:
    speaker, cue = candidate.speaker, candidate.cue
    claim.text = candidate.anchor.text
    claim.speaker = speakers[fold(speaker.name)] if speaker else None
    claim.speaker_role = speaker.role[:300] if speaker else ""
    claim.speaker_words = speaker.anchor.text if speaker else ""
    claim.speaker_start = speaker.anchor.start if speaker else None
    claim.speaker_end = speaker.anchor.end if speaker else None
    claim.chain = [_link(source) for source in candidate.chain]
    claim.cue = cue.lemma[:60] if cue else ""
    claim.cue_start = cue.anchor.start if cue else None
    claim.cue_end = cue.anchor.end if cue else None
    claim.mode, claim.polarity = candidate.mode.value, candidate.polarity.value
    claim.marks = list(candidate.marks)
    claim.from_day, claim.to_day = candidate.from_day, candidate.to_day
    claim.worth, claim.worth_reasons = candidate.worth, list(candidate.worth_reasons)
    claim.producer, claim.vanished = producer, None


def _link(source: Source) -> dict[str, Any]:
    return {"name": source.name, "role": source.role, "kind": source.kind, **asdict(source.anchor)}


def _store_parts(
    version: ArticleVersion,
    written: dict[tuple[int, int], Claim],
    extraction: Extraction,
    places: dict[str, Place],
) -> None:
    ids = [claim.pk for claim in written.values()]
    Figure.objects.filter(claim__in=ids).delete()
    through = Claim.places.through
    through._default_manager.filter(claim_id__in=ids).delete()
    rows, figures = [], []
    wholes: list[tuple[Figure, Figure]] = []
    done: set[tuple[int, int]] = set()
    for candidate in extraction.claims:
        span = (candidate.anchor.start, candidate.anchor.end)
        if span in done or span not in written:
            continue
        done.add(span)
        claim = written[span]
        names = dict.fromkeys(name[:200] for name in candidate.places)
        rows += [through(claim_id=claim.pk, place_id=places[name].pk) for name in names]
        own = _figures(claim, candidate, places, version.published or version.version_created)
        figures += own
        parts = zip(own, candidate.figures, strict=True)
        wholes += [(part, own[f.part_of]) for part, f in parts if f.part_of is not None]
    through._default_manager.bulk_create(rows)
    Figure.objects.bulk_create(figures)
    for part, whole in wholes:
        part.part_of = whole
    Figure.objects.bulk_update([part for part, _ in wholes], ["part_of"])


def _figures(claim: Claim, candidate: Candidate, places: dict[str, Place], as_of: datetime) -> list[Figure]:
    return [
        Figure(
            claim=claim,
            measure=figure.measure[:80],
            low=figure.low,
            high=figure.high,
            approximate=figure.approximate,
            words=figure.anchor.text[:300],
            start=figure.anchor.start,
            end=figure.anchor.end,
            population=figure.population[:100],
            place=places.get(figure.place[:200]) if figure.place else None,
            unit=figure.unit[:10],
            as_of=as_of,
        )
        for figure in candidate.figures
    ]


def _speakers(candidates: tuple[Candidate, ...]) -> dict[str, Speaker]:
    said = {fold(c.speaker.name): c.speaker for c in candidates if c.speaker}
    known = {speaker.key: speaker for speaker in Speaker.objects.filter(key__in=said)}
    fresh = [
        Speaker(name=source.name[:300], key=key, kind=source.kind, organisation="")
        for key, source in said.items()
        if key not in known
    ]
    Speaker.objects.bulk_create(fresh, ignore_conflicts=True)
    return {speaker.key: speaker for speaker in Speaker.objects.filter(key__in=said)}


def _places(candidates: tuple[Candidate, ...]) -> dict[str, Place]:
    names = {name[:200] for c in candidates for name in (*c.places, *(f.place for f in c.figures)) if name}
    Place.objects.bulk_create([Place(name=name) for name in sorted(names)], ignore_conflicts=True)
    return {place.name: place for place in Place.objects.filter(name__in=names)}
