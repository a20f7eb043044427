"""Who may open the intake pages, the desk and the door."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import DeliveryFactory

AsUser = Callable[[User], Client]
READERS = {"editor", "reviewer", "chief"}
UPLOADERS = {"editor", "chief"}
PAGES = [
    ("get", "desk", READERS, 200),
    ("get", "components", READERS, 200),
    ("get", "ledger", READERS, 200),
    ("get", "batch", READERS, 200),
    ("get", "upload", UPLOADERS, 200),
    ("post", "upload", UPLOADERS, 422),
    ("get", "raw", UPLOADERS, 200),
    ("post", "retry", UPLOADERS, 303),
]


@pytest.mark.parametrize("who", ["editor", "reviewer", "chief", "client_account", "stranger", "nobody"])
@pytest.mark.parametrize(("method", "name", "allowed", "status"), PAGES)
def test_only_who_has_the_right_gets_in(
    request: pytest.FixtureRequest,
    db: None,
    as_user: AsUser,
    who: str,
    method: str,
    name: str,
    allowed: set[str],
    status: int,
) -> None:
    row = DeliveryFactory(state="failed")
    part = {"batch": [row.batch.public_id], "raw": [row.pk], "retry": [row.pk]}.get(name, [])
    address = reverse(name, args=part)
    browser = Client() if who == "nobody" else as_user(request.getfixturevalue(who))
    answer = getattr(browser, method)(address)
    if who == "nobody":
        assert answer.status_code == 302
        assert answer["Location"] == f"/sign-in/?next={address}"
    else:
        assert answer.status_code == (status if who in allowed else 403)


@pytest.mark.parametrize("name", ["retry", "theme", "sign-out"])
def test_a_change_is_never_made_by_looking(editor: User, as_user: AsUser, name: str) -> None:
    address = reverse(name, args=[DeliveryFactory(state="failed").pk] if name == "retry" else [])
    assert as_user(editor).get(address).status_code == 405


def test_a_form_without_its_token_is_refused_in_words(editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    answer = browser.post(reverse("upload"), {"text": "A\n\nB."})
    assert answer.status_code == 403
    assert "Please send it again" in answer.text
