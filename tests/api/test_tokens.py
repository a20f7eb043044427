"""Tokens: made, listed and revoked at the command line; good in the header, kept as digests, counted by account."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from knox.models import AuthToken
from pytest_django.fixtures import Settings

VERDICTS = "/api/v1/verdicts/"
WithToken = Callable[[User], Client]


def token(*words: str) -> str:
    out = StringIO()
    call_command("token", *words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def pull(key: str) -> int:
    return Client().get(VERDICTS, headers={"authorization": f"Token {key}"}).status_code


def test_a_new_client_gets_a_token_that_works_until_it_is_revoked(db: None) -> None:
    key = token("make", "quay-app", "--new")
    account = User.objects.get(username="quay-app")
    assert (pull(key), account.has_usable_password()) == (200, False)
    kept = AuthToken.objects.get()
    assert key not in (kept.digest, kept.token_key)
    assert token("list").startswith(f"{kept.token_key}  quay-app")
    assert token("revoke", key[:10]) == "Revoked 1 token."
    assert pull(key) == 401


def test_all_tokens_of_an_account_go_at_once_and_no_others(client_account: User, editor: User) -> None:
    first, second = token("make", "client"), token("make", "client", "--days", "2")
    other = token("make", "editor")
    assert token("revoke", "--account", "client") == "Revoked 2 tokens."
    assert [pull(key) for key in (first, second, other)] == [401, 401, 200]
    assert len(token("list").splitlines()) == 1
    assert token("list", "client") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("make", "nobody"), "no account"),
        (("make", "client", "--new"), "already"),
        (("make", "two words", "--new"), "account's name"),
        (("make", "client", "--days", "0"), "--days"),
        (("make", "client", "--days", "99999"), "--days"),
        (("make", "stranger"), "may not pull"),
        (("make", "gone"), "may not pull"),
        (("list", "nobody"), "no account"),
        (("revoke",), "first characters"),
        (("revoke", "abcdefgh", "--account", "client"), "first characters"),
        (("revoke", "abc"), "at least 6"),
        (("revoke", "zzzzzzzz"), "no such token"),
        (("revoke", "--account", "client"), "no such token"),
    ],
)
def test_mistakes_are_told(words: tuple[str, ...], said: str, client_account: User, stranger: User) -> None:
    User.objects.create(username="gone", is_active=False)
    with pytest.raises(CommandError, match=said):
        token(*words)
    assert not AuthToken.objects.exists()


@pytest.mark.parametrize(
    "header", ["Token", "Token x y", "Token \xff\xfe", "Token abc", "Bearer abc", "Basic YTpi", "x"]
)
def test_a_header_that_is_no_token_of_ours(header: str, db: None) -> None:
    response = Client().get(VERDICTS, headers={"authorization": header})
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")
    assert set(response.json()) == {"detail", "field"}


def test_a_token_is_over_when_its_days_or_its_account_are(client_account: User) -> None:
    key = token("make", "client")
    AuthToken.objects.update(expiry="2020-01-01T00:00:00Z")
    assert pull(key) == 401
    key = token("make", "client")
    User.objects.update(is_active=False)
    assert pull(key) == 401


@pytest.fixture
def slow(settings: Settings) -> None:
    rates = {"client": "3/min", "anonymous": "2/min"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": rates}


def test_requests_are_counted_by_account_over_all_its_tokens(
    slow: None, client_account: User, editor: User, with_token: WithToken
) -> None:
    first, second, other = with_token(client_account), with_token(client_account), with_token(editor)
    codes = [program.get(VERDICTS).status_code for program in (first, second, first, second)]
    assert codes == [200, 200, 200, 429]
    refused = first.get("/api/v1/claims/")
    assert (refused.status_code, set(refused.json())) == (429, {"detail", "field"})
    assert 0 < int(refused["Retry-After"]) <= 60
    assert other.get(VERDICTS).status_code == 200


def test_who_has_no_token_or_a_wrong_one_is_counted_by_address(slow: None, db: None) -> None:
    assert [pull("wrong"), Client().get(VERDICTS).status_code, pull("wrong")] == [401, 401, 429]
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert elsewhere.get(VERDICTS).status_code == 401


def test_who_has_no_right_is_counted_too(slow: None, stranger: User, with_token: WithToken) -> None:
    program = with_token(stranger)
    assert [program.get(VERDICTS).status_code for _ in range(4)] == [403, 403, 403, 429]
