"""Which outlet a name means."""

from __future__ import annotations

from claims.models import Outlet
from claims.names import fold


def outlet_named(name: str) -> Outlet | None:
    """The outlet that bears ``name`` or has it among its aliases, made where there is none; None for an empty name."""
    name = " ".join(name.split())[:200]
    if not name:
        return None
    key = fold(name)
    for outlet in Outlet.objects.all():
        if key in {fold(known) for known in (outlet.name, *outlet.aliases)}:
            return outlet
    return Outlet.objects.get_or_create(name=name)[0]
