"""Fields that more than one endpoint shows in the same way."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


def number(value: Decimal) -> int | float:
    """A JSON number: whole where the figure is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


@extend_schema_field({"type": "number"})
class Number(serializers.Field[Decimal, Any, int | float, Any]):
    """A stored decimal as a JSON number; null stays null."""

    def to_representation(self, value: Decimal) -> int | float:
        return number(value)


@extend_schema_field({"type": "string", "format": "uri"})
class Permalink(serializers.Field[Any, Any, str, Any]):
    """The address of the row's page for people."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"source": "*", "read_only": True}))

    def to_representation(self, value: Model) -> str:
        path: str = value.get_absolute_url()  # type: ignore[attr-defined]
        return f"{settings.PUBLIC_URL}{path}"


class Words(serializers.ListField):
    """A list of strings, as stored."""

    child = serializers.CharField()
