"""What the page of an event shows of how its claims stand to each other, and of what things are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms

from claims.changes import MAX_REASON
from claims.event_relations import EventRelations
from claims.models import Claim, RelationWord
from claims.relation_words import DIMENSIONS
from claims.relations import Kind, Match, Naming, Relation, Side, Span, Variant

MOST_GROUPS, MOST_LINES, MOST_USERS = 12, 8, 4
WORDS_KIND = RelationWord.Kind


class RelationForm(forms.Form):
    """A person's word on how two claims stand to each other."""

    use_required_attribute = False
    kind = forms.ChoiceField(choices=WORDS_KIND.choices, widget=forms.HiddenInput)
    one = forms.IntegerField(widget=forms.HiddenInput)
    other = forms.IntegerField(widget=forms.HiddenInput)
    dimension = forms.ChoiceField(label="They differ in", required=False)
    reason = forms.CharField(
        label="Reason",
        max_length=MAX_REASON,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        error_messages={"required": "Give a reason: what shows that they stand so, or do not."},
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choose: Any = self.fields["dimension"]
        choose.choices = [("", "–"), *((name, name) for name in DIMENSIONS)]


@dataclass(frozen=True, slots=True)
class Line:
    """A claim with the words marked that a relation rests on: ``words`` are (text, whether it is marked).

    ``asks`` names the pair of which a person can say something; the ``form`` for it is there where it was asked for.
    """

    claim: Claim
    who: str
    outlet: str
    words: Sequence[tuple[str, bool]]
    why: str = ""
    rules: str = ""
    asks: str = ""
    form: RelationForm | None = None


@dataclass(slots=True)
class Group:
    """What one source denies or concedes: its statements, and those that it stands against, with those left out."""

    who: str
    about: str
    said: list[Line] = field(default_factory=list)
    against: list[Line] = field(default_factory=list)
    said_left: int = 0
    against_left: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One side of a dispute over who did it."""

    name: str
    lines: Sequence[Line]
    left: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a quotation; ``number`` tells which of the other they stand opposite, 0 where they are the same."""

    text: str
    match: Match
    number: int = 0


@dataclass(frozen=True, slots=True)
class Rendering:
    """One quotation as two pieces of copy give it."""

    why: str
    sides: Sequence[tuple[Line, Sequence[Stretch]]]


@dataclass(frozen=True, slots=True)
class Scope:
    """Two claims whose numbers may be, or are, of different scope."""

    one: Line
    other: Line
    relation: Relation
    asks: str = ""
    form: RelationForm | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One thing with its names; each with who uses it: (outlet, speaker, quoted, claim)."""

    naming: Naming
    ways: Sequence[tuple[Variant, Sequence[tuple[str, str, bool, Claim]], int]]


def relations_context(shown: EventRelations, typed: RelationForm | None = None, asked: str = "") -> dict[str, Any]:
    """What ``claims/_relations.html`` shows; ``asked`` names the pair of which a person wants to say something."""
    page = Page(shown, typed, asked)
    relations = shown.relations
    scopes = relations.of(Kind.DIFFERENT_SCOPE)
    open_scopes = [each for each in scopes if each.undecided]
    known = [each for each in scopes if not each.undecided]
    return {
        "relations": shown,
        "denials": list(page.groups(relations.of(Kind.DENIES))),
        "concessions": list(page.groups(relations.of(Kind.CONCEDES))),
        "rivalries": [[page.column(each.one), page.column(each.other)] for each in relations.rivalries[:MOST_GROUPS]],
        "renderings": [page.rendering(each) for each in relations.of(Kind.RENDERING)[:MOST_GROUPS]],
        "open_scopes": [page.scope(each, with_form=True) for each in open_scopes[:MOST_GROUPS]],
        "open_scopes_left": len(open_scopes) - MOST_GROUPS,
        "known_scopes": [page.scope(each) for each in known[:MOST_LINES]],
        "known_scopes_left": len(known) - MOST_LINES,
        "repeated": len(relations.of(Kind.REPEATS)),
        "namings": [page.named(each) for each in shown.naming[:MOST_GROUPS]],
        "namings_left": len(shown.naming) - MOST_GROUPS,
        "relation_words": shown.words,
        "seen_relation": max((word.pk for word in shown.words), default=0),
    }


class Page:
    """The relations of an event as lines of claims, with the one form that was asked for, or came back as typed."""

    def __init__(self, shown: EventRelations, typed: RelationForm | None = None, asked: str = "") -> None:
        self.shown, self.typed, self.asked = shown, typed, asked

    def groups(self, relations: Iterable[Relation]) -> Iterator[Group]:
        """By who says it and about what; at most ``MOST_GROUPS`` of ``MOST_LINES``."""
        found: dict[tuple[str, str], Group] = {}
        lines: dict[tuple[str, str], tuple[dict[str, Line], dict[str, Line]]] = {}
        for each in relations:
            origin = self.shown.relations.origins.get(each.one) or self.shown.statements[each.one].who
            key = origin, each.about
            found.setdefault(key, Group(origin, each.about.replace("_", " ")))
            said, against = lines.setdefault(key, ({}, {}))
            if each.one not in said:
                said[each.one] = self.line(each.one, each.spans)
            if each.other not in against:
                against[each.other] = self.line(each.other, each.spans, each)
        for key, group in list(found.items())[:MOST_GROUPS]:
            said, against = lines[key]
            group.said, group.said_left = list(said.values())[:MOST_LINES], len(said) - MOST_LINES
            group.against, group.against_left = list(against.values())[:MOST_LINES], len(against) - MOST_LINES
            yield group

    def line(self, key: str, spans: Sequence[Span], relation: Relation | None = None) -> Line:
        statement = self.shown.statements[key]
        words = list(marked(statement.text, [span for span in spans if span.statement == key]))
        line = Line(self.shown.claims[key], statement.who, statement.voice.outlet, words)
        if relation is None:
            return line
        asks = self.asks(relation)
        return replace(
            line, why=relation.why, rules=", ".join(relation.rules), asks=asks, form=self.form(relation, asks)
        )

    def asks(self, relation: Relation) -> str:
        one, other = (self.shown.claims[key].pk for key in (relation.one, relation.other))
        return f"{relation.kind.value}-{one}-{other}"

    def form(self, relation: Relation, asks: str) -> RelationForm | None:
        typed = self.typed
        if typed is not None and asks == "-".join(str(typed.data.get(name)) for name in ("kind", "one", "other")):
            return typed
        if asks != self.asked:
            return None
        kind, one, other = asks.rsplit("-", 2)
        about = relation.about if relation.about in DIMENSIONS else ""
        initial = {"kind": kind, "one": one, "other": other, "dimension": about}
        return RelationForm(initial=initial, auto_id="say-%s")

    def column(self, side: Side) -> Column:
        spans = {span.statement: span for span in side.spans}
        lines = [self.line(key, [spans[key]]) for key in side.statements[:MOST_LINES]]
        return Column(side.name, lines, len(side.statements) - MOST_LINES)

    def rendering(self, relation: Relation) -> Rendering:
        sides: list[tuple[Line, list[Stretch]]] = [
            (self.line(relation.one, ()), []),
            (self.line(relation.other, ()), []),
        ]
        number = 0
        for step in relation.steps:
            number += step.match is not Match.SAME
            for (line, stretches), span in zip(sides, (step.one, step.other), strict=True):
                if span is not None:
                    text = line.claim.text[slice(*span)]
                    stretches.append(Stretch(text, step.match, 0 if step.match is Match.SAME else number))
        return Rendering(relation.why, sides)

    def scope(self, relation: Relation, *, with_form: bool = False) -> Scope:
        asks = self.asks(relation) if with_form else ""
        ends = self.line(relation.one, ()), self.line(relation.other, ())
        return Scope(*ends, relation, asks, self.form(relation, asks) if with_form else None)

    def named(self, naming: Naming) -> Named:
        ways = []
        for variant in naming.variants:
            users: dict[tuple[str, str, bool], Claim] = {}
            for use in variant.uses:
                users.setdefault((use.outlet, use.speaker, use.quoted), self.shown.claims[use.statement])
            told = [(outlet, who, quoted, claim) for (outlet, who, quoted), claim in users.items()]
            ways.append((variant, told[:MOST_USERS], len(told) - MOST_USERS))
        return Named(naming, ways)


def marked(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The text cut into (words, whether they are in a span)."""
    at = 0
    for span in sorted(spans):
        if span.start >= at:
            if span.start > at:
                yield text[at : span.start], False
            yield text[span.start : span.end], True
            at = span.end
    if at < len(text):
        yield text[at:], False
