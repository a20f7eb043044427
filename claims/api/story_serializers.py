"""What programs are shown of events and of articles with their versions."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.api.fields import Permalink, Words
from claims.api.serializers import AboutEventSerializer, SpeakerSerializer
from claims.event_merging import standing_of
from claims.models import Article, ArticleVersion, Event, Link, Outlet, Place, Speaker


class OutletSerializer(serializers.ModelSerializer[Outlet]):
    class Meta:
        model = Outlet
        fields = ("id", "name", "kind")


class SpellingSerializer(serializers.Serializer[Speaker]):
    """A name that was merged into the speaker's."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()


class SpeakerRowSerializer(SpeakerSerializer):
    permalink = Permalink()
    claims = serializers.IntegerField(source="claim_count", read_only=True, help_text="How many, under all its names.")
    spellings = SpellingSerializer(source="visible_names", many=True, read_only=True)
    merged_into = serializers.IntegerField(
        source="merged_into_id", allow_null=True, read_only=True, help_text="The id of the speaker that it is now."
    )

    class Meta(SpeakerSerializer.Meta):
        fields = (*SpeakerSerializer.Meta.fields, "permalink", "claims", "spellings", "merged_into")


class SpeakerDetailSerializer(SpeakerRowSerializer):
    """With how many of its claims have a published verdict, by rating."""

    corroborated = serializers.IntegerField(read_only=True)
    disputed = serializers.IntegerField(read_only=True)
    unverifiable = serializers.IntegerField(read_only=True)

    class Meta(SpeakerRowSerializer.Meta):
        fields = (*SpeakerRowSerializer.Meta.fields, "corroborated", "disputed", "unverifiable")


class EventSerializer(serializers.ModelSerializer[Event]):
    url = serializers.HyperlinkedIdentityField(view_name="api-event-detail")
    permalink = Permalink()
    places = serializers.SlugRelatedField[Place](slug_field="name", many=True, read_only=True)
    parties = Words(read_only=True)
    merged_into = serializers.SerializerMethodField(help_text="The event that it is a part of now, or null.")
    confirmed = serializers.IntegerField(
        read_only=True, help_text="How many claims a person linked to it, without the withdrawn ones."
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = (
            "id", "url", "permalink", "title", "kind", "places", "from_day", "to_day", "parties", "created",
            "merged_into", "confirmed",
        )  # fmt: skip

    @extend_schema_field(AboutEventSerializer(allow_null=True))
    def get_merged_into(self, event: Event) -> Any:
        if event.merged_into_id is None:
            return None
        return AboutEventSerializer(standing_of(event), context=self.context).data


class LinkSerializer(serializers.ModelSerializer[Link]):
    """A claim that a person linked to the event, and the id of its verdict where one is published."""

    claim = serializers.IntegerField(source="claim_id", read_only=True)
    url = serializers.HyperlinkedRelatedField[Any](source="claim", view_name="api-claim-detail", read_only=True)
    verdict = serializers.SerializerMethodField()
    withdrawn = serializers.SerializerMethodField(help_text="Whether the article that carried it was taken back.")

    class Meta:
        model = Link
        fields = ("claim", "url", "at", "verdict", "withdrawn")

    def get_withdrawn(self, link: Link) -> bool:
        return link.claim.withdrawn_by_id is not None

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_verdict(self, link: Link) -> str | None:
        verdict = getattr(link.claim, "verdict", None)
        return str(verdict.public_id) if verdict is not None and verdict.published_id else None


class EventWithLinksSerializer(EventSerializer):
    links = LinkSerializer(source="confirmed_links", many=True, read_only=True)

    class Meta(EventSerializer.Meta):
        fields = (*EventSerializer.Meta.fields, "links")


class VersionSerializer(serializers.ModelSerializer[ArticleVersion]):
    bylines = Words(read_only=True)
    agencies = Words(read_only=True)

    class Meta:
        model = ArticleVersion
        fields: tuple[str, ...] = (
            "id", "number", "wire_id", "wire_version", "version_created", "published", "status", "change", "embargo",
            "headline",
            "headline_end", "bylines", "dateline_place", "dateline_day", "agencies", "language", "ed_note",
            "work", "extracted", "producer",
        )  # fmt: skip


class MoveSerializer(serializers.Serializer[dict[str, Any]]):
    """What became of one claim of the version before."""

    kind = serializers.ChoiceField(choices=["kept", "changed", "gone", "new"])
    claim = serializers.IntegerField(help_text="The claim before; of a new one, itself.")
    becomes = serializers.IntegerField(allow_null=True, help_text="The claim that it became.")
    words = serializers.CharField(help_text="Its words before, or nothing.")
    now = serializers.CharField(help_text="Its words now, or nothing.")
    figures = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), help_text="[measure, words before, words now]"
    )


class VersionWithTextSerializer(VersionSerializer):
    text = serializers.CharField(read_only=True, help_text="The canonical text, into which every offset points.")
    moved = MoveSerializer(many=True, read_only=True)

    class Meta(VersionSerializer.Meta):
        fields = (*VersionSerializer.Meta.fields, "text", "moved")


class ArticleSerializer(serializers.ModelSerializer[Article]):
    url = serializers.HyperlinkedIdentityField(view_name="api-article-detail")
    permalink = Permalink()
    outlet = OutletSerializer(allow_null=True, read_only=True)
    versions = VersionSerializer(many=True, read_only=True)

    class Meta:
        model = Article
        fields = ("id", "url", "permalink", "slug", "outlet", "created", "versions")


class ArticleWithTextSerializer(ArticleSerializer):
    versions = VersionWithTextSerializer(many=True, read_only=True)
