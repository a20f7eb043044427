"""What an upload page takes, and how it turns into what the ledger takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from claims.models import Article, Outlet
from claims.permissions import AnyUser
from ingest.candidates import may_open
from ingest.models import Batch, Delivery
from ingest.receive import Incoming

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=366)
MOST_OUTLETS = 500
_STORY = re.compile(r"(?:\S*/articles/)?(\d{1,18})(?:/|\b)")


class StoryField(forms.CharField):
    """A story by its number, or by the address of its page; ``user`` is who asks, and must be able to open it."""

    user: AnyUser

    def clean(self, value: Any) -> Article | None:
        words = super().clean(value)
        if not words:
            return None
        number = _STORY.match(words)
        article = Article.objects.filter(pk=number[1]).first() if number and int(number[1]) < 1 << 63 else None
        if article is None or not may_open(self.user, article):
            raise forms.ValidationError("The desk has no such story. Give its number, or the address of its page.")
        return article


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """Any number of files. Empty ones and large ones pass: the ledger answers for each file by itself."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        return [file for file in data or [] if file]


class UploadForm(forms.Form):
    files = FilesField(label="Files", required=False)  # type: ignore[assignment]  # the uploads are in self.files too
    text = forms.CharField(
        label="Or paste text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"class": "is-copy", "rows": 10, "spellcheck": "false"}),
        help_text="Headline on the first line, as it would stand in a file.",
    )
    outlet = forms.CharField(
        label="Outlet",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
        help_text="For all of these files. Left empty, the copy itself is asked.",
    )
    published = forms.DateTimeField(
        label="Time of publication",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"],
    )

    replaces = StoryField(
        label="New version of",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="The number or address of a story, for one file. Left empty, its wire id tells.",
    )

    def __init__(self, *args: Any, user: AnyUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].user = user  # type: ignore[attr-defined]
        self.fields["published"].help_text = f"In {settings.TIME_ZONE}. Days such as “Tuesday” are counted from it."

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text if text.strip() else ""

    def clean_published(self) -> datetime | None:
        published: datetime | None = self.cleaned_data["published"]
        if published and not EARLIEST <= published <= timezone.now() + AHEAD:
            raise forms.ValidationError("Give a time between 1900 and a year from now.")
        return published

    def incoming(self) -> Iterator[Incoming]:
        """The files and the pasted text, the latter last and without a name. One file at a time is read, and one over
        the limit is not."""
        yield from map(taken_in, self.cleaned_data["files"])
        if text := self.cleaned_data["text"]:
            raw = text.replace("\r\n", "\n").encode("utf-8", "replace")
            yield Incoming("", raw, len(raw))


def taken_in(file: UploadedFile[bytes]) -> Incoming:
    size = file.size or 0
    raw = file.read() if size <= settings.MAX_FILE_BYTES else None
    return Incoming(file.name or "", raw, size)


def known_outlets() -> list[str]:
    """Names to offer, bounded; any other name may be typed."""
    return list(Outlet.objects.standing().values_list("name", flat=True)[:MOST_OUTLETS])


class LedgerFilter(forms.Form):
    """Which deliveries to list. What is not understood is passed over, so that an old address still opens."""

    STAGES = (
        ("", "All"),
        ("under_way", "Under way"),
        ("trouble", "In trouble"),
        (Delivery.State.LOADED.value, "Loaded"),
        (Delivery.State.DUPLICATE.value, "Duplicates"),
        (Delivery.State.UNDECIDED.value, "Undecided"),
        (Delivery.State.REJECTED.value, "Rejected"),
        (Delivery.State.OPENED.value, "Opened"),
    )
    stage = forms.ChoiceField(choices=STAGES, required=False)
    route = forms.ChoiceField(choices=(("", "Any route"), *Batch.Route.choices), required=False, label="Route")
    q = forms.CharField(
        max_length=100,
        required=False,
        label="Words of a file’s name, an outlet, a headline or a reason",
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def asked(self) -> dict[str, str]:
        """The stage, the route and the words, each "" where nothing is asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class StoryForm(forms.Form):
    """Which story something belongs to: one of the list, or none of them."""

    article = forms.ModelChoiceField(Article.objects.all(), required=False)
    alone = forms.BooleanField(required=False)
