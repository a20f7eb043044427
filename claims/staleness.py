"""Verdicts that lost their ground (R19): marked with what moved, brought to the top of the queue, and left as they are
otherwise. A person settles each: it still holds (``verdicts.keep``), or it is ruled anew.

A verdict loses ground by its own copy and the copy that it cites (``mark``), or by what else is told of its event
(``mark_moved``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.changes import log
from claims.models import Activity, ArticleVersion, Claim, Event, Verdict, VerdictEntry
from claims.proposals.grounds import SAID, Change
from claims.verdicts import write_entry
from claims.wording import source_of
from claims.workflow import VerdictState

MOST_WORDS = 300
MOST_REASONS = 60


class Why(StrEnum):
    CHANGED = "changed"
    GONE = "gone"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened to one claim, in which version; ``heir`` is the claim that it became."""

    claim: Claim
    why: Why
    version: ArticleVersion | None
    heir: Claim | None = None

    def reason(self, verdict: Verdict) -> dict[str, Any]:
        """The cause as it is stored with the verdict: words for a person, ids for a program."""
        own = self.claim.pk == verdict.claim_id
        whose = "The claim itself:" if own else f"Evidence, claim {self.claim.pk}:"
        number = self.version.number if self.version else None
        return {
            "claim": self.claim.pk,
            "becomes": self.heir.pk if self.heir else None,
            "why": self.why.value,
            "evidence": not own,
            "article": self.version.article_id if self.version else None,
            "version": number,
            "words": f"{whose} {self._happened(number)}",
        }

    def _happened(self, number: int | None) -> str:
        said = f"“{self.claim.text[:MOST_WORDS]}”"
        if self.why is Why.CHANGED and self.heir is not None:
            return f"{said} became “{self.heir.text[:MOST_WORDS]}” in version {number}."
        if self.why is Why.WITHDRAWN and self.version is not None:
            return f"{said} lost its support: version {number} says that the article is {self.version.status}."
        return f"{said} no longer stands in version {number}."


def mark(version: ArticleVersion, causes: Sequence[Cause]) -> int:
    """Mark every verdict that leans on a claim of ``causes``; returns how many. The claims' count of
    changes goes on, so that an act on what was shown before answers *changed meanwhile*. The caller holds the
    transaction."""
    if not causes:
        return 0
    moved = {cause.claim.pk: cause for cause in causes}
    Claim.objects.filter(pk__in=moved).update(seen=F("seen") + 1)
    found = [(verdict, _reasons(verdict, moved)) for verdict in _leaning_on(moved)]
    fresh = [(verdict, reasons) for verdict, reasons in found if reasons]
    ruled_on = {verdict.claim_id for verdict, _ in fresh}
    Claim.objects.filter(pk__in=ruled_on).update(stale=True)
    Claim.objects.filter(pk__in=ruled_on - moved.keys()).update(seen=F("seen") + 1)
    for verdict, reasons in fresh:
        _mark_one(verdict, reasons, version=version)
    return len(fresh)


class ChangedMeanwhile(Exception):
    """The event changed while its verdicts were weighed: nothing was marked, and whoever changed it rang again."""


def mark_moved(verdict: Verdict, moved: Sequence[Change], event: Event) -> bool:
    """Mark ``verdict``, as it was weighed, with what ``moved`` under it in ``event``; returns whether any of it is new.
    Nothing is done where somebody ruled meanwhile. Raises ``ChangedMeanwhile``."""
    told = _in_words(verdict, moved)
    with transaction.atomic():
        Claim.objects.select_for_update(of=("self",)).get(pk=verdict.claim_id)
        now = Verdict.objects.select_related("claim__version").get(pk=verdict.pk)
        known = {(reason["claim"], reason["why"], reason["words"]) for reason in now.stale_reasons}
        reasons = [each for each in told if (each["claim"], each["why"], each["words"]) not in known]
        reasons = reasons[: max(0, MOST_REASONS - len(now.stale_reasons))]
        if not reasons or now.ground != verdict.ground or now.state == VerdictState.WITHDRAWN:
            return False
        Claim.objects.filter(pk=now.claim_id).update(stale=True, seen=F("seen") + 1)
        _mark_one(now, reasons, event=event)
        if not Event.objects.select_for_update().filter(pk=event.pk, changes=event.changes).exists():
            raise ChangedMeanwhile
    return True


def _in_words(verdict: Verdict, moved: Sequence[Change]) -> list[dict[str, Any]]:
    """What moved as it is stored with the verdict, each with the claim by which it did."""
    rows = Claim.objects.select_related("speaker", "version__article__outlet")
    claims = rows.in_bulk({change.claim for change in moved if change.claim})
    return [_reason(verdict, change, claims.get(change.claim)) for change in moved]


def _reason(verdict: Verdict, change: Change, claim: Claim | None) -> dict[str, Any]:
    words = change.words
    if claim is not None:
        said = SAID[change.why].format(who=source_of(claim))
        rule = f" ({change.rule})" if change.rule else ""
        words = f"{said[:1].upper()}{said[1:]}{rule}: “{claim.text[:MOST_WORDS]}”"
    about = {"claim": claim.pk if claim is not None else verdict.claim_id, "evidence": claim is not None}
    return about | {"becomes": None, "why": change.why.value, "article": None, "version": None, "words": words}


def _leaning_on(moved: dict[int, Cause]) -> list[Verdict]:
    """Verdicts on the claims, those that cite them, and those whose published face does while another is prepared."""
    live = Verdict.objects.exclude(state=VerdictState.WITHDRAWN).select_related("claim__version", "published")
    now = live.filter(Q(claim__in=moved) | Q(evidence__claim__in=moved)).order_by("pk").distinct()
    revised = live.filter(published__isnull=False).exclude(state=VerdictState.PUBLISHED)
    faces = [verdict for verdict in revised if _cited_in_public(verdict) & moved.keys()]
    return list({verdict.pk: verdict for verdict in (*now.prefetch_related("evidence"), *faces)}.values())


def _cited_in_public(verdict: Verdict) -> set[int]:
    face = verdict.published
    return {item["claim"] for item in face.evidence if item.get("claim")} if face is not None else set()


def _reasons(verdict: Verdict, moved: dict[int, Cause]) -> list[dict[str, Any]]:
    """What moved under this verdict, without what it is marked for already."""
    cited = {item.claim_id for item in verdict.evidence.all()} | _cited_in_public(verdict) | {verdict.claim_id}
    told = {(reason["claim"], reason["why"], reason["version"]) for reason in verdict.stale_reasons}
    reasons = [moved[pk].reason(verdict) for pk in sorted(pk for pk in cited if pk in moved)]
    return [each for each in reasons if (each["claim"], each["why"], each["version"]) not in told]


def _mark_one(verdict: Verdict, reasons: list[dict[str, Any]], **by: ArticleVersion | Event) -> None:
    """``by`` is the version or the event that moved it."""
    verdict.stale = verdict.stale or timezone.now()
    verdict.stale_reasons = [*verdict.stale_reasons, *reasons]
    Verdict.objects.filter(pk=verdict.pk).update(stale=verdict.stale, stale_reasons=verdict.stale_reasons)
    words = "\n".join(reason["words"] for reason in reasons)
    write_entry(verdict, VerdictEntry.Act.STALE, words, None, reasons)
    log(
        Activity.Kind.VERDICT_STALE,
        None,
        claim=verdict.claim,
        **by,
        detail={"reasons": [reason["words"] for reason in reasons], "claims": [reason["claim"] for reason in reasons]},
    )
