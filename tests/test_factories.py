"""The rows that tests are made of keep the promises of the desk."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import ArticleVersion, Claim
from claims.permissions import Role, Verb, may
from tests.conftest import AsUser
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    DeliveryFactory,
    FigureFactory,
    LinkFactory,
    UserFactory,
    VerdictFactory,
)

pytestmark = pytest.mark.django_db


def test_claims_of_one_version_have_their_own_words() -> None:
    version = ArticleVersionFactory()
    ClaimFactory.create_batch(20, version=version)
    ClaimFactory(version=version, text="Two sheds")
    spans = {(claim.start, claim.end) for claim in Claim.objects.all()}
    assert len(spans) == 21
    assert all(claim.text == version.text[claim.start : claim.end] for claim in Claim.objects.all())


def test_figure_stands_in_its_claim() -> None:
    figure = FigureFactory()
    assert figure.claim.version.text[figure.start : figure.end] == figure.words == "12"


def test_verdict_comes_with_history_and_claim_state() -> None:
    verdict = VerdictFactory()
    assert verdict.published is not None
    assert verdict.claim.state == Claim.State.RULED
    awaiting = VerdictFactory(claim=FigureFactory().claim, rating="corroborated")
    assert awaiting.published is None


@pytest.mark.parametrize("role", list(Role))
def test_user_has_rights_of_role_only(role: Role) -> None:
    assert may(UserFactory(role=role), Verb.PULL)
    assert not may(UserFactory(), Verb.PULL)


def test_other_rows(chief: User, as_user: AsUser) -> None:
    assert LinkFactory().claim.version.work == ArticleVersion.Work.DONE
    assert DeliveryFactory().size == len(DeliveryFactory().raw)
    assert as_user(chief).session["_auth_user_id"] == str(chief.pk)
