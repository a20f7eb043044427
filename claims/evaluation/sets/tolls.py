"""What the board says of two articles of one incident that give different numbers (evaluation/longtail).

``data/tolls.tsv`` lists pairs of articles by their ids, the measure, and how their tolls stand by R8–R15 as a careful
reader of both says: written down before the board was asked. Where the texts bear two answers ("four" and "two of the
four": the wholes agree, and a part differs in scope), both are listed. *no figure*: what differs are no tolls of the
incident. The pairs were drawn by a fixed seed from those for which the engine found different numbers.

- *state named right*: the state of the row in which both articles stand is the reader's. Where no row holds both, the
  board says *different scope*; it is right on *no figure* where it names no difference. The board is that of the event
  that holds both articles; where the machine does not bring them together, that of all they tell of their main scenes.
- *state named right, kept out*: of the pairs that nobody looked at while the rules were tuned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from claims.board import Board
from claims.comparison import Measure, Standing
from claims.digest import Article, board_of_articles, happenings
from claims.evaluation.reading import rows
from claims.evaluation.types import Outcome, Request, Row, Set, Verdict
from claims.extraction.engine import extract
from claims.extraction.types import Context, Extraction
from claims.geography import lie

ARTICLES = "evaluation/longtail/articles.jsonl"
PAIRS = Path(__file__).parent.parent / "data" / "tolls.tsv"
RIGHT = "state named right"
NO_FIGURE = "no figure"
UNHARMED = frozenset({Standing.AGREE, Standing.DIFFERENT_SCOPE, Standing.MISSING})
BY = Measure(geography=lie)


@dataclass(frozen=True, slots=True)
class Pair:
    """``part`` is the sample that the pair is of, ``kept_out`` whether it was looked at by nobody who tuned a rule."""

    part: str
    kept_out: bool
    one: str
    other: str
    measure: str
    states: tuple[str, ...]


def run(request: Request) -> Iterator[Outcome]:
    pairs = read_pairs()[: request.limit]
    wanted = {key for pair in pairs for key in (pair.one, pair.other)}
    read = {row["id"]: article_of(row) for row in rows(request.shared / ARTICLES) if row["id"] in wanted}
    for pair in pairs:
        yield from judged(pair, read[pair.one], read[pair.other])


def read_pairs() -> list[Pair]:
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [Pair(part, kept == "kept out", a, b, of, tuple(s.split("|"))) for part, kept, a, b, of, s in cells]


def article_of(row: Row) -> Article:
    when = datetime.fromisoformat(row["dct"]).replace(tzinfo=UTC)
    return Article(row["id"], row["title"], row["id"], when, row["text"], _read(row["text"], when))


@lru_cache(maxsize=1_000)
def _read(text: str, when: datetime) -> Extraction:
    return extract(text, Context(when, language="en"))


def judged(pair: Pair, one: Article, other: Article) -> Iterator[Outcome]:
    found = state_of(pair.measure, one, other)
    verdict = Verdict.RIGHT if is_right(found, pair.states) else Verdict.WRONG
    told = f"{found} for {' or '.join(pair.states)}"
    for measure in (RIGHT, *([f"{RIGHT}, kept out"] if pair.kept_out else [])):
        yield Outcome(pair.one, measure, f"{pair.other} {pair.measure}", verdict, told, part=pair.part)


def is_right(found: str, states: Sequence[str]) -> bool:
    return found in states or (NO_FIGURE in states and found in UNHARMED)


def state_of(measure: str, one: Article, other: Article) -> str:
    """The state in which the board shows what both articles count; *no figure* where one of them counts nothing."""
    for board in boards(one, other):
        told = [row for row in board.rows if row.measure == measure and row.figures]
        holders = [{figure.article for figure in row.figures} for row in told]
        if {key for keys in holders for key in keys} < {one.key, other.key}:
            continue
        shared = [row for row, keys in zip(told, holders, strict=True) if {one.key, other.key} <= keys]
        shared = [row for row in shared if not (row.part or row.aggregate)] or shared
        return min((row.cell.standing for row in shared), key=list(Standing).index, default=Standing.DIFFERENT_SCOPE)
    return NO_FIGURE


def boards(one: Article, other: Article) -> Iterator[Board]:
    yield from (event.board for event in happenings([one, other], BY) if len(event.articles) == 2)
    yield board_of_articles([one, other], BY)
    yield board_of_articles([one, other], BY, every_scene=True)


SET = Set("tolls", (ARTICLES,), run, "differing tolls of one incident, as a reader says they stand")
