"""Each act on a claim through its form: who may, and the four answers 303 or 200, 422, 409 and 403."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from claims import verdicts
from claims.models import Activity, Claim, Event, Evidence, Link, Verdict
from claims.workflow import Act
from tests.conftest import AsUser
from tests.factories import ClaimFactory, EventFactory, FigureFactory, LinkFactory, UserFactory, VerdictFactory
from tests.pages.rows import form

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
REVIEWS = {"reviewer", "chief"}


def prepared(act: str, reviewer: User) -> tuple[Claim, dict[str, object]]:
    """A claim from whose state ``act`` leads on, and what its form sends."""
    claim: Claim = FigureFactory().claim
    words = {"words": "The harbour office was closed."}
    if act in ("link", "reject"):
        return claim, form(claim, event=LinkFactory(claim=claim).event_id)
    if act == "new-event":
        return claim, form(claim, title="Theft on the quay", places="Miravale, Kyrbia", from_day="2024-05-13")
    if act == "rule":
        return claim, form(claim, rating="unverifiable", reason="Nobody else reports it.")
    if act in ("sign-off", "send-back"):
        VerdictFactory(claim=claim, rating="corroborated", author=reviewer)
    if act in ("reopen", "withdraw"):
        VerdictFactory(claim=claim, author=reviewer)
    return claim, form(claim, **words)


RIGHTS = {
    "link": REVIEWS,
    "reject": REVIEWS,
    "new-event": REVIEWS,
    "rule": REVIEWS,
    "hold": REVIEWS,
    "dismiss": REVIEWS,
    "sign-off": {"chief"},
    "send-back": {"chief"},
    "reopen": REVIEWS,
    "withdraw": {"chief"},
}
STATES = {
    "link": "in_review", "reject": "in_review", "new-event": "in_review", "rule": "ruled", "hold": "pending",
    "dismiss": "out_of_scope", "sign-off": "ruled", "send-back": "in_review", "reopen": "in_review",
    "withdraw": "in_review",
}  # fmt: skip


def send(browser: Client, claim: Claim, act: str, data: dict[str, object], *, htmx: bool = False) -> Any:
    return browser.post(f"/claims/{claim.pk}/{act}/", data, headers=HTMX if htmx else {})


@pytest.mark.parametrize("person", ["editor", "reviewer", "chief", "client_account", "stranger"])
@pytest.mark.parametrize("act", list(RIGHTS))
def test_who_may_do_what(request: pytest.FixtureRequest, as_user: AsUser, act: str, person: str) -> None:
    claim, data = prepared(act, UserFactory(role="reviewer"))
    before = claim.state
    answer = send(as_user(request.getfixturevalue(person)), claim, act, data)
    claim.refresh_from_db()
    if person in RIGHTS[act]:
        assert (answer.status_code, claim.state) == (303, STATES[act])
        assert answer["Location"].startswith("/claims/")
    else:
        assert (answer.status_code, claim.state, claim.touched) == (403, before, claim.seen > 0)


@pytest.mark.parametrize("act", list(RIGHTS))
def test_htmx_gets_the_fresh_panel(as_user: AsUser, chief: User, act: str) -> None:
    claim, data = prepared(act, UserFactory(role="reviewer"))
    answer = send(as_user(chief), claim, act, data, htmx=True)
    page = answer.content.decode().lstrip()
    assert answer.status_code == 200
    assert page.startswith("<title>") and "<html" not in page
    assert '<div id="review"' in page
    assert f'name="seen" value="{data["seen"]}"' not in page
    assert "notice--success" in page


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("act", list(RIGHTS))
def test_second_person_gets_409_with_what_was_typed(as_user: AsUser, chief: User, act: str, htmx: bool) -> None:
    claim, data = prepared(act, UserFactory(role="reviewer"))
    Claim.objects.filter(pk=claim.pk).update(seen=7)
    links, entries = Link.objects.filter(state="confirmed").count(), Activity.objects.count()
    typed = data | {"reason": "Typed <i>before</i>", "evidence_note": "a call", "evidence_side": "against"}
    answer = send(as_user(chief), claim, act, typed, htmx=htmx)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Changed meanwhile." in page
    assert 'name="seen" value="7"' in page
    kept = ["Typed &lt;i&gt;before&lt;/i&gt;", "a call"] if act in ("link", "rule", "new-event", "hold") else []
    kept += [str(data["words"])] if act in ("hold", "dismiss", "sign-off", "send-back", "reopen", "withdraw") else []
    kept += ["Theft on the quay", "Miravale, Kyrbia"] if act == "new-event" else []
    assert [words for words in kept if words not in page] == []
    assert (Link.objects.filter(state="confirmed").count(), Activity.objects.count()) == (links, entries)


@pytest.mark.parametrize(
    ("act", "changed", "message"),
    [
        ("link", {"event": "77777"}, "There is no such event."),
        ("link", {"event": "x" * 50}, "There is no such event."),
        ("new-event", {"title": " "}, "Give the event a title."),
        ("new-event", {"title": "t" * 300}, "200 are the most"),
        ("new-event", {"from_day": "someday"}, "Not a day."),
        ("new-event", {"to_day": "2024-05-01"}, "The last day is before the first."),
        ("new-event", {"places": ",".join(str(n) for n in range(40))}, "20 places are the most"),
        ("rule", {"rating": ""}, "Choose a rating"),
        ("rule", {"rating": "true"}, "Choose a rating"),
        ("rule", {"reason": "  "}, "Give a reason"),
        ("rule", {"reason": "r" * 6000}, "at most 5000 characters"),
        ("rule", {"rating": "disputed", "evidence_note": " "}, "name at least one piece"),
        ("rule", {"evidence_claim": "999999"}, "There is no claim 999999."),
        ("rule", {"evidence_url": "not an address"}, "is not a web address"),
        ("hold", {"words": ""}, "Give a reason"),
        ("send-back", {"words": ""}, "Give a reason"),
        ("reopen", {"words": ""}, "Give a reason"),
        ("withdraw", {"words": ""}, "Give a reason"),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_is_missing_is_said_and_nothing_lost(
    as_user: AsUser, chief: User, act: str, changed: dict[str, str], message: str, htmx: bool
) -> None:
    claim, data = prepared(act, UserFactory(role="reviewer"))
    answer = send(
        as_user(chief), claim, act, data | {"evidence_note": "kept note", "evidence_side": "for"} | changed, htmx=htmx
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    if act == "rule":
        assert "kept note" in page or "evidence_note" in changed
    assert f'name="seen" value="{data["seen"]}"' in page
    claim.refresh_from_db()
    assert claim.seen == data["seen"]


def test_422_does_not_hide_a_change_in_between(as_user: AsUser, reviewer: User) -> None:
    """The form that failed keeps its own count, so that the next try is told of the change."""
    claim = ClaimFactory()
    browser, data = as_user(reviewer), form(claim, rating="unverifiable")
    assert send(browser, claim, "rule", data).status_code == 422
    Claim.objects.filter(pk=claim.pk).update(seen=1)
    assert send(browser, claim, "rule", data | {"reason": "Now with one."}).status_code == 409
    assert send(browser, claim, "rule", data | {"reason": "Now with one.", "seen": 1}).status_code == 303


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, None])
def test_a_form_without_its_count_changes_nothing(as_user: AsUser, reviewer: User, seen: str | None) -> None:
    claim, data = prepared("rule", reviewer)
    data = {name: value for name, value in (data | {"seen": seen}).items() if value is not None}
    assert send(as_user(reviewer), claim, "rule", data).status_code == 409
    assert not Verdict.objects.exists()


def test_nobody_signs_off_on_their_own(as_user: AsUser, chief: User) -> None:
    claim: Claim = FigureFactory().claim
    VerdictFactory(claim=claim, rating="corroborated", author=chief)
    for htmx in (True, False):
        answer = send(as_user(chief), claim, "sign-off", form(claim), htmx=htmx)
        assert answer.status_code == 403
        assert "a second person does" in answer.content.decode()


@pytest.mark.parametrize("act", [*RIGHTS])
def test_acts_are_posted_and_claims_exist(as_user: AsUser, chief: User, act: str) -> None:
    claim = ClaimFactory()
    loaded = as_user(chief).get(f"/claims/{claim.pk}/{act}/")
    assert (loaded.status_code, loaded["Location"]) == (303, f"/claims/{claim.pk}/")
    assert as_user(chief).put(f"/claims/{claim.pk}/{act}/").status_code == 405
    assert as_user(chief).post(f"/claims/999999/{act}/").status_code == 404


def test_forms_need_the_token_of_the_page(reviewer: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reviewer)
    claim, data = prepared("rule", reviewer)
    assert send(browser, claim, "rule", data).status_code == 403


def test_a_new_event_rings_to_be_matched_and_weighed(
    as_user: AsUser, reviewer: User, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, data = prepared("new-event", reviewer)
    with django_capture_on_commit_callbacks() as callbacks:
        send(as_user(reviewer), claim, "new-event", data)
    event = Event.objects.get(title="Theft on the quay")
    bells = {(callback.func.__self__.name, *callback.args) for callback in callbacks}
    assert bells == {("claims.match_event", event.pk), ("claims.weigh_event", event.pk)}
    assert {place.name for place in event.places.all()} == {"Miravale", "Kyrbia"}
    assert claim.links.get(event=event).state == "confirmed"


def test_evidence_is_stored_as_typed(as_user: AsUser, reviewer: User) -> None:
    claim, cited = ClaimFactory(), ClaimFactory()
    rows = {
        "evidence_side": ["for", "against", "for"],
        "evidence_claim": [str(cited.pk), "", ""],
        "evidence_url": ["", "example.org/a?b=1", ""],
        "evidence_note": ["same hour", "", ""],
    }
    data = form(claim, rating="disputed", reason="They differ.", **rows)
    assert send(as_user(reviewer), claim, "rule", data).status_code == 303
    stored = [(e.side, e.claim_id, e.url, e.note) for e in Evidence.objects.all()]
    assert stored == [("for", cited.pk, "", "same hour"), ("against", None, "https://example.org/a?b=1", "")]


@pytest.mark.parametrize(
    ("button", "rows", "has"),
    [
        ({"add": "row"}, 2, "a note"),
        ({"add": "against:{cited}"}, 2, "a note"),
        ({"add": "for:{cited}"}, 2, "a note"),
        ({"add": "for:999999"}, 2, "There is no claim 999999."),
        ({"drop": "0"}, 1, "Typed reason"),
        ({"drop": "55"}, 1, "a note"),
        ({"find_claims": "1", "evidence_words": "no such words"}, 1, "No claim has all these words"),
        ({"find_claims": "1", "evidence_words": "{words}"}, 1, 'value="for:{cited}"'),
    ],
)
def test_buttons_of_the_form_only_change_the_form(
    as_user: AsUser, reviewer: User, button: dict[str, str], rows: int, has: str
) -> None:
    claim, cited = ClaimFactory(), ClaimFactory()

    def filled(words: str) -> str:
        return words.format(cited=cited.pk, words=cited.text[:20])

    data = form(claim, rating="disputed", reason="Typed reason", evidence_note="a note", evidence_side="for")
    answer = send(as_user(reviewer), claim, "rule", data | {name: filled(value) for name, value in button.items()})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('name="evidence_side"') == rows
    assert filled(has) in page
    assert "Typed reason" in page
    assert not Verdict.objects.exists()


def test_a_ruling_goes_on_to_the_next_claim_of_the_queue(as_user: AsUser, reviewer: User) -> None:
    first, second = ClaimFactory(worth=0.9), ClaimFactory(worth=0.8)
    data = form(first, rating="unverifiable", reason="Nobody else reports it.", then="next")
    browser, query = as_user(reviewer), "?state=unreviewed"
    url = f"/claims/{first.pk}/rule/{query}"
    answer: HttpResponse = browser.post(url, data, headers=HTMX)  # type: ignore[assignment]
    assert f'data-claim="{second.pk}"' in answer.content.decode()
    assert answer["HX-Push-Url"] == f"/claims/{second.pk}/{query}"
    assert f'href="/claims/{first.pk}/{query}"' in answer.content.decode()
    data = form(second, rating="unverifiable", reason="Nor this.", then="next")
    last = browser.post(f"/claims/{second.pk}/rule/{query}", data)
    assert last["Location"] == f"/claims/{second.pk}/{query}"
    assert "last claim of this queue" in browser.get(last["Location"]).content.decode()


def test_linking_keeps_a_ruling_that_is_being_typed(as_user: AsUser, reviewer: User) -> None:
    claim, data = prepared("link", reviewer)
    typed = data | {"rating": "disputed", "reason": "Half a sentence", "evidence_note": "a call"}
    page = send(as_user(reviewer), claim, "link", typed, htmx=True).content.decode()
    assert "Half a sentence" in page and "a call" in page
    assert 'value="disputed" data-hotkey="2" data-then="reason" checked' in page


def test_an_act_that_the_state_forbids_is_refused_in_words(as_user: AsUser, reviewer: User) -> None:
    claim = ClaimFactory()
    verdicts.set_aside(claim=claim, act=Act.DISMISS, reason="An opinion.", by=reviewer, seen=0)
    answer = send(as_user(reviewer), claim, "rule", form(claim, rating="unverifiable", reason="x"))
    assert answer.status_code == 422
    assert "out of scope cannot be changed by: rule" in answer.content.decode()


def test_found_event_can_be_linked(as_user: AsUser, reviewer: User) -> None:
    claim, event = ClaimFactory(), EventFactory()
    assert send(as_user(reviewer), claim, "link", form(claim, event=event.pk)).status_code == 303
    assert claim.links.get().by == reviewer
