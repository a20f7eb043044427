"""The door: it opens for who has the key, and not for who tries them all."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(settings: Any) -> User:
    settings.AXES_FAILURE_LIMIT = 3
    return UserFactory(username="anna", role="editor")


def knock(name: str, secret: str, address: str = "192.0.2.7") -> HttpResponse:
    form = {"username": name, "password": secret}
    return Client(REMOTE_ADDR=address).post("/sign-in/", form)  # type: ignore[return-value]


def test_the_right_password_opens_after_some_wrong_ones(person: User) -> None:
    assert [knock("anna", "wrong").status_code for _ in range(2)] == [200, 200]
    assert knock("anna", "password").status_code == 302
    assert [knock("anna", "wrong").status_code for _ in range(2)] == [200, 200]


def test_too_many_tries_close_the_door_for_a_while_and_say_so(person: User) -> None:
    answers = [knock("anna", f"guess {number}") for number in range(4)]
    assert answers[-1].status_code == 429
    assert "15 minutes" in answers[-1].content.decode()
    assert knock("anna", "password").status_code == 429


def test_others_are_not_locked_out_by_it(person: User) -> None:
    UserFactory(username="berit", role="editor")
    for _ in range(4):
        knock("anna", "wrong")
    assert knock("berit", "password").status_code == 302
    assert knock("anna", "password", address="192.0.2.8").status_code == 302
