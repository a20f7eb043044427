"""What the page of an event shows of its count board: the table, who stands behind it, and what was said over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from claims.board import Counted, Told
from claims.board_table import MOST_COLUMNS, By, Columns, Line, table_of
from claims.board_words import key_of
from claims.changes import MAX_REASON
from claims.event_board import MOST_CLAIMS, EventBoard
from claims.forms import MEASURES
from claims.independence import Group, Level
from claims.models import SourceWord
from claims.timelines import Said, Timeline, timeline_of
from claims.views.event_relations import RelationForm
from claims.wording import amount

MOST_GROUPS, MOST_PICTURES, MOST_ASIDE = 60, 8, 60
TITLES = {
    Level.OUTLETS: ("Outlets", "who published"),
    Level.NEWSROOMS: ("Newsrooms", "who reported: an agency or own staff"),
    Level.SOURCES: ("Primary sources", "who knows; only these corroborate"),
    Level.INTERESTS: ("Interest groups", "primary sources with one interest"),
}


class SourceForm(forms.Form):
    """A person's word on two names of one level."""

    use_required_attribute = False
    level = forms.CharField(widget=forms.HiddenInput)
    one = forms.ChoiceField(label="One", error_messages={"required": "Choose a name."})
    other = forms.ChoiceField(label="The other", error_messages={"required": "Choose a name."})
    same = forms.ChoiceField(
        label="They are",
        choices=[("yes", "the same"), ("no", "not the same")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are the same."},
    )
    scope = forms.ChoiceField(
        label="Where it holds",
        choices=[("event", "in this event"), ("desk", "in every event of the desk")],
        initial="event",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Reason",
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        error_messages={"required": "Give a reason: what shows that they are one, or are not."},
    )

    def __init__(self, names: Sequence[str], data: QueryDict | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        for field in ("one", "other"):
            choose: Any = self.fields[field]
            choose.choices = [("", "–"), *((name, name) for name in names)]


class BestForm(forms.Form):
    """An editor's best value for one row."""

    use_required_attribute = False
    measure = forms.CharField(max_length=80, widget=forms.HiddenInput)
    place = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    population = forms.CharField(max_length=100, required=False, widget=forms.HiddenInput)
    unit = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    part = forms.BooleanField(required=False, widget=forms.HiddenInput)
    value = forms.DecimalField(
        label="Best value",
        max_digits=24,
        decimal_places=3,
        min_value=0,
        widget=forms.TextInput({"inputmode": "decimal", "size": 8, "autocomplete": "off"}),
        error_messages={"required": "Give a number.", "invalid": "That is not a number."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        error_messages={"required": "Give a reason: why this value is the best."},
    )


@dataclass(frozen=True, slots=True)
class LedgerLevel:
    """One level of the ledger with all that is shown of it."""

    level: Level
    title: str
    note: str
    groups: Sequence[Group]
    count: int
    words: Sequence[SourceWord]
    form: SourceForm
    open: bool

    @property
    def left_out(self) -> int:
        return self.count - len(self.groups)

    @property
    def has_two(self) -> bool:
        return sum(len(group.names) for group in self.groups) > 1


@dataclass(frozen=True, slots=True)
class OverTime:
    line: Line
    picture: Timeline
    said: Sequence[tuple[str, Counted]]


@dataclass(slots=True)
class Typed:
    """A form that came back as typed: one on sources, on a best value, or on how two claims stand."""

    sources: SourceForm | None = None
    best: BestForm | None = None
    relation: RelationForm | None = None


def board_context(shown: EventBoard, by: By, typed: Typed) -> dict[str, Any]:
    """What ``claims/_board.html`` and ``claims/_ledger.html`` show."""
    table = table_of(shown.board, shown.mentions, by, MEASURES, shown.best)
    pictures = [made for line in table.lines if (made := over_time(line, shown))]
    past = [(row, figure) for row in shown.board.rows for figure in row.past]
    return {
        "board": shown,
        "table": table,
        "by": by,
        "ways": list(By),
        "lines": [(line, best_form(line, number, typed.best)) for number, line in enumerate(table.lines)],
        "pictures": pictures[:MOST_PICTURES],
        "pictures_left": len(pictures) - MOST_PICTURES,
        "past": [(row, figure, shown.mentions[figure.key].claim) for row, figure in past[:MOST_ASIDE]],
        "past_count": len(past),
        "withdrawn": shown.withdrawn[:MOST_ASIDE],
        "levels": levels_of(shown, typed.sources),
        "unattributed": len(shown.board.ledger.unattributed),
        "seen_word": max((word.pk for word in shown.words), default=0),
        "seen_best": max((value.pk for value in shown.best), default=0),
        "most_columns": MOST_COLUMNS,
        "most_claims": MOST_CLAIMS,
    }


def best_form(line: Line, number: int, typed: BestForm | None) -> BestForm:
    row = line.row
    about = {name: getattr(row, name) for name in ("measure", "place", "population", "unit", "part")}
    if typed is not None and all(str(typed.data.get(name, "")) == str(about[name] or "") for name in about):
        return typed
    return BestForm(initial=about, auto_id=f"best-{number}-%s")


def levels_of(shown: EventBoard, typed: SourceForm | None) -> list[LedgerLevel]:
    ledger = shown.board.ledger
    groups = {
        Level.OUTLETS: ledger.outlets,
        Level.NEWSROOMS: ledger.newsrooms,
        Level.SOURCES: ledger.sources,
        Level.INTERESTS: ledger.interests,
    }
    made = []
    for level, found in groups.items():
        mine = typed is not None and typed.data.get("level") == level
        form = typed if typed is not None and mine else source_form(level, names_at(groups, level))
        ordered = sorted(found, key=lambda group: (-len(group.names), -len(group.voices), group.name))
        keys = {key_of(level, name) for name in names_at(groups, level)}
        words = [
            word for word in shown.words if word.level == level and (word.event_id or {word.one, word.other} <= keys)
        ]
        made.append(LedgerLevel(level, *TITLES[level], ordered[:MOST_GROUPS], len(found), words, form, mine))
    return made


def names_at(groups: Mapping[Level, Sequence[Group]], level: Level) -> list[str]:
    return sorted({name for group in groups.get(level, ()) for name in group.names})


def source_form(level: str, names: Sequence[str], data: QueryDict | None = None) -> SourceForm:
    return SourceForm(names, data, initial={"level": level}, auto_id=f"{level.replace(' ', '-')}-%s")


def over_time(line: Line, shown: EventBoard) -> OverTime | None:
    """What each primary source said of a row, where it was said as of two times at least; past figures with it."""
    columns = Columns(shown.board.ledger, By.SOURCES)
    figures = sorted((*line.row.figures, *line.row.past), key=lambda each: (each.as_of, each.key))
    series: dict[str, list[Said]] = {}
    for each in figures:
        said = Said(each.as_of, each.low, each.high, amount(each), past=each.told is Told.PAST)
        series.setdefault(columns.of(each), []).append(said)
    picture = timeline_of(series)
    return OverTime(line, picture, [(columns.of(each), each) for each in figures]) if picture else None
