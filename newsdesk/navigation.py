"""The parts of the desk that an account may open, in the order of the work."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from claims.permissions import Verb, may

PARTS = (
    ("desk", "Desk", Verb.READ),
    ("upload", "Upload", Verb.UPLOAD),
    ("ledger", "Files", Verb.READ),
    ("articles", "Articles", Verb.READ),
    ("claims", "Claims", Verb.READ),
    ("events", "Events", Verb.READ),
    ("speakers", "Speakers", Verb.READ),
    ("outlets", "Outlets", Verb.READ),
    ("feeds", "Feeds", Verb.READ),
)


@dataclass(frozen=True, slots=True)
class Part:
    href: str
    word: str
    here: bool


def parts(request: HttpRequest) -> list[Part]:
    """What the navigation offers; ``here`` marks the part that the page belongs to."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    offered = [(reverse(name), word) for name, word, verb in PARTS if may(user, verb)]
    if user.is_staff:
        offered.append((reverse("admin:index"), "Admin"))
    return [Part(href, word, is_here(request.path, href)) for href, word in offered]


def is_here(path: str, href: str) -> bool:
    if path.startswith("/batches/"):
        return href == reverse("ledger")
    return path == href or (href != "/" and path.startswith(href))
