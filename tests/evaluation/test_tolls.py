"""The hand-read pairs of differing tolls, and how well the board names their states."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.conf import settings

from claims.digest import Article
from claims.evaluation.reading import rows
from claims.evaluation.sets import tolls
from claims.evaluation.types import Request, Row, Verdict
from claims.extraction.engine import extract
from claims.extraction.types import Context

SHARED = settings.BASE_DIR.parent / "shared"
FLOOR = 0.56
STATES = {"agree", "update", "revised down", "conflict", "possibly stale", "different scope", tolls.NO_FIGURE}


def no_wire(*_: object) -> Row:
    raise AssertionError("nothing is to be read as wire copy")


def article(key: str, text: str, day: int = 4) -> Article:
    when = datetime(2031, 5, day, 12, tzinfo=UTC)
    return Article(key, "", key, when, text, extract(text, Context(when, language="en")))


def test_the_pairs_are_sixty_and_those_tuned_on_are_others() -> None:
    pairs = tolls.read_pairs()
    assert Counter(pair.part for pair in pairs) == {"sample": 60, "tuned on": 45}
    assert {state for pair in pairs for state in pair.states} <= STATES
    assert {pair.measure for pair in pairs} == {"killed", "injured"}
    keys = [(pair.one, pair.other, pair.measure) for pair in pairs]
    assert len(set(keys)) == len(keys)
    of = {part: {key for pair in pairs if pair.part == part for key in (pair.one, pair.other)} for part in
          ("sample", "tuned on")}  # fmt: skip
    assert not of["sample"] & of["tuned on"]
    assert not any(pair.kept_out for pair in pairs if pair.part == "tuned on")


FIRE = "Nine people were injured in a fire at the Hovden mill in Bergen on Sunday, police said. {}"


@pytest.mark.parametrize(
    ("one", "other", "day", "expected"),
    [
        (FIRE.format("Two of them are in a critical condition."), FIRE.format(""), 4, "agree"),
        (FIRE.format(""), FIRE.replace("Nine", "Twelve").format(""), 5, "update"),
        (FIRE.format(""), FIRE.replace("Nine", "Six").format(""), 5, "revised down"),
        (FIRE.format(""), FIRE.replace("Nine", "Twelve").replace("police", "Ida Holm").format(""), 4, "conflict"),
        (FIRE.format(""), "The Hovden mill in Bergen burnt down on Sunday.", 4, tolls.NO_FIGURE),
    ],
)
def test_the_state_of_two_articles(one: str, other: str, day: int, expected: str) -> None:
    assert tolls.state_of("injured", article("a", one), article("b", other, day)) == expected


@pytest.mark.parametrize(
    ("found", "states", "right"),
    [
        ("agree", ("agree",), True),
        ("conflict", ("agree", "different scope"), False),
        ("different scope", (tolls.NO_FIGURE,), True),
        ("conflict", (tolls.NO_FIGURE,), False),
    ],
)
def test_what_counts_as_right(found: str, states: tuple[str, ...], right: bool) -> None:
    assert tolls.is_right(found, states) is right


def test_the_share_of_states_named_right_does_not_fall() -> None:
    if not (SHARED / tolls.ARTICLES).is_file():
        pytest.skip("the local news articles are not beside this checkout")
    sample = [pair for pair in tolls.read_pairs() if pair.part == "sample"]
    wanted = {key for pair in sample for key in (pair.one, pair.other)}
    read = {row["id"]: tolls.article_of(row) for row in rows(SHARED / tolls.ARTICLES) if row["id"] in wanted}
    found = [next(tolls.judged(pair, read[pair.one], read[pair.other])) for pair in sample]
    assert sum(each.verdict is Verdict.RIGHT for each in found) / len(sample) >= FLOOR


def test_the_set_reads_only_the_articles_of_its_pairs(tmp_path: object) -> None:
    assert tolls.SET.needs == (tolls.ARTICLES,)
    if (SHARED / tolls.ARTICLES).is_file():
        first = list(tolls.run(Request(SHARED, no_wire, limit=1)))
        assert [each.part for each in first] == ["sample"]
