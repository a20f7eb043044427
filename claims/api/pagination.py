"""Keyset pagination: a page costs the same however deep it lies, and rows that come in meanwhile shift nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.pagination import Cursor

MOST_ROWS = 200
DIGITS = 18
CURSOR_WORDS = "This cursor is not one of ours. Start from the first page, and follow `next` as it is given."


def page_size(request: Request) -> int:
    """The ``page_size`` of the request. Raises ``ValidationError`` with words for anything but 1 to ``MOST_ROWS``."""
    words = request.query_params.get("page_size")
    if words is None:
        return min(settings.PAGE_SIZE, MOST_ROWS)
    if not words.isdecimal() or len(words) > DIGITS or not 1 <= int(words) <= MOST_ROWS:
        raise ValidationError({"page_size": [f"page_size takes a whole number from 1 to {MOST_ROWS}, not {words!r}."]})
    return int(words)


def size_parameter() -> dict[str, Any]:
    return {
        "name": "page_size",
        "required": False,
        "in": "query",
        "description": f"How many rows a page holds: 1 to {MOST_ROWS}.",
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
    }


class Keyset(CursorPagination):
    """Newest first by a unique whole number, which is the cursor's position: no two rows can share one."""

    page_size_query_param = "page_size"
    max_page_size = MOST_ROWS
    ordering = "-pk"
    invalid_cursor_message = CURSOR_WORDS

    def get_page_size(self, request: Request) -> int:
        return page_size(request)

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of one page. They are found by their keys alone, so that no join leads the database away from the
        index, and then read whole."""
        keys = queryset.select_related(None).prefetch_related(None).only("pk", self.ordering.lstrip("-"))
        found: list[Any] = super().paginate_queryset(keys, request, view) or []
        rows = queryset.in_bulk([row.pk for row in found])
        return [rows[row.pk] for row in found if row.pk in rows]

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Raises ``NotFound`` for a cursor that this desk did not make."""
        cursor = super().decode_cursor(request)
        if cursor is None:
            return None
        position = str(cursor.position or "")
        if cursor.offset or not position.isdecimal() or len(position) > DIGITS:
            raise NotFound(CURSOR_WORDS)
        return cursor

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        cursor = {
            "name": self.cursor_query_param,
            "required": False,
            "in": "query",
            "description": "Where a page begins: taken from `next` or `previous`, never made by hand.",
            "schema": {"type": "string"},
        }
        return [cursor, size_parameter()]


class ByPublication(Keyset):
    """Verdicts, the last published first: each publication has its own number in the desk's history."""

    ordering = "-published_id"
