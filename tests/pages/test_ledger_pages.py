"""The ledger as a page: filters, parts, what may be done with a file, and the choice of its story."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from claims.models import Activity, ArticleVersion
from ingest import load
from ingest.models import Delivery
from tests.factories import ArticleFactory, ArticleVersionFactory, BatchFactory, DeliveryFactory
from tests.ingest.copies import MORE, at, bring, fresh, item, ninjs, several, version_of

AsUser = Callable[[User], Client]
NOTICE = b"ADVISORY\n\nEditors: please kill BC-Ferry-Turku, which moved at 0812 GMT. A substitute will follow."


@pytest.fixture
def site(editor: User, as_user: AsUser) -> Client:
    return as_user(editor)


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def row(text: str, delivery: Delivery) -> str:
    (found,) = re.findall(rf'<li id="file-{delivery.pk}".*?</li>', text, re.S)
    return words(found)


def test_parts_stand_under_their_file_and_give_its_bytes(site: Client, editor: User) -> None:
    raw = several(item("urn:coast:1", at(8)), {"uri": "p", "type": "picture"}, item("urn:coast:2", at(8), MORE))
    file = bring(editor, raw)
    part = file.parts.get(part=2)
    text = site.get(reverse("ledger")).text
    assert re.findall(r'<li id="file-(\d+)"', text) == [str(pk) for pk in (file.pk, file.parts.get(part=1).pk, part.pk)]
    assert "It holds 2 items; each stands below it by itself. Left out:" in row(text, file)
    assert "Part 2 of wire.json · ninjs" in row(text, part)
    answer = site.get(reverse("raw", args=[part.pk]))
    assert (answer.content, 'filename="wire.json"' in answer["Content-Disposition"]) == (raw, True)
    shown = site.get(file.batch.get_absolute_url()).text
    assert "<h1>1 file</h1>" in shown
    assert "<b>0</b> of <b>2</b>" in shown


def test_a_file_that_is_opened_shows_its_parts_at_once(site: Client, editor: User) -> None:
    file = bring(editor, several(item("urn:coast:1", at(8)), item("urn:coast:2", at(8), MORE)))
    address, asking = file.batch.get_absolute_url(), {"HX-Request": "true"}
    text = site.get(address, {"seen": f"{file.pk}-reading"}, headers=asking).text
    shown = [file.pk, *file.parts.order_by("part").values_list("pk", flat=True)]
    assert re.findall(r'<li id="file-(\d+)"', text) == list(map(str, shown))
    assert f'{{"seen": "{shown[1]}-extracting {shown[2]}-extracting "}}' in text
    quiet = site.get(address, {"seen": f"{shown[1]}-extracting"}, headers=asking).text
    assert "<li" not in quiet


def test_filters_are_kept_together(site: Client) -> None:
    batch = BatchFactory(route="mail", by=None, origin="desk@quay.example")
    found = DeliveryFactory(batch=batch, state="rejected", reason="The file is empty.", filename="quay.eml")
    DeliveryFactory(state="rejected", reason="The file is empty.")
    text = site.get(reverse("ledger"), {"stage": "trouble", "route": "mail", "q": "QUAY"}).text
    assert re.findall(r'<li id="file-(\d+)"', text) == [str(found.pk)]
    assert "mail from desk@quay.example" in row(text, found)
    assert 'href="?stage=loaded&amp;route=mail&amp;q=QUAY"' in text
    assert '<input type="hidden" name="stage" value="trouble">' in text
    assert 'value="QUAY"' in text
    assert "No such file" in site.get(reverse("ledger"), {"q": "nothing like it"}).text


@pytest.mark.parametrize("sent", [{"route": "pigeon"}, {"q": "x" * 500}, {"stage": "lost"}, {"page": "-1"}])
def test_an_odd_address_still_opens(site: Client, sent: dict[str, str]) -> None:
    DeliveryFactory()
    answer = site.get(reverse("ledger"), sent)
    assert (answer.status_code, answer.text.count('<li id="file-')) == (200, 1)


def test_a_duplicate_links_to_what_it_repeats_and_can_be_taken_in(site: Client, editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    twin = bring(editor, ninjs("urn:coast:2", at(8)))
    text = site.get(twin.batch.get_absolute_url()).text
    assert f'href="{first.article.get_absolute_url()}"' in text
    assert "The same words came by another way" in row(text, twin)
    answer = site.post(reverse("take", args=[twin.pk]))
    assert (answer.status_code, answer["Location"]) == (303, twin.batch.get_absolute_url())
    assert load.load(twin.pk) == "loaded"
    assert "taken in by a person’s word" in row(site.get(twin.batch.get_absolute_url()).text, twin)
    again = site.post(reverse("take", args=[twin.pk]))
    assert (again.status_code, "Somebody changed this meanwhile" in again.text) == (409, True)


def test_a_notice_asks_for_its_story(site: Client, editor: User) -> None:
    story = version_of(bring(editor, ninjs(created=at(8), slugline="BC-Ferry-Turku")))
    notice = bring(editor, NOTICE, "kill.txt")
    text = site.get(notice.batch.get_absolute_url()).text
    assert "1 of them needs a look" in text
    assert "Choose the story that kill.txt withdraws" in row(text, notice)
    address = reverse("delivery-story", args=[notice.pk])
    shown = site.get(address).text
    assert "please kill BC-Ferry-Turku" in shown
    assert "Ferry burns off Turku" in shown
    refused = site.post(address, {})
    assert (refused.status_code, "Choose one of the stories." in refused.text) == (422, True)
    assert site.post(address, {"article": story.article_id}).status_code == 303
    assert load.load(notice.pk) == "loaded"
    assert version_of(fresh(notice.pk)).article == story.article
    assert site.post(address, {"article": story.article_id}).status_code == 422
    assert Activity.objects.filter(kind="notice decided").count() == 1


def test_stories_are_looked_up_by_other_words(site: Client, editor: User) -> None:
    ArticleVersionFactory(headline="Council votes on the quay")
    notice = bring(editor, NOTICE, "kill.txt")
    address = reverse("delivery-story", args=[notice.pk])
    assert "No story shares these words" in site.get(address).text
    assert "Council votes" in site.get(address, {"q": "quay council"}).text


def test_a_version_is_joined_and_split_off_by_its_page(site: Client, editor: User) -> None:
    first = version_of(bring(editor, ninjs("urn:coast:1", at(8))))
    delivery = bring(editor, ninjs("urn:coast:2", at(9), MORE, headline="Ferry fire: more hurt"))
    address = reverse("delivery-story", args=[delivery.pk])
    shown = words(site.get(address).text)
    assert "Ferry burns off Turku" in shown
    assert "Split off" not in shown
    answer = site.post(address, {"article": first.article_id})
    assert (answer.status_code, answer["Location"]) == (303, first.article.get_absolute_url())
    assert "Split off" in words(site.get(address).text)
    assert site.post(reverse("split", args=[delivery.pk])).status_code == 303
    assert ArticleVersion.objects.get(pk=delivery.version_id).article != first.article
    alone = site.post(reverse("split", args=[delivery.pk]))
    assert (alone.status_code, "only version of its story" in alone.text) == (422, True)


def test_what_is_no_version_has_no_story(site: Client) -> None:
    assert site.get(reverse("delivery-story", args=[DeliveryFactory().pk])).status_code == 404


def test_an_embargo_holds_back_headline_and_bytes(site: Client, reviewer: User, as_user: AsUser) -> None:
    held = ArticleVersionFactory(status="embargoed", headline="Quay to be sold")
    delivery = DeliveryFactory(state="loaded", version=held)
    for address in (reverse("ledger"), delivery.batch.get_absolute_url()):
        assert "Quay to be sold" in site.get(address).text
        hidden = as_user(reviewer).get(address).text
        assert "Quay to be sold" not in hidden
        assert "Under embargo: its headline is held back." in row(hidden, delivery)


def test_an_upload_names_the_story_that_it_is_a_new_version_of(site: Client, editor: User) -> None:
    article = ArticleVersionFactory(article=ArticleFactory(outlet=None)).article
    assert f'value="{article.pk}"' in site.get(reverse("upload"), {"replaces": article.pk}).text
    text = "Ferry burns\n\nAll 61 passengers are safe, the coast guard said."
    answer = site.post(reverse("upload"), {"text": text, "replaces": f"/articles/{article.pk}/"})
    assert answer.status_code == 303
    delivery = Delivery.objects.get()
    assert load.load(delivery.pk) == "loaded"
    assert version_of(fresh(delivery.pk)).article == article


@pytest.mark.parametrize("named", ["0", "999999", "the ferry", "9" * 18, "/articles/x/"])
def test_a_story_that_is_not_there_is_refused_in_words(site: Client, named: str) -> None:
    answer = site.post(reverse("upload"), {"text": "Ferry burns\n\nAll are safe.", "replaces": named})
    assert (answer.status_code, "The desk has no such story." in answer.text) == (422, True)
    assert not Delivery.objects.exists()
