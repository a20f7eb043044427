"""One article version from waiting to extracted: lease, compute, then one short transaction.

The lease is a guarded update, so a bell that rings twice is harmless; the result is only stored while the lease is
ours.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string

from claims import carrying, linking, proposing, scening, speaker_matching, suggestions
from claims.changes import log, stir_around
from claims.extraction.types import Context, Extraction
from claims.models import Activity, ArticleVersion, Claim, Event

logger = logging.getLogger(__name__)
Work = ArticleVersion.Work
Engine = Callable[[str, Context], Extraction]


class LeaseLost(Exception):
    """Another worker took the row over; this one's result is not stored."""


def extract_version(pk: int) -> str:
    """Extract one version if it waits. Returns what came of it: ``done``, ``not waiting``, ``lease lost``,
    ``failed``."""
    version = take(pk)
    if version is None:
        return "not waiting"
    try:
        finish(version, read(version))
    except LeaseLost:
        return "lease lost"
    except Exception as error:  # whatever a text does to the engine must end as a state that a person sees
        logger.exception("Extraction of version %s failed", pk)
        return give_up(version, f"{type(error).__name__}: {error}")
    return "done"


def read(version: ArticleVersion) -> Extraction:
    """What the engine finds. The words of a kill or a recall are a notice to editors, and no copy: nothing is looked
    for in them."""
    if version.ends_story or not version.text.strip():
        return Extraction((), (), ())
    engine: Engine = import_string(settings.EXTRACTOR)
    return engine(version.text, context_of(version))


def take(pk: int) -> ArticleVersion | None:
    """Take the lease on a waiting version; None where it does not wait or somebody else holds it."""
    now = timezone.now()
    lease = uuid.uuid4()
    waiting = ArticleVersion.objects.to_extract(now).filter(pk=pk)
    taken = waiting.filter(attempts__lt=settings.MAX_ATTEMPTS).update(
        work=Work.EXTRACTING,
        lease=lease,
        lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
        attempts=F("attempts") + 1,
    )
    if taken:
        return ArticleVersion.objects.select_related("article__outlet").get(pk=pk)
    bury(pk)
    return None


def bury(pk: int) -> None:
    """A version whose worker died at every attempt is *failed*, so that it stops killing workers."""
    reason = f"The worker stopped {settings.MAX_ATTEMPTS} times while it read this article."
    worn_out = ArticleVersion.objects.to_extract(timezone.now()).filter(pk=pk, attempts__gte=settings.MAX_ATTEMPTS)
    with transaction.atomic():
        if worn_out.update(work=Work.FAILED, lease=None, lease_until=None, error=reason):
            log(Activity.Kind.FAILED, None, version=ArticleVersion(pk=pk), detail={"reason": reason})


def context_of(version: ArticleVersion) -> Context:
    return Context(
        published=version.published,
        outlet=version.article.outlet.name if version.article.outlet else "",
        headline_end=version.headline_end,
        dateline_place=version.dateline_place,
        language=version.language,
    )


def finish(version: ArticleVersion, extraction: Extraction) -> None:
    """Store what was found and settle its story, in one transaction, if the lease stands. Raises ``LeaseLost``."""
    with transaction.atomic():
        carrying.lock_story(version)
        held = ArticleVersion.objects.filter(pk=version.pk, lease=version.lease, work=Work.EXTRACTING).update(
            work=Work.DONE,
            lease=None,
            lease_until=None,
            error="",
            producer=extraction.producer,
            extracted=timezone.now(),
        )
        if not held:
            raise LeaseLost
        claims = carrying.carry_through(version, extraction)
        scening.rescene(version.article_id)
        linking.suggest_links(_read_again(version, claims))
        proposing.propose(version.article_id)
        speaker_matching.note_introductions(version)
        log(Activity.Kind.EXTRACTED, None, version=version, detail={"claims": len(claims)})
        stir_around(Q(version__article=version.article_id))


def _read_again(version: ArticleVersion, written: Sequence[Claim]) -> list[Claim]:
    """The claims whose scenes a reading may have changed: those that it wrote, and all that stand in its story."""
    ids = {claim.pk for claim in written}
    stands = Claim.objects.standing().filter(Q(pk__in=ids) | Q(scene__version__article=version.article_id))
    return list(stands.select_related("version").prefetch_related("places"))


def give_up(version: ArticleVersion, reason: str) -> str:
    """After a failure: wait for another try, or after the last one stay *failed* with the reason."""
    last = version.attempts >= settings.MAX_ATTEMPTS
    with transaction.atomic():
        held = ArticleVersion.objects.filter(pk=version.pk, lease=version.lease).update(
            work=Work.FAILED if last else Work.WAITING, lease=None, lease_until=None, error=reason[:2000]
        )
        if held and last:
            log(Activity.Kind.FAILED, None, version=version, detail={"reason": reason[:500]})
    return "failed" if last else "waiting"


def match_event(pk: int) -> int:
    """Suggest links between a new event and the claims near it; returns how many claims were looked at."""
    waiting = Event.objects.filter(pk=pk).unmatched()
    event = waiting.first()
    if event is None:
        return 0
    with transaction.atomic():
        if not waiting.update(matched=timezone.now()):
            return 0
        claims = suggestions.claims_near(event, suggestions.make_findable(event))
        linking.suggest_links(claims)
        proposing.give_way(claim.pk for claim in claims)
        speaker_matching.match_in_event(event)
    return len(claims)


def settle_version(pk: int) -> str:
    """Carry through what a version changes in its story whose embargo has passed since it was read."""
    version = ArticleVersion.objects.to_settle(timezone.now()).filter(pk=pk).first()
    if version is None:
        return "not waiting"
    with transaction.atomic():
        carrying.lock_story(version)
        version = ArticleVersion.objects.to_settle(timezone.now()).filter(pk=pk).first()
        if version is not None:
            carrying.settle(version)
            scening.rescene(version.article_id)
            linking.suggest_links(_read_again(version, []))
            proposing.propose(version.article_id)
            speaker_matching.note_introductions(version)
            stir_around(Q(version__article=version.article_id))
    return "done" if version is not None else "not waiting"
