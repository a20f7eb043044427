"""What the list pages share."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """The page that the address asks for; the first or the last where there is no such page."""
    return Paginator(rows, settings.PAGE_SIZE).get_page(request.GET.get("page"))
