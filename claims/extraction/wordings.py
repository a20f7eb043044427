"""Figures that copy gives without a number: "no casualties", "nearly half of the town" (R3)."""

from __future__ import annotations

import re
from decimal import Decimal

from claims.extraction import measures as m
from claims.extraction.nlp import Doc
from claims.extraction.types import Anchor, FigureFound
from claims.figures import parse_interval

# "No other injuries" and "nobody was seriously hurt" do not say that nobody was hurt.
NOBODY = re.compile(
    r"\b(?:no(?:\s+(?:reported|immediate|civilian|human))*\s+(?P<noun>casualt(?:y|ies)|deaths?|"
    r"fatalit(?:y|ies)|injur(?:y|ies)|arrests?)|(?:no\s+one|nobody|none(?:\s+of\s+\w+)?)\s+(?:was|were|has\s+been|had\s+been|is)"
    r"\s+(?!seriously|critically|badly|gravely)(?:\w+ly\s+)?(?P<state>killed|injured|wounded|hurt|arrested|detained|missing))\b",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"\b(?:(?P<hedge>over|more than|at least|about|around|nearly|almost|some|less than|up to)\s+)?"
    r"(?:(?P<n>an?|one|two|three|four)[\s-](?P<part>half|thirds?|quarters?|fifths?)|(?P<bare>half))\s+of\s+"
    r"(?=(?:the(?!\s+(?:year|month|week|day)\b)|its|their|all|his|her|that|those|which)\b|[A-Z])",
    re.IGNORECASE,
)
HALF_PER_CENT = re.compile(
    r"\b(?P<part>half|a\s+quarter|a\s+third|a\s+fifth)\s+(?:of\s+)?(?:a|one)\s+per\s?cent\b", re.IGNORECASE
)
PARTS = {"half": "50", "third": "33.3", "quarter": "25", "fifth": "20"}
NOBODY_MEASURES = {
    "casualt": "other:casualty",
    "death": "killed",
    "fatalit": "killed",
    "injur": "injured",
    "arrest": "detained",
}


def zeros(doc: Doc) -> list[FigureFound]:
    """ "No casualties were reported" is a figure of nought (R3)."""
    found = []
    for hit in NOBODY.finditer(doc.text):
        word = (hit["noun"] or "").lower()
        kind = m.STATES.get((hit["state"] or "").lower(), "detained" if hit["state"] else "")
        kind = kind or next(measure for stem, measure in NOBODY_MEASURES.items() if word.startswith(stem))
        words = Anchor(hit.start(), hit.end(), hit[0])
        found.append(FigureFound(kind, Decimal(0), Decimal(0), approximate=False, anchor=words))
    return found


def shares(doc: Doc) -> list[FigureFound]:
    """Fractions as per cent: "nearly half of the city", "two thirds of its staff"."""
    found = []
    for hit in SHARE.finditer(doc.text):
        part = (hit["part"] or hit["bare"]).lower().rstrip("s")
        value = Decimal(PARTS[part]) * m.PLURALS.get((hit["n"] or "a").lower(), 1)
        reach = parse_interval(f"{hit['hedge'] or ''} {value}", counted=False)
        words = Anchor(hit.start(), hit.end(), hit[0])
        found.append(FigureFound("percent", reach.low, reach.high, reach.approximate, words))
    for hit in HALF_PER_CENT.finditer(doc.text):
        part = Decimal(PARTS[hit["part"].split()[-1].lower()]) / 100
        found.append(
            FigureFound("percent", part, part, approximate=False, anchor=Anchor(hit.start(), hit.end(), hit[0]))
        )
    return found
