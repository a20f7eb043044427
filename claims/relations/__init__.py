"""How the statements of one event stand to each other, and what they name things (R8–R17, R23, R43, R44). Pure."""

from claims.relations.gathering import relations_of
from claims.relations.naming import namings
from claims.relations.types import (
    Kind,
    Match,
    Naming,
    Relation,
    Relations,
    Rivalry,
    Said,
    Side,
    Span,
    Statement,
    Step,
    Use,
    Variant,
)

__all__ = [
    "Kind",
    "Match",
    "Naming",
    "Relation",
    "Relations",
    "Rivalry",
    "Said",
    "Side",
    "Span",
    "Statement",
    "Step",
    "Use",
    "Variant",
    "namings",
    "relations_of",
]
