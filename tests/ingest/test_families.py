"""Which story a version belongs to, in which order its versions stand, and what a kill does to them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.models import Article, ArticleVersion
from ingest import load
from tests.ingest.copies import LEAD, MORE, at, bring, enter, item, kill, ninjs, version_of

pytestmark = pytest.mark.django_db


def test_versions_of_one_id_make_one_story_in_the_order_of_time(editor: User) -> None:
    third = version_of(bring(editor, ninjs(created=at(12), text=MORE)))
    first = version_of(bring(editor, ninjs(created=at(8), text=LEAD)))
    second = version_of(bring(editor, ninjs(created=at(10), text=f"{LEAD} {MORE}")))
    assert Article.objects.get() == first.article == second.article == third.article
    rows = {v.pk: v for v in ArticleVersion.objects.all()}
    assert [rows[v.pk].number for v in (third, first, second)] == [1, 2, 3]
    assert [rows[v.pk].previous_id for v in (first, second, third)] == [None, first.pk, second.pk]
    assert "It came after a newer version, that of 3 March 2026 at 12:00 UTC" in rows[first.pk].warnings[-1]
    assert (rows[third.pk].warnings, rows[second.pk].change) == ([], "")


def test_a_newer_version_that_says_nothing_is_an_update(editor: User) -> None:
    bring(editor, ninjs(created=at(8)))
    newer = version_of(bring(editor, ninjs(created=at(9), text=MORE)))
    assert (newer.change, newer.status, newer.number) == ("update", "usable", 2)


def test_equal_slugs_of_two_senders_never_meet(editor: User) -> None:
    one = version_of(bring(editor, ninjs("ferry-fire", at(8))))
    other = version_of(bring(editor, ninjs("ferry-fire", at(9), MORE, source="Quay Times")))
    assert one.article != other.article
    assert (other.number, other.previous, other.warnings) == (1, None, [])
    later = version_of(bring(editor, ninjs("ferry-fire", at(10), f"{MORE} {LEAD}", source="Quay Times")))
    assert later.article == other.article


def test_a_slug_without_a_sender_is_not_guessed_and_an_address_is(editor: User) -> None:
    known = version_of(bring(editor, ninjs("ferry-fire", at(8))))
    nameless = version_of(bring(editor, ninjs("ferry-fire", at(9), MORE, source=None)))
    assert nameless.article != known.article
    assert "bears the same wire id, but it is not known whether one sender gave both" in nameless.warnings[0]
    urn = version_of(bring(editor, ninjs("urn:coast:7", at(8), "Fog closed the port of Hanko on Tuesday.")))
    later = version_of(bring(editor, ninjs("urn:coast:7", at(9), "Fog closed two ports on Tuesday.", source=None)))
    assert later.article == urn.article


def test_ids_are_compared_exactly(editor: User) -> None:
    ids = ["urn:coast:1", "urn:coast:10", "URN:COAST:1", "urn:coast:1 "]
    raws = [ninjs(uri, at(8), f"{LEAD} Ship {number} was near.") for number, uri in enumerate(ids)]
    articles = [version_of(bring(editor, raw)).article_id for raw in raws]
    assert len(set(articles[:3])) == 3
    assert articles[3] == articles[0]


@pytest.mark.parametrize("base_first", [True, False])
def test_a_link_to_its_own_outlets_story_joins(editor: User, base_first: bool) -> None:
    base = ninjs("urn:coast:1", at(8))
    rewrite = ninjs("urn:coast:2", at(9), MORE, evolvedfrom="urn:coast:1")
    pair = [base, rewrite] if base_first else [rewrite, base]
    one, other = (version_of(bring(editor, raw)) for raw in pair)
    assert one.article == other.article
    third = version_of(bring(editor, ninjs("urn:coast:2", at(10), f"{MORE} {LEAD}")))
    assert third.article == one.article


def test_a_link_to_another_outlets_story_is_no_version_of_it(editor: User) -> None:
    base = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    taken = version_of(bring(editor, ninjs("urn:quay:9", at(9), evolvedfrom="urn:coast:1", source="Quay Times")))
    assert taken.article != base.article
    assert taken.derived_from == "urn:coast:1"


def test_a_kill_without_copy_is_a_version_of_its_story(editor: User) -> None:
    story = version_of(bring(editor, ninjs(created=at(8))))
    notice = version_of(bring(editor, kill(created=at(9))))
    assert (notice.article, notice.text, notice.status, notice.change) == (story.article, "", "killed", "kill")
    assert (notice.previous, notice.work) == (story, "waiting")


@pytest.mark.parametrize(("created", "status"), [(at(8), "killed"), (None, "killed"), (at(10), "usable")])
def test_a_story_whose_kill_came_first(editor: User, created: object, status: str) -> None:
    notice = version_of(bring(editor, kill(created=at(9))))
    assert "No story that this kill withdraws has come yet" in notice.warnings[-1]
    story = version_of(bring(editor, ninjs(created=created)))
    assert (story.article, story.status) == (notice.article, status)
    said = "newer than that notice" if status == "usable" else "was killed on 3 March 2026 at 09:00 UTC, before this"
    assert any(said in warning for warning in story.warnings)


def test_a_notice_that_names_no_story_asks_and_nothing_is_guessed(editor: User) -> None:
    story = version_of(bring(editor, ninjs(created=at(8))))
    raw = b"ADVISORY\n\nEditors: please kill BC-Ferry-Turku, which moved at 0812 GMT. A substitute will follow."
    notice = bring(editor, raw, "kill.txt")
    assert (notice.state, notice.version) == ("undecided", None)
    assert "Choose the story that it withdraws" in notice.reason
    assert "please kill BC-Ferry-Turku" in notice.reason
    story.refresh_from_db()
    assert (story.status, ArticleVersion.objects.count()) == ("usable", 1)


def test_a_slug_that_two_senders_share_is_not_killed_by_a_third(editor: User) -> None:
    story = version_of(bring(editor, ninjs("ferry-fire", at(8))))
    notice = bring(editor, kill("ferry-fire", at(9), source=None))
    assert notice.state == "undecided"
    assert f"The story no. {story.article_id} bears the same wire id" in notice.reason


@pytest.mark.django_db(transaction=True)
def test_versions_that_come_at_once_make_one_story(editor: User) -> None:
    told = [item("urn:coast:1", at(8 + hour), f"{LEAD} Hour {hour} has passed.") for hour in range(4)]
    waiting = [enter(editor, ninjs(**{"uri": row.pop("uri"), **row, "text": ""})).pk for row in told]
    gate = threading.Barrier(len(waiting), timeout=20)

    def work(pk: int) -> str:
        try:
            gate.wait()
            return load.load(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as workers:
        assert list(workers.map(work, waiting, timeout=60)) == ["loaded"] * len(waiting)
    rows = list(Article.objects.get().versions.order_by("version_created"))
    assert sorted(row.number for row in rows) == [1, 2, 3, 4]
    assert [row.previous_id for row in rows] == [None, *(row.pk for row in rows[:-1])]
