"""The page of one claim: what it shows and offers, to whom."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims import linking, verdicts
from claims.models import Claim, Event
from claims.workflow import Act
from tests.conftest import AsUser
from tests.factories import (
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    PlaceFactory,
    SpeakerFactory,
    VerdictFactory,
)
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
PEOPLE = ("editor", "reviewer", "chief", "client_account", "stranger")
READERS = {"editor", "reviewer", "chief"}


@pytest.mark.parametrize("name", ["articles", "article", "claims", "claim", "events", "event", "events/new"])
@pytest.mark.parametrize("person", [*PEOPLE, "nobody"])
def test_who_may_open_which_page(request: pytest.FixtureRequest, as_user: AsUser, name: str, person: str) -> None:
    link = LinkFactory()
    pk = {"article": link.claim.version.article_id, "claim": link.claim_id, "event": link.event_id}.get(name)
    url = f"/{name}s/{pk}/" if pk else f"/{name}/"
    if person == "nobody":
        answer = request.getfixturevalue("client").get(url)
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={url}")
        return
    allowed = READERS - {"editor"} if name == "events/new" else READERS
    answer = as_user(request.getfixturevalue(person)).get(url)
    assert answer.status_code == (200 if person in allowed else 403)


def test_signed_out_htmx_is_sent_to_sign_in_by_the_browser(client: object) -> None:
    claim = ClaimFactory()
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/claims/{claim.pk}/?state=any"}
    answer = client.post(f"/claims/{claim.pk}/rule/", headers=headers)  # type: ignore[attr-defined]
    assert answer["HX-Redirect"] == f"/sign-in/?next=/claims/{claim.pk}/%3Fstate%3Dany"


def shown(as_user: AsUser, user: User, claim: Claim, query: str = "") -> str:
    answer = as_user(user).get(f"/claims/{claim.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_claim_stands_in_its_paragraph_with_its_neighbours(as_user: AsUser, editor: User) -> None:
    version = long_version(5)
    claims = [ClaimFactory(version=version, text=f"Crew number {n}") for n in range(1, 6)]
    page = shown(as_user, editor, claims[2]).split('class="review__work')[0].split("copy--context")[1]
    for at, claim in enumerate(claims):
        assert (f'data-claims="{claim.pk}"' in page) is (at in (1, 2, 3))
    assert "claim--here" in page


def test_everything_known_is_shown_with_its_reason(as_user: AsUser, editor: User) -> None:
    claim = ClaimFactory(
        version=long_version(2),
        text="Crew number 2 counted 2 crates",
        speaker=SpeakerFactory(name="Harbour office"),
        cue="deny",
        mode="mixed",
        polarity="denied",
        marks=["could not verify"],
        worth_reasons=["gives a figure"],
        chain=[{"name": "Northern Wire"}, {"name": "Harbour office"}],
        to_day="2024-05-15",
        producer="engine 7",
    )
    claim.places.add(PlaceFactory(name="Miravale"))
    FigureFactory(claim=claim, low=2, high=None, words="2 crates", population="crew")
    LinkFactory(claim=claim, event=EventFactory(title="Theft on the quay"), reasons=["same day"], score=0.81)
    page = " ".join(shown(as_user, editor, claim).split())
    for words in (
        "Harbour office", "(deny)", "denies", "mixed speech, a denial", "could not verify", "gives a figure",
        "engine 7",
        "Northern Wire ← Harbour office", "13–15 May 2024", "Miravale", "at least 2", "crew", "“2 crates”",
        "Theft on the quay", "same day", "fits 0.81",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("person", "has", "lacks"),
    [
        ("editor", ["A reviewer rules on claims.", "A reviewer links claims to events."], ["ruling-form", "Confirm"]),
        ("reviewer", ["ruling-form", "Confirm", "Hold for more information"], ["Reopen", "Sign off"]),
        ("chief", ["ruling-form", "Confirm"], ["A reviewer rules", "Withdraw"]),
    ],
)
def test_offers_by_role(
    request: pytest.FixtureRequest, as_user: AsUser, person: str, has: list[str], lacks: list[str]
) -> None:
    page = shown(as_user, request.getfixturevalue(person), LinkFactory().claim)
    assert [words for words in has if words not in page] == []
    assert [words for words in lacks if f">{words}" in page or f'"{words}"' in page] == []


def test_author_is_told_that_a_second_person_signs_off(as_user: AsUser, chief: User, reviewer: User) -> None:
    own = FigureFactory().claim
    VerdictFactory(claim=own, rating="corroborated", author=chief)
    assert "You wrote this verdict: a second person signs off." in shown(as_user, chief, own)
    other = FigureFactory().claim
    VerdictFactory(claim=other, rating="corroborated", author=reviewer)
    assert f'action="/claims/{other.pk}/sign-off/' in shown(as_user, chief, other)
    assert "The chief signs off." in shown(as_user, reviewer, other)


def test_out_of_scope_says_how_to_go_on(as_user: AsUser, reviewer: User) -> None:
    claim = ClaimFactory()
    verdicts.set_aside(claim=claim, act=Act.DISMISS, reason="An opinion.", by=reviewer, seen=0)
    page = shown(as_user, reviewer, claim)
    assert "Reopen it to rule on it." in page
    assert f'action="/claims/{claim.pk}/reopen/' in page


def test_history_is_told_oldest_first_with_its_evidence(as_user: AsUser, reviewer: User, chief: User) -> None:
    claim, cited = FigureFactory().claim, ClaimFactory(worth=0.1)
    linking.link_claim(claim=claim, event=EventFactory(title="Blaze"), by=reviewer, seen=0)
    exhibits = [
        verdicts.Exhibit("for", claim=cited, note="same hour"),
        verdicts.Exhibit("against", url="https://example.org/a"),
    ]
    verdicts.record_verdict(
        claim=claim, rating="corroborated", reason="Two saw it.", evidence=exhibits, by=reviewer, seen=1
    )
    claim.refresh_from_db()
    verdicts.send_back(claim=claim, reason="Name them.", by=chief, seen=2)
    claim.refresh_from_db()
    page = shown(as_user, reviewer, claim).split('id="history-title"')[1]
    steps = [
        "link confirmed: Blaze",
        "ruled",
        "Two saw it.",
        cited.text,
        "same hour",
        "example.org/a",
        "sent back",
        "Name them.",
    ]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert page.count("Name them.") == 1


@pytest.mark.parametrize("where", ["text", "speaker", "event", "reason", "find", "note"])
def test_nothing_becomes_markup(as_user: AsUser, reviewer: User, where: str) -> None:
    version = long_version(2)
    if where == "text":
        type(version).objects.filter(pk=version.pk).update(text=f"It said {EVIL} twice. {version.text}")
        version.refresh_from_db()
    claim = ClaimFactory(
        version=version, start=0, end=20, speaker=SpeakerFactory(name=EVIL if where == "speaker" else "x")
    )
    if where == "event":
        LinkFactory(claim=claim, event=EventFactory(title=EVIL), reasons=[EVIL])
    if where in ("reason", "note"):
        VerdictFactory(claim=claim, reason=EVIL, evidence=[verdicts.Exhibit("against", note=EVIL)])
    page = shown(as_user, reviewer, claim, f"?find={EVIL}&q={EVIL}&state=any")
    assert EVIL not in page


def test_events_are_found_by_words_with_and_without_htmx(as_user: AsUser, reviewer: User) -> None:
    claim = ClaimFactory()
    Event.objects.bulk_create(Event(title=f"Flood {n}") for n in range(30))
    place = PlaceFactory(name="Kyrbia", aliases=["Кырбия"])
    EventFactory(title="Blockade").places.add(place)
    assert shown(as_user, reviewer, claim, "?find=flood").count('name="event"') == 20
    for words in ("blockade кырбия", "Kyrb block"):
        answer = as_user(reviewer).get(
            f"/claims/{claim.pk}/", {"find": words}, headers={"HX-Request": "true", "HX-Target": "found-events"}
        )
        assert answer.content.decode().lstrip().startswith('<div id="found-events"')
        assert "Blockade" in answer.content.decode()
    assert "No other event has all these words" in shown(as_user, reviewer, claim, "?find=zeppelin")


def test_new_event_is_prefilled_from_the_claim(as_user: AsUser, reviewer: User) -> None:
    claim = ClaimFactory(version=long_version(1), text="Crew number 1 counted")
    claim.places.add(PlaceFactory(name="Kyrbia"))
    page = shown(as_user, reviewer, claim)
    for value in ("Crew number 1 counted", "Kyrbia", "2024-05-13"):
        assert f'value="{value}"' in page


def test_queries_do_not_grow(as_user: AsUser, reviewer: User) -> None:
    browser, version, event = as_user(reviewer), long_version(50), EventFactory()
    claim = full_claim(version, 1, event)
    full_claim(version, 2, event)
    before = queries(browser, f"/claims/{claim.pk}/?state=any")
    for number in range(3, 51):
        full_claim(version, number, event)
    assert queries(browser, f"/claims/{claim.pk}/?state=any") == before
