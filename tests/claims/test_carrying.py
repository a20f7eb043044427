"""What a new version does to the claims of its story (R18, R19), read by the desk's own pipeline."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims import linking, pipeline, verdicts
from claims.models import Activity, ArticleVersion, Claim, Verdict
from tests.claims.stories import COPY, ENGINE, HURT, LEAD, SHEDS, check_anchors, claim_of, read, story, version
from tests.factories import ArticleFactory, ClaimFactory, EventFactory

pytestmark = pytest.mark.django_db
LESS = COPY.replace("12 people", "9 people")
MORE = f"{COPY}\n\nA third ship, with 5 boats in tow, left."


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = ENGINE


def moved(version: ArticleVersion) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["words"], row["now"]) for row in version.moved]


def test_what_stands_moves_and_what_changed_is_orphaned() -> None:
    first, second = story(COPY, LESS)
    check_anchors(first.article)
    lead, now = claim_of("12 people"), claim_of("9 people")
    assert (lead.version, lead.orphaned_by) == (first, second)
    assert (now.version, now.orphaned_by) == (second, None)
    for words in (HURT, SHEDS):
        kept = claim_of(words)
        assert (kept.version, kept.orphaned_by) == (second, None)
        assert kept.anchors.get().version == first
    assert Claim.objects.count() == 4


def test_what_moved_is_listed() -> None:
    first, second = story(COPY, LESS)
    assert first.moved == []
    changed, *kept = second.moved
    assert changed == {
        "kind": "changed", "claim": claim_of("12 people").pk, "becomes": claim_of("9 people").pk, "words": LEAD,
        "now": LEAD.replace("12", "9"), "figures": [["killed", "12 people", "9 people"]],
    }  # fmt: skip
    assert [row["kind"] for row in kept] == ["kept", "kept"]


def test_what_is_cut_is_gone_and_what_is_added_is_new() -> None:
    first, second = story(COPY, MORE.replace(f"\n\n{SHEDS}", ""))
    assert claim_of(SHEDS).orphaned_by == second
    assert sorted(row["kind"] for row in second.moved) == ["gone", "kept", "kept", "new"]
    assert [row["words"] for row in second.moved if row["kind"] == "gone"] == [SHEDS]
    check_anchors(first.article)


def shape(article_id: int) -> list[tuple[object, ...]]:
    rows = Claim.objects.filter(version__article=article_id, vanished=None)
    found = [
        (c.text, c.version.headline, c.orphaned_by and c.orphaned_by.headline, c.start,
         sorted(a.version.headline for a in c.anchors.all()))
        for c in rows.select_related("version", "orphaned_by")
    ]  # fmt: skip
    return sorted(found, key=str)


def test_the_order_of_reading_does_not_matter() -> None:
    texts = [COPY, LESS, LESS.replace("2 sheds", "3 sheds"), f"{LESS}\n\nThen 4 boats burned."]
    outcomes, lists = [], []
    for order in permutations(range(4)):
        article = ArticleFactory(slug="Fire")
        made = [version(article, text, hour, headline=str(hour)) for hour, text in enumerate(texts)]
        read(*(made[at] for at in order))
        check_anchors(article)
        outcomes.append(shape(article.pk))
        lists.append([moved(ArticleVersion.objects.get(pk=each.pk))[1:] for each in made[1:]])
        assert Claim.objects.filter(version__article=article).count() == 6
    assert all(each == outcomes[0] for each in outcomes)


def test_an_older_version_that_comes_late_takes_nothing(reviewer: User) -> None:
    article = ArticleFactory()
    old, new = version(article, COPY, 0), version(article, LESS, 1)
    read(new)
    hurt = claim_of(HURT)
    verdicts.record_verdict(claim=hurt, rating="unverifiable", reason="No list.", evidence=[], by=reviewer, seen=0)
    read(old)
    hurt.refresh_from_db()
    assert (hurt.version, hurt.stale, hurt.seen) == (new, False, 1)
    assert hurt.anchors.get().version == old
    assert claim_of("12 people").orphaned_by == new
    new.refresh_from_db()
    assert [row["kind"] for row in new.moved] == ["changed", "kept", "kept"]


def test_reading_again_changes_nothing(reviewer: User) -> None:
    versions = story(COPY, LESS, MORE.replace("12 people", "9 people"))
    claim = claim_of(HURT)
    linking.link_claim(claim=claim, event=EventFactory(), by=reviewer, seen=0)
    before = list(Claim.objects.order_by("pk").values()), [each.moved for each in versions]
    for each in versions:
        ArticleVersion.objects.filter(pk=each.pk).update(work="waiting", attempts=0)
        read(each)
    assert (list(Claim.objects.order_by("pk").values()), [each.moved for each in versions]) == before


def test_what_a_person_touched_moves_with_all_it_has(reviewer: User) -> None:
    first, second = (version(article := ArticleFactory(), COPY, 0), version(article, f"New line\n\n{COPY}", 1))
    read(first)
    claim = claim_of(HURT)
    event = EventFactory()
    linking.link_claim(claim=claim, event=event, by=reviewer, seen=0)
    verdicts.record_verdict(claim=claim, rating="unverifiable", reason="No list.", evidence=[], by=reviewer, seen=1)
    read(second)
    claim.refresh_from_db()
    assert (claim.version, claim.state, claim.seen, claim.stale) == (second, "ruled", 2, False)
    assert (claim.links.get().event, claim.verdict.rating) == (event, "unverifiable")
    assert claim.verdict.entries.get().version == first.number
    check_anchors(article)


def test_a_speaker_named_before_the_sentence_must_still_be_the_same() -> None:
    pronoun = "In all 5 boats sank, he said."
    text = f"Fire\n\nThere was smoke, the mayor said. {pronoun}\n\nIt is out."
    first, second = story(text, text.replace("the mayor", "the pilot"))
    mayor, pilot = Claim.objects.order_by("pk")
    assert (mayor.speaker.name, mayor.version, mayor.orphaned_by) == ("mayor", first, second)
    assert (pilot.speaker.name, pilot.text, pilot.version) == ("pilot", pronoun, second)
    assert second.moved[0]["becomes"] == pilot.pk


def test_a_verdict_on_a_changed_claim_is_stale_with_the_reason(reviewer: User) -> None:
    article = ArticleFactory()
    first, second = version(article, COPY, 0), version(article, LESS, 1)
    read(first)
    other = ClaimFactory()
    lead, hurt = claim_of("12 people", article), claim_of(HURT)
    cite = [verdicts.Exhibit("for", claim=lead)]
    own = verdicts.record_verdict(claim=lead, rating="unverifiable", reason="?", evidence=[], by=reviewer, seen=0)
    leaning = verdicts.record_verdict(claim=other, rating="disputed", reason="!", evidence=cite, by=reviewer, seen=0)
    calm = verdicts.record_verdict(claim=hurt, rating="unverifiable", reason="?", evidence=[], by=reviewer, seen=0)
    read(second)
    for verdict in (own, leaning, calm):
        verdict.refresh_from_db()
    assert own.stale and leaning.stale and not calm.stale
    assert (own.rating, own.state, own.reason) == ("unverifiable", "published", "?")
    [reason] = leaning.stale_reasons
    assert reason["why"] == "changed" and reason["evidence"] is True
    assert (reason["claim"], reason["becomes"]) == (lead.pk, claim_of("9 people").pk)
    assert "12 people" in reason["words"] and "9 people" in reason["words"] and "version 2" in reason["words"]
    assert Activity.objects.filter(kind="verdict stale", claim=other).count() == 1
    assert leaning.entries.last().act == "marked stale" and leaning.entries.last().by is None
    assert list(Claim.objects.in_queue_order().values_list("stale", flat=True)[:3]) == [True, True, False]
    assert Verdict.objects.exclude(stale=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_workers_on_one_story_come_to_the_same_outcome() -> None:
    texts = [COPY, LESS, MORE.replace("12 people", "9 people")]
    outcomes = []
    for workers in (1, 3):
        article = ArticleFactory(slug="Fire")
        made = [version(article, text, hour, headline=str(hour)) for hour, text in enumerate(texts)]
        with ThreadPoolExecutor(workers) as pool:
            answers = list(pool.map(extract_and_close, [each.pk for each in made]))
        assert answers == ["done"] * 3
        check_anchors(article)
        outcomes.append(shape(article.pk))
        assert [row["kind"] for row in ArticleVersion.objects.get(pk=made[1].pk).moved] == ["changed", "kept", "kept"]
    assert outcomes[0] == outcomes[1]


def extract_and_close(pk: int) -> str:
    try:
        for _ in range(3):
            if (answer := pipeline.extract_version(pk)) != "waiting":
                return answer
        return answer
    finally:
        connection.close()
