"""What people make of the ratings that the rules propose: one row an outcome, and the counts by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q

from claims.models import Claim, ProposalOutcome, ProposalRule
from claims.proposals import Proposal

Outcome = ProposalOutcome.Outcome
MOST_RULES = 100


@dataclass(frozen=True, slots=True)
class Judged:
    """How often a rule held in proposals that people decided on, and what they did with them."""

    rule: str
    proposed: int
    accepted: int
    changed: int
    dismissed: int

    @property
    def agreed(self) -> float:
        """The share of the proposals that people agreed with, 0.0 to 1.0."""
        return self.accepted / self.proposed if self.proposed else 0.0


def note(
    *, claim: Claim, proposal: Proposal, digest: str, outcome: str, by: User, rating: str = "", reason: str = ""
) -> ProposalOutcome | None:
    """Write what came of a proposal; nothing where no rating was proposed, or where the person, or another, dismissed
    this very proposal before. The caller holds the transaction."""
    if proposal.rating is None or dismissal(claim, digest) is not None:
        return None
    rules = list(dict.fromkeys(fired.rule for fired in proposal.rules))
    row = ProposalOutcome.objects.create(
        claim=claim,
        rating=proposal.rating.value,
        rules=rules,
        outcome=outcome,
        verdict_rating=rating,
        reason=reason,
        by=by,
        producer=proposal.producer,
        digest=digest,
    )
    ProposalRule.objects.bulk_create(ProposalRule(outcome=row, rule=rule) for rule in rules)
    return row


def note_ruling(claim: Claim, proposal: Proposal, digest: str, rating: str, by: User) -> None:
    """A ruling on a claim with a proposal: accepted where it rules the same, else changed."""
    same = proposal.rating is not None and rating == proposal.rating.value
    outcome = Outcome.ACCEPTED if same else Outcome.CHANGED
    note(claim=claim, proposal=proposal, digest=digest, outcome=outcome, by=by, rating=rating)


def dismissal(claim: Claim, digest: str) -> ProposalOutcome | None:
    """Where somebody dismissed the proposal as it stands."""
    rows = ProposalOutcome.objects.filter(claim=claim, digest=digest, outcome=Outcome.DISMISSED)
    return rows.select_related("by").first()


def agreement(since: datetime | None = None, until: datetime | None = None) -> Sequence[Judged]:
    """By rule what was decided from ``since`` on and before ``until``, the most proposed first."""
    inside = ProposalOutcome.objects.inside(since, until).order_by()
    counts = {each.value: Count("pk", filter=Q(outcome__outcome=each)) for each in Outcome}
    rows: Any = (
        ProposalRule.objects.filter(outcome__in=inside)
        .order_by()
        .values("rule")
        .annotate(proposed=Count("pk"), **counts)
    )
    found = [Judged(row["rule"], row["proposed"], *(row[each.value] for each in Outcome)) for row in rows[:MOST_RULES]]
    return sorted(found, key=lambda each: (-each.proposed, each.rule))


def totals(since: datetime | None = None, until: datetime | None = None) -> Judged:
    """The same over all proposals, each counted once."""
    counts = {each.value: Count("pk", filter=Q(outcome=each)) for each in Outcome}
    row = ProposalOutcome.objects.inside(since, until).aggregate(proposed=Count("pk"), **counts)
    return Judged("", row["proposed"], *(row[each.value] for each in Outcome))
