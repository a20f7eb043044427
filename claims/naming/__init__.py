"""Names of people and bodies over spellings and scripts, with reasons in words (R42). Pure."""

from claims.naming.introductions import introduced
from claims.naming.keys import INTRODUCED, Keys, key_of_introduced, keys_of
from claims.naming.matching import compare, in_one_place
from claims.naming.types import Answer, Match, Name

__all__ = [
    "INTRODUCED",
    "Answer",
    "Keys",
    "Match",
    "Name",
    "compare",
    "in_one_place",
    "introduced",
    "key_of_introduced",
    "keys_of",
]
