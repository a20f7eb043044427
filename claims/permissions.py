"""Who may do what. ``may`` answers for one row, ``visible_to`` for a set of rows; a test holds them together."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.db import models
from django.db.models import Exists, OuterRef, Q

from claims.models import Activity, Article, ArticleVersion, Claim, Link, ProposalOutcome, Verdict
from claims.querysets import held_back

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
KNOWN = "_desk_rights"
# From each kind of row that an embargo hides, the way to the version that it is about.
OF_VERSION: dict[type[models.Model], str] = {
    ArticleVersion: "pk",
    Claim: "version",
    Verdict: "claim__version",
    Link: "claim__version",
    ProposalOutcome: "claim__version",
    Activity: "version",
}
AnyUser = User | AnonymousUser | AbstractBaseUser


class Verb(StrEnum):
    READ = "read"
    UPLOAD = "upload"
    LINK = "link"
    RULE = "rule"
    SIGN_OFF = "sign_off"
    MANAGE = "manage"
    PULL = "pull"
    EMBARGOED = "embargoed"


class Role(StrEnum):
    EDITOR = "editor"
    REVIEWER = "reviewer"
    CHIEF = "chief"
    CLIENT = "client"


RIGHTS: dict[str, frozenset[Verb]] = {
    Role.EDITOR: frozenset({Verb.READ, Verb.UPLOAD, Verb.PULL, Verb.EMBARGOED}),
    Role.REVIEWER: frozenset({Verb.READ, Verb.LINK, Verb.RULE, Verb.PULL}),
    Role.CHIEF: frozenset(Verb),
    Role.CLIENT: frozenset({Verb.PULL}),
}


def rights(user: AnyUser) -> frozenset[Verb]:
    """All verbs of the user's roles; read once per user object, since a page asks many times."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    known: frozenset[Verb] | None = getattr(user, KNOWN, None)
    if known is None:
        if getattr(user, "is_superuser", False):
            known = frozenset(Verb)
        else:
            roles = Group.objects.filter(user__pk=user.pk).values_list("name", flat=True)
            known = frozenset().union(*(RIGHTS.get(role, frozenset()) for role in roles))
        setattr(user, KNOWN, known)
    return known


def may(user: AnyUser, verb: Verb, row: models.Model | None = None) -> bool:
    """Whether ``user`` may do ``verb``, to ``row`` where one is given."""
    if verb not in rights(user) or (Verb.EMBARGOED not in rights(user) and under_embargo(row)):
        return False
    if isinstance(row, Verdict):
        if verb is Verb.SIGN_OFF:
            return row.author_id != user.pk
        if verb is Verb.PULL:
            return Verb.READ in rights(user) or row.published_id is not None
    return True


def visible_to(user: AnyUser, rows: Rows) -> Rows:
    """The rows that ``user`` may pull; of verdicts, a client sees the published ones. What is under embargo, only who
    has the right to it."""
    if Verb.PULL not in rights(user):
        return rows.none()
    if Verb.EMBARGOED not in rights(user):
        rows = without_embargoed(rows)
    if rows.model is Verdict and Verb.READ not in rights(user):
        return rows.filter(published__isnull=False)
    return rows


def without_embargoed(rows: Rows) -> Rows:
    """``rows`` without those that are about a version under embargo; the counterpart of ``under_embargo``."""
    held = ArticleVersion.objects.filter(held_back()).order_by()
    if rows.model is Article:
        own = ArticleVersion.objects.filter(article=OuterRef("pk")).order_by()
        return rows.filter(~Exists(own.filter(held_back())) | Exists(own.exclude(held_back())))
    way = OF_VERSION.get(rows.model)
    if way is None:
        return rows
    outside = ~Q(**{f"{way}__in": held.values("pk")})
    return rows.filter(outside | Q(version__isnull=True) if rows.model is Activity else outside)


def under_embargo(row: models.Model | None) -> bool:
    """Whether ``row`` is about a version under embargo; an article is where all its versions are."""
    if isinstance(row, Article):
        own = [version.held_back for version in row.versions.only("status", "embargo")]
        return bool(own) and all(own)
    if isinstance(row, Verdict | Link | ProposalOutcome):
        row = row.claim
    version = row.version if isinstance(row, Claim | Activity) else row
    return isinstance(version, ArticleVersion) and version.held_back
