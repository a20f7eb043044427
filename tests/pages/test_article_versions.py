"""The versions of an article on its page: what there is, what moved, how two differ, and what a kill takes back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import linking, verdicts
from claims.differences import compare
from claims.models import ArticleVersion, Claim
from tests.claims.stories import COPY, ENGINE, HURT, SHEDS, claim_of, kill, read, story, version
from tests.conftest import AsUser
from tests.factories import ArticleFactory, EventFactory
from tests.pages.rows import form, queries

pytestmark = pytest.mark.django_db
LESS = COPY.replace("12 people", "9 people").replace(f"\n\n{SHEDS}", "")
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


@pytest.fixture
def browser(as_user: AsUser, reviewer: User) -> Client:
    return as_user(reviewer)


def page(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def part(html: str, start: str, end: str = "</section>") -> str:
    return html[html.index(start) :].split(end)[0]


def board(html: str) -> str:
    """The table of an event's figures, nothing where there is none."""
    return part(html, "table--board", "</table>") if "table--board" in html else ""


def words(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


def address(version: ArticleVersion, query: str = "") -> str:
    return f"/articles/{version.article_id}/{query}"


def test_versions_are_listed_newest_first_with_what_they_are(browser: Client) -> None:
    article = ArticleFactory()
    first = version(article, COPY, 0)
    second = version(article, LESS, 1, status="corrected", change="correction", ed_note="Corrects the toll.")
    read(first, second)
    listed = part(page(browser, address(first)), 'id="versions-title"')
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "Version 2, shown here" in words(listed)
    assert "state--corrected" in listed and "correction" in listed and "Corrects the toll." in listed
    assert "state--usable" in listed


def test_what_moved_is_a_list_with_links(browser: Client) -> None:
    first, _second = story(COPY, LESS)
    moved = part(page(browser, address(first)), 'id="moved-title"')
    for claim in (claim_of("12 people"), claim_of("9 people"), claim_of(HURT), claim_of(SHEDS)):
        assert f'href="/claims/{claim.pk}/"' in moved
    assert re.findall(r'tag--move">(\w+)<', moved) == ["changed", "gone"]
    assert "1 claim kept, word for word" in words(moved)
    assert "killed: 12 people → 9 people" in words(moved)


def test_two_versions_are_set_beside_each_other_word_by_word(browser: Client) -> None:
    first, _second = story(COPY, LESS)
    for query in ("?from=1&to=2", "?from=2&to=1", "?version=1&from=1&to=2"):
        compared = part(page(browser, address(first, query)), 'id="compared"')
        assert '<del class="diff diff--figure">12</del><ins class="diff diff--figure">9</ins>' in compared
        assert words("".join(re.findall(r"<del .*?</del>", compared))).endswith("The flames took 2 sheds.")
        assert HURT in words(compared)
    assert 'id="compared"' not in page(browser, address(first))
    for wrong in ("?from=1&to=7", "?from=x&to=1", f"?from=1&to={'9' * 30}"):
        assert browser.get(address(first, wrong)).status_code == 404


def test_an_old_version_is_readable_with_its_claims_in_their_places(browser: Client) -> None:
    first, _second = story(COPY, f"New lead today.\n\n{LESS}")
    old = page(browser, address(first, "?version=1"))
    for text in ("12 people", HURT, SHEDS):
        claim = claim_of(text)
        marks = re.findall(rf'<mark [^>]*data-claims="{claim.pk}">(.*?)</mark>', old, re.DOTALL)
        assert words("".join(marks)) == claim.text
        assert f'id="card-{claim.pk}"' in old
    assert '<span class="claim__figure">30 people</span>' in old
    assert claim_of("9 people").text not in words(old.split('id="moved-title"')[0])
    assert "not in version 2" in old
    new = page(browser, address(first))
    assert f'id="card-{claim_of(SHEDS).pk}"' not in new


def test_a_killed_article_is_marked_wherever_its_claims_are(browser: Client, reviewer: User) -> None:
    (first,) = story(COPY)
    claim, event = claim_of(HURT), EventFactory()
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=0)
    before = page(browser, f"/events/{event.pk}/")
    assert '<span class="count">1</span>' in before and "30 people" in board(before)
    read(kill(first.article, 1))
    after = page(browser, f"/events/{event.pk}/")
    assert '<span class="count">1</span>' not in after
    assert "30 people" not in board(after)
    assert claim.text in unescape(after)
    rows = [after, page(browser, "/claims/?state=withdrawn"), page(browser, "/claims/?state=any")]
    rows += [page(browser, f"/claims/{claim.pk}/"), page(browser, address(first))]
    for html in rows:
        assert "withdrawn" in html and "states.svg#withdrawn" in html
    for html in rows[:3]:
        assert "article killed" in html and "states.svg#killed" in html
    for html in rows[3:]:
        assert "This article was killed" in html and "The fire was a drill." in html
    notice = page(browser, address(first, "?version=2"))
    assert "No claims" in notice and "state--killed" in notice
    listed = page(browser, "/articles/")
    assert "state--killed" in listed


