"""The acts on outlets, and the index by which they are found: the only place that writes either.

A name, an alias or a domain leads to one outlet or to none. Whoever would give one to a second outlet is told whose it
is, and may merge the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.changes import check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, Outlet, OutletName
from claims.names import fold
from claims.permissions import Verb

MAX_NAME = 200
MAX_WORDS = 100
MEANWHILE = "Somebody changed this outlet meanwhile. It is shown as it stands now; your change was not made."
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# Under these, in a country's domain, anybody may have a name: they are nobody's own.
ANYBODYS = frozenset({"ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "info", "mil", "ne", "net", "or", "org"})
NAME, DOMAIN = OutletName.Kind.NAME, OutletName.Kind.DOMAIN
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OutletDraft:
    """An outlet as a person describes it. ``domains`` may be whole addresses; ``parent`` and ``carries`` are rows."""

    name: str
    kind: str = Outlet.Kind.PUBLISHER
    parent: Outlet | None = None
    aliases: tuple[str, ...] = ()
    credit_lines: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    carries: tuple[Outlet, ...] = field(default=())


def named(name: str) -> Outlet | None:
    """The one outlet that bears this name or alias, in any case and with any marks."""
    return _found(NAME, [fold(name)])


def at_host(host: str) -> Outlet | None:
    """The outlet whose domain ``host`` is or lies under; the longest that is known."""
    try:
        labels = clean_domain(host).split(".")
    except Incomplete:
        return None
    return _found(DOMAIN, [".".join(labels[start:]) for start in range(len(labels) - 1)])


def _found(kind: str, keys: list[str]) -> Outlet | None:
    rows = OutletName.objects.filter(kind=kind, key__in=[key for key in keys if key]).select_related("outlet")
    longest = max(rows, key=lambda row: len(row.key), default=None)
    return longest.outlet if longest else None


def clean_domain(words: str) -> str:
    """A domain out of a domain, host or address, in lower case and ASCII. Raises ``Incomplete`` for what is none, or
    is nobody's own."""
    words = words.strip().lower()
    try:
        host = urlsplit(words if "//" in words else f"//{words}").hostname or ""
        host = host.rstrip(".").removeprefix("www.").encode("idna").decode("ascii")
    except ValueError as error:
        raise Incomplete(f"“{words[:100]}” is not a domain. Write it as example.org.", "domains") from error
    labels = host.split(".")
    if len(labels) < 2 or len(host) > MAX_NAME or labels[-1].isdecimal() or not all(map(LABEL.fullmatch, labels)):
        raise Incomplete(f"“{words[:100]}” is not a domain. Write it as example.org.", "domains")
    if len(labels) == 2 and labels[0] in ANYBODYS and len(labels[1]) == 2:
        raise Incomplete(f"Under {host} anybody may have a name. Give the whole domain.", "domains")
    return host


def standing(outlet: Outlet) -> Outlet:
    """The outlet itself, or the one that it was merged into in the end."""
    while outlet.merged_into is not None:
        outlet = outlet.merged_into
    return outlet


def create_outlet(*, draft: OutletDraft, by: User) -> Outlet:
    """Raises ``NotAllowed``, ``Incomplete``."""
    check(by, Verb.MANAGE, None, "change outlets")
    draft = checked(draft)
    with transaction.atomic():
        if Outlet.objects.filter(name=draft.name).exists():
            raise Incomplete(f"There is an outlet “{draft.name}” already.", "name")
        outlet = Outlet.objects.create(name=draft.name, kind=draft.kind, parent=draft.parent, **_lists(draft))
        outlet.carries.set(draft.carries)
        reindex(outlet)
        log(Activity.Kind.OUTLET_CHANGED, by, detail={"outlet": outlet.pk, "name": outlet.name, "made": True})
    return outlet


