"""Places over spellings, scripts and namesakes, in invented copy."""

import pytest

from claims.extraction.folding import fold
from claims.extraction.gazetteer import lookup, people_of
from claims.extraction.nlp import load
from claims.extraction.places import find_places
from claims.extraction.scenes import event_places, located


def names(text: str, dateline: str = "") -> list[str]:
    found = find_places(load()(text), dateline)
    assert all(text[each.anchor.start : each.anchor.end] == each.anchor.text for each in found)
    return [each.name for each in found]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Kiev", "Kyiv"),
        ("Київ", "Kyiv"),
        ("Kharkov", "Kharkiv"),
        ("Харьков", "Kharkiv"),
        ("KHARKIV", "Kharkiv"),
        ("Bogota", "Bogotá"),
        ("Bombay", "Mumbai"),
        ("Peking", "Beijing"),
        ("U.S.", "United States"),
        ("Burma", "Myanmar"),
        ("غزة", "Gaza"),
    ],
)
def test_spellings_lead_to_one_place(spelling: str, name: str) -> None:
    assert lookup(spelling)[0].name == name


def test_namesakes_are_all_kept_the_largest_first() -> None:
    found = lookup("Springfield")
    assert len(found) > 3
    assert [each.population for each in found] == sorted((each.population for each in found), reverse=True)
    assert found[0].label.endswith(", United States")


@pytest.mark.parametrize("name", ["", "  ", "Zzyzxia", "'s", "\n", "a" * 500])
def test_what_is_no_place_is_looked_up_in_vain(name: str) -> None:
    assert lookup(name) == ()


def test_folding_levels_case_accents_and_marks() -> None:
    assert fold("São  Tomé-II") == fold("sao tome ii")
    assert people_of("Peruvians") == "PE"
    assert people_of("Lisbon") == ""


TABLE = [
    ("Shells fell on the outskirts of Kiev and in Kharkov.", ["Kyiv", "Kharkiv"]),
    ("Lisbon Mayor Rui Tavares spoke in Porto.", ["Lisbon", "Porto"]),
    ("The fire began in Coimbra, Portugal.", ["Coimbra", "Portugal"]),
    ("The U.S. and Britain signed in Geneva.", ["United States", "United Kingdom", "Geneva"]),
    ("Convoys crossed the Gaza Strip.", ["Gaza Strip"]),
    ("Two Peruvian cities lost power.", ["Peru"]),
    ("The Peruvian city of Arequipa lost power.", ["Arequipa"]),
    ("Deputies from Orange County searched a farm in Lisbon.", ["Orange County", "Lisbon"]),
    ("Aid reached them after Washington eased the rules.", ["Washington"]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_places_of_one_sentence(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reading helps, and it is nice to see a mobile library.",
        "Jack London and Paris Whitmore wrote the report.",
        "Mr. Lincoln declined to comment.",
        "Dora Houston, 31, was hurt. Police found Houston near a bus.",
        "The Lincoln stood in the yard all night.",
        "He was shot on Versailles Road.",
        "Man shot on West 24th Street",
        "She was treated at UK Hospital.",
        "The Peruvian army denied it.",
        "They told us that they may march in June.",
    ],
)
def test_common_words_people_and_demonyms_are_no_places(text: str) -> None:
    assert names(text) == []


def test_a_country_nearby_settles_a_namesake() -> None:
    (first, _) = find_places(load()("The ferry reached Cartagena, Spain."))
    assert first.name == "Cartagena"
    assert first.candidates == ()


def test_without_a_sign_close_namesakes_stay_open() -> None:
    (found,) = find_places(load()("The storm struck near Springfield."))
    assert found.name == ""
    assert len(found.candidates) > 1


def test_a_region_keeps_its_own_name() -> None:
    assert names("Drones struck the Rostov region.") == ["Rostov"]


def test_a_place_that_stands_for_a_party_is_not_where_it_happened() -> None:
    text = "Missiles fired by Russia hit Tbilisi, near Gori."
    doc = load()(text)
    assert event_places(doc, find_places(doc), 0, len(text)) == ("Tbilisi",)


def test_the_attack_happened_where_the_sentence_before_told() -> None:
    text = "Rockets fell on Porto. The attack, which hit a market, left 12 dead."
    doc = load()(text)
    assert event_places(doc, find_places(doc), text.index("The attack"), len(text)) == ("Porto",)


def test_a_word_is_located_by_the_place_of_its_sentence() -> None:
    doc = load()("Five miners died in Arequipa. Nobody spoke.")
    assert located(next(token for token in doc if token.text == "miners")) == "Arequipa"
    assert located(next(token for token in doc if token.text == "Nobody")) == ""
