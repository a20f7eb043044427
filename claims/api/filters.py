"""Filters of the lists. One that is not known, given twice, empty or not understood is refused with words: a client
never gets everything because it misspelt something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import django_filters.rest_framework as by
from django import forms
from django.db.models import Model, Q, QuerySet
from django_filters.rest_framework import DjangoFilterBackend, FilterSet
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import workflow
from claims.event_merging import standing_of
from claims.extraction.gazetteer import house_name
from claims.forms import MEASURES
from claims.models import Article, ArticleVersion, Claim, Event, Figure, Link, Outlet, Place, Speaker, Verdict
from claims.models.verdicts import VerdictEntry
from claims.names import fold
from claims.permissions import visible_to
from claims.search import places_named, speakers_named, with_merged

DIGITS = 18
MOST_ALIKE = 200
PAGING = frozenset({"cursor", "page_size"})


def by_id(model: type[Model], words: str) -> QuerySet[Any]:
    return model._default_manager.filter(pk=int(words) if words.isdecimal() and len(words) <= DIGITS else None)


def outlets(words: str) -> list[Outlet]:
    return list(by_id(Outlet, words) if words.isdecimal() else Outlet.objects.filter(name__iexact=words)[:MOST_ALIKE])


def speakers(words: str) -> list[Speaker]:
    """By id, or by any spelling that was merged with it (R42)."""
    meant = by_id(Speaker, words) if words.isdecimal() else Speaker.objects.filter(key=fold(words))
    return list(with_merged(meant))


def places(words: str) -> list[Place]:
    """By id, or by the name or any of its spellings (R42)."""
    if words.isdecimal():
        return list(by_id(Place, words))
    near = places_named(words)[:MOST_ALIKE]
    meant = {fold(words), fold(house_name(words))}
    return [place for place in near if meant & {fold(name) for name in (place.name, *place.aliases)}]


def events(words: str) -> list[Event]:
    return [standing_of(event) for event in by_id(Event, words)]


def articles(words: str) -> list[Article]:
    return list(by_id(Article, words))


class RowsField(forms.CharField):
    """Words that must mean at least one row that there is."""

    def __init__(self, *, find: Callable[[str], list[Any]], what: str, **options: Any) -> None:
        super().__init__(max_length=300, **options)
        self.find, self.what = find, what

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        if rows := self.find(words):
            return rows
        raise forms.ValidationError(f"There is no {self.what} {words!r}.")


class RowsFilter(by.Filter):  # type: ignore[misc]  # django-filter has no types
    field_class = RowsField

    def __init__(self, *, help_text: str, **options: Any) -> None:
        super().__init__(help_text=help_text, **options)
        extend_schema_field({"type": "string", "description": help_text})(self)


class YesNo(by.ChoiceFilter):  # type: ignore[misc]
    def __init__(self, *, help_text: str, **options: Any) -> None:
        super().__init__(choices=[("true", "true"), ("false", "false")], help_text=help_text, **options)
        extend_schema_field({"type": "boolean", "description": help_text})(self)


class Among(by.MultipleChoiceFilter):  # type: ignore[misc]
    """One of a few words; may be repeated."""

    def __init__(self, *, choices: Iterable[str], **options: Any) -> None:
        words = [str(choice) for choice in choices]
        refused = {"invalid_choice": f"%(value)s is none of: {', '.join(words)}."}
        options |= {"choices": [(word, word) for word in words], "error_messages": refused, "distinct": False}
        super().__init__(**options)


class Measure(forms.CharField):
    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if words and words not in MEASURES and not words.startswith("other:"):
            raise forms.ValidationError(
                f"{words!r} is no measure. Measures are {', '.join(MEASURES)} and other:<noun>."
            )
        return words


class MeasureFilter(by.CharFilter):  # type: ignore[misc]
    field_class = Measure


class DayRange(FilterSet):  # type: ignore[misc]
    """``day_from`` and ``day_to``: days of the calendar, both included; either may be left out."""

    day_from = by.DateFilter(method="same", help_text="Not over before this day (YYYY-MM-DD).")
    day_to = by.DateFilter(method="same", help_text="Not begun after this day (YYYY-MM-DD).")

    def same(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        first, last = self.form.cleaned_data.get("day_from"), self.form.cleaned_data.get("day_to")
        if first and last and last < first:
            raise ValidationError({"day_to": ["day_to is before day_from."]})
        return self.between(super().filter_queryset(queryset), first, last)

    def between(self, rows: QuerySet[Any], first: date | None, last: date | None) -> QuerySet[Any]:
        """Rows whose own days and these overlap; rows without days are left out where a day is asked for."""
        if first:
            rows = rows.filter(**{f"{self.days}to_day__gte": first})
        return rows.filter(**{f"{self.days}from_day__lte": last}) if last else rows

    days = ""


class ClaimFacts(DayRange):
    """Filters on what a claim says; ``key`` is the way from the row to the claim's id, ``days`` to its days."""

    key = "pk"
    event = RowsFilter(method="of_event", find=events, what="event", help_text="The id of an event it is linked to.")
    outlet = RowsFilter(method="of_outlet", find=outlets, what="outlet", help_text="An outlet: its id or its name.")
    speaker = RowsFilter(
        method="of_speaker", find=speakers, what="speaker", help_text="A speaker: its id or any of its names."
    )
    place = RowsFilter(
        method="at_place", find=places, what="place", help_text="A place: its id, its name or one of its spellings."
    )
    measure = MeasureFilter(method="of_measure", help_text="What it counts, such as killed.")

    def of_event(self, rows: QuerySet[Any], name: str, found: list[Event]) -> QuerySet[Any]:
        return self.among(rows, Link.objects.filter(event__in=found, state=Link.State.CONFIRMED).values("claim_id"))

    def of_outlet(self, rows: QuerySet[Any], name: str, found: list[Outlet]) -> QuerySet[Any]:
        return self.among(rows, Claim.objects.filter(version__article__outlet__in=found).values("pk"))

    def of_speaker(self, rows: QuerySet[Any], name: str, found: list[Speaker]) -> QuerySet[Any]:
        return self.among(rows, Claim.objects.filter(speaker__in=found).values("pk"))

    def at_place(self, rows: QuerySet[Any], name: str, found: list[Place]) -> QuerySet[Any]:
        there = Claim.places.through._default_manager.filter(place__in=found).values("claim_id")
        return self.among(rows, there)

    def of_measure(self, rows: QuerySet[Any], name: str, words: str) -> QuerySet[Any]:
        return self.among(rows, Figure.objects.filter(measure=words).values("claim_id"))

    def among(self, rows: QuerySet[Any], claim_ids: QuerySet[Any, Any]) -> QuerySet[Any]:
        return rows.filter(**{f"{self.key}__in": claim_ids})


