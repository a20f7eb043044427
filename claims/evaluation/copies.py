"""Articles turned into cases for measuring: copies of them whose class is known because it was made.

Made of each: five copies that are wholly derived (a new headline and dateline over the same text; paragraphs cut;
sentences in another order; what a desk does, which is all of that with three sentences in ten rewritten; every sentence
rewritten), one that is partly derived (a third to a half of its sentences, every other one rewritten, among those of
another article on the subject), two that are not (another article on the subject; the same with quotations taken
from the first), and copies by a desk in which one fact was changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from claims.evaluation.rewriting import rewritten

TOWNS = ("Callis", "Norhaven", "Port Elm", "Sarrow", "Veldt Bay", "Minster Quay")
PEOPLE = ("Ossian Trevick", "Marla Quennell", "Idris Hathaway", "Bettina Sorrell", "Ruben Castelo")
SWAPPED = ("Peru", "Finland", "Kenya", "Portugal", "Vietnam", "Chile", "Norway", "Jordan")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBER = re.compile(r"(?<![\w.,:-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w,:-]|\.\d)")
COUNTRY = re.compile(
    r"\b(?:France|Germany|Japan|China|Canada|Britain|Brazil|Russia|Australia|India|Italy|Spain|Mexico|Texas|London|"
    r"Tokyo|Paris|Detroit|California|Michigan|Washington)\b(?! [A-Z])"
)
PERSON = re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,} [A-Z][a-z]{3,}(?= (?:said|told|added|stated|called|announced))")
DAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
VERB = re.compile(r"(?<= )(?:was|were|is|are|had|will|would|could|can)(?= (?!not\b|n't|no\b)[a-z])")
QUOTATION = re.compile(r"``|''|[“”\"]")
PARAGRAPH = 3
LEAST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    headline: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return laid_out(self.headline, self.sentences)


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts with their true class. ``change`` is the kind of the fact that was changed in ``copy``, between
    ``start`` and ``end``; "" where none was. ``other`` names the article that the rest of the copy is from."""

    name: str
    way: str
    source: str
    copy: str
    label: str
    change: str = ""
    start: int = 0
    end: int = 0
    other: str = ""


def laid_out(headline: str, sentences: Sequence[str]) -> str:
    chunks = [" ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH)]
    return "\n\n".join((headline, *chunks))


def cases(article: Article, others: Sequence[Article]) -> Iterator[Case]:
    """All cases of one article; ``others`` are independent articles on its subject. The same in every run."""
    for way, make in WAYS.items():
        random = Random(f"{article.name} {way}")  # noqa: S311 the same copies in every run, nothing secret
        yield Case(article.name, way, article.text, dressed(make(article.sentences, random), random), "wholly")
    for kind, pattern, change in CHANGES:
        random = Random(f"{article.name} {kind}")  # noqa: S311 as above
        yield from changed(article, dressed(by_a_desk(article.sentences, random), random), kind, pattern, change)
    if others:
        random = Random(f"{article.name} others")  # noqa: S311 as above
        other = random.choice(others)
        yield Case(article.name, "partly", article.text, mixed(article, other, random), "partly", other=other.name)
        yield Case(article.name, "same subject", article.text, other.text, "not")
        yield from same_quotations(article, other)


def dressed(sentences: Sequence[str], random: Random) -> str:
    """A new headline, made of words from the middle of the copy, and a dateline of an invented town."""
    words = random.choice(sentences).split()[1:8]
    first = f"{random.choice(TOWNS).upper()}, {random.randint(1, 28)} May (Quay News) - {sentences[0]}"
    return laid_out(" ".join(words).strip(" ,.;:"), (first, *sentences[1:]))


def as_it_is(sentences: Sequence[str], random: Random) -> list[str]:
    return list(sentences)


def cut(sentences: Sequence[str], random: Random) -> list[str]:
    """Half to four fifths of the sentences: the first two and whichever stay."""
    most = max(LEAST_SENTENCES, int(len(sentences) * random.uniform(0.5, 0.8)))
    rest = random.sample(range(2, len(sentences)), min(most, len(sentences)) - 2)
    return [sentences[at] for at in (0, 1, *sorted(rest))]


def in_another_order(sentences: Sequence[str], random: Random) -> list[str]:
    rest = list(sentences[1:])
    random.shuffle(rest)
    return [sentences[0], *rest]


def by_a_desk(sentences: Sequence[str], random: Random) -> list[str]:
    kept = in_another_order(cut(sentences, random), random)
    chosen = set(random.sample(range(len(kept)), max(1, round(len(kept) * 0.3))))
    return [rewritten(one, random) if at in chosen else one for at, one in enumerate(kept)]


def all_rewritten(sentences: Sequence[str], random: Random) -> list[str]:
    return [rewritten(one, random) for one in cut(sentences, random)]


def mixed(article: Article, other: Article, random: Random) -> str:
    """Sentences of the other article, and among them a third to a half from this one, by their words."""
    own, taken = list(other.sentences), list(article.sentences)
    random.shuffle(taken)
    wanted = random.uniform(0.33, 0.5)
    length, used = sum(map(len, own)), 0
    while taken and used < wanted * (length + used):
        sentence = taken.pop()
        used += len(sentence)
        own.insert(random.randint(1, len(own)), rewritten(sentence, random) if len(taken) % 2 else sentence)
    return dressed(own, random)


def same_quotations(article: Article, other: Article) -> Iterator[Case]:
    """Another reporter's article that quotes the same people word for word."""
    quoted = [one for one in article.sentences if one.startswith(("``", "“")) and one.rstrip().endswith(("''", "”"))]
    if quoted:
        story = [*other.sentences[:2], *quoted[:3], *other.sentences[2:]]
        yield Case(article.name, "same quotations", article.text, laid_out(other.headline, story), "not")


def changed(
    article: Article, copy: str, kind: str, pattern: re.Pattern[str], change: Callable[[str, Random], str]
) -> Iterator[Case]:
    """The copy with one fact changed, somewhere behind its first sentence; nothing where it has none of the kind."""
    random = Random(f"{article.name} {kind} where")  # noqa: S311 the same in every run, nothing secret
    found = list(pattern.finditer(copy, copy.index(" - ")))
    if found:
        at = random.choice(found)
        instead = change(at[0], random)
        text = copy[: at.start()] + instead + copy[at.end() :]
        yield Case(
            article.name, f"changed {kind}", article.text, text, "wholly", kind, at.start(), at.start() + len(instead)
        )


def other_number(words: str, random: Random) -> str:
    value = words.replace(",", "")
    if "." in value:
        whole, _, rest = value.partition(".")
        return f"{int(whole) + random.randint(1, 9)}.{rest}"
    return f"{int(value) + random.choice((1, 2, 3, 7, 10, 40)):,}" if len(value) != 4 else str(int(value) + 1)


def other_of(choices: Sequence[str]) -> Callable[[str, Random], str]:
    return lambda words, random: random.choice([one for one in choices if one != words])


WAYS: dict[str, Callable[[Sequence[str], Random], list[str]]] = {
    "new headline": as_it_is,
    "cut": cut,
    "another order": in_another_order,
    "by a desk": by_a_desk,
    "all rewritten": all_rewritten,
}
CHANGES: tuple[tuple[str, re.Pattern[str], Callable[[str, Random], str]], ...] = (
    ("number", NUMBER, other_number),
    ("name", PERSON, other_of(PEOPLE)),
    ("place", COUNTRY, other_of(SWAPPED)),
    ("day", DAY, other_of(DAYS)),
    ("denial", VERB, lambda words, _: f"{words} not"),
)
