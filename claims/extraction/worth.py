"""Check-worthiness: is this a statement that a fact-checker could and would check? Pure; no parser is needed.

A logistic score over features that a person can read; its weights lie in ``data/worth.json``, fitted by
``claims/extraction/training/worth.py`` on sentences that readers marked. Opinion, rhetoric, predictions and questions
are out of scope (R31).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from math import exp
from pathlib import Path

from claims.extraction.types import FigureFound
from claims.extraction.wordlists import words

WEIGHTS = Path(__file__).parent / "data" / "worth.json"
TOLLS = frozenset({"killed", "injured", "missing", "displaced", "detained"})

_ACTS = (
    r"kill|injur|wound|attack|hit|struck|strike|damag|destroy|explo|bomb|shell|fir(?:e|ed|ing)\b|shot|shoot|launch|intercept|"
    r"arrest|detain|seiz|captur|kidnap|murder|assassinat|die[ds]?\b|dead|crash|rescu|evacuat|blew|blow|burn|"
    r"carr(?:y|ied) out|"
    r"sign|approv|reject|sold|sell|bought|buy|paid|pay|los[te]|gain|fell|fall|rose|rise|clos|announc|order|resign|elect|vot"
)
_PATTERNS: dict[str, re.Pattern[str]] = {
    "act": re.compile(rf"\b(?:{_ACTS})\w*", re.IGNORECASE),
    "question": re.compile(r"\?[\s\"'”’)]*$"),
    "future": re.compile(
        r"\b(?:will|shall|won['’]t|going\s+to|expects?|expected\s+to|plans?\s+to|hopes?|aims?\s+to|intends?\s+to)\b",
        re.IGNORECASE,
    ),
    "conditional": re.compile(r"\b(?:would|could|might|may|should|ought|must|if|perhaps|likely|unlikely|can)\b"),
    "first person": re.compile(r"\b(?:I|we|us|our|my|me)\b(?!\.)", re.IGNORECASE),
    "opinion": re.compile(
        r"\b(?:believe|think|feel|hope|wish|want|proud|honou?red|great|good|better|best|bad|worse|worst|terrible|horrible|barbaric|"
        r"heinous|monstrous|cowardly|shameful|despicable|unacceptable|important|wonderful|fantastic|tragic|outrage\w*|appall\w*|"
        r"shock\w*|concern\w*|commend|condemn\w*|welcome|thank|sorry|regret|unfortunately|fortunately|clearly|simply|really|very)\b",
        re.IGNORECASE,
    ),
    "appeal": re.compile(
        r"\b(?:let\s+us|let['’]s|we\s+must|we\s+need|we\s+should|we\s+urge|call(?:s|ed)?\s+(?:on|for)|please|demand\w*|never\s+again|long\s+live)\b",
        re.IGNORECASE,
    ),
    "rhetoric": re.compile(
        r"!|\b(?:heroic|martyr\w*|glor\w+|evil|criminals?|puppet|fascist|tyran\w+|freedom|destiny|enem(?:y|ies)|savage|unbreakable|invincible|everything\s+possible|do\s+(?:whatever|everything))\b",
        re.IGNORECASE,
    ),
    "negation": re.compile(r"\b(?:not|no|never|none|nobody|denied|denies|deny)\b|n['’]t\b", re.IGNORECASE),
    "blame": re.compile(
        r"\b(?:responsib\w*|blam\w+|accus\w+|behind\s+the|claimed?\s+credit|carried\s+out\s+by)\b", re.IGNORECASE
    ),
    "past": re.compile(r"\b(?:was|were|had|did|has\s+been|have\s+been|\w{3,}ed)\b"),
    "name": re.compile(r"(?<!^)(?<![.!?\"“] )\b[A-Z][a-z]{2,}"),
    "definition": re.compile(r"\b(?:is|are)\s+(?:a|an|the|one\s+of|located|known|called)\b"),
}
_REASONS = {
    "toll": "counts people",
    "figure": "gives a figure",
    "place": "names a place",
    "dated": "says when",
    "act": "reports an act that can be checked",
    "blame": "says who is responsible",
    "negation": "denies something",
    "accuses": "an accusation or denial",
}
OUT_OF_SCOPE = (
    ("question", "out of scope: a question"),
    ("appeal", "out of scope: an appeal"),
    ("rhetoric", "out of scope: rhetoric"),
    ("opinion", "out of scope: opinion"),
    ("future", "out of scope: a prediction or plan"),
    ("conditional", "out of scope: conjecture"),
)
_ACCUSING = words("accuse blame deny reject dispute refute confirm admit")
SCOPE_LIMIT = 0.35  # below this, a statement with an expressive feature is named out of scope
ENOUGH = 0.5  # above this, the features that speak for it are its reasons


def features(
    span_text: str,
    *,
    figures: Sequence[FigureFound] = (),
    places: Sequence[object] = (),
    mode: str = "outlet",
    cue: str = "",
    dated: bool = False,
) -> dict[str, float]:
    """The readable features of a statement, each between 0 and 1."""
    found = {
        name: min(1.0, len(pattern.findall(span_text)) / (3 if name == "name" else 1))
        for name, pattern in _PATTERNS.items()
    }
    found["toll"] = float(any(each.measure in TOLLS for each in figures))
    found["figure"] = float(bool(figures))
    found["place"] = float(bool(places))
    found["dated"] = float(dated)
    found["accuses"] = float(cue in _ACCUSING)
    found["attributed"] = float(mode != "outlet")
    found["direct"] = float(mode in ("direct", "mixed"))
    words = len(span_text.split())
    found["short"] = float(words < 8)
    found["length"] = min(1.0, words / 40)
    return found


def assess(
    span_text: str,
    *,
    figures: Sequence[FigureFound] = (),
    places: Sequence[object] = (),
    mode: str = "outlet",
    cue: str = "",
    dated: bool = False,
    read: float | None = None,
) -> tuple[float, tuple[str, ...]]:
    """Return (worth 0..1, reasons in words).

    ``mode`` is outlet, indirect, direct or mixed, ``cue`` the attributing lemma.

    ``places`` are the places in the statement, ``dated`` says whether its event has a day. ``read`` is what the model
    makes of the whole sentence (0..1): where it is given, the worth is the mean of both.
    """
    found = features(span_text, figures=figures, places=places, mode=mode, cue=cue, dated=dated)
    weights, bias = _weights()
    worth = 1 / (1 + exp(-(bias + sum(weights.get(name, 0.0) * value for name, value in found.items()))))
    worth = worth if read is None else (worth + read) / 2
    if found["question"] and not figures:
        worth = min(worth, 0.1)
    for name, reason in OUT_OF_SCOPE:
        if worth < SCOPE_LIMIT and found[name] and not figures:
            return round(worth, 2), (reason,)
    reasons = [reason for name, reason in _REASONS.items() if found[name] and weights.get(name, 0.0) > 0]
    if not reasons or worth < SCOPE_LIMIT:
        reasons.append("routine or background" if worth < ENOUGH else "a statement of fact")
    return round(worth, 2), tuple(dict.fromkeys(reasons))


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return stored["weights"], stored["bias"]
