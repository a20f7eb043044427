"""Finding the copies of a version, and storing what was judged (R21, R22, R30, R41).

A version's keys are committed before its relatives are looked for: of two copies that come at the same time, the later
to commit finds the other. Keys that everybody has stop being added to at ``MOST_HOLDERS``, so that a look-up costs the
same on a desk of a hundred and of a hundred thousand articles.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from claims.changes import log, stir_around
from claims.models import Activity, ArticleVersion, CopyKey, Outlet, Reuse
from claims.syndication.fingerprints import keys_of
from claims.syndication.judging import PRODUCER, Judgement, Label, Reading, compare, read
from claims.syndication.origins import Copy

logger = logging.getLogger(__name__)
MOST_HOLDERS = 48
MOST_RELATIVES = 40
MOST_LINKED = 20
COMMON_WEIGHT = 0.125
ENOUGH_SHARED, FEW_KEYS = 2.0, 20
WORTH_KEEPING = 0.1
MACHINE = (
    *("machine_label", "score", "share_a", "share_b", "direction"),
    *("evidence", "matches", "changes", "producer", "at"),
)


def relate(pk: int) -> str:
    """Look for the copies of one version if nobody does. Returns ``done``, ``not waiting``, ``hold lost``, ``waiting``
    (for another try) or ``failed``."""
    until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    version = take(pk, until)
    if version is None:
        return "not waiting"
    try:
        keys = [] if version.ends_story else keys_of(version.body or version.text)
        store_keys(version.pk, keys)
        found = judged(version, relatives(version, keys))
        return finish(version, until, found)
    except Exception as error:  # whatever a text does to the rules must end as a state that a person sees
        logger.exception("The copies of version %s could not be looked for", pk)
        return give_up(version, until, f"{type(error).__name__}: {error}")


def take(pk: int, until: datetime) -> ArticleVersion | None:
    """Hold a waiting version until then; None where it does not wait, somebody holds it, or it was tried too often."""
    waiting = ArticleVersion.objects.to_relate(timezone.now()).filter(pk=pk)
    tried = waiting.filter(relate_attempts__lt=settings.MAX_ATTEMPTS)
    if tried.update(relate_until=until, relate_attempts=F("relate_attempts") + 1):
        return ArticleVersion.objects.select_related("article__outlet").get(pk=pk)
    reason = f"The worker stopped {settings.MAX_ATTEMPTS} times while it looked for the copies of this article."
    waiting.update(related=timezone.now(), relate_until=None, relate_error=reason)
    return None


def store_keys(pk: int, keys: Sequence[int]) -> None:
    """Make a version findable under its keys, but for those that too many have already."""
    held = CopyKey.objects.filter(key__in=keys).values_list("key").annotate(holders=Count("version"))
    full = {key for key, holders in held if holders >= MOST_HOLDERS}
    rows = [CopyKey(key=key, version_id=pk) for key in keys if key not in full]
    CopyKey.objects.bulk_create(rows, ignore_conflicts=True)


def relatives(version: ArticleVersion, keys: Sequence[int]) -> list[int]:
    """The versions of other articles that may share text with this one, the likeliest first, at most
    ``MOST_RELATIVES``."""
    wanted = list(dict.fromkeys((*by_links(version), *by_keys(version.pk, keys))))
    elsewhere = ArticleVersion.objects.filter(pk__in=wanted).exclude(article=version.article_id)
    others = set(elsewhere.values_list("pk", flat=True))
    return [pk for pk in wanted if pk in others][:MOST_RELATIVES]


def by_links(version: ArticleVersion) -> list[int]:
    """The newest versions that name this one as what they were derived from, and those that it names."""
    named = Q(derived_from=version.wire_id) if version.wire_id else Q()
    named |= Q(wire_id=version.derived_from) if version.derived_from else Q()
    if not named:
        return []
    return list(ArticleVersion.objects.filter(named).order_by("-pk").values_list("pk", flat=True)[:MOST_LINKED])


def by_keys(pk: int, keys: Sequence[int]) -> list[int]:
    """The versions that share enough keys, the most shared first. A key that too many have counts little."""
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for key, holder in CopyKey.objects.filter(key__in=keys).values_list("key", "version_id"):
        holders[key].append(holder)
    shared: Counter[int] = Counter()
    scores: defaultdict[int, float] = defaultdict(float)
    for found in holders.values():
        weight = COMMON_WEIGHT if len(found) >= MOST_HOLDERS else 1.0
        for holder in found:
            scores[holder] += weight
            shared[holder] += 1
    enough = ENOUGH_SHARED if len(keys) > FEW_KEYS else 1.0
    likely = [one for one, score in scores.items() if one != pk and score >= min(enough, len(keys) * COMMON_WEIGHT)]
    return sorted(likely, key=lambda one: (-scores[one], -one))[: 2 * MOST_RELATIVES]


def reading_of(version: ArticleVersion) -> Reading:
    """A version as the rules read it. ``version`` with its article and outlet."""
    outlet = version.article.outlet
    copy = Copy(
        text=version.text,
        headline_end=version.headline_end,
        outlet=names_of(outlet) if outlet is not None else (),
        agencies=tuple(map(str, version.agencies)),
        bylines=tuple(map(str, version.bylines)),
        furniture=tuple(str(words) for kind, words in version.furniture if "credit" in str(kind)),
        wire_id=version.wire_id,
        derived_from=version.derived_from,
        created=version.published,
    )
    return read(copy)


def names_of(outlet: Outlet) -> tuple[str, ...]:
    return (outlet.name, *map(str, outlet.aliases))


def judged(version: ArticleVersion, others: Sequence[int]) -> list[Reuse]:
    """The pairs of a version with others, unsaved; those that share next to nothing are left out."""
    own = reading_of(version)
    rows = []
    for other in ArticleVersion.objects.filter(pk__in=others).select_related("article__outlet").iterator(chunk_size=50):
        if other.ends_story:
            continue
        first, second = sorted(((version.pk, own), (other.pk, reading_of(other))), key=lambda one: one[0])
        judgement = compare(first[1], second[1])
        if judgement.label is not Label.NOT or judgement.score >= WORTH_KEEPING:
            rows.append(row_of(first[0], second[0], judgement, first[1], second[1]))
    return rows


def row_of(a: int, b: int, judgement: Judgement, ours: Reading, theirs: Reading) -> Reuse:
    return Reuse(
        a_id=a,
        b_id=b,
        label=judgement.label.value,
        machine_label=judgement.label.value,
        score=judgement.score,
        share_a=judgement.share_a,
        share_b=judgement.share_b,
        direction=judgement.direction.value,
        evidence=[{"kind": one.kind, "words": one.words, "side": one.side} for one in judgement.evidence],
        matches=[
            [
                *(ours.sentences[one.a].start, ours.sentences[one.a].end),
                *(theirs.sentences[one.b].start, theirs.sentences[one.b].end),
                *(round(one.of_a, 2), round(one.of_b, 2)),
            ]
            for one in judgement.partners
        ],
        changes=[change.as_row() for change in judgement.changes],
        producer=PRODUCER,
        at=timezone.now(),
    )


def finish(version: ArticleVersion, until: datetime, rows: Sequence[Reuse]) -> str:
    """Store the pairs in one transaction if the hold still stands. What a person said of a pair stays."""
    with transaction.atomic():
        held = ArticleVersion.objects.filter(pk=version.pk, related__isnull=True, relate_until=until)
        if not held.update(related=timezone.now(), relate_until=None, relate_error=""):
            return "hold lost"
        store(rows)
        derived = sum(row.machine_label != Reuse.Label.NOT for row in rows)
        if derived:
            log(Activity.Kind.COPIES_FOUND, None, version=version, detail={"copies": derived})
            stir_around(Q(version__in={pk for row in rows for pk in (row.a_id, row.b_id)}))
    return "done"


def store(rows: Sequence[Reuse]) -> None:
    """Write the machine's part of the pairs; the label that holds follows it where no person has spoken."""
    ordered = sorted(rows, key=lambda row: (row.a_id, row.b_id))
    Reuse.objects.bulk_create(ordered, update_conflicts=True, unique_fields=["a", "b"], update_fields=MACHINE)
    pairs = Q()
    for row in ordered:
        pairs |= Q(a=row.a_id, b=row.b_id)
    if ordered:
        Reuse.objects.filter(pairs, by__isnull=True).update(label=F("machine_label"))


