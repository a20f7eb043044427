"""What is suggested of one claim and one event, and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from claims.suggestions import THRESHOLD, Facts, Hit, Known, compare

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def facts(places: str = "", day: date | None = None, words: str = "", kinds: str = "", scene: int = 0) -> Facts:
    days = (day, day) if day else None
    terms = dict.fromkeys(words.split(), 1.0)
    return Facts(frozenset(places.split()), days, frozenset(kinds.split()), frozenset(), terms, scene)


CASES = [
    ("same place and day", facts("Turku", MONDAY), facts("Turku", MONDAY), True),
    ("same place, a day apart", facts("Turku", MONDAY), facts("Turku", TUESDAY), False),
    ("same place, kind and words, a day apart", facts("Turku", MONDAY, "drone hangar", "strike"),
     facts("Turku", TUESDAY, "drone hangar", "strike"), False),
    ("same day elsewhere", facts("Turku", MONDAY), facts("Oulu", MONDAY), False),
    ("same place and words, no day", facts("Turku", None, "ferry fire"), facts("Turku", MONDAY, "ferry fire"), True),
    ("words alone", facts("", None, "ferry fire harbour"), facts("", None, "ferry fire harbour"), False),
    ("place alone", facts("Turku"), facts("Turku"), False),
    ("another kind at the same place", facts("Turku", None, "", "vote"), facts("Turku", MONDAY, "", "strike"), False),
    ("nothing", facts(), facts(), False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "claim", "event", "suggested"), CASES)
def test_what_is_suggested(name: str, claim: Facts, event: Facts, suggested: bool) -> None:
    assert (compare(claim, Known(event)).score >= THRESHOLD) is suggested, name


def test_reasons_are_in_words() -> None:
    hit = compare(facts("Turku", MONDAY, "ferry", "fire"), Known(facts("Turku", MONDAY, "ferry", "fire")))
    assert hit.reasons == ("same day: 2 March 2026", "same place: Turku", "same kind: fire", "same words: ferry")
    assert 0 <= hit.score <= 1


def test_a_quotation_that_its_scene_alone_places_says_so() -> None:
    scene = facts("Turku", MONDAY, "ferry", "fire", 7)
    quoted = Facts(scene.places, scene.days, scene.kinds, frozenset(), scene.terms, 7, own=frozenset())
    hit = compare(quoted, Known(facts("Turku", MONDAY)))
    assert hit.score >= THRESHOLD
    assert hit.reasons[:2] == (
        "same day, by the words around it: 2 March 2026",
        "same place, by the words around it: Turku",
    )


def by_words(alike: bool) -> Hit:
    told = facts("", None, "solveig lien ferryman quayside lantern", "fire", 1)
    other = "solveig lien ferryman quayside lantern" if alike else "budget council levy school roof"
    return compare(told, Known(facts("", None, "blaze"), (facts("", None, other, "fire", 2),)))


def test_scenes_that_people_linked_speak_for_an_event() -> None:
    assert by_words(alike=True).score > by_words(alike=False).score
    assert any("solveig" in reason for reason in by_words(alike=True).reasons)


def test_the_rest_of_a_linked_scene_follows_it() -> None:
    scene = facts("", None, "solveig lien", "fire", 3)
    hit = compare(scene, Known(facts("", None, "blaze"), (scene,)))
    assert hit.score >= THRESHOLD
    assert "told in the same scene as a claim that is linked" in hit.reasons


@pytest.mark.parametrize("days", range(1, 6))
def test_another_day_outweighs_all_that_two_strikes_share(days: int) -> None:
    one, other = MONDAY, MONDAY + timedelta(days=days)
    told = facts("Turku", one, "drones struck a depot", "strike", 1)
    again = facts("Turku", other, "drones struck a depot", "strike", 2)
    assert compare(told, Known(facts("Turku", other, "depot", "strike"), (again,))).score < THRESHOLD
