"""Copy with ids and times, as a wire sends it, and its way into the desk."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User

from claims.models import ArticleVersion
from ingest import load
from ingest.models import Delivery
from ingest.receive import Incoming, receive

LEAD = "A ferry caught fire off Turku on Monday and all 61 passengers were taken off, the coastguard said."
MORE = "The number of people hurt rose to 14 by noon, a hospital spokeswoman said on Monday."


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 3, hour, minute, tzinfo=UTC)


def item(uri: str = "urn:coast:1", created: datetime | None = None, text: str = LEAD, **more: Any) -> dict[str, Any]:
    """One item of ninjs; ``source`` is its outlet."""
    told: dict[str, Any] = {"uri": uri, "type": "text", "headline": "Ferry burns off Turku", "source": "Coast Wire"}
    if created:
        told["versioncreated"] = created.isoformat()
    if text:
        told["body_text"] = f"{text}\n\nThe cause of the fire is not known."
    told |= more
    return {name: value for name, value in told.items() if value is not None}


def ninjs(*args: Any, **more: Any) -> bytes:
    return json.dumps(item(*args, **more)).encode()


def several(*items: dict[str, Any]) -> bytes:
    return json.dumps(list(items)).encode()


def kill(uri: str = "urn:coast:1", created: datetime | None = None, **more: Any) -> bytes:
    """A notice without copy."""
    note = "Kill: the number of passengers was wrong."
    return ninjs(uri, created, "", **{"headline": None, "pubstatus": "canceled", "ednote": note, **more})


def enter(editor: User, raw: bytes, name: str = "wire.json", **about: Any) -> Delivery:
    return receive([Incoming(name, raw, len(raw))], by=editor, **about).deliveries.get()


def bring(editor: User, raw: bytes, name: str = "wire.json", **about: Any) -> Delivery:
    """In and loaded; its state says what came of it."""
    pk = enter(editor, raw, name, **about).pk
    load.load(pk)
    return fresh(pk)


def fresh(pk: int) -> Delivery:
    return Delivery.objects.select_related("version__article__outlet", "same_as").get(pk=pk)


def version_of(delivery: Delivery) -> ArticleVersion:
    assert delivery.version is not None, delivery.reason
    return delivery.version
