"""What programs hand over, and what they are shown of it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from claims.models import ArticleVersion
from ingest.models import Batch, Delivery
from ingest.progress import progress_of

STAGES = ("received", "reading", "opened", "undecided", "extracting", "done", "duplicate", "rejected", "failed")
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
    settled = serializers.BooleanField(
        read_only=True, help_text="Whether nothing more will happen to it, unless a person does something."
    )
    reason = serializers.CharField(
        source="trouble", read_only=True, help_text="What went wrong, or of what it is a copy."
    )
    duplicate_of = serializers.IntegerField(source="duplicate_of_id", allow_null=True, read_only=True)
    container = serializers.IntegerField(
        source="container_id",
        allow_null=True,
        read_only=True,
        help_text="The file of several items that it is a part of.",
    )
    part = serializers.IntegerField(allow_null=True, read_only=True, help_text="Which of its items, counted from 1.")
    parts = serializers.IntegerField(
        source="part_count", read_only=True, help_text="How many items it held, if opened."
    )
    article = serializers.SerializerMethodField(help_text="The article it became a version of, or that it repeats.")
    version = serializers.SerializerMethodField(help_text="The number of that version in its article.")
    claims = serializers.IntegerField(source="claim_count", read_only=True, help_text="How many were found in it.")

    class Meta:
        model = Delivery
        fields = (
            "id", "url", "batch", "filename", "size", "sha256", "format", "at",
            "container", "part", "parts", "state", "settled", "reason", "duplicate_of", "article", "version", "claims",
        )  # fmt: skip

    def get_article(self, delivery: Delivery) -> int | None:
        version = told_version(delivery)
        return version.article_id if version is not None else None

    def get_version(self, delivery: Delivery) -> int | None:
        version = told_version(delivery)
        return version.number if version is not None else None


def told_version(delivery: Delivery) -> ArticleVersion | None:
    """The version that it became, else the one that it repeats."""
    first = delivery.duplicate_of.version if delivery.duplicate_of is not None else None
    return delivery.version or delivery.same_as or first


class BatchSerializer(serializers.ModelSerializer[Batch]):
    """One upload. It is settled when nothing more will happen to any of its files and their parts. `deliveries` are the
    files; the parts of an opened one are listed under `/deliveries/?container=`."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    url = serializers.HyperlinkedIdentityField(
        view_name="api-upload", lookup_field="public_id", lookup_url_kwarg="public_id"
    )
    outlet = serializers.CharField(source="outlet_name", read_only=True)
    settled = serializers.SerializerMethodField()
    route = serializers.CharField(read_only=True, help_text="How it came.")
    deliveries = DeliverySerializer(source="files", many=True, read_only=True)

    class Meta:
        model = Batch
        fields = ("id", "url", "at", "route", "outlet", "published", "settled", "deliveries")

    def get_settled(self, batch: Batch) -> bool:
        return progress_of(batch).over
