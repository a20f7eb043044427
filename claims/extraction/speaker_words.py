"""The words that tell persons, bodies, unnamed people and agencies apart, read from ``data/speakers.tsv``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "speakers.tsv"
HE = frozenset({"he", "she", "him", "her", "himself", "herself"})
SHE = frozenset({"she", "her", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "themselves"})
PRONOUNS = HE | IT | THEY
_DETERMINERS_WORDS = """
the a an this that these those its his her their our
"""
DETERMINERS = frozenset(_DETERMINERS_WORDS.split())
# Words that tell a woman or a man.
_FEMALE_WORDS = """
mrs ms miss lady dame madam queen princess woman girl mother sister wife daughter widow spokeswoman chairwoman
congresswoman councilwoman businesswoman policewoman actress nun
"""
_MALE_WORDS = """
mr sir lord king prince man boy father brother husband son widower spokesman chairman congressman councilman
businessman policeman actor monk archbishop bishop cardinal monsignor imam
"""
FEMALE, MALE = frozenset(_FEMALE_WORDS.split()), frozenset(_MALE_WORDS.split())
# Bodies that copy names by a common noun once the full name has been given.
_GENERIC_BODIES_WORDS = """
company firm group organization organisation agency union club team corporation party
"""
GENERIC_BODIES = frozenset(_GENERIC_BODIES_WORDS.split())


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {kind: frozenset(words.replace("-", " ").split() + words.split()) for kind, words in rows}


def is_kind(word: str, *kinds: str) -> bool:
    """Whether ``word`` (any case, singular or regular plural) is listed under one of these kinds."""
    low = word.lower().rstrip(".")
    forms = {low, low.removesuffix("s"), low.removesuffix("es"), low.replace("men", "man")}
    if low.endswith("ies"):
        forms.add(low[:-3] + "y")
    return any(forms & _table()[kind] for kind in kinds)
