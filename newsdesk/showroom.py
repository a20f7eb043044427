"""Invented content for the page of components: every one in every state, and the very long beside the very short."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from claims.workflow import ClaimState, Rating

FILE_STAGES = ("received", "reading", "opened", "extracting", "done", "duplicate", "undecided", "rejected", "failed")
OTHER_STATES = ("stale", "withdrawn", "reopened", "published")
LINK_STATES = ("suggested", "confirmed")
COPY_STATES = ("usable", "corrected", "killed", "recalled", "embargoed")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherungspolice"


class Sample(forms.Form):
    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 3}), help_text="The reader of the verdict is told why."
    )
    outlet = forms.CharField(label="Outlet", required=False)
    rating = forms.ChoiceField(
        label="Rating", choices=[(rating.value, rating.label) for rating in Rating], widget=forms.RadioSelect
    )


def figure(measure: str, low: str | None, high: str | None, words: str, **more: Any) -> SimpleNamespace:
    bounds = {"low": Decimal(low) if low else None, "high": Decimal(high) if high else None}
    extra = {"approximate": False, "unit": "", "population": "", "place": None} | more
    return SimpleNamespace(measure=measure, words=words, **bounds, **extra)


FIGURES = (
    figure("killed", "12", "12", "twelve", place="Port Almeda"),
    figure("injured", "24", "99", "dozens"),
    figure("missing", "13", None, "more than 12", population="children"),
    figure("displaced", "0", "1500", "up to 1,500"),
    figure("length_km", "4.5", "4.5", "about 4.5 kilometres", approximate=True, unit="km"),
    figure("other:balloon", None, None, "an unknown number of balloons"),
)
SPEAKERS = (
    {
        "name": "Ilse Varga",
        "href": "#states",
        "outlet": "",
        "role": "harbour master of Port Almeda",
        "cue": "say",
        "denied": False,
    },
    {"name": "Ministry of Works", "outlet": "", "role": "", "cue": "reject", "denied": True},
    {"name": "", "outlet": "Almeda Courier", "role": "", "cue": "", "denied": False},
    {
        "name": f"Aurelio {LONG}",
        "outlet": "",
        "role": "acting deputy undersecretary",
        "cue": "according to",
        "denied": False,
    },
)
NOTICES = (
    ("info", "Nothing moved", "Three claims came in while you were reading. They wait behind “3 new”."),
    ("success", "", "The verdict was recorded and waits for a second reader."),
    ("warning", "Changed meanwhile", "M. Okafor ruled on this claim at 14:02. It is shown as it stands now."),
    ("error", "Not recorded", "A claim is disputed by evidence: name at least one piece."),
    ("stale", "Evidence moved", "The Courier's toll went from 12 to 9 in version 3. Weigh the verdict again."),
)


def everything(request: HttpRequest) -> dict[str, object]:
    """The context of the page; ``page`` in the address turns the sample pages."""
    wrong = Sample({"rating": "true", "outlet": ""})
    wrong.is_valid()
    wrong.add_error(None, "Two fields need another look.")
    return {
        "claim_states": [(state.value, state.label) for state in ClaimState],
        "ratings": [rating.value for rating in Rating],
        "state_groups": (
            ("Verdicts", OTHER_STATES),
            ("Files", FILE_STAGES),
            ("Links", LINK_STATES),
            ("Copy", COPY_STATES),
        ),
        "figures": FIGURES,
        "speakers": SPEAKERS,
        "notices": NOTICES,
        "sample": Sample(),
        "wrong": wrong,
        "sample_page": Paginator(range(1, 1201), 25).get_page(request.GET.get("page", "14")),
        "long": LONG,
        "keys": (("j", "next claim"), ("k", "previous"), ("c", "corroborated"), ("d", "disputed"), ("?", "all keys")),
    }
