"""The working unit of cleaning: a stretch of a line, and what it turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.cleaning.tables import Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """Words and their kind; None is copy. ``title``: a label marked these words as the headline."""

    text: str
    kind: Kind | None = None
    title: bool = False


def copy_of(pieces: list[Piece]) -> list[Piece]:
    """The pieces that are copy so far."""
    return [piece for piece in pieces if piece.kind is None]
