"""What people type about feeds."""

from __future__ import annotations

from typing import Any

from django import forms

from claims.models import Outlet
from claims.outlets import named, standing
from ingest.route_models import Feed
from ingest.routes.acts import LONGEST_MINUTES, FeedDraft


class FeedForm(forms.Form):
    url = forms.CharField(
        label="Address",
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text="Of the RSS or Atom feed itself, with https://.",
    )
    name = forms.CharField(label="Name", max_length=200, help_text="As the desk calls it.")
    outlet = forms.CharField(
        label="Outlet",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
        help_text="Of all its entries. Left empty, each entry itself is asked.",
    )
    minutes = forms.IntegerField(label="Minutes between two polls", min_value=1, max_value=LONGEST_MINUTES, initial=15)
    follow_links = forms.BooleanField(
        label="Fetch the linked pages",
        required=False,
        help_text="For feeds that hold summaries: the page behind each entry is handed over in its place.",
    )

    def clean_outlet(self) -> Outlet | None:
        words: str = self.cleaned_data["outlet"]
        if not words:
            return None
        found = named(words) or Outlet.objects.standing().filter(name=words).first()
        if found is None:
            raise forms.ValidationError(f"There is no outlet “{words}”. Make it first, or leave this empty.")
        return found

    def draft(self) -> FeedDraft:
        """What a valid form describes."""
        return FeedDraft(**self.cleaned_data)


def as_typed(feed: Feed) -> dict[str, Any]:
    """The feed as its form would hold it."""
    return {
        "url": feed.url,
        "name": feed.name,
        "outlet": standing(feed.outlet).name if feed.outlet else "",
        "minutes": feed.minutes,
        "follow_links": feed.follow_links,
    }
