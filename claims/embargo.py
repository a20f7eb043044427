"""Embargoes: one with a time is over when its time has passed (``querysets.held_back``), one without by a person."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.changes import check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, ArticleVersion
from claims.permissions import Verb


def lift(*, version: ArticleVersion, by: User) -> ArticleVersion:
    """Show ``version`` to everybody from now on. Raises ``NotAllowed``, ``Stale`` where it is not held back any more,
    ``Incomplete`` where it has a time of its own. What it changes in its story is settled when the caller rings."""
    check(by, Verb.EMBARGOED, version, "lift embargoes")
    if not version.held_back:
        raise Stale("This version is not under embargo any more.")
    if version.embargo is not None:
        raise Incomplete(f"This embargo lifts itself at {version.embargo:%H:%M on %-d %B %Y} (UTC).", "embargo")
    now = timezone.now()
    waiting = ArticleVersion.objects.filter(pk=version.pk, status=ArticleVersion.Status.EMBARGOED, embargo=None)
    with transaction.atomic():
        if not waiting.update(embargo=now):
            raise Stale("This version is not under embargo any more.")
        log(Activity.Kind.EMBARGO_LIFTED, by, version=version, detail={})
    version.embargo = now
    return version
