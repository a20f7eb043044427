"""Programs at the door: clients with a token, and rows for them to pull."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from knox.models import AuthToken

from claims.models import Verdict
from claims.permissions import Role
from tests.factories import ClaimFactory, FigureFactory, LinkFactory, PlaceFactory, SpeakerFactory, UserFactory
from tests.factories import VerdictFactory as Ruled

WithToken = Callable[[User], Client]
Published = Callable[..., list[Verdict]]


@pytest.fixture
def with_token() -> WithToken:
    """``with_token(user)``: a program that holds a token of that account."""

    def program(user: User) -> Client:
        token = AuthToken.objects.create(user)[1]
        return Client(headers={"authorization": f"Token {token}"})

    return program


@pytest.fixture
def program(with_token: WithToken, client_account: User) -> Client:
    return with_token(client_account)


@pytest.fixture
def published(db: None) -> Published:
    """``published(n)``: so many published verdicts, each on a claim with all that a claim can have."""
    author = UserFactory(role=Role.REVIEWER)

    def rule(number: int = 1, **given: object) -> list[Verdict]:
        return [Ruled(claim=full_claim(), author=author, **given) for _ in range(number)]

    return rule


def full_claim() -> object:
    place = PlaceFactory()
    claim = ClaimFactory(speaker=SpeakerFactory())
    claim.places.add(place)
    FigureFactory(claim=claim, place=place)
    LinkFactory(claim=claim, state="confirmed")
    LinkFactory(claim=claim)
    return claim
