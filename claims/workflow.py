"""Which act leads from which state to which (R31, R37). A pure table: no rows, no people."""

from enum import StrEnum


class ClaimState(StrEnum):
    """Where the review of a claim stands. *Unverifiable* is a rating, *unreviewed* a state (R31)."""

    UNREVIEWED = "unreviewed"
    IN_REVIEW = "in_review"
    PENDING = "pending"
    AWAITING = "awaiting"
    RULED = "ruled"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    ClaimState.UNREVIEWED: "unreviewed",
    ClaimState.IN_REVIEW: "in review",
    ClaimState.PENDING: "pending more information",
    ClaimState.AWAITING: "awaiting second reader",
    ClaimState.RULED: "ruled",
    ClaimState.OUT_OF_SCOPE: "out of scope",
}


class Rating(StrEnum):
    CORROBORATED = "corroborated"
    DISPUTED = "disputed"
    UNVERIFIABLE = "unverifiable"

    @property
    def label(self) -> str:
        return self.value


class VerdictState(StrEnum):
    AWAITING = "awaiting"
    PUBLISHED = "published"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"awaiting": "awaiting second reader"}.get(self.value, self.value)


class Act(StrEnum):
    LINK = "link"
    RULE = "rule"
    SIGN_OFF = "sign off"
    SEND_BACK = "send back"
    HOLD = "hold for more information"
    DISMISS = "put out of scope"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    KEEP = "keep"


class NoWay(Exception):
    """The table has no way from this state by this act. The message says so in words."""


OPEN = frozenset({ClaimState.UNREVIEWED, ClaimState.IN_REVIEW, ClaimState.PENDING})
# Acts after which a verdict whose ground moved is settled (R19).
SETTLING = frozenset({Act.RULE, Act.WITHDRAW, Act.KEEP})
CLOSED = frozenset({ClaimState.RULED, ClaimState.OUT_OF_SCOPE, ClaimState.AWAITING})

FROM: dict[Act, frozenset[ClaimState]] = {
    Act.LINK: frozenset(ClaimState),
    Act.RULE: OPEN | {ClaimState.RULED, ClaimState.AWAITING},
    Act.SIGN_OFF: frozenset({ClaimState.AWAITING}),
    Act.SEND_BACK: frozenset({ClaimState.AWAITING}),
    Act.HOLD: OPEN - {ClaimState.PENDING},
    Act.DISMISS: OPEN,
    Act.REOPEN: CLOSED | {ClaimState.PENDING},
    Act.WITHDRAW: frozenset(ClaimState),
    Act.KEEP: frozenset(ClaimState),
}

TO: dict[Act, ClaimState] = {
    Act.SIGN_OFF: ClaimState.RULED,
    Act.SEND_BACK: ClaimState.IN_REVIEW,
    Act.HOLD: ClaimState.PENDING,
    Act.DISMISS: ClaimState.OUT_OF_SCOPE,
    Act.REOPEN: ClaimState.IN_REVIEW,
    Act.WITHDRAW: ClaimState.IN_REVIEW,
}


def after(state: str, act: Act, *, second_reader: bool = False) -> ClaimState:
    """The state that ``act`` leads to. Raises ``NoWay``. ``second_reader``: a ruling waits for one (R37)."""
    now = ClaimState(state)
    if now not in FROM[act]:
        raise NoWay(f"A claim that is {now.label} cannot be changed by: {act.value}.")
    if act is Act.LINK:
        return ClaimState.IN_REVIEW if now is ClaimState.UNREVIEWED else now
    if act is Act.KEEP:
        return now
    if act is Act.RULE:
        return ClaimState.AWAITING if second_reader else ClaimState.RULED
    return TO[act]


def acts_from(state: str) -> tuple[Act, ...]:
    """Every act that the table allows from ``state``, in the order in which pages offer them."""
    now = ClaimState(state)
    return tuple(act for act in Act if now in FROM[act])


def needs_second_reader(rating: str, *, counts: bool, responsibility: bool, rule_on: bool) -> bool:
    """R37: a second person signs off before *corroborated* is published, where counts or responsibility are at
    stake."""
    return rule_on and rating == Rating.CORROBORATED and (counts or responsibility)
