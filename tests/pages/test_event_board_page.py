"""The count board on the page of an event: the table, the ledger under it, and what people say there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.board_table import MOST_COLUMNS
from claims.models import BestValue, Event, SourceWord
from tests.conftest import AsUser
from tests.factories import (
    PUBLISHED,
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    SpeakerFactory,
)
from tests.pages.rows import queries

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def said(event: Event, name: str, low: int, hours: int = 0, **claim: object) -> None:
    version = ArticleVersionFactory(version_created=PUBLISHED + timedelta(hours=hours))
    found = SpeakerFactory._meta.model.objects.filter(name=name).first()
    row = ClaimFactory(version=version, speaker=found or SpeakerFactory(name=name), **claim)
    FigureFactory(claim=row, low=low)
    LinkFactory(claim=row, event=event, state="confirmed")


@pytest.fixture
def event(db: None) -> Event:
    made: Event = EventFactory()
    said(made, "Ida Holm", 5)
    said(made, "Per Aas", 7, hours=2)
    return made


def page(browser: Client, event: Event, query: str = "", status: int = 200) -> str:
    answer = browser.get(f"/events/{event.pk}/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def part(shown: str, start: str, end: str) -> str:
    return shown.split(start)[1].split(end)[0]


def form(level: str = "primary sources", **fields: object) -> dict[str, object]:
    given = {"level": level, "one": "Ida Holm", "other": "Per Aas", "same": "yes", "scope": "event", "seen": 0}
    return given | {"reason": "Her pen name."} | fields


def value(**fields: object) -> dict[str, object]:
    return {"measure": "killed", "value": "6", "reason": "The list of names.", "seen": 0} | fields


def test_a_conflict_is_told_with_its_rule_and_its_figures(as_user: AsUser, editor: User, event: Event) -> None:
    board = part(page(as_user(editor), event), "<tbody>", "</tbody>")
    assert "state--conflict" in board and "#conflict" in board and ">conflict</span>" in board
    assert "R14</span>" in board and "5 and 7, 2 hours apart, from different sources" in board
    assert "5–7" in board and "low end 5" in board
    assert "2 outlets, 2 newsrooms, 2 primary sources." in board
    assert board.count("as of 14 May, ") == 2
    for link in event.links.all():
        assert f'href="/claims/{link.claim_id}/?state=any"' in board


@pytest.mark.parametrize("columns", ["sources", "outlets", "newsrooms", "zebras"])
def test_who_stands_in_the_columns_can_be_switched(as_user: AsUser, editor: User, event: Event, columns: str) -> None:
    shown = page(as_user(editor), event, f"?columns={columns}")
    head = part(shown, "<thead>", "</thead>")
    assert ("Ida Holm" in head) is (columns in ("sources", "zebras"))
    assert ("Harbour Post" in head) is (columns in ("outlets", "newsrooms"))
    assert shown.count('aria-current="true">sources<') == (columns in ("sources", "zebras"))


def test_columns_beyond_the_last_are_said(as_user: AsUser, editor: User, event: Event) -> None:
    for number in range(MOST_COLUMNS):
        said(event, f"Maren Vik {number:02}", 6)
    shown = page(as_user(editor), event)
    assert part(shown, "<thead>", "</thead>").count('<th scope="col" dir="auto">') == MOST_COLUMNS
    assert "2 more columns with fewer figures are not shown" in shown


def test_what_does_not_count_is_listed(as_user: AsUser, editor: User, event: Event) -> None:
    said(event, "Nils Vik", 80, orphaned_by=ArticleVersionFactory())
    said(event, "Tor Berg", 70, withdrawn_by=ArticleVersionFactory())
    aside = part(page(as_user(editor), event), 'class="board__aside"', "</details>")
    assert "1 figure that a newer version of the story no longer has, 1 withdrawn claim" in aside
    assert "killed 80" in aside and "state--withdrawn" in aside


def test_what_was_said_over_time_is_a_picture_and_a_table(as_user: AsUser, editor: User, event: Event) -> None:
    said(event, "Ida Holm", 9, hours=5)
    shown = page(as_user(editor), event)
    picture = part(shown, '<svg class="timeline"', "</svg>")
    assert 'role="img"' in picture and picture.count("<rect") == 3
    assert "style=" not in picture
    table = part(shown, 'id="time-1-table"', "</table>")
    assert [table.count(name) for name in ("Ida Holm", "Per Aas")] == [2, 1]


def test_figures_of_one_time_have_no_picture(as_user: AsUser, editor: User) -> None:
    event = EventFactory()
    said(event, "Ida Holm", 5)
    said(event, "Per Aas", 5)
    assert "timeline" not in part(page(as_user(editor), event), 'id="board"', 'id="ledger"')


def test_a_person_says_who_is_one_source_and_takes_it_back(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    answer = browser.post(f"/events/{event.pk}/sources/?columns=outlets", form())
    assert (answer.status_code, answer["Location"]) == (303, f"/events/{event.pk}/?columns=outlets#ledger")
    shown = page(browser, event)
    assert "Ida Holm = Per Aas" in shown and "a person said so: Her pen name." in shown
    assert ">update</span>" in shown and ">conflict</span>" not in shown
    word = SourceWord.objects.get()
    undo = f"/events/{event.pk}/sources/{word.pk}/undo/"
    assert browser.post(undo).status_code == 303
    assert "Ida Holm = Per Aas" not in page(browser, event)
    again = browser.post(undo)
    assert again.status_code == 409 and "took this back already" in again.content.decode()


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"reason": ""}, 422, "Give a reason"),
        ({"other": "Nobody Here"}, 422, "Select a valid choice"),
        ({"other": "Ida Holm"}, 422, "Choose two names that differ."),
        ({"same": ""}, 422, "Say whether they are the same."),
        ({"level": "zebras"}, 422, "Select a valid choice"),
    ],
)
def test_a_word_that_is_refused_comes_back_as_typed(
    as_user: AsUser, reviewer: User, event: Event, fields: dict[str, object], status: int, words: str
) -> None:
    answer = as_user(reviewer).post(f"/events/{event.pk}/sources/", form(**fields))
    shown = answer.content.decode()
    assert answer.status_code == status
    assert not SourceWord.objects.exists()
    if fields.get("level") != "zebras":
        assert words in shown
        assert "reason" in fields or "Her pen name." in shown


def test_an_editor_s_best_value_stands_apart(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    assert browser.post(f"/events/{event.pk}/best/", value()).status_code == 303
    shown = page(browser, event)
    assert "best, by reviewer:" in shown and "The list of names." in shown and "5–7" in shown
    behind = browser.post(f"/events/{event.pk}/best/", value(value="7"))
    assert behind.status_code == 409 and "Somebody said something else" in behind.content.decode()
    best = BestValue.objects.get()
    assert browser.post(f"/events/{event.pk}/best/{best.pk}/undo/").status_code == 303
    assert "best, by reviewer:" not in page(browser, event)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "many"}, "That is not a number."),
        ({"value": "-1"}, "greater than or equal"),
        ({"reason": ""}, "Give a"),
    ],
)
def test_a_value_that_is_refused_comes_back_as_typed(
    as_user: AsUser, reviewer: User, event: Event, fields: dict[str, object], words: str
) -> None:
    answer = as_user(reviewer).post(f"/events/{event.pk}/best/", value(**fields))
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown and str(fields.get("value", "6")) in shown
    assert not BestValue.objects.exists()


def test_who_may_not_link_sees_no_form_and_is_refused(as_user: AsUser, editor: User, event: Event) -> None:
    browser = as_user(editor)
    assert "<form" not in part(page(browser, event), 'id="board"', 'id="confirmed-title"')
    for address, data in (("sources", form()), ("best", value())):
        assert browser.post(f"/events/{event.pk}/{address}/", data).status_code == 403
        assert browser.get(f"/events/{event.pk}/{address}/").status_code == 303


def test_a_word_of_another_event_cannot_be_taken_back_here(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    browser.post(f"/events/{event.pk}/sources/", form())
    word = SourceWord.objects.get()
    assert browser.post(f"/events/{EventFactory().pk}/sources/{word.pk}/undo/").status_code == 404


def test_nothing_becomes_markup(as_user: AsUser, reviewer: User, event: Event) -> None:
    said(event, EVIL, 9, hours=3)
    browser = as_user(reviewer)
    browser.post(f"/events/{event.pk}/sources/", form(other=EVIL, reason=EVIL))
    browser.post(f"/events/{event.pk}/best/", value(reason=EVIL))
    assert SourceWord.objects.count() == BestValue.objects.count() == 1
    assert EVIL not in page(browser, event)


def test_the_queries_of_the_page_do_not_grow(as_user: AsUser, reviewer: User, event: Event) -> None:
    browser = as_user(reviewer)
    address = f"/events/{event.pk}/"
    queries(browser, address)
    before = queries(browser, address)
    for number in range(40):
        said(event, f"Maren Vik {number}", number, hours=number)
    assert queries(browser, address) == before
