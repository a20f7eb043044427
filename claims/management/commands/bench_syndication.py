"""Measures how copies are found among many articles, beside datasketch's plain MinHashLSH on the same texts."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from datasketch import MinHash, MinHashLSH
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from claims import reuse
from claims.evaluation.copies import Article as Made
from claims.evaluation.copies import cases
from claims.evaluation.crowd import crowd
from claims.evaluation.sets.syndication import FIRST, LATER, articles
from claims.management.throwaway import Throwaway
from claims.models import Article, ArticleVersion, CopyKey
from claims.syndication.fingerprints import keys_of
from claims.syndication.judging import Label, compare, read
from claims.syndication.origins import Copy
from claims.syndication.words import TOKEN

SIZES = (1_000, 10_000, 100_000)
EVERY_NTH = 3
BATCH = 1_000
PLAIN_THRESHOLD, PLAIN_PERMUTATIONS = 0.8, 128
WAYS = ("new headline", "cut", "another order", "by a desk", "all rewritten", "partly")
HEAD = ("articles", "method", "found", "precision", "median ms", "95 % ms", "candidates")


@dataclass(frozen=True, slots=True)
class Question:
    """A copy to be asked for, made in a known way: the id of its source, and of the article that the rest is from."""

    way: str
    text: str
    wanted: int
    other: int


@dataclass
class Tally:
    """What one method found at one size."""

    hits: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    candidates: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, question: Question, found: Sequence[int], looked_at: int, seconds: float) -> None:
        self.asked[question.way] += 1
        self.hits[question.way] += question.wanted in found
        self.wrong += sum(one not in (question.wanted, question.other) for one in found)
        self.candidates += looked_at
        self.seconds.append(seconds)

    def line(self, size: int, name: str) -> tuple[str, ...]:
        hits, asked = sum(self.hits.values()), sum(self.asked.values())
        precision = hits / (hits + self.wrong) if hits + self.wrong else 0.0
        ranked = sorted(self.seconds)
        return (
            f"{size:,}",
            name,
            f"{hits / asked:.3f}",
            f"{precision:.3f}",
            f"{1000 * statistics.median(ranked):.2f}",
            f"{1000 * ranked[int(len(ranked) * 0.95)]:.2f}",
            f"{self.candidates / asked:.1f}",
        )


class Command(BaseCommand):
    """``manage.py bench_syndication [--sizes N …]``: in a database of its own, which is thrown away."""

    help = "Find made copies among 1,000, 10,000 and 100,000 articles, and compare with plain MinHashLSH at 0.8."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
        parser.add_argument("--shared", type=Path, default=settings.BASE_DIR.parent / "shared", metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = [one for subject in articles(options["shared"]).values() for one in subject]
        if not sources:
            raise CommandError(f"The articles of MEANTIME are not in {options['shared']}.")
        started = time.monotonic()
        with TemporaryDirectory() as folder, Throwaway(Path(folder)):
            tables = Bench(sources, self.stdout.write).run(sorted(set(options["sizes"])))
        self.stdout.write("")
        widths = [max(len(row[i]) for row in (HEAD, *tables)) for i in range(len(HEAD))]
        for row in (HEAD, *tables):
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        self.stdout.write(f"{time.monotonic() - started:.0f} s in all.")


class Bench:
    """The desk and the plain index beside it, filled with the same texts and asked for the same copies."""

    def __init__(self, sources: Sequence[Made], say: Callable[[str], object]) -> None:
        self.say = say
        self.sources = sources
        self.crowd = crowd([source.text for source in sources])
        self.plain = MinHashLSH(threshold=PLAIN_THRESHOLD, num_perm=PLAIN_PERMUTATIONS)
        self.empty = MinHash(num_perm=PLAIN_PERMUTATIONS)
        self.holders: Counter[int] = Counter()
        self.size = 0
        self.ids: dict[str, int] = {}

    def run(self, sizes: Sequence[int]) -> list[tuple[str, ...]]:
        for source in self.sources:
            self.ids[source.name] = self.fill([source.text])[0]
        questions = list(self.questions())
        rows = []
        for size in sizes:
            while self.size < size:
                self.fill(list(islice(self.crowd, min(BATCH, size - self.size))))
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            self.say(f"{self.size:,} articles stored; asking for {len(questions)} copies")
            ours, plain = self.ask(questions)
            rows += [ours.line(size, "desk"), plain.line(size, f"MinHashLSH {PLAIN_THRESHOLD}")]
            self.say(" ".join(rows[-2]) + " | " + " ".join(rows[-1]))
            self.say("; ".join(f"{w}: {ours.hits[w]}/{n}, plain {plain.hits[w]}" for w, n in ours.asked.items()))
        return rows

    def questions(self) -> Iterator[Question]:
        for source in self.sources[::EVERY_NTH]:
            others = [one for one in self.sources if one is not source]
            for case in cases(source, others):
                if case.way in WAYS:
                    yield Question(case.way, case.copy, self.ids[source.name], self.ids.get(case.other, 0))

    def fill(self, texts: Sequence[str]) -> list[int]:
        """Store texts as articles with their keys, as the desk does, and in the plain index; their ids."""
        made = Article.objects.bulk_create([Article(slug=text[:100]) for text in texts])
        versions = ArticleVersion.objects.bulk_create(
            [
                ArticleVersion(article=article, text=text, headline_end=text.index("\n"), work="done")
                for article, text in zip(made, texts, strict=True)
            ]
        )
        rows = []
        for version in versions:
            for key in keys_of(version.body):
                if self.holders[key] < reuse.MOST_HOLDERS:
                    self.holders[key] += 1
                    rows.append((key, version.pk))
            self.plain.insert(version.pk, self.signature(version.body))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {CopyKey._meta.db_table} (key, version_id) VALUES (%s, %s)", rows)  # noqa: S608 our table
        self.size += len(texts)
        return [version.pk for version in versions]

    def signature(self, text: str) -> MinHash:
        words = [word.lower() for word in TOKEN.findall(text) if word[0].isalnum()]
        signature = self.empty.copy()
        signature.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(1, len(words) - 2))])
        return signature

    def ask(self, questions: Sequence[Question]) -> tuple[Tally, Tally]:
        ours, plain = Tally(), Tally()
        for question in questions:
            body = question.text[question.text.index("\n") :]
            keys = keys_of(body)
            started = time.perf_counter()
            likely = reuse.by_keys(0, keys)[: reuse.MOST_RELATIVES]
            took = time.perf_counter() - started
            ours.add(question, self.derived(question.text, likely), len(likely), took)
            signature = self.signature(body)
            started = time.perf_counter()
            found = self.plain.query(signature)
            plain.add(question, found, len(found), time.perf_counter() - started)
        return ours, plain

    def derived(self, text: str, likely: Sequence[int]) -> list[int]:
        own = read(Copy(text, text.index("\n"), created=LATER))
        found = ArticleVersion.objects.filter(pk__in=likely)
        readings = ((one.pk, read(Copy(one.text, one.headline_end, created=FIRST))) for one in found)
        return [pk for pk, other in readings if compare(other, own).label is not Label.NOT]
