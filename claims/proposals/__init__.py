"""What the rules would propose for a claim, with the sentences it rests on and what would change it (R31–R35, R41).
Pure; nothing here is ever applied by itself."""

from claims.proposals.alike import Wording, same_thing
from claims.proposals.rules import PRODUCER, propose, proposed_over
from claims.proposals.types import Bearing, Bears, Case, Cited, Fired, Proposal, Rank, Stand, Statement, rank_of

__all__ = [
    "PRODUCER",
    "Bearing",
    "Bears",
    "Case",
    "Cited",
    "Fired",
    "Proposal",
    "Rank",
    "Stand",
    "Statement",
    "Wording",
    "propose",
    "proposed_over",
    "rank_of",
    "same_thing",
]
