"""What a version changes in its story (R18, R19): claims that still stand word for word move on to it, the others are
orphaned by it, a kill withdraws them all, and every verdict that leaned on them is told.

The outcome does not depend on the order in which versions are read: the place of each in its story is the time of its
making, and an older one that comes late takes nothing from a newer one. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from claims import staleness
from claims.changes import log, note_standing
from claims.extraction.types import Candidate, Extraction
from claims.models import Activity, Article, ArticleVersion, Claim
from claims.moves import list_moves
from claims.names import fold
from claims.staleness import Why
from claims.storing import Skip, store_claims
from claims.story import Story, facts_of

Voices = dict[tuple[int, int], str]


def lock_story(version: ArticleVersion) -> None:
    """One version of a story is settled at a time, so that two workers on one story come to one outcome."""
    Article.objects.select_for_update().get(pk=version.article_id)


def carry_through(version: ArticleVersion, extraction: Extraction) -> list[Claim]:
    """Store what was found in ``version``, and settle it in its story unless it is held back: then it changes nothing
    that those may see who must not know of it. Returns the claims that the reading wrote."""
    if version.held_back:
        written = store_claims(version, extraction)
        note_standing(version.claims.all())
        return written
    for lifted in ArticleVersion.objects.to_settle(timezone.now()).filter(article=version.article_id):
        if lifted.pk != version.pk:
            settle(lifted)
    return settle(version, extraction)


def settle(version: ArticleVersion, extraction: Extraction | None = None) -> list[Claim]:
    """Put ``version`` into its place in its story; without an extraction, with the claims that it has already."""
    ArticleVersion.objects.filter(pk=version.pk).update(settled=timezone.now())
    story = Story(version)
    written: list[Claim] = []
    if story.is_copy:
        voices = _voices(extraction.claims) if extraction else story.voices_in(version)
        story.carry_here(voices, doubled=extraction is None)
        story.anchor_later(voices)
        story.save()
        if extraction:
            written = store_claims(version, extraction, skip=told_already(story, version))
        else:
            story.drop_doubles()
        story.load_own()
        story.carry_on()
    withdrawn = story.withdraw()
    story.save()
    note_standing(Claim.objects.filter(version__article=version.article_id))
    heirs = _list_what_moved(story, version)
    _tell(story, version, withdrawn, heirs)
    return list(Claim.objects.filter(pk__in=[claim.pk for claim in written]).prefetch_related("places"))


def _voices(candidates: Sequence[Candidate]) -> Voices:
    return {(c.anchor.start, c.anchor.end): fold(c.speaker.name) if c.speaker else "" for c in candidates}


def told_already(story: Story, version: ArticleVersion) -> Skip:
    """Whether a candidate is no new claim: a claim of the story stands there, or around it in copy that did not change.
    A claim that was carried here itself is found again by its span, and is not skipped."""
    later = story.anchored_at(version)
    carried = [span for claim in story.living_on(version) if (span := (claim.start, claim.end)) and story.moved(claim)]

    def skip(start: int, end: int) -> bool:
        if (start, end) in later:
            return True
        if (start, end) in carried:
            return False
        beside = any(one < end and other > start for one, other in (*later, *carried))
        return beside and story.stands_nearby(version, start, end)

    return skip


def _list_what_moved(story: Story, version: ArticleVersion) -> dict[int, int]:
    """R19, for the version and for the one that now follows it. Returns which claim became which, by id."""
    heirs: dict[int, int] = {}
    if version.ends_story:
        gone = [facts_of(claim) for claim in story.claims if claim.withdrawn_by_id == version.pk]
        ArticleVersion.objects.filter(pk=version.pk).update(moved=list_moves(gone, []))
    for before, after in story.pairs_around():
        rows = list_moves(story.told_in(before), story.told_in(after)) if before else []
        heirs |= {row["claim"]: row["becomes"] for row in rows if row["kind"] == "changed"}
        ArticleVersion.objects.filter(pk=after.pk).update(moved=rows)
    return heirs


def _tell(story: Story, version: ArticleVersion, withdrawn: Sequence[Claim], heirs: dict[int, int]) -> None:
    """The verdicts that leaned on what moved; last, since the history is written by one at a time."""
    if withdrawn:
        log(Activity.Kind.SUPPORT_WITHDRAWN, None, version=version, detail={"claims": len(withdrawn)})
    causes = [staleness.Cause(claim, Why.WITHDRAWN, claim.withdrawn_by) for claim in withdrawn]
    known = {claim.pk: claim for claim in story.claims}
    for claim in story.orphaned:
        heir = known.get(heirs.get(claim.pk, 0))
        causes.append(staleness.Cause(claim, Why.CHANGED if heir else Why.GONE, claim.orphaned_by, heir))
    staleness.mark(version, causes)
