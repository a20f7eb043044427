"""What the addresses of outlets, feeds and boards need in the table of roles."""

from __future__ import annotations

import uuid
from decimal import Decimal

from claims.board_words import Pairing, RowKey, say_of_sources, set_best_value
from claims.models import Claim, Outlet
from claims.outlet_merging import merge_outlets
from claims.relation_words import Standing, say_of_relation
from ingest.route_models import Feed
from tests.factories import EventFactory, FigureFactory, LinkFactory, OutletFactory, SpeakerFactory, UserFactory

WITH_PROPOSAL = ("claim-accept", "claim-dismiss-proposal")


def contested_claim() -> Claim:
    """A claim for which the rules propose *disputed*: another source counts otherwise."""
    event, claims = EventFactory(), []
    for low in (5, 9):
        claim = FigureFactory(claim__speaker=SpeakerFactory(), low=Decimal(low)).claim
        LinkFactory(claim=claim, event=event, state="confirmed")
        claims.append(claim)
    found: Claim = claims[0]
    return found


def feed(**about: object) -> Feed:
    mark = uuid.uuid4().hex
    given = {"url": f"https://gazette.example/{mark}", "name": f"Gazette {mark[:6]}", "by": UserFactory(role="chief")}
    return Feed.objects.create(**(given | about))


def merged() -> int:
    """The id of a merge that can be undone."""
    outlet, into = OutletFactory(), OutletFactory()
    return merge_outlets(outlet=outlet, into=into, by=UserFactory(role="chief"), seen=0).pk


def board_row(act: str) -> tuple[dict[str, object], dict[str, object]]:
    """An event with two figures on its board, and a person's word on each of its rows."""
    event, by, names, claims = EventFactory(), UserFactory(role="reviewer"), [], []
    for _ in range(2):
        claim = FigureFactory(claim__speaker=SpeakerFactory()).claim
        LinkFactory(claim=claim, event=event, state="confirmed")
        names.append(claim.speaker.name)
        claims.append(claim)
    pairing = Pairing("primary sources", *names, same=True)
    about: dict[str, object] = {"pk": event.pk}
    if act == "source-undo":
        about["word"] = say_of_sources(event=event, pairing=pairing, reason="One man.", by=by, seen=0).pk
    if act == "best-undo":
        row = RowKey("killed")
        about["value"] = set_best_value(event=event, row=row, value=Decimal(12), reason="Lists.", by=by, seen=0).pk
    if act == "relation-undo":
        standing = Standing("denies", *claims, holds=False)
        about["word"] = say_of_relation(event=event, standing=standing, reason="Of another.", by=by, seen=0).pk
    one, other = (claim.pk for claim in claims) if act.startswith("relation") else names
    form = {"level": pairing.level, "one": one, "other": other, "same": "yes", "scope": "event", "seen": 0}
    more = {"reason": "The register says so.", "measure": "killed", "value": "12", "kind": "denies"}
    return about, form | more


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
    if name.startswith("event-") and act != "new":
        return board_row(act)
    if kind in ("feed", "feeds"):
        form = {"name": "Post", "url": f"https://post.example/{uuid.uuid4().hex}", "minutes": 15, "seen": 0}
        return ({"pk": feed().pk} if act != "new" and kind == "feed" else {}), form
    return None
