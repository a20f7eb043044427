"""The acts of ruling: the only place that writes a verdict, its history, or a claim's state of review (R36, R37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction
from django.utils import timezone

from claims import outcomes, workflow
from claims.changes import check, check_reason, log, stir, turn
from claims.errors import Incomplete, Stale
from claims.models import Activity, Claim, Evidence, Verdict, VerdictEntry
from claims.permissions import Verb
from claims.weighing import Weighed, weigh
from claims.workflow import Act, VerdictState

MAX_EVIDENCE = 50
HISTORY_LOCK = 7_301
OTHERWISE = "What the rules propose has changed meanwhile. It is shown as it stands now; nothing was recorded."
RESPONSIBILITY = frozenset({"accuse", "blame", "deny", "reject", "claim responsibility", "admit", "concede"})


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence as a reviewer gives it: ``side`` is ``for`` or ``against``; a claim of the desk or an
    address."""

    side: str
    claim: Claim | None = None
    url: str = ""
    note: str = ""


def second_reader_needed(claim: Claim, rating: str) -> bool:
    return workflow.needs_second_reader(
        rating,
        counts=claim.figures.exists(),
        responsibility=claim.polarity == Claim.Polarity.DENIED or claim.cue in RESPONSIBILITY,
        rule_on=settings.SECOND_READER,
    )


def check_evidence(claim: Claim, rating: str, evidence: Sequence[Exhibit]) -> None:
    """Raises ``Incomplete``. R36: who reads *corroborated* or *disputed* must be able to repeat the work."""
    if len(evidence) > MAX_EVIDENCE:
        raise Incomplete(f"There are {len(evidence)} pieces of evidence; {MAX_EVIDENCE} are the most.", "evidence")
    for exhibit in evidence:
        if exhibit.side not in Evidence.Side.values:
            raise Incomplete(f"Evidence is for or against, not {exhibit.side!r}.", "evidence")
        if exhibit.claim is None and not exhibit.url and not exhibit.note.strip():
            raise Incomplete("A piece of evidence needs a claim, an address or a note.", "evidence")
        if exhibit.claim is not None and exhibit.claim.pk == claim.pk:
            raise Incomplete("A claim is no evidence for itself.", "evidence")
        if exhibit.url:
            try:
                URLValidator(schemes=("http", "https"))(exhibit.url)
            except ValidationError as error:
                raise Incomplete(f"{exhibit.url!r} is not a web address.", "evidence") from error
    if rating != workflow.Rating.UNVERIFIABLE and not evidence:
        raise Incomplete(f"A claim is {rating} by evidence: name at least one piece.", "evidence")


def check_open(claim: Claim, evidence: Sequence[Exhibit]) -> None:
    """Raises ``Incomplete`` where the claim or what is cited is under embargo: a published verdict would tell of it."""
    if claim.version.held_back:
        raise Incomplete("This copy is under embargo. It can be ruled on when the embargo is lifted.")
    for exhibit in evidence:
        if exhibit.claim is not None and exhibit.claim.version.held_back:
            raise Incomplete(f"Claim {exhibit.claim.pk} is under embargo: it cannot be cited yet.", "evidence")


def check_support(evidence: Sequence[Exhibit]) -> None:
    """Raises ``Incomplete`` where a claim is cited in support that a kill took back (R19). The rows stay locked, so
    that a kill that comes at the same moment finds this verdict."""
    cited = [exhibit.claim.pk for exhibit in evidence if exhibit.claim is not None]
    rows = Claim.objects.select_for_update(of=("self",)).filter(pk__in=cited).order_by("pk")
    killed = {claim.pk for claim in rows if claim.withdrawn_by_id is not None}
    for exhibit in evidence:
        if exhibit.side == Evidence.Side.FOR and exhibit.claim is not None and exhibit.claim.pk in killed:
            raise Incomplete(f"Claim {exhibit.claim.pk} was withdrawn: it supports nothing any more.", "evidence")


def check_shown(weighed: Weighed, shown: str) -> None:
    """Raises ``Stale`` where the proposal is no longer the one with the digest ``shown``."""
    if shown != weighed.digest:
        raise Stale(OTHERWISE)


def record_verdict(
    *, claim: Claim, rating: str, reason: str, evidence: Sequence[Exhibit], by: User, seen: int, shown: str = ""
) -> Verdict:
    """Rule on a claim, or change the ruling. ``shown`` is the digest of the proposal that the person read, "" where
    there was none: what they made of it is noted. Raises ``NotAllowed``, ``Stale``, ``Incomplete``; then nothing is
    written."""
    check(by, Verb.RULE, claim, "rule on claims")
    if rating not in set(workflow.Rating):
        raise Incomplete("Choose a rating: corroborated, disputed or unverifiable.", "rating")
    reason = check_reason(reason, "the reader of a verdict is told why")
    check_evidence(claim, rating, evidence)
    check_open(claim, evidence)
    weighed = weigh(claim)
    if shown:
        check_shown(weighed, shown)
    with transaction.atomic():
        waits = second_reader_needed(claim, rating)
        turn(claim, Act.RULE, seen, second_reader=waits)
        check_support(evidence)
        rules = [*(weighed.rules if shown and rating == weighed.proposal.rating else ()), "R36", *(["R37"] * waits)]
        verdict = _write(claim, rating, reason, by, waits=waits, rules=rules)
        _stand_on(verdict, weighed)
        _set_evidence(verdict, evidence)
        entry = write_entry(verdict, VerdictEntry.Act.RECORDED, reason, by)
        if not waits:
            _publish(verdict, entry)
        log(
            Activity.Kind.VERDICT_RECORDED,
            by,
            claim=claim,
            version=claim.version,
            detail={"rating": rating, "waits": waits},
        )
        if shown:
            outcomes.note_ruling(claim, weighed.proposal, weighed.digest, rating, by)
        _lean(verdict, weighed, shown)
    return verdict


