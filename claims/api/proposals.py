"""What the rules would propose for a claim, and how often people agreed, for programs. Nothing here is a verdict."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.filters import check_names
from claims.api.permissions import MayRead
from claims.api.schema import NOT_THERE, REFUSALS
from claims.api.views import Counted
from claims.forms import AgreementFilter
from claims.models import Claim
from claims.outcomes import Judged, agreement, totals
from claims.permissions import visible_to
from claims.weighing import weigh
from claims.workflow import Rating


class FiredSerializer(serializers.Serializer[dict[str, Any]]):
    rule = serializers.CharField(help_text="The id of the editorial rule, such as `R32`.")
    words = serializers.CharField()
    claims = serializers.ListField(child=serializers.IntegerField(), help_text="The claims that it rests on.")


class CitedSerializer(serializers.Serializer[dict[str, Any]]):
    claim = serializers.IntegerField()
    words = serializers.CharField()
    who = serializers.CharField(help_text="Who says it.")


class ProposalSerializer(serializers.Serializer[dict[str, Any]]):
    """A proposal of the rules over the claims that people linked; no person has decided anything."""

    claim = serializers.IntegerField()
    rating = serializers.ChoiceField(
        choices=list(Rating), allow_null=True, help_text="Null: the rules propose none, and `rules` say why."
    )
    rules = FiredSerializer(many=True)
    rests_on = CitedSerializer(many=True)
    against = CitedSerializer(many=True)
    would_change = serializers.ListField(child=serializers.CharField())
    producer = serializers.CharField(help_text="What made it, and its version.")


class JudgedSerializer(serializers.Serializer[Judged]):
    """How often a rule held in proposals that people decided on."""

    rule = serializers.CharField(help_text="Empty: all proposals, each counted once.")
    proposed = serializers.IntegerField()
    accepted = serializers.IntegerField()
    changed = serializers.IntegerField(help_text="Another rating was ruled.")
    dismissed = serializers.IntegerField()
    agreed = serializers.FloatField(help_text="The share that was accepted, 0 to 1.")


class AgreementSerializer(serializers.Serializer[dict[str, Any]]):
    whole = JudgedSerializer()
    rules = JudgedSerializer(many=True)


class ClaimProposal(Counted):
    """What the rules would propose for a claim, on which sentences it rests, and what would change it."""

    @extend_schema(operation_id="claims_proposal", responses={200: ProposalSerializer, **REFUSALS, **NOT_THERE})
    def get(self, request: Request, pk: int) -> Response:
        check_names(request, {}, frozenset())
        rows = visible_to(request.user, Claim.objects.select_related("version"))
        claim = rows.filter(pk=pk).first()
        if claim is None or claim.version.held_back:
            raise NotFound("There is no such claim, or nothing is proposed while it is under embargo.")
        told = asdict(weigh(claim).proposal) | {"claim": claim.pk}
        return Response(ProposalSerializer(told).data)


class Agreement(Counted):
    """How often people agreed with what the rules propose, rule by rule."""

    permission_classes = (MayRead,)

    @extend_schema(
        operation_id="agreement",
        parameters=[
            OpenApiParameter("day_from", date, description="The first day that counts."),
            OpenApiParameter("day_to", date, description="The last day that counts."),
        ],
        responses={200: AgreementSerializer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        check_names(request, {}, frozenset({"day_from", "day_to"}))
        since, until = window_of(request)
        answer = {"whole": totals(since, until), "rules": agreement(since, until)}
        return Response(AgreementSerializer(answer).data)


def window_of(request: Request) -> tuple[datetime | None, datetime | None]:
    filters = AgreementFilter(request.query_params)
    if not filters.is_valid():
        raise ValidationError({name: list(map(str, errors)) for name, errors in filters.errors.items()})
    return filters.window
