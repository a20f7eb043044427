"""Stories that a delivery may belong to, for a person to choose from. Nothing here decides anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from claims.models import Article, ArticleVersion
from claims.names import fold
from claims.permissions import AnyUser, visible_to
from ingest.models import Delivery

MOST = 12
LOOKED_AT = 400
MOST_WORDS = 12
_WORD = re.compile(r"[^\W\d_]{4,40}")
_COMMON_WORDS = (
    "about after again article been before choose copy could does editors following from have into kill killed "
    "kills mandatory more moved number please recall recalled report request says sent should slug slugged story "
    "substitute take that their them there these they this transmitted upcoming used version were which will with "
    "withdraw withdrawn withdraws would your"
)
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One story, its newest version, and the words that both share."""

    article: Article
    version: ArticleVersion
    shared: tuple[str, ...]


def words_of(delivery: Delivery) -> str:
    """What is known of the delivery: the headline and slug of its version, else what its notice says."""
    version = delivery.version
    return f"{version.slug} {version.headline}" if version is not None else delivery.reason


def candidates(words: str, user: AnyUser, *, apart_from: Article | None = None) -> list[Candidate]:
    """The stories that share most words with ``words``, the newest first among equals. Of what ``user`` may not see,
    nothing."""
    wanted = telling(words)
    if not wanted:
        return []
    there = Q()
    for word in wanted:
        there |= Q(headline__icontains=word) | Q(slug__icontains=word) | Q(article__slug__icontains=word)
    rows = ArticleVersion.objects.filter(there).exclude(article=apart_from)
    rows = visible_to(user, rows).select_related("article__outlet").defer("text", "furniture")
    found: defaultdict[int, list[ArticleVersion]] = defaultdict(list)
    for version in rows.order_by("-version_created", "-pk")[:LOOKED_AT]:
        found[version.article_id].append(version)
    best = [_candidate(versions, wanted) for versions in found.values()]
    return sorted(best, key=lambda one: -len(one.shared))[:MOST]


def telling(words: str) -> list[str]:
    """The words that say which story is meant, the longest first."""
    found = dict.fromkeys(word for word in _WORD.findall(words.casefold()) if word not in _COMMON)
    return sorted(found, key=len, reverse=True)[:MOST_WORDS]


def _candidate(versions: list[ArticleVersion], wanted: Iterable[str]) -> Candidate:
    said = fold(" ".join(f"{v.slug} {v.headline} {v.article.slug}" for v in versions))
    return Candidate(versions[0].article, versions[0], tuple(word for word in wanted if fold(word) in said))


def may_open(user: AnyUser, article: Article) -> bool:
    """Whether ``user`` may see any version of the story."""
    return visible_to(user, ArticleVersion.objects.filter(article=article)).exists()
