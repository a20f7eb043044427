"""Claims as the engine found them, as statements. Pure."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from claims.board import is_aggregate
from claims.comparison import Reported
from claims.extraction.types import Candidate, FigureFound
from claims.independence import Voice
from claims.relations.types import Statement


def statement_of(claim: Candidate, voice: Voice, article: str, when: datetime) -> Statement:
    """A claim that was found in ``article``, published ``when``."""
    return Statement(
        voice=voice,
        article=article,
        as_of=when,
        text=claim.anchor.text,
        polarity=claim.polarity,
        cue=claim.cue.lemma if claim.cue else "",
        mode=claim.mode,
        places=claim.places,
        from_day=claim.from_day,
        to_day=claim.to_day,
        named=claim.speaker.anchor.text if claim.speaker else "",
        figures=tuple(
            _figure(f"{voice.key} {number:03d}", figure, figure.low, claim, when)
            for number, figure in enumerate(claim.figures)
            if figure.low is not None
        ),
    )


def _figure(key: str, figure: FigureFound, low: Decimal, claim: Candidate, when: datetime) -> Reported:
    whole = None if figure.part_of is None else claim.figures[figure.part_of]
    return Reported(
        key=key,
        measure=figure.measure,
        low=low,
        high=figure.high,
        origin="",
        as_of=when,
        place=figure.place or (claim.places[0] if len(claim.places) == 1 else ""),
        population=figure.population,
        from_day=claim.from_day,
        to_day=claim.to_day,
        aggregate=is_aggregate(claim.from_day, claim.to_day),
        part=whole is not None and whole.measure == figure.measure,
    )
