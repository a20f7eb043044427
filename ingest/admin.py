"""The ledger of what arrived, for staff: read, never edited; the raw bytes stay where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from ingest.models import Batch, Delivery

if TYPE_CHECKING:
    Rows = admin.ModelAdmin[Any]
else:
    Rows = admin.ModelAdmin


class ReadOnly(Rows):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Batch)
class BatchAdmin(ReadOnly):
    list_display = ("at", "route", "by", "origin", "outlet_name", "published")
    list_filter = ("route",)
    list_select_related = ("by",)
    search_fields = ("outlet_name", "origin", "by__username")
    date_hierarchy = "at"


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    list_display = ("__str__", "state", "format", "size", "attempts", "at", "reason")
    list_filter = ("state", "format")
    search_fields = ("filename", "sha256", "reason")
    date_hierarchy = "at"
    exclude = ("raw", "lease")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return super().get_queryset(request).defer("raw")
