"""The queue of claims: what each filter leaves, in which order, and what stands around one claim."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict

from claims.forms import QueueFilter
from claims.models import Claim
from claims.views.queue import neighbours
from tests.conftest import AsUser
from tests.factories import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    PlaceFactory,
    SpeakerFactory,
    VerdictFactory,
)
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db


def found(query: str) -> set[int]:
    filters = QueueFilter(QueryDict(query))
    return set(filters.apply(Claim.objects.all()).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", {"rich", "plain"}),
        ("state=any", {"rich", "plain", "ruled"}),
        ("state=ruled", {"ruled"}),
        ("state=pending", set()),
        ("q=QUAY+crates", {"rich"}),
        ("q=oduya", {"rich"}),
        ("q=sorting+place", {"rich"}),
        ("speaker=maren", {"rich"}),
        ("place=miravale", {"rich"}),
        ("place=Миравале", {"rich"}),
        ("place=миравале", {"rich"}),
        ("day_from=2024-05-14", {"rich"}),
        ("day_to=2024-05-13", {"plain"}),
        ("day_from=2024-05-14&day_to=2024-05-15", {"rich"}),
        ("measure=injured", {"rich"}),
        ("measure=killed", set()),
        ("figures=yes", {"rich"}),
        ("figures=no", {"plain"}),
        ("linked=yes", {"rich"}),
        ("linked=no", {"plain"}),
        ("state=any&rating=disputed", {"ruled"}),
        ("state=any&rating=corroborated", set()),
        ("figures=yes&linked=no", set()),
    ],
)
def test_each_filter(query: str, left: set[str]) -> None:
    maren = SpeakerFactory(name="Maren Oduya")
    version = long_version(4)
    rich = ClaimFactory(
        version=version, text="Crew number 2 counted 2 crates on the quay", speaker=maren, from_day="2024-05-14"
    )
    rich.places.add(
        PlaceFactory(name="Miravale Sorting Place", aliases=["Миравале", "Miravalle"]),
        PlaceFactory(aliases=["miravale"]),
    )
    FigureFactory(claim=rich, measure="injured")
    FigureFactory(claim=rich, measure="injured")
    LinkFactory(claim=rich, state="confirmed")
    plain = ClaimFactory(version=version, text="Crew number 3")
    LinkFactory(claim=plain, state="suggested")
    ruled = VerdictFactory(claim=ClaimFactory(version=version, text="Crew number 4")).claim
    ClaimFactory(version=version, text="Crew number 1", vanished="2024-05-14T00:00Z")
    names = {"rich": rich.pk, "plain": plain.pk, "ruled": ruled.pk}
    assert found(query) == {names[name] for name in left}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("state=nonsense", "Select a valid choice"),
        ("outlet=x", "There is no such outlet."),
        (f"outlet={'9' * 40}", "There is no such outlet."),
        ("day_from=yesterday", "Not a day. Write it as 2024-05-31."),
        ("day_from=2024-05-02&day_to=2024-05-01", "The last day is before the first."),
        (f"article={'9' * 40}", "less than or equal to"),
        ("q=%00", "Null characters are not allowed."),
        (f"q={'x' * 300}", "at most 200 characters"),
        ("order=random()", "Select a valid choice"),
    ],
)
def test_wrong_values_get_a_message_and_filter_nothing(as_user: AsUser, editor: User, query: str, message: str) -> None:
    ClaimFactory(text="fire")
    answer = as_user(editor).get(f"/claims/?{query}")
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert "left out" in answer.content.decode()


def test_wrong_page_is_the_last_one(as_user: AsUser, editor: User) -> None:
    claim = ClaimFactory()
    for page in ("9999", "x", "-1"):
        assert claim.text in as_user(editor).get(f"/claims/?page={page}").content.decode()


def test_order_is_by_worth_then_newest() -> None:
    version = long_version(3)
    low, high, also = (
        ClaimFactory(version=version, text=f"Crew number {n}", worth=worth)
        for n, worth in ((1, 0.2), (2, 0.9), (3, 0.9))
    )
    ordered = QueueFilter(QueryDict("")).apply(Claim.objects.all())
    assert [claim.pk for claim in ordered] == [also.pk, high.pk, low.pk]


def test_filter_stays_in_the_address_and_can_be_cleared(as_user: AsUser, editor: User) -> None:
    claim = ClaimFactory()
    page = as_user(editor).get("/claims/?figures=no&page=1").content.decode()
    assert f'href="/claims/{claim.pk}/?figures=no"' in page
    assert "Clear all filters" in page
    assert '<b class="figures">1</b> claim found' in re.sub(r"\s+", " ", page)


def test_htmx_gets_only_the_results(as_user: AsUser, editor: User) -> None:
    ClaimFactory()
    answer = as_user(editor).get("/claims/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert answer.content.decode().strip().startswith('<div id="results">')
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize("order", ["", "newest", "text"])
def test_neighbours_walk_through_the_whole_queue(order: str) -> None:
    version = long_version(9)
    for number in range(1, 9):
        ClaimFactory(version=version, text=f"Crew number {number}", worth=0.5 if number % 2 else 0.7)
    ClaimFactory(worth=0.6)
    query = QueryDict(f"order={order}")
    rows = list(QueueFilter(query).apply(Claim.objects.all()))
    for at, claim in enumerate(rows):
        around = neighbours(query, claim)
        assert list(around.behind) == rows[at + 1 : at + 13]
        assert list(around.before) == rows[max(0, at - 3) : at][::-1]


def test_a_claim_that_left_the_queue_keeps_its_place_in_it() -> None:
    version = long_version(3)
    first, middle, last = (ClaimFactory(version=version, text=f"Crew number {n}", worth=1 - n / 10) for n in (1, 2, 3))
    VerdictFactory(claim=middle)
    around = neighbours(QueryDict("state=unreviewed"), middle)
    assert (around.previous, around.next) == (first, last)


def test_queries_do_not_grow(as_user: AsUser, editor: User) -> None:
    browser, version, event = as_user(editor), long_version(50), EventFactory()
    full_claim(version, 1, event)
    before = queries(browser, "/claims/?state=any")
    for number in range(2, 51):
        full_claim(version, number, event)
    assert queries(browser, "/claims/?state=any") == before
