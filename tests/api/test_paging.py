"""Pages neither lose nor repeat a row, and what is no page is refused with words."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.http import urlencode

from claims.models import Verdict, VerdictEntry
from tests.api.conftest import Published
from tests.factories import ArticleFactory, ArticleVersionFactory, ClaimFactory, EventFactory

SAME = datetime(2024, 5, 14, 9, 30, tzinfo=UTC)
ROWS = 23


def walk(program: Client, address: str, way: str = "next", most: int = 60) -> list[dict]:
    rows: list[dict] = []
    for _ in range(most):
        page = program.get(address).json()
        rows = rows + page["results"] if way == "next" else page["results"] + rows
        if page[way] is None:
            return rows
        address = page[way]
    raise AssertionError(f"{address} goes on after {most} pages")


def fill(kind: str, published: Published) -> None:
    if kind == "verdicts":
        published(ROWS)
        Verdict.objects.update(decided=SAME)
        VerdictEntry.objects.update(at=SAME)
        return
    version = ArticleVersionFactory()
    for _ in range(ROWS - 1 if kind == "articles" else ROWS):
        {
            "claims": lambda: ClaimFactory(version=version, created=SAME),
            "events": lambda: EventFactory(created=SAME),
            "articles": lambda: ArticleFactory(created=SAME),
        }[kind]()


@pytest.mark.parametrize("kind", ["verdicts", "claims", "events", "articles"])
@pytest.mark.parametrize("size", [1, 4, ROWS, ROWS + 1])
def test_every_row_comes_once_though_all_share_one_time(
    kind: str, size: int, program: Client, published: Published
) -> None:
    fill(kind, published)
    ids = [row["id"] for row in walk(program, f"/api/v1/{kind}/?page_size={size}")]
    assert len(ids) == len(set(ids)) == ROWS


def test_walking_back_gives_the_same_rows_in_the_same_order(program: Client, published: Published) -> None:
    fill("verdicts", published)
    forward = walk(program, "/api/v1/verdicts/?page_size=4")
    last = "/api/v1/verdicts/?page_size=4"
    for _ in range(10):
        page = program.get(last).json()
        if page["next"] is None:
            break
        last = page["next"]
    assert [row["id"] for row in walk(program, last, "previous")] == [row["id"] for row in forward]


def test_rows_that_come_in_meanwhile_shift_nothing(program: Client, published: Published) -> None:
    before = [str(verdict.public_id) for verdict in published(6)]
    first = program.get("/api/v1/verdicts/?page_size=3").json()
    published(4)
    seen = [row["id"] for row in first["results"] + walk(program, first["next"])]
    assert seen == before[::-1]


def test_filters_hold_on_every_page(program: Client, published: Published) -> None:
    published(3)
    published(3, rating="unverifiable")
    rows = walk(program, "/api/v1/verdicts/?rating=unverifiable&page_size=2")
    assert [row["rating"] for row in rows] == ["unverifiable"] * 3


@pytest.mark.parametrize("size", ["0", "-1", "201", "x", "1.5", "9" * 40, "", " "])
def test_a_page_size_out_of_bounds_is_refused(size: str, program: Client) -> None:
    response = program.get(f"/api/v1/claims/?{urlencode({'page_size': size})}")
    assert (response.status_code, response.json()["field"]) == (400, "page_size")


def encoded(words: str) -> str:
    return base64.b64encode(words.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["x", "%%%", "é", encoded("p=abc"), encoded("p="), encoded("p=1.5"), encoded("p=" + "9" * 40),
     encoded("p=-4"), encoded("o=7&p=5"), encoded("o=-1"), encoded("r=x"), encoded("p=\x00")],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["verdicts", "claims"])
def test_a_cursor_that_is_not_ours_is_refused_with_words(kind: str, cursor: str, program: Client) -> None:
    response = program.get(f"/api/v1/{kind}/?{urlencode({'cursor': cursor})}")
    assert response.status_code == 404
    assert "first page" in response.json()["detail"]
