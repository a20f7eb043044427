"""What a person does with the rating that the rules propose for a claim: accept it, or dismiss it. Nothing is ever
applied by itself (R31)."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from claims import outcomes
from claims.changes import MAX_REASON, MEANWHILE, check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, Claim, Evidence, ProposalOutcome, Verdict
from claims.permissions import Verb
from claims.proposals import Cited
from claims.verdicts import Exhibit, check_shown, record_verdict
from claims.weighing import weigh

NONE = "The rules propose no rating for this claim."
TWICE = "Somebody dismissed this proposal already."


def accept(*, claim: Claim, reason: str, by: User, seen: int, shown: str) -> Verdict:
    """Rule as the rules propose, on the evidence that the proposal rests on; a second reader is asked for as ever.

    ``shown`` is the digest of the proposal as the person read it. Raises ``NotAllowed``, ``Incomplete``, and ``Stale``
    where the claim or the proposal changed meanwhile."""
    check(by, Verb.RULE, claim, "rule on claims")
    weighed = weigh(claim)
    check_shown(weighed, shown)
    proposal = weighed.proposal
    if proposal.rating is None:
        raise Incomplete(NONE)
    evidence = exhibits(proposal.rests_on, Evidence.Side.FOR.value)
    evidence += exhibits(proposal.against, Evidence.Side.AGAINST.value)
    return record_verdict(
        claim=claim, rating=proposal.rating, reason=reason, evidence=evidence, by=by, seen=seen, shown=shown
    )


def exhibits(cited: tuple[Cited, ...], side: str) -> list[Exhibit]:
    rows = Claim.objects.select_related("version").in_bulk([each.claim for each in cited])
    return [Exhibit(side, rows[each.claim]) for each in cited if each.claim in rows]


def dismiss(*, claim: Claim, by: User, seen: int, shown: str, reason: str = "") -> ProposalOutcome:
    """Say that a proposal is of no use; the claim stays as it is. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.RULE, claim, "dismiss proposed ratings")
    weighed = weigh(claim)
    check_shown(weighed, shown)
    if weighed.proposal.rating is None:
        raise Incomplete(NONE)
    words = reason.replace("\x00", "").strip()[:MAX_REASON]
    with transaction.atomic():
        if not Claim.objects.select_for_update(of=("self",)).filter(pk=claim.pk, seen=seen).exists():
            raise Stale(MEANWHILE)
        row = outcomes.note(
            claim=claim,
            proposal=weighed.proposal,
            digest=weighed.digest,
            outcome=outcomes.Outcome.DISMISSED,
            by=by,
            reason=words,
        )
        if row is None:
            raise Stale(TWICE)
        detail = {"rating": row.rating, "rules": row.rules, "reason": words}
        log(Activity.Kind.RATING_DISMISSED, by, claim=claim, version=claim.version, detail=detail)
    return row