def _write(claim: Claim, rating: str, reason: str, by: User, *, waits: bool, rules: list[str]) -> Verdict:
    verdict, _ = Verdict.objects.update_or_create(
        claim=claim,
        defaults={
            "rating": rating, "reason": reason, "author": by, "second_reader": None, "decided": timezone.now(),
            "state": VerdictState.AWAITING if waits else VerdictState.PUBLISHED,
            "rules": rules, "stale": None, "stale_reasons": [],
        },
    )  # fmt: skip
    return verdict


def _lean(verdict: Verdict, weighed: Weighed, shown: str = "") -> None:
    """Have the worker weigh the verdict anew if its events change from now on. Last in the transaction: where one
    changed since it was weighed, it is weighed again here; raises ``Stale`` where the person was shown otherwise."""
    if stir(weighed.changes) == weighed.changes:
        return
    again = weigh(verdict.claim)
    if shown:
        check_shown(again, shown)
    _stand_on(verdict, again)


def _stand_on(verdict: Verdict, weighed: Weighed) -> None:
    Verdict.objects.filter(pk=verdict.pk).update(ground=weighed.ground)
    verdict.ground = weighed.ground


def keep(*, claim: Claim, reason: str, by: User, seen: int) -> Verdict:
    """Say that a stale verdict still holds, with the reason: the mark goes, the rating stays, and its evidence is from
    now on the claims as they stand today (R19, R37)."""
    check(by, Verb.RULE, claim, "say that a verdict still holds")
    verdict = _verdict_of(claim)
    if verdict.stale is None:
        raise Stale("This verdict is not stale any more.")
    reason = check_reason(reason, "the next reader is told why the verdict holds although its ground moved")
    weighed = weigh(claim)
    with transaction.atomic():
        turn(claim, Act.KEEP, seen)
        Verdict.objects.filter(pk=verdict.pk).update(stale=None, stale_reasons=[], ground=weighed.ground)
        verdict.refresh_from_db()
        for item in verdict.evidence.select_related("claim__version").filter(claim__isnull=False):
            Evidence.objects.filter(pk=item.pk).update(version=item.claim and item.claim.version.number)
        write_entry(verdict, VerdictEntry.Act.KEPT, reason, by)
        log(Activity.Kind.VERDICT_KEPT, by, claim=claim, version=claim.version, detail={"reason": reason})
        _lean(verdict, weighed)
    return verdict


def sign_off(*, claim: Claim, by: User, seen: int, note: str = "") -> Verdict:
    """Publish a verdict that waits for its second reader. Nobody signs off on their own (R37)."""
    verdict = _verdict_of(claim)
    check(by, Verb.SIGN_OFF, verdict, "sign off on this verdict: a second person does, who did not write it")
    if verdict.stale is not None:
        raise Incomplete("What this verdict leans on has moved. Send it back, or have its author say that it holds.")
    with transaction.atomic():
        turn(claim, Act.SIGN_OFF, seen)
        Verdict.objects.filter(pk=verdict.pk).update(state=VerdictState.PUBLISHED, second_reader=by)
        verdict.refresh_from_db()
        entry = write_entry(verdict, VerdictEntry.Act.SIGNED_OFF, note.strip() or verdict.reason, by)
        _publish(verdict, entry)
        log(Activity.Kind.VERDICT_SIGNED_OFF, by, claim=claim, version=claim.version, detail={"rating": verdict.rating})
    return verdict


def send_back(*, claim: Claim, reason: str, by: User, seen: int) -> Verdict:
    """Give a verdict that waits back to its author, with the reason. What was published before stays."""
    verdict = _verdict_of(claim)
    check(by, Verb.SIGN_OFF, verdict, "send this verdict back: a second person does, who did not write it")
    reason = check_reason(reason, "the author is told what is missing")
    return _step(claim, verdict, Act.SEND_BACK, (VerdictState.REOPENED, VerdictEntry.Act.SENT_BACK), reason, by, seen)


