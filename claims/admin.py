"""The desk's rows for its staff. What people decided and machines found is read here, and changed only by the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from claims.models import (
    Activity,
    Article,
    ArticleVersion,
    Claim,
    Event,
    Evidence,
    Figure,
    Link,
    Outlet,
    Place,
    Speaker,
    Verdict,
    VerdictEntry,
)

if TYPE_CHECKING:
    Rows = admin.ModelAdmin[Any]
    Inline = admin.TabularInline[Any, Any]
else:
    Rows, Inline = admin.ModelAdmin, admin.TabularInline


class ReadOnly(Rows):
    """Shown and searched; never added, changed or deleted behind the acts' back."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyInline(Inline):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Outlet)
class OutletAdmin(ReadOnly):
    """Outlets are changed on their own pages, which keep one name from leading to two."""

    list_display = ("name", "kind", "parent")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "aliases")


@admin.register(Speaker)
class SpeakerAdmin(Rows):
    list_display = ("name", "kind", "organisation", "parent", "party")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    search_fields = ("name", "organisation")
    autocomplete_fields = ("parent",)
    readonly_fields = ("key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Speakers come from copy, with the key under which copy finds them again."""
        return False


@admin.register(Place)
class PlaceAdmin(Rows):
    list_display = ("name", "country", "latitude", "longitude")
    search_fields = ("name", "aliases", "country")


class VersionInline(ReadOnlyInline):
    model = ArticleVersion
    fields = ("number", "headline", "version_created", "status", "work")
    show_change_link = True


@admin.register(Article)
class ArticleAdmin(ReadOnly):
    list_display = ("__str__", "outlet", "created")
    list_filter = ("outlet",)
    list_select_related = ("outlet",)
    search_fields = ("slug", "outlet__name")
    date_hierarchy = "created"
    inlines = (VersionInline,)


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ReadOnly):
    list_display = ("__str__", "number", "status", "work", "attempts", "version_created", "producer")
    list_filter = ("work", "status", "language")
    search_fields = ("headline", "wire_id", "error")
    exclude = ("lease",)
    readonly_fields = ("url",)


class FigureInline(ReadOnlyInline):
    model = Figure
    fields = ("measure", "low", "high", "approximate", "words", "population", "place", "unit")


class LinkInline(ReadOnlyInline):
    model = Link
    fields = ("event", "state", "score", "reasons", "by", "at")


@admin.register(Claim)
class ClaimAdmin(ReadOnly):
    list_display = ("text_cut", "speaker", "mode", "polarity", "state", "worth", "producer")
    list_filter = ("state", "polarity", "mode")
    list_select_related = ("speaker",)
    search_fields = ("text", "speaker__name")
    inlines = (FigureInline, LinkInline)

    @admin.display(description="claim", ordering="text")
    def text_cut(self, claim: Claim) -> str:
        return claim.text if len(claim.text) < 120 else f"{claim.text[:120]}…"


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("title", "kind", "from_day", "to_day", "created_by")
    list_select_related = ("created_by",)
    search_fields = ("title", "kind", "places__name")
    date_hierarchy = "from_day"


@admin.register(Link)
class LinkAdmin(ReadOnly):
    list_display = ("claim_id", "event", "state", "score", "producer", "by", "at")
    list_filter = ("state", "producer")
    list_select_related = ("event", "by")
    search_fields = ("event__title", "claim__text")


class EvidenceInline(ReadOnlyInline):
    model = Evidence
    fields = readonly_fields = ("side", "claim", "url", "note")


class EntryInline(ReadOnlyInline):
    model = VerdictEntry
    fields = ("number", "act", "rating", "reason", "by", "at")


@admin.register(Verdict)
class VerdictAdmin(ReadOnly):
    list_display = ("claim_id", "rating", "state", "author", "second_reader", "decided")
    list_filter = ("rating", "state")
    list_select_related = ("author", "second_reader")
    search_fields = ("reason", "claim__text", "author__username")
    date_hierarchy = "decided"
    inlines = (EvidenceInline, EntryInline)


@admin.register(VerdictEntry)
class VerdictEntryAdmin(ReadOnly):
    list_display = ("verdict_id", "number", "act", "rating", "by", "at")
    list_filter = ("act", "rating")
    list_select_related = ("by",)
    search_fields = ("reason", "by__username")


@admin.register(Activity)
class ActivityAdmin(ReadOnly):
    list_display = ("at", "kind", "actor", "claim_id", "event_id", "version_id")
    list_filter = ("kind",)
    list_select_related = ("actor",)
    search_fields = ("kind", "actor__username")
    date_hierarchy = "at"
