"""Suggestions of one speaker under two names, and what people make of them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks

from claims import pipeline, speaker_matching, tasks
from claims.errors import Incomplete, NotAllowed, Stale
from claims.event_board import event_board
from claims.models import Activity, Claim, Speaker, SpeakerKey, SpeakerMatch
from claims.speaker_matching import match_in_event, match_speakers, note_introductions
from claims.speaker_merging import confirm_match, merge_speakers, reject_match, undo_match
from tests.factories import (
    ArticleVersionFactory,
    ClaimFactory,
    EventFactory,
    FigureFactory,
    LinkFactory,
    SpeakerFactory,
)

pytestmark = pytest.mark.django_db
State = SpeakerMatch.State


def speaker(name: str, kind: str = "person", role: str = "") -> Speaker:
    row = SpeakerFactory(name=name, kind=kind)
    ClaimFactory(speaker=row, speaker_role=role)
    return row


def looked_at() -> set[tuple[str, str, bool]]:
    while match_speakers():
        pass
    return {(row.one.name, row.other.name, row.sure) for row in SpeakerMatch.objects.all()}


def match_of(one: Speaker, other: Speaker) -> SpeakerMatch:
    return SpeakerMatch.objects.get(one=min(one, other, key=lambda s: s.pk), other=max(one, other, key=lambda s: s.pk))


def heads() -> dict[str, str]:
    return {row.name: row.shown.name for row in Speaker.objects.select_related("merged_into")}


def test_what_is_suggested_and_nothing_is_merged() -> None:
    for name in ("Dmytro Halenko", "Petro Halenko", "Dmitro Halenko", "Halenko", "Vladimir Tesla", "Volodymyr Tesla"):
        speaker(name)
    for name in ("World Health Organization", "WHO", "Defence Ministry", "Ministry of Defense", "Harbour Office"):
        speaker(name, "body")
    assert looked_at() == {
        ("Dmytro Halenko", "Dmitro Halenko", True),
        ("Vladimir Tesla", "Volodymyr Tesla", False),
        ("World Health Organization", "WHO", True),
        ("Defence Ministry", "Ministry of Defense", True),
    }
    assert not Speaker.objects.filter(merged_into__isnull=False).exists()
    row = match_of(Speaker.objects.get(name="Vladimir Tesla"), Speaker.objects.get(name="Volodymyr Tesla"))
    assert "it may be two people" in row.reasons[0] and row.producer == "names 1"


def test_two_workers_in_any_order_find_the_same() -> None:
    names = ["Dmytro Halenko", "Dmitro Halenko", "D. Halenko", "Petra Lund"]
    for name in reversed(names):
        speaker(name)
    assert {frozenset(pair[:2]) for pair in looked_at()} == {
        frozenset(("Dmytro Halenko", "Dmitro Halenko")),
        frozenset(("Dmytro Halenko", "D. Halenko")),
        frozenset(("Dmitro Halenko", "D. Halenko")),
    }


def test_looking_again_changes_nothing_that_a_person_decided(reviewer: User) -> None:
    one, other = speaker("Dmytro Halenko"), speaker("Dmitro Halenko")
    looked_at()
    reject_match(match=match_of(one, other), by=reviewer, seen=0)
    Speaker.objects.update(matched=None)
    looked_at()
    row = SpeakerMatch.objects.get()
    assert (row.state, row.by, row.seen) == (State.REJECTED, reviewer, 1)


def test_a_key_that_many_have_is_added_to_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_matching, "MOST_HOLDERS", 3)
    monkeypatch.setattr(speaker_matching, "AT_ONCE", 1)
    for letter in "BCDFGHKLM":
        speaker(f"{letter}. Lund")
    looked_at()
    assert (
        max(SpeakerKey.objects.filter(key=key).count() for key in SpeakerKey.objects.values_list("key", flat=True)) <= 3
    )


def test_it_costs_the_same_on_a_large_desk() -> None:
    counts = []
    for rows, pair in ((5, ("Dmytro Halenko", "Dmitro Halenko")), (60, ("Ihor Varga", "Igor Varga"))):
        Speaker.objects.bulk_create(
            [
                Speaker(name=f"Maren {'abcdefgh'[n % 8] * 2}olt{n}", key=f"m {rows} {n}", kind="person")
                for n in range(rows)
            ]
        )
        speaker(pair[0])
        looked_at()
        speaker(pair[1])
        with CaptureQueriesContext(connection) as caught:
            match_speakers()
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_brackets_of_copy_make_sure_and_those_under_embargo_say_nothing() -> None:
    def version(status: str) -> None:
        row = ArticleVersionFactory(
            status=status, headline="", headline_end=0, body="The Harbour Workers Union (HWU) met."
        )
        ClaimFactory(version=row, speaker=long)
        note_introductions(row)

    long, short = speaker("Harbour Workers Union", "body"), speaker("HWU", "body")
    version("embargoed")
    assert looked_at() == {(long.name, "HWU", False)}
    version("usable")
    assert looked_at() == {(long.name, "HWU", True)}
    assert match_of(long, short).reasons == ["copy writes “Harbour Workers Union (HWU)”"]
    version("usable")
    assert not Speaker.objects.filter(matched=None).exists()


def test_a_bare_surname_is_suggested_inside_one_event() -> None:
    event = EventFactory(matched=None)
    full, bare, elsewhere = speaker("Dmytro Halenko"), speaker("Halenko"), speaker("Lund")
    for row in (full, bare):
        LinkFactory(event=event, claim=row.claims.get(), state="confirmed")
    looked_at()
    assert not SpeakerMatch.objects.exists()
    pipeline.match_event(event.pk)
    row = SpeakerMatch.objects.get()
    assert {row.one, row.other} == {full, bare} and event.title in row.reasons[-1]
    assert match_in_event(event) == 0 and elsewhere.pk not in (row.one_id, row.other_id)


def test_a_person_follows_a_suggestion_and_undoes_it(reviewer: User, editor: User) -> None:
    one, other = speaker("Dmytro Halenko"), speaker("Dmitro Halenko")
    looked_at()
    match = match_of(one, other)
    with pytest.raises(NotAllowed):
        confirm_match(match=match, keep=one.pk, by=editor, seen=0)
    with pytest.raises(Incomplete):
        confirm_match(match=match, keep=speaker("Petra Lund").pk, by=reviewer, seen=0)
    assert confirm_match(match=match, keep=other.pk, by=reviewer, seen=0) == other
    assert heads()["Dmytro Halenko"] == "Dmitro Halenko"
    assert {claim.speaker.name for claim in one.claims.all()} == {"Dmytro Halenko"}
    with pytest.raises(Stale):
        undo_match(match=match, by=reviewer, seen=0)
    undo_match(match=match, by=reviewer, seen=1)
    row = SpeakerMatch.objects.get(pk=match.pk)
    assert heads()["Dmytro Halenko"] == "Dmytro Halenko" and (row.state, row.by) == (State.SUGGESTED, None)
    kinds = Activity.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["speakers merged", "speakers parted"]


def test_a_merge_by_hand_needs_a_reason_and_the_speaker_as_it_was(reviewer: User) -> None:
    one, other = speaker("The Quay Fox"), speaker("Petra Lund")
    with pytest.raises(Incomplete):
        merge_speakers(speaker=one, into=other, reason=" ", by=reviewer, seen=0)
    with pytest.raises(Incomplete):
        merge_speakers(speaker=one, into=one, reason="A pen name.", by=reviewer, seen=0)
    with pytest.raises(Stale):
        merge_speakers(speaker=one, into=other, reason="A pen name.", by=reviewer, seen=3)
    assert not SpeakerMatch.objects.exists()
    match = merge_speakers(speaker=one, into=other, reason="A pen name.", by=reviewer, seen=0)
    with pytest.raises(Stale):
        merge_speakers(speaker=other, into=one, reason="A pen name.", by=reviewer, seen=1)
    undo_match(match=match, by=reviewer, seen=1)
    assert heads() == {"The Quay Fox": "The Quay Fox", "Petra Lund": "Petra Lund"}
    with pytest.raises(Incomplete):
        undo_match(match=match, by=reviewer, seen=2)


def test_whoever_is_parted_takes_along_what_was_merged_into_it(reviewer: User) -> None:
    a, b, c, d = (speaker(name) for name in ("Ada Lund", "Bea Holt", "Cia Varga", "Dea Okafor"))
    first = merge_speakers(speaker=a, into=b, reason="One woman.", by=reviewer, seen=0)
    second = merge_speakers(speaker=b, into=c, reason="One woman.", by=reviewer, seen=1)
    merge_speakers(speaker=d, into=c, reason="One woman.", by=reviewer, seen=0)
    assert set(heads().values()) == {"Cia Varga"}
    undo_match(match=SpeakerMatch.objects.get(pk=second.pk), by=reviewer, seen=1)
    assert heads() == {
        "Ada Lund": "Bea Holt",
        "Bea Holt": "Bea Holt",
        "Cia Varga": "Cia Varga",
        "Dea Okafor": "Cia Varga",
    }
    undo_match(match=SpeakerMatch.objects.get(pk=first.pk), by=reviewer, seen=1)
    assert heads()["Ada Lund"] == "Ada Lund"


def test_two_people_at_once(reviewer: User, chief: User) -> None:
    one, other = speaker("Dmytro Halenko"), speaker("Dmitro Halenko")
    looked_at()
    mine, theirs = match_of(one, other), match_of(one, other)
    reject_match(match=theirs, by=chief, seen=0)
    with pytest.raises(Stale):
        confirm_match(match=mine, keep=one.pk, by=reviewer, seen=0)
    assert heads()["Dmitro Halenko"] == "Dmitro Halenko"
    undo_match(match=theirs, by=chief, seen=1)
    assert SpeakerMatch.objects.get().state == State.SUGGESTED


def test_merged_names_are_one_source_on_a_board(reviewer: User) -> None:
    event, one, other = EventFactory(), speaker("Dmytro Halenko"), speaker("The Quay Fox")
    for number, row in enumerate((one, other)):
        claim = row.claims.get()
        FigureFactory(claim=claim, low=12 + number)
        LinkFactory(event=event, claim=claim, state="confirmed")

    def sources() -> list[tuple[str, ...]]:
        board = event_board(event, Claim.objects.all()).board
        return [group.names for group in board.ledger.sources]

    assert sorted(sources()) == [("Dmytro Halenko",), ("The Quay Fox",)]
    match = merge_speakers(speaker=other, into=one, reason="A pen name.", by=reviewer, seen=0)
    assert sources() == [("Dmytro Halenko",)]
    undo_match(match=match, by=reviewer, seen=match.seen)
    assert len(sources()) == 2


def test_the_bell_rings_again_until_all_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    monkeypatch.setattr(speaker_matching, "AT_ONCE", 2)
    for name in ("Ada Lund", "Bea Holt", "Cia Varga"):
        speaker(name)
    counts = []
    for _ in range(3):
        with django_capture_on_commit_callbacks() as bells:
            looked = tasks.match_speakers()
        counts.append((looked, len(bells)))
    assert counts == [(2, 1), (1, 0), (0, 0)]
