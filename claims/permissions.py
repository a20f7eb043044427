"""Who may do what. ``may`` answers for one row, ``visible_to`` for a set of rows; a test holds them together."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.db import models

from claims.models import Verdict

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
KNOWN = "_desk_rights"
AnyUser = User | AnonymousUser | AbstractBaseUser


class Verb(StrEnum):
    READ = "read"
    UPLOAD = "upload"
    LINK = "link"
    RULE = "rule"
    SIGN_OFF = "sign_off"
    MANAGE = "manage"
    PULL = "pull"


class Role(StrEnum):
    EDITOR = "editor"
    REVIEWER = "reviewer"
    CHIEF = "chief"
    CLIENT = "client"


RIGHTS: dict[str, frozenset[Verb]] = {
    Role.EDITOR: frozenset({Verb.READ, Verb.UPLOAD, Verb.PULL}),
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
    if verb not in rights(user):
        return False
    if isinstance(row, Verdict):
        if verb is Verb.SIGN_OFF:
            return row.author_id != user.pk
        if verb is Verb.PULL:
            return Verb.READ in rights(user) or row.published_id is not None
    return True


def visible_to(user: AnyUser, rows: Rows) -> Rows:
    """The rows that ``user`` may pull; of verdicts, a client sees the published ones."""
    if Verb.PULL not in rights(user):
        return rows.none()
    if rows.model is Verdict and Verb.READ not in rights(user):
        return rows.filter(published__isnull=False)
    return rows
