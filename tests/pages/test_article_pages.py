"""The list of articles and one article: what is marked, what is said of it, who may look."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User

from claims.models import ArticleVersion, Claim
from tests.conftest import AsUser
from tests.factories import (
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    FigureFactory,
    OutletFactory,
    SpeakerFactory,
)
from tests.pages.rows import full_claim, long_version, queries

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<[^>]+>")


def page_of(as_user: AsUser, user: User, url: str, status: int = 200) -> str:
    answer = as_user(user).get(url)
    assert answer.status_code == status
    return answer.content.decode()


def marked(page: str, claim: Claim) -> str:
    """The words that the page marks as ``claim``."""
    found = re.findall(rf'<mark [^>]*data-claims="(?:[\d ]* )?{claim.pk}(?: [\d ]*)?">(.*?)</mark>', page, re.DOTALL)
    return unescape(TAG.sub("", "".join(found)))


def version(body: str, **about: object) -> ArticleVersion:
    return ArticleVersionFactory(headline="Barge aground", text=f"Barge aground\n\n{body}", **about)


def test_claims_are_marked_exactly_and_lead_to_their_cards(as_user: AsUser, editor: User) -> None:
    copy = version("The barge ran aground & 12 people were taken off, the <b>guard</b> said.\n\nIt floats again.")
    outer = ClaimFactory(version=copy, text="The barge ran aground & 12 people were taken off")
    inner = ClaimFactory(version=copy, text="12 people were taken off, the <b>guard</b>")
    FigureFactory(claim=outer)
    page = page_of(as_user, editor, f"/articles/{copy.article_id}/")
    assert marked(page, outer) == outer.text
    assert marked(page, inner) == inner.text
    for claim in (outer, inner):
        assert f'id="claim-{claim.pk}"' in page
        assert f'href="#card-{claim.pk}"' in page
        assert f'id="card-{claim.pk}"' in page
        assert f'href="#claim-{claim.pk}"' in page
    assert '<span class="claim__figure">12</span>' in page


def test_headline_claims_are_marked_in_the_headline(as_user: AsUser, editor: User) -> None:
    copy = version("More soon.")
    claim = ClaimFactory(version=copy, text="Barge aground")
    page = page_of(as_user, editor, f"/articles/{copy.article_id}/")
    assert marked(page.split("</h1>")[0], claim) == "Barge aground"


@pytest.mark.parametrize("field", ["text", "headline", "bylines", "furniture", "warnings", "outlet", "speaker", "note"])
def test_nothing_of_the_copy_becomes_markup(as_user: AsUser, editor: User, field: str) -> None:
    evil = "<script>alert(1)</script>"
    about: dict[str, object] = {
        "headline": {"headline": evil, "headline_end": 0},
        "bylines": {"bylines": [evil]},
        "furniture": {"furniture": [[evil, evil]]},
        "warnings": {"warnings": [evil]},
        "note": {"ed_note": evil},
    }.get(field, {})
    outlet = OutletFactory(name=evil) if field == "outlet" else OutletFactory()
    copy = version(f"Aground: {evil if field == 'text' else 'yes'} it is.", article=ArticleFactory(outlet=outlet))
    ArticleVersion.objects.filter(pk=copy.pk).update(**about)
    claim = ClaimFactory(version=copy, start=20, end=30)
    if field == "speaker":
        Claim.objects.filter(pk=claim.pk).update(speaker=SpeakerFactory(name=evil), speaker_role=evil, marks=[evil])
    page = page_of(as_user, editor, f"/articles/{copy.article_id}/")
    assert evil not in page
    assert "alert(1)" in page


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"published": None}, "time of publication unknown: relative dates are left open"),
        ({"work": "waiting"}, "The worker has not finished"),
        ({"work": "extracting"}, "The worker has not finished"),
        ({"work": "failed", "error": "The worker stopped 3 times."}, "The worker stopped 3 times."),
        ({"status": "killed"}, "killed"),
        ({"agencies": ["Northern Wire"]}, "Agencies credited: Northern Wire"),
        ({"dateline_place": "Callis"}, "Dateline Callis"),
        ({"warnings": ["Two bylines."]}, "Two bylines."),
        ({"furniture": [["read_more", "Read on"]]}, "Left out of the copy: 1 piece"),
        ({}, "No claims found"),
    ],
)
def test_what_is_said_of_a_version(as_user: AsUser, editor: User, about: dict[str, object], words: str) -> None:
    copy = ArticleVersionFactory(**about)
    assert words in page_of(as_user, editor, f"/articles/{copy.article_id}/")


def test_newest_version_is_shown_and_older_ones_are_a_link_away(as_user: AsUser, editor: User) -> None:
    article = ArticleFactory()
    ArticleVersionFactory(article=article, number=1, headline="First", version_created="2024-01-01T00:00Z")
    ArticleVersionFactory(article=article, number=2, headline="Second", version_created="2024-01-02T00:00Z")
    assert "Second" in page_of(as_user, editor, f"/articles/{article.pk}/")
    assert "First" in page_of(as_user, editor, f"/articles/{article.pk}/?version=1")
    for wrong in ("3", "x", "9" * 30):
        page_of(as_user, editor, f"/articles/{article.pk}/?version={wrong}", 404)


def test_list_is_filtered_by_outlet_and_words(as_user: AsUser, editor: User) -> None:
    one, two = ArticleVersionFactory(headline="Ferry late"), ArticleVersionFactory(headline="Levee holds")
    assert "Ferry late" in (page := page_of(as_user, editor, "/articles/?q=FERRY")) and "Levee holds" not in page
    page = page_of(as_user, editor, f"/articles/?outlet={two.article.outlet_id}")
    assert "Levee holds" in page and "Ferry late" not in page
    page = page_of(as_user, editor, f"/articles/?outlet={'9' * 30}&q={one.headline}")
    assert "There is no such outlet." in page and "Ferry late" in page
    assert "Nothing fits this filter" in page_of(as_user, editor, "/articles/?q=zeppelin")


def test_queries_do_not_grow(as_user: AsUser, editor: User) -> None:
    browser, copy = as_user(editor), long_version(50)
    full_claim(copy, 1)
    urls = (f"/articles/{copy.article_id}/", "/articles/")
    before = [queries(browser, url) for url in urls]
    for number in range(2, 51):
        full_claim(copy, number)
    ArticleVersionFactory.create_batch(20)
    assert [queries(browser, url) for url in urls] == before
