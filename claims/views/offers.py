"""Which acts a page offers to a person, and why not the others."""

from __future__ import annotations

from dataclasses import dataclass

from claims import workflow
from claims.models import Claim, Verdict
from claims.permissions import AnyUser, Verb, may, rights
from claims.workflow import Act, ClaimState


@dataclass(frozen=True, slots=True)
class Offer:
    """``reason_asked``: the act needs words. ``refused`` says why the person cannot do it, or is empty."""

    act: Act
    label: str
    url_name: str
    reason_asked: bool
    refused: str = ""
    hint: str = ""

    @property
    def moves_on(self) -> bool:
        """Whether the reader is then done with this claim."""
        return self.act in (Act.SIGN_OFF, Act.SEND_BACK, Act.HOLD, Act.DISMISS, Act.KEEP)


FORMS: dict[Act, tuple[str, str, bool, str]] = {
    Act.KEEP: ("Still holds", "claim-keep", True, "Say why it holds although what it leans on has moved."),
    Act.SIGN_OFF: ("Sign off and publish", "claim-sign-off", False, "Publishes the verdict as it stands."),
    Act.SEND_BACK: ("Send back", "claim-send-back", True, "Gives the verdict back to its author."),
    Act.HOLD: ("Hold for more information", "claim-hold", True, "Say what is missing."),
    Act.DISMISS: ("Put out of scope", "claim-dismiss", True, "Opinion, prediction or rhetoric: nothing to check."),
    Act.REOPEN: ("Reopen", "claim-reopen", True, "Takes the claim up again; what is published stays readable."),
    Act.WITHDRAW: ("Withdraw the verdict", "claim-withdraw", True, "Takes the published verdict back at once."),
}
NEEDED: dict[Act, Verb] = {
    Act.LINK: Verb.LINK,
    Act.RULE: Verb.RULE,
    Act.SIGN_OFF: Verb.SIGN_OFF,
    Act.SEND_BACK: Verb.SIGN_OFF,
    Act.HOLD: Verb.RULE,
    Act.DISMISS: Verb.RULE,
    Act.REOPEN: Verb.RULE,
    Act.WITHDRAW: Verb.MANAGE,
    Act.KEEP: Verb.RULE,
}
WHO = {
    Verb.LINK: "A reviewer links claims to events.",
    Verb.RULE: "A reviewer rules on claims.",
    Verb.SIGN_OFF: "The chief signs off.",
    Verb.MANAGE: "The chief withdraws published verdicts.",
}


def refusal(user: AnyUser, act: Act, claim: Claim, verdict: Verdict | None) -> str:
    """Why ``user`` cannot do ``act`` on ``claim`` now, in words; empty where they can."""
    verb = NEEDED[act]
    if verb not in rights(user):
        return WHO[verb]
    if act not in workflow.acts_from(claim.state):
        if act is Act.RULE:
            return "This claim is out of scope. Reopen it to rule on it."
        return f"Not while the claim is {claim.state_label}."
    if act is Act.SIGN_OFF and verdict is not None and verdict.stale is not None:
        return "What it leans on has moved: somebody first says that it still holds, or rules anew."
    if verb is Verb.SIGN_OFF and verdict is not None and not may(user, verb, verdict):
        return "You wrote this verdict: a second person signs off."
    return ""


def offers(user: AnyUser, claim: Claim, verdict: Verdict | None) -> list[Offer]:
    """The acts beside linking and ruling that the workflow has from the claim's state."""
    found = []
    for act in sorted(workflow.acts_from(claim.state), key=lambda act: act is not Act.KEEP):
        if act in FORMS and _has_object(act, verdict):
            label, url_name, asked, hint = FORMS[act]
            found.append(Offer(act, label, url_name, asked, refusal(user, act, claim, verdict), hint))
    return found


def _has_object(act: Act, verdict: Verdict | None) -> bool:
    if act is Act.KEEP:
        return verdict is not None and verdict.stale is not None
    if act is Act.WITHDRAW:
        return verdict is not None and verdict.published_id is not None
    return act not in (Act.SIGN_OFF, Act.SEND_BACK) or verdict is not None


def why_two(claim: Claim, verdict: Verdict | None) -> str:
    """R37 in words, while a verdict waits for its second reader."""
    if claim.state != ClaimState.AWAITING or verdict is None:
        return ""
    return (
        f"{verdict.author.get_username()} ruled it {verdict.rating}. A second person reads it before it is published."
    )
