"""The pages of outlets: finding, changing, merging, undoing."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from claims.models import Article, Outlet, OutletMerge
from claims.outlets import OutletDraft, create_outlet
from tests.conftest import AsUser
from tests.factories import ArticleFactory, OutletFactory
from tests.pages.rows import queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
FORM = {"name": "Harbour Post", "kind": "publisher", "seen": "0"}


@pytest.fixture
def post(chief: User) -> Outlet:
    draft = OutletDraft("Harbour Post", aliases=("The HP", "Хафен"), domains=("hp.example",))
    return create_outlet(draft=draft, by=chief)


def page_of(as_user: AsUser, user: User, url: str) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Harbour Post", "Coast Wire"}),
        ("?q=harb", {"Harbour Post"}),
        ("?q=the+hp", {"Harbour Post"}),
        ("?q=хаф", {"Harbour Post"}),
        ("?q=hp.example", {"Harbour Post"}),
        ("?kind=agency", {"Coast Wire"}),
        ("?q=zeppelin", set()),
        ("?q=%00", {"Harbour Post", "Coast Wire"}),
    ],
)
def test_the_list_is_searched_by_every_name(
    as_user: AsUser, editor: User, chief: User, post: Outlet, query: str, found: set[str]
) -> None:
    create_outlet(draft=OutletDraft("Coast Wire", kind="agency"), by=chief)
    page = page_of(as_user, editor, f"/outlets/{query}").split('id="results"')[1]
    assert {name for name in ("Harbour Post", "Coast Wire") if name in page} == found


def test_the_list_is_paginated_in_a_constant_number_of_queries(
    as_user: AsUser, editor: User, settings: Settings
) -> None:
    settings.PAGE_SIZE = 4
    ArticleFactory(outlet__name=EVIL)
    few = queries(as_user(editor), "/outlets/")
    ArticleFactory.create_batch(6)
    assert queries(as_user(editor), "/outlets/") <= few + 1
    assert page_of(as_user, editor, "/outlets/?page=2").count('class="list__title"') == 3
    assert EVIL not in page_of(as_user, editor, "/outlets/")


def test_a_reader_sees_all_and_changes_nothing(as_user: AsUser, editor: User, post: Outlet) -> None:
    ArticleFactory(outlet=post)
    page = page_of(as_user, editor, f"/outlets/{post.pk}/")
    for words in ("The HP", "hp.example", f'<a href="/articles/?outlet={post.pk}">1</a>'):
        assert words in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_a_chief_changes_an_outlet(as_user: AsUser, chief: User, post: Outlet) -> None:
    create_outlet(draft=OutletDraft("Coast Wire", kind="agency"), by=chief)
    browser = as_user(chief)
    form = FORM | {"aliases": "HP\r\n\r\nH. Post ", "domains": "https://www.new.example/x", "carries": "coast wire"}
    assert browser.post(f"/outlets/{post.pk}/", form | {"parent": "Coast Wire"}).status_code == 303
    post.refresh_from_db()
    assert (post.aliases, post.domains, post.seen) == (["HP", "H. Post"], ["new.example"], 1)
    assert [row.name for row in post.carries.all()] == ["Coast Wire"] and post.parent == Outlet.objects.get(
        name="Coast Wire"
    )
    page = browser.get(f"/outlets/{post.pk}/").content.decode()
    assert "HP\nH. Post</textarea>" in page and "Carries copy of</dt>" in page
    answer = browser.post(f"/outlets/{post.pk}/", FORM | {"name": "Mine"})
    assert answer.status_code == 409 and "meanwhile" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"aliases": "coast  WIRE"}, "already leads to Coast Wire"),
        ({"name": "The Coast Wire"}, "already leads to Coast Wire"),
        ({"domains": "co.uk"}, "Under co.uk anybody may have a name"),
        ({"domains": "not a domain"}, "is not a domain"),
        ({"parent": "Nobody"}, "There is no outlet “Nobody”"),
        ({"carries": "Coast Wire\nNobody"}, "There is no outlet “Nobody”"),
        ({"carries": "Harbour Post"}, "does not carry its own copy"),
        ({"name": ""}, "required"),
        ({"kind": "tree"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    as_user: AsUser, chief: User, post: Outlet, given: dict[str, str], words: str
) -> None:
    create_outlet(draft=OutletDraft("Coast Wire", kind="agency"), by=chief)
    answer = as_user(chief).post(f"/outlets/{post.pk}/", FORM | {"credit_lines": "Own staff"} | given)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "Own staff</textarea>" in page
    post.refresh_from_db()
    assert (post.aliases, post.seen) == (["The HP", "Хафен"], 0)


def test_a_new_outlet(as_user: AsUser, chief: User, post: Outlet) -> None:
    browser = as_user(chief)
    answer = browser.post("/outlets/new/", FORM | {"name": "Harbour Post"})
    assert answer.status_code == 422 and "already" in answer.content.decode()
    answer = browser.post("/outlets/new/", FORM | {"name": "Quay Times", "aliases": "QT"})
    assert answer["Location"] == f"/outlets/{Outlet.objects.get(name='Quay Times').pk}/"


def test_a_merge_is_shown_before_it_is_done_and_can_be_undone(as_user: AsUser, chief: User, post: Outlet) -> None:
    twin, browser = OutletFactory(name="H. Post"), as_user(chief)
    articles = ArticleFactory.create_batch(3, outlet=twin)
    page = page_of(as_user, chief, f"/outlets/{twin.pk}/merge/?into=the+hp")
    assert "3 articles" in page and "<dd>H. Post</dd>" in page
    assert Article.objects.filter(outlet=twin).count() == 3
    answer = browser.post(f"/outlets/{twin.pk}/merge/", {"into": "Harbour Post", "seen": 0})
    assert (answer.status_code, answer["Location"]) == (303, f"/outlets/{post.pk}/")
    assert Article.objects.filter(outlet=post).count() == 3
    assert "H. Post" not in page_of(as_user, chief, "/outlets/").split('id="results"')[1].split("also")[0]
    gone = page_of(as_user, chief, f"/outlets/{twin.pk}/")
    assert "This outlet was merged" in gone and "Save" not in gone
    merge = OutletMerge.objects.get()
    assert f"/outlets/merges/{merge.pk}/undo/" in page_of(as_user, chief, f"/outlets/{post.pk}/")
    assert browser.post(f"/outlets/merges/{merge.pk}/undo/").status_code == 303
    assert set(Article.objects.filter(outlet=twin)) == set(articles)
    again = browser.post(f"/outlets/merges/{merge.pk}/undo/")
    page = browser.get(again["Location"]).content.decode()
    assert "undone meanwhile" in page and "undone by chief" in page


@pytest.mark.parametrize("into", ["", "Nobody", "H. Post"])
def test_a_merge_needs_another_outlet(as_user: AsUser, chief: User, post: Outlet, into: str) -> None:
    twin, browser = create_outlet(draft=OutletDraft("H. Post"), by=chief), as_user(chief)
    answer = browser.post(f"/outlets/{twin.pk}/merge/", {"into": into, "seen": 0})
    assert answer.status_code == 422
    assert browser.get(f"/outlets/{twin.pk}/merge/", {"into": into}).status_code == 200
    assert not OutletMerge.objects.exists()


def test_a_merge_of_what_changed_meanwhile_is_refused(as_user: AsUser, chief: User, post: Outlet) -> None:
    twin, browser = create_outlet(draft=OutletDraft("H. Post"), by=chief), as_user(chief)
    Outlet.objects.filter(pk=twin.pk).update(seen=4)
    answer = browser.post(f"/outlets/{twin.pk}/merge/", {"into": "Harbour Post", "seen": 0})
    assert answer.status_code == 409 and 'name="seen" value="4"' in answer.content.decode()
    assert not OutletMerge.objects.exists()
