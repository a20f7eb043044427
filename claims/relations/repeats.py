"""The same told again (R21, R23): by the same source, or in another copy of one text. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from claims.comparison import Standing as Stands
from claims.comparison import Where, compare
from claims.relations.denying import About
from claims.relations.reading import Reading
from claims.relations.scene import Scene, meet
from claims.relations.types import Kind, Relation

LIKE, LEAST_SHARED, COPIED = 0.6, 3, 0.8


def repeats(scene: Scene) -> Iterator[Relation]:
    """Each statement against the first that it repeats: of ten that say one thing, nine repeat the first."""
    seen: list[Reading] = []
    for reading in scene.readings:
        first = next((found for earlier in seen if (found := _repeated(scene, reading, earlier))), None)
        if first is not None:
            yield first
        seen.append(reading)


def _repeated(scene: Scene, later: Reading, earlier: Reading) -> Relation | None:
    if later.statement.denied != earlier.statement.denied or not meet(later, earlier, scene.by.geography):
        return None
    if scene.one_source(later, earlier) and (same := _same_thing(scene, later, earlier)):
        where = (
            "in the same piece of copy"
            if later.statement.article == earlier.statement.article
            else _carriers(later, earlier)
        )
        why = f"one primary source, {scene.origins[later.key]}, {where}: {same}"
        return Relation(Kind.REPEATS, later.key, earlier.key, ("R23",), why)
    if later.statement.article != earlier.statement.article and _one_copy(later, earlier):
        return Relation(Kind.REPEATS, later.key, earlier.key, ("R21",), "the same words in two copies of one text")
    return None


def _carriers(later: Reading, earlier: Reading) -> str:
    outlets = sorted({later.statement.voice.outlet, earlier.statement.voice.outlet})
    return f"carried by {' and '.join(outlets)}" if len(outlets) > 1 else f"in two articles of {outlets[0]}"


def _same_thing(scene: Scene, later: Reading, earlier: Reading) -> str:
    """What the same source says again, in words; nothing where it says another thing."""
    if figures := _same_figures(scene, later, earlier):
        return figures
    if denied := _same_denial(later, earlier):
        return denied
    if not (later.statement.figures and earlier.statement.figures) and _likeness(later, earlier) >= LIKE:
        return "nearly the same words"
    return ""


def _same_figures(scene: Scene, later: Reading, earlier: Reading) -> str:
    told = []
    for one in later.statement.figures:
        for other in earlier.statement.figures:
            if (
                one.measure != other.measure
                or one.measure.startswith("other")
                or (one.low, one.high) != (other.low, other.high)
            ):
                continue
            if compare(one, other, scene.by).standing is Stands.AGREE and _no_wider(scene, one.place, other.place):
                told.append(f"{one.words} {one.measure.replace('_', ' ')}")
    return ", ".join(dict.fromkeys(told))


def _no_wider(scene: Scene, one: str, other: str) -> bool:
    return not (one and other) or scene.by.geography(one, other) in (Where.SAME, Where.UNKNOWN)


def _same_denial(later: Reading, earlier: Reading) -> str:
    ours, theirs = ({(each.about, each.measure) for each in one.denied} for one in (later, earlier))
    shared = sorted(
        about.value for about, measure in ours & theirs if about not in (About.WORDS, About.CELL) and not measure
    )
    return f"the denial of {' and '.join(shared)}" if shared else ""


def _likeness(one: Reading, other: Reading) -> float:
    """The share of the telling words of the shorter statement that the other has too; nothing for a few words."""
    ours, theirs = set(one.telling), set(other.telling)
    shared = len(ours & theirs)
    return shared / min(len(ours), len(theirs)) if shared >= LEAST_SHARED else 0.0


def _one_copy(one: Reading, other: Reading) -> bool:
    ours, theirs = one.statement.voice, other.statement.voice
    related = bool(ours.copies and ours.copies == theirs.copies) or bool(set(ours.agencies) & set(theirs.agencies))
    keys = set(one.telling), set(other.telling)
    shared = len(keys[0] & keys[1])
    return related and shared >= LEAST_SHARED and shared >= COPIED * max(map(len, keys))
