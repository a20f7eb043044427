"""What people type about outlets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from claims.forms import Filter, words_field
from claims.models import Outlet, OutletName
from claims.names import fold
from claims.outlets import OutletDraft, named

MOST_OFFERED = 500


def lines_field(label: str, help_text: str) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
    return forms.CharField(label=label, required=False, max_length=20_000, widget=area, help_text=help_text)


def outlet_name_field(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    box = forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"})
    return forms.CharField(label=label, required=required, max_length=200, widget=box, help_text=help_text)


def offered() -> list[str]:
    """Names to choose from, bounded; any other may be typed."""
    return list(Outlet.objects.standing().values_list("name", flat=True)[:MOST_OFFERED])


def outlet_by(words: str) -> Outlet:
    """The outlet that the words name. Raises ``ValidationError``."""
    found = named(words) or Outlet.objects.standing().filter(name=words.strip()).first()
    if found is None:
        raise forms.ValidationError(f"There is no outlet “{words}”. Make it first, or choose another.")
    return found


def lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


class OutletFilter(Filter):
    q = words_field("Name, alias or domain")
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "any"), *Outlet.Kind.choices])

    def apply(self, rows: QuerySet[Outlet]) -> QuerySet[Outlet]:
        chosen = self.chosen
        if "kind" in chosen:
            rows = rows.filter(kind=chosen["kind"])
        if words := chosen.get("q", "").replace("\x00", ""):
            keys = OutletName.objects.filter(key__contains=fold(words)).values("outlet")
            rows = rows.filter(Q(name__icontains=words) | Q(pk__in=keys))
        return rows


class OutletForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200, help_text="As the desk writes it.")
    kind = forms.ChoiceField(label="Kind", choices=Outlet.Kind.choices)
    aliases = lines_field("Other names", "One a line: spellings, short forms, names in other scripts.")
    domains = lines_field("Domains", "One a line, such as example.org. Pages below it are this outlet's.")
    credit_lines = lines_field("Credit lines", "One a line, as they stand in its copy.")
    parent = outlet_name_field("Belongs to", "The house or group above it.")
    carries = lines_field("Carries copy of", "Agencies whose copy it prints, one a line.")

    def clean_parent(self) -> Outlet | None:
        words: str = self.cleaned_data["parent"]
        return outlet_by(words) if words else None

    def clean_carries(self) -> list[Outlet]:
        return [outlet_by(line) for line in lines(self.cleaned_data["carries"])]

    def draft(self) -> OutletDraft:
        """What a valid form describes."""
        told: dict[str, Any] = self.cleaned_data
        return OutletDraft(
            name=told["name"],
            kind=told["kind"],
            parent=told["parent"],
            aliases=tuple(lines(told["aliases"])),
            domains=tuple(lines(told["domains"])),
            credit_lines=tuple(lines(told["credit_lines"])),
            carries=tuple(told["carries"]),
        )


def as_typed(outlet: Outlet) -> dict[str, str]:
    """The outlet as its form would hold it."""
    carried = outlet.carries.filter(merged_into__isnull=True)
    return {
        "name": outlet.name,
        "kind": outlet.kind,
        "parent": outlet.parent.name if outlet.parent else "",
        "aliases": "\n".join(outlet.aliases),
        "domains": "\n".join(outlet.domains),
        "credit_lines": "\n".join(outlet.credit_lines),
        "carries": "\n".join(row.name for row in carried),
    }


class MergeForm(forms.Form):
    into = outlet_name_field("Merge into", "The outlet that stays. The other becomes one of its names.", required=True)

    def clean_into(self) -> Outlet:
        return outlet_by(self.cleaned_data["into"])
