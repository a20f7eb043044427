"""Relations do not depend on the order in which statements come, nor on which of two is named first."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from claims.extraction.types import Mode
from claims.relations import Kind, Statement, relations_of
from claims.relations.types import SYMMETRIC
from tests.claims.saying import said

SPEAKERS = [
    ("Danish defence ministry", "", "body"),
    ("Norwegian army", "", "body"),
    ("Bergen police", "", "body"),
    ("Ada Lien", "Danish navy spokeswoman", "person"),
    ("", "", ""),
]
WORDS = [
    ("Danish rockets hit the harbour and killed four people", False, "say"),
    ("Norway for the deaths", False, "blame"),
    ("its forces do not target civilians", True, "say"),
    ("it had nothing to do with the attack", True, "say"),
    ("thirty homes were destroyed", False, "say"),
    ("no one was killed", True, "say"),
    ("one of its rockets had hit the quay", False, "admit"),
    ("“We will rebuild the burnt warehouses and the old fish market before winter.”", False, "say"),
    ("“We shall rebuild the burned sheds and the old fish market before winter.”", False, "say"),
]


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    made = []
    for number in range(draw(st.integers(2, 8))):
        text, denied, cue = draw(st.sampled_from(WORDS))
        counts = {"killed": (draw(st.integers(0, 6)),)} if draw(st.booleans()) else {}
        made.append(
            said(
                f"{number}",
                text,
                *draw(st.sampled_from(SPEAKERS)),
                not_so=denied,
                cue=cue,
                mode=Mode.DIRECT if text.startswith("“") else Mode.INDIRECT,
                hours=draw(st.integers(0, 9)),
                outlet=draw(st.integers(0, 2)),
                places=draw(st.sampled_from([(), ("Bergen",), ("Oslo",)])),
                counts=counts,
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(statements(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(told: list[Statement], chance: Random) -> None:
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert relations_of(shuffled) == relations_of(told)


@settings(max_examples=60, deadline=None)
@given(statements())
def test_ends_and_rules_are_as_the_kind_allows(told: list[Statement]) -> None:
    at = {each.key: each for each in told}
    found = relations_of(told)
    for each in found.relations:
        assert each.one != each.other
        assert each.rules
        if each.kind in SYMMETRIC:
            assert each.one < each.other
        if each.kind in (Kind.REPEATS, Kind.REVISES):
            assert (at[each.one].as_of, each.one) > (at[each.other].as_of, each.other)
        for span in each.spans:
            assert span.statement in (each.one, each.other)
            assert 0 <= span.start < span.end <= len(at[span.statement].text)
    assert len({(each.kind, each.one, each.other, each.about) for each in found.relations}) == len(found.relations)


@settings(max_examples=40, deadline=None)
@given(statements())
def test_who_denies_is_never_the_source_of_what_it_denies(told: list[Statement]) -> None:
    at = {each.key: each for each in told}
    for each in relations_of(told).of(Kind.DENIES):
        assert at[each.one].denied
        assert not at[each.other].denied
        assert at[each.one].speaker != at[each.other].speaker
