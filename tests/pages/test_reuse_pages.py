"""Copies and sources on an article's page, and two copies side by side."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import reuse
from claims.models import ArticleVersion, Reuse
from tests.claims.syndicated import AGENCY, OWN, story
from tests.conftest import AsUser
from tests.factories import ArticleFactory, ArticleVersionFactory, OutletFactory, ReuseFactory
from tests.pages.rows import queries

pytestmark = pytest.mark.django_db


def version(text: str, **about: object) -> ArticleVersion:
    headline = text.split("\n")[0]
    return ArticleVersionFactory(headline=headline, headline_end=len(headline), text=text, **about)


@pytest.fixture
def pair() -> Reuse:
    """An agency's story and a copy of it in which a number was changed."""
    wire = ArticleFactory(outlet=OutletFactory(name="Northern Wire"))
    agency = version(story(*AGENCY), article=wire)
    changed = story(*AGENCY[:6], headline="Oil <b>ashore</b>").replace("14 sailors", "41 sailors")
    copy = version(changed, agencies=["Northern Wire"])
    for one in (agency, copy):
        assert reuse.relate(one.pk) == "done"
    return Reuse.objects.get()


def page(browser: Client, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def form(pair: Reuse, **fields: object) -> dict[str, object]:
    return {"seen": pair.seen, "label": "not", "reason": "Both rewrote one release."} | fields


def test_both_articles_name_each_other_and_the_changed_fact(as_user: AsUser, editor: User, pair: Reuse) -> None:
    browser = as_user(editor)
    source = page(browser, f"/articles/{pair.a.article_id}/")
    copy = page(browser, f"/articles/{pair.b.article_id}/")
    assert "It is wholly derived from this article." in source
    assert "This article is wholly derived from it." in copy
    assert "It credits Northern Wire." in copy
    assert '<q dir="auto">14</q> here, <q dir="auto">41</q> there' in source
    assert '<q dir="auto">41</q> here, <q dir="auto">14</q> there' in copy
    assert f'href="/reuse/{pair.pk}/"' in source and f'href="/reuse/{pair.pk}/"' in copy
    assert "<b>ashore</b>" not in source


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"related": None}, "The desk has not looked for copies"),
        ({"related": "2024-05-14T10:00Z"}, "No copy of this text"),
        ({"related": "2024-05-14T10:00Z", "relate_error": "The worker stopped."}, "The worker stopped."),
    ],
)
def test_how_far_the_looking_is(as_user: AsUser, editor: User, about: dict[str, object], words: str) -> None:
    copy = ArticleVersionFactory(**about)
    assert words in page(as_user(editor), f"/articles/{copy.article_id}/")


def test_what_was_looked_at_and_not_derived_is_said(as_user: AsUser, editor: User) -> None:
    pair = ReuseFactory(machine_label="not", a=ArticleVersionFactory(related="2024-05-14T10:00Z"))
    assert "Looked at and not derived: 1" in page(as_user(editor), f"/articles/{pair.a.article_id}/")


def test_a_relative_that_was_killed_says_so(as_user: AsUser, editor: User, pair: Reuse) -> None:
    ArticleVersion.objects.filter(pk=pair.b_id).update(status="corrected")
    assert "state--corrected" in page(as_user(editor), f"/articles/{pair.a.article_id}/")


def test_both_texts_with_shared_sentences_and_changed_facts_marked(
    as_user: AsUser, reviewer: User, pair: Reuse
) -> None:
    shown = page(as_user(reviewer), f"/reuse/{pair.pk}/")
    numbers = {side: set(re.findall(rf'id="{side}-(\d+)"', shown)) for side in "ab"}
    assert numbers["a"] == numbers["b"] == {str(n) for n in range(1, 7)}
    assert re.findall(r'<mark class="reuse__changed"[^>]*>(.*?)</mark>', shown) == ["14", "41"]
    assert '<td dir="auto"><q>14</q></td><td dir="auto"><q>41</q></td>' in shown
    assert "The first" not in shown or "The second" in shown
    assert "<b>ashore</b>" not in shown


