"""A version of a story, as its item tells it and as its family makes it."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.db.models import Max

from claims.models import Article, ArticleVersion, Outlet
from ingest import families
from ingest.duplicates import status_of
from ingest.models import Delivery
from ingest.wire.types import WireItem

Change = ArticleVersion.Change


def make_version(
    delivery: Delivery, item: WireItem, article: Article | None, outlet: Outlet | None, notes: tuple[str, ...] = ()
) -> ArticleVersion:
    """The version that ``item`` becomes: of ``article``, whose row the caller holds, or of a story of its own."""
    published = delivery.batch.published or item.published or dateline_time(item)
    created = item.version_created or published or delivery.at
    status, change = status_of(item), families.change_of(item)
    if article is None:
        article, number = found_story(delivery, item, outlet), 1
        notes += alone(change)
    else:
        learn_outlet(article, outlet)
        number = (article.versions.aggregate(last=Max("number"))["last"] or 0) + 1
        notes += among(article, item, created)
        status, said = born(article, item, status, created if item.version_created or published else None)
        notes += said
        change = change or (Change.UPDATE if newest(article, created) else "")
    version = ArticleVersion.objects.create(
        article=article,
        number=number,
        wire_id=families.wire_id_of(item),
        wire_version=item.version[:100],
        version_created=created,
        published=published,
        status=status,
        change=change,
        warnings=[*item.warnings, *notes],
        **told_by(item),
    )
    families.set_order(article)
    version.refresh_from_db(fields=["previous"])
    return version


def told_by(item: WireItem) -> dict[str, object]:
    return {
        "embargo": item.embargo,
        "slug": item.slug[:200],
        "url": item.url if len(item.url) <= 2000 else "",
        "derived_from": item.derived_from[:300],
        "headline": item.headline,
        "headline_end": item.headline_end,
        "bylines": list(item.bylines),
        "dateline_place": item.dateline.place[:200],
        "dateline_day": item.dateline.day,
        "agencies": list(item.credits),
        "language": item.language[:20],
        "ed_note": item.ed_note,
        "text": item.text,
        "furniture": [list(piece) for piece in item.furniture],
    }


def found_story(delivery: Delivery, item: WireItem, outlet: Outlet | None) -> Article:
    return Article.objects.create(outlet=outlet, slug=(item.headline or item.slug or delivery.filename)[:200])


def learn_outlet(article: Article, outlet: Outlet | None) -> None:
    """A story whose outlet was not known has it from the first version that names one."""
    if article.outlet_id is None and outlet is not None:
        Article.objects.filter(pk=article.pk, outlet=None).update(outlet=outlet)
        article.outlet = outlet


def newest(article: Article, created: datetime) -> bool:
    return not article.versions.filter(version_created__gt=created).exists()


def alone(change: str) -> tuple[str, ...]:
    """What is missing where a version that changes another is the first of its story."""
    if change in families.WITHDRAWING:
        return (f"No story that this {change} withdraws has come yet. If it comes, it is withdrawn from the start.",)
    if change:
        kind = "an update" if change == Change.UPDATE else "a correction"
        return (f"It says that it is {kind}, but no version before it is known here.",)
    return ()


def among(article: Article, item: WireItem, created: datetime) -> tuple[str, ...]:
    """What a person should know of how it stands to the versions that are there."""
    notes = []
    rows = article.versions.order_by("-version_created", "-number").only("number", "version_created", "wire_version")
    last = rows.first()
    if last is not None and last.version_created > created:
        notes.append(
            f"It came after a newer version, that of {moment(last.version_created)}; it is kept as an older one."
        )
    others = rows.exclude(text__in=(item.text, ""))
    if item.text and item.version_created and (twin := others.filter(version_created=created).first()):
        notes.append(f"Version {twin.number} bears the same time, but its words are others.")
    elif item.text and item.version and (twin := others.filter(wire_version=item.version[:100]).first()):
        notes.append(f"Version {twin.number} bears the same number of the sender’s, but its words are others.")
    if item.text and (same := rows.filter(text=item.text).first()):
        notes.append(f"Its words are those of version {same.number}, unchanged.")
    return tuple(notes)


def born(article: Article, item: WireItem, status: str, known: datetime | None) -> tuple[str, tuple[str, ...]]:
    """The status of a version that comes into a story which was withdrawn, with a sentence for it.

    ``known`` is its own time; without one it cannot be newer than the notice."""
    if families.withdraws(item):
        return status, ()
    notices = article.versions.filter(change__in=families.WITHDRAWING).order_by("-version_created", "-number")
    notice = notices.first()
    if notice is None:
        return status, ()
    when = moment(notice.version_created)
    if known is not None and known > notice.version_created:
        return status, (f"Its story was {notice.status} on {when}; this version is newer than that notice.",)
    return notice.status, (f"Its story was {notice.status} on {when}, before this version came.",)


def moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%-d %B %Y at %H:%M} UTC"


def dateline_time(item: WireItem) -> datetime | None:
    return datetime.combine(item.dateline.day, time(12), tzinfo=UTC) if item.dateline.day else None
