"""From waiting to extracted, and what a second extraction may change. The engine here is a small real one of the tests'
own; the desk's engine has tests of its own."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims import pipeline, verdicts
from claims.extraction.types import Anchor, Candidate, Context, Cue, Extraction, FigureFound, Mode, Polarity, Source
from claims.models import Activity, ArticleVersion, Claim, Speaker
from tests.factories import ArticleVersionFactory

pytestmark = pytest.mark.django_db
COPY = "Ferry burns\n\nThe coastguard said 12 people were hurt, including two children.\nThe harbour was shut."


def anchor(text: str, words: str) -> Anchor:
    start = text.index(words)
    return Anchor(start, start + len(words), words)


def toll(text: str, words: str, number: int, part_of: int | None = None) -> FigureFound:
    low = Decimal(number)
    return FigureFound("injured", low, low, False, anchor(text, words), place="Turku", part_of=part_of)


def candidate(text: str, words: str, **more: Any) -> Candidate:
    given: dict[str, Any] = {
        "anchor": anchor(text, words), "speaker": None, "chain": (), "cue": None, "mode": Mode.OUTLET,
        "polarity": Polarity.ASSERTED, "figures": (), "places": ("Turku",), "from_day": date(2026, 3, 2),
        "to_day": date(2026, 3, 2), "marks": (), "worth": 0.8, "worth_reasons": ("counts people",),
    }  # fmt: skip
    return Candidate(**(given | more))


def read_all(text: str, context: Context) -> Extraction:
    who = Source("The Coastguard", "", "body", anchor(text, "The coastguard"))
    hurt = candidate(
        text,
        "12 people were hurt, including two children",
        speaker=who,
        chain=(who,),
        cue=Cue("say", anchor(text, "said")),
        mode=Mode.INDIRECT,
        figures=(toll(text, "12 people", 12), toll(text, "two children", 2, part_of=0)),
    )
    return Extraction((hurt, candidate(text, "The harbour was shut")), (), (), "reader 1")


def read_less(text: str, context: Context) -> Extraction:
    return Extraction((candidate(text, "The harbour was shut", worth=0.1),), (), (), "reader 2")


def break_down(text: str, context: Context) -> Extraction:
    raise RuntimeError("the reader broke")


@pytest.fixture
def version() -> ArticleVersion:
    return ArticleVersionFactory(text=COPY, headline="Ferry burns", headline_end=11, work="waiting")


@pytest.fixture(autouse=True)
def engine(settings: Any) -> None:
    settings.EXTRACTOR = f"{__name__}.read_all"


def test_everything_found_is_stored(version: ArticleVersion) -> None:
    assert pipeline.extract_version(version.pk) == "done"
    hurt, shut = version.claims.order_by("start")
    assert hurt.text == COPY[hurt.start : hurt.end]
    assert (hurt.speaker.name, hurt.cue, hurt.mode, hurt.producer) == ("The Coastguard", "say", "indirect", "reader 1")
    assert hurt.chain[0]["text"] == "The coastguard"
    whole, part = hurt.figures.all()
    assert (whole.low, whole.place.name, part.part_of) == (12, "Turku", whole)
    assert (shut.speaker, shut.figures.count()) == (None, 0)
    version.refresh_from_db()
    assert (version.work, version.lease, version.attempts) == ("done", None, 1)
    assert Activity.objects.get().kind == "extracted"


def test_a_second_bell_does_nothing(version: ArticleVersion) -> None:
    pipeline.extract_version(version.pk)
    assert pipeline.extract_version(version.pk) == "not waiting"
    assert (Claim.objects.count(), Activity.objects.count()) == (2, 1)


def test_who_lost_the_lease_stores_nothing(version: ArticleVersion) -> None:
    mine = pipeline.take(version.pk)
    assert mine is not None
    assert pipeline.take(version.pk) is None
    ArticleVersion.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    theirs = pipeline.take(version.pk)
    assert theirs is not None
    extraction = read_all(COPY, Context())
    with pytest.raises(pipeline.LeaseLost):
        pipeline.finish(mine, extraction)
    assert not Claim.objects.exists()
    pipeline.finish(theirs, extraction)
    assert Claim.objects.count() == 2


def test_after_the_last_attempt_the_article_is_failed_with_its_reason(version: ArticleVersion, settings: Any) -> None:
    settings.EXTRACTOR = f"{__name__}.break_down"
    answers = [pipeline.extract_version(version.pk) for _ in range(4)]
    assert answers == ["waiting", "waiting", "failed", "not waiting"]
    version.refresh_from_db()
    assert (version.work, version.error) == ("failed", "RuntimeError: the reader broke")


def test_an_article_that_kills_its_worker_is_given_up(version: ArticleVersion) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    ArticleVersion.objects.update(work="extracting", attempts=3, lease_until=long_ago)
    assert pipeline.extract_version(version.pk) == "not waiting"
    version.refresh_from_db()
    assert version.work == "failed"
    assert "stopped 3 times" in version.error
    assert Activity.objects.get().kind == "failed"


def extract_again(version: ArticleVersion, settings: Any) -> None:
    settings.EXTRACTOR = f"{__name__}.read_less"
    ArticleVersion.objects.update(work="waiting", attempts=0)
    assert pipeline.extract_version(version.pk) == "done"


def test_a_second_extraction_updates_and_marks_what_vanished(version: ArticleVersion, settings: Any) -> None:
    pipeline.extract_version(version.pk)
    before = set(version.claims.values_list("pk", flat=True))
    extract_again(version, settings)
    hurt, shut = version.claims.order_by("start")
    assert {hurt.pk, shut.pk} == before
    assert hurt.vanished is not None
    assert (shut.vanished, shut.worth, shut.producer) == (None, 0.1, "reader 2")
    assert list(Claim.objects.standing()) == [shut]


def test_what_a_person_touched_is_never_changed(version: ArticleVersion, settings: Any, reviewer: User) -> None:
    pipeline.extract_version(version.pk)
    hurt = version.claims.get(cue="say")
    verdicts.record_verdict(claim=hurt, rating="unverifiable", reason="No list.", evidence=[], by=reviewer, seen=0)
    extract_again(version, settings)
    hurt.refresh_from_db()
    assert (hurt.vanished, hurt.producer, hurt.figures.count()) == (None, "reader 1", 2)


def test_one_speaker_is_one_row_over_articles(version: ArticleVersion) -> None:
    pipeline.extract_version(version.pk)
    other = ArticleVersionFactory(text=COPY, work="waiting")
    pipeline.extract_version(other.pk)
    assert [speaker.name for speaker in Speaker.objects.all()] == ["The Coastguard"]
