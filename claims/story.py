"""A story in memory while a version is put into its place: its copy, oldest first, and where each claim stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from claims.anchoring import Alignment, Place
from claims.models import ArticleVersion, Claim, ClaimAnchor, Evidence, Figure
from claims.moves import Told
from claims.names import fold

Span = tuple[int, int]
WORD = re.compile(r"\w+")
MOVED = ("version", "start", "end", "speaker_start", "speaker_end", "cue_start", "cue_end", "chain")
MARKED = ("orphaned_by", "withdrawn_by")


class Story:
    """``copy`` are the versions that were read and are settled, without kills; ``here`` is the one that is being put
    into its place. Nothing is written before ``save``, but what doubles a claim is removed at once."""

    def __init__(self, here: ArticleVersion) -> None:
        self.here = here
        told = Q(work=ArticleVersion.Work.DONE) | Q(settled__isnull=False)
        read = ArticleVersion.objects.filter(told, article=here.article_id).in_story_order()
        unsettled = read.filter(status=ArticleVersion.Status.EMBARGOED, settled__isnull=True)
        versions = list(read.exclude(pk__in=unsettled.values("pk")).defer("furniture", "moved", "warnings"))
        self.copy = [each for each in versions if each.text.strip() and not each.ends_story]
        self.kills = [each for each in versions if each.ends_story]
        self.by_id = {each.pk: each for each in versions}
        self.orphaned: list[Claim] = []
        self._dirty: dict[int, Claim] = {}
        self._figures: dict[int, Figure] = {}
        self._alignments: dict[tuple[int, int], Alignment] = {}
        self._load()

    def _load(self) -> None:
        cited = Evidence.objects.filter(claim=OuterRef("pk"))
        rows = Claim.objects.filter(version__in=self.by_id).annotate(cited=Exists(cited)).order_by("pk")
        locked = rows.select_for_update(of=("self",), no_key=True).select_related("speaker", "orphaned_by")
        self.claims: list[Claim] = list(locked.prefetch_related("figures"))
        self.spans: dict[int, dict[int, Span]] = {}
        for anchor in ClaimAnchor.objects.filter(claim__in=self.claims):
            self.spans.setdefault(anchor.version_id, {})[anchor.claim_id] = (anchor.start, anchor.end)

    @property
    def is_copy(self) -> bool:
        return self.here.pk in [each.pk for each in self.copy]

    @cached_property
    def at(self) -> int:
        return [each.pk for each in self.copy].index(self.here.pk)

    @property
    def before(self) -> ArticleVersion | None:
        return self.copy[self.at - 1] if self.at else None

    @property
    def behind(self) -> Sequence[ArticleVersion]:
        return self.copy[self.at + 1 :]

    def home(self, claim: Claim) -> ArticleVersion:
        return self.by_id[claim.version_id]

    def living_on(self, version: ArticleVersion) -> list[Claim]:
        return [claim for claim in self.claims if claim.version_id == version.pk and claim.vanished is None]

    def anchored_at(self, version: ArticleVersion) -> set[Span]:
        """Where claims stood in ``version`` that stand in a later one now."""
        return set(self.spans.get(version.pk, {}).values())

    def standing_in(self, version: ArticleVersion) -> dict[int, Span]:
        """Every claim that ``version`` holds or held, by id, and where."""
        living = {claim.pk: (claim.start, claim.end) for claim in self.living_on(version)}
        return dict(self.spans.get(version.pk, {})) | living

    def moved(self, claim: Claim) -> bool:
        return any(claim.pk in spans for spans in self.spans.values())

    def align(self, old: ArticleVersion, new: ArticleVersion) -> Alignment:
        key = (old.pk, new.pk)
        if key not in self._alignments:
            self._alignments[key] = Alignment(old.text, new.text)
        return self._alignments[key]

    def stands_nearby(self, version: ArticleVersion, start: int, end: int) -> bool:
        """Whether a stretch of ``version`` stands in one of its neighbours as well: the copy did not change there."""
        near = [each for each in (self.before, *self.behind[:1]) if each is not None]
        return any(self.align(version, each).place(start, end) is not None for each in near)

    def voices_in(self, version: ArticleVersion) -> dict[Span, str]:
        """Who says what in ``version``, as the rows have it."""
        return {(c.start, c.end): c.speaker.key if c.speaker else "" for c in self.living_on(version)}

    # -- putting it into its place

    def carry_here(self, voices: dict[Span, str], *, doubled: bool) -> None:
        """Claims of earlier versions that stand here move here, the newest home first; the others are orphaned by
        ``here``, unless a version between them and it did that already. ``doubled``: ``here`` was read before it could
        be settled, so that claims of its own may tell the same, and give way."""
        for home in reversed(self.copy[: self.at]):
            for claim in self.living_on(home):
                places = self.places(claim, home, self.here, voices)
                taken = self._holder(self.here, places[claim.start, claim.end]) if places else None
                if places and (taken is None or (doubled and self._gives_way(taken))):
                    if claim.orphaned_by is not None and claim.orphaned_by.place <= self.here.place:
                        self._mark(claim, orphaned_by=None)
                    self._move(claim, self.here, places)
                else:
                    self._orphan(claim, self.here)

    def anchor_later(self, voices: dict[Span, str]) -> None:
        """Claims of later versions that stand here already get their earlier place; they stay where they are."""
        for home in self.behind:
            back = self.align(home, self.here)
            for claim in self.living_on(home):
                known = claim.pk in self.spans.get(self.here.pk, {})
                place = None if known else back.place(claim.start, claim.end)
                said = claim.speaker.key if claim.speaker else ""
                if place and voices.get((place.start, place.end), said) == said:
                    self.spans.setdefault(self.here.pk, {})[claim.pk] = (place.start, place.end)

    def drop_doubles(self) -> None:
        """Own claims of a version that was read while it was held back, where the story tells the same already: what a
        person touched stays and the other goes."""
        later = {span: claim_id for claim_id, span in self.spans.get(self.here.pk, {}).items()}
        for claim in self.living_on(self.here):
            twin = later.get((claim.start, claim.end))
            other = next((each for each in self.claims if each.pk == twin and each.pk != claim.pk), None)
            if other is not None and not self._gives_way(claim):
                span = self.spans[self.here.pk].pop(other.pk)
                if not self._gives_way(other):
                    self.spans[self.here.pk][other.pk] = span

    def carry_on(self) -> None:
        """Claims that stand here and in what follows move on as far as they stand."""
        movers = self.living_on(self.here)
        for after in self.behind:
            voices = self.voices_in(after)
            for claim in movers:
                places = self.places(claim, self.home(claim), after, voices)
                if places and self._holder(after, places[claim.start, claim.end]) is None:
                    self._mark(claim, orphaned_by=None)
                    self._move(claim, after, places)
                else:
                    self._orphan(claim, after)

    def withdraw(self) -> list[Claim]:
        """A kill takes the support of all that stood before it in its story and does not stand in copy behind it.
        Returns the claims that lost theirs now."""
        lost = []
        for claim in self.claims:
            killed_by = [kill for kill in self.kills if kill.place > self.home(claim).place]
            latest = killed_by[-1] if killed_by else None
            if (latest.pk if latest else None) == claim.withdrawn_by_id:
                continue
            if latest is not None and claim.withdrawn_by_id is None:
                lost.append(claim)
            self._mark(claim, withdrawn_by=latest)
        return lost

    def load_own(self) -> None:
        """Read again, now that the claims found here are stored."""
        self._load()

    # -- where a claim stands, with all its parts

    def places(
        self, claim: Claim, old: ArticleVersion, new: ArticleVersion, voices: dict[Span, str]
    ) -> dict[Span, Place] | None:
        """The place in ``new`` of the claim and of each of its parts; None where one of them does not stand, or where
        it hangs on words before it who is speaking, and those changed."""
        alignment = self.align(old, new)
        found = {span: alignment.place(*span) for span in {(claim.start, claim.end), *parts_of(claim)}}
        places = {span: place for span, place in found.items() if place is not None}
        own = places.get((claim.start, claim.end))
        if len(places) < len(found) or own is None or new.text[own.start : own.end] != claim.text:
            return None
        if claim.speaker is None or names_itself(claim) or alignment.lead_stands(claim.start):
            return places
        return places if voices.get((own.start, own.end)) == claim.speaker.key else None

    def _holder(self, version: ArticleVersion, place: Place) -> Claim | None:
        """The claim that stands in ``version`` at that place, or stood there and moved on."""
        spans = self.standing_in(version)
        return next((c for c in self.claims if spans.get(c.pk) == (place.start, place.end)), None)

    def _gives_way(self, claim: Claim) -> bool:
        """Remove ``claim`` if nobody touched or cited it and it was never carried; it only doubles another."""
        if claim.touched or claim.cited or self.moved(claim):  # type: ignore[attr-defined]  # annotated
            return False
        self._dirty.pop(claim.pk, None)
        claim.delete()
        self.claims = [each for each in self.claims if each is not claim]
        return True

    def _move(self, claim: Claim, version: ArticleVersion, places: dict[Span, Place]) -> None:
        self.spans.setdefault(claim.version_id, {})[claim.pk] = (claim.start, claim.end)
        shift(claim, places)
        self._figures |= {figure.pk: figure for figure in claim.figures.all()}
        claim.version = version
        self._dirty[claim.pk] = claim

    def _orphan(self, claim: Claim, by: ArticleVersion) -> None:
        """``by`` is the first version behind the claim's own that no longer has it."""
        known = claim.orphaned_by
        if known is not None and known.place <= by.place:
            return
        if known is None:
            self.orphaned.append(claim)
        self._mark(claim, orphaned_by=by)

    def _mark(self, claim: Claim, **marks: ArticleVersion | None) -> None:
        for name, version in marks.items():
            setattr(claim, name, version)
        self._dirty[claim.pk] = claim

    def save(self) -> None:
        """Write what was moved and marked, and the earlier places."""
        Claim.objects.bulk_update(self._dirty.values(), (*MOVED, *MARKED), batch_size=200)
        Figure.objects.bulk_update(self._figures.values(), ("start", "end"), batch_size=200)
        anchors = [
            ClaimAnchor(claim_id=claim_id, version_id=version_id, start=start, end=end)
            for version_id, spans in self.spans.items()
            for claim_id, (start, end) in spans.items()
        ]
        ClaimAnchor.objects.bulk_create(anchors, ignore_conflicts=True, batch_size=500)
        self._dirty, self._figures = {}, {}

    # -- what moved

    def pairs_around(self) -> Iterator[tuple[ArticleVersion | None, ArticleVersion]]:
        """The version with the one before it, and the one behind it with the version."""
        if self.is_copy:
            yield self.before, self.here
            for after in self.behind[:1]:
                yield self.here, after

    def told_in(self, version: ArticleVersion) -> list[Told]:
        """What the claims that ``version`` holds or held say, in the order of its copy."""
        spans = self.standing_in(version)
        claims = [claim for claim in self.claims if claim.pk in spans]
        return [facts_of(claim) for claim in sorted(claims, key=lambda claim: spans[claim.pk])]


