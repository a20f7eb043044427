"""Who copied whom, on invented copy: wholly, partly or not derived, on what evidence, in which direction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.syndication.judging import Judgement, Label, compare, read
from claims.syndication.origins import Copy, Direction
from tests.claims.syndicated import AGENCY, INDEPENDENT, OWN, REWRITTEN, story

NOON = datetime(2024, 5, 13, 12, tzinfo=UTC)
FACTS_OF_ONE = ("number", "name", "place", "day", "denial", "attribution", "opposite")


def copy_of(text: str, **about: object) -> Copy:
    return Copy(text, headline_end=text.index("\n"), **about)  # type: ignore[arg-type]


def judge(a: str | Copy, b: str | Copy) -> Judgement:
    ours, theirs = (one if isinstance(one, Copy) else copy_of(one) for one in (a, b))
    return compare(read(ours), read(theirs))


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("a new headline", story(*AGENCY, headline="Oil on the beach"), Label.WHOLLY),
        ("a dateline", story(f"PORT ELM, 13 May (Northern Wire) - {AGENCY[0]}", *AGENCY[1:]), Label.WHOLLY),
        ("cut from below", story(*AGENCY[:4]), Label.WHOLLY),
        ("another order", story(AGENCY[0], *AGENCY[:0:-1]), Label.WHOLLY),
        (
            "every third rewritten",
            story(*AGENCY[:2], REWRITTEN[2], *AGENCY[3:5], *REWRITTEN[5:7], AGENCY[7]),
            Label.WHOLLY,
        ),
        ("all rewritten", story(*REWRITTEN, headline="Birds in the gym"), Label.WHOLLY),
        ("a brief", story(AGENCY[0], AGENCY[2], headline="Crew safe"), Label.WHOLLY),
        ("two paragraphs among its own", story(*INDEPENDENT[:2], *OWN, *AGENCY[4:6], AGENCY[1]), Label.PARTLY),
        ("another reporter, the same quotation", story(*INDEPENDENT), Label.NOT),
        ("another story of the place", story(*OWN), Label.NOT),
    ],
)
def test_labels(name: str, text: str, label: Label) -> None:
    source, later = copy_of(story(*AGENCY), created=NOON), copy_of(text, created=NOON + timedelta(hours=1))
    assert judge(source, later).label is label, name
    assert judge(later, source).label is label, name


def test_quotations_alone_make_no_copy() -> None:
    quoted = (
        "“The water came over the wall at four, and by five we were standing in it up to the knee,” Ada Quill said."
    )
    more = "“Nobody rang the bell, nobody rang us, and the sirens stayed silent all night,” Ada Quill said."
    assert judge(story(*OWN, quoted, more), story(*INDEPENDENT, quoted, more)).label is Label.NOT


def test_stock_phrases_alone_make_no_copy() -> None:
    stock = "Anyone with information about the incident is asked to call the harbour police. All rights reserved."
    assert judge(story(*OWN, stock), story(*INDEPENDENT, stock)).label is Label.NOT


def test_a_credit_makes_a_weaker_likeness_count() -> None:
    ours, theirs = story(*INDEPENDENT, *OWN, *OWN, AGENCY[4]), story(*AGENCY)
    assert judge(ours, theirs).label is Label.NOT
    credited = copy_of(ours, agencies=("Northern Wire",))
    found = judge(credited, copy_of(theirs, outlet=("Northern Wire", "NW")))
    assert found.label is Label.PARTLY
    assert found.direction is Direction.A_FROM_B
    assert [(one.kind, one.side) for one in found.evidence][:1] == [("credit", "a")]


def test_a_shared_credit_alone_is_no_copy() -> None:
    ours = copy_of(story(*OWN), agencies=("Northern Wire",))
    assert judge(ours, copy_of(story(*INDEPENDENT), agencies=("Northern Wire",))).label is Label.NOT


@pytest.mark.parametrize(
    ("ours", "theirs", "direction", "kind"),
    [
        ({"derived_from": "nw-1"}, {"wire_id": "nw-1"}, Direction.A_FROM_B, "link"),
        ({"wire_id": "nw-1"}, {"derived_from": "nw-1"}, Direction.B_FROM_A, "link"),
        (
            {"outlet": ("Quay Times",), "agencies": ("NW",)},
            {"outlet": ("Northern Wire", "NW")},
            Direction.A_FROM_B,
            "credit",
        ),
        (
            {"outlet": ("Quay Times",), "bylines": ("Staff, Northern Wire",)},
            {"outlet": ("Northern Wire",)},
            Direction.A_FROM_B,
            "credit",
        ),
        ({"agencies": ("NW",)}, {"agencies": ("nw",)}, Direction.COMMON, "credit"),
        (
            {"bylines": ("Mara Quennell",)},
            {"bylines": ("Mara Quennell",), "created": NOON},
            Direction.UNKNOWN,
            "byline",
        ),
        ({"created": NOON}, {"created": NOON + timedelta(hours=2)}, Direction.B_FROM_A, "time"),
        ({"created": NOON}, {}, Direction.UNKNOWN, "text"),
        ({"created": NOON}, {"created": NOON}, Direction.UNKNOWN, "text"),
        (
            {"agencies": ("NW",), "created": NOON},
            {"agencies": ("NW",), "created": NOON + timedelta(hours=2)},
            Direction.COMMON,
            "credit",
        ),
    ],
)
def test_direction(ours: dict[str, object], theirs: dict[str, object], direction: Direction, kind: str) -> None:
    found = judge(copy_of(story(*AGENCY), **ours), copy_of(story(*AGENCY), **theirs))
    assert found.direction is direction
    assert kind in {one.kind for one in found.evidence}


def test_whom_a_text_cites_is_its_origin() -> None:
    citing = story(*AGENCY[:3], "The captain had been warned, the Northern Wire reported.")
    found = judge(copy_of(citing, outlet=("Quay Times",)), copy_of(story(*AGENCY), outlet=("Northern Wire",)))
    assert found.direction is Direction.A_FROM_B
    assert "It cites Northern Wire." in [one.words for one in found.evidence]


def test_a_link_counts_where_the_text_was_rewritten_beyond_recognition() -> None:
    found = judge(copy_of(story(*OWN), derived_from="nw-1"), copy_of(story(*AGENCY), wire_id="nw-1"))
    assert found.label is Label.PARTLY


TEXTS = st.lists(st.sampled_from((*AGENCY, *REWRITTEN, *INDEPENDENT, *OWN)), min_size=2, max_size=9, unique=True)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_the_order_of_the_two_changes_nothing(one: list[str], other: list[str]) -> None:
    there, back = judge(story(*one), story(*other)), judge(story(*other), story(*one))
    assert (there.label, there.score) == (back.label, back.score)
    assert (there.share_a, there.share_b) == (back.share_b, back.share_a)
    assert {(c.kind, c.a, c.b) for c in there.changes} == {(c.kind, c.b, c.a) for c in back.changes}


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_a_text_is_wholly_derived_from_itself_and_no_fact_of_it_changed(sentences: list[str]) -> None:
    found = judge(story(*sentences), story(*sentences))
    assert found.label is Label.WHOLLY
    assert found.changes == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_is_judged(one: str, other: str) -> None:
    assert compare(read(Copy(one)), read(Copy(other))).label in Label


def test_three_copies_agree_however_they_came() -> None:
    texts = (story(*AGENCY), story(*AGENCY[:6], headline="Oil"), story(*AGENCY[2:], headline="Birds"))
    for a, b, c in permutations(texts):
        assert {judge(a, b).label, judge(b, c).label, judge(a, c).label} == {Label.WHOLLY}
