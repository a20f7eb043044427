"""What people type about speakers."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from claims.forms import Filter, words_field
from claims.models import Speaker
from claims.querysets import ClaimQuerySet
from claims.search import speakers_named, split_words


class SpeakerFilter(Filter):
    q = words_field("Name")
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "any"), *Speaker.Kind.choices])

    def apply(self, claims: ClaimQuerySet) -> ClaimQuerySet:
        """The claims of the speakers that the filter is after."""
        chosen = self.chosen
        if "kind" in chosen:
            alone = Q(speaker__merged_into__isnull=True, speaker__kind=chosen["kind"])
            claims = claims.filter(alone | Q(speaker__merged_into__kind=chosen["kind"]))
        for word in split_words(chosen.get("q", "")):
            claims = claims.filter(speaker__in=speakers_named(word).values("pk"))
        return claims


class SpeakerMergeForm(forms.Form):
    """Which speaker stays, among those that were found, and why."""

    use_required_attribute = False
    into = forms.ModelChoiceField(
        Speaker.objects.none(),
        label="Merge into",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "Choose the speaker that stays.",
            "invalid_choice": "Choose one of the speakers that were found.",
        },
    )
    reason = forms.CharField(
        label="Reason",
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
        help_text="What shows that the two are one.",
        error_messages={"required": "Give a reason: what shows that the two are one."},
    )
