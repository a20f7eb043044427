"""Which story a version belongs to (R18): by its wire id, by links that it states, or by what a person said. Never by
what it looks like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q

from claims.models import Article, ArticleVersion, Outlet
from ingest.models import StoryKey
from ingest.wire.types import WireItem

Kind = StoryKey.Kind
Key = tuple[str, str]
Held = dict[Key, StoryKey]
WITHDRAWING = (ArticleVersion.Change.KILL, ArticleVersion.Change.RECALL)
# Ids of these forms name their issuer, or are never drawn twice. Any other may be a slug or a running number.
_OF_THE_WORLD = re.compile(
    r"(?:urn:|tag:|https?://)\S+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|<?[^\s@<>]+@[\w-]+(?:\.[\w-]+)+>?",
    re.IGNORECASE,
)
MAX_ID = 300


@dataclass(frozen=True, slots=True)
class Family:
    """The story that a version belongs to; None: one of its own. ``doubt`` is a sentence where other stories bear its
    id and nothing says whether they are the same."""

    article: Article | None
    doubt: str = ""


def wire_id_of(item: WireItem) -> str:
    return _key(item.wire_id)


def change_of(item: WireItem) -> str:
    """What the item does to the versions before it, as stated; "" where it states nothing."""
    stated = {"killed": ArticleVersion.Change.KILL.value, "corrected": ArticleVersion.Change.CORRECTION.value}
    return item.change or stated.get(item.status, "")


def withdraws(item: WireItem) -> bool:
    return change_of(item) in WITHDRAWING


def hold(item: WireItem) -> Held:
    """Hold the rows of all keys of ``item`` until the end of the transaction; who has the same story waits here.

    Always in one order, so that two workers never wait for each other."""
    ids = {_key(item.wire_id), _key(item.derived_from)} - {""}
    keys: list[Key] = [(Kind.ID.value, value) for value in ids]
    if item.text:
        keys.append((Kind.TEXT.value, digest(item.text)))
    return hold_keys(keys)


def hold_keys(keys: Iterable[Key]) -> Held:
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    fresh = [StoryKey(kind=kind, value=value) for kind, value in wanted]
    StoryKey.objects.bulk_create(fresh, ignore_conflicts=True)
    these = Q()
    for kind, value in wanted:
        these |= Q(kind=kind, value=value)
    rows = StoryKey.objects.select_for_update().filter(these).order_by("kind", "value")
    return {(row.kind, row.value): row for row in rows}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def family_of(item: WireItem, outlet: Outlet | None, held: Held, chosen: Article | None) -> Family:
    """The story that ``item`` belongs to. ``chosen`` is what a person said, which goes before all else."""
    if chosen is not None:
        return Family(chosen)
    found = _by_id(item, outlet, held)
    if found.article is not None or found.doubt:
        return found
    return Family(_by_links(item, outlet, held))


def _by_id(item: WireItem, outlet: Outlet | None, held: Held) -> Family:
    wire_id = _key(item.wire_id)
    if not wire_id:
        return Family(None)
    bearing = list(held[Kind.ID.value, wire_id].articles.select_related("outlet").order_by("pk"))
    own = [article for article in bearing if article.outlet_id == (outlet and outlet.pk)]
    if len(own) == 1:
        return Family(own[0])
    # One sender is not known: an id that only one sender can give is enough then, a slug is not.
    near = own or [article for article in bearing if outlet is None or article.outlet_id is None]
    if len(near) == 1 and _OF_THE_WORLD.fullmatch(wire_id):
        return Family(near[0])
    return Family(None, _doubt(near) if near else "")


def _doubt(near: list[Article]) -> str:
    """By number: a headline may be under embargo, and whoever reads the ledger reads this."""
    names = " and ".join(f"no. {article.pk}" for article in near[:3])
    if len(near) == 1:
        return f"The story {names} bears the same wire id, but it is not known whether one sender gave both."
    return f"The stories {names} bear the same wire id, so that it does not say which of them this belongs to."


def _by_links(item: WireItem, outlet: Outlet | None, held: Held) -> Article | None:
    """The one story of the same outlet that the item says it was made from, or that said it was made from this item.

    A link to another outlet's story is told apart: that copy was taken over, and is no version of it (R21). So is one
    to a story in another language."""
    wire_id, derived = _key(item.wire_id), _key(item.derived_from)
    stories = Article.objects.filter(outlet=outlet)
    found: set[int] = set()
    if derived:
        found |= set(stories.filter(keys=held[Kind.ID.value, derived]).values_list("pk", flat=True))
        found |= set(stories.filter(versions__derived_from=derived).values_list("pk", flat=True))
    if wire_id:
        found |= set(stories.filter(versions__derived_from=wire_id).values_list("pk", flat=True))
    article = Article.objects.get(pk=found.pop()) if len(found) == 1 else None
    return article if article is not None and _same_language(article, item) else None


def _same_language(article: Article, item: WireItem) -> bool:
    """A translation is made from a story too, and is no version of it."""
    spoken = {language[:2] for language in article.versions.values_list("language", flat=True)} - {""}
    return not spoken or not item.language or item.language[:2] in spoken


def hold_article(article: Article) -> Article:
    """The article's row, held until the end of the transaction, so that its versions are numbered one by one."""
    return Article.objects.select_for_update().get(pk=article.pk)


