"""From received to loaded: one article, or a reason that a person can act on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Article, ArticleVersion, Outlet
from claims.outlets import outlet_from_copy
from ingest import load, receive
from ingest.models import Delivery
from ingest.receive import Incoming
from ingest.wire import registry
from ingest.wire.types import WireFile

pytestmark = pytest.mark.django_db
PUBLISHED = datetime(2026, 3, 3, 8, tzinfo=UTC)
COPY = """Ferry burns off Turku

By Aino Salmela

TURKU, Finland - A ferry caught fire off Turku on Monday, the coastguard said.

At least 12 people were hurt, a hospital spokeswoman said.
"""


def bring(editor: User, raw: bytes = COPY.encode(), **about: Any) -> Delivery:
    batch = receive.receive([Incoming("ferry.txt", raw, len(raw))], by=editor, **about)
    return batch.deliveries.get()


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_copy_becomes_an_article_that_waits_for_extraction(editor: User) -> None:
    delivery = bring(editor, outlet_name="Harbour Post", published=PUBLISHED)
    assert load.load(delivery.pk) == "loaded"
    version = ArticleVersion.objects.get()
    assert again(delivery).version == version
    assert (version.headline, version.bylines) == ("Ferry burns off Turku", ["Aino Salmela"])
    assert version.text[: version.headline_end] == version.headline
    assert (version.article.outlet.name, version.published, version.work) == ("Harbour Post", PUBLISHED, "waiting")
    assert "Aino Salmela" not in version.text
    assert bytes(again(delivery).raw) == COPY.encode()


def test_an_outlet_is_known_by_its_aliases(editor: User) -> None:
    known = Outlet.objects.create(name="Harbour Post", aliases=["The HP"])
    outlet_from_copy("Harbour Post")
    load.load(bring(editor, outlet_name="the hp").pk)
    assert Article.objects.get().outlet == known


def test_a_second_bell_makes_no_second_article(editor: User) -> None:
    delivery = bring(editor)
    assert [load.load(delivery.pk), load.load(delivery.pk)] == ["loaded", "not waiting"]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   \n ",
        b"%PDF-1.7 \x00\x01",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"Ferry\x00burns off Turku\n" * 9,
        bytes(range(256)) * 40,
    ],
    ids=["empty", "blank", "pdf", "zip", "nul", "binary"],
)
def test_what_is_no_copy_is_rejected_with_a_reason(editor: User, raw: bytes) -> None:
    delivery = bring(editor, raw)
    assert load.load(delivery.pk) == "rejected"
    assert len(again(delivery).reason.split()) > 3
    assert not Article.objects.exists()


def test_a_fault_in_reading_is_tried_again_and_then_said(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(raw: bytes, **about: Any) -> WireFile:
        raise RuntimeError("the reader broke")

    monkeypatch.setattr(load, "read_all", break_down)
    delivery = bring(editor)
    assert [load.load(delivery.pk) for _ in range(4)] == ["received", "received", "failed", "not waiting"]
    assert again(delivery).reason == "RuntimeError: the reader broke"


def test_who_lost_the_lease_makes_nothing(editor: User) -> None:
    mine = load.take(bring(editor).pk)
    assert mine is not None
    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    theirs = load.take(mine.pk)
    assert theirs is not None
    item = registry.read(bytes(theirs.raw))
    assert load.store(mine, item) == "lease lost"
    assert load.store(theirs, item) == "loaded"
    assert Article.objects.count() == 1


def test_without_a_time_nothing_is_invented(editor: User) -> None:
    load.load(bring(editor).pk)
    assert ArticleVersion.objects.get().published is None
