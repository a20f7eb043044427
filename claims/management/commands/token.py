"""``manage.py token``: the keys with which programs read the desk."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from knox.models import AuthToken
from knox.settings import CONSTANTS

from claims.permissions import Role, Verb, may

MOST_DAYS = 3_650
SHORTEST_KEY = 6


class Command(BaseCommand):
    help = "Make, list or revoke the tokens of accounts that pull data. The desk keeps only a digest of each."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, parser_class=ArgumentParser)
        make = acts.add_parser("make", help="make a token and print it, once")
        make.add_argument("account")
        make.add_argument("--days", type=int, help="how many days it is good for (default: NEWSDESK_TOKEN_DAYS)")
        make.add_argument("--new", action="store_true", help="make the account, a client that cannot sign in, as well")
        listed = acts.add_parser("list", help="list the tokens by their first characters")
        listed.add_argument("account", nargs="?")
        revoke = acts.add_parser("revoke", help="revoke one token, by its first characters, or all of an account")
        revoke.add_argument("key", nargs="?")
        revoke.add_argument("--account", help="all tokens of this account")

    def handle(self, *args: Any, **options: Any) -> None:
        {"make": self.make, "list": self.show, "revoke": self.revoke}[options["act"]](options)

    def make(self, options: dict[str, Any]) -> None:
        days = options["days"]
        if days is not None and not 1 <= days <= MOST_DAYS:
            raise CommandError(f"--days takes 1 to {MOST_DAYS:,}.")
        with transaction.atomic():
            user = new_client(options["account"]) if options["new"] else account(options["account"])
            if not may(user, Verb.PULL):
                raise CommandError(f"{user.get_username()} may not pull data: make the account active, with a role.")
            token = AuthToken.objects.create(user, **({"expiry": timedelta(days=days)} if days else {}))[1]
        self.stderr.write(f"The token of {user.get_username()}, shown this once:")
        self.stdout.write(token)

    def show(self, options: dict[str, Any]) -> None:
        tokens = AuthToken.objects.select_related("user").order_by("user__username", "created", "digest")
        if options["account"]:
            tokens = tokens.filter(user=account(options["account"]))
        for token in tokens.iterator():
            ends = "never ends" if token.expiry is None else f"ends {token.expiry:%Y-%m-%d}"
            over = " (over)" if token.expiry and token.expiry < timezone.now() else ""
            made = f"made {token.created:%Y-%m-%d}"
            self.stdout.write(f"{token.token_key}  {token.user.get_username()}  {made}  {ends}{over}")

    def revoke(self, options: dict[str, Any]) -> None:
        key, name = options["key"], options["account"]
        if bool(key) == bool(name):
            raise CommandError("Give the first characters of one token, or --account NAME for all of an account.")
        found = AuthToken.objects.filter(user=account(name)) if name else matching(key)
        number = found.count()
        if not number:
            raise CommandError("There is no such token. `manage.py token list` shows them.")
        if key and number > 1:
            raise CommandError(f"{number} tokens begin with {key!r}: give more of its characters.")
        found.delete()
        self.stdout.write(f"Revoked {number} token{'s' * (number != 1)}.")


def matching(key: str) -> Any:
    """Tokens that begin with ``key``, which may be as much as the whole token."""
    if len(key) < SHORTEST_KEY:
        raise CommandError(f"Give at least {SHORTEST_KEY} characters of the token.")
    return AuthToken.objects.filter(token_key__startswith=key[: CONSTANTS.TOKEN_KEY_LENGTH])


def account(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"There is no account {name!r}. `token make --new {name}` makes one for a client.")
    return user


def new_client(name: str) -> User:
    if User.objects.filter(username=name).exists():
        raise CommandError(f"There is an account {name!r} already; leave out --new.")
    user = User(username=name)
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        raise CommandError(f"{name!r} cannot be an account's name: {'; '.join(error.messages)}") from error
    user.save()
    user.groups.add(Group.objects.get_or_create(name=Role.CLIENT.value)[0])
    return user
