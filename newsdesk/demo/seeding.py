"""Writes the demo desk: accounts with fresh passwords, outlets, events by the act, copy by the upload."""

from __future__ import annotations

import json
import secrets
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction
from knox.models import AuthToken

from claims.linking import EventDraft, create_event
from claims.models import Outlet
from claims.outlets import outlet_from_copy
from claims.permissions import Role
from ingest.receive import Incoming, receive
from newsdesk.demo import DEMO_MAIL

HERE = Path(__file__).parent
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
PEOPLE = (Role.EDITOR, Role.REVIEWER, Role.CHIEF)


def manifest() -> dict[str, list[dict[str, Any]]]:
    """Lists ``outlet``, ``event`` and ``copy`` of the demo desk."""
    return tomllib.loads((HERE / "manifest.toml").read_text("utf-8"))


def kept_in() -> Path:
    """Where the demo's passwords and token are kept, for their owner alone: the database holds digests only."""
    return settings.VAR_DIR / "demo.json"


def seed() -> None:
    """All of the demo desk, or nothing; the bells for the worker ring when it is written."""
    told = manifest()
    with transaction.atomic():
        secret = {role.value: password() for role in PEOPLE}
        users = {role: make_user(role, secret.get(role.value)) for role in Role}
        _, token = AuthToken.objects.create(users[Role.CLIENT])
        make_outlets(told["outlet"])
        make_events(told["event"], by=users[Role.REVIEWER])
        for copy in told["copy"]:
            take_in(copy, by=users[Role.EDITOR])
        keep({"people": secret, "token": token})


def password() -> str:
    """Twelve letters and figures that are not taken for each other, in groups: about 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def make_user(role: Role, secret: str | None) -> User:
    """``secret`` None: nobody signs in with a password. The chief may use the admin."""
    chief = role is Role.CHIEF
    user = User.objects.create_user(role.value, f"{role.value}{DEMO_MAIL}", secret, is_staff=chief, is_superuser=chief)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


def make_outlets(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        Outlet.objects.get_or_create(name=row["name"], defaults=row)
        outlet_from_copy(row["name"])


def make_events(rows: list[dict[str, Any]], *, by: User) -> None:
    for row in rows:
        day: date = row["day"]
        create_event(draft=EventDraft(row["title"], row["kind"], tuple(row["places"]), day, day), by=by)


def take_in(copy: dict[str, Any], *, by: User) -> None:
    raw = (HERE / "copy" / copy["file"]).read_bytes()
    file = Incoming(filename=copy["file"], raw=raw, size=len(raw))
    receive([file], by=by, outlet_name=copy["outlet"], published=copy["published"])


def keep(secret: dict[str, Any]) -> None:
    path = kept_in()
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps(secret, indent=1) + "\n", "utf-8")


def accounts_in_words(address: str) -> list[str]:
    """Who can sign in to the demo desk, and the command that pulls its verdicts; nothing where this is no demo desk."""
    if not User.objects.filter(email=f"{Role.EDITOR.value}{DEMO_MAIL}", is_active=True).exists():
        return []
    try:
        secret = json.loads(kept_in().read_text("utf-8"))
        people, token = dict(secret["people"]), str(secret["token"])
    except (OSError, ValueError, KeyError, TypeError):
        return [
            f"The demo's passwords were in {kept_in()}, which cannot be read. Set new ones: manage.py changepassword"
        ]
    return [
        "Demo accounts (delete or deactivate them before others can reach this desk):",
        *(f"  {name:10} {word}" for name, word in people.items()),
        f"  API client's token  {token}",
        "Pull the verdicts:",
        f'  curl -H "Authorization: Token {token}" {address}/api/v1/verdicts/',
        "",
    ]
