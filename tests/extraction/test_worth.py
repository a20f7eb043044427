"""Check-worthiness: order and reasons, on invented statements."""

from decimal import Decimal

import pytest

from claims.extraction.types import Anchor, FigureFound
from claims.extraction.worth import assess

TOLL = FigureFound("killed", Decimal(5), Decimal(5), approximate=False, anchor=Anchor(0, 4, "five"))

HARD = [
    ("the landslide killed five in the harbour district", {"figures": [TOLL], "places": ["Porto"], "dated": True}),
    ("rockets hit the refinery and damaged two tanks", {"dated": True}),
    ("the army shelled the village of Zarja", {"mode": "indirect", "cue": "accuse", "places": ["Zarja"]}),
]
SOFT = [
    ("We will win because we must", "out of scope: "),
    ("Is this how a great nation behaves?", "out of scope: a question"),
    ("a terrible and shameful thing", "out of scope: opinion"),
    ("We are mighty and shall never kneel!", "out of scope: rhetoric"),
    ("It might perhaps rain", "out of scope: conjecture"),
    ("The talks will resume", "out of scope: a prediction or plan"),
]


@pytest.mark.parametrize(("text", "known"), HARD, ids=[text for text, _ in HARD])
def test_facts_are_worth_checking_and_say_why(text: str, known: dict[str, object]) -> None:
    worth, reasons = assess(text, **known)  # type: ignore[arg-type]
    assert worth > 0.5
    assert reasons
    assert not any(reason.startswith("out of scope") for reason in reasons)


@pytest.mark.parametrize(("text", "reason"), SOFT, ids=[text for text, _ in SOFT])
def test_opinion_rhetoric_and_forecasts_are_out_of_scope(text: str, reason: str) -> None:
    worth, reasons = assess(text, mode="direct")
    assert worth < 0.35
    assert len(reasons) == 1
    assert reasons[0].startswith(reason)


def test_a_figure_raises_the_worth_and_is_named() -> None:
    bare, _ = assess("the blast hurt people")
    counted, reasons = assess("the blast hurt people", figures=[TOLL])
    assert counted > bare
    assert "counts people" in reasons


def test_worth_is_a_share_and_empty_text_is_answered() -> None:
    assert all(0 <= assess(text)[0] <= 1 for text in ("", "x " * 5000, "?!"))


def test_what_the_model_reads_counts_half_and_no_question_is_lifted_by_it() -> None:
    bare, _ = assess("the council met in the hall")
    assert assess("the council met in the hall", read=1.0)[0] == pytest.approx((bare + 1) / 2, abs=0.01)
    assert assess("Is this how a nation behaves?", read=1.0)[0] <= 0.1