def give_up(version: ArticleVersion, until: datetime, reason: str) -> str:
    """After a failure: wait for another try, or after the last one leave the reason in the row."""
    last = version.relate_attempts >= settings.MAX_ATTEMPTS
    held = ArticleVersion.objects.filter(pk=version.pk, related__isnull=True, relate_until=until)
    held.update(related=timezone.now() if last else None, relate_until=None, relate_error=reason[:2000])
    return "failed" if last else "waiting"


MOST_IN_FAMILY, MOST_STEPS = 500, 20


def families(versions: Collection[int], as_of: datetime | None = None) -> dict[int, int]:
    """The family of each version by the lowest id in it: versions of one text, joined over what is wholly derived.

    What is only partly derived joins nobody: a digest that takes a paragraph from each of ten stories does not make
    them one. Follows at most ``MOST_IN_FAMILY`` versions over ``MOST_STEPS`` copies of copies, however large the desk.
    With ``as_of`` by what was judged up to then.
    """
    leader = {pk: pk for pk in versions}

    def head(pk: int) -> int:
        while leader[pk] != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    edge = set(versions)
    for _ in range(MOST_STEPS):
        if not edge or len(leader) > MOST_IN_FAMILY + len(versions):
            break
        wholly = Reuse.objects.of(*edge).filter(judged_wholly(as_of)).order_by("pk").values_list("a_id", "b_id")
        edge = set()
        for a, b in wholly[: 4 * MOST_IN_FAMILY]:
            edge |= {pk for pk in (a, b) if pk not in leader}
            for pk in (a, b):
                leader.setdefault(pk, pk)
            low, high = sorted((head(a), head(b)))
            leader[high] = low
    return {pk: head(pk) for pk in leader}


def judged_wholly(as_of: datetime | None) -> Q:
    """Before a person's word, the machine's label held."""
    if as_of is None:
        return Q(label=Reuse.Label.WHOLLY)
    person = Q(decided__isnull=True) | Q(decided__lte=as_of)
    return Q(at__lte=as_of) & (person & Q(label=Reuse.Label.WHOLLY) | ~person & Q(machine_label=Reuse.Label.WHOLLY))


def family(pk: int) -> list[int]:
    """The versions that are one text with this one, itself among them, in the order of their ids."""
    heads = families([pk])
    return sorted(other for other, head in heads.items() if head == heads[pk])


def reused_spans(pk: int) -> list[tuple[int, int]]:
    """The sentences of a version that stand in another one as well: of a text that is partly derived, only the others
    can be independent (R22)."""
    found: set[tuple[int, int]] = set()
    for row in Reuse.objects.of(pk).derived().only("a_id", "b_id", "matches")[: 2 * MOST_RELATIVES]:
        at = 0 if row.a_id == pk else 2
        found |= {(match[at], match[at + 1]) for match in row.matches}
    return sorted(found)
