"""Bytes into the ledger: every file gets its row, whatever it holds."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks

from claims.errors import Incomplete, NotAllowed
from ingest import receive
from ingest.models import Batch, Delivery
from ingest.receive import Incoming

pytestmark = pytest.mark.django_db
COPY = b"Ferry burns off Turku\n\nThe coastguard said 12 people were hurt on Monday."


def file(raw: bytes = COPY, name: str = "ferry.txt") -> Incoming:
    return Incoming(name, raw, len(raw))


def test_a_file_waits_with_its_bytes_and_its_bell(
    editor: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as bells:
        batch = receive.receive([file()], by=editor, outlet_name=" Harbour  Post ")
    delivery = batch.deliveries.get()
    assert (bytes(delivery.raw), delivery.stage, delivery.size) == (COPY, "received", len(COPY))
    assert len(bells) == 1


def test_the_same_bytes_are_named_and_linked(editor: User) -> None:
    first = receive.receive([file()], by=editor).deliveries.get()
    second, third = receive.receive([file(name="copy.txt"), file(name="again.txt")], by=editor).deliveries.order_by(
        "pk"
    )
    assert {second.duplicate_of, third.duplicate_of} == {first}
    assert (second.state, bytes(second.raw)) == ("duplicate", b"")
    assert "ferry.txt" in second.reason


def test_bytes_that_were_refused_may_come_again(editor: User) -> None:
    receive.receive([file()], by=editor)
    Delivery.objects.update(state="rejected")
    assert receive.receive([file()], by=editor).deliveries.get().state == "received"


def test_too_large_a_file_is_refused_with_both_numbers(editor: User, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1000
    batch = receive.receive([file(), Incoming("big.txt", None, 20_000_000)], by=editor)
    big = batch.deliveries.get(filename="big.txt")
    assert (big.state, bytes(big.raw)) == ("rejected", b"")
    assert "20,000,000" in big.reason
    assert "1,000" in big.reason
    assert batch.deliveries.exclude(pk=big.pk).get().state == "received"


def test_too_many_files_are_refused_before_any_is_taken(editor: User, settings: Any) -> None:
    settings.MAX_FILES = 2
    with pytest.raises(Incomplete, match="None was taken"):
        receive.receive([file(bytes([65 + n])) for n in range(3)], by=editor)
    assert not Batch.objects.exists()


def test_nothing_chosen_is_said(editor: User) -> None:
    with pytest.raises(Incomplete, match="at least one"):
        receive.receive([], by=editor)


@pytest.mark.parametrize("name", ["reviewer", "client_account", "stranger"])
def test_who_may_not_upload(request: pytest.FixtureRequest, name: str) -> None:
    with pytest.raises(NotAllowed):
        receive.receive([file()], by=request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["x" * 4000, "a\x00b\nc.txt", "", "../../etc/passwd", "\u202egnp.txt"])
def test_odd_names_are_kept_within_bounds(editor: User, name: str) -> None:
    kept = receive.receive([file(name=name)], by=editor).deliveries.get()
    assert len(kept.filename) <= 255
    assert kept.filename.isprintable() or not kept.filename
    assert str(kept)


@pytest.mark.django_db(transaction=True)
def test_two_people_bring_the_same_file_at_once(editor: User) -> None:
    gate = threading.Barrier(4, timeout=10)

    def bring(_: int) -> None:
        try:
            gate.wait()
            receive.receive([file()], by=editor)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as people:
        list(people.map(bring, range(4), timeout=30))
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["duplicate"] * 3 + ["received"]
