"""The pages of speakers: the list, all that one said, and what people do about its names."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django.fixtures import Settings

from claims.models import Claim, Speaker, SpeakerMatch
from claims.speaker_matching import match_speakers
from claims.speaker_merging import merge_speakers
from tests.conftest import AsUser
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    LinkFactory,
    OutletFactory,
    SpeakerFactory,
    VerdictFactory,
)
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def said(speaker: Speaker, **about: object) -> Claim:
    return ClaimFactory(speaker=speaker, **about)


@pytest.fixture
def pair() -> tuple[Speaker, Speaker]:
    """Two spellings of one man, with a suggestion that they are."""
    one, other = SpeakerFactory(name="Dmytro Halenko"), SpeakerFactory(name="Dmitro Halenko")
    outlet = OutletFactory(name="Harbour Post")
    said(one, version=ArticleVersionFactory(article__outlet=outlet), speaker_role="foreign minister")
    said(other, version=ArticleVersionFactory(article__outlet=outlet), speaker_role="minister")
    match_speakers()
    return one, other


def page_of(as_user: AsUser, user: User, url: str) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mina Öster", "Quay Office"]),
        ("?q=oster", ["Mina Öster"]),
        ("?q=quay+off", ["Quay Office"]),
        ("?kind=body", ["Quay Office"]),
        ("?q=the+post", ["Mina Öster"]),
        ("?q=zeppelin", []),
        ("?q=%00", ["Mina Öster", "Quay Office"]),
    ],
)
def test_the_list_by_claims_and_by_every_name(
    as_user: AsUser, editor: User, reviewer: User, query: str, found: list[str]
) -> None:
    mina, alias = SpeakerFactory(name="Mina Öster"), SpeakerFactory(name="Voice of the Post")
    quay = SpeakerFactory(name="Quay Office", kind="body")
    SpeakerFactory(name="Nobody Quoted")
    for speaker in (mina, alias, alias, quay):
        said(speaker)
    merge_speakers(speaker=alias, into=mina, reason="Her pen name.", by=reviewer, seen=0)
    page = page_of(as_user, editor, f"/speakers/{query}").split('id="results"')[1]
    names = ("Mina Öster", "Quay Office", "Nobody Quoted")
    assert sorted((name for name in names if f">{name}</a>" in page), key=page.index) == found
    if found[:1] == ["Mina Öster"]:
        assert '<b class="figures">3</b> claims' in page and "also Voice of the Post" in page


def test_pages_cost_the_same_however_much_was_said(
    as_user: AsUser, reviewer: User, chief: User, settings: Settings
) -> None:
    settings.PAGE_SIZE = 10
    speaker, version, counts = SpeakerFactory(name="Ilse Varga"), long_version(24), []
    for numbers in (range(1, 3), range(3, 24)):
        for number in numbers:
            full_claim(version, number)
            alias = SpeakerFactory(name=f"Ilse Varga-{number}")
            said(alias)
            merge_speakers(speaker=alias, into=speaker, reason="Her name.", by=chief, seen=0)
        Claim.objects.filter(version=version).update(speaker=speaker, speaker_role="harbour master")
        browser = as_user(reviewer)
        counts.append([queries(browser, url) for url in ("/speakers/", f"/speakers/{speaker.pk}/")])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 26


def test_all_that_was_said_by_event_with_its_rulings(
    as_user: AsUser, editor: User, pair: tuple[Speaker, Speaker]
) -> None:
    one, _ = pair
    claim = one.claims.get()
    fire, flood = EventFactory(title="Fire at the pier"), EventFactory(title=f"Flood {EVIL}")
    LinkFactory(claim=claim, event=fire, state="confirmed")
    VerdictFactory(claim=claim, rating="disputed")
    LinkFactory(claim=said(one), event=flood)
    page = page_of(as_user, editor, f"/speakers/{one.pk}/")
    assert page.index("Fire at the pier</a>") < page.index(claim.text) < page.index("Not linked to an event")
    assert "perhaps → " in page and EVIL not in page
    for words in ("?state=disputed", "foreign minister", "first in", "Harbour Post", "May also be", "Dmitro Halenko"):
        assert words in page
    only = page_of(as_user, editor, f"/speakers/{one.pk}/?state=disputed")
    assert claim.text in only and "Not linked to an event" not in only
    assert "Not linked to an event" in page_of(as_user, editor, f"/speakers/{one.pk}/?state=nonsense")
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_a_suggestion_is_followed_and_undone(as_user: AsUser, reviewer: User, pair: tuple[Speaker, Speaker]) -> None:
    one, other = pair
    match, browser = SpeakerMatch.objects.get(), as_user(reviewer)
    page = page_of(as_user, reviewer, f"/speakers/{other.pk}/")
    assert "“Dmitro” and “Dmytro” are spellings of one given name" in page and "Same: show as Dmytro Halenko" in page
    form = {"seen": 0, "keep": one.pk, "at": other.pk}
    answer = browser.post(f"/speakers/matches/{match.pk}/confirm/", form)
    assert (answer.status_code, answer["Location"]) == (303, f"/speakers/{one.pk}/")
    page = page_of(as_user, reviewer, f"/speakers/{one.pk}/")
    assert "Merged into it" in page and "merged by reviewer" in page and "as Dmitro Halenko, minister" in page
    gone = page_of(as_user, reviewer, f"/speakers/{other.pk}/")
    assert "This name was merged" in gone and "All that was said" not in gone
    assert f"in this copy: {other.name}" in page_of(as_user, reviewer, f"/claims/{other.claims.get().pk}/")
    again = browser.post(f"/speakers/matches/{match.pk}/confirm/", form)
    assert again.status_code == 422 and "one speaker already" in again.content.decode()
    assert (
        browser.post(f"/speakers/matches/{match.pk}/undo/", {"seen": 1, "at": one.pk})["Location"]
        == f"/speakers/{one.pk}/"
    )
    assert "All that was said" in page_of(as_user, reviewer, f"/speakers/{other.pk}/")


def test_two_are_told_apart_and_who_comes_late_is_told(
    as_user: AsUser, reviewer: User, pair: tuple[Speaker, Speaker]
) -> None:
    match, browser = SpeakerMatch.objects.get(), as_user(reviewer)
    address = f"/speakers/matches/{match.pk}"
    assert browser.post(f"{address}/reject/", {"seen": 0, "at": pair[1].pk})["Location"] == f"/speakers/{pair[1].pk}/"
    late = browser.post(f"{address}/confirm/", {"seen": 0, "keep": pair[0].pk, "at": pair[1].pk})
    assert late.status_code == 409 and "meanwhile" in late.content.decode()
    page = page_of(as_user, reviewer, f"/speakers/{pair[0].pk}/")
    assert "Told apart" in page and "told apart by reviewer" in page
    assert browser.post(f"{address}/undo/", {"seen": 1}).status_code == 303
    assert "May also be" in page_of(as_user, reviewer, f"/speakers/{pair[0].pk}/")


def test_a_merge_by_hand(as_user: AsUser, reviewer: User) -> None:
    fox, petra = SpeakerFactory(name="The Quay Fox"), SpeakerFactory(name="Petra Lund")
    for speaker in (fox, petra):
        said(speaker)
    browser, address = as_user(reviewer), f"/speakers/{fox.pk}/merge/"
    assert "Petra Lund" in page_of(as_user, reviewer, f"{address}?q=lund")
    assert "No other speaker" in page_of(as_user, reviewer, f"{address}?q=fox")
    form = {"q": "lund", "into": petra.pk, "reason": "", "seen": 0}
    answer = browser.post(address, form)
    assert (
        answer.status_code == 422
        and "checked" in answer.content.decode()
        and "Give a reason" in answer.content.decode()
    )
    late = browser.post(address, form | {"reason": "Her pen name.", "seen": 7})
    assert late.status_code == 409 and "Her pen name.</textarea>" in late.content.decode()
    assert browser.post(address, form | {"reason": "Her pen name."})["Location"] == f"/speakers/{petra.pk}/"
    assert "Her pen name." in page_of(as_user, reviewer, f"/speakers/{petra.pk}/")
    assert browser.get(address).status_code == 404


def test_what_is_under_embargo_is_not_told(as_user: AsUser, reviewer: User, chief: User) -> None:
    one, other = SpeakerFactory(name="Dmytro Halenko"), SpeakerFactory(name="Dmitro Halenko")
    held = ArticleVersionFactory(status="embargoed", article__outlet__name="Secret Gazette")
    open_claim, secret = said(one), said(one, version=held, speaker_role="secret envoy")
    said(other, version=held)
    match_speakers()
    page = page_of(as_user, reviewer, f"/speakers/{one.pk}/")
    assert open_claim.text in page and '<b class="figures">1</b> claim<' in page
    for words in (secret.get_absolute_url(), "Secret Gazette", "secret envoy", "Dmitro"):
        assert words not in page
    assert "Dmitro" not in page_of(as_user, reviewer, "/speakers/")
    match, browser = SpeakerMatch.objects.get(), as_user(reviewer)
    assert browser.get(f"/speakers/{other.pk}/").status_code == 404
    assert browser.post(f"/speakers/matches/{match.pk}/confirm/", {"seen": 0, "keep": one.pk}).status_code == 404
    whole = page_of(as_user, chief, f"/speakers/{one.pk}/")
    assert "secret envoy" in whole and "Dmitro" in whole
    merge_speakers(speaker=other, into=one, reason="One man.", by=chief, seen=0)
    assert "Dmitro" not in page_of(as_user, reviewer, f"/speakers/{one.pk}/")


def test_the_queue_finds_what_was_said_under_any_name(
    as_user: AsUser, reviewer: User, pair: tuple[Speaker, Speaker]
) -> None:
    one, other = pair
    merge_speakers(speaker=other, into=one, reason="One man.", by=reviewer, seen=0)
    for query in ("?speaker=dmytro", "?speaker=dmitro", "?q=dmytro", "?q=dmitro"):
        page = page_of(as_user, reviewer, f"/claims/{query}")
        assert all(claim.get_absolute_url() in page for claim in Claim.objects.all()), query
