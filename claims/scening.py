"""The scenes of an article as rows, and the index by which the like of them are found (R11).

Only the copy that stands last in a story has scenes. Keys that many scenes have stop being added to at
``MOST_HOLDERS``, so that a look-up costs the same on a desk of a hundred and of a hundred thousand articles.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from claims.geography import apart, is_narrow
from claims.grouping import Likeness, Portrait, Told, portrait_of, scenes_of
from claims.grouping import Scene as Found
from claims.grouping.kinds import repeats
from claims.models import ArticleVersion, Claim, EventTerm, Scene, SceneTerm
from claims.telling import (
    MOST_KEYED,
    Days,
    Sketch,
    days_or_fresh,
    fresh_days,
    key_of_word,
    keys_of,
    sketch_of,
    told_at,
    words_of,
)

MOST_HOLDERS = 48
COMMON_WEIGHT = 0.125
MOST_NEAR = 40
MOST_SCENES = 30
WRITTEN = ("main", "title", "kinds", "agents", "places", "around", "from_day", "to_day", "terms")


def rescene(article: int) -> list[Scene]:
    """Write anew the scenes of the copy that stands last in a story, and take them from what stood before. The caller
    holds the transaction and the story."""
    version = current(article)
    known = Scene.objects.filter(version__article=article)
    if version is None or not version.text.strip():
        known.delete()
        return []
    claims = list(version.claims.standing().filter(withdrawn_by__isnull=True).prefetch_related("places"))
    found = [scene for scene in _scenes(version, claims) if scene.told][:MOST_SCENES]
    known.exclude(version=version, number__lt=len(found)).delete()
    everywhere = sorted({place.name for claim in claims for place in claim.places.all()})
    rows = [_row(version, number, scene, everywhere) for number, scene in enumerate(found)]
    Scene.objects.bulk_create(rows, update_conflicts=True, unique_fields=["version", "number"], update_fields=WRITTEN)
    rows = list(Scene.objects.filter(version=version).select_related("version__article__outlet").order_by("number"))
    _place(claims, zip(rows, found, strict=True))
    index(rows)
    return rows


def _place(claims: Sequence[Claim], scenes: Iterable[tuple[Scene, Found]]) -> None:
    of_claim = {told.key: row for row, scene in scenes for told in scene.told}
    for claim in claims:
        claim.scene = of_claim.get(claim.pk)
    Claim.objects.bulk_update(claims, ["scene"], batch_size=200)


def current(article: int) -> ArticleVersion | None:
    """The version of a story that stands last among those that were read and may be seen; none where that is a kill."""
    settled = ArticleVersion.objects.filter(article=article, settled__isnull=False).in_story_order()
    version = settled.select_related("article__outlet").last()
    return None if version is None or version.ends_story else version


def _scenes(version: ArticleVersion, claims: Sequence[Claim]) -> list[Found]:
    told = [
        told_at(claim.pk, version.text, claim.start, claim.end, names_of(claim), claim.from_day, claim.to_day)
        for claim in claims
    ]
    return scenes_of(told, _headline(version, claims), apart)


def names_of(claim: Claim) -> list[str]:
    return [place.name for place in claim.places.all()]


def _headline(version: ArticleVersion, claims: Sequence[Claim]) -> Told:
    """The headline, with the towns of its claims that stand in it; one that owns something is no place there."""
    names = {name for claim in claims for name in names_of(claim) if is_narrow(name)}
    words = version.headline
    found = (name for name in names if re.search(rf"\b{re.escape(name)}\b(?!['’]s)", words))
    return Told(-1, words, words, 0, frozenset(found))


def _row(version: ArticleVersion, number: int, scene: Found, everywhere: Sequence[str]) -> Scene:
    when = version.published or version.version_created
    sketch = sketch_of(scene, str(version.article_id), version.headline, when)
    return Scene(
        version=version,
        number=number,
        main=scene.main,
        title=sketch.title,
        kinds=dict(sorted(sketch.kinds.items())),
        agents=sorted(scene.agents),
        places=dict(sorted(sketch.places.items())),
        around=everywhere if scene.main else sorted(scene.places),
        from_day=scene.from_day,
        to_day=scene.to_day,
        terms=weightiest(words_of(scene, version.headline, version.text)),
    )


def weightiest(words: str) -> list[tuple[str, float]]:
    """The terms of ``words`` that few texts use, the weightiest first, with their damped counts."""
    portrait = portrait_of(0, "", words)
    return [(term, round(portrait.terms[term], 3)) for term in Likeness().weighed(portrait)]


def index(rows: Sequence[Scene]) -> None:
    """Make scenes findable under their keys, but for those that too many have already."""
    SceneTerm.objects.filter(scene__in=[row.pk for row in rows]).delete()
    wanted = {row.pk: keys_of_scene(row) for row in rows}
    full = full_among(key for keys in wanted.values() for key in keys)
    SceneTerm.objects.bulk_create(
        [SceneTerm(key=key, scene_id=pk) for pk, keys in wanted.items() for key in keys if key not in full],
        ignore_conflicts=True,
    )


def full_among(keys: Iterable[int], terms: Any = SceneTerm) -> set[int]:
    """Those of ``keys`` that too many scenes, or events, have."""
    held = terms.objects.filter(key__in=set(keys)).values_list("key").annotate(holders=Count("key"))
    return {key for key, holders in held if holders >= MOST_HOLDERS}


def keys_of_scene(row: Scene) -> list[int]:
    days: Days = row.days or fresh_days(row.when)
    return keys_of((term for term, _ in row.terms), row.around, days)


@dataclass(frozen=True, slots=True)
class Telling:
    """A stored scene as the comparison sees it, with the article and outlet that it is from."""

    row: Scene
    portrait: Portrait

    @property
    def article(self) -> int:
        return self.row.version.article_id

    @property
    def sketch(self) -> Sketch:
        row = self.row
        return Sketch(str(self.article), row.when, row.main, row.title, row.kinds, row.places, row.days)


def telling_of(row: Scene) -> Telling:
    """``row`` with its version."""
    kinds = frozenset(row.kinds)
    days = days_or_fresh(row.days, kinds, row.when, main=row.main)
    portrait = Portrait(
        row.pk, str(row.version.article_id), dict(row.terms), frozenset(row.around), days, repeated=repeats(kinds)
    )
    return Telling(row, portrait)


def load(ids: Iterable[int]) -> list[Telling]:
    """The tellings of scenes by their ids, in one query and in their order."""
    heavy = ("text", "furniture", "moved", "warnings", "ed_note")
    rows = Scene.objects.filter(pk__in=set(ids)).select_related("version__article__outlet").order_by("pk")
    return [telling_of(row) for row in rows.defer(*(f"version__{name}" for name in heavy))]


def near_scenes(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """For each number its keys are asked for under, the ids of the scenes that share most of them, the likest first, at
    most ``MOST_NEAR``. One query."""
    return _near(wanted, SceneTerm.objects.all(), "scene_id")


def near_events(wanted: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The same for events. One query."""
    return _near(wanted, EventTerm.objects.all(), "event_id")


def _near(wanted: Mapping[int, Sequence[int]], terms: Any, holder: str) -> dict[int, list[int]]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    every = {key for keys in wanted.values() for key in keys}
    for key, found in terms.filter(key__in=every).values_list("key", holder):
        holders[key].append(found)
    near: dict[int, list[int]] = {}
    for one, keys in wanted.items():
        score: Counter[int] = Counter()
        for key in keys:
            weight = COMMON_WEIGHT if len(holders[key]) >= MOST_HOLDERS else 1.0
            for found in holders[key]:
                score[found] += weight  # type: ignore[assignment]  # a sum of weights
        near[one] = sorted(score, key=lambda each: (-score[each], each))[: MOST_NEAR + 1]
    return near


def scale_for(portraits: Iterable[Portrait]) -> Likeness:
    """Weighs words by everyday English, and those that the desk's scenes are full of not at all. What it says of two
    tellings hangs neither on the others at hand nor on the order in which they came. One query."""
    words = {term for portrait in portraits for term in list(portrait.terms)[:MOST_KEYED]}
    keys = {key_of_word(term): term for term in words}
    scale = Likeness()
    scale.bar(keys[key] for key in full_among(keys))
    return scale
