"""What a version takes along when it leaves its story, and what it leaves behind: the way back from ``carrying``."""

from __future__ import annotations

from django.db.models import Q

from claims.anchoring import Alignment
from claims.changes import note_standing
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor, Figure
from claims.story import MOVED, Span, parts_of, shift

MOST_AT_ONCE = 200


def part(version: ArticleVersion, story: Article) -> None:
    """Claims of ``story`` that had moved on to ``version`` go back to where they stood last, with all that a person did
    to them; nothing is orphaned, withdrawn or held in place by ``version`` any longer. The caller holds the
    transaction, moves the version and has it and its neighbour read again."""
    stay = story.versions.exclude(pk=version.pk)
    left = Claim.objects.filter(version__in=stay)
    left.filter(orphaned_by=version).update(orphaned_by=None)
    left.filter(withdrawn_by=version).update(withdrawn_by=None)
    ClaimAnchor.objects.filter(version=version, claim__version__in=stay).delete()
    homes = {each.pk: each for each in stay.filter(earlier_claims__claim__version=version).in_story_order()}
    moved: list[Claim] = []
    figures: list[Figure] = []
    spent: list[tuple[int, int]] = []
    carried = ClaimAnchor.objects.filter(claim__version=version, version__in=stay)
    for claim in version.claims.filter(pk__in=carried.values("claim")).prefetch_related("figures", "anchors"):
        home = max((homes[a.version_id] for a in claim.anchors.all() if a.version_id in homes), key=lambda v: v.place)
        if go_back(claim, version, home):
            moved.append(claim)
            figures += claim.figures.all()
            spent.append((claim.pk, home.pk))
    Claim.objects.bulk_update(moved, (*MOVED, "orphaned_by", "withdrawn_by"), batch_size=MOST_AT_ONCE)
    Figure.objects.bulk_update(figures, ("start", "end"), batch_size=MOST_AT_ONCE)
    for claim_id, home_id in spent:
        ClaimAnchor.objects.filter(claim=claim_id, version=home_id).delete()
    carried.delete()
    note_standing(Claim.objects.filter(Q(version__in=stay) | Q(version=version)))


def go_back(claim: Claim, version: ArticleVersion, home: ArticleVersion) -> bool:
    """Put a claim where it stood in ``home``; False where one of its parts does not stand there: then it stays."""
    back = Alignment(version.text, home.text)
    spans: set[Span] = {(claim.start, claim.end), *parts_of(claim)}
    places = {span: place for span in spans if (place := back.place(*span)) is not None}
    if len(places) < len(spans):
        return False
    shift(claim, places)
    claim.version, claim.orphaned_by, claim.withdrawn_by = home, None, None
    return True
