"""Keys under which a piece of copy is found again among all others, the same in every process and every Python.

Two kinds. *Fingerprints* are hashes of three telling words in a row, every sixth by its value: a copy that kept a
quarter of them in whatever order, or a brief cut from a long story, still shares several, which whole-document
signatures do not show (a mean Jaccard near 0.30, R22). *Bands* are four values each of a MinHash signature of all of
them (datasketch): they find near-identical copies, even those made of phrases that everybody uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from claims.syndication.words import STOCK, STOP, TOKEN, key_of

SHINGLE = 3
EVERY = 6
LEAST, MOST = 12, 96
PERMUTATIONS, BAND = 32, 4
SEED = 1
SCHEME: Any = "affine64"
MAX_SHINGLES = 20_000
ALL = 2**64


def keys_of(text: str) -> list[int]:
    """The keys of a text as signed 64-bit numbers, without doubles, at most ``MOST`` and the bands; none for a text of
    fewer than three telling words."""
    hashes = shingles_of(text)
    if not hashes:
        return []
    return [_signed(value) for value in dict.fromkeys((*_sample(hashes), *_bands(hashes)))]


def shingles_of(text: str) -> list[int]:
    """The hashes of all runs of three telling words, each once, in ascending order."""
    found: set[int] = set()
    for line in text.split("\n"):
        keys = [key for key in map(key_of, TOKEN.findall(line)) if key not in STOP and key[:1].isalnum()]
        if STOCK.search(line) and len(keys) < 2 * EVERY:
            continue
        found.update(_hash(" ".join(keys[at : at + SHINGLE])) for at in range(len(keys) - SHINGLE + 1))
        if len(found) >= MAX_SHINGLES:
            break
    return sorted(found)


def _sample(hashes: Sequence[int]) -> Sequence[int]:
    """The smallest: one in ``EVERY`` on average, so that two texts choose alike, and never fewer than ``LEAST``."""
    below = ALL // EVERY
    chosen = sum(value < below for value in hashes[: len(hashes)])
    return hashes[: min(MOST, max(LEAST, chosen))]


def _bands(hashes: Sequence[int]) -> list[int]:
    signature = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME, hashfunc=_itself, permutations=_permutations())
    signature.update_batch(hashes)
    values = [int(value) for value in signature.hashvalues]
    return [_hash(f"band {at} " + " ".join(map(str, values[at : at + BAND]))) for at in range(0, PERMUTATIONS, BAND)]


@lru_cache(maxsize=1)
def _permutations() -> NDArray[np.uint64]:
    found: NDArray[np.uint64] = MinHash(num_perm=PERMUTATIONS, seed=SEED, scheme=SCHEME).permutations
    return found


def _itself(value: int) -> int:
    return value


def _hash(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")


def _signed(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value
