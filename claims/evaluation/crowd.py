"""A crowd of articles that have nothing to do with each other, to find a few among: made on the fly, seeded.

Words come as often as in the articles that they are taken from, in a random order; a fifth of the texts end with one of
twenty sentences of the house, and a third hold one of three hundred sentences that others have as well, as news has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate
from random import Random

WORD = re.compile(r"[A-Za-z][a-z]+|\d+")
SENTENCES, SHORTEST, LONGEST = 9, 8, 22
HOUSE, SHARED = 20, 300


def crowd(texts: Iterable[str], seed: int = 1) -> Iterator[str]:
    """Endless texts of about 130 words, made of the words of ``texts``."""
    random = Random(seed)  # noqa: S311 the same crowd in every run, nothing secret
    counted = Counter(word for text in texts for word in WORD.findall(text))
    words, weights = list(counted), list(accumulate(counted.values()))

    def sentence() -> str:
        chosen = random.choices(words, cum_weights=weights, k=random.randint(SHORTEST, LONGEST))
        return " ".join(chosen).capitalize() + "."

    house = [sentence() for _ in range(HOUSE)]
    shared = [sentence() for _ in range(SHARED)]
    while True:
        body = [sentence() for _ in range(SENTENCES)]
        if random.random() < 0.33:
            body.insert(random.randrange(SENTENCES), random.choice(shared))
        if random.random() < 0.2:
            body.append(random.choice(house))
        yield "\n\n".join((" ".join(body[0].split()[:7]), " ".join(body[:5]), " ".join(body[5:])))
