"""How two statements of one event stand to each other: a table of cases for each rule (R8–R17, R21, R23)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from claims.extraction.types import Mode
from claims.relations import Kind, Statement
from claims.relations.gathering import MOST_STATEMENTS
from tests.claims.saying import count, found, pairs, said

BLAME = said(
    "0", "Danish rockets hit the harbour of Bergen and killed four people", places=("Bergen",), counts={"killed": (4,)}
)
HOMES = said("1", "thirty homes in Bergen were destroyed", "Bergen city council", counts={"buildings_damaged": (30,)})
DAY, NEXT = date(2031, 5, 4), date(2031, 5, 5)


def by_denmark(text: str, cue: str = "say", **more: Any) -> Statement:
    return said("2", text, "Danish defence ministry", home="DK", not_so=True, cue=cue, **more)


DENIALS = [
    # (what, the denial, what is reported, whether it contests that)
    ("civilians, against homes", by_denmark("its forces do not target civilians"), HOMES, True),
    ("civilians, against the dead", by_denmark("its forces do not target civilians"), BLAME, True),
    ("aiming at homes, by a verb that denies", by_denmark("shelling residential areas", "deny"), HOMES, True),
    ("no shot at civilians", by_denmark("no rockets were aimed at civilians"), HOMES, True),
    ("soldiers are no civilians", by_denmark("its forces do not target civilians"),
     said("1", "twelve soldiers were killed in Bergen", "Norwegian army", counts={"killed": (12,)}), False),
    ("a hospital, against homes", by_denmark("its jets did not bomb the hospital"), HOMES, False),
    ("a hospital, against it", by_denmark("its jets did not bomb the hospital"),
     said("1", "the hospital at Bergen was hit", "Bergen city council"), True),
    ("nothing to do with it", by_denmark("it had nothing to do with the attack"), BLAME, True),
    ("anything to do with it", by_denmark("having anything to do with the attack", "deny"), BLAME, True),
    ("not involved", by_denmark("its navy was not involved"), BLAME, True),
    ("not behind it", by_denmark("allegations that it was behind the blast", "reject"), BLAME, True),
    ("fired no rockets", by_denmark("Denmark fired no rockets at Bergen"), BLAME, True),
    ("no part, against mere damage", by_denmark("it had no part in the attack"), HOMES, False),
    ("not it but another", by_denmark("Sweden was not involved"), BLAME, False),
    ("not a reprisal", by_denmark("the strike was no retaliation for the blockade"),
     said("1", "the strike was retaliation for the blockade", "Norwegian army"), True),
    ("not a reprisal, against homes", by_denmark("the strike was no retaliation for the blockade"), HOMES, False),
    ("nobody killed", said("2", "no one was killed", "police", kind="unnamed", not_so=True, counts={"killed": (0,)}),
     BLAME, True),
    ("nobody killed, against homes", said("2", "no one was killed", "police", kind="unnamed", not_so=True), HOMES,
     False),
    ("kin of the dead", said("2", "she is not related to any of the victims", "police", kind="unnamed",
     not_so=True),
     BLAME, False),
    ("that number", said("2", "four people were killed", "Bergen hospital", not_so=True, cue="deny",
                         counts={"killed": (4,)}), BLAME, True),
    ("another number", said("2", "ninety people were killed", "Bergen hospital", not_so=True, cue="deny",
                            counts={"killed": (90,)}), BLAME, False),
    ("in its own words", by_denmark("the ferry carried munitions for the army", "deny"),
     said("1", "the ferry carried munitions for the garrison", "Norwegian army"), True),
    ("in its own words, by the accused", by_denmark("Denmark had mined the ferry channel", "deny"),
     said("1", "Denmark mined the ferry channel at night", "Norwegian army"), True),
    ("declined to comment", by_denmark("it declined to comment on dead civilians"), BLAME, False),
    ("cannot confirm", by_denmark("it could not confirm that civilians were killed"), BLAME, False),
    ("has no information", by_denmark("it had no information on any attack"), BLAME, False),
    ("a negative denied", by_denmark("it did not target civilians", "deny"), HOMES, False),
    ("by an onlooker", said("2", "Denmark was not involved", "Ruritanian Institute", not_so=True), BLAME, False),
    ("by an onlooker of numbers", said("2", "no one was killed", "Elin Dahl", "analyst", "person", not_so=True),
     BLAME, False),
    ("by nobody", said("2", "Denmark was not involved", not_so=True), BLAME, False),
    ("of what an ally says", by_denmark("its forces do not target civilians"),
     said("1", "thirty homes in Bergen burned", "Danish navy", home="DK"), False),
    ("elsewhere", by_denmark("its forces did not target civilians in Turku", places=("Turku",)),
     said("1", "thirty homes were destroyed", "Bergen city council", places=("Bergen",)), False),
    ("on another day", by_denmark("no civilians were targeted", from_day=DAY, to_day=DAY),
     said("1", "thirty homes were destroyed", "Bergen city council", from_day=NEXT, to_day=NEXT), False),
    ("of what nobody knows", by_denmark("its forces do not target civilians"),
     said("1", "it was unclear what had damaged the homes", "Bergen city council"), False),
]  # fmt: skip


@pytest.mark.parametrize(("denial", "other", "contested"), [case[1:] for case in DENIALS], ids=[c[0] for c in DENIALS])
def test_r16_what_a_denial_contests(denial: Statement, other: Statement, contested: bool) -> None:
    scene = [BLAME, denial] if other is BLAME else [BLAME, denial, other]
    told = found(*scene)
    assert (("2", other.key) in pairs(told, Kind.DENIES)) is contested
    assert all(each.rules == ("R16",) and each.why and each.spans for each in told.of(Kind.DENIES))


def test_r16_a_party_that_is_named_needs_no_accusation() -> None:
    denial = by_denmark("its forces do not target civilians")
    assert pairs(found(HOMES, denial), Kind.DENIES) == []
    assert pairs(found(HOMES, denial, parties=["DK"]), Kind.DENIES) == [("2", "1")]


def test_r16_the_words_that_deny_and_that_are_denied_are_marked() -> None:
    denial = by_denmark("our guns never shell homes")
    (told,) = [each for each in found(BLAME, HOMES, denial).of(Kind.DENIES) if each.other == "1"]
    words = {
        span.statement: (HOMES if span.statement == "1" else denial).text[span.start : span.end] for span in told.spans
    }
    assert words == {"1": "homes in Bergen were destroyed", "2": "shell homes"}


DENMARK = said("1", "Danish rockets struck the quay", "Norwegian army", "", places=("Bergen",))
RIVALS = [
    # (what, one attribution, the other, whether they are rivals)
    ("blame for blame", DENMARK, said("2", "Norway for the deaths", "Danish navy", cue="blame", home="DK"), True),
    ("behind it", DENMARK, said("2", "Norway was behind the blast", "Danish navy", home="DK"), True),
    ("the work of", DENMARK, said("2", "the attack was the work of Norway", "Danish navy", home="DK"), True),
    ("each strikes the other", DENMARK, said("2", "Norwegian drones hit Odense", "Danish navy", home="DK"), False),
    ("the same one blamed", DENMARK, said("2", "Denmark for the deaths", "Bergen council", cue="blame"), False),
    ("blamed elsewhere", DENMARK,
     said("2", "Norway for the fire", "Danish navy", cue="blame", home="DK", places=("Odense",)), False),
    ("another kind of thing", DENMARK, said("2", "Norway for the ferry sinking", "Danish navy", cue="blame",
     home="DK"), False),
    ("the copy's own words for two", said("1", "Lars Holm was responsible"), said("2", "Per Aas was to blame"), False),
    ("a town that owns a thing", said("1", "Rotterdam ferries hit the quay", "Bergen police"),
     said("2", "Norway for the deaths", "Danish navy", cue="blame", home="DK"), False),
    ("one speaker blames two", replace(DENMARK, cue="say"),
     said("2", "Sweden for the deaths", "Norwegian army", cue="blame"), False),
    ("a company and its rival", said("1", "Acme Mining had poisoned the river", "Elin Dahl", "", "person"),
     said("2", "Bolt Chemicals was responsible", "Acme Mining"), True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "opposed"), [case[1:] for case in RIVALS], ids=[case[0] for case in RIVALS])
def test_r17_rival_attributions(one: Statement, other: Statement, opposed: bool) -> None:
    told = found(one, other)
    assert pairs(told, Kind.RIVALS) == ([("1", "2")] if opposed else [])
    assert len(told.rivalries) == opposed


def test_r17_both_sides_hold_all_that_is_said_for_them() -> None:
    more = said("3", "the rockets came from a Danish frigate; Danish shelling killed four", "Norwegian police")
    theirs = said("2", "Norway for the deaths", "Danish navy", cue="blame", home="DK")
    (rivalry,) = found(DENMARK, more, theirs).rivalries
    assert [(side.name, side.statements) for side in (rivalry.one, rivalry.other)] == [
        ("Denmark", ("1", "3")),
        ("Norway", ("2",)),
    ]


def test_r17_a_part_denied_makes_two_attributions_rivals() -> None:
    theirs = said("2", "Norwegian mortars hit the quay", "Danish navy", home="DK")
    denial = by_denmark("Denmark had no part in the attack")
    assert pairs(found(DENMARK, theirs), Kind.RIVALS) == []
    assert pairs(found(DENMARK, theirs, replace(denial, voice=replace(denial.voice, key="3"))), Kind.RIVALS) == [
        ("1", "2")
    ]


CONCESSIONS = [
    ("admits it", said("2", "one of its rockets had hit the quay", "Danish navy", home="DK", cue="admit"), True),
    ("takes responsibility", said("2", "Denmark accepts full responsibility for the strike", "Danish navy",
     home="DK"), True),
    ("reports its own strike", said("2", "carrying out strikes on the quay", "Danish navy", home="DK", cue="report"),
     True),
    ("denies it", by_denmark("its rockets hit the quay", "deny"), False),
    ("admits another thing", said("2", "the talks had failed", "Danish navy", home="DK", cue="admit"), False),
    ("said by the other side", said("2", "one of the rockets had hit the quay", "Norwegian navy", cue="admit"), False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "conceded"), [case[1:] for case in CONCESSIONS], ids=[case[0] for case in CONCESSIONS]
)
def test_r17_concessions(words: Statement, conceded: bool) -> None:
    told = found(DENMARK, words)
    assert pairs(told, Kind.CONCEDES) == ([("2", "1")] if conceded else [])


def police(key: str, low: int, hours: float, text: str = "", **more: Any) -> Statement:
    words = text or f"{low} people drowned"
    return said(key, words, "Bergen police", hours=hours, counts={"killed": (low,)}, **more)


def test_r13_the_same_source_revises_its_figure_and_both_stay() -> None:
    told = found(police("a", 4, 0), police("b", 6, 3), police("c", 5, 9))
    assert pairs(told, Kind.REVISES) == [("b", "a"), ("c", "a"), ("c", "b")]
    assert {each.about for each in told.of(Kind.REVISES)} == {"killed"}


def test_r13_another_source_revises_nothing() -> None:
    other = said("b", "six drowned", "Bergen hospital", hours=3, counts={"killed": (6,)})
    assert pairs(found(police("a", 4, 0), other), Kind.REVISES) == []


def test_r11_numbers_of_two_towns_are_no_conflict_and_the_dimension_is_named() -> None:
    one = said("a", "48 were hurt in Bergen", "Bergen police", places=("Bergen",), counts={"injured": (48,)})
    other = said("b", "at least 20 were hurt in Oslo", "Oslo police", places=("Oslo",), counts={"injured": (20, None)})
    (told,) = found(one, other).of(Kind.DIFFERENT_SCOPE)
    assert (told.about, told.rules, told.undecided) == ("place", ("R11",), False)
    assert "Bergen against Oslo" in told.why


def test_r11_what_one_number_leaves_open_only_a_person_can_say() -> None:
    one = said("a", "48 were hurt", "Bergen police", counts={"injured": (48,)}, places=("Bergen",))
    other = said("b", "20 were hurt", "Norwegian army", counts={"injured": (20,)})
    (told,) = found(one, other).of(Kind.DIFFERENT_SCOPE)
    assert (told.about, told.undecided) == ("place", True)
    same = [replace(each, places=(), figures=(replace(each.figures[0], place=""),)) for each in (one, other)]
    assert found(*same).of(Kind.DIFFERENT_SCOPE) == ()


def test_r8_a_total_over_days_is_of_another_scope() -> None:
    one = said("a", "nine died", "Bergen police", counts={"killed": (9,)})
    total = said("b", "400 died since January", "Bergen hospital")
    total = replace(total, figures=(count(total, "killed", 400, aggregate=True),))
    (told,) = found(one, total).of(Kind.DIFFERENT_SCOPE)
    assert (told.about, told.rules) == ("part vs whole", ("R8",))


REPEATED = [
    ("the same number by two outlets", police("a", 4, 0), police("b", 4, 2, "four passengers lost their lives",
     outlet=1), True),
    ("a body and its spokesman", said("a", "the quay was mined by divers at dawn", "Danish navy", home="DK"),
     said("b", "divers mined the quay at dawn", "Per Holm", "Danish navy spokesman", "person", outlet=1), True),
    ("another number", police("a", 4, 0), police("b", 5, 2, outlet=1), False),
    ("another source", police("a", 4, 0), said("b", "4 people drowned", "Bergen hospital", counts={"killed": (4,)}),
     False),
    ("a few common words", said("a", "the harbour is shut", "Bergen police"), said("b", "the harbour is safe",
     "Bergen police"), False),
    ("two copies of one text", said("a", "smoke rose over the harbour cranes at noon", agencies=("NTA",)),
     said("b", "smoke rose over the harbour cranes at noon", agencies=("NTA",), outlet=1), True),
    ("two who write alike", said("a", "smoke rose over the harbour cranes at noon"),
     said("b", "smoke rose over the harbour cranes at noon", outlet=1), False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "again"), [case[1:] for case in REPEATED], ids=[case[0] for case in REPEATED])
def test_r23_what_one_source_says_again(one: Statement, other: Statement, again: bool) -> None:
    told = found(one, other)
    assert pairs(told, Kind.REPEATS) == ([("b", "a")] if again else [])


def test_r23_of_ten_that_say_one_thing_nine_repeat_the_first() -> None:
    told = found(*(police(str(number), 4, number, outlet=number % 3) for number in range(10)))
    assert pairs(told, Kind.REPEATS) == [(str(number), "0") for number in range(1, 10)]


def test_what_is_beyond_the_bounds_is_said() -> None:
    many = [
        said(f"{number:04d}", f"smoke rose at quay {number}", hours=number / 100)
        for number in range(MOST_STATEMENTS + 7)
    ]
    told = found(*many)
    assert told.statements_left_out == 7
    assert not [each for each in told.relations if "0000" in (each.one, each.other)]


def test_a_quotation_in_the_outlets_own_voice_is_nobodys() -> None:
    words = "we shall rebuild every house on the quay"
    told = found(said("a", words, mode=Mode.DIRECT), said("b", f"{words} soon", mode=Mode.DIRECT))
    assert told.of(Kind.RENDERING) == ()
