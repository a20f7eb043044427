"""The page of a batch and the ledger: what became of each file, in few queries, and the way back in for what failed."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from claims.models import Activity
from ingest.models import Batch, Delivery
from tests.factories import ArticleVersionFactory, BatchFactory, ClaimFactory, DeliveryFactory

AsUser = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def site(editor: User, as_user: AsUser) -> Client:
    return as_user(editor)


def loaded(batch: Batch, **version: object) -> Delivery:
    return DeliveryFactory(batch=batch, state="loaded", version=ArticleVersionFactory(**version))


def rows(text: str) -> list[str]:
    """Each row of a list of files, as the words that a reader sees."""
    found = re.findall(r'<li id="file-\d+".*?</li>', text, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_each_stage_is_told_in_words(site: Client) -> None:
    batch = BatchFactory()
    done = loaded(batch, headline="Tug sinks in the roads")
    ClaimFactory(version=done.version)
    DeliveryFactory(batch=batch, state="duplicate", duplicate_of=done, reason="The same bytes came before.")
    DeliveryFactory(batch=batch, state="rejected", reason="The file is empty.")
    loaded(batch, work="failed", error="ValueError: no sentence")
    loaded(batch, work="waiting")
    DeliveryFactory(batch=batch, state="reading")
    DeliveryFactory(batch=batch)
    text = site.get(batch.get_absolute_url()).text
    expected = [
        "done Tug sinks",
        "duplicate The same",
        "rejected The file",
        "failed ValueError",
        "extracting",
        "reading",
        "received",
    ]
    for row, words in zip(rows(text), expected, strict=True):
        assert words in row
    assert "1 claim" in rows(text)[0]
    assert text.count(f'href="{done.version.article.get_absolute_url()}"') == 2
    assert "<b>4</b> of <b>7</b>" in text
    assert "1 rejected, 1 failed, 1 duplicate" in text


def test_a_page_under_way_asks_again_and_one_that_is_over_does_not(site: Client) -> None:
    row = DeliveryFactory()
    asking = site.get(row.batch.get_absolute_url()).text
    assert 'hx-trigger="every 1s"' in asking
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in asking
    Delivery.objects.update(state="rejected", reason="The file is empty.")
    over = site.get(row.batch.get_absolute_url()).text
    assert "every 1s" not in over
    assert "http-equiv" not in over


def test_only_changed_rows_are_answered(site: Client) -> None:
    batch = BatchFactory()
    still, changed = DeliveryFactory(batch=batch), DeliveryFactory(batch=batch, state="reading")
    other = DeliveryFactory(state="reading")
    seen = f"{still.pk}-received {changed.pk}-received {other.pk}-received 9999999-x drop table"
    text = site.get(batch.get_absolute_url(), {"seen": seen, "page": "1"}, headers=HTMX).text
    assert re.findall(r'id="file-(\d+)" hx-swap-oob', text) == [str(changed.pk)]
    assert f'{{"seen": "{still.pk}-received {changed.pk}-reading "}}' in text
    assert f'hx-get="{batch.get_absolute_url()}?page=1"' in text
    assert "<html" not in text


def test_the_last_answer_puts_trouble_first(site: Client) -> None:
    batch = BatchFactory()
    fine, bad = loaded(batch), DeliveryFactory(batch=batch, state="failed", reason="It broke.")
    text = site.get(batch.get_absolute_url(), {"seen": f"{fine.pk}-extracting"}, headers=HTMX).text
    assert re.findall(r'id="file-(\d+)"', text) == [str(bad.pk), str(fine.pk)]
    assert "All 2 files are through: 1 failed." in text
    assert "every 1s" not in text


def test_a_deleted_article_ends_the_asking(site: Client) -> None:
    row = DeliveryFactory(state="loaded")
    text = site.get(row.batch.get_absolute_url()).text
    assert "Its article was deleted since." in text
    assert "every 1s" not in text


def test_a_batch_that_is_not_there(site: Client) -> None:
    assert site.get(reverse("batch", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("where", "queries"), [("batch", 8), ("changes", 7), ("ledger", 6)])
def test_queries_do_not_grow_with_rows(
    site: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
    where: str,
    queries: int,
) -> None:
    settings.PAGE_SIZE = 100
    batch = BatchFactory()
    first = loaded(batch)
    for _ in range(count):
        ClaimFactory(version=loaded(batch).version)
        DeliveryFactory(batch=batch, state="duplicate", duplicate_of=first)
    DeliveryFactory(batch=batch)
    seen = " ".join(f"{pk}-received" for pk in batch.deliveries.values_list("pk", flat=True))
    sent = {"batch": {}, "changes": {"seen": seen}, "ledger": {}}[where]
    address = reverse("ledger") if where == "ledger" else batch.get_absolute_url()
    with django_assert_num_queries(queries):
        assert site.get(address, sent, headers=HTMX).status_code == 200


STAGES = [
    ("", 5),
    ("under_way", 2),
    ("trouble", 2),
    ("loaded", 2),
    ("duplicate", 0),
    ("nonsense", 5),
]


@pytest.mark.parametrize(("stage", "count"), STAGES)
def test_the_ledger_is_filtered(site: Client, stage: str, count: int) -> None:
    batch = BatchFactory()
    DeliveryFactory(batch=batch)
    loaded(batch, work="waiting")
    DeliveryFactory(batch=batch, state="rejected", reason="The file is empty.")
    loaded(batch, work="failed")
    DeliveryFactory(batch=batch, state="reading", lease_until=timezone.now() + timedelta(minutes=1))
    expected = count if stage != "under_way" else 3
    assert len(rows(site.get(reverse("ledger"), {"stage": stage}).text)) == expected


def test_an_empty_ledger_says_so(site: Client) -> None:
    assert "No file has come in yet" in site.get(reverse("ledger")).text
    assert "No such file" in site.get(reverse("ledger"), {"stage": "trouble"}).text


def test_the_ledger_turns_pages(site: Client, settings: Settings) -> None:
    settings.PAGE_SIZE = 2
    batch = BatchFactory()
    for _ in range(5):
        DeliveryFactory(batch=batch)
    text = site.get(reverse("ledger"), {"stage": "under_way", "page": "2"}).text
    assert "3–4 of 5 files" in text
    assert 'href="?stage=under_way&amp;page=3"' in text
    assert len(rows(site.get(reverse("ledger"), {"page": "99"}).text)) == 1


def test_raw_bytes_are_saved_and_never_shown(site: Client) -> None:
    row = DeliveryFactory(filename='пакт".html', raw=b"<script>alert(1)</script>")
    answer = site.get(reverse("raw", args=[row.pk]))
    assert (answer.content, answer["Content-Type"]) == (row.raw, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_duplicate_gives_the_bytes_of_the_first(site: Client) -> None:
    first = DeliveryFactory()
    twin = DeliveryFactory(filename="twin.txt", raw=b"", size=first.size, state="duplicate", duplicate_of=first)
    answer = site.get(reverse("raw", args=[twin.pk]))
    assert answer.content == first.raw
    assert 'filename="twin.txt"' in answer["Content-Disposition"]


def test_bytes_that_were_not_kept(site: Client) -> None:
    row = DeliveryFactory(raw=b"", size=9_000_000, sha256="", state="rejected")
    assert site.get(reverse("raw", args=[row.pk])).status_code == 404


def test_retry_reads_again(
    site: Client, editor: User, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    row = DeliveryFactory(state="failed", attempts=3, reason="It broke.")
    with django_capture_on_commit_callbacks() as bells:  # type: ignore[attr-defined]
        answer = site.post(reverse("retry", args=[row.pk]))
    assert (answer.status_code, answer["Location"]) == (303, row.batch.get_absolute_url())
    row.refresh_from_db()
    assert (row.state, row.attempts, row.reason, len(bells)) == ("received", 0, "", 1)
    entry = Activity.objects.get(kind="retried")
    assert (entry.actor, entry.version, entry.detail["file"]) == (editor, None, row.filename)


def test_retry_extracts_again(site: Client) -> None:
    row = loaded(BatchFactory(), work="failed", attempts=3, error="It broke.")
    assert site.post(reverse("retry", args=[row.pk])).status_code == 303
    row.version.refresh_from_db()
    assert (row.version.work, row.version.attempts, row.version.error) == ("waiting", 0, "")
    assert Activity.objects.get(kind="retried").version == row.version


@pytest.mark.parametrize("state", ["received", "reading", "duplicate", "rejected", "loaded"])
def test_what_has_not_failed_is_not_retried(site: Client, state: str) -> None:
    row = DeliveryFactory(state=state)
    answer = site.post(reverse("retry", args=[row.pk]))
    assert answer.status_code == 409
    assert "not in the state “failed” any more" in answer.text
    row.refresh_from_db()
    assert row.state == state
    assert not Activity.objects.exists()
