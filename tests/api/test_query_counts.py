"""Every list costs as many queries with fifty rows as with one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Published
from tests.factories import ArticleVersionFactory, BatchFactory, DeliveryFactory

MANY = 50
MOST_QUERIES = 16


def queries(program: Client, path: str, rows: int) -> int:
    with CaptureQueriesContext(connection) as caught:
        response = program.get(path)
    results = response.json()["results"]
    assert len(results) == rows, path
    return len(caught)


@pytest.mark.parametrize("kind", ["verdicts", "claims", "events", "speakers", "articles", "changes"])
def test_fifty_rows_cost_what_one_costs(kind: str, program: Client, published: Published) -> None:
    path = f"/api/v1/{kind}/?page_size=200"
    published(1)
    per_ruling = len(program.get(path).json()["results"])
    first = queries(program, path, per_ruling)
    published(MANY - 1)
    assert first == queries(program, path, MANY * per_ruling) <= MOST_QUERIES


def test_fifty_deliveries_cost_what_one_costs(editor: User, with_token: Callable[[User], Client]) -> None:
    program = with_token(editor)
    batch = BatchFactory(by=editor)
    upload = f"/api/v1/uploads/{batch.public_id}/"
    counts = []
    for number in (1, MANY - 1):
        for _ in range(number):
            first = DeliveryFactory(batch=batch, state="loaded", version=ArticleVersionFactory())
            DeliveryFactory(batch=batch, state="duplicate", duplicate_of=first)
        rows = batch.deliveries.count()
        with CaptureQueriesContext(connection) as caught:
            assert len(program.get(upload).json()["deliveries"]) == rows
        counts.append((queries(program, "/api/v1/deliveries/?page_size=200", rows), len(caught)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST_QUERIES
