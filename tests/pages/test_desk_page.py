"""The desk page, the door, the choice of light and dark, the page of components, and the pages of errors."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from claims.workflow import ClaimState, Rating
from ingest.models import Delivery
from tests.factories import ArticleVersionFactory, BatchFactory, ClaimFactory, DeliveryFactory, VerdictFactory

AsUser = Callable[[User], Client]


@pytest.fixture
def site(reviewer: User, as_user: AsUser) -> Client:
    return as_user(reviewer)


@pytest.mark.parametrize(
    ("who", "words"), [("editor", "Upload the first wire copy"), ("reviewer", "As soon as an editor")]
)
def test_an_empty_desk_says_what_to_do_first(
    request: pytest.FixtureRequest, as_user: AsUser, who: str, words: str
) -> None:
    assert words in as_user(request.getfixturevalue(who)).get("/").text


def test_the_desk_shows_what_waits(site: Client) -> None:
    version = ArticleVersionFactory(headline="Tug sinks in the roads")
    ClaimFactory(version=version)
    VerdictFactory(claim=ClaimFactory(version=version), rating=Rating.DISPUTED)
    ClaimFactory(version=version, state=ClaimState.PENDING)
    DeliveryFactory(filename="torn.txt", state="failed", reason="It broke.")
    text = site.get("/").text
    counts = dict(re.findall(r'href="/claims/\?(\S+?)">\s*<span class="pile__count">(\d+)', text))
    assert counts == {
        "state=unreviewed": "1",
        "state=in_review": "0",
        "state=pending": "1",
        "state=awaiting": "0",
        "rating=corroborated": "0",
        "rating=disputed": "1",
        "rating=unverifiable": "0",
    }
    assert "Tug sinks in the roads" in text
    assert "torn.txt" in text
    assert "It broke." in text


def test_vanished_claims_do_not_wait(site: Client) -> None:
    claim = ClaimFactory()
    claim.vanished = claim.created
    claim.save()
    assert '<span class="pile__count">1<' not in site.get("/").text


@pytest.mark.parametrize("count", [1, 50])
def test_queries_do_not_grow_with_rows(
    site: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    batch = BatchFactory()
    for number in range(count):
        version = ArticleVersionFactory()
        VerdictFactory(claim=ClaimFactory(version=version), rating=Rating.DISPUTED)
        claim = VerdictFactory(claim=ClaimFactory(version=version), rating=Rating.DISPUTED).claim
        type(claim).objects.filter(pk=claim.pk).update(state=ClaimState.AWAITING)
        DeliveryFactory(batch=batch, state="rejected", reason=f"Reason {number}.")
        Delivery.objects.create(batch=batch, size=1, sha256=f"{number:064}", state="loaded", version=version)
    with django_assert_num_queries(12):
        assert site.get("/").status_code == 200


def test_navigation_shows_only_what_the_account_may_open(
    editor: User, reviewer: User, chief: User, client_account: User, as_user: AsUser
) -> None:
    def offered(user: User) -> list[str]:
        nav = re.search(r'<nav class="masthead__nav".*?</nav>', as_user(user).get("/").text, re.S)
        return re.findall(r">([A-Z]\w+)</a>", nav[0]) if nav else []

    read = ["Articles", "Claims", "Events", "Speakers", "Outlets", "Feeds"]
    assert offered(editor) == ["Desk", "Upload", "Files", *read]
    assert offered(reviewer) == ["Desk", "Files", *read]
    assert offered(chief) == ["Desk", "Upload", "Files", *read, "Admin"]
    assert offered(client_account) == []


def test_signing_in_leads_back_and_out_again(editor: User) -> None:
    browser = Client()
    wrong = browser.post(reverse("sign-in"), {"username": "editor", "password": "nope"})
    assert wrong.status_code == 200
    assert "Please enter a correct username and password" in wrong.text
    right = browser.post(reverse("sign-in"), {"username": "editor", "password": "password", "next": "/upload/"})
    assert (right.status_code, right["Location"]) == (302, "/upload/")
    assert browser.post(reverse("sign-out"))["Location"] == reverse("sign-in")
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize(
    ("chosen", "kept"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"'), ("system", "")]
)
def test_light_and_dark_stick(site: Client, chosen: str, kept: str) -> None:
    site.cookies["theme"] = "light"
    answer = site.post(reverse("theme"), {"theme": chosen, "next": "/deliveries/?stage=trouble"})
    assert answer["Location"] == "/deliveries/?stage=trouble"
    html = re.search(r"<html[^>]*>", site.get("/").text)
    assert html is not None
    assert (kept in html[0]) if kept else ("data-theme" not in html[0])


def test_the_theme_form_leads_nowhere_else(site: Client) -> None:
    assert site.post(reverse("theme"), {"theme": "dark", "next": "https://example.org/"})["Location"] == "/"


def test_every_state_is_on_the_page_of_components(site: Client) -> None:
    text = site.get(reverse("components"), {"page": "3"}).text
    for state in (*ClaimState, *Rating, "stale", *Delivery.State.values):
        if state != "loaded":
            assert f'class="state state--{state}"' in text


def test_pages_hold_nothing_that_the_policy_forbids(site: Client) -> None:
    for address in ("/", "/components/", "/deliveries/", "/sign-in/"):
        answer = site.get(address, follow=True)
        assert (
            "script-src" in answer["Content-Security-Policy"]
            or "default-src 'self'" in answer["Content-Security-Policy"]
        )
        assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on|<script(?![^>]*\bsrc=)|javascript:", answer.text)


def test_errors_are_pages_of_the_desk(site: Client, settings: pytest.FixtureRequest) -> None:
    missing = site.get("/nowhere/")
    assert (missing.status_code, "Nothing is filed here" in missing.text) == (404, True)
    assert "The desk has a fault" in render_to_string("500.html")