def test_a_person_relabels_with_a_reason(as_user: AsUser, reviewer: User, pair: Reuse) -> None:
    browser = as_user(reviewer)
    answer = browser.post(f"/reuse/{pair.pk}/label/", form(pair))
    assert (answer.status_code, answer["Location"]) == (303, f"/reuse/{pair.pk}/")
    shown = page(browser, f"/reuse/{pair.pk}/")
    assert "not derived" in shown and "Both rewrote one release." in shown
    pair.refresh_from_db()
    assert (pair.label, pair.machine_label, pair.by, pair.seen) == ("not", "wholly", reviewer, 1)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"reason": ""}, 422, "Give a reason"),
        ({"label": "perhaps"}, 422, "Select a valid choice"),
        ({"seen": "7"}, 409, "Somebody changed this pair meanwhile"),
        ({"seen": "x"}, 409, "Somebody changed this pair meanwhile"),
    ],
)
def test_a_form_that_is_refused_comes_back_as_typed(
    as_user: AsUser, reviewer: User, pair: Reuse, fields: dict[str, object], status: int, words: str
) -> None:
    answer = as_user(reviewer).post(f"/reuse/{pair.pk}/label/", form(pair, **fields))
    shown = answer.content.decode()
    assert answer.status_code == status
    assert words in shown
    if "reason" not in fields:
        assert "Both rewrote one release." in shown
    pair.refresh_from_db()
    assert pair.seen == 0


def test_who_may_not_relabel_sees_no_form(as_user: AsUser, editor: User, pair: Reuse) -> None:
    assert "Say what it is" not in page(as_user(editor), f"/reuse/{pair.pk}/")
    assert as_user(editor).post(f"/reuse/{pair.pk}/label/", form(pair)).status_code == 403


def test_an_embargoed_copy_is_shown_to_who_has_the_right_alone(
    as_user: AsUser, editor: User, reviewer: User, client_account: User, pair: Reuse
) -> None:
    ArticleVersion.objects.filter(pk=pair.b_id).update(status="embargoed", embargo=None)
    assert "Oil" in page(as_user(editor), f"/articles/{pair.a.article_id}/")
    assert "Oil" not in page(as_user(reviewer), f"/articles/{pair.a.article_id}/")
    page(as_user(editor), f"/reuse/{pair.pk}/")
    page(as_user(reviewer), f"/reuse/{pair.pk}/", 404)
    assert as_user(reviewer).post(f"/reuse/{pair.pk}/label/", form(pair)).status_code == 404
    address = f"/api/v1/articles/{pair.a.article_id}/copies/"
    assert as_user(client_account).get(address).json()["results"] == []
    assert len(as_user(editor).get(address).json()["results"]) == 1


def test_programs_read_the_copies_from_their_article_s_side(as_user: AsUser, client_account: User, pair: Reuse) -> None:
    browser = as_user(client_account)
    (row,) = browser.get(f"/api/v1/articles/{pair.b.article_id}/copies/").json()["results"]
    assert (row["label"], row["direction"], row["by_person"]) == ("wholly", "copy", False)
    assert row["changes"] == [{"kind": "number", "here": "41", "there": "14"}]
    assert row["other"]["id"] == pair.a.article_id
    assert row["other"]["outlet"] == "Northern Wire"
    assert {"kind": "credit", "whose": "here", "words": "It credits Northern Wire."} in row["evidence"]
    (row,) = browser.get(f"/api/v1/articles/{pair.a.article_id}/copies/?page_size=5").json()["results"]
    assert (row["direction"], row["changes"][0]["here"]) == ("source", "14")
    assert browser.get("/api/v1/articles/999999/copies/").status_code == 404
    assert browser.get(f"/api/v1/articles/{pair.a.article_id}/copies/?colour=red").status_code == 400


def test_queries_do_not_grow_with_the_copies(as_user: AsUser, reviewer: User) -> None:
    browser = as_user(reviewer)
    source = version(story(*OWN), related="2024-05-14T10:00Z")
    for number in range(4):
        ReuseFactory(a=source, b=version(story(*OWN, headline=f"Copy {number}")), machine_label="wholly", by=reviewer)
    urls = (f"/articles/{source.article_id}/", f"/api/v1/articles/{source.article_id}/copies/")
    before = [queries(browser, url) for url in urls]
    for number in range(25):
        ReuseFactory(
            a=source, b=version(story(*OWN, headline=f"Mussels {number}")), machine_label="partly", by=reviewer
        )
    assert [queries(browser, url) for url in urls] == before
    shown = page(browser, urls[0])
    assert shown.count("Both texts side by side") == 29


def test_the_newest_version_of_a_relative_stands_for_its_article(as_user: AsUser, editor: User) -> None:
    source = version(story(*OWN), related="2024-05-14T10:00Z")
    article = ArticleFactory()
    for number in (1, 2):
        newer = version(
            story(*OWN, headline=f"Mussels {number}"), article=article, version_created=f"2024-05-1{number}T09:00Z"
        )
        ReuseFactory(a=source, b=newer, machine_label="wholly")
    shown = page(as_user(editor), f"/articles/{source.article_id}/")
    assert "Mussels 2" in shown and "Mussels 1" not in shown