class ClaimFilters(ClaimFacts):
    rating = Among(
        field_name="verdict__published__rating",
        choices=workflow.Rating,
        help_text="The rating of its published verdict; may be repeated.",
    )
    state = Among(
        choices=workflow.ClaimState,
        help_text="Where its review stands; may be repeated.",
    )
    article = RowsFilter(
        method="in_article", find=articles, what="article", help_text="The id of the article it is in."
    )

    class Meta:
        model = Claim
        fields: tuple[str, ...] = ()

    def in_article(self, rows: QuerySet[Claim], name: str, found: list[Article]) -> QuerySet[Claim]:
        return rows.filter(version__article__in=found)


class VerdictFilters(ClaimFacts):
    key, days = "claim", "claim__"
    rating = Among(
        field_name="published__rating",
        choices=workflow.Rating,
        help_text="The published rating; may be repeated.",
    )
    stale = YesNo(method="gone_stale", help_text="Whether what it leans on has moved since it was ruled.")
    under_revision = YesNo(method="in_revision", help_text="Whether the desk has taken it up again.")
    updated_since = by.IsoDateTimeFilter(
        method="changed_since",
        help_text="Changed at or after this time (ISO 8601). To keep in step, poll changes instead.",
    )

    class Meta:
        model = Verdict
        fields: tuple[str, ...] = ()

    def gone_stale(self, rows: QuerySet[Verdict], name: str, value: str) -> QuerySet[Verdict]:
        return rows.filter(stale__isnull=value == "false")

    def in_revision(self, rows: QuerySet[Verdict], name: str, value: str) -> QuerySet[Verdict]:
        settled = Q(state=workflow.VerdictState.PUBLISHED)
        return rows.filter(~settled if value == "true" else settled)

    def changed_since(self, rows: QuerySet[Verdict], name: str, value: datetime) -> QuerySet[Verdict]:
        return rows.filter(pk__in=VerdictEntry.objects.filter(at__gte=value).values("verdict_id"))


