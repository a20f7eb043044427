"""What people make of two names (R42): one speaker, or two; and its undoing.

Claims stay with the spelling under which they came, and are read through ``Speaker.merged_into``. Only a speaker that
stands by itself is merged, into another that does: the confirmed matches are a forest from ``merged`` to ``kept``, and
whoever is parted takes along all that was merged into it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from claims.changes import check, check_reason, log, stir_around
from claims.errors import Incomplete, Stale
from claims.models import Activity, Speaker, SpeakerMatch
from claims.permissions import Verb

MEANWHILE = "Somebody changed this meanwhile. It is shown as it stands now; your change was not made."
WORDS = "merge speakers"
State = SpeakerMatch.State


def merge_speakers(*, speaker: Speaker, into: Speaker, reason: str, by: User, seen: int) -> SpeakerMatch:
    """Say that ``speaker`` is ``into``, whose name is shown from now on. ``seen`` is the count of ``speaker``. Raises
    ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.LINK, None, WORDS)
    if speaker.pk == into.pk:
        raise Incomplete("Choose another speaker: this is the same one.", "into")
    words = check_reason(reason, "what shows that the two are one")
    one, other = sorted((speaker, into), key=lambda each: each.pk)
    try:
        with transaction.atomic():
            match, _ = SpeakerMatch.objects.get_or_create(one=one, other=other, defaults={"state": State.REJECTED})
            if not Speaker.objects.filter(pk=speaker.pk, seen=seen).exists():
                raise Stale(MEANWHILE)
            _turn(match, State.CONFIRMED, by, match.seen, reason=words, merged=speaker, kept=into)
            _unite(speaker, into, by, match)
    except IntegrityError as error:
        raise Stale(MEANWHILE) from error
    return match


def confirm_match(*, match: SpeakerMatch, keep: int, by: User, seen: int) -> Speaker:
    """Follow a suggestion: its two speakers, with all that was merged into them, are one from now on. ``keep`` is the
    id of the one whose name is shown; it is returned. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, WORDS)
    heads = {speaker.pk: speaker for speaker in (match.one.shown, match.other.shown)}
    if len(heads) < 2:
        raise Incomplete("These two are one speaker already.")
    if keep not in heads:
        raise Incomplete("Choose one of the two names to be shown.", "keep")
    kept = heads.pop(keep)
    gone = next(iter(heads.values()))
    with transaction.atomic():
        _turn(match, State.CONFIRMED, by, seen, merged=gone, kept=kept)
        _unite(gone, kept, by, match)
    return kept


def reject_match(*, match: SpeakerMatch, by: User, seen: int) -> None:
    """Say that the two are not one: it is not suggested again. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, "tell speakers apart")
    if match.state == State.CONFIRMED:
        raise Incomplete("These two were merged. Undo the merge first.")
    with transaction.atomic():
        _turn(match, State.REJECTED, by, seen)
        _log(Activity.Kind.SPEAKERS_TOLD_APART, by, match)


def undo_match(*, match: SpeakerMatch, by: User, seen: int) -> None:
    """Take back what a person decided on two names: a merge, or that they are two. What the machine suggested is
    suggested again. Raises ``NotAllowed``, ``Incomplete``, ``Stale``."""
    check(by, Verb.LINK, None, WORDS)
    if match.state == State.SUGGESTED or (match.state == State.REJECTED and not match.producer):
        raise Incomplete("Nothing was decided here that could be undone.")
    before = State.SUGGESTED if match.producer else State.REJECTED
    with transaction.atomic():
        gone, merged = match.merged, match.state == State.CONFIRMED
        _turn(match, before, by, seen)
        if merged and gone is not None:
            _part(gone)
        _log(Activity.Kind.SPEAKERS_PARTED if merged else Activity.Kind.SPEAKERS_REOPENED, by, match)


def _turn(match: SpeakerMatch, state: State, by: User, seen: int, **more: Any) -> None:
    """Move the match to ``state`` if it stands as the person saw it. A suggestion that stands again is nobody's."""
    decided = None if state is State.SUGGESTED else by
    changed = {"merged": None, "kept": None, "reason": ""} | more
    changed |= {"state": state, "by": decided, "at": timezone.now(), "seen": seen + 1}
    unchanged = SpeakerMatch.objects.filter(pk=match.pk, seen=seen, state=match.state)
    if match.state == state or not unchanged.update(**changed):
        raise Stale(MEANWHILE)
    for name, value in changed.items():
        setattr(match, name, value)


def _unite(gone: Speaker, kept: Speaker, by: User, match: SpeakerMatch) -> None:
    """``gone`` and all that was merged into it are read as ``kept``. Both must stand by themselves."""
    rows = _held(gone.pk, kept.pk)
    if len(rows) < 2 or any(row.merged_into_id is not None for row in rows):
        raise Stale(MEANWHILE)
    Speaker.objects.filter(merged_into=gone).update(merged_into=kept)
    Speaker.objects.filter(pk=gone.pk).update(merged_into=kept, seen=F("seen") + 1)
    Speaker.objects.filter(pk=kept.pk).update(seen=F("seen") + 1)
    _log(Activity.Kind.SPEAKERS_MERGED, by, match)
    stir_around(Q(speaker__in=(gone, kept)) | Q(speaker__merged_into=kept))


def _part(gone: Speaker) -> None:
    """``gone`` stands by itself again, with all that was merged into it."""
    gone.refresh_from_db()
    head = gone.merged_into_id
    if head is None:
        raise Stale(MEANWHILE)
    rows = {row.pk: row for row in _held(gone.pk, head)}
    if rows[gone.pk].merged_into_id != head:
        raise Stale(MEANWHILE)
    edges = SpeakerMatch.objects.filter(state=State.CONFIRMED, merged__merged_into=head)
    into = dict(edges.values_list("merged_id", "kept_id"))
    along = {pk for pk in into if gone.pk in _way_up(pk, into)}
    Speaker.objects.filter(pk__in=along).update(merged_into=gone)
    Speaker.objects.filter(pk=gone.pk).update(merged_into=None, seen=F("seen") + 1)
    Speaker.objects.filter(pk=head).update(seen=F("seen") + 1)
    stir_around(Q(speaker__in=(gone.pk, head)) | Q(speaker__merged_into__in=(gone.pk, head)))


def _way_up(pk: int, into: dict[int, int]) -> list[int]:
    """Those that ``pk`` was merged into, one after the other."""
    way: list[int] = []
    while pk in into and len(way) <= len(into):
        pk = into[pk]
        way.append(pk)
    return way


def _held(*pks: int) -> list[Speaker]:
    """The rows, locked in one order, so that two people who merge crosswise wait for each other."""
    return list(Speaker.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def _log(kind: Activity.Kind, by: User, match: SpeakerMatch) -> None:
    names = {"names": [match.one.name, match.other.name], "speakers": [match.one_id, match.other_id]}
    shown = {"kept": match.kept.name} if match.kept is not None else {}
    log(kind, by, detail={"match": match.pk} | names | shown)
