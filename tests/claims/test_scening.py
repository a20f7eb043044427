"""The scenes of an article as rows: which claims are in one, what follows a newer version, and how they are found."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from claims import pipeline, scening
from claims.models import ArticleVersion, Claim, Scene, SceneTerm
from claims.telling import keys_of
from tests.claims.stories import kill
from tests.claims.tellings import BERGEN, ENGINE, GHENT, YEAR, claim_of, read, version_of, waiting

pytestmark = pytest.mark.django_db
TWO_STRIKES = (
    "Missiles strike Bergen\n\nMissiles struck Bergen on 4 May and killed 3 people.\n\n"
    "Missiles had struck Turku on 2 May and killed 9 people."
)


@pytest.fixture(autouse=True)
def small_engine(settings: Settings) -> None:
    settings.EXTRACTOR = ENGINE


def test_r11_two_strikes_in_one_article_are_two_scenes() -> None:
    read(waiting("Gull Wire", TWO_STRIKES))
    first, second = Scene.objects.all()
    assert (first.main, first.days, set(first.places)) == (True, (date(YEAR, 5, 4),) * 2, {"Bergen"})
    assert (second.main, second.days, set(second.places)) == (False, (date(YEAR, 5, 2),) * 2, {"Turku"})
    assert claim_of("killed 3").scene == first
    assert claim_of("killed 9").scene == second


def test_a_quotation_stands_in_the_scene_around_it() -> None:
    read(waiting("Gull Wire", BERGEN["first"]))
    quoted = claim_of("bulkhead")
    assert (quoted.from_day, list(quoted.places.all())) == (None, [])
    assert quoted.scene is not None
    assert quoted.scene == claim_of("killed 4").scene


def test_only_the_newest_copy_of_a_story_has_scenes() -> None:
    old = waiting("Gull Wire", BERGEN["first"])
    new = version_of(old.article, BERGEN["first"].replace("killed 4", "killed 5"), 1)
    read(new, old)
    assert {scene.version_id for scene in Scene.objects.all()} == {new.pk}
    assert claim_of("killed 5").scene is not None
    assert claim_of("killed 4").scene is None
    assert claim_of("bulkhead").scene == claim_of("killed 5").scene


def test_reading_again_keeps_the_rows() -> None:
    one = waiting("Gull Wire", TWO_STRIKES)
    read(one)
    before = list(Scene.objects.values()), sorted(SceneTerm.objects.values_list("key", "scene"))
    one.work = "waiting"
    one.save()
    read(one)
    assert (list(Scene.objects.values()), sorted(SceneTerm.objects.values_list("key", "scene"))) == before


def test_a_kill_takes_the_scenes() -> None:
    one = waiting("Gull Wire", BERGEN["first"])
    read(one)
    read(kill(one.article, 2))
    assert not Scene.objects.exists()
    assert not Claim.objects.filter(scene__isnull=False).exists()


def test_what_is_under_embargo_has_none_until_it_is_lifted() -> None:
    now = timezone.now()
    one = waiting("Gull Wire", BERGEN["first"], status="embargoed", embargo=now + timedelta(hours=1))
    read(one)
    assert not Scene.objects.exists()
    ArticleVersion.objects.filter(pk=one.pk).update(embargo=now - timedelta(hours=1))
    assert pipeline.settle_version(one.pk) == "done"
    assert claim_of("killed 4").scene == Scene.objects.get(version=one, main=True)


def test_a_scene_is_found_by_rare_words_and_by_place_and_day() -> None:
    read(waiting("Gull Wire", BERGEN["first"]), waiting("Tern Post", GHENT))
    scene = claim_of("killed 4").scene
    assert scene is not None
    day = (date(YEAR, 5, 4),) * 2
    asked = {1: keys_of(["myhre"], (), None), 2: keys_of((), ["Bergen"], day), 3: keys_of(["zeppelin"], (), None)}
    assert scening.near_scenes(asked) == {1: [scene.pk], 2: [scene.pk], 3: []}


def test_keys_that_all_have_are_no_longer_added_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scening, "MOST_HOLDERS", 2)
    read(*[waiting(f"Outlet {n}", BERGEN["first"], n) for n in range(4)])
    (key,) = keys_of(["myhre"], (), None)
    assert Scene.objects.count() == 4
    assert SceneTerm.objects.filter(key=key).count() == 2
    scale = scening.scale_for(
        [telling.portrait for telling in scening.load(Scene.objects.values_list("pk", flat=True))]
    )
    assert "myhre" in scale.barred
