"""What the components of ``templates/components`` need beside Django's own filters."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.core.paginator import Paginator

register = template.Library()


@register.filter
def number(value: Decimal | int | float) -> str:
    """A number with thousands set off and no empty decimals: ``12345.500`` is shown as ``12,345.5``."""
    words = f"{Decimal(value):,f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


@register.filter
def page_numbers(paginator: Paginator[object], current: int) -> list[int | None]:
    """The pages to offer around ``current``; None stands for those left out between."""
    shown = paginator.get_elided_page_range(current, on_each_side=2, on_ends=1)
    return [page if isinstance(page, int) else None for page in shown]


@register.filter
def bytes_in_words(size: int) -> str:
    """``5000000`` is "5 MB": thousands, as the limits in the settings are counted."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= step:
            return f"{number(round(Decimal(size) / step, 1))} {unit}"
    return f"{size} byte{'' if size == 1 else 's'}"
