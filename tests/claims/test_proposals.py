"""Which rating the rules would propose (R31–R35): a table of cases by rule, and what holds whatever the cases are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.independence import knower_of
from claims.proposals import Bearing, Bears, propose, proposed_over
from claims.proposals.types import Desk
from claims.workflow import Rating
from tests.claims.cases import (
    ABROAD,
    ANOTHER,
    ARMY,
    DANES,
    DESK,
    FIRE,
    HOSPITAL,
    LATER,
    MAYOR,
    NAVY,
    OFFICIAL,
    REPORTER,
    SOMEBODY,
    Says,
    case_of,
    judged,
    key_of,
)

CORROBORATED, DISPUTED, UNVERIFIABLE = Rating
DENIAL = (Bearing(key_of(1), Bears.DENIES, "she says that nobody died"),)
RIVAL = (Bearing(key_of(1), Bears.RIVALS, "he blames the owner"),)
CONCESSION = (Bearing(key_of(1), Bears.CONCEDES, "he says that it was his men", admitted=True),)
OWN_REPORT = (Bearing(key_of(1), Bears.CONCEDES, "he says that his men fired"),)

CASES = [
    # (what, what is said, bearings, parties, desk, rating, rules)
    ("R32 two who know agree", (Says(MAYOR), Says(HOSPITAL)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R32 at least 10, and 12", (Says(MAYOR, 10, None), Says(HOSPITAL)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R32 two who know, of what an outlet says itself", (Says(None), Says(MAYOR), Says(HOSPITAL)), (), (), DESK,
     CORROBORATED, ["R32"]),
    ("R32 two who agree with it and not with each other",
     (Says(None, 5, None), Says(MAYOR, 7), Says(HOSPITAL, 30, hours=9)), (), (), DESK, None, ["R25"]),
    ("R32 without figures", (Says(MAYOR, None), Says(HOSPITAL, None)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R33 one who knows", (Says(MAYOR),), (), (), DESK, None, ["R33"]),
    ("R33 one who knows in many outlets", tuple(Says(MAYOR) for _ in range(50)), (), (), DESK, None, ["R33"]),
    ("R33 one who knows, and outlets in their own voice", (Says(MAYOR), Says(None), Says(None)), (), (), DESK, None,
     ["R33"]),
    ("R20 nobody is named", (Says(None), Says(None)), (), (), DESK, None, ["R20"]),
    ("R24 two organs of a party are one interest", (Says(ARMY), Says(NAVY)), (), ("NO",), DESK, None, ["R33", "R24"]),
    ("R24 opposed parties agree", (Says(ARMY), Says(DANES)), (), ("NO", "DK"), DESK, CORROBORATED, ["R32", "R24"]),
    ("R25 two without a name", (Says(SOMEBODY), Says(ANOTHER)), (), (), DESK, None, ["R25"]),
    ("R25 unnamed officials of two states", (Says(OFFICIAL), Says(ABROAD)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R25 one with a name, one without", (Says(MAYOR), Says(SOMEBODY)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R25 officials of whom nobody says whose, beside a mayor",
     (Says(MAYOR), Says(knower_of("officials", "", "unnamed"))), (), (), DESK, None, ["R25"]),
    ("R34 numbers in conflict", (Says(MAYOR), Says(HOSPITAL, 20, hours=1)), (), (), DESK, DISPUTED, ["R14"]),
    ("R34 a conflict of equal rank, although two agree",
     (Says(MAYOR), Says(FIRE), Says(HOSPITAL, 20, hours=1)), (), (), DESK, DISPUTED, ["R14"]),
    ("R28 what contests ranks below those who agree",
     (Says(MAYOR), Says(FIRE), Says(SOMEBODY, 20, hours=1)), (), (), DESK, CORROBORATED, ["R32", "R28"]),
    ("R28 the weaker of the two counts",
     (Says(MAYOR), Says(SOMEBODY), Says(OFFICIAL, 20, hours=1)), (), (), DESK, DISPUTED, ["R14"]),
    ("R28 an own witness among two named ones",
     (Says(MAYOR), Says(FIRE), Says(REPORTER, 20, hours=1)), (), (), DESK, DISPUTED, ["R14"]),
    ("R16 a denial", (Says(MAYOR, None), Says(FIRE, None, denied=True)), DENIAL, (), DESK, DISPUTED, ["R16"]),
    ("R17 rival attributions", (Says(MAYOR), Says(FIRE)), RIVAL, (), DESK, DISPUTED, ["R17"]),
    ("R17 a concession outranks a conflict",
     (Says(MAYOR), Says(FIRE), Says(HOSPITAL, 20, hours=1)), CONCESSION, (), DESK, CORROBORATED, ["R17"]),
    ("R17 a concession of what has no number", (Says(MAYOR, None), Says(ARMY)), CONCESSION, (), DESK,
     CORROBORATED, ["R17"]),
    ("R17 a concession speaks for no toll", (Says(MAYOR), Says(ARMY, None)), CONCESSION, (), DESK, None,
     ["R33", "R17"]),
    ("R17 nor for another one", (Says(MAYOR), Says(ARMY, 3)), CONCESSION, (), DESK, DISPUTED, ["R14", "R17"]),
    ("R17 who reports its own strike concedes nothing else", (Says(MAYOR, None), Says(ARMY)),
     OWN_REPORT, (), DESK, None, ["R33", "R17"]),
    ("R13 the same source said more since", (Says(MAYOR), Says(MAYOR, 14, hours=1)), (), (), DESK, None, ["R13"]),
    ("R13 it corrected itself downwards", (Says(MAYOR), Says(MAYOR, 9, hours=1)), (), (), DESK, None, ["R13"]),
    ("R14 others said more much later",
     (Says(MAYOR), Says(FIRE), Says(HOSPITAL, 20, hours=9)), (), (), DESK, None, ["R14"]),
    ("R14 an old number of another contests nothing",
     (Says(MAYOR, hours=9), Says(FIRE, hours=9), Says(HOSPITAL, 3)), (), (), DESK, CORROBORATED, ["R32"]),
    ("R16 a denial itself", (Says(MAYOR, None, denied=True),), (), (), DESK, None, ["R16"]),
    ("R35 unverified by its own words, before the time", (Says(MAYOR, unverified=True),), (), (), DESK, None, ["R33"]),
    ("R35 unverified by its own words, after it", (Says(MAYOR, unverified=True),), (), (), LATER, UNVERIFIABLE,
     ["R39", "R35"]),
    ("R35 a copy says that it could not be verified", (Says(MAYOR), Says(MAYOR, unverified=True)), (), (), LATER,
     UNVERIFIABLE, ["R39", "R35"]),
    ("R35 anonymous alone", (Says(SOMEBODY),), (), (), LATER, UNVERIFIABLE, ["R35", "R35"]),
    ("R35 a total alone", (Says(FIRE, aggregate=True),), (), (), LATER, UNVERIFIABLE, ["R35", "R35"]),
    ("R35 a second source came", (Says(SOMEBODY, unverified=True), Says(MAYOR)), (), (), LATER, CORROBORATED, ["R32"]),
    ("R33 named, and the time is over", (Says(MAYOR),), (), (), LATER, None, ["R33"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "bearings", "parties", "desk", "rating", "rules"), [row[1:] for row in CASES], ids=[r[0] for r in CASES]
)
def test_what_is_proposed(
    said: tuple[Says, ...], bearings: tuple[Bearing, ...], parties: tuple[str, ...], desk: Desk,
    rating: Rating | None, rules: list[str],
) -> None:  # fmt: skip
    made = propose(case_of(*said, bearings=bearings, parties=parties), desk)
    assert (made.rating, [fired.rule for fired in made.rules]) == (rating, rules)
    assert all(fired.words for fired in made.rules)
    assert all(made.would_change)
    assert made.would_change


def test_it_says_what_it_rests_on_and_what_would_change_it() -> None:
    made = judged(Says(MAYOR, 12, None), Says(HOSPITAL, 14))
    assert made.rules[0].words.startswith("Haukeland hospital and Ida Holm say at least 12 killed")
    assert [(cited.claim, cited.who) for cited in made.rests_on] == [(101, "Haukeland hospital")]
    alone = judged(Says(MAYOR, 12, None))
    assert alone.would_change == ("A second independent primary source, of another interest, that says at least 12.",)
    contested = judged(Says(MAYOR), Says(HOSPITAL, 20, hours=1))
    assert [cited.claim for cited in contested.against] == [101]
    assert "12 and 20, 1 hour apart" in contested.rules[0].words


def test_the_gravest_of_several_events_is_proposed() -> None:
    agreed, single = judged(Says(MAYOR), Says(HOSPITAL)), judged(Says(MAYOR))
    disputed, doubted = judged(Says(MAYOR), Says(FIRE, 20)), judged(Says(SOMEBODY), desk=LATER)
    ratings = {
        (agreed, single): CORROBORATED, (single, agreed): CORROBORATED, (agreed, disputed): DISPUTED,
        (single, doubted): None, (doubted,): UNVERIFIABLE, (single,): None,
    }  # fmt: skip
    for given_, rating in ratings.items():
        over = proposed_over(given_)
        assert over is not None
        assert over.rating is rating
    assert proposed_over([]) is None


KNOWERS = st.sampled_from(
    [MAYOR, HOSPITAL, FIRE, SOMEBODY, ANOTHER, OFFICIAL, ABROAD, ARMY, NAVY, DANES, REPORTER, None]
)
SAYS = st.builds(
    Says,
    KNOWERS,
    st.integers(8, 14),
    st.sampled_from([-1, -1, None, 20]),
    st.integers(0, 20),
    st.sampled_from(["", "Harbour Post", "Quay Echo"]),
    st.booleans(),
)
MANY = st.lists(SAYS, min_size=1, max_size=7)
PARTIES = st.sampled_from([(), ("NO",), ("NO", "DK")])
DESKS = st.sampled_from([DESK, LATER])


@given(MANY, PARTIES, DESKS, st.randoms(use_true_random=False))
def test_the_order_never_matters(said: list[Says], parties: tuple[str, ...], desk: Desk, chance: st.DataObject) -> None:
    """The rows come in another order; each keeps its key."""
    first = case_of(*said, parties=parties)
    order = list(range(1, len(said)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    mixed = case_of(said[0], *(said[at] for at in order), parties=parties, numbers=(0, *order))
    assert propose(mixed, desk) == propose(first, desk)


@given(MANY, st.randoms(use_true_random=False), DESKS)
def test_nor_do_the_keys(said: list[Says], chance: st.DataObject, desk: Desk) -> None:
    """Which claim came in first, and so has the lower id, decides neither the rating nor the rules."""
    numbers = list(range(len(said)))
    chance.shuffle(numbers)  # type: ignore[attr-defined]
    one, other = propose(case_of(*said), desk), propose(case_of(*said, numbers=tuple(numbers)), desk)
    assert one.rating == other.rating
    assert {fired.rule for fired in one.rules} == {fired.rule for fired in other.rules}


@given(MANY, st.data(), PARTIES, DESKS)
def test_a_dependent_copy_makes_nothing_corroborated(
    said: list[Says], data: st.DataObject, parties: tuple[str, ...], desk: Desk
) -> None:
    before = propose(case_of(*said, parties=parties), desk)
    of = data.draw(st.sampled_from(said))
    hours = of.hours + data.draw(st.integers(0, 9))
    copy = Says(of.by, of.low, of.high, hours, data.draw(st.sampled_from(["", "Evening Lamp"])))
    after = propose(case_of(*said, copy, parties=parties), desk)
    if before.rating is None:
        assert after.rating is not CORROBORATED


@given(MANY, KNOWERS, st.integers(0, 20), PARTIES, DESKS)
def test_a_conflict_that_comes_makes_nothing_disputed_corroborated(
    said: list[Says], by: object, hours: int, parties: tuple[str, ...], desk: Desk
) -> None:
    before = propose(case_of(*said, parties=parties), desk)
    after = propose(case_of(*said, Says(by, 1, -1, hours), parties=parties), desk)  # type: ignore[arg-type]
    if before.rating is DISPUTED:
        assert after.rating is not CORROBORATED
    denied = propose(case_of(*said, Says(MAYOR), bearings=(Bearing(key_of(len(said)), Bears.DENIES, "no"),)), desk)
    assert denied.rating is not CORROBORATED or any(fired.rule == "R28" for fired in denied.rules)
