"""The rows of the desk, in the order in which the data flows."""

from claims.models.sources import Outlet, OutletMerge, OutletName, Place, Speaker

from claims.models.articles import Article, ArticleVersion  # isort: skip
from claims.models.claims import Claim, ClaimAnchor, Figure  # isort: skip
from claims.models.events import Event, Link  # isort: skip
from claims.models.verdicts import Evidence, Verdict, VerdictEntry  # isort: skip
from claims.models.activity import Activity  # isort: skip
from claims.models.boards import BestValue, SourceWord  # isort: skip
from claims.models.proposals import ProposalOutcome, ProposalRule  # isort: skip
from claims.models.relations import RelationWord  # isort: skip
from claims.models.reuse import CopyKey, Reuse  # isort: skip
from claims.models.scenes import EventTerm, Scene, SceneTerm, Turn  # isort: skip

__all__ = [
    "Activity",
    "Article",
    "ArticleVersion",
    "BestValue",
    "Claim",
    "ClaimAnchor",
    "CopyKey",
    "Event",
    "EventTerm",
    "Evidence",
    "Figure",
    "Link",
    "Outlet",
    "OutletMerge",
    "OutletName",
    "Place",
    "ProposalOutcome",
    "ProposalRule",
    "RelationWord",
    "Reuse",
    "Scene",
    "SceneTerm",
    "SourceWord",
    "Speaker",
    "Turn",
    "Verdict",
    "VerdictEntry",
]
