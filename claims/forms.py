"""What people type: filters of the lists, a new event."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Model, Q
from django.http import QueryDict
from django.utils import timezone

from claims.models import Claim, Event, Link, Outlet
from claims.querysets import ArticleQuerySet, ClaimQuerySet, EventQuerySet, VersionQuerySet
from claims.search import articles_by_words, claims_at, claims_by_words, events_by_words, places_named, speakers_named
from claims.workflow import OPEN, ClaimState, Rating

OPEN_STATES = [state.value for state in OPEN]
APART = [("stale", "stale: what it leans on has moved"), ("withdrawn", "withdrawn")]
MEASURES = (
    "killed", "injured", "missing", "displaced", "detained", "munitions_fired", "munitions_intercepted",
    "munitions_hit", "buildings_damaged", "buildings_affected", "length_km", "money", "percent",
)  # fmt: skip
MAX_ROW_ID = 2**63 - 1


def day_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Not a day. Write it as 2024-05-31."},
    )


def words_field(label: str, most: int = 200) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, widget=forms.TextInput({"type": "search"}))


def outlet_field() -> forms.ModelChoiceField[Outlet]:
    return forms.ModelChoiceField(
        Outlet.objects.standing(),
        label="Outlet",
        required=False,
        empty_label="any",
        error_messages={"invalid_choice": "There is no such outlet."},
    )


class Filter(forms.Form):
    """A filter whose state is the page's address. A value that is wrong gets a message and filters nothing."""

    use_required_attribute = False
    FIRST: ClassVar[tuple[str, ...]] = ()

    @property
    def complaints(self) -> list[str]:
        """What is wrong, one sentence for each field."""
        return [f"{self.fields[name].label}: {' '.join(map(str, errors))}" for name, errors in self.errors.items()]

    @property
    def first(self) -> list[forms.BoundField]:
        """The fields that are always in view; all of them where the form names none."""
        return [field for field in self.visible_fields() if not self.FIRST or field.name in self.FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields that open on demand."""
        return [field for field in self.visible_fields() if self.FIRST and field.name not in self.FIRST]

    @property
    def more_tried(self) -> bool:
        return any(self.data.get(field.name) for field in self.more)

    @property
    def chosen(self) -> dict[str, Any]:
        """The valid values that are not empty."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def query(self) -> str:
        """The filter as the query of an address, without the page."""
        kept = QueryDict(mutable=True)
        for name in self.fields:
            if value := self.data.get(name, ""):
                kept[name] = value
        return kept.urlencode()

    @property
    def tried(self) -> int:
        """How many fields the filter uses, valid or not."""
        return sum(bool(self.data.get(name)) for name in self.fields)


def check_days(form: Filter) -> None:
    first, last = form.cleaned_data.get("day_from"), form.cleaned_data.get("day_to")
    if first and last and last < first:
        form.add_error("day_to", "The last day is before the first.")


class ArticleFilter(Filter):
    q = words_field("Words")
    outlet = outlet_field()

    def apply(self, rows: ArticleQuerySet, versions: VersionQuerySet) -> ArticleQuerySet:
        chosen = self.chosen
        if "outlet" in chosen:
            rows = rows.filter(outlet=chosen["outlet"])
        return articles_by_words(chosen["q"], rows, versions) if "q" in chosen else rows


class EventFilter(Filter):
    q = words_field("Words")
    place = words_field("Place")
    day_from = day_field("From")
    day_to = day_field("To")

    def clean(self) -> None:
        check_days(self)

    def apply(self, rows: EventQuerySet) -> EventQuerySet:
        chosen, rows = self.chosen, rows.standing()
        if "q" in chosen:
            rows = events_by_words(chosen["q"], rows)
        if "place" in chosen:
            through = Event.places.through._default_manager
            rows = rows.filter(pk__in=through.filter(place__in=places_named(chosen["place"])).values("event_id"))
        if "day_from" in chosen:
            rows = rows.filter(to_day__gte=chosen["day_from"])
        if "day_to" in chosen:
            rows = rows.filter(from_day__lte=chosen["day_to"])
        return rows


class QueueFilter(Filter):
    """The queue of claims: what is shown, in which order. Without a state it shows what is to be reviewed."""

    ORDERS: ClassVar[dict[str, tuple[str, ...]]] = {
        "worth": ("-stale", "-worth", "-pk"),
        "newest": ("-version__version_created", "-pk"),
        "text": ("version_id", "start", "end"),
    }
    FIRST = ("q", "state", "outlet", "speaker", "place")

    q = words_field("Words")
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "to review"), ("any", "any"), *APART, *((s.value, s.label) for s in ClaimState)],
    )
    outlet = outlet_field()
    speaker = words_field("Speaker", 400)
    place = words_field("Place")
    day_from = day_field("From")
    day_to = day_field("To")
    measure = forms.ChoiceField(
        label="Measure", required=False, choices=[("", "any"), *((m, m.replace("_", " ")) for m in MEASURES)]
    )
    figures = forms.ChoiceField(label="Figures", required=False, choices=[("", "any"), ("yes", "has"), ("no", "none")])
    rating = forms.ChoiceField(
        label="Rating", required=False, choices=[("", "any"), *((r.value, r.label) for r in Rating)]
    )
    linked = forms.ChoiceField(
        label="Event", required=False, choices=[("", "any"), ("yes", "linked"), ("no", "unlinked")]
    )
    article = forms.IntegerField(
        label="Article",
        required=False,
        min_value=1,
        validators=[MaxValueValidator(MAX_ROW_ID)],
        widget=forms.HiddenInput,
    )
    order = forms.ChoiceField(
        label="Order",
        required=False,
        choices=[("", "worth checking first"), ("newest", "newest copy first"), ("text", "as in the copy")],
    )

    def clean(self) -> None:
        check_days(self)

    @property
    def order_by(self) -> tuple[str, ...]:
        return self.ORDERS[self.chosen.get("order", "worth")]

    def apply(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        """The standing claims of this queue, in its order."""
        rows = rows.filter(vanished__isnull=True)
        chosen = self.chosen
        rows = rows.filter(in_state(chosen.get("state", "")))
        if "q" in chosen:
            rows = claims_by_words(chosen["q"], rows)
        if "place" in chosen:
            rows = rows.filter(pk__in=claims_at(places_named(chosen["place"])))
        return rows.filter(*_plain_conditions(chosen)).order_by(*self.order_by)


def in_state(state: str) -> Q:
    """The claims of one choice of the queue. A claim whose support was killed is *withdrawn*, and waits for no review
    (R31); one whose verdict is stale always does (R19)."""
    supported = Q(withdrawn_by__isnull=True)
    if state == "any":
        return Q()
    if state in ("stale", "withdrawn"):
        return Q(stale=True) if state == "stale" else ~supported
    if state:
        return Q(state=state) & supported if state in OPEN_STATES else Q(state=state)
    return Q(state__in=OPEN_STATES) & supported | Q(stale=True)


def _plain_conditions(chosen: dict[str, Any]) -> list[Q]:
    lookups = {
        "outlet": "version__article__outlet",
        "day_from": "to_day__gte",
        "day_to": "from_day__lte",
        "rating": "verdict__rating",
        "article": "version__article",
    }
    found = [Q(**{lookup: chosen[name]}) for name, lookup in lookups.items() if name in chosen]
    if "speaker" in chosen:
        found.append(Q(speaker__in=speakers_named(chosen["speaker"]).values("pk")))
    if "measure" in chosen:
        found.append(_in_claim("figures", measure=chosen["measure"]))
    if "figures" in chosen:
        found.append(_yes_or_no(chosen["figures"], _in_claim("figures")))
    if "linked" in chosen:
        found.append(_yes_or_no(chosen["linked"], _in_claim("links", state=Link.State.CONFIRMED)))
    return found


def _in_claim(related: str, **condition: Any) -> Q:
    """That a claim has a row of ``related``, as a subquery, so that no claim is counted twice."""
    model: type[Model] = Claim._meta.get_field(related).related_model  # type: ignore[assignment]
    return Q(pk__in=model._default_manager.filter(**condition).values("claim_id"))


def _yes_or_no(answer: str, condition: Q) -> Q:
    return condition if answer == "yes" else ~condition


class EventForm(forms.Form):
    """An event. What else it must hold is checked by the act that writes it (``claims.linking.check_draft``)."""

    use_required_attribute = False
    title = forms.CharField(label="Title", max_length=400, error_messages={"required": "Give the event a title."})
    kind = forms.CharField(label="Kind", required=False, max_length=60, help_text="e.g. flood, strike, vote")
    places = forms.CharField(label="Places", required=False, max_length=2000, help_text="with commas between")
    from_day = day_field("First day")
    to_day = day_field("Last day")
    parties = forms.CharField(
        label="Parties",
        required=False,
        max_length=400,
        help_text="States, with commas between. What bodies of one party say counts as one interest.",
    )

    @property
    def place_names(self) -> tuple[str, ...]:
        return named_in(self.cleaned_data["places"])

    @property
    def party_names(self) -> tuple[str, ...]:
        return named_in(self.cleaned_data["parties"])


def named_in(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in words.split(",") if name.strip()))


class AgreementFilter(Filter):
    """A window of days, both included."""

    day_from = day_field("From")
    day_to = day_field("To")

    def clean(self) -> None:
        check_days(self)

    @property
    def window(self) -> tuple[datetime | None, datetime | None]:
        """From the start of the first day until the end of the last, in the desk's own zone."""
        chosen = self.chosen
        last = chosen.get("day_to")
        return start_of(chosen.get("day_from")), start_of(last + timedelta(days=1) if last else None)


def start_of(day: date | None) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)).astimezone(UTC)
