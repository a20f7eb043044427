"""The small parts: numbers, sizes, intervals, pages of a list, the state of a thing."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from newsdesk.templatetags.desk import bytes_in_words, number, page_numbers

NUMBERS = [
    (Decimal("12345.500"), "12,345.5"),
    (Decimal("0.000"), "0"),
    (Decimal("100"), "100"),
    (Decimal("1E+6"), "1,000,000"),
    (1200, "1,200"),
    (0.25, "0.25"),
]
SIZES = [
    (0, "0 bytes"),
    (1, "1 byte"),
    (999, "999 bytes"),
    (1000, "1 KB"),
    (4211, "4.2 KB"),
    (5_000_000, "5 MB"),
    (2 * 10**9, "2 GB"),
]


@pytest.mark.parametrize(("value", "words"), NUMBERS)
def test_numbers(value: Decimal | int | float, words: str) -> None:
    assert number(value) == words


@pytest.mark.parametrize(("size", "words"), SIZES)
def test_sizes(size: int, words: str) -> None:
    assert bytes_in_words(size) == words


def test_long_lists_leave_pages_out() -> None:
    assert page_numbers(Paginator(range(1000), 10), 50) == [1, None, 48, 49, 50, 51, 52, None, 100]
    assert page_numbers(Paginator(range(20), 10), 1) == [1, 2]


def words_of(template: str, **context: object) -> str:
    request = RequestFactory().get("/claims/", {"state": "ruled", "page": "2"})
    return " ".join(re.sub(r"<[^>]+>", "", render_to_string(template, context, request)).split())


INTERVALS = [
    (12, 12, False, "12"),
    (24, 99, False, "24–99"),
    (13, None, False, "≥at least 13"),
    (None, 11, False, "≤at most 11"),
    (0, 1500, False, "0–1,500"),
    (Decimal("4.500"), Decimal("4.500"), True, "≈about 4.5"),
    (None, None, False, "not given"),
]


@pytest.mark.parametrize(("low", "high", "approximate", "words"), INTERVALS)
def test_intervals(low: Decimal | None, high: Decimal | None, approximate: bool, words: str) -> None:
    assert words_of("components/interval.html", low=low, high=high, approximate=approximate) == words


def test_pages_keep_the_filters() -> None:
    request = RequestFactory().get("/claims/", {"state": "ruled", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    text = render_to_string("components/pagination.html", {"page": page, "label": "claims"}, request)
    assert re.findall(r'href="([^"]+)"', text) == [f"?state=ruled&amp;page={number}" for number in (1, 1, 3, 3)]
    assert "11–20 of 30 claims" in text


def test_one_page_needs_no_pages() -> None:
    assert words_of("components/pagination.html", page=Paginator(range(3), 10).page(1)) == ""


def test_a_state_is_a_word_and_a_shape() -> None:
    text = render_to_string("components/state.html", {"state": "in_review", "label": "in review"})
    assert '<use href="/static/icons/states.svg#in_review">' in text
    assert '<span class="state__word">in review</span>' in text
