"""Measures how long it takes to link one new article on desks of several sizes: the cost must not grow with them."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from claims import linking, proposing, scening, suggestions
from claims.grouping.kinds import kinds_in
from claims.grouping.likeness import everyday
from claims.management.throwaway import Throwaway
from claims.models import Article, ArticleVersion, Claim, Event, EventTerm, Outlet, Place, Scene, SceneTerm

SIZES = (1_000, 10_000, 100_000)
ASKED = 40
BATCH = 1_000
TELLERS = 3  # articles that tell of one happening
EVERY_NTH = 10  # happenings that a person made an event of
OUTLETS = 40
MOST_SLOWER = 1.5
SEED = 20
FIRST = datetime(2031, 1, 1, 12, tzinfo=UTC)
TOWNS = (
    *("Bergen", "Ghent", "Odense", "Turku", "Porto", "Graz", "Lyon", "Poznan"),
    *("Leipzig", "Malmo", "Cork", "Basel", "Bari", "Tartu", "Kaunas", "Split"),
)
DEEDS = ("a strike on", "a fire at", "a crash near", "shelling of", "a vote at", "a trial over", "a flood at")
STEMS = ("ka", "lo", "mi", "ren", "sta", "vor", "tel", "bra", "nu", "dal", "gri", "osk", "fen", "hul", "jar", "pim")


@dataclass(frozen=True, slots=True)
class Made:
    """One made article: its sentences are its claims."""

    headline: str
    sentences: tuple[str, ...]
    town: str
    when: datetime

    @property
    def text(self) -> str:
        return f"{self.headline}\n\n" + " ".join(self.sentences)


class Writer:
    """Makes up happenings without end, each told by several articles; words are used as unevenly as in copy."""

    def __init__(self) -> None:
        self.dice = random.Random(SEED)  # noqa: S311  # nothing is kept secret with it
        known, _ = everyday()
        self.words, self.shares = list(known), list(known.values())

    def articles(self) -> Iterator[Made]:
        number = 0
        while True:
            yield from self.tellings(FIRST + timedelta(minutes=20 * number))
            number += 1

    def tellings(self, when: datetime) -> list[Made]:
        town, deed = self.dice.choice(TOWNS), self.dice.choice(DEEDS)
        names = [" ".join("".join(self.dice.choices(STEMS, k=3)).title() for _ in range(2)) for _ in range(3)]
        about = self.dice.choices(self.words, self.shares, k=12)
        return [self.telling(town, deed, names, about, when) for _ in range(TELLERS)]

    def telling(self, town: str, deed: str, names: Sequence[str], about: Sequence[str], when: datetime) -> Made:
        day = f"{when:%-d %B}"
        padding = self.dice.choices(self.words, self.shares, k=48)
        told = [f"After {deed} the {about[0]} {about[1]} in {town} on {day} {names[0]} spoke to {names[1]}."]
        told += [
            f"The {about[2 * at]} {about[2 * at + 1]} was seen by {names[at % 3]} with"
            f" {' '.join(padding[8 * at : 8 * at + 8])}."
            for at in range(1, 6)
        ]
        return Made(f"{deed.capitalize()} the {about[0]} in {town}", tuple(told), town, when)


class Command(BaseCommand):
    help = "How long it takes to link one new article on desks of several sizes, in a database that is thrown away."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        medians: list[float] = []
        with TemporaryDirectory() as folder, Throwaway(Path(folder)):
            desk = Desk()
            for size in sorted(set(options["sizes"])):
                desk.fill(size)
                taken = sorted(desk.ask())
                medians.append(statistics.median(taken))
                worst = taken[int(0.95 * (len(taken) - 1))]
                self.stdout.write(
                    f"{size:>8,} articles  {Event.objects.count():>6,} events  median {1000 * medians[-1]:.0f} ms"
                    f"  95 % {1000 * worst:.0f} ms  queries {desk.queries}  linked {desk.linked} of {ASKED}"
                )
        slower = medians[-1] / medians[0]
        self.stdout.write(
            f"The largest desk takes {slower:.2f} times as long; {time.monotonic() - started:.0f} s in all."
        )
        if slower > MOST_SLOWER:
            raise CommandError(f"More than {MOST_SLOWER} times.")


class Desk:
    """A desk that is filled as its own code would, with one scene an article, in bulk."""

    def __init__(self) -> None:
        self.made = Writer().articles()
        self.size = self.queries = self.linked = 0
        self.holders: Counter[tuple[str, int]] = Counter()
        self.places = {town: Place.objects.get_or_create(name=town)[0] for town in TOWNS}
        self.outlets = [Outlet.objects.create(name=f"Outlet {number}") for number in range(OUTLETS)]

    def fill(self, size: int) -> None:
        while self.size < size:
            with transaction.atomic():
                self.store(list(islice(self.made, min(BATCH // TELLERS * TELLERS, size - self.size))))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def store(self, made: Sequence[Made]) -> None:
        versions = self.versions(made)
        scenes = [self.scene(version, one) for version, one in zip(versions, made, strict=True)]
        Scene.objects.bulk_create(scenes)
        rows = [
            (key, scene.pk) for scene in scenes for key in scening.keys_of_scene(scene) if self.has_room("scene", key)
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {SceneTerm._meta.db_table} (key, scene_id) VALUES (%s, %s)", rows)  # noqa: S608 our table
        claims = [
            Claim(version=version, start=len(one.headline) + 2, end=len(one.text), text=one.sentences[0], scene=scene)
            for version, one, scene in zip(versions, made, scenes, strict=True)
        ]
        Claim.objects.bulk_create(claims)
        self.events(made[:: TELLERS * EVERY_NTH])
        self.size += len(made)

    def versions(self, made: Sequence[Made]) -> list[ArticleVersion]:
        articles = Article.objects.bulk_create(
            Article(outlet=self.outlets[(self.size + at) % OUTLETS]) for at in range(len(made))
        )
        return ArticleVersion.objects.bulk_create(
            ArticleVersion(
                article=article, headline=one.headline, headline_end=len(one.headline), text=one.text, work="done",
                published=one.when, version_created=one.when, settled=one.when,
            )
            for article, one in zip(articles, made, strict=True)
        )  # fmt: skip

    def scene(self, version: ArticleVersion, one: Made) -> Scene:
        day, kinds = one.when.date(), dict.fromkeys(kinds_in(one.headline), 6)
        return Scene(
            version=version, number=0, main=True, title=one.headline, kinds=kinds, places={one.town: 6},
            around=[one.town], from_day=day, to_day=day, terms=scening.weightiest(f"{one.headline}\n{one.text}"),
        )  # fmt: skip

    def has_room(self, of: str, key: int) -> bool:
        self.holders[of, key] += 1
        return self.holders[of, key] <= scening.MOST_HOLDERS

    def events(self, made: Sequence[Made]) -> None:
        rows = Event.objects.bulk_create(
            Event(title=one.headline, from_day=one.when.date(), to_day=one.when.date(), matched=FIRST) for one in made
        )
        through = Event.places.through
        through._default_manager.bulk_create(
            through(event_id=row.pk, place_id=self.places[one.town].pk) for row, one in zip(rows, made, strict=True)
        )
        keys = [EventTerm(key=key, event=row) for row in rows for key in suggestions.keys_of_event(row)]
        EventTerm.objects.bulk_create(one for one in keys if self.has_room("event", one.key))

    def ask(self) -> list[float]:
        """Link articles that tell of what the desk was told last, each taken back afterwards; CPU seconds of each."""
        last = FIRST + timedelta(minutes=20 * (self.size // TELLERS))
        writer = Writer()
        writer.dice.seed(SEED + 1)
        taken, self.linked = [], 0
        for _ in range(ASKED):
            first, second, _third = writer.tellings(last)
            with transaction.atomic():
                self.store_one(first)
                article = self.store_one(second)
                connection.force_debug_cursor = True
                before, started = len(connection.queries_log), time.process_time()
                events = link(article)
                taken.append(time.process_time() - started)  # whatever else the machine does meanwhile
                self.queries = len(connection.queries_log) - before
                connection.force_debug_cursor = False
                self.linked += bool(events)
                transaction.set_rollback(True)
        return taken

    def store_one(self, one: Made) -> int:
        """A new article as its reading leaves it, and its scenes; only the second of two is linked."""
        (version,) = self.versions([one])
        self.size += 1
        starts = [one.text.index(sentence) for sentence in one.sentences]
        day = one.when.date()
        claims = Claim.objects.bulk_create(
            Claim(version=version, start=at, end=at + len(words), text=words, from_day=day, to_day=day)
            for at, words in zip(starts, one.sentences, strict=True)
        )
        through = Claim.places.through
        through._default_manager.bulk_create(
            through(claim_id=claim.pk, place_id=self.places[one.town].pk) for claim in claims
        )
        scening.rescene(version.article_id)
        self.size -= 1
        return version.article_id


def link(article: int) -> list[Event]:
    """What a reading does for the links of an article once its claims are stored."""
    scening.rescene(article)
    claims = Claim.objects.filter(scene__version__article=article).select_related("version").prefetch_related("places")
    linking.suggest_links(claims)
    return proposing.propose(article)
