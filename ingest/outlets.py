"""Which outlet published a piece of copy: what was stated, else the page's domain, its masthead, an agency's credit.

None rather than a guess. Outlets are found through the index of ``claims.outlets``; one that the desk's list of houses
knows is taken up from there when its copy first comes in, once.
"""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from claims.models import Outlet
from claims.outlets import OutletDraft, at_host, named, outlet_from_copy
from ingest.cleaning.data import table
from ingest.cleaning.names import House, agencies_in, find_house, houses
from ingest.wire.types import WireItem

MAX_NAME = 200
# What agencies send under their own name: there a credit says who published, and not only who reported.
AGENCY_FORMATS = frozenset({"newsml-g2", "nitf", "ninjs", "iptc7901", "anpa"})
KINDS = {"agency": Outlet.Kind.AGENCY, "outlet": Outlet.Kind.PUBLISHER}


def outlet_of(item: WireItem, stated: str) -> Outlet | None:
    """Who published the copy. ``stated`` is the name that was given when it was handed over, or nothing."""
    if stated.strip():
        return outlet_named(stated)
    host = host_of(item.url)
    return outlet_at(host) or by_masthead(item.outlet, host) or by_credit(item)


def outlet_named(name: str) -> Outlet | None:
    """The outlet that bears ``name`` or has it among its aliases, made where there is none; None for an empty name."""
    name = " ".join(name.replace("\x00", " ").split())[:MAX_NAME]
    if not any(map(str.isalnum, name)):
        return None
    found = named(name)
    if found is None and (house := find_house(name)):
        take_up(house)
        found = named(name)
    return found or outlet_from_copy(name)


def outlet_at(host: str) -> Outlet | None:
    """The outlet to whose domains ``host`` belongs, or None."""
    found = at_host(host) if host else None
    if found is None and (house := house_at(host)):
        take_up(house)
        found = at_host(host)
    return found


def by_masthead(name: str, host: str) -> Outlet | None:
    """The outlet that the page calls itself; None where it stands at a host that is none of that outlet's."""
    outlet = outlet_at(name.lower()) if "." in name and " " not in name.strip() else None
    outlet = outlet or outlet_named(name)
    return None if outlet is not None and host and outlet.domains else outlet


def by_credit(item: WireItem) -> Outlet | None:
    """The agency that an agency's own file credits, where that is one alone."""
    if item.format not in AGENCY_FORMATS or item.outlet:
        return None
    credited = {name for line in item.credits or item.bylines for name in agencies_in(line)}
    return outlet_named(credited.pop()) if len(credited) == 1 else None


def host_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def take_up(house: House) -> None:
    """Make the outlet that the desk's list describes, and those above it and whose copy it carries, each once."""
    if Outlet.objects.filter(house=house.name).exists():
        return
    outlet = outlet_from_copy(
        house.name,
        OutletDraft(
            name=house.name,
            kind=KINDS[house.kind],
            aliases=house.aliases,
            domains=tuple(table("outlets")["domains"].get(house.name, ())),
        ),
    )
    if outlet.seen:
        return
    above = outlet_named(table("outlets")["parents"].get(house.name, ""))
    if above is not None and above != outlet:
        Outlet.objects.filter(pk=outlet.pk, parent=None).update(parent=above)
    outlet.carries.add(*filter(None, map(outlet_named, table("outlets")["carries"].get(house.name, ()))))


def house_at(host: str) -> House | None:
    """The house of the desk's list at whose domain ``host`` lies."""
    labels = host.lower().removeprefix("www.").split(".")
    names = (_domains().get(".".join(labels[start:])) for start in range(len(labels) - 1))
    return next(filter(None, names), None)


@cache
def _domains() -> dict[str, House]:
    by_name = {house.name: house for house in houses()}
    return {domain: by_name[name] for name, domains in table("outlets")["domains"].items() for domain in domains}
