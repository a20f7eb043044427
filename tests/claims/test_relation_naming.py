"""How one place, person or body is named, and by whom (R42, R43)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction.types import Mode
from claims.relations import Naming, namings
from claims.relations.naming import one_person
from tests.claims.saying import said


def ways(*texts: str, by: str = "") -> list[Naming]:
    return list(namings(said(str(number), text, by, outlet=number % 3) for number, text in enumerate(texts)))


def words(naming: Naming) -> dict[str, bool]:
    return {variant.words: variant.charged for variant in naming.variants}


CASES = [
    # (copy, the thing, its kind, each way and whether it takes a side)
    (("Shells fell on Bergen", "Shells fell on the Danish port of Bergen", "Danish-occupied Bergen was shelled"),
     "Bergen", "place", {"Bergen": False, "the Danish port of Bergen": True, "Danish-occupied Bergen": True}),
    (("the breakaway region of Uppsala voted", "Uppsala voted"), "Uppsala", "place",
     {"the breakaway region of Uppsala": True, "Uppsala": False}),
    (("ships left Gothenburg", "ships left Göteborg"), "Gothenburg", "place", {"Gothenburg": False, "Göteborg": False}),
    (("the government-held city of Aleppo", "rebel-held Aleppo"), "Aleppo", "place",
     {"the government-held city of Aleppo": True, "rebel-held Aleppo": True}),
    (("the Oslo regime shut the port", "Norwegian authorities shut the port"), "Government of Norway", "body",
     {"Oslo regime": True, "Norwegian authorities": False}),
    (("Blue Dawn militants took the quay", "Blue Dawn fighters took the quay"), "Blue Dawn", "body",
     {"Blue Dawn militants": True, "Blue Dawn fighters": False}),
    (("the terrorist group Blue Dawn said so", "the group Blue Dawn said so"), "Blue Dawn", "body",
     {"terrorist group Blue Dawn": True, "group Blue Dawn": False}),
]  # fmt: skip


@pytest.mark.parametrize(("copy", "thing", "kind", "told"), CASES, ids=[case[0][0] for case in CASES])
def test_r43_ways_to_name_one_thing(copy: tuple[str, ...], thing: str, kind: str, told: dict[str, bool]) -> None:
    naming = next(each for each in ways(*copy) if each.thing == thing)
    assert (naming.kind, words(naming)) == (kind, told)
    assert naming.contested is any(told.values())


@pytest.mark.parametrize(
    "copy",
    [
        ("Shells fell on Bergen", "Bergen was shelled"),
        ("the port of Bergen was shelled", "Shells fell on Bergen", "Bergen’s quay burned"),
        ("Norwegian guns fired", "Norway’s guns fired"),
        ("May was cold", "In May it rained"),
    ],
)
def test_r43_what_takes_no_side_and_is_spelt_alike_is_not_listed(copy: tuple[str, ...]) -> None:
    assert ways(*copy) == []


def test_r43_the_exact_words_and_who_uses_them() -> None:
    told = namings(
        [
            said("a", "“Free Bergen will stand,”", "Ada Lien", "", "person", mode=Mode.DIRECT),
            said("b", "shells fell on the Danish port of Bergen", "Danish navy", home="DK", outlet=1),
            said("c", "Danish-held Bergen burned", outlet=2),
        ]
    )
    (bergen,) = (each for each in told if each.thing == "Bergen")
    uses = {
        variant.words: [(use.outlet, use.speaker, use.quoted) for use in variant.uses] for variant in bergen.variants
    }
    assert uses == {
        "Bergen": [("Fjord Post", "Ada Lien", True)],
        "the Danish port of Bergen": [("Harbour Times", "Danish navy", False)],
        "Danish-held Bergen": [("Sound Daily", "", False)],
    }


def test_r42_spellings_of_a_person_and_what_he_is_called() -> None:
    told = namings(
        [
            said("a", "the levy stands", "Dmytro Halas", "", "person", named="President Dmytro Halas"),
            said("b", "the levy stands", "Dmitro Halas", "", "person", named="the dictator Dmitro Halas", outlet=1),
        ]
    )
    (halas,) = told
    assert (halas.thing, halas.kind, halas.contested) == ("Dmitro Halas", "person", True)
    assert words(halas) == {"President Dmytro Halas": False, "dictator Dmitro Halas": True}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dmytro Kovalenko", "Dmitro Kovalenko", True),
        ("Kovalenko", "Dmytro Kovalenko", True),
        ("Anna Berg", "Anders Berg", False),
        ("Ada Lien", "Ida Lien", False),
        ("Ada Lien", "Ada Moe", False),
    ],
)
def test_r42_two_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert one_person(one, other) is one_person(other, one) is same


TEXTS = ["Danish-held Bergen burned", "the Norwegian city of Bergen", "Bergen", "the Oslo regime", "Norwegian leaders"]


@given(st.lists(st.sampled_from(TEXTS), max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_the_statements_does_not_matter(texts: list[str], chance: Random) -> None:
    told = [said(str(number), text, outlet=number % 3) for number, text in enumerate(texts)]
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert namings(shuffled) == namings(told)
    for naming in namings(told):
        at = {each.key: each.text for each in told}
        for variant in naming.variants:
            assert all(at[use.statement][use.start : use.end].lower() == variant.words.lower() for use in variant.uses)
