"""Headlines, bylines, datelines and times, each from one line of copy."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ingest.cleaning.byline import Byline, take_byline
from ingest.cleaning.dateline import take_dateline
from ingest.cleaning.head import looks_like_headline
from ingest.cleaning.times import complete_day, is_only_time, parse_day, parse_moment

DATELINES = [
    ("PORT ELLEN, Scotland (Reuters) -Two ferries", "Port Ellen", "Scotland", None, None, ("Reuters",)),
    ("Berlin, 3 May (dpa) - Two", "Berlin", "", (5, 3), None, ("dpa",)),
    ("MOSCOW — Two", "Moscow", "", None, None, ()),
    ("TEL AVIV, Israel, May 3, 2021 (Reuters) - A", "Tel Aviv", "Israel", (5, 3), date(2021, 5, 3), ("Reuters",)),
    ("GENEVA Jan 3 (Reuters) - A", "Geneva", "", (1, 3), None, ("Reuters",)),
    ("BEIJING, May 3 (Xinhua) -- A", "Beijing", "", (5, 3), None, ("Xinhua",)),
    ("KYIV/MOSCOW (Reuters) - A", "Kyiv/Moscow", "", None, None, ("Reuters",)),
    ("RIO DE JANEIRO, Brazil (AP) — A", "Rio de Janeiro", "Brazil", None, None, ("AP",)),
    ("ST. PAUL, Minn. — A", "St. Paul", "Minn.", None, None, ()),
    ("SAN JOSÉ, Costa Rica (AFP) – A", "San José", "Costa Rica", None, None, ("AFP",)),
    ("Vienna (APA): A", "Vienna", "", None, None, ("APA",)),
    ("DENVER (AP/CBS4) – A", "Denver", "", None, None, ("AP",)),
    ("LOUISVILLE, KY (WAVE) - A", "Louisville", "KY", None, None, ("WAVE",)),
    ("NEW YORK (AP) A man", "New York", "", None, None, ("AP",)),
    ("UNITED NATIONS (AP) — A", "United Nations", "", None, None, ("AP",)),
    ("DETROIT -", "Detroit", "", None, None, ()),
    ("OULU, Finland, March 3 (Polar Press) - A", "Oulu", "Finland", (3, 3), None, ("Polar Press",)),
    ("OULU (Northern Lights Wire) — A", "Oulu", "", None, None, ("Northern Lights Wire",)),
]
NO_DATELINES = [
    "UPDATE — The mayor has resigned.",
    "EXCLUSIVE - The mayor has resigned.",
    "The mayor - a former docker - has resigned.",
    "Kyiv – The president said so.",
    "WASHINGTON: The president said so.",
    "The mayor (Labour) - who is 61 - has resigned.",
    "NATO — The alliance met on Monday.",
    "HARBOUR POLLS NOT WRONG, JUST EARLY - A survey said so.",
    "Two people died (one at the scene) - police said.",
    "NATO (Brussels-based) - the alliance - met.",
    "Mayor Anna Holm (Greens) - who is 61 - has resigned.",
    "",
]


@pytest.mark.parametrize(("text", "place", "region", "month_day", "day", "credits"), DATELINES)
def test_a_dateline_is_taken_off(text, place, region, month_day, day, credits) -> None:  # type: ignore[no-untyped-def]
    filed = take_dateline(text)
    assert filed is not None
    assert (filed.place, filed.region, filed.month_day, filed.day) == (place, region, month_day, day)
    assert filed.credits == credits
    assert "".join((filed.words + filed.rest).split()) == "".join(text.split())


@pytest.mark.parametrize("text", NO_DATELINES)
def test_what_is_no_dateline(text: str) -> None:
    assert take_dateline(text) is None


def test_the_year_of_a_dateline_comes_from_the_publication() -> None:
    filed = take_dateline("GENEVA, Dec 31 (Reuters) - A")
    assert filed is not None
    assert filed.resolved(date(2022, 1, 1)) == date(2021, 12, 31)
    assert filed.resolved(None) is None
    assert complete_day(2, 29, date(2023, 3, 1)) is None


BYLINES = [
    ("By Ana Lund", ("Ana Lund",), ()),
    ("By ANA LUND and Jon Weir", ("ANA LUND", "Jon Weir"), ()),
    ("By Ana Lund, Jon de Weir and Mary-Jane O’Neil", ("Ana Lund", "Jon de Weir", "Mary-Jane O’Neil"), ()),
    ("By Ana Lund, Associated Press", ("Ana Lund",), ("AP",)),
    ("By ANA LUNDAssociated Press", ("ANA LUND",), ("AP",)),
    ("By Ana Lund in Oslo and Jon Weir in Port Ellen", ("Ana Lund", "Jon Weir"), ()),
    ("By Ana Lund, Europe correspondent", ("Ana Lund",), ()),
    ("BYLINE: Ana Lund.", ("Ana Lund",), ()),
    ("Ana Lund, Reuters", ("Ana Lund",), ("Reuters",)),
    ("By Reuters", (), ("Reuters",)),
    ("By Harbour Post Staff", (), ()),
]


@pytest.mark.parametrize(("line", "names", "houses"), BYLINES)
def test_a_byline_names_people_and_houses(line: str, names: tuple[str, ...], houses: tuple[str, ...]) -> None:
    assert take_byline(line) == Byline(names, houses)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, 12 bodies had been found",
        "By Monday Night",
        "By the river",
        "Ana Lund said so",
        "By",
        "By contrast, Oslo gained",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert take_byline(line) is None


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("Ferry sinks off Port Ellen, two dead", "Two people died.", True),
        ("Ferry sinks; captain denies blame", "", True),
        ("Ferry sinks off Port Ellen, police say.", "OSLO (Reuters) - Two people died.", True),
        ("Ferry Sinks Off Port Ellen As Captain Denies Blame.", "Two people died.", True),
        ("Two people died when a ferry sank on Monday.", "They were crew.", False),
        ("OSLO (Reuters) - Two people died", "", False),
        ("By Ana Lund", "Two people died.", False),
        ("Ana Maria Lund", "Two people died.", False),
        ("They were:", "Two people died.", False),
        ("Fire", "Two people died.", False),
    ],
)
def test_what_has_the_form_of_a_headline(line: str, following: str, expected: bool) -> None:
    assert looks_like_headline(line, following) is expected


@pytest.mark.parametrize(
    ("words", "when", "zoned"),
    [
        ("3 May 2021, 12:30 GMT", datetime(2021, 5, 3, 12, 30, tzinfo=UTC), True),
        ("May 3, 2021 1:05 PM EDT", datetime(2021, 5, 3, 13, 5, tzinfo=timezone(timedelta(hours=-4))), True),
        ("2021-05-03T12:30:00+02:00", datetime(2021, 5, 3, 12, 30, tzinfo=timezone(timedelta(hours=2))), True),
        ("Monday, 3rd May 2021 at 9.15am", datetime(2021, 5, 3, 9, 15, tzinfo=UTC), False),
        ("12:30, 3 May 2021", datetime(2021, 5, 3, 12, 30, tzinfo=UTC), False),
        ("23/5/2021", datetime(2021, 5, 23, tzinfo=UTC), False),
    ],
)
def test_a_moment_is_read(words: str, when: datetime, zoned: bool) -> None:
    moment = parse_moment(words)
    assert moment is not None
    assert (moment.when, moment.when.utcoffset(), moment.zoned) == (when, when.utcoffset(), zoned)


@pytest.mark.parametrize(
    "words", ["03/04/2021", "May 3", "31 February 2021", "99 May 2021", "12:30 GMT", "", "May 2021"]
)
def test_no_moment_is_guessed(words: str) -> None:
    assert parse_moment(words) is None


def test_a_day_may_lack_its_year() -> None:
    assert parse_day("May 3") == (None, 5, 3)
    assert parse_day("3 May 2021") == (2021, 5, 3)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2 hours ago", True),
        ("3 May 2021", True),
        ("12:30", True),
        ("9:15 p.m.", True),
        ("2021", False),
        ("14", False),
        ("12 dead", False),
        ("May Lund", False),
        ("3 May 2021 in Oslo", False),
        ("Mon amour", False),
        ("", False),
    ],
)
def test_a_line_that_is_only_a_time(words: str, expected: bool) -> None:
    assert is_only_time(words) is expected