def change_outlet(*, outlet: Outlet, draft: OutletDraft, by: User, seen: int) -> None:
    """Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.MANAGE, outlet, "change outlets")
    draft = checked(draft, outlet)
    with transaction.atomic():
        unchanged = Outlet.objects.standing().filter(pk=outlet.pk, seen=seen)
        if Outlet.objects.filter(name=draft.name).exclude(pk=outlet.pk).exists():
            raise Incomplete(f"There is an outlet “{draft.name}” already. Merge the two if they are one.", "name")
        fields = {"name": draft.name, "kind": draft.kind, "parent": draft.parent, **_lists(draft)}
        if not unchanged.update(seen=seen + 1, **fields):
            raise Stale(MEANWHILE)
        before = outlet.name
        outlet.refresh_from_db()
        outlet.carries.set(draft.carries)
        reindex(outlet)
        log(Activity.Kind.OUTLET_CHANGED, by, detail={"outlet": outlet.pk, "name": outlet.name, "before": before})


def _lists(draft: OutletDraft) -> dict[str, list[str]]:
    return {
        "aliases": list(draft.aliases),
        "credit_lines": list(draft.credit_lines),
        "domains": list(draft.domains),
    }


def checked(draft: OutletDraft, outlet: Outlet | None = None) -> OutletDraft:
    """The draft without blanks, doubles and the own name among the aliases. Raises ``Incomplete``."""
    name = " ".join(draft.name.split())
    if not fold(name):
        raise Incomplete("Give the outlet a name.", "name")
    for words, where in ((draft.aliases, "aliases"), (draft.domains, "domains"), (draft.credit_lines, "credit_lines")):
        if len(words) > MAX_WORDS:
            raise Incomplete(f"{MAX_WORDS} lines are the most.", where)
    for word, where in [(name, "name"), *((w, "aliases") for w in draft.aliases)]:
        if len(word) > MAX_NAME:
            raise Incomplete(f"A name has at most {MAX_NAME} characters; this one has {len(word)}.", where)
    _check_family(draft, outlet)
    aliases = {fold(word): " ".join(word.split()) for word in reversed(draft.aliases) if fold(word) != fold(name)}
    return OutletDraft(
        name=name,
        kind=draft.kind,
        parent=draft.parent,
        aliases=tuple(word for key, word in reversed(aliases.items()) if key),
        credit_lines=tuple(dict.fromkeys(filter(None, (" ".join(line.split()) for line in draft.credit_lines)))),
        domains=tuple(dict.fromkeys(map(clean_domain, filter(str.strip, draft.domains)))),
        carries=draft.carries,
    )


def _check_family(draft: OutletDraft, outlet: Outlet | None) -> None:
    if outlet is not None and outlet in draft.carries:
        raise Incomplete("An outlet does not carry its own copy.", "carries")
    above, met = draft.parent, set[int]()
    while above is not None and above.pk not in met:
        if outlet is not None and above.pk == outlet.pk:
            raise Incomplete(f"{draft.parent} belongs to this outlet itself.", "parent")
        met.add(above.pk)
        above = above.parent


def keys_of(outlet: Outlet) -> list[Key]:
    """All that leads to the outlet by its own lists, each once."""
    keys = [(NAME.value, fold(word)) for word in (outlet.name, *outlet.aliases)]
    keys += [(DOMAIN.value, domain) for domain in outlet.domains]
    return [key for key in dict.fromkeys(keys) if key[1]]


def taken_from(outlet: Outlet | None, keys: Iterable[Key]) -> list[OutletName]:
    """Those of ``keys`` that lead to another outlet."""
    wanted = set(keys)
    rows = OutletName.objects.filter(key__in=[key for _, key in wanted]).select_related("outlet")
    return [row for row in rows if (row.kind, row.key) in wanted and (outlet is None or row.outlet_id != outlet.pk)]


def reindex(outlet: Outlet) -> None:
    """Let the index say what the outlet's lists say. Raises ``Incomplete`` where a word is another outlet's, ``Stale``
    where it became so this moment. The caller holds the transaction."""
    wanted = keys_of(outlet)
    for row in taken_from(outlet, wanted):
        what, where = ("name", "aliases") if row.kind == NAME else ("domain", "domains")
        if (row.kind, row.key) == (NAME, fold(outlet.name)):
            where = "name"
        raise Incomplete(
            f"The {what} “{row.key}” already leads to {row.outlet}. Remove it here or there, or merge the two.", where
        )
    present = {(row.kind, row.key): row.pk for row in outlet.names.all()}
    OutletName.objects.filter(pk__in=[pk for key, pk in present.items() if key not in set(wanted)]).delete()
    fresh = [OutletName(outlet=outlet, kind=kind, key=key) for kind, key in wanted if (kind, key) not in present]
    try:
        with transaction.atomic():
            OutletName.objects.bulk_create(fresh)
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error


@transaction.atomic
def outlet_from_copy(name: str, known: OutletDraft | None = None) -> Outlet:
    """The outlet of that name, made and found from now on where there is none. ``known`` is what the desk's own list of
    houses knows of it: the name of its entry, and lists from which words that are another outlet's are left out. An
    outlet that has lists of its own keeps them. Two workers get one row."""
    outlet, made = Outlet.objects.get_or_create(name=name)
    if known is not None:
        free = _free_lists(outlet, known)
        fresh = Outlet.objects.filter(pk=outlet.pk, aliases=[], domains=[], seen=0)
        fresh.update(kind=known.kind if made else outlet.kind, **free)
        Outlet.objects.filter(pk=outlet.pk).update(house=known.name)
        outlet.refresh_from_db()
    outlet = standing(outlet)
    rows = [OutletName(outlet=outlet, kind=kind, key=key) for kind, key in keys_of(outlet)]
    OutletName.objects.bulk_create(rows, ignore_conflicts=True)
    return outlet


def _free_lists(outlet: Outlet, known: OutletDraft) -> dict[str, list[str]]:
    keys = [(NAME.value, fold(word)) for word in known.aliases] + [(DOMAIN.value, word) for word in known.domains]
    others = {(row.kind, row.key) for row in taken_from(outlet, keys)}
    return {
        "aliases": [word for word in known.aliases if (NAME.value, fold(word)) not in others],
        "domains": [word for word in known.domains if (DOMAIN.value, word) not in others],
    }
