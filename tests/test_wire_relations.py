"""How the claims of the shared wire articles stand to each other, read from the files alone."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

SHARED = settings.BASE_DIR.parent / "shared"
Event = dict[str, Any]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> list[Event]:
    """The events of all articles whose day of publication is annotated, as the command finds them."""
    if not (SHARED / "wire").is_dir() or not (SHARED / "gold").is_dir():
        pytest.skip("the wire articles and their annotations are not beside this checkout")
    gold = sorted(path for path in (SHARED / "gold").glob("*.gold.json") if path.name[0].isdigit())
    rows = [row(path) for path in gold]
    path = tmp_path_factory.mktemp("wire") / "articles.jsonl"
    path.write_text("\n".join(json.dumps(each) for each in rows), encoding="utf-8")
    out = StringIO()
    call_command("events", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def row(gold: Path) -> dict[str, str]:
    about = json.loads(gold.read_text(encoding="utf-8"))["article"]
    name = gold.name.removesuffix(".gold.json")
    text = (SHARED / "wire" / f"{name}.txt").read_text(encoding="utf-8")
    return {"id": name[:3], "title": "", "dct": about["published"], "outlet": about["outlet"] or "", "text": text}


@pytest.fixture(scope="module")
def strike(events: list[Event]) -> Event:
    return next(each for each in events if "Kyiv" in each["places"] and each["date"]["start"] == "2024-01-23")


@pytest.fixture(scope="module")
def shelling(events: list[Event]) -> Event:
    return next(each for each in events if "Donetsk" in each["places"] and each["date"]["start"] == "2024-01-21")


def related(event: Event, kind: str) -> list[dict[str, Any]]:
    return [each for each in event["relations"] if each["kind"] == kind]


def cell(event: Event, measure: str, place: str) -> dict[str, Any]:
    return next(each for each in event["cells"] if each["measure"] == measure and (each["place"] or "") == place)


def test_that_civilians_are_not_targeted_denies_the_damaged_homes(strike: Event) -> None:
    denials = [each for each in related(strike, "denies") if "not target civilians" in each["one"]["text"]]
    assert {each["one"]["speaker"] for each in denials} == {"Kremlin"}
    assert {each["about"] for each in denials} == {"targeting civilians"}
    denied = {
        (each["other"]["article"], each["other"]["speaker"], each["other"]["text"].split()[0]) for each in denials
    }
    assert ("001", "Ukrainian media", "residential") in denied
    assert ("000", "Oleh Syniehubov", "the") in denied
    assert ("000", "Ihor Terekhov", "an") in denied
    assert all(each["rules"] == ["R16"] for each in denials)


def test_no_denial_of_motives_or_of_the_other_side_is_taken_for_one_of_harm(strike: Event) -> None:
    for each in related(strike, "denies"):
        assert "response" not in each["one"]["text"]
        assert each["other"]["speaker"] not in ("Kremlin", "Dmitry Peskov", "Russian Defense Ministry")


def test_21_and_21_intercepted_are_one_primary_source_in_two_outlets(strike: Event) -> None:
    (again,) = [each for each in related(strike, "repeats") if "intercepted" in each["why"]]
    assert {again["one"]["article"], again["other"]["article"]} == {"000", "001"}
    assert again["rules"] == ["R23"]
    behind = cell(strike, "munitions_intercepted", "")["behind"]
    assert (behind["outlets"], behind["primary sources"]) == (2, 1)


def test_48_and_at_least_20_are_of_different_scope_and_no_conflict(strike: Event) -> None:
    scopes = [each for each in related(strike, "different scope") if "Kharkiv against Kyiv" in each["why"]]
    assert {("48" in each["why"], "at least 20" in each["why"]) for each in scopes} >= {(True, True)}
    assert {(each["about"], *each["rules"]) for each in scopes} == {("place", "R11")}
    assert {each["state"] for each in strike["cells"]} <= {"agree", "different scope"}


def test_more_than_40_and_41_are_compatible(strike: Event) -> None:
    fired = cell(strike, "munitions_fired", "")
    assert {(figure["article"], figure["low"]) for figure in fired["figures"]} == {("000", 41), ("001", 41)}
    assert {figure["text"] for figure in fired["figures"]} > {"more than 40"}
    assert fired["state"] == "agree"


def test_who_shelled_the_market_is_disputed(shelling: Event) -> None:
    ((one, other),) = shelling["rivals"]
    assert {one["accused"], other["accused"]} == {"Russia", "Ukraine"}
    speakers = {
        frozenset((each["one"]["speaker"], each["other"]["speaker"]))
        for each in related(shelling, "rival attributions")
    }
    assert frozenset(("Russian officials", "Ukrainian forces")) in speakers
    denied = {(each["one"]["speaker"], each["other"]["speaker"]) for each in related(shelling, "denies")}
    assert ("Ukrainian military", "Russian officials") in denied


def test_27_killed_is_the_word_of_one_interest_group(shelling: Event) -> None:
    killed = cell(shelling, "killed", "Donetsk")
    assert {figure["low"] for figure in killed["figures"]} == {27}
    assert (killed["behind"]["primary sources"], killed["behind"]["interest groups"]) == (1, 1)


def test_two_renderings_of_one_sentence_are_aligned(strike: Event) -> None:
    rendered = related(strike, "rendering")
    assert (
        {each["one"]["speaker"] for each in rendered}
        == {each["other"]["speaker"] for each in rendered}
        == {"Dmitry Peskov"}
    )
    assert any("neighbourhoods" in each["one"]["text"] and "areas" in each["other"]["text"] for each in rendered)
    assert {(each["one"]["article"], each["other"]["article"]) for each in rendered} == {("000", "001")}


def test_the_town_is_named_in_contested_ways(shelling: Event) -> None:
    town = next(each for each in shelling["names"] if each["name"] == "Donetsk")
    assert town["contested"]
    assert {"Russian-occupied Donetsk", "the Russian city of Donetsk"} <= {way["words"] for way in town["ways"]}
