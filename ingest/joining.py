"""The acts on what the desk took in: another story for a version, a story of its own, in all the same."""

from __future__ import annotations

from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from claims.changes import check, log
from claims.errors import Incomplete, Stale
from claims.models import Activity, Article, ArticleVersion
from claims.parting import part
from claims.permissions import Verb
from claims.tasks import ring_to_read_again
from ingest import families
from ingest.models import Delivery, StoryKey
from ingest.tasks import load_delivery

State, Kind = Delivery.State, StoryKey.Kind
MEANWHILE = "Somebody changed this meanwhile. It is shown as it stands now; your change was not made."
AGAIN = {"state": State.RECEIVED, "attempts": 0, "lease": None, "lease_until": None, "reason": ""}


def join(version: ArticleVersion, article: Article, *, by: User) -> None:
    """Make ``version`` one of ``article``. Undone by ``split``, or by joining it to where it was.

    Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.UPLOAD, version, "say which story copy belongs to")
    if version.article_id == article.pk:
        raise Incomplete("It is a version of this story already.", "article")
    with transaction.atomic():
        old, new = _hold(version, article)
        if old.outlet_id and new.outlet_id and old.outlet_id != new.outlet_id:
            whose = f"This copy is {old.outlet}’s and that story {new.outlet}’s"
            raise Incomplete(f"{whose}: copies of two outlets are no versions of one story.", "article")
        if new.outlet_id is None and old.outlet_id is not None:
            Article.objects.filter(pk=new.pk).update(outlet=old.outlet_id)
        last = new.versions.aggregate(last=Max("number"))["last"] or 0
        _move(version, old, new, last + 1)
        log(Activity.Kind.VERSION_JOINED, by, version=version, detail=_detail(old, new))
        if not old.versions.exists():
            old.delete()


def split(version: ArticleVersion, *, by: User) -> Article:
    """Make ``version`` a story of its own. Undone by ``join``.

    Raises ``NotAllowed``, ``Incomplete``, ``Stale``; then nothing is written."""
    check(by, Verb.UPLOAD, version, "say which story copy belongs to")
    with transaction.atomic():
        old, _ = _hold(version)
        if not old.versions.exclude(pk=version.pk).exists():
            raise Incomplete("It is the only version of its story: there is nothing to split it from.")
        slug = (version.headline or version.slug or old.slug)[:200]
        new = Article.objects.create(outlet_id=old.outlet_id, slug=slug)
        _move(version, old, new, 1)
        log(Activity.Kind.VERSION_SPLIT, by, version=version, detail=_detail(old, new))
    return new


def decide(delivery: Delivery, article: Article | None, *, by: User) -> None:
    """Say which story an undecided notice withdraws; None: none that the desk holds, so that it stands by itself.

    Raises ``NotAllowed``, ``Stale``; then nothing is written."""
    check(by, Verb.UPLOAD, delivery, "say which story a notice withdraws")
    with transaction.atomic():
        undecided = Delivery.objects.filter(pk=delivery.pk, state=State.UNDECIDED)
        if not undecided.update(**AGAIN, replaces=article, forced=article is None):
            raise Stale(MEANWHILE)
        _log(Activity.Kind.NOTICE_DECIDED, delivery, by, {"article": article and article.pk})
        transaction.on_commit(partial(load_delivery.delay, delivery.pk), robust=True)


def take_anyway(delivery: Delivery, *, by: User) -> None:
    """Take a duplicate in all the same. Raises ``NotAllowed``, ``Stale``; then nothing is written."""
    check(by, Verb.UPLOAD, delivery, "take duplicates in")
    with transaction.atomic():
        if not Delivery.objects.filter(pk=delivery.pk, state=State.DUPLICATE).update(**AGAIN, forced=True):
            raise Stale(MEANWHILE)
        twin: dict[str, object] = {"same_as": delivery.same_as_id, "duplicate_of": delivery.duplicate_of_id}
        _log(Activity.Kind.DUPLICATE_TAKEN, delivery, by, twin)
        transaction.on_commit(partial(load_delivery.delay, delivery.pk), robust=True)


def _log(kind: Activity.Kind, delivery: Delivery, by: User, about: dict[str, object]) -> None:
    log(kind, by, detail={"file": str(delivery), "delivery": delivery.pk, **about})


def _detail(old: Article, new: Article) -> dict[str, object]:
    return {"from": old.pk, "to": new.pk}


def _hold(version: ArticleVersion, other: Article | None = None) -> tuple[Article, Article]:
    """The rows of the version's story and of the other one, held in the order in which every worker holds them: keys,
    then stories. Raises ``Stale`` where the version was moved, or the other story is gone."""
    families.hold_keys(_keys(version))
    wanted = {version.article_id, other.pk if other else version.article_id}
    rows = {row.pk: row for row in Article.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    stands = ArticleVersion.objects.filter(pk=version.pk, article_id=version.article_id).exists()
    if len(rows) < len(wanted) or not stands:
        raise Stale(MEANWHILE)
    return rows[version.article_id], rows[other.pk if other else version.article_id]


def _keys(version: ArticleVersion) -> list[families.Key]:
    keys: list[families.Key] = [(Kind.ID.value, version.wire_id)] if version.wire_id else []
    return [*keys, (Kind.TEXT.value, families.digest(version.text))] if version.text else keys


def _move(version: ArticleVersion, old: Article, new: Article, number: int) -> None:
    families.set_order(old)
    version.refresh_from_db(fields=["previous"])
    before = version.previous_id
    part(version, old)
    ArticleVersion.objects.filter(pk=version.pk).update(article=new, number=number, previous=None, settled=None)
    version.article, version.number = new, number
    _rebind(version, old, new)
    turned = [version.pk, *([before] if before else [])]
    for article in (old, new):
        turned += families.set_order(article)
        families.set_standing(article)
    extract_again(turned)


def _rebind(version: ArticleVersion, old: Article, new: Article) -> None:
    """An id leads to where its versions are. While the old story has others of this id, the id stays with it."""
    rows = {(key.kind, key.value): key for key in families.hold_keys(_keys(version)).values()}
    for (kind, value), key in rows.items():
        stays = old.versions.filter(wire_id=value) if kind == Kind.ID else old.versions.filter(text=version.text)
        if not stays.exists():
            key.articles.remove(old)
        elif kind == Kind.ID:
            continue
        key.articles.add(new)


def extract_again(ids: list[int]) -> None:
    """Put versions back in line for extraction: what stands before or behind them is another version now."""
    waits = {"work": ArticleVersion.Work.WAITING, "attempts": 0, "lease": None, "lease_until": None, "error": ""}
    ids = sorted(set(ids))
    ArticleVersion.objects.filter(pk__in=ids).update(**waits)
    transaction.on_commit(partial(ring_to_read_again, ids), robust=True)
