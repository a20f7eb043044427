"""What the outlet says in its own voice: statements of fact are claims, what cannot be looked up is none (R31)."""

import pytest

from claims.extraction.engine import extract
from claims.extraction.types import Context, Mode

FACTS = [
    "The US navy closed the strait of Amber on Monday.",
    "The ferry line will cut 400 jobs in May.",
    "Norway will host the next summit in Bergen.",
    "The index was down more than 7%.",
    "Fortunately, no one was hurt.",
    "By luck there were no casualties here.",
]
HEADLINES = [
    "Harbour ministry to close two ports\nThe ministry said so on Monday.\n",
    "Ferry line cuts 400 jobs\nIt said so on Monday.\n",
    "First ferry delivered\nThe yard handed it over on Monday.\n",
]
NO_FACTS = [
    "Is the US navy ready for this?",
    "Let us hope that the navy leaves by Monday.",
    "We will not forget what they did on Monday.",
    "It will surely lead to more quarrels over time.",
    "The ministry should close the two ports.",
    "A longer strike might cost the line 400 jobs.",
    "Read more about the ferry line here.",
]
NO_HEADLINES = [
    "Statement on the raid in Porto\nTwo men died on Monday.\n",
    "Porto, 3 March\nTwo men died on Monday.\n",
    "Two men died on Monday.\nMore on ferries\n",
]


def own(text: str) -> list[str]:
    return [claim.anchor.text for claim in extract(text, Context()).claims if claim.mode is Mode.OUTLET]


@pytest.mark.parametrize("text", FACTS)
def test_statements_of_fact_and_arrangements_are_claims(text: str) -> None:
    assert own(text) == [text.rstrip(".")]


@pytest.mark.parametrize("text", HEADLINES)
def test_a_headline_may_be_short_and_elliptic(text: str) -> None:
    assert own(text)[0] == text.partition("\n")[0]


@pytest.mark.parametrize("text", NO_FACTS)
def test_questions_forecasts_and_words_to_the_reader_are_none(text: str) -> None:
    assert own(text) == []


@pytest.mark.parametrize("text", NO_HEADLINES)
def test_titles_datelines_and_later_lines_are_no_headlines(text: str) -> None:
    assert own(text) == ["Two men died on Monday"]
