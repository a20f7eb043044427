"""The count board of an event, for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import rows
from claims.api.fields import Number
from claims.api.filters import check_names
from claims.api.moments import asked_moment, stamped
from claims.api.schema import AT, NOT_THERE, REFUSALS
from claims.api.views import Counted as Throttled
from claims.board import Row, Told
from claims.board_table import behind, key_of_best, key_of_row, reasons_of, told_in
from claims.comparison import Standing
from claims.errors import NotYet
from claims.event_board import EventBoard, event_board
from claims.event_merging import standing_of
from claims.independence import Group
from claims.models import BestValue, Claim, Event, Link
from claims.permissions import visible_to
from claims.wording import zoned


class BoardFigureSerializer(serializers.Serializer[dict[str, Any]]):
    claim = serializers.IntegerField(help_text="The claim that tells it.")
    low = Number(help_text="The lower end.")
    high = Number(allow_null=True, help_text="The upper end; null: there is none.")
    approximate = serializers.BooleanField()
    words = serializers.CharField()
    as_of = serializers.DateTimeField()
    speaker = serializers.CharField(help_text="Who says it; empty: the outlet in its own voice.")
    outlet = serializers.CharField()
    origin = serializers.CharField(help_text="Who knows it: `source …`, or where nobody is named `newsroom …`.")
    told = serializers.ChoiceField(
        choices=list(Told), help_text="A denied figure and one that its story no longer has stand in no range."
    )
    current = serializers.BooleanField(help_text="Whether it is among the latest of its source, and so in the range.")
    verified = serializers.BooleanField(help_text="Whether a published verdict corroborates its claim.")


class BoardReasonSerializer(serializers.Serializer[Any]):
    standing = serializers.ChoiceField(choices=list(Standing))
    rule = serializers.CharField(help_text="The id of the editorial rule, such as `R14`.")
    why = serializers.CharField()
    who = serializers.CharField(help_text="Who said the two figures.")


class BestValueSerializer(serializers.ModelSerializer[BestValue]):
    value = Number(help_text="Set by an editor, apart from the range.")

    class Meta:
        model = BestValue
        fields = ("value", "reason", "at")


class BoardRowSerializer(serializers.Serializer[dict[str, Any]]):
    """One measure of one place and population."""

    measure = serializers.CharField()
    place = serializers.CharField(help_text="Empty: the event as a whole.")
    population = serializers.CharField()
    unit = serializers.CharField()
    part = serializers.BooleanField(help_text="Whether it counts a part of a whole that is told beside it.")
    aggregate = serializers.BooleanField(help_text="Whether it counts over several days (R8).")
    low = Number(allow_null=True, help_text="The lowest of the latest figures; null: nobody asserts one.")
    high = Number(allow_null=True, help_text="The highest; null: no upper end, or nobody asserts one.")
    single = Number(allow_null=True, help_text="One number for who wants one: the low end.")
    standing = serializers.ChoiceField(choices=list(Standing))
    reasons = BoardReasonSerializer(many=True)
    outlets = serializers.IntegerField(help_text="How many outlets stand behind the latest figures.")
    newsrooms = serializers.IntegerField()
    sources = serializers.IntegerField(help_text="Primary sources; only these corroborate.")
    best = BestValueSerializer(allow_null=True)
    figures = BoardFigureSerializer(many=True)


class GroupSerializer(serializers.Serializer[Group]):
    """Names that count as one, and why they were merged."""

    name = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())
    statements = serializers.SerializerMethodField(help_text="How many claims stand behind it.")
    reasons = serializers.ListField(child=serializers.CharField())
    unnamed = serializers.BooleanField(help_text="Whether no person and no body is named.")

    def get_statements(self, group: Group) -> int:
        return len(group.voices)


class LedgerSerializer(serializers.Serializer[dict[str, Any]]):
    outlets = GroupSerializer(many=True)
    newsrooms = GroupSerializer(many=True)
    sources = GroupSerializer(many=True)
    interests = GroupSerializer(many=True)
    unattributed = serializers.IntegerField(help_text="How many claims name nobody.")


class BoardSerializer(serializers.Serializer[dict[str, Any]]):
    event = serializers.IntegerField(help_text="Of one that was merged: the event that it is a part of now.")
    rows = BoardRowSerializer(many=True)
    ledger = LedgerSerializer()
    left_out = serializers.IntegerField(help_text="How many claims with figures are beyond the first 300.")


class EventBoards(Throttled):
    """What is counted in one event by the claims that a person linked to it: who says which number, how they stand, and
    who stands behind them. Nothing is added up or averaged."""

    @extend_schema(
        operation_id="events_board", parameters=[AT], responses={200: BoardSerializer, **REFUSALS, **NOT_THERE}
    )
    def get(self, request: Request, pk: int) -> Response:
        check_names(request, {}, frozenset({"at"}))
        at = asked_moment(request)
        events = rows.events(visible_to(request.user, Link.objects.all()))
        event = visible_to(request.user, events).filter(pk=pk).first()
        if event is None:
            raise NotFound("There is no such event.")
        if at is not None and event.created > at:
            raise NotYet(f"There was no such event yet: it was made on {zoned(event.created)}.")
        event = standing_of(event) if at is None else event
        shown = event_board(event, visible_to(request.user, Claim.objects.all()), as_of=at)
        return stamped(Response(BoardSerializer(answer_of(event, shown)).data), at)


def answer_of(event: Event, shown: EventBoard) -> dict[str, Any]:
    ledger = shown.board.ledger
    best = {key_of_best(value): value for value in shown.best}
    groups = {name: getattr(ledger, name) for name in ("outlets", "newsrooms", "sources", "interests")}
    return {
        "event": event.pk,
        "rows": [row_of(row, shown, None if row.aggregate else best.get(key_of_row(row))) for row in shown.board.rows],
        "ledger": groups | {"unattributed": len(ledger.unattributed)},
        "left_out": shown.left_out,
    }


def row_of(row: Row, shown: EventBoard, best: BestValue | None) -> dict[str, Any]:
    outlets, newsrooms, sources = behind(row, shown.board.ledger)
    names = ("measure", "place", "population", "unit", "part", "aggregate")
    return {name: getattr(row, name) for name in names} | {
        "low": row.cell.low,
        "high": row.cell.high,
        "single": row.cell.low,
        "standing": row.cell.standing.value,
        "reasons": reasons_of(row),
        "outlets": outlets,
        "newsrooms": newsrooms,
        "sources": sources,
        "best": best,
        "figures": list(figures_of(row, shown)),
    }


def figures_of(row: Row, shown: EventBoard) -> Iterable[dict[str, Any]]:
    current = {each.key for each in row.cell.current}
    names = ("low", "high", "approximate", "words", "as_of", "speaker")
    for each in (*told_in(row), *row.past):
        mention = shown.mentions[each.key]
        yield {name: getattr(each, name) for name in names} | {
            "claim": mention.claim.pk,
            "outlet": each.voice.outlet,
            "origin": row.origins.get(each.key, ""),
            "told": each.told.value,
            "current": each.key in current,
            "verified": mention.verified,
        }