def names_itself(claim: Claim) -> bool:
    """Whether the claim's own words, or those that name its speaker, hold a word of the speaker's name."""
    told = WORD.findall(fold(f"{claim.text} {claim.speaker_words}"))
    return claim.speaker is not None and bool(set(told) & set(WORD.findall(claim.speaker.key)))


def parts_of(claim: Claim) -> Iterable[Span]:
    """The places of speaker, cue, sources and figures of a claim."""
    pairs = [(claim.speaker_start, claim.speaker_end), (claim.cue_start, claim.cue_end)]
    pairs += [(link.get("start"), link.get("end")) for link in claim.chain]
    pairs += [(figure.start, figure.end) for figure in claim.figures.all()]
    return [(start, end) for start, end in pairs if start is not None and end is not None]


def shift(claim: Claim, places: dict[Span, Place]) -> None:
    """Move a claim and all its parts, its figures too, to their ``places``; nothing is written."""
    for figure in claim.figures.all():
        figure.start, figure.end = _shifted(figure.start, figure.end, places)
    claim.chain = [_link_shifted(link, places) for link in claim.chain]
    if claim.speaker_start is not None and claim.speaker_end is not None:
        claim.speaker_start, claim.speaker_end = _shifted(claim.speaker_start, claim.speaker_end, places)
    if claim.cue_start is not None and claim.cue_end is not None:
        claim.cue_start, claim.cue_end = _shifted(claim.cue_start, claim.cue_end, places)
    claim.start, claim.end = _shifted(claim.start, claim.end, places)


def _shifted(start: int, end: int, places: dict[Span, Place]) -> Span:
    place = places[start, end]
    return place.start, place.end


def _link_shifted(link: dict[str, Any], places: dict[Span, Place]) -> dict[str, Any]:
    if link.get("start") is None or link.get("end") is None:
        return link
    start, end = _shifted(link["start"], link["end"], places)
    return link | {"start": start, "end": end}


def facts_of(claim: Claim) -> Told:
    return Told(
        claim.pk,
        claim.text,
        claim.speaker.key if claim.speaker else "",
        claim.cue,
        tuple((f.measure, (f.low, f.high, f.approximate, f.unit), f.words) for f in claim.figures.all()),
    )
