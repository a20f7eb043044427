from datetime import date

import pytest

from claims.suggestions import THRESHOLD, Facts, compare

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def facts(places: str = "", day: date | None = None, words: str = "") -> Facts:
    return Facts(frozenset(places.split()), day, day, frozenset(words.split()))


CASES = [
    ("same place and day", facts("Turku", MONDAY), facts("Turku", MONDAY), True),
    ("same place, a day apart", facts("Turku", MONDAY), facts("Turku", TUESDAY), False),
    ("same day elsewhere", facts("Turku", MONDAY), facts("Oulu", MONDAY), False),
    ("same place and words, no day", facts("Turku", None, "ferry fire"), facts("Turku", MONDAY, "ferry fire"), True),
    ("words alone", facts("", None, "ferry fire harbour"), facts("", None, "ferry fire harbour"), False),
    ("nothing", facts(), facts(), False),
]


@pytest.mark.parametrize(("name", "claim", "event", "suggested"), CASES)
def test_what_is_suggested(name: str, claim: Facts, event: Facts, suggested: bool) -> None:
    assert (compare(claim, event).score >= THRESHOLD) is suggested, name


def test_reasons_are_in_words() -> None:
    hit = compare(facts("Turku", MONDAY, "ferry"), facts("Turku", MONDAY, "ferry"))
    assert hit.reasons == ("same place: Turku", "same day: 2 March 2026", "same words: ferry")
    assert 0 <= hit.score <= 1


@pytest.mark.parametrize(("name", "claim", "event", "suggested"), CASES)
def test_comparison_is_symmetric(name: str, claim: Facts, event: Facts, suggested: bool) -> None:
    assert compare(claim, event) == compare(event, claim), name
