"""What came before is never taken in twice and never dropped in silence; a person may have it taken in all the same."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.errors import NotAllowed, Stale
from claims.models import Activity, Article, ArticleVersion
from ingest import joining, load
from ingest.models import Delivery
from tests.ingest.copies import LEAD, MORE, at, bring, enter, fresh, kill, ninjs, version_of

pytestmark = pytest.mark.django_db
TEXT = f"Ferry burns off Turku\n\n{LEAD}\n\nThe cause of the fire is not known.\n"
PAGE = (
    f"<html><body><h1>Ferry burns off Turku</h1><p>{LEAD}</p><p>The cause of the fire is not known.</p></body></html>"
)


def test_the_same_version_again_is_told_with_its_number(editor: User) -> None:
    first = version_of(bring(editor, ninjs(created=at(8), version="1")))
    again = bring(editor, ninjs(created=at(8), version="1", slugline="polled again"))
    assert (again.state, again.same_as, again.version) == ("duplicate", first, None)
    assert "The desk has this version already, with the same words: version 1 of 3 March 2026 at 08:00" in again.reason
    assert ArticleVersion.objects.count() == 1


def test_the_same_words_at_a_later_time_are_a_version(editor: User) -> None:
    bring(editor, ninjs(created=at(8)))
    later = version_of(bring(editor, ninjs(created=at(9))))
    assert "Its words are those of version 1, unchanged." in later.warnings
    assert Article.objects.count() == 1


def test_the_same_story_by_two_routes(editor: User) -> None:
    first = version_of(bring(editor, TEXT.encode(), "ferry.txt", outlet_name="Coast Wire"))
    page = bring(editor, PAGE.encode(), "ferry.html", outlet_name="coast wire")
    assert version_text(first) == TEXT.strip()
    assert (page.state, page.same_as) == ("duplicate", first)
    assert "The same words came by another way, in a story from Coast Wire" in page.reason


def version_text(version: ArticleVersion) -> str:
    return version.text.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")


def test_the_update_of_what_came_by_another_route_finds_its_story(editor: User) -> None:
    first = version_of(bring(editor, TEXT.encode(), "ferry.txt", outlet_name="Coast Wire"))
    assert bring(editor, ninjs(created=at(8))).state == "duplicate"
    update = version_of(bring(editor, ninjs(created=at(9), text=MORE)))
    assert update.article == first.article


def test_the_same_words_from_another_outlet_are_syndication(editor: User) -> None:
    one = version_of(bring(editor, TEXT.encode(), outlet_name="Coast Wire"))
    other = version_of(bring(editor, PAGE.encode(), outlet_name="Quay Times"))
    assert one.article != other.article
    assert one.text == other.text


def test_the_same_time_with_other_words_is_kept_and_flagged(editor: User) -> None:
    bring(editor, ninjs(created=at(8)))
    second = version_of(bring(editor, ninjs(created=at(8), text=MORE)))
    assert "Version 1 bears the same time, but its words are others." in second.warnings


def test_the_same_number_with_other_words_is_kept_and_flagged(editor: User) -> None:
    bring(editor, ninjs(created=at(8), version="7"))
    second = version_of(bring(editor, ninjs(created=at(9), version="7", text=MORE)))
    assert "Version 1 bears the same number of the sender’s, but its words are others." in second.warnings


def test_a_kill_is_no_duplicate_of_its_story_and_its_echo_is_one(editor: User) -> None:
    bring(editor, ninjs(created=at(8)))
    notice = version_of(bring(editor, kill(created=at(9))))
    echo = bring(editor, kill(created=at(9), slugline="sent again"))
    assert (echo.state, echo.same_as) == ("duplicate", notice)
    with_copy = bring(editor, ninjs(created=at(10), pubstatus="canceled"))
    assert version_of(with_copy).change == "kill"


def test_a_duplicate_is_taken_in_all_the_same(editor: User) -> None:
    first = version_of(bring(editor, TEXT.encode(), "ferry.txt", outlet_name="Coast Wire"))
    twin = bring(editor, ninjs("urn:coast:5", at(8)))
    joining.take_anyway(twin, by=editor)
    assert (fresh(twin.pk).state, load.load(twin.pk)) == ("received", "loaded")
    taken = version_of(fresh(twin.pk))
    assert taken.article != first.article
    assert (fresh(twin.pk).forced, fresh(twin.pk).same_as) == (True, first)
    entry = Activity.objects.get(kind="duplicate taken in")
    assert (entry.actor, entry.detail["delivery"], entry.detail["same_as"]) == (editor, twin.pk, first.pk)
    update = version_of(bring(editor, ninjs("urn:coast:5", at(9), MORE)))
    assert update.article == taken.article


def test_the_same_bytes_are_taken_in_all_the_same_once(editor: User) -> None:
    first = bring(editor, TEXT.encode(), "ferry.txt")
    twin = enter(editor, TEXT.encode(), "again.txt")
    assert (twin.state, twin.duplicate_of) == ("duplicate", first)
    joining.take_anyway(twin, by=editor)
    with pytest.raises(Stale):
        joining.take_anyway(twin, by=editor)
    assert load.load(twin.pk) == "loaded"
    assert Article.objects.count() == 2
    third = enter(editor, TEXT.encode(), "third.txt")
    assert (third.state, third.duplicate_of) == ("duplicate", first)


def test_who_may_not_upload_takes_nothing_in(editor: User, reviewer: User) -> None:
    bring(editor, TEXT.encode())
    twin = enter(editor, TEXT.encode())
    with pytest.raises(NotAllowed):
        joining.take_anyway(twin, by=reviewer)
    assert fresh(twin.pk).state == "duplicate"


@pytest.mark.django_db(transaction=True)
def test_two_routes_bring_one_story_at_once(editor: User) -> None:
    raws = [TEXT.encode(), PAGE.encode(), ninjs("urn:coast:1", at(8)), ninjs("urn:coast:2", at(8))]
    waiting = [enter(editor, raw, outlet_name="Coast Wire").pk for raw in raws]
    gate = threading.Barrier(len(waiting), timeout=20)

    def work(pk: int) -> str:
        try:
            gate.wait()
            return load.load(pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as workers:
        outcomes = list(workers.map(work, waiting, timeout=60))
    assert sorted(outcomes) == ["duplicate"] * 3 + ["loaded"]
    assert ArticleVersion.objects.count() == 1
    only = ArticleVersion.objects.get()
    assert set(Delivery.objects.filter(state="duplicate").values_list("same_as", flat=True)) == {only.pk}
