"""A version that was wrongly joined takes nothing with it that belongs to the story, nor leaves its marks there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims import carrying
from claims.extraction.types import Extraction
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor
from ingest import joining
from tests.factories import ArticleFactory, ArticleVersionFactory, ClaimFactory, FigureFactory
from tests.ingest.copies import at

pytestmark = pytest.mark.django_db
HEARD = "A fire in a warehouse killed 12 people on Monday, the harbour office said."
GONE = "Two sheds were destroyed."


def version(article: Article, hour: int, body: str, **about: object) -> ArticleVersion:
    made: ArticleVersion = ArticleVersionFactory(article=article, version_created=at(hour), body=body, **about)
    return made


def settle(*versions: ArticleVersion) -> None:
    for each in versions:
        carrying.carry_through(ArticleVersion.objects.get(pk=each.pk), Extraction((), (), ()))


@pytest.fixture
def first() -> ArticleVersion:
    return version(ArticleFactory(), 8, f"{HEARD} {GONE}")


def test_claims_go_home_with_all_their_parts(editor: User, first: ArticleVersion) -> None:
    claim = ClaimFactory(version=first, text=HEARD, touched=True, state="ruled")
    figure = FigureFactory(claim=claim, words="12")
    lost = ClaimFactory(version=first, text=GONE, touched=True)
    home, place = (claim.start, claim.end), (figure.start, figure.end)
    second = version(first.article, 9, f"The port is closed today. {HEARD} Nobody may go in.")
    settle(second)
    claim.refresh_from_db()
    lost.refresh_from_db()
    assert (claim.version, lost.orphaned_by) == (second, second)
    assert (claim.start, claim.end) != home
    joining.split(second, by=editor)
    claim, lost, figure = Claim.objects.get(pk=claim.pk), Claim.objects.get(pk=lost.pk), claim.figures.get()
    assert (claim.version, claim.start, claim.end) == (first, *home)
    assert first.text[claim.start : claim.end] == claim.text == HEARD
    assert (figure.start, figure.end) == place
    assert (claim.touched, claim.state, lost.orphaned_by) == (True, "ruled", None)
    assert not ClaimAnchor.objects.exists()
    assert set(ArticleVersion.objects.values_list("work", flat=True)) == {"waiting"}


def test_a_kill_that_is_split_off_gives_support_back(editor: User, first: ArticleVersion) -> None:
    claim = ClaimFactory(version=first, text=HEARD, touched=True)
    notice = ArticleVersionFactory(
        article=first.article, version_created=at(9), text="", headline="", change="kill", status="killed"
    )
    settle(first, notice)
    claim.refresh_from_db()
    assert claim.withdrawn_by == notice
    joining.split(notice, by=editor)
    claim.refresh_from_db()
    assert claim.withdrawn_by is None
    first.refresh_from_db()
    assert first.work == "waiting"


def test_what_a_version_brought_itself_goes_with_it(editor: User, first: ArticleVersion) -> None:
    second = version(first.article, 9, "The port of Hanko is closed, the harbour office said. Nobody may go in.")
    own = ClaimFactory(version=second, text="The port of Hanko is closed, the harbour office said.", touched=True)
    settle(first, second)
    joining.split(second, by=editor)
    own.refresh_from_db()
    assert own.version == second
    assert own.version.article != first.article
