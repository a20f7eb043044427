"""Looking for the copies of a version: what is found and stored, however and however often it comes."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django.fixtures import Settings

from claims import relabelling, reuse, tasks
from claims.errors import Incomplete, NotAllowed, Stale
from claims.models import Activity, ArticleVersion, CopyKey, Reuse
from claims.syndication.fingerprints import keys_of
from tests.claims.syndicated import AGENCY, INDEPENDENT, OWN, REWRITTEN, story
from tests.factories import ArticleFactory, ArticleVersionFactory, OutletFactory, ReuseFactory

pytestmark = pytest.mark.django_db


def version(*sentences: str, headline: str = "Ship aground off Port Elm", **about: object) -> ArticleVersion:
    text = story(*sentences, headline=headline)
    return ArticleVersionFactory(headline=headline, headline_end=len(headline), text=text, **about)


def related(*versions: ArticleVersion) -> dict[tuple[int, int], Reuse]:
    assert [reuse.relate(one.pk) for one in versions] == ["done"] * len(versions)
    return {(row.a_id, row.b_id): row for row in Reuse.objects.all()}


def test_copies_are_found_and_independent_articles_are_not() -> None:
    agency = version(*AGENCY, published="2024-05-13T08:00Z")
    copy = version(*REWRITTEN[:2], *AGENCY[2:6], headline="Oil on the beach", published="2024-05-13T09:00Z")
    version(*OWN)
    version(*INDEPENDENT)
    found = related(*ArticleVersion.objects.order_by("pk"))
    pair = found.pop((agency.pk, copy.pk))
    assert (pair.label, pair.direction, pair.by) == ("wholly", "b_from_a", None)
    assert pair.producer.startswith("syndication ")
    assert {row.label for row in found.values()} <= {"not"}
    assert Activity.objects.filter(kind="copies found", version=copy).count() == 1
    start, end, *_ = pair.matches[0]
    assert agency.text[start:end] in AGENCY


def test_a_changed_number_is_flagged_and_the_copy_is_not_hidden() -> None:
    agency, copy = version(*AGENCY), version(*AGENCY, headline="Oil on the beach")
    text = copy.text.replace("14 sailors", "41 sailors")
    ArticleVersion.objects.filter(pk=copy.pk).update(text=text)
    (pair,) = related(agency, copy).values()
    assert pair.label == "wholly"
    assert [(one["kind"], one["a"], one["b"]) for one in pair.changes] == [("number", "14", "41")]


def test_the_order_of_arrival_does_not_matter() -> None:
    versions = [version(*AGENCY), version(*AGENCY[:5], headline="Oil"), version(*REWRITTEN, headline="Birds")]
    outcomes = []
    for order in permutations(versions):
        Reuse.objects.all().delete()
        CopyKey.objects.all().delete()
        ArticleVersion.objects.update(related=None, relate_attempts=0)
        outcomes.append({key: (row.label, row.score, row.changes) for key, row in related(*order).items()})
    assert len(outcomes[0]) == 3
    assert all(outcome == outcomes[0] for outcome in outcomes)


def test_a_version_is_no_copy_of_its_own_story() -> None:
    article = ArticleFactory()
    assert related(version(*AGENCY, article=article), version(*AGENCY, article=article)) == {}


def test_a_notice_that_kills_a_story_is_no_copy() -> None:
    assert related(version(*AGENCY, status="killed"), version(*AGENCY)) == {}


def test_a_link_is_followed_where_the_texts_share_nothing() -> None:
    source, copy = version(*AGENCY, wire_id="nw-1"), version(*OWN, derived_from="nw-1")
    (pair,) = related(source, copy).values()
    assert (pair.label, pair.direction, pair.evidence[0]["kind"]) == ("partly", "b_from_a", "link")


def test_a_credit_names_the_source() -> None:
    wire = ArticleFactory(outlet=OutletFactory(name="Northern Wire", aliases=["NW"]))
    source = version(*AGENCY, article=wire)
    copy = version(*AGENCY[:4], agencies=["NW"])
    (pair,) = related(copy, source).values()
    assert pair.direction == "b_from_a"
    assert pair.evidence[0] == {"kind": "credit", "words": "It credits NW.", "side": "b"}


def test_a_second_bell_finds_nothing_to_do() -> None:
    agency, copy = version(*AGENCY), version(*AGENCY, headline="Oil")
    related(agency, copy)
    assert reuse.relate(copy.pk) == "not waiting"
    assert Reuse.objects.count() == 1


def test_a_version_waits_until_it_was_read() -> None:
    waiting = version(*AGENCY, work="waiting")
    assert reuse.relate(waiting.pk) == "not waiting"
    assert ArticleVersion.objects.to_relate(timezone.now()).count() == 0


def test_the_sweep_rings_for_what_was_forgotten_or_whose_worker_died() -> None:
    forgotten, held, dead = version(*AGENCY), version(*OWN), version(*INDEPENDENT)
    ArticleVersion.objects.filter(pk=held.pk).update(relate_until=timezone.now() + timedelta(minutes=1))
    ArticleVersion.objects.filter(pk=dead.pk).update(relate_until=timezone.now() - timedelta(minutes=1))
    assert tasks.sweep_copies() == 2
    assert set(ArticleVersion.objects.to_relate(timezone.now())) == {forgotten, dead}
    assert tasks.relate_version(dead.pk) == "done"


def test_a_text_that_breaks_the_rules_ends_with_its_reason(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MAX_ATTEMPTS = 2
    copy = version(*AGENCY)
    monkeypatch.setattr(reuse, "keys_of", lambda text: 1 / 0)
    assert [reuse.relate(copy.pk) for _ in range(3)] == ["waiting", "failed", "not waiting"]
    copy.refresh_from_db()
    assert copy.related is not None
    assert copy.relate_error.startswith("ZeroDivisionError")


def test_a_worker_that_always_dies_is_given_up(settings: Settings) -> None:
    copy = version(*AGENCY)
    ArticleVersion.objects.filter(pk=copy.pk).update(relate_attempts=settings.MAX_ATTEMPTS)
    assert reuse.relate(copy.pk) == "not waiting"
    copy.refresh_from_db()
    assert "stopped" in copy.relate_error


def test_a_worker_that_lost_its_hold_stores_nothing() -> None:
    agency, copy = version(*AGENCY), version(*AGENCY, headline="Oil")
    related(agency)
    until = timezone.now() + timedelta(minutes=5)
    taken = reuse.take(copy.pk, until)
    assert taken is not None
    rows = reuse.judged(taken, [agency.pk])
    ArticleVersion.objects.filter(pk=copy.pk).update(relate_until=until + timedelta(seconds=1))
    assert reuse.finish(taken, until, rows) == "hold lost"
    assert not Reuse.objects.exists()


def test_a_sentence_that_everybody_has_makes_no_relatives() -> None:
    stock = (
        "The weather service expects strong winds from the west and scattered showers along the whole coast tonight."
    )
    for number in range(reuse.MOST_HOLDERS + 5):
        words = f"Barge {number} carried lot {number} of {number * 7} crates past quay {number}."
        reuse.store_keys(version(words, stock).pk, keys_of(f"{words} {stock}"))
    last = version(*OWN, stock)
    assert max(CopyKey.objects.filter(key=key).count() for key in keys_of(stock)) == reuse.MOST_HOLDERS
    assert reuse.by_keys(last.pk, keys_of(last.body)) == []


def test_copies_of_what_everybody_carries_are_still_found() -> None:
    for number in range(reuse.MOST_HOLDERS + 3):
        one = version(*AGENCY, headline=f"Ship aground {number}")
        reuse.store_keys(one.pk, keys_of(one.body))
    last = version(*AGENCY[:6], headline="Oil")
    related(last)
    assert Reuse.objects.of(last.pk).filter(label="wholly").count() == reuse.MOST_RELATIVES


def test_keys_are_the_same_everywhere() -> None:
    keys = keys_of("A cargo ship carrying fertiliser ran onto a sandbank off Port Elm before dawn on Monday.")
    assert [hex(key) for key in (keys[0], keys[-1])] == ["0x1ea79cbe83f71f02", "0x442de8683f7193c2"]
    assert len(keys_of(story(*AGENCY))) < 60
    assert keys_of("Oil spill") == []


def test_families_join_what_is_wholly_derived() -> None:
    a, b, c, d, e = (ArticleVersionFactory() for _ in range(5))
    ReuseFactory(a=a, b=b, machine_label="wholly")
    ReuseFactory(a=b, b=c, machine_label="wholly")
    ReuseFactory(a=c, b=d, machine_label="partly")
    ReuseFactory(a=d, b=e, machine_label="not")
    assert reuse.family(c.pk) == [a.pk, b.pk, c.pk]
    assert reuse.family(d.pk) == [d.pk]
    heads = reuse.families([c.pk, d.pk, a.pk])
    assert heads[c.pk] == heads[a.pk] != heads[d.pk]


def test_reused_sentences_of_a_version() -> None:
    agency, copy = version(*AGENCY), version(*OWN, *AGENCY[:3], headline="Mussels")
    related(agency, copy)
    spans = reuse.reused_spans(copy.pk)
    assert [copy.text[start:end] for start, end in spans] == [*AGENCY[:3]]


def test_a_person_s_word_stands_over_later_machine_runs(reviewer: User) -> None:
    agency, copy = version(*AGENCY), version(*AGENCY, headline="Oil")
    (pair,) = related(agency, copy).values()
    relabelling.relabel(reuse=pair, label="not", reason="Both rewrote one press release.", by=reviewer, seen=0)
    ArticleVersion.objects.filter(pk=copy.pk).update(related=None)
    (pair,) = related(copy).values()
    assert (pair.label, pair.machine_label, pair.by) == ("not", "wholly", reviewer)
    assert reuse.family(copy.pk) == [copy.pk]
    log = Activity.objects.get(kind="reuse labelled")
    assert (log.actor, log.detail["from"], log.detail["to"]) == (reviewer, "wholly", "not")


def test_relabelling_asks_for_right_reason_and_freshness(reviewer: User, editor: User) -> None:
    pair = ReuseFactory()
    with pytest.raises(NotAllowed):
        relabelling.relabel(reuse=pair, label="not", reason="x", by=editor, seen=0)
    with pytest.raises(Incomplete, match="Give a reason"):
        relabelling.relabel(reuse=pair, label="not", reason=" ", by=reviewer, seen=0)
    with pytest.raises(Incomplete, match="Choose"):
        relabelling.relabel(reuse=pair, label="maybe", reason="x", by=reviewer, seen=0)
    with pytest.raises(Stale):
        relabelling.relabel(reuse=pair, label="not", reason="x", by=reviewer, seen=3)
    pair.refresh_from_db()
    assert (pair.label, pair.seen) == ("partly", 0)
    assert not Activity.objects.filter(kind="reuse labelled").exists()
