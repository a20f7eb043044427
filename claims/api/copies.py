"""Which other articles carry the text of one, for programs."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from claims.api.fields import Permalink
from claims.api.filters import PAGING, check_names
from claims.api.schema import NOT_THERE, REFUSALS
from claims.api.serializers import CarriedBySerializer
from claims.api.views import Counted
from claims.models import Article, ArticleVersion, Reuse
from claims.permissions import visible_to

MOST_VERSIONS = 500
DIRECTIONS = ("copy", "source", "common", "")


class ChangedFactSerializer(serializers.Serializer[dict[str, Any]]):
    """A fact that differs: its words in this article and in the other; empty where it is missing."""

    kind = serializers.ChoiceField(choices=["number", "name", "place", "day", "attribution", "denial", "opposite"])
    here = serializers.CharField(help_text="The words in the version of this article.")
    there = serializers.CharField(help_text="The words in the other article.")


class CopyEvidenceSerializer(serializers.Serializer[dict[str, Any]]):
    kind = serializers.ChoiceField(choices=["link", "credit", "byline", "cited", "text", "time"])
    whose = serializers.ChoiceField(choices=["here", "there", "both"])
    words = serializers.CharField()


class CopySerializer(serializers.ModelSerializer[Reuse]):
    """A pair of versions as seen from the article that was asked for."""

    permalink = Permalink()
    machine_label = serializers.CharField(read_only=True, help_text="What the machine says, one of the same three.")
    version = serializers.SerializerMethodField(help_text="The version of this article that was compared.")
    other = serializers.SerializerMethodField()
    by_person = serializers.SerializerMethodField(help_text="Whether a person said so; else the machine.")
    direction = serializers.SerializerMethodField(
        help_text="`copy`: this article is derived from the other; `source`: the other from this; `common`: both carry "
        "a third's copy; empty: not known."
    )
    share = serializers.SerializerMethodField(help_text="How much of this version stands in the other, 0 to 1.")
    share_there = serializers.SerializerMethodField(help_text="How much of the other stands in this version, 0 to 1.")
    changes = serializers.SerializerMethodField()
    evidence = serializers.SerializerMethodField()

    class Meta:
        model = Reuse
        fields = (
            "id", "permalink", "version", "other", "label", "by_person", "machine_label", "direction", "share",
            "share_there", "changes", "evidence", "producer", "at",
        )  # fmt: skip

    def own(self, pair: Reuse) -> str:
        return "a" if pair.a.article_id == self.context["article"] else "b"

    def away(self, pair: Reuse) -> str:
        return "b" if self.own(pair) == "a" else "a"

    def get_version(self, pair: Reuse) -> int:
        number: int = getattr(pair, self.own(pair)).number
        return number

    @extend_schema_field(CarriedBySerializer)
    def get_other(self, pair: Reuse) -> Any:
        return CarriedBySerializer(getattr(pair, self.away(pair)), context=self.context).data

    def get_by_person(self, pair: Reuse) -> bool:
        return pair.by_id is not None

    @extend_schema_field(serializers.ChoiceField(choices=DIRECTIONS))
    def get_direction(self, pair: Reuse) -> str:
        if pair.direction in ("", Reuse.Direction.COMMON):
            return pair.direction
        return "copy" if pair.direction.startswith(self.own(pair)) else "source"

    def get_share(self, pair: Reuse) -> float:
        return pair.share_a if self.own(pair) == "a" else pair.share_b

    def get_share_there(self, pair: Reuse) -> float:
        return pair.share_b if self.own(pair) == "a" else pair.share_a

    @extend_schema_field(ChangedFactSerializer(many=True))
    def get_changes(self, pair: Reuse) -> Any:
        own, away = self.own(pair), self.away(pair)
        return [{"kind": one["kind"], "here": one[own], "there": one[away]} for one in pair.changes]

    @extend_schema_field(CopyEvidenceSerializer(many=True))
    def get_evidence(self, pair: Reuse) -> Any:
        whose = {"": "both", self.own(pair): "here", self.away(pair): "there"}
        return [{"kind": one["kind"], "whose": whose[one["side"]], "words": one["words"]} for one in pair.evidence]


@extend_schema_view(
    list=extend_schema(
        operation_id="article_copies_list", responses={200: CopySerializer(many=True), **REFUSALS, **NOT_THERE}
    )
)
class Copies(Counted, ListModelMixin, GenericViewSet[Any]):
    """The articles that share text with this one, the last found first: copies of it, its sources, and those that were
    looked at and found not derived."""

    queryset = Reuse.objects.none()
    serializer_class = CopySerializer
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Reuse]:
        check_names(self.request, {}, PAGING)
        visible = visible_to(self.request.user, ArticleVersion.objects.all())
        own = visible.filter(article=self.article()).order_by("-pk").values_list("pk", flat=True)[:MOST_VERSIONS]
        return Reuse.objects.of(*own).between(visible).with_both()

    def article(self) -> int:
        """The id in the address. Raises ``NotFound`` for an article that is not there, or not to be seen."""
        if getattr(self, "swagger_fake_view", False):
            return 0
        pk: int = self.kwargs["pk"]
        if not visible_to(self.request.user, Article.objects.filter(pk=pk)).exists():
            raise NotFound("There is no such article.")
        return pk

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "article": self.kwargs.get("pk", 0)}
