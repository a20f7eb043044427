"""What each measure should reach. ``noise`` counts faults: there the target is a ceiling."""

from __future__ import annotations

TARGETS: dict[tuple[str, str], float] = {
    ("gold", "claims F1"): 0.88,
    ("gold", "speaker"): 0.92,
    ("gold", "polarity"): 0.95,
    ("gold", "figures F1"): 0.92,
    ("gold", "places recall"): 0.90,
    ("gold", "date"): 0.80,
    ("gold", "noise"): 0.0,
    ("attribution, kept out", "attributions found F1"): 0.82,
    ("attribution, kept out", "speaker"): 0.85,
    ("attribution, kept out", "cue"): 0.92,
    ("attribution, kept out", "polarity"): 0.95,
    ("attribution, kept out", "figures F1"): 0.88,
    ("attribution, kept out", "dates found F1"): 0.90,
    ("attribution, kept out", "from and to"): 0.88,
    ("attribution, kept out", "check-worthy AUC"): 0.90,
    ("polnear", "attributions found F1"): 0.66,
    ("polnear", "source"): 0.85,
    ("polnear", "cue"): 0.90,
    ("muc", "victim numbers found"): 0.70,
    ("meantime", "dates found F1"): 0.85,
    ("meantime", "date value"): 0.85,
    ("meantime", "numbers right"): 0.88,
    ("longtail", "killed and injured as on record"): 0.75,
    ("tolls, sample", "state named right"): 0.90,
    ("syndication", "wholly derived F1"): 0.90,
    ("syndication", "partly derived F1"): 0.90,
    ("syndication", "not derived F1"): 0.90,
    ("syndication", "changed facts found"): 0.95,
    ("syndication", "same-topic pairs kept apart"): 0.99,
    ("ewt", "LAS"): 0.880,
    ("gum", "LAS"): 0.865,
    ("names", "NER F1"): 0.78,
    ("names", "NER F1, ORG"): 0.60,
}
CEILINGS = frozenset({"noise"})


def target(name: str, measure: str) -> float | None:
    return TARGETS.get((name, measure))


def met(name: str, measure: str, value: float) -> bool | None:
    """Whether the value, as it is printed, reaches its target; None without a target."""
    wanted = target(name, measure)
    if wanted is None:
        return None
    return value <= wanted if measure in CEILINGS else round(value, 3) >= wanted
