"""The hand of a person on a desk of its own: ``python -m tests.processes.hand upload OUTLET FILE...``,
``rule CLAIM RATING``, ``ring PK TIMES`` or ``account NAME ROLE PASSWORD``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

# the apps must be set up before their models are imported, hence the imports inside


def upload(outlet: str, *names: str) -> None:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    from ingest.receive import Incoming, receive  # noqa: PLC0415

    user, _ = User.objects.get_or_create(username="hand")
    user.groups.add(Group.objects.get(name="editor"))
    files = [Incoming(path.name, path.read_bytes(), path.stat().st_size) for path in map(Path, names)]
    receive(files, by=user, outlet_name=outlet)


def ring(pk: str, times: str) -> None:
    from claims.tasks import extract_version  # noqa: PLC0415

    for _ in range(int(times)):
        extract_version.delay(int(pk))


def rule(claim: str, rating: str) -> None:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    from claims.models import Claim  # noqa: PLC0415
    from claims.verdicts import Exhibit, record_verdict  # noqa: PLC0415

    user, _ = User.objects.get_or_create(username="ruler")
    user.groups.add(Group.objects.get(name="reviewer"))
    row = Claim.objects.get(pk=int(claim))
    seen = Exhibit("for", note="The register of the fire brigade.")
    record_verdict(claim=row, rating=rating, reason="Read in the register.", evidence=[seen], by=user, seen=row.seen)


def link(claim: str, title: str) -> None:
    """Link a claim to the event of that title, which is made where there is none."""
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    from claims.linking import EventDraft, create_event, link_claim  # noqa: PLC0415
    from claims.models import Claim, Event  # noqa: PLC0415

    user, _ = User.objects.get_or_create(username="ruler")
    user.groups.add(Group.objects.get(name="reviewer"))
    event = Event.objects.filter(title=title).first() or create_event(draft=EventDraft(title), by=user)
    row = Claim.objects.get(pk=int(claim))
    link_claim(claim=row, event=event, by=user, seen=row.seen)


def account(name: str, role: str, password: str) -> None:
    from django.contrib.auth.models import Group, User  # noqa: PLC0415

    user = User.objects.create_user(name, password=password, is_staff=role == "chief")
    user.groups.add(Group.objects.get(name=role))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
    django.setup()
    {"upload": upload, "ring": ring, "rule": rule, "link": link, "account": account}[sys.argv[1]](*sys.argv[2:])