def test_a_stale_verdict_comes_first_and_says_why(browser: Client, reviewer: User) -> None:
    article = ArticleFactory()
    first, second = version(article, COPY, 0), version(article, LESS, 1)
    read(first)
    lead = claim_of("12 people")
    verdicts.record_verdict(claim=lead, rating="unverifiable", reason="?", evidence=[], by=reviewer, seen=0)
    Claim.objects.exclude(pk=lead.pk).update(worth=1.0)
    assert claim_of("12 people").text not in words(page(browser, "/claims/"))
    read(second)
    queue = page(browser, "/claims/")
    assert queue.index("12 people") < queue.index("30 people")
    assert "stale verdict" in queue and "states.svg#stale" in queue
    assert "stale verdicts" in page(browser, "/")
    html = page(browser, f"/claims/{lead.pk}/")
    told = part(html, "Stale since", "</div>")
    assert "became" in told and "9 people" in told and "What it became" in told
    assert "Not in version 2 any more" in html and "the desk’s worker" in html
    answer = browser.post(f"/claims/{lead.pk}/keep/", form(lead, words=""))
    assert answer.status_code == 422 and "Give a reason" in answer.content.decode()
    answer = browser.post(f"/claims/{lead.pk}/keep/", form(lead, words="That was the toll then."))
    assert answer.status_code == 303
    html = page(browser, f"/claims/{lead.pk}/")
    assert "Stale since" not in html and "That was the toll then." in html
    assert browser.get("/claims/?state=stale").content.decode().count("list__title") == 0


def test_queries_do_not_grow_with_versions_and_moves(browser: Client) -> None:
    lines = [f"Crew {number} counted {number} boats at berth {number}." for number in range(1, 41)]
    few = story(f"Count\n\n{lines[0]}", f"Count\n\nNews.\n\n{lines[0]}")
    body = "\n\n".join(lines)
    many = story(f"Count\n\n{body}", f"Count\n\nNews.\n\n{body}", f"Count\n\n{body.replace('counted 4', 'saw 4')}")
    for query in ("", "?version=1", "?from=1&to=2"):
        assert queries(browser, address(few[0], query)) == queries(browser, address(many[0], query))


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("A b.", "A b.", [("A b.", "same", False)]),
        ("At 5 he left.", "At 6 he left.",
         [("At ", "same", False), ("5", "del", True), ("6", "ins", True), (" he left.", "same", False)]),
        ("Two left.", "Three left.", [("Two", "del", True), ("Three", "ins", True), (" left.", "same", False)]),
        ("Up 1,200.", "Up 1,300.", [("Up ", "same", False), ("1,200", "del", True), ("1,300", "ins", True),
                                    (".", "same", False)]),
        ("", "New.", [("New.", "ins", False)]),
        ("Old.", "", [("Old.", "del", False)]),
    ],
)  # fmt: skip
def test_pieces(old: str, new: str, pieces: list[tuple[str, str, bool]]) -> None:
    assert [(p.text, p.kind, p.number) for passage in compare(old, new) for p in passage.pieces] == pieces


def test_long_texts_are_compared_in_bounded_work() -> None:
    old = "\n".join(f"Line {number} of words that say little." for number in range(3000))
    new = old.replace("little", "much").replace("Line 2999 ", "Row 2999 ")
    passages = compare(old, new)
    assert 0 < len(passages) < 5000
    same = compare(old, old.replace("Line 7 ", "Line 8 "))
    assert sum(passage.left_out for passage in same) > 1900


def test_nothing_of_a_text_is_lost_in_the_comparison() -> None:
    old, new = COPY, f"News\n\n{LESS}\n\nEnd & <b>."
    pieces = [piece for passage in compare(old, new) for piece in passage.pieces]
    for kind, text in (("del", old), ("ins", new)):
        kept = "".join(piece.text for piece in pieces if piece.kind in ("same", kind))
        assert "".join(kept.split()) == "".join(text.split())
