"""The act on a pair of copies: a person's word on whether one is derived from the other."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.changes import check, check_reason, log, stir_around
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, Reuse
from claims.permissions import Verb, may

CHANGED = "Somebody changed this pair meanwhile. It is shown as it stands now; your change was not made."


def relabel(*, reuse: Reuse, label: str, reason: str, by: User, seen: int) -> None:
    """Say what a pair is, over what the machine says now or later. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, "say which copy is derived")
    if not (may(by, Verb.PULL, reuse.a) and may(by, Verb.PULL, reuse.b)):
        raise NotAllowed(f"{by.get_username()} may not see both of these articles.")
    if label not in Reuse.Label.values:
        raise Incomplete("Choose wholly derived, partly derived or not derived.", "label")
    words = check_reason(reason, "what you saw in the two texts")
    now = timezone.now()
    with transaction.atomic():
        standing = Reuse.objects.filter(pk=reuse.pk, seen=seen)
        if not standing.update(label=label, by=by, reason=words, decided=now, seen=seen + 1):
            raise Stale(CHANGED)
        detail = {"reuse": reuse.pk, "other": reuse.b_id, "from": reuse.label, "to": label}
        log(Activity.Kind.REUSE_LABELLED, by, version=reuse.a, detail=detail)
        stir_around(Q(version__in=(reuse.a_id, reuse.b_id)))
    reuse.label, reuse.by, reuse.reason, reuse.decided, reuse.seen = label, by, words, now, seen + 1
