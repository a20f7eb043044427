"""How claims stand to each other on the pages of an event and of a claim, and what people say of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Activity, Claim, Event, RelationWord
from tests.conftest import AsUser
from tests.factories import (
    PUBLISHED,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    OutletFactory,
    PlaceFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def said(event: Event, text: str, by: str = "", low: int | None = None, hours: int = 0, **about: object) -> Claim:
    """A claim of ``event`` in an article of its own."""
    house = OutletFactory(name=f"Post {Claim.objects.count()}")
    version = ArticleVersionFactory(
        article=ArticleFactory(outlet=house), version_created=PUBLISHED + timedelta(hours=hours), text=f"{text}.\n"
    )
    speaker = None
    if by:
        speaker = SpeakerFactory._meta.model.objects.filter(name=by).first() or SpeakerFactory(name=by, kind="body")
    state = about.pop("state", "confirmed")
    given = {"mode": "indirect" if by else "outlet", "cue": "say"} | about
    claim: Claim = ClaimFactory(version=version, start=0, end=len(text), text=text, speaker=speaker, **given)
    if low is not None:
        FigureFactory(claim=claim, low=low)
    LinkFactory(claim=claim, event=event, state=state)
    return claim


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    said(made, "Danish rockets hit the quay and killed four people", "Norwegian army", 4)
    said(made, "thirty homes were destroyed", "Bergen city council")
    said(made, "its forces do not target civilians", "Danish defence ministry", polarity="denied")
    said(made, "Norway for the deaths", "Danish navy", cue="blame")
    return made


def claim_of(words: str) -> Claim:
    return Claim.objects.get(text__contains=words)


def page(browser: Client, event: Event, status: int = 200) -> str:
    answer = browser.get(f"/events/{event.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def part(shown: str) -> str:
    return shown.split('id="relations"')[1].split('aria-labelledby="ledger-title"')[0]


def form(**fields: object) -> dict[str, object]:
    given = {"kind": "denies", "one": claim_of("target civilians").pk, "other": claim_of("homes").pk, "seen": 0}
    return given | {"reason": "It speaks of another night."} | fields


def test_denials_rivals_and_names_are_shown_with_their_rules(as_user: AsUser, editor: User, event: Event) -> None:
    said(event, "the Norwegian port of Bergen burned")
    said(event, "Danish-held Bergen burned")
    shown = part(page(as_user(editor), event))
    assert "targeting civilians" in shown and "R16" in shown
    assert "homes were destroyed</mark>" in shown
    assert "It was <span" in shown and "Denmark" in shown and "Norway" in shown
    assert "<q>Danish-held Bergen</q>" in shown and "takes a side" in shown
    assert "<form" not in shown


def test_an_event_of_which_nothing_is_disputed_says_so(as_user: AsUser, editor: User) -> None:
    quiet = EventFactory()
    said(quiet, "the quay is shut", "Bergen police")
    assert "No linked claim denies, admits, rivals or renders another." in part(page(as_user(editor), quiet))


def test_two_renderings_are_numbered_where_they_differ(as_user: AsUser, editor: User, event: Event) -> None:
    said(event, "We will rebuild the burnt warehouses and the fish market", "Ada Lien", mode="direct")
    said(event, "We shall rebuild the burned sheds and the fish market", "Ada Lien", mode="direct")
    shown = part(page(as_user(editor), event))
    assert "will<sup>1</sup>" in shown and "shall<sup>1</sup>" in shown
    assert "burnt warehouses<sup>2</sup>" in shown and "burned sheds<sup>2</sup>" in shown


def test_a_reviewer_says_that_it_is_no_denial_and_takes_it_back(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    before = part(page(browser, event))
    assert "This is no denial of that" in before
    answer = browser.post(f"/events/{event.pk}/relations/", form())
    assert (answer.status_code, answer["Location"]) == (303, f"/events/{event.pk}/#relations")
    word = RelationWord.objects.get()
    shown = part(page(browser, event))
    assert "homes were destroyed</mark>" not in shown and "It speaks of another night." in shown
    browser.post(f"/events/{event.pk}/relations/{word.pk}/undo/")
    assert "homes were destroyed</mark>" in part(page(browser, event))
    assert browser.post(f"/events/{event.pk}/relations/{word.pk}/undo/").status_code == 409
    word.refresh_from_db()
    assert (word.ended_by, word.reason) == (reviewer, "It speaks of another night.")
    assert list(Activity.objects.filter(event=event).order_by("pk").values_list("kind", flat=True)) == [
        "relation ruled",
        "relation reopened",
    ]


def test_the_form_stands_where_it_was_asked_for(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    assert "<form" not in part(page(browser, event))
    asked = f"say=denies-{claim_of('target civilians').pk}-{claim_of('homes').pk}"
    assert asked in part(page(browser, event))
    shown = part(browser.get(f"/events/{event.pk}/?{asked}").content.decode())
    assert shown.count("<form") == 1 and f'action="/events/{event.pk}/relations/"' in shown
    assert "<form" not in part(browser.get(f"/events/{event.pk}/?say=denies-0-x").content.decode())


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"reason": " "}, 422, "Give a reason"),
        ({"kind": "repeats"}, 422, ""),
        ({"kind": "different scope"}, 422, ""),
        ({"one": "x"}, 422, ""),
    ],
)
def test_what_is_wrong_comes_back(
    as_user: AsUser, reviewer: User, event: Event, fields: dict[str, object], status: int, words: str
) -> None:
    answer = as_user(reviewer).post(f"/events/{event.pk}/relations/", form(**fields))
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not RelationWord.objects.exists()


def test_who_was_not_shown_the_last_word_does_not_replace_it(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    browser.post(f"/events/{event.pk}/relations/", form())
    assert browser.post(f"/events/{event.pk}/relations/", form(reason="Mine.")).status_code == 409
    last = RelationWord.objects.get().pk
    assert browser.post(f"/events/{event.pk}/relations/", form(reason="Mine.", seen=last)).status_code == 303
    assert [word.reason for word in RelationWord.objects.filter(ended__isnull=True)] == ["Mine."]


def test_a_scope_that_a_person_accepts_is_no_conflict_on_the_board(as_user: AsUser, reviewer: User) -> None:
    event, browser = EventFactory(), as_user(reviewer)
    one = said(event, "48 were hurt at the quay", "Bergen police", 48)
    other = said(event, "20 were hurt", "Oslo hospital", 20, hours=1)
    one.places.add(PlaceFactory(name="Bergen"))
    shown = page(browser, event)
    assert "state--conflict" in shown and "Perhaps a different" in part(shown)
    fields = {"kind": "different scope", "one": one.pk, "other": other.pk, "dimension": "place", "seen": 0}
    fields |= {"reason": "Two wards."}
    assert browser.post(f"/events/{event.pk}/relations/", fields).status_code == 303
    shown = page(browser, event)
    assert "state--conflict" not in shown
    assert "different scope" in shown and "a person said so" in shown and "Two wards." in part(shown)


def test_copy_is_escaped(as_user: AsUser, reviewer: User, event: Event) -> None:
    said(event, f"{EVIL} Danish shells struck homes", "Norwegian army")
    shown = page(as_user(reviewer), event)
    assert EVIL not in shown and "&lt;script&gt;" in shown


def test_a_claim_says_how_it_stands_to_the_others(as_user: AsUser, editor: User, event: Event) -> None:
    shown = as_user(editor).get(f"/claims/{claim_of('homes').pk}/?state=any").content.decode()
    brief = shown.split('id="stands-title"')[1].split("</section>")[0]
    assert "denied by" in brief and "Danish defence ministry" in brief and "R16" in brief
    assert f'href="/events/{event.pk}/#relations"' in brief


def test_a_page_of_many_claims_costs_no_more_queries(as_user: AsUser, editor: User, event: Event) -> None:
    browser = as_user(editor)
    counts = []
    for number in (1, 30):
        for each in range(number):
            said(event, f"Danish guns shelled {each + 2} homes", f"Norwegian office {each}", 3)
            said(event, "its forces never target civilians", f"Danish office {each}", polarity="denied")
        with CaptureQueriesContext(connection) as caught:
            page(browser, event)
        counts.append(len(caught))
    assert counts[0] == counts[1]
