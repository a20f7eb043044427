"""Two outlets that are one: what a merge would move, the merge, and its undoing.

The outlet that goes stays as a row without articles or names, so that nothing is lost; the merge keeps what it moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from claims.changes import check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, Outlet, OutletMerge, OutletName
from claims.names import fold
from claims.outlets import MEANWHILE, keys_of, reindex, taken_from
from claims.permissions import Verb

LISTS = ("aliases", "credit_lines", "domains")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would do: rows that move, each kind with its number, and the words that the kept outlet gets."""

    moves: tuple[tuple[int, str], ...]
    added: dict[str, list[str]]


def preview_of(outlet: Outlet, into: Outlet) -> Preview:
    moves = [(rows.count(), str(rows.model._meta.verbose_name_plural)) for _, _, rows in pointing_to(outlet)]
    return Preview(tuple((number, words) for number, words in moves if number), added_by(outlet, into))


def added_by(outlet: Outlet, into: Outlet) -> dict[str, list[str]]:
    """Words of ``outlet`` that ``into`` does not have yet, by list. Its name becomes an alias."""
    given = {"aliases": [outlet.name, *outlet.aliases], "credit_lines": outlet.credit_lines, "domains": outlet.domains}
    own = {fold(into.name), *map(fold, into.aliases)}
    fresh = {name: [word for word in words if word not in getattr(into, name)] for name, words in given.items()}
    return fresh | {"aliases": [word for word in fresh["aliases"] if fold(word) not in own]}


def pointing_to(outlet: Outlet) -> Iterator[tuple[str, str, models.QuerySet[Any]]]:
    """Every column of the desk that points to an outlet, beside those of the merges themselves: its label, its name,
    the rows that point to this one."""
    for relation in Outlet._meta.related_objects:
        model, column = relation.related_model, relation.field.name
        apart = relation.many_to_many or model in (OutletName, OutletMerge) or column == "merged_into"
        if not apart and isinstance(model, type) and issubclass(model, models.Model):
            yield f"{model._meta.label_lower}.{column}", column, model._default_manager.filter(**{column: outlet})


def merge_outlets(*, outlet: Outlet, into: Outlet, by: User, seen: int) -> OutletMerge:
    """Make ``outlet`` a name of ``into``. Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is
    written."""
    check(by, Verb.MANAGE, outlet, "merge outlets")
    if outlet.pk == into.pk:
        raise Incomplete("Choose another outlet: this is the same one.", "into")
    with transaction.atomic():
        standing = Outlet.objects.standing()
        gone = standing.filter(pk=outlet.pk, seen=seen).update(merged_into=into, seen=seen + 1, parent=None)
        if not gone or not standing.filter(pk=into.pk).update(seen=F("seen") + 1):
            raise Stale(MEANWHILE)
        into.refresh_from_db()
        added = added_by(outlet, into) | {"parent": outlet.parent_id}
        merge = OutletMerge.objects.create(kept=into, merged=outlet, by=by, moved=_move(outlet, into), added=added)
        _unite(outlet, into, merge)
        log(Activity.Kind.OUTLETS_MERGED, by, detail={"outlet": into.pk, "name": into.name, "merged": outlet.name})
    return merge


def _move(outlet: Outlet, into: Outlet) -> dict[str, list[int]]:
    moved: dict[str, list[int]] = {}
    for label, column, rows in pointing_to(outlet):
        apart = rows.exclude(pk=into.pk) if rows.model is Outlet else rows
        if ids := list(apart.values_list("pk", flat=True)):
            moved[label] = ids
            apart.update(**{column: into})
    Outlet.objects.filter(pk=into.pk, parent=outlet).update(parent=None)
    return moved


def _unite(outlet: Outlet, into: Outlet, merge: OutletMerge) -> None:
    """Words, domains and agencies of both under the kept one."""
    before = set(into.carries.values_list("pk", flat=True))
    carries = [row.pk for row in outlet.carries.all() if row.pk not in before | {into.pk}]
    before = set(into.carried_by.values_list("pk", flat=True))
    carried_by = [row.pk for row in outlet.carried_by.all() if row.pk not in before | {into.pk}]
    into.carries.add(*carries)
    into.carried_by.add(*carried_by)
    merge.added |= {"carries": carries, "carried_by": carried_by}
    merge.save(update_fields=["added"])
    for name in LISTS:
        setattr(into, name, [*getattr(into, name), *merge.added[name]])
    into.save(update_fields=LISTS)
    OutletName.objects.filter(outlet=outlet).delete()
    reindex(into)


def undo_merge(*, merge: OutletMerge, by: User) -> None:
    """Let the merged outlet stand again with all that moved and still is where it was moved to. Raises ``NotAllowed``,
    ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.MANAGE, merge.merged, "merge outlets")
    kept, outlet = merge.kept, merge.merged
    with transaction.atomic():
        open_merge = OutletMerge.objects.filter(pk=merge.pk, undone__isnull=True)
        if not open_merge.update(undone=timezone.now(), undone_by=by):
            raise Stale("This merge was undone meanwhile.")
        if not Outlet.objects.standing().filter(pk=kept.pk).update(seen=F("seen") + 1):
            raise Incomplete(f"{kept} was itself merged since. Undo that merge first.")
        Outlet.objects.filter(pk=outlet.pk).update(merged_into=None, seen=F("seen") + 1, parent=merge.added["parent"])
        kept.refresh_from_db()
        outlet.refresh_from_db()
        _move_back(merge)
        _part(merge, kept, outlet)
        log(Activity.Kind.OUTLETS_PARTED, by, detail={"outlet": kept.pk, "name": kept.name, "parted": outlet.name})


def _move_back(merge: OutletMerge) -> None:
    for label, column, rows in pointing_to(merge.kept):
        ids = iter(merge.moved.get(label, ()))
        while some := list(islice(ids, AT_ONCE)):
            rows.filter(pk__in=some).update(**{column: merge.merged})


def _part(merge: OutletMerge, kept: Outlet, outlet: Outlet) -> None:
    kept.carries.remove(*merge.added["carries"])
    kept.carried_by.remove(*merge.added["carried_by"])
    for name in LISTS:
        setattr(kept, name, [word for word in getattr(kept, name) if word not in merge.added[name]])
    kept.save(update_fields=LISTS)
    reindex(kept)
    if others := taken_from(outlet, keys_of(outlet)):
        raise Incomplete(f"“{others[0].key}” now leads to {others[0].outlet}. Remove it there first.")
    reindex(outlet)
