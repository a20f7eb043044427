"""What an upload page takes, and how it turns into what the ledger takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from claims.models import Outlet
from ingest.models import Delivery
from ingest.receive import Incoming

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=366)
MOST_OUTLETS = 500


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published"].help_text = f"In {settings.TIME_ZONE}. Days such as “Tuesday” are counted from it."

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text if text.strip() else ""

    def clean_published(self) -> datetime | None:
        published: datetime | None = self.cleaned_data["published"]
        if published and not EARLIEST <= published <= timezone.now() + AHEAD:
            raise forms.ValidationError("Give a time between 1900 and a year from now.")
        return published

    def incoming(self) -> list[Incoming]:
        """The files and the pasted text, the latter last and without a name. A file over the limit is not read."""
        files = [taken_in(file) for file in self.cleaned_data["files"]]
        if text := self.cleaned_data["text"]:
            raw = text.replace("\r\n", "\n").encode("utf-8", "replace")
            files.append(Incoming("", raw, len(raw)))
        return files


def taken_in(file: UploadedFile[bytes]) -> Incoming:
    size = file.size or 0
    raw = file.read() if size <= settings.MAX_FILE_BYTES else None
    return Incoming(file.name or "", raw, size)


def known_outlets() -> list[str]:
    """Names to offer, bounded; any other name may be typed."""
    return list(Outlet.objects.values_list("name", flat=True)[:MOST_OUTLETS])


class LedgerFilter(forms.Form):
    """Which deliveries to list. An unknown stage lists all."""

    STAGES = (
        ("", "All"),
        ("under_way", "Under way"),
        ("trouble", "In trouble"),
        (Delivery.State.LOADED.value, "Loaded"),
        (Delivery.State.DUPLICATE.value, "Duplicates"),
    )
    stage = forms.ChoiceField(choices=STAGES, required=False)
