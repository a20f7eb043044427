"""What the page of a claim shows of the rating that the rules propose (R31, R41)."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Claim, ProposalOutcome, Verdict
from claims.outcomes import dismissal
from claims.proposals import Proposal
from claims.weighing import weigh
from claims.workflow import ClaimState, VerdictState


@dataclass(frozen=True, slots=True)
class Proposed:
    """``reason`` is what the reason starts as. ``dismissed`` is who dismissed this very proposal; ``agrees``: the
    verdict as it stands rates the same, so that there is nothing to accept."""

    proposal: Proposal
    digest: str
    reason: str
    dismissed: ProposalOutcome | None
    agrees: bool

    @property
    def open(self) -> bool:
        """Whether a person is asked what they make of it."""
        return self.proposal.rating is not None and self.dismissed is None and not self.agrees


def proposed_for(claim: Claim, verdict: Verdict | None) -> Proposed | None:
    """None for a claim that is out of scope, or under embargo: it cannot be ruled on."""
    if claim.state == ClaimState.OUT_OF_SCOPE or claim.version.held_back:
        return None
    weighed = weigh(claim)
    stands = verdict is not None and verdict.stale is None
    stands = stands and verdict is not None and verdict.state in (VerdictState.PUBLISHED, VerdictState.AWAITING)
    agrees = stands and verdict is not None and verdict.rating == weighed.proposal.rating
    words = " ".join(fired.words for fired in weighed.proposal.rules)
    return Proposed(weighed.proposal, weighed.digest, words, dismissal(claim, weighed.digest), agrees)
