"""Where two people rule at once, their changes become readable in the order of their numbers."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, connections, transaction

from claims import verdicts
from claims.models import Claim, VerdictEntry
from claims.permissions import Role
from tests.factories import ClaimFactory, UserFactory

PATIENCE = 10


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time as it is")
def test_who_reads_a_number_has_read_all_before_it() -> None:
    Group.objects.get_or_create(name=Role.REVIEWER.value)
    by = UserFactory(role=Role.REVIEWER)
    first, second = ClaimFactory(), ClaimFactory()
    seen_when_second_was_done: list[int] = []

    def rule(claim: Claim) -> None:
        verdicts.record_verdict(
            claim=claim, rating="unverifiable", reason="Nobody else saw it.", evidence=[], by=by, seen=0
        )

    def rule_on_the_second() -> None:
        try:
            rule(second)
            seen_when_second_was_done.append(VerdictEntry.objects.count())
        finally:
            connections.close_all()

    other = threading.Thread(target=rule_on_the_second)
    with transaction.atomic():
        rule(first)
        other.start()
        other.join(timeout=0.5)
        assert seen_when_second_was_done == []
    other.join(timeout=PATIENCE)
    assert seen_when_second_was_done == [2]
    claims = VerdictEntry.objects.order_by("pk").values_list("verdict__claim", flat=True)
    assert list(claims) == [first.pk, second.pk]
    assert connection.vendor == "postgresql"
