"""What programs hand over, and what they are shown of it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from ingest.models import Batch, Delivery

STAGES = ("received", "reading", "extracting", "done", "duplicate", "rejected", "failed")
MOST_FILENAME = 255
MOST_OUTLET = 200


class UploadSerializer(serializers.Serializer[Any]):
    """Files, or text, or both; what is told about outlet and time holds for all of it."""

    files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, use_url=False), required=False, help_text="In a form only."
    )
    text = serializers.CharField(required=False, trim_whitespace=False, help_text="One piece of copy.")
    filename = serializers.CharField(required=False, max_length=MOST_FILENAME, help_text="A name for the text.")
    outlet = serializers.CharField(required=False, max_length=MOST_OUTLET, help_text="Who published it.")
    published = serializers.DateTimeField(required=False, help_text="When (ISO 8601).")


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    url = serializers.HyperlinkedIdentityField(view_name="api-delivery-detail")
    batch = serializers.UUIDField(source="batch.public_id", read_only=True)
    state = serializers.ChoiceField(source="stage", choices=STAGES, read_only=True)
    settled = serializers.BooleanField(read_only=True, help_text="Whether nothing more will happen to it.")
    reason = serializers.CharField(
        source="trouble", read_only=True, help_text="What went wrong, or of what it is a copy."
    )
    duplicate_of = serializers.IntegerField(source="duplicate_of_id", allow_null=True, read_only=True)
    article = serializers.SerializerMethodField(help_text="The article it became, or that its first copy became.")
    claims = serializers.IntegerField(source="claim_count", read_only=True, help_text="How many were found in it.")

    class Meta:
        model = Delivery
        fields = (
            "id", "url", "batch", "filename", "size", "sha256", "format", "at",
            "state", "settled", "reason", "duplicate_of", "article", "claims",
        )  # fmt: skip

    def get_article(self, delivery: Delivery) -> int | None:
        holder = delivery.duplicate_of or delivery
        return holder.version.article_id if holder.version is not None else None


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """One upload. It is settled when nothing more will happen to any of its files."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    url = serializers.HyperlinkedIdentityField(
        view_name="api-upload", lookup_field="public_id", lookup_url_kwarg="public_id"
    )
    outlet = serializers.CharField(source="outlet_name", read_only=True)
    settled = serializers.SerializerMethodField()
    deliveries = DeliverySerializer(many=True, read_only=True)

    class Meta:
        model = Batch
        fields = ("id", "url", "at", "outlet", "published", "settled", "deliveries")

    def get_settled(self, batch: Batch) -> bool:
        return all(delivery.settled for delivery in batch.deliveries.all())
