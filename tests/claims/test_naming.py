"""Names over spellings and scripts (R42): tables of pairs, and what holds of every pair."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.naming import Answer, Name, compare, in_one_place, introduced, keys_of
from claims.naming.letters import distance, skeleton, spellings


def person(name: str, role: str = "", state: str = "") -> Name:
    return Name(name, "person", role, "", state)


def body(name: str, state: str = "", *letters: str) -> Name:
    return Name(name, "body", "", "", state, letters)


PEOPLE = [
    ("Dmytro Halenko", "Dmitro Halenko", "same", "spellings of one given name"),
    ("Oleksandr Vasko", "Alexander Vasko", "same", "spellings of one given name"),
    ("Volodymyr Tesla", "Vladimir Tesla", "maybe", "it may be two people"),
    ("Volodymyr Rudenskyy", "Volodymyr Rudensky", "same", "spellings of one surname"),
    ("Volodymyr Rudenskyi", "Volodymyr Rudenskij", "same", "spellings of one surname"),
    ("Andriy Yermolenko", "Andrii Iermolenko", "same", "spellings of one given name"),
    ("Ihor Khoroshko", "Igor Horoshko", "same", "spellings of one surname"),
    ("Taras Kravets", "Taras Kravec", "same", "spellings of one surname"),
    ("Дмитро Галенко", "Dmytro Halenko", "same", "spellings"),
    ("Сергій Щербань", "Serhii Shcherban", "same", "spellings"),
    ("Κώστας Μητσάκης", "Kostas Mitsakis", "same", "spellings"),
    ("Jürgen Müller", "Juergen Mueller", "same", "spellings"),
    ("Žiga Škof", "Ziga Skof", "same", "the same name"),
    ("Mohammed Sayeed", "Muhammad Sayed", "same", "spellings"),
    ("Bashar al-Hamadi", "Bashar Hamadi", "same", "a small word"),
    ("Kim Jong-tae", "Kim Jong Tae", "same", "parted into words"),
    ("Dr. Ilse Varga", "Ilse Varga", "same", "a title"),
    ("Mayor Ihor Tereshko", "Ihor Tereshko", "same", "a title"),
    ("Ilse Varga's", "Ilse Varga", "same", "the same name"),
    ("Dmytro Ivanovych Halenko", "Dmytro Halenko", "same", "“Ivanovych” is left out"),
    ("D. Halenko", "Dmytro Halenko", "maybe", "the initial fits"),
    ("Y. Horoshkov", "Evgeny Horoshkov", "maybe", "the initial fits"),
    ("P. Halenko", "Dmytro Halenko", "no", "other given names"),
    ("John W. Brandt", "John Brandt", "maybe", "“W.” is left out"),
    ("John W. Brandt", "John H. Brandt", "no", "other middle names"),
    ("John Brandt Jr.", "John Brandt Sr.", "no", "junior"),
    ("John Brandt Jr.", "John Brandt", "maybe", "only one has “junior”"),
    ("Halenko Dmytro", "Dmytro Halenko", "maybe", "another order"),
    ("Petro Halenko", "Dmytro Halenko", "no", "other given names"),
    ("Paul Kravets", "Paula Kravets", "no", "other given names"),
    ("Mario Lund", "Maria Lund", "no", "other given names"),
    ("Halenko", "Dmytro Halenko", "no", "only inside one article or event"),
    ("Petra Lund", "Petra Lindqvist", "no", "other surnames"),
    ("Petra Lindqvist", "Petra Lindkvist", "maybe", "as by a slip"),
]


@pytest.mark.parametrize(("one", "other", "answer", "reason"), PEOPLE)
def test_people(one: str, other: str, answer: str, reason: str) -> None:
    match = compare(person(one), person(other))
    assert match.answer == answer, match
    assert reason in "; ".join(match.reasons)


BODIES = [
    ("World Health Organization", "WHO", "same", "WHO is World Health Organization"),
    ("World Health Organisation", "W.H.O.", "same", "WHO is World Health Organization"),
    ("Ministry of Defence", "Defense Ministry", "same", "in another order"),
    ("Ukraine's Ministry of Defence", "Ukrainian Defence Ministry", "same", "in another order"),
    ("U.S. State Department", "United States State Department", "same", "spelled in another way"),
    ("the US State Department", "U.S. State Department", "same", "spelled in another way"),
    ("Harbour Labour Centre", "Harbor Labor Center", "same", "spelled in another way"),
    ("Harbour Workers Union", "HWU", "maybe", "another body may have them"),
    ("Médecins Sans Frontières", "Doctors Without Borders", "same", "both mean"),
    ("Bank of America", "American Bank", "maybe", "it may be another body"),
    ("Kharkiv Emergency Services", "Kharkiv Emergency Service", "maybe", "differ in number"),
    ("Russian Defence Ministry", "Ukrainian Defence Ministry", "no", "other names"),
    ("Defence Ministry", "Russian Defence Ministry", "no", "other names"),
    ("Harbour Office", "Harbour Police", "no", "other names"),
    ("Station 17", "Station 53", "no", "other names"),
]


@pytest.mark.parametrize(("one", "other", "answer", "reason"), BODIES)
def test_bodies(one: str, other: str, answer: str, reason: str) -> None:
    match = compare(body(one), body(other))
    assert match.answer == answer, match
    assert reason in "; ".join(match.reasons)


def test_what_copy_introduces_in_brackets_is_the_same() -> None:
    text = (
        "Workers of the Harbour Workers Union (HWU) met. The Quay Board (“Q.B.”) did not. The Pier Office (closed) sat."
    )
    found = introduced(text, ["Harbour Workers Union", "Quay Board", "Pier Office", "HWU"])
    assert found == {"Harbour Workers Union": ("HWU",), "Quay Board": ("QB",)}
    match = compare(body("Harbour Workers Union", "", "HWU"), body("HWU"))
    assert (match.answer, match.reasons) == ("same", ("copy writes “Harbour Workers Union (HWU)”",))


def test_a_role_settles_what_an_initial_leaves_open_and_never_another_form_of_the_name() -> None:
    minister = ("Foreign Minister", "UA")
    assert (
        compare(person("D. Halenko", *minister), person("Dmytro Halenko", "Ukrainian foreign minister")).answer
        == "same"
    )
    assert compare(person("D. Halenko", "minister"), person("Dmytro Halenko", "minister")).answer == "maybe"
    assert compare(person("Volodymyr Tesla", *minister), person("Vladimir Tesla", *minister)).answer == "maybe"


def test_two_states_speak_against_it() -> None:
    one, other = person("Serhii Halenko", "mayor", "UA"), person("Sergei Halenko", "general", "RU")
    match = compare(one, other)
    assert (match.answer, match.score) == ("maybe", 0.4) and "two states" in match.reasons[-1]
    assert compare(person("S. Halenko", "mayor", "UA"), other).answer == "no"


def test_kinds() -> None:
    assert compare(person("Lund"), body("Lund")).answer == "no"
    unnamed = [Name(words, "unnamed") for words in ("U.S. officials", "US officials", "local officials")]
    assert [compare(unnamed[0], other).answer for other in unnamed[1:]] == ["same", "no"]
    assert compare(unnamed[0], body("U.S. officials")).answer == "no"


def test_a_bare_surname_means_the_one_who_bears_it_in_one_place() -> None:
    found = in_one_place([person("Halenko"), person("Dmytro Halenko"), person("Dmitro Halenko"), person("Petra Lund")])
    assert [(a, b, match.answer) for a, b, match in found] == [(0, 1, "same"), (0, 2, "same"), (1, 2, "same")]
    several = in_one_place([person("Halenko"), person("Dmytro Halenko"), person("Petro Halenko")])
    assert [(a, b, match.answer) for a, b, match in several] == [(0, 1, "maybe"), (0, 2, "maybe")]
    assert "others of that surname" in several[0][2].reasons[-1]


NAMES = sorted({name for pair in PEOPLE for name in pair[:2]})
BODY_NAMES = sorted({name for pair in BODIES for name in pair[:2]})
LETTERS = st.text(st.sampled_from("abeghijkostuvyzшчгüé'-. "), min_size=1, max_size=18)
ROLES = st.sampled_from(["", "mayor", "Ukrainian foreign minister", "spokesman"])
STATES = st.sampled_from(["", "UA", "RU"])
ANY = st.builds(
    Name,
    st.sampled_from(NAMES + BODY_NAMES) | LETTERS,
    st.sampled_from(["person", "body", "unnamed"]),
    ROLES,
    st.just(""),
    STATES,
)


@settings(max_examples=300, deadline=None)
@given(ANY, ANY, st.booleans())
def test_the_order_does_not_matter(one: Name, other: Name, together: bool) -> None:
    match = compare(one, other, together=together)
    assert match == compare(other, one, together=together)
    assert 0 <= match.score <= 1 and match.reasons
    assert (match.score == 0) == (match.answer is Answer.NO)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_a_name_is_itself(name: Name) -> None:
    assert compare(name, name).answer is Answer.SAME


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_matches_are_found_by_their_keys(one: str, other: str) -> None:
    ours, theirs = person(one), person(other)
    if compare(ours, theirs).answer is not Answer.NO and len({one, other, "Petra Lindkvist"}) == 3:
        assert keys_of(ours).asked & keys_of(theirs).kept and keys_of(theirs).asked & keys_of(ours).kept


@pytest.mark.parametrize(("one", "other"), [row[:2] for row in BODIES if row[2] != "no"])
def test_bodies_are_found_by_their_keys(one: str, other: str) -> None:
    ours, theirs = keys_of(body(one)), keys_of(body(other))
    assert ours.asked & theirs.kept and theirs.asked & ours.kept


@settings(max_examples=200, deadline=None)
@given(LETTERS, LETTERS)
def test_letters(one: str, other: str) -> None:
    assert distance(one, other, 2) == distance(other, one, 2)
    assert (distance(one, other, 2) == 0) == (one == other)
    if spellings(one) == spellings(other):
        assert skeleton(one) == skeleton(other)
