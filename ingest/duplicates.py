"""What the desk has already: the same version again, or the same story by another route. Never silently (R30)."""

from __future__ import annotations

from urllib.parse import urlsplit

from claims.models import Article, ArticleVersion, Outlet
from ingest.families import WITHDRAWING, Held, Kind, change_of, digest, withdraws
from ingest.wire.types import WireItem

Status = ArticleVersion.Status


def status_of(item: WireItem) -> str:
    if change_of(item) == ArticleVersion.Change.RECALL:
        return Status.RECALLED.value
    return Status.KILLED.value if withdraws(item) else item.status


def repeated(item: WireItem, article: Article | None, outlet: Outlet | None, held: Held) -> ArticleVersion | None:
    """The version that ``item`` repeats: in its own story the same version with the same text, else the same text in
    another story of the same outlet. The same text from another outlet is syndication, and repeats nothing."""
    if article is not None:
        return _again(item, article)
    return _elsewhere(item, outlet, held)


def _again(item: WireItem, article: Article) -> ArticleVersion | None:
    same = article.versions.filter(text=item.text, wire_version=item.version[:100])
    if item.version_created:
        same = same.filter(version_created=item.version_created)
    return next((version for version in same.order_by("number") if _same_standing(version, item)), None)


def _elsewhere(item: WireItem, outlet: Outlet | None, held: Held) -> ArticleVersion | None:
    key = held.get((Kind.TEXT.value, digest(item.text)))
    if key is None or withdraws(item):
        return None
    same = ArticleVersion.objects.filter(text=item.text, article__in=key.articles.filter(outlet=outlet))
    for version in same.order_by("pk"):
        apart = outlet is None and _sites_differ(version.url, item.url)
        if _same_standing(version, item) and not apart:
            return version
    return None


def _same_standing(version: ArticleVersion, item: WireItem) -> bool:
    """Whether both are usable, or killed, and so on. A version that was born killed counts as what it said of
    itself."""
    if version.change in WITHDRAWING or withdraws(item):
        return version.change == change_of(item)
    return version.status in (status_of(item), Status.KILLED, Status.RECALLED)


def _sites_differ(one: str, other: str) -> bool:
    sites = {urlsplit(url).netloc.lower() for url in (one, other)}
    return "" not in sites and len(sites) == 2


def in_words(version: ArticleVersion, *, of_family: bool) -> str:
    """Of what it is a duplicate. The headline is left to the link, which not everybody may see."""
    when = f"{version.version_created:%-d %B %Y at %H:%M} UTC"
    if of_family:
        return f"The desk has this version already, with the same words: version {version.number} of {when}."
    known = version.article.outlet
    whose = f"from {known}" if known else "whose outlet is not known either"
    return f"The same words came by another way, in a story {whose}: version {version.number} of {when}."
