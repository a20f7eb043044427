"""The rows of the desk, in the order in which the data flows."""

from claims.models.sources import Outlet, Place, Speaker

from claims.models.articles import Article, ArticleVersion  # isort: skip
from claims.models.claims import Claim, Figure  # isort: skip
from claims.models.events import Event, Link  # isort: skip
from claims.models.verdicts import Evidence, Verdict, VerdictEntry  # isort: skip
from claims.models.activity import Activity  # isort: skip

__all__ = [
    "Activity",
    "Article",
    "ArticleVersion",
    "Claim",
    "Event",
    "Evidence",
    "Figure",
    "Link",
    "Outlet",
    "Place",
    "Speaker",
    "Verdict",
    "VerdictEntry",
]
