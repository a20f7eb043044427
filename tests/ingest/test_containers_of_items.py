"""A file of several items: each has its row and its fate, and the file is not read again for each of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from claims.models import Article, ArticleVersion
from ingest import load
from ingest.models import Delivery
from ingest.progress import progress_of
from ingest.tasks import sweep
from tests.ingest.copies import LEAD, MORE, at, bring, enter, fresh, item, several, version_of

pytestmark = pytest.mark.django_db
PICTURE = {"uri": "urn:coast:9", "type": "picture", "headline": "The ferry at its berth"}


def many(count: int) -> bytes:
    return several(*(item(f"urn:coast:{n}", at(8), f"{LEAD} Ship {n} was near.") for n in range(count)))


def test_each_item_has_its_row_under_its_file(editor: User) -> None:
    raw = several(item("urn:coast:1", at(8)), PICTURE, item("urn:coast:2", at(8), MORE))
    file = bring(editor, raw)
    parts = list(file.parts.order_by("part"))
    assert (file.state, file.version, bytes(file.raw)) == ("opened", None, raw)
    assert "picture" in file.reason
    assert [(part.part, part.state, bytes(part.raw), part.batch_id) for part in parts] == [
        (1, "loaded", b"", file.batch_id),
        (2, "loaded", b"", file.batch_id),
    ]
    assert str(parts[1]) == "wire.json, part 2"
    assert MORE in version_of(parts[1]).text
    now = progress_of(file.batch)
    assert (now.files, now.total, now.settled) == (1, 2, 0)


def test_two_versions_of_one_story_in_one_file(editor: User) -> None:
    bring(editor, several(item(created=at(9), text=MORE), item(created=at(8), text=LEAD)))
    later, earlier = ArticleVersion.objects.order_by("-version_created")
    assert later.article == earlier.article
    assert later.previous == earlier


def test_an_item_that_came_before_is_a_duplicate_by_itself(editor: User) -> None:
    first = bring(editor, several(item("urn:coast:1", at(8)), item("urn:coast:2", at(8), MORE)))
    second = bring(editor, several(item("urn:coast:2", at(8), MORE), item("urn:coast:3", at(8), f"{MORE} {LEAD}")))
    assert [part.state for part in second.parts.order_by("part")] == ["duplicate", "loaded"]
    assert second.parts.get(part=1).same_as == first.parts.get(part=2).version


def test_left_out_parts_of_a_file_with_one_item_are_said_of_its_version(editor: User) -> None:
    version = version_of(bring(editor, several(item(created=at(8)), PICTURE)))
    assert any("picture" in warning for warning in version.warnings)


class Reader:
    """Counts how often files are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self.read = 0, load.read_all
        monkeypatch.setattr(load, "read_all", self)

    def __call__(self, *args: Any, **about: Any) -> Any:
        self.count += 1
        return self.read(*args, **about)


def test_a_file_is_read_once_for_all_its_parts(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Reader(monkeypatch)
    file = bring(editor, many(60))
    assert reader.count == 1
    assert file.parts.filter(state="loaded").count() == 60


def test_what_one_task_leaves_the_sweep_finds(
    editor: User, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.CELERY_TASK_SOFT_TIME_LIMIT = -1
    file = bring(editor, many(20))
    assert file.parts.filter(state="received").count() == 20
    assert sweep() == 20
    settings.CELERY_TASK_SOFT_TIME_LIMIT = 230
    reader = Reader(monkeypatch)
    waiting = list(file.parts.order_by("part").values_list("pk", flat=True))
    assert [load.load(pk) for pk in waiting] == ["loaded"] + ["not waiting"] * 19
    assert reader.count == 1
    assert file.parts.filter(state="loaded").count() == 20


def test_one_bad_part_does_not_stop_the_others(editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    make = load.make_version

    def break_at_two(delivery: Delivery, *args: Any) -> ArticleVersion:
        if delivery.part == 2:
            raise RuntimeError("it broke")
        return make(delivery, *args)

    monkeypatch.setattr(load, "make_version", break_at_two)
    file = bring(editor, many(3))
    assert [part.state for part in file.parts.order_by("part")] == ["loaded", "received", "loaded"]
    bad = file.parts.get(part=2)
    assert [load.load(bad.pk) for _ in range(3)] == ["received", "failed", "not waiting"]
    assert fresh(bad.pk).reason == "RuntimeError: it broke"
    assert Article.objects.count() == 2


def test_the_same_file_again_is_a_duplicate_and_opens_nothing(editor: User) -> None:
    first = bring(editor, many(2))
    again = enter(editor, many(2))
    assert (again.state, again.duplicate_of, again.parts.count()) == ("duplicate", first, 0)
    assert load.load(first.pk) == "not waiting"
    assert Delivery.objects.filter(container__isnull=False).count() == 2
