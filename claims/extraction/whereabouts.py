"""Where a claim happens: of the places that its words name, the scenes and not the actors ("Paris said ...")."""

from __future__ import annotations

from collections.abc import Sequence

from claims.extraction.cues import cue_verbs
from claims.extraction.nlp import Doc, Token
from claims.extraction.speaker_words import is_kind
from claims.extraction.types import Anchor, FigureFound, PlaceFound

Stretches = Sequence[tuple[int, int]]
MAX_STEPS = 4
LOCAL_OFFICES = frozenset({"mayor", "governor", "sheriff"})
# Things that are at a place; with any other noun a possessive names an owner or an actor.
_SCENE_WORDS = """
centre center city town village district region area border outskirt outskirts suburb port airport capital street square
market province state county neighbourhood neighborhood coast river bridge station territory soil oblast island valley
site hospital school quarter zone sector front frontier countryside north south east west
"""
SCENES = frozenset(_SCENE_WORDS.split())
# As the subject of these a place undergoes what happens.
_UNDERGOING_WORDS = (
    "come suffer see face wake remain lose mourn burn flood shake be lie stand experience endure witness"
)
UNDERGOING = frozenset(_UNDERGOING_WORDS.split())


def claim_places(
    doc: Doc, places: Sequence[PlaceFound], figures: Sequence[FigureFound], stretches: Stretches
) -> tuple[str, ...]:
    """Return the canonical names of the scenes inside the stretches and of the figures' places, each once, in order."""
    inside = [one for one in places if one.name and within(one.anchor, stretches)]
    named = [one.name for one in inside if _is_scene(doc, one.anchor)]
    return tuple(dict.fromkeys([*named, *(figure.place for figure in figures if figure.place)]))


def within(anchor: Anchor, stretches: Stretches) -> bool:
    """Whether an anchor lies inside one of the stretches."""
    return any(start <= anchor.start and anchor.end <= end for start, end in stretches)


def _is_scene(doc: Doc, anchor: Anchor) -> bool:
    span = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
    return span is None or _plays_scene(span.root)


def _plays_scene(token: Token, steps: int = 0) -> bool:
    head, relation = token.head, token.dep_
    if relation in ("conj", "flat", "appos", "nmod:desc") and steps < MAX_STEPS and head.i != token.i:
        return _plays_scene(head, steps + 1)
    if relation in ("nmod:poss", "compound", "amod", "nmod:unmarked"):
        return _of_scene(token, relation)
    if relation in ("nsubj", "nsubj:outer"):
        return head.lemma_ in UNDERGOING or head.pos_ not in ("VERB", "AUX")
    if relation in ("obj", "iobj", "obl", "obl:agent", "nmod"):
        agent = relation == "obl:agent" or any(kid.lower_ == "by" for kid in token.children if kid.dep_ == "case")
        accused = relation in ("obj", "iobj") and head.lemma_ in cue_verbs()
        return not agent and not accused
    return True


def _of_scene(token: Token, relation: str) -> bool:
    noun = token.head
    if noun.lemma_.lower() in SCENES or noun.lower_ in SCENES:
        return True
    if is_kind(noun.text, "body", "role", "people", "carrier"):
        return False
    return relation != "nmod:poss"


def inherits(words: str, figures: Sequence[FigureFound]) -> bool:
    """Whether a claim without a place goes on with the event before it: it counts losses of "the attack"."""
    counts = any(not figure.measure.startswith(("other:", "money", "percent")) for figure in figures)
    return counts and words.lower().startswith(
        ("the ", "it ", "they ", "this ", "that ", "these ", "those ", "another ")
    )


def office_places(places: Sequence[PlaceFound], role: str) -> tuple[str, ...]:
    """Return the places in the role of a local official ("Lisbon mayor"): what they report, they report of there."""
    local = any(word.lower() in LOCAL_OFFICES for word in role.split())
    return tuple(dict.fromkeys(one.name for one in places if one.name and local and one.anchor.text in role))
