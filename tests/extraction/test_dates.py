"""Expressions of time, and the day of what a claim reports, in invented copy."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.dates import claim_dates, find_dates
from claims.extraction.days import resolve
from claims.extraction.expressions import scan
from claims.extraction.nlp import load

WEDNESDAY = date(2023, 3, 15)

EXPRESSIONS = [
    ("They met on Sunday.", "Sunday", "2023-03-12", "2023-03-12"),
    ("Fires broke out early Tuesday.", "early Tuesday", "2023-03-14", "2023-03-14"),
    ("It fell on Wednesday.", "Wednesday", "2023-03-15", "2023-03-15"),
    ("They left last Wednesday.", "last Wednesday", "2023-03-08", "2023-03-08"),
    ("Voters will decide on Friday.", "Friday", "2023-03-17", "2023-03-17"),
    ("The raid came on Monday morning.", "Monday morning", "2023-03-13", "2023-03-13"),
    ("It began yesterday.", "yesterday", "2023-03-14", "2023-03-14"),
    ("It began the day before yesterday.", "the day before yesterday", "2023-03-13", "2023-03-13"),
    ("It ended this morning.", "this morning", "2023-03-15", "2023-03-15"),
    ("The depot burned overnight.", "overnight", "2023-03-14", "2023-03-15"),
    ("The port closed on Nov. 19.", "Nov. 19", "2022-11-19", "2022-11-19"),
    ("The port closed on 2 February.", "2 February", "2023-02-02", "2023-02-02"),
    ("The law of 8 Nov 89 stands.", "8 Nov 89", "1989-11-08", "1989-11-08"),
    ("It sank on March 3, 2011.", "March 3, 2011", "2011-03-03", "2011-03-03"),
    ("It sank on 2011-03-03.", "2011-03-03", "2011-03-03", "2011-03-03"),
    ("The talks ran from 3 to 5 May 2019.", "from 3 to 5 May 2019", "2019-05-03", "2019-05-05"),
    ("It was built in 1984.", "in 1984", "1984-01-01", "1984-12-31"),
    ("It lost money in the third quarter of 2021.", "in the third quarter of 2021", "2021-07-01", "2021-09-30"),
    ("Sales fell in the fourth quarter.", "in the fourth quarter", "2022-10-01", "2022-12-31"),
    ("It made a profit last quarter.", "last quarter", "2022-10-01", "2022-12-31"),
    ("It opened in the fall of 2019.", "in the fall of 2019", "2019-09-01", "2019-11-30"),
    ("Work ends in mid-2024.", "in mid-2024", "2024-05-01", "2024-08-31"),
    ("Work ended in October last year.", "in October last year", "2022-10-01", "2022-10-31"),
    ("The mine opened in June.", "in June", "2022-06-01", "2022-06-30"),
    ("The mine will open in June.", "in June", "2023-06-01", "2023-06-30"),
    ("He ruled (1982 - 1986) alone.", "1982 - 1986", "1982-01-01", "1986-12-31"),
    ("Raids over the past few days failed.", "over the past few days", "2023-03-12", "2023-03-15"),
    ("It opened in June 2020.", "in June 2020", "2020-06-01", "2020-06-30"),
    ("Prices rose last month.", "last month", "2023-02-01", "2023-02-28"),
    ("Prices rose last year.", "last year", "2022-01-01", "2022-12-31"),
    ("They meet this week.", "this week", "2023-03-13", "2023-03-19"),
    ("It rained in the last week of 2022.", "in the last week of 2022", "2022-12-25", "2022-12-31"),
    ("He arrived two weeks ago.", "two weeks ago", "2023-03-01", "2023-03-01"),
    ("Raids over the past 12 days failed.", "over the past 12 days", "2023-03-03", "2023-03-15"),
    ("Guns fell silent on New Year's Eve.", "New Year's Eve", "2022-12-31", "2022-12-31"),
    ("It was quiet on Christmas Day.", "Christmas Day", "2022-12-25", "2022-12-25"),
]


@pytest.mark.parametrize(("text", "words", "first", "last"), EXPRESSIONS, ids=[row[0] for row in EXPRESSIONS])
def test_expressions_are_resolved_against_the_day_of_publication(text: str, words: str, first: str, last: str) -> None:
    (found,) = find_dates(load()(text), WEDNESDAY)
    assert found.anchor.text == words == text[found.anchor.start : found.anchor.end]
    assert (found.from_day, found.to_day) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "It lasted 12 days.",
        "The siege took three hours.",
        "It began at 5 p.m.",
        "The 19 April Movement won.",
    ],
)
def test_verbs_durations_clocks_and_names_are_no_dates(text: str) -> None:
    assert scan(text) == ()


@pytest.mark.parametrize(
    "text", ["They met on Sunday.", "It closed on 2 February.", "It fell last week.", "He left two days ago."]
)
def test_without_an_anchor_relative_days_stay_open(text: str) -> None:
    (found,) = find_dates(load()(text), None)
    assert (found.from_day, found.to_day) == (None, None)


def test_without_publication_full_dates_and_datelines_still_anchor() -> None:
    (full,) = find_dates(load()("It sank on March 3, 2011."), None)
    assert full.from_day == date(2011, 3, 3)
    line = find_dates(load()("Varna, 13 Aug 89 (Wirevia) -- Troops left the port yesterday."), None)
    assert [each.from_day for each in line] == [date(1989, 8, 13), date(1989, 8, 12)]


def test_a_moment_of_publication_anchors_like_its_day() -> None:
    moment = datetime(2023, 3, 15, 22, 30, tzinfo=UTC)
    assert find_dates(load()("It began yesterday."), moment)[0].from_day == date(2023, 3, 14)


def days_of(text: str, claim: str) -> tuple[date | None, date | None]:
    doc = load()(text)
    start = text.index(claim)
    dates = find_dates(doc, WEDNESDAY)
    return claim_dates(doc, [(start, start + len(claim))], dates, WEDNESDAY)[0]


CLAIMS = [
    ("Rockets hit the harbour on Monday, officials said.", "Rockets hit the harbour on Monday", "2023-03-13"),
    ("The mayor said on Tuesday that the bridge was mined.", "the bridge was mined", None),
    ("On Monday, police said, two men were shot.", "two men were shot", "2023-03-13"),
    (
        "Monday's attack on Porto was short. The attack killed nine people.",
        "The attack killed nine people",
        "2023-03-13",
    ),
    ("Sunday's attack on Porto was condemned.", "Sunday's attack on Porto", "2023-03-12"),
    ("Shells hit Porto on Monday. Gunmen attacked a bank in Lisbon.", "Gunmen attacked a bank in Lisbon", None),
    ("The minister called it a disgrace.", "it a disgrace", None),
    (
        "With raids in the last week of 2022, planes hit the town on Friday.",
        "planes hit the town on Friday",
        "2023-03-10",
    ),
]


@pytest.mark.parametrize(("text", "claim", "day"), CLAIMS, ids=[row[1] for row in CLAIMS])
def test_a_claim_has_the_day_of_its_event_and_not_of_the_saying(text: str, claim: str, day: str | None) -> None:
    expected = None if day is None else date.fromisoformat(day)
    assert days_of(text, claim) == (expected, expected)


@given(st.text(alphabet=st.sampled_from("0123456789 /-,.MayJunSundaylstofthe'"), max_size=60), st.dates())
def test_no_text_breaks_the_reading_of_dates(text: str, anchor: date) -> None:
    for each in scan(text):
        assert 0 <= each.start < each.end <= len(text)
        first, last = resolve(each, anchor, None)
        assert first is None or last is None or first <= last


@given(
    st.sampled_from([row[0] for row in EXPRESSIONS]), st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))
)
def test_every_range_runs_forward(text: str, anchor: date) -> None:
    for each in scan(text):
        first, last = resolve(each, anchor, None)
        assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    "words", ["last week", "last Friday", "last summer", "tomorrow", "next Monday", "last quarter"]
)
@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_days_beyond_the_calendar_stay_open_or_inside(words: str, anchor: date) -> None:
    assert len(find_dates(load()(f"It was {words}."), anchor)) == 1
