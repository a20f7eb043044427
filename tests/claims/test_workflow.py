import pytest

from claims import workflow
from claims.workflow import Act, ClaimState

WAYS = [
    ("unreviewed", Act.LINK, "in_review"),
    ("ruled", Act.LINK, "ruled"),
    ("unreviewed", Act.RULE, "ruled"),
    ("in_review", Act.RULE, "ruled"),
    ("pending", Act.RULE, "ruled"),
    ("ruled", Act.RULE, "ruled"),
    ("awaiting", Act.SIGN_OFF, "ruled"),
    ("awaiting", Act.SEND_BACK, "in_review"),
    ("unreviewed", Act.HOLD, "pending"),
    ("pending", Act.REOPEN, "in_review"),
    ("unreviewed", Act.DISMISS, "out_of_scope"),
    ("out_of_scope", Act.REOPEN, "in_review"),
    ("ruled", Act.REOPEN, "in_review"),
    ("ruled", Act.WITHDRAW, "in_review"),
]
NO_WAYS = [
    ("unreviewed", Act.SIGN_OFF),
    ("unreviewed", Act.REOPEN),
    ("in_review", Act.SEND_BACK),
    ("out_of_scope", Act.RULE),
    ("ruled", Act.DISMISS),
    ("ruled", Act.HOLD),
    ("ruled", Act.SIGN_OFF),
    ("pending", Act.HOLD),
]


@pytest.mark.parametrize(("state", "act", "then"), WAYS)
def test_way(state: str, act: Act, then: str) -> None:
    assert workflow.after(state, act) == then


@pytest.mark.parametrize(("state", "act"), NO_WAYS)
def test_no_way_says_so_in_words(state: str, act: Act) -> None:
    with pytest.raises(workflow.NoWay, match=act.value):
        workflow.after(state, act)
    assert act not in workflow.acts_from(state)


def test_a_ruling_that_needs_a_second_reader_waits() -> None:
    assert workflow.after("in_review", Act.RULE, second_reader=True) is ClaimState.AWAITING


@pytest.mark.parametrize(
    ("rating", "counts", "responsibility", "rule_on", "needed"),
    [
        ("corroborated", True, False, True, True),
        ("corroborated", False, True, True, True),
        ("corroborated", False, False, True, False),
        ("corroborated", True, True, False, False),
        ("disputed", True, True, True, False),
        ("unverifiable", True, True, True, False),
    ],
)
def test_r37_second_reader(rating: str, counts: bool, responsibility: bool, rule_on: bool, needed: bool) -> None:
    answer = workflow.needs_second_reader(rating, counts=counts, responsibility=responsibility, rule_on=rule_on)
    assert answer is needed


def test_every_state_and_act_has_words() -> None:
    assert all(state.label for state in ClaimState)
    assert {act for state in ClaimState for act in workflow.acts_from(state)} == set(Act)
