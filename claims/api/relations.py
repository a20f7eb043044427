"""How the claims of an event stand to each other, for programs."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import rows
from claims.api.filters import check_names
from claims.api.schema import NOT_THERE, REFUSALS
from claims.api.views import Counted as Throttled
from claims.event_relations import EventRelations, event_relations
from claims.models import Claim, Event, Link
from claims.permissions import visible_to
from claims.relations import Kind, Match, Naming, Relation, Rivalry, Side, Step, Variant

MOST_RELATIONS = 500


class SpanSerializer(serializers.Serializer[Any]):
    claim = serializers.IntegerField()
    start = serializers.IntegerField(help_text="An offset into the words of the claim.")
    end = serializers.IntegerField()


class StepSerializer(serializers.Serializer[Any]):
    """Words of two renderings that stand opposite each other; offsets into the words of the two claims."""

    match = serializers.ChoiceField(choices=list(Match))
    one = serializers.ListField(child=serializers.IntegerField(), allow_null=True, help_text="Start and end, or null.")
    other = serializers.ListField(child=serializers.IntegerField(), allow_null=True)


class RelationSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=list(Kind), help_text="How `one` stands to `other`.")
    one = serializers.IntegerField(help_text="A claim.")
    other = serializers.IntegerField()
    about = serializers.CharField(help_text="What is denied or revised, or the dimension of a different scope.")
    rules = serializers.ListField(child=serializers.CharField(), help_text="Ids of editorial rules, such as `R16`.")
    why = serializers.CharField()
    undecided = serializers.BooleanField(help_text="Whether only a person can say that the scope differs.")
    spans = SpanSerializer(many=True, help_text="The words that it rests on.")
    steps = StepSerializer(many=True, help_text="The aligned words of a `rendering`.")


class SideSerializer(serializers.Serializer[Any]):
    accused = serializers.CharField(help_text="The code of a state, or the folded name of another.")
    name = serializers.CharField()
    claims = serializers.ListField(child=serializers.IntegerField())


class RivalrySerializer(serializers.Serializer[Any]):
    """Two opposed attributions of responsibility."""

    one = SideSerializer()
    other = SideSerializer()


class UseSerializer(serializers.Serializer[Any]):
    claim = serializers.IntegerField()
    outlet = serializers.CharField()
    speaker = serializers.CharField(help_text="Of whom the claim tells; empty: the outlet in its own voice.")
    quoted = serializers.BooleanField(help_text="Whether the words are the speaker's own.")


class WaySerializer(serializers.Serializer[Any]):
    words = serializers.CharField(help_text="As they stand in the copy.")
    charged = serializers.BooleanField(help_text="Whether they take a side.")
    uses = UseSerializer(many=True)


class NamingSerializer(serializers.Serializer[Any]):
    thing = serializers.CharField(help_text="Its name in house style.")
    kind = serializers.CharField(help_text="`place`, `body` or `person`.")
    contested = serializers.BooleanField(help_text="Whether two ways at least differ in more than spelling.")
    ways = WaySerializer(many=True)


class RelationsSerializer(serializers.Serializer[Any]):
    event = serializers.IntegerField()
    relations = RelationSerializer(many=True)
    rivalries = RivalrySerializer(many=True)
    names = NamingSerializer(many=True)
    left_out = serializers.IntegerField(help_text="How many claims of the event are beyond the 300 that are compared.")
    relations_left_out = serializers.IntegerField(help_text="How many relations are beyond those that are given.")


class Relating(Throttled):
    """How the claims that a person linked to one event stand to each other: repeats, revises, denies, concedes,
    different scope, rival attributions of responsibility, renderings of one quotation; and what things are called."""

    @extend_schema(operation_id="events_relations", responses={200: RelationsSerializer, **REFUSALS, **NOT_THERE})
    def get(self, request: Request, pk: int) -> Response:
        check_names(request, {}, frozenset())
        events = rows.events(visible_to(request.user, Link.objects.all()))
        event = visible_to(request.user, events).filter(pk=pk).first()
        if event is None:
            raise NotFound("There is no such event.")
        shown = event_relations(event, visible_to(request.user, Claim.objects.all()))
        return Response(RelationsSerializer(answer_of(event, shown)).data)


def answer_of(event: Event, shown: EventRelations) -> dict[str, Any]:
    told = shown.relations
    return {
        "event": event.pk,
        "relations": [relation_of(each, shown) for each in told.relations[:MOST_RELATIONS]],
        "rivalries": [rivalry_of(each, shown) for each in told.rivalries],
        "names": [naming_of(each, shown) for each in shown.naming],
        "left_out": shown.left_out,
        "relations_left_out": told.left_out + max(0, len(told.relations) - MOST_RELATIONS),
    }


def relation_of(relation: Relation, shown: EventRelations) -> dict[str, Any]:
    names = ("about", "rules", "why", "undecided")
    return {name: getattr(relation, name) for name in names} | {
        "kind": relation.kind.value,
        "one": shown.claims[relation.one].pk,
        "other": shown.claims[relation.other].pk,
        "spans": [
            {"claim": shown.claims[each.statement].pk, "start": each.start, "end": each.end} for each in relation.spans
        ],
        "steps": [step_of(each) for each in relation.steps],
    }


def step_of(step: Step) -> dict[str, Any]:
    return {"match": step.match.value, "one": step.one, "other": step.other}


def rivalry_of(rivalry: Rivalry, shown: EventRelations) -> dict[str, Any]:
    return {"one": side_of(rivalry.one, shown), "other": side_of(rivalry.other, shown)}


def side_of(side: Side, shown: EventRelations) -> dict[str, Any]:
    return {"accused": side.accused, "name": side.name, "claims": [shown.claims[key].pk for key in side.statements]}


def naming_of(naming: Naming, shown: EventRelations) -> dict[str, Any]:
    ways = [way_of(each, shown) for each in naming.variants]
    return {"thing": naming.thing, "kind": naming.kind, "contested": naming.contested, "ways": ways}


def way_of(variant: Variant, shown: EventRelations) -> dict[str, Any]:
    uses = [
        {"claim": shown.claims[use.statement].pk, "outlet": use.outlet, "speaker": use.speaker, "quoted": use.quoted}
        for use in variant.uses
    ]
    return {"words": variant.words, "charged": variant.charged, "uses": uses}
