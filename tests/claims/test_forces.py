"""Police under the names that copy gives them: one source, or two forces."""

from __future__ import annotations

import pytest

from claims.independence import Voice, knower_of, ledger_of


def sources(*named: tuple[str, str, str]) -> int:
    voices = [
        Voice(str(number), f"Post {number}", knower=knower_of(name, role, kind, "US"))
        for number, (name, role, kind) in enumerate(named)
    ]
    return len(ledger_of(voices).sources)


@pytest.mark.parametrize(
    "named",
    [
        [("police", "", "unnamed"), ("Police", "", "unnamed")],
        [("police", "", "unnamed"), ("Harbor City Police Department", "", "body")],
        [("Ada Quill", "Police Chief", "person"), ("officers", "", "unnamed"), ("Harbor City police", "", "body")],
        [("Ada Quill", "Harbor City Police Chief", "person"), ("Tor Berg", "police spokesman", "person")],
        [("HCPD", "", "body"), ("Harbor City police", "", "body")],
        [("Nils Vik with HCPD", "", "person"), ("Harbor City police", "", "body")],
        [("Mill County Sheriff’s Office", "", "body"), ("deputies", "", "unnamed")],
    ],
)
def test_one_force_is_one_source(named: list[tuple[str, str, str]]) -> None:
    assert sources(*named) == 1


@pytest.mark.parametrize(
    "named",
    [
        [("Harbor City police", "", "body"), ("Fort Mill police", "", "body")],
        [("Harbor City police", "", "body"), ("Mill County Sheriff", "", "body")],
        [("Ada Quill", "fire chief", "person"), ("Harbor City police", "", "body")],
        [("Ada Quill", "", "person"), ("Tor Berg", "", "person")],
        [("FMPD", "", "body"), ("Harbor City police", "", "body")],
    ],
)
def test_two_forces_are_two_sources(named: list[tuple[str, str, str]]) -> None:
    assert sources(*named) == 2


def test_a_word_for_an_office_is_no_place() -> None:
    """There is a town called Police, and one called Francisco."""
    assert knower_of("Police", "", "unnamed", "NO").state == "NO"
    assert knower_of("San Francisco police", "", "body").state in ("", "US")