def bind(article: Article, held: Held, item: WireItem) -> None:
    """From now on these keys lead to ``article``."""
    own = (Kind.ID.value, _key(item.wire_id)), (Kind.TEXT.value, digest(item.text))
    for key in own:
        if key in held:
            held[key].articles.add(article)


def let_go(article: Article, held: Held, item: WireItem, twin: ArticleVersion | None) -> bool:
    """Whether the id of ``item`` led to ``article`` only because the item was taken for a copy of ``twin`` there,
    which a person denies; it leads there no longer."""
    wire_id = _key(item.wire_id)
    if twin is None or twin.article_id != article.pk or article.versions.filter(wire_id=wire_id).exists():
        return False
    if wire_id:
        held[Kind.ID.value, wire_id].articles.remove(article)
    return True


def set_order(article: Article) -> list[int]:
    """Point each version to the one just before it in time (R18). Returns the ids of those that pointed elsewhere."""
    rows = article.versions.only("pk", "previous_id", "article_id").order_by("version_created", "number")
    turned = []
    for before, version in pairwise([None, *rows]):
        if version is not None and version.previous_id != (before and before.pk):
            ArticleVersion.objects.filter(pk=version.pk).update(previous=before)
            turned.append(version.pk)
    return turned


def set_standing(article: Article) -> None:
    """After versions moved: what came after a notice that withdraws the story, and is not newer, is withdrawn; what was
    withdrawn by a notice that left is what it was."""
    rows = list(article.versions.select_related("delivery").defer("text", "furniture").order_by("number"))
    for version in rows:
        if version.change in WITHDRAWING:
            continue
        before = [row for row in rows if row.change in WITHDRAWING and row.number < version.number]
        notice = max(before, key=lambda row: row.version_created, default=None)
        withdrawn = notice and (not _dated(version) or version.version_created <= notice.version_created)
        status = notice.status if notice and withdrawn else own_status(version)
        if status != version.status:
            ArticleVersion.objects.filter(pk=version.pk).update(status=status)


def _dated(version: ArticleVersion) -> bool:
    """Whether it bears a time of its own, other than that of its arrival."""
    delivery = getattr(version, "delivery", None)
    return version.published is not None or delivery is None or delivery.at != version.version_created


def own_status(version: ArticleVersion) -> str:
    """What a version is when no notice withdraws its story."""
    if version.status not in (ArticleVersion.Status.KILLED, ArticleVersion.Status.RECALLED):
        return version.status
    if version.change == ArticleVersion.Change.CORRECTION:
        return ArticleVersion.Status.CORRECTED.value
    return (ArticleVersion.Status.EMBARGOED if version.embargo else ArticleVersion.Status.USABLE).value


def _key(wire_id: str) -> str:
    """Ids are compared exactly; one too long to be stored keeps its difference by a digest of the whole."""
    wire_id = wire_id.replace("\x00", "").strip()
    return wire_id if len(wire_id) <= MAX_ID else f"{wire_id[: MAX_ID - 65]} {digest(wire_id)}"
