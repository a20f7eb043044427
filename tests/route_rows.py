"""What the addresses of outlets and feeds need in the table of roles."""

from __future__ import annotations

import uuid

from claims.models import Outlet
from claims.outlet_merging import merge_outlets
from ingest.route_models import Feed
from tests.factories import OutletFactory, UserFactory


def feed(**about: object) -> Feed:
    mark = uuid.uuid4().hex
    given = {"url": f"https://gazette.example/{mark}", "name": f"Gazette {mark[:6]}", "by": UserFactory(role="chief")}
    return Feed.objects.create(**(given | about))


def merged() -> int:
    """The id of a merge that can be undone."""
    outlet, into = OutletFactory(), OutletFactory()
    return merge_outlets(outlet=outlet, into=into, by=UserFactory(role="chief"), seen=0).pk


def row_for(name: str) -> tuple[dict[str, object], dict[str, object]] | None:
    """The arguments in the address, and a form that who may can send with success; None for another's address."""
    kind, _, act = name.partition("-")
    if kind in ("outlet", "outlets"):
        form: dict[str, object] = {"name": f"Post {uuid.uuid4().hex}", "kind": Outlet.Kind.PUBLISHER, "seen": 0}
        if act == "part":
            return {"pk": merged()}, {}
        if act == "merge":
            form["into"] = OutletFactory().name
        return ({"pk": OutletFactory().pk} if act in ("", "merge") and kind == "outlet" else {}), form
    if kind in ("feed", "feeds"):
        form = {"name": "Post", "url": f"https://post.example/{uuid.uuid4().hex}", "minutes": 15, "seen": 0}
        return ({"pk": feed().pk} if act != "new" and kind == "feed" else {}), form
    return None
