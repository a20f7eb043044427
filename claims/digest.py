"""Articles that were read, sorted into the events they speak of, with the count board of each. Pure.

What the desk would suggest, computed for a set of articles at once: scenes, groups of scenes, boards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from claims.board import Board, Counted, board_of
from claims.comparison import Measure
from claims.extraction.types import Candidate, Extraction, FigureFound
from claims.geography import apart, country_of, is_narrow, lie
from claims.grouping import Scene, Told, grouped, portrait_of, scenes_of
from claims.grouping.kinds import repeats
from claims.independence import Voice, knower_of
from claims.relations import Naming, Relations, Statement, namings, relations_of
from claims.relations.found import statement_of
from claims.telling import (
    days_of,
    days_or_fresh,
    kind_of,
    places_of,
    sketch_of,
    title_of,
    told_at,
    words_of,
)


@dataclass(frozen=True, slots=True)
class Article:
    """One article with what was found in it. ``when`` is aware: when it was published."""

    key: str
    headline: str
    outlet: str
    when: datetime
    text: str
    extraction: Extraction
    headline_end: int = 0
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as articles tell it; ``articles`` are their keys, the days an interval or None, ``statements`` by key.
    Whoever is said to have done it is a party to it (R24)."""

    title: str
    kind: str
    days: tuple[date, date] | None
    places: tuple[str, ...]
    articles: tuple[str, ...]
    board: Board
    statements: Mapping[str, Statement]
    relations: Relations
    naming: tuple[Naming, ...]


@dataclass(frozen=True, slots=True)
class _Telling:
    """A scene and the article it is in."""

    article: Article
    scene: Scene


def happenings(articles: Iterable[Article], by: Measure | None = None) -> list[Happening]:
    """The events that ``articles`` speak of, those that most of them tell first; their order does not matter."""
    ordered = sorted(articles, key=lambda article: article.key)
    tellings = [_Telling(article, scene) for article in ordered for scene in _scenes(article)]
    portraits = [
        portrait_of(
            number,
            telling.article.key,
            words_of(telling.scene, telling.article.headline, telling.article.text),
            _places(telling),
            days_or_fresh(telling.scene.days, telling.scene.kinds, telling.article.when, main=telling.scene.main),
            repeated=repeats(frozenset(telling.scene.kinds)),
        )
        for number, telling in enumerate(tellings)
    ]
    groups = [[tellings[portrait.key] for portrait in group] for group in grouped(portraits)]
    found = [_happening(group, by or Measure(geography=lie)) for group in groups]
    return sorted(found, key=lambda event: (-len(event.articles), event.articles))


def board_of_articles(articles: Iterable[Article], by: Measure | None = None, *, every_scene: bool = False) -> Board:
    """The board of articles that a person put together: of what they are mainly about, or of all they tell."""
    tellings = [_Telling(article, scene) for article in articles for scene in _scenes(article)]
    chosen = (telling for telling in tellings if every_scene or telling.scene.main)
    return board_of((figure for telling in chosen for figure in _figures(telling)), by or Measure(geography=lie))


def _scenes(article: Article) -> list[Scene]:
    told = [told_of(number, claim, article.text) for number, claim in enumerate(article.extraction.claims)]
    scenes = scenes_of(told, _headline(article), apart)
    return scenes if scenes and scenes[0].main else [Scene(main=True), *scenes]


def told_of(number: int, claim: Candidate, text: str) -> Told:
    """A claim as the sorting of scenes sees it."""
    return told_at(number, text, claim.anchor.start, claim.anchor.end, claim.places, claim.from_day, claim.to_day)


def _headline(article: Article) -> Told:
    """The headline, with the towns in it; one that owns something ("Moscow's forces") is no place there."""
    end = article.headline_end
    found = (place for place in article.extraction.places if place.name and place.anchor.end <= end)
    owned = ("’s", "'s")
    places = frozenset(
        place.name for place in found if is_narrow(place.name) and not article.text.startswith(owned, place.anchor.end)
    )
    return Told(-1, article.headline, article.headline, 0, places)


def _places(telling: _Telling) -> frozenset[str]:
    if telling.scene.main:
        return frozenset(place.name for place in telling.article.extraction.places if place.name)
    return frozenset(telling.scene.places)


def _happening(group: Sequence[_Telling], by: Measure) -> Happening:
    statements = {each.key: each for telling in group for each in _statements(telling)}
    relations = relations_of(statements.values(), by)
    board = board_of((figure for telling in group for figure in _figures(telling)), by, relations.accused)
    sketches = [
        sketch_of(telling.scene, telling.article.key, telling.article.headline, telling.article.when)
        for telling in group
    ]
    return Happening(
        title=title_of(sketches),
        kind=kind_of(sketches),
        days=days_of(sketches),
        places=places_of(sketches),
        articles=tuple(dict.fromkeys(telling.article.key for telling in group)),
        board=board,
        statements=statements,
        relations=relations,
        naming=namings(statements.values()),
    )


def _statements(telling: _Telling) -> Iterable[Statement]:
    article = telling.article
    for told in telling.scene.told:
        claim = article.extraction.claims[told.key]
        yield statement_of(claim, _voice(article, told, claim), article.key, article.when)


def _figures(telling: _Telling) -> Iterable[Counted]:
    article = telling.article
    for told in telling.scene.told:
        claim = article.extraction.claims[told.key]
        voice = _voice(article, told, claim)
        for number, figure in enumerate(claim.figures):
            if figure.low is None:
                continue
            yield Counted(
                key=f"{voice.key} {number:03d}",
                voice=voice,
                article=article.key,
                measure=figure.measure,
                low=figure.low,
                high=figure.high,
                words=figure.anchor.text,
                as_of=article.when,
                places=(figure.place,) if figure.place else claim.places,
                population=figure.population,
                part=_is_part(figure, claim),
                from_day=claim.from_day,
                to_day=claim.to_day,
                speaker=claim.speaker.name if claim.speaker else "",
                before=article.text[claim.anchor.start : figure.anchor.start],
                after=article.text[figure.anchor.end : claim.anchor.end],
            )


def _is_part(figure: FigureFound, claim: Candidate) -> bool:
    """Whether a figure counts some of those that another one counts; missiles shot down are no part of a toll (R4)."""
    return figure.part_of is not None and claim.figures[figure.part_of].measure == figure.measure


def _voice(article: Article, told: Told, claim: Candidate) -> Voice:
    speaker = claim.speaker
    home = next(filter(None, map(country_of, claim.places)), "")
    knower = knower_of(speaker.name, speaker.role, speaker.kind, home) if speaker else None
    return Voice(f"{article.key} {told.key:05d}", article.outlet or article.key, article.agencies, knower=knower)
