"""The verbs that attribute and the frames in which their content stands, read from ``data/cues.tsv``.

Frames: ``clause`` a finite clause, ``quote`` words in quotation marks, ``inf`` an infinitive ("claimed to have ..."),
``ing`` a participle ("denied taking part"), ``np`` an object ("reported two deaths"), ``of`` ``for`` ``against``
``with`` ``to`` ``on`` an object and that preposition, ``as`` a predicate of the object ("called it a crime"),
``toinf`` an object and an infinitive, ``out`` the particle ("ruled out"), ``clear`` ("made it clear"), ``cite``
("cited X as saying"). Strength: ``strong`` attributes in any of its frames, ``weak`` needs a clause, a quotation or a
frame that cannot be read otherwise, ``record`` needs a subject that is a document or a set of data, ``voiced`` is
strong with a subject that can speak ("the numbers suggest" attributes, "the weather suggests" does not). Polarity
``denied``: the cue itself denies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "cues.tsv"


@dataclass(frozen=True, slots=True)
class CueVerb:
    """One row of the table."""

    lemma: str
    frames: frozenset[str]
    strength: str
    denies: bool
    voiced: bool = False


@lru_cache(maxsize=1)
def cue_verbs() -> dict[str, CueVerb]:
    """Return the table by lemma; ValueError where a row is not four fields."""
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    wrong = [row for row in rows if len(row) != 4]
    if wrong:
        raise ValueError(f"{TABLE.name}: a row needs four fields, found {wrong[0]}")
    return {
        lemma: CueVerb(
            lemma,
            frozenset(frames.split()),
            "strong" if strength == "voiced" else strength,
            polarity == "denied",
            strength == "voiced",
        )
        for lemma, frames, strength, polarity in rows
    }


# Nouns of saying ("in a statement", "a claim that ...") and the preposition behind which their content stands.
_SAYING_NOUNS_TABLE = """
statement: claim:of allegation:of accusation:of report:of announcement:of denial:of warning:of assertion: admission:of
complaint:of assurance: promise:of pledge: recommendation: suggestion: contention: prediction:of conclusion: argument:
rumor:of rumour:of speculation: call:for demand:for appeal:for request:for threat:of
"""
SAYING_NOUNS = dict(pair.split(":") for pair in _SAYING_NOUNS_TABLE.split())
HEARSAY_NOUNS = frozenset({"report", "claim", "allegation", "accusation", "rumor", "rumour", "call", "demand"})
_RECORDS_WORDS = """
survey poll data figure report record study statistic result document census estimate research analysis letter
statement filing investigation inquiry review audit communique declaration dispatch release text message leaflet
article book paper finding findings datum memoir account bulletin memo note email e-mail index
average tally transcript story website resolution
"""
RECORDS = frozenset(_RECORDS_WORDS.split())
# Cues that carry doubt themselves (R39): kept as a mark, never as a verdict.
DOUBTING = frozenset({"claim", "allege", "purport", "assert"})