def reopen(*, claim: Claim, reason: str, by: User, seen: int) -> Claim:
    """Take a claim up again. A published verdict stays readable, marked as under revision, until it is changed."""
    check(by, Verb.RULE, claim, "reopen claims")
    reason = check_reason(reason, "changing what was decided needs one (R37)")
    verdict = Verdict.objects.filter(claim=claim).first()
    if verdict is not None and verdict.state != VerdictState.WITHDRAWN:
        _step(claim, verdict, Act.REOPEN, (VerdictState.REOPENED, VerdictEntry.Act.REOPENED), reason, by, seen)
    else:
        with transaction.atomic():
            turn(claim, Act.REOPEN, seen)
            log(Activity.Kind.REOPENED, by, claim=claim, version=claim.version, detail={"reason": reason})
    return claim


def withdraw(*, claim: Claim, reason: str, by: User, seen: int) -> Verdict:
    """Take a published verdict back from the world at once."""
    verdict = _verdict_of(claim)
    check(by, Verb.MANAGE, verdict, "withdraw published verdicts")
    reason = check_reason(reason, "withdrawing a verdict needs one (R37)")
    return _step(claim, verdict, Act.WITHDRAW, (VerdictState.WITHDRAWN, VerdictEntry.Act.WITHDRAWN), reason, by, seen)


def set_aside(*, claim: Claim, act: Act, reason: str, by: User, seen: int) -> Claim:
    """Hold a claim for more information, or put it out of scope (R31)."""
    check(by, Verb.RULE, claim, "set claims aside")
    if act not in (Act.HOLD, Act.DISMISS):
        raise Incomplete("A claim is set aside for more information, or as out of scope.", "act")
    reason = check_reason(reason, "the next reader is told what is missing, or why nothing can be checked")
    with transaction.atomic():
        turn(claim, act, seen)
        log(
            Activity.Kind.SET_ASIDE, by, claim=claim, version=claim.version, detail={"act": act.value, "reason": reason}
        )
    return claim


LOGGED = {
    Act.SEND_BACK: Activity.Kind.VERDICT_SENT_BACK,
    Act.REOPEN: Activity.Kind.REOPENED,
    Act.WITHDRAW: Activity.Kind.VERDICT_WITHDRAWN,
}


def _step(
    claim: Claim,
    verdict: Verdict,
    act: Act,
    to: tuple[VerdictState, VerdictEntry.Act],
    reason: str,
    by: User,
    seen: int,
) -> Verdict:
    state, written_as = to
    with transaction.atomic():
        turn(claim, act, seen)
        Verdict.objects.filter(pk=verdict.pk).update(state=state)
        if state == VerdictState.WITHDRAWN:
            Verdict.objects.filter(pk=verdict.pk).update(stale=None, stale_reasons=[])
        verdict.refresh_from_db()
        write_entry(verdict, written_as, reason, by)
        if state == VerdictState.WITHDRAWN:
            _publish(verdict, None)
        log(LOGGED[act], by, claim=claim, version=claim.version, detail={"reason": reason})
    return verdict


def _verdict_of(claim: Claim) -> Verdict:
    verdict = Verdict.objects.filter(claim=claim).first()
    if verdict is None:
        raise Stale("This claim has no verdict any more.")
    return verdict


def _set_evidence(verdict: Verdict, evidence: Sequence[Exhibit]) -> None:
    verdict.evidence.all().delete()
    Evidence.objects.bulk_create(
        Evidence(
            verdict=verdict,
            side=e.side,
            claim=e.claim,
            url=e.url,
            note=e.note.strip(),
            version=e.claim.version.number if e.claim else None,
        )
        for e in evidence
    )


def write_entry(
    verdict: Verdict, act: VerdictEntry.Act, reason: str, by: User | None, moved: Sequence[dict[str, Any]] = ()
) -> VerdictEntry:
    """The next step of the verdict's history; ``by`` is nobody where the desk's own worker wrote it, ``moved`` what it
    marks the verdict stale for."""
    _one_at_a_time()
    return VerdictEntry.objects.create(
        verdict=verdict,
        number=verdict.entries.count() + 1,
        act=act,
        rating=verdict.rating,
        reason=reason,
        evidence=[_snapshot(item) for item in verdict.evidence.select_related("claim__version")],
        rules=verdict.rules,
        moved=list(moved),
        version=Claim.objects.values_list("version__number", flat=True).get(pk=verdict.claim_id),
        by=by,
    )


def _one_at_a_time() -> None:
    """Entries become visible in the order of their numbers, so that who has read up to one never misses an earlier one.
    SQLite has one writer at a time as it is."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HISTORY_LOCK])


def _snapshot(item: Evidence) -> dict[str, Any]:
    about: dict[str, Any] = {"side": item.side, "url": item.url, "note": item.note}
    about |= {"claim": None, "article": None, "version": None, "text": ""}
    if item.claim is not None:
        version = item.claim.version
        about |= {
            "claim": item.claim.pk,
            "article": version.article_id,
            "version": item.version or version.number,
            "text": item.claim.text,
        }
    return about


def _publish(verdict: Verdict, entry: VerdictEntry | None) -> None:
    Verdict.objects.filter(pk=verdict.pk).update(published=entry)
    verdict.published = entry