class EventFilters(DayRange):
    place = RowsFilter(
        field_name="places", method="at_place", find=places, what="place",
        help_text="A place: its id, its name or one of its spellings.",
    )  # fmt: skip
    kind = by.CharFilter(lookup_expr="iexact", help_text="The kind of event.")

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()

    def at_place(self, rows: QuerySet[Event], name: str, found: list[Place]) -> QuerySet[Event]:
        return rows.filter(pk__in=Event.places.through._default_manager.filter(place__in=found).values("event_id"))


class SpeakerFilters(FilterSet):  # type: ignore[misc]
    kind = Among(choices=Speaker.Kind.values, help_text="The kind of speaker; may be repeated.")
    name = by.CharFilter(method="of_name", max_length=300, help_text="A part of one of its names, with any marks.")

    class Meta:
        model = Speaker
        fields: tuple[str, ...] = ()

    def of_name(self, rows: QuerySet[Speaker], name: str, words: str) -> QuerySet[Speaker]:
        return rows.filter(pk__in=speakers_named(words).values("pk"))


class ArticleFilters(DayRange):
    """Days are those of publication, in the desk's time zone."""

    outlet = RowsFilter(method="of_outlet", find=outlets, what="outlet", help_text="An outlet: its id or its name.")
    status = Among(
        choices=ArticleVersion.Status.values,
        method="in_status",
        help_text="The status of one of its versions; may be repeated.",
    )

    class Meta:
        model = Article
        fields: tuple[str, ...] = ()

    def of_outlet(self, rows: QuerySet[Article], name: str, found: list[Outlet]) -> QuerySet[Article]:
        return rows.filter(outlet__in=found)

    def in_status(self, rows: QuerySet[Article], name: str, values: list[str]) -> QuerySet[Article]:
        found = self.versions().filter(status__in=values).values("article_id")
        return rows.filter(pk__in=found) if values else rows

    def between(self, rows: QuerySet[Article], first: date | None, last: date | None) -> QuerySet[Article]:
        days = Q(published__date__gte=first) if first else Q()
        days &= Q(published__date__lte=last) if last else Q()
        return rows.filter(pk__in=self.versions().filter(days).values("article_id")) if days else rows

    def versions(self) -> QuerySet[ArticleVersion]:
        """Those that the asking account may know of."""
        return visible_to(self.request.user, ArticleVersion.objects.all())


class Strict(DjangoFilterBackend):  # type: ignore[misc]
    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: APIView) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        listed = filterset is not None and not getattr(view, "detail", False)
        of_one: frozenset[str] = getattr(view, "of_one", frozenset())
        check_names(request, dict(filterset.filters) if listed else {}, PAGING if listed else of_one)
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view) if listed else queryset
        return found


def check_names(request: Request, filters: dict[str, Any], paging: frozenset[str]) -> None:
    """Raises ``ValidationError`` for a parameter that is unknown, empty, or given more often than it may be."""
    for name, values in request.query_params.lists():
        if name not in filters and name not in paging:
            known = ", ".join(sorted({*filters, *paging})) or "none"
            raise ValidationError({name: [f"There is no parameter {name!r} here. Parameters are: {known}."]})
        if not all(values):
            raise ValidationError({name: [f"{name} is empty: leave it out, or give it a value."]})
        if len(values) > 1 and not isinstance(filters.get(name), by.MultipleChoiceFilter):
            raise ValidationError({name: [f"{name} is given {len(values)} times; it takes one value."]})
