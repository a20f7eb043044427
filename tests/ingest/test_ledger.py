"""What a person says about a delivery: which story it belongs to, and that; and what the ledger lists for whom."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Article, ArticleVersion
from ingest import joining, load
from ingest.candidates import candidates, words_of
from ingest.ledger import listed, mark_hidden
from ingest.models import Delivery
from ingest.receive import Incoming, receive
from tests.factories import ArticleVersionFactory, BatchFactory, DeliveryFactory, OutletFactory
from tests.ingest.copies import LEAD, MORE, at, bring, enter, fresh, item, kill, ninjs, several, version_of

pytestmark = pytest.mark.django_db
NOTICE = b"ADVISORY\n\nEditors: please kill BC-Ferry-Turku, which moved at 0812 GMT. A substitute will follow."


def test_a_version_is_joined_and_split_off_again(editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    other = version_of(bring(editor, ninjs("urn:coast:2", at(9), MORE)))
    alone = other.article
    ArticleVersion.objects.update(work="done")
    joining.join(other, first.article, by=editor)
    rows = list(first.article.versions.order_by("version_created"))
    assert [(row.number, row.previous_id, row.work) for row in rows] == [
        (1, None, "done"),
        (2, first.pk, "waiting"),
    ]
    assert not Article.objects.filter(pk=alone.pk).exists()
    entry = Activity.objects.get(kind="version joined")
    assert (entry.actor, entry.version, entry.detail["to"]) == (editor, other, first.article_id)
    update = version_of(bring(editor, ninjs("urn:coast:2", at(10), f"{MORE} {LEAD}")))
    assert update.article == first.article
    new = joining.split(update, by=editor)
    update.refresh_from_db()
    assert (update.article, update.number, update.previous) == (new, 1, None)
    assert (
        version_of(bring(editor, ninjs("urn:coast:2", at(11), "Nobody is missing any more."))).article == first.article
    )


def test_an_id_goes_with_the_only_version_that_bears_it(editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    other = version_of(bring(editor, ninjs("urn:coast:2", at(9), MORE)))
    joining.join(other, first.article, by=editor)
    new = joining.split(other, by=editor)
    assert version_of(bring(editor, ninjs("urn:coast:2", at(10), f"{MORE} {LEAD}"))).article == new


def test_copies_of_two_outlets_are_not_joined(editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    other = version_of(bring(editor, ninjs("urn:quay:1", at(9), MORE, source="Quay Times")))
    with pytest.raises(Incomplete, match="two outlets"):
        joining.join(other, first.article, by=editor)
    other.refresh_from_db()
    assert other.article != first.article


def test_acts_need_their_right_and_their_moment(editor: User, reviewer: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    other = version_of(bring(editor, ninjs("urn:coast:2", at(9), MORE)))
    with pytest.raises(NotAllowed):
        joining.join(other, first.article, by=reviewer)
    with pytest.raises(Incomplete, match="only version"):
        joining.split(other, by=editor)
    with pytest.raises(Incomplete, match="already"):
        joining.join(first, first.article, by=editor)
    stale = ArticleVersion.objects.get(pk=other.pk)
    joining.join(other, first.article, by=editor)
    with pytest.raises(Stale):
        joining.join(stale, first.article, by=editor)
    assert Activity.objects.filter(kind="version joined").count() == 1


def test_what_a_notice_withdrew_stands_again_when_the_notice_is_split_off(editor: User) -> None:
    notice = version_of(bring(editor, kill(created=at(9))))
    story = version_of(bring(editor, ninjs(created=at(8))))
    assert story.status == "killed"
    joining.split(notice, by=editor)
    story.refresh_from_db()
    assert story.status == "usable"
    joining.join(notice, story.article, by=editor)
    story.refresh_from_db()
    assert [v.number for v in story.article.versions.order_by("number")] == [2, 3]


def test_an_editor_says_which_story_a_notice_withdraws(editor: User) -> None:
    story = version_of(bring(editor, ninjs(created=at(8), slugline="BC-Ferry-Turku")))
    ArticleVersionFactory(headline="Council votes on the quay", article__outlet=OutletFactory())
    notice = bring(editor, NOTICE, "kill.txt")
    (found,) = candidates(words_of(notice), editor)
    assert (found.article, set(found.shared)) == (story.article, {"ferry", "turku"})
    joining.decide(notice, story.article, by=editor)
    with pytest.raises(Stale):
        joining.decide(notice, story.article, by=editor)
    assert load.load(notice.pk) == "loaded"
    version = version_of(fresh(notice.pk))
    assert (version.article, version.change, version.status) == (story.article, "kill", "killed")
    assert Activity.objects.get(kind="notice decided").detail["article"] == story.article_id


def test_a_notice_of_none_of_the_desks_stories_stands_by_itself(editor: User) -> None:
    story = version_of(bring(editor, ninjs(created=at(8))))
    notice = bring(editor, NOTICE, "kill.txt")
    joining.decide(notice, None, by=editor)
    assert load.load(notice.pk) == "loaded"
    assert version_of(fresh(notice.pk)).article != story.article


def test_an_upload_may_name_its_story(editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    named = version_of(bring(editor, ninjs("urn:coast:2", at(9), MORE), replaces=first.article))
    assert (named.article, named.number, named.previous) == (first.article, 2, first)
    with pytest.raises(Incomplete, match="Only one file"):
        receive(_two(), by=editor, replaces=first.article)
    file = bring(editor, several(item("urn:coast:3", at(8), MORE), item("urn:coast:4", at(8))), replaces=first.article)
    assert "say for each by itself" in file.reason
    assert first.article.versions.count() == 2


def _two() -> list[Incoming]:
    return [Incoming("a.txt", b"a", 1), Incoming("b.txt", b"b", 1)]


def test_routes_of_the_desk_bring_copy_without_a_person() -> None:
    raw = ninjs(created=at(8))
    batch = receive([Incoming("a", raw, len(raw))], by=None, route="feed", origin="https://coast.example/feed\n")
    assert (batch.by, batch.route, batch.origin) == (None, "feed", "https://coast.example/feed")
    assert load.load(batch.deliveries.get().pk) == "loaded"


ASKED = {"stage": "", "route": "", "q": ""}


def test_the_ledger_is_searched_by_what_a_person_knows_of_a_file(editor: User) -> None:
    bring(editor, ninjs(created=at(8)), "coast.json")
    bring(editor, b"", "empty.txt")
    DeliveryFactory(batch=BatchFactory(route="mail", origin="desk@quay.example", outlet_name="Quay Times"))
    expected = [
        ({"q": "coast w"}, "coast.json"),
        ({"q": "FERRY burns"}, "coast.json"),
        ({"q": "0 bytes"}, "empty.txt"),
        ({"stage": "trouble"}, "empty.txt"),
        ({"stage": "loaded"}, "coast.json"),
    ]
    for asked, name in expected:
        assert [row.filename for row in listed(ASKED | asked, editor)] == [name], asked
    assert [row.batch.route for row in listed(ASKED | {"q": "quay t"}, editor)] == ["mail"]
    assert listed(ASKED | {"route": "mail"}, editor).count() == 1
    assert listed(ASKED | {"route": "feed"}, editor).count() == 0


def test_a_headline_under_embargo_is_neither_shown_nor_found(editor: User, reviewer: User) -> None:
    held = ArticleVersionFactory(status="embargoed", headline="Quay to be sold")
    DeliveryFactory(state="loaded", version=held, filename="held.json")
    DeliveryFactory(state="duplicate", same_as=held, filename="again.json", reason="It came before.")
    assert [row.filename for row in listed(ASKED | {"q": "to be sold"}, editor)] == ["held.json"]
    assert not listed(ASKED | {"q": "to be sold"}, reviewer).exists()
    assert [row.hidden for row in mark_hidden(Delivery.objects.for_rows(), editor)] == [False, False]
    assert [row.hidden for row in mark_hidden(Delivery.objects.for_rows(), reviewer)] == [True, True]
    assert candidates("quay sold", reviewer) == []


def test_a_file_and_its_parts_stand_together(editor: User) -> None:
    file = bring(editor, several(item("urn:coast:1", at(8)), item("urn:coast:2", at(8), MORE)))
    later = enter(editor, ninjs("urn:coast:7", at(8)))
    assert [row.pk for row in listed(ASKED, editor)] == [
        later.pk,
        file.pk,
        *file.parts.order_by("part").values_list("pk", flat=True),
    ]
