"""When a claim without figures says the very thing that another says: a table of pairs, careful where in doubt."""

from __future__ import annotations

from datetime import date

import pytest

from claims.proposals import Wording, same_thing

BERGEN = frozenset({"Bergen"})
BLAST = "an explosion tore the roof off the Solveig hotel in Bergen on Monday night"
PAIRS = [
    ("the very words", BLAST, BLAST, True),
    ("and more", BLAST, f"Police said {BLAST} and broke windows for two streets", True),
    ("less than it", BLAST, "an explosion in Bergen", False),
    ("another hotel", BLAST, BLAST.replace("Solveig", "Marie"), False),
    ("it names what the other leaves open", BLAST, BLAST.replace("Solveig ", ""), False),
    ("the other names what it leaves open", BLAST.replace("Solveig ", ""), BLAST, True),
    ("not", BLAST, f"it was not true that {BLAST}", False),
    ("may", BLAST, BLAST.replace("tore", "may have torn"), False),
    ("another kind of happening", BLAST, BLAST.replace("an explosion", "a flood"), False),
    ("who did it to whom", "the police shot the guard at the harbour in Bergen after a raid",
     "the guard shot the police in Bergen at the harbour after a raid", False),
    ("another doer", "Norwegian shelling destroyed the water tower of Bergen harbour",
     "Danish shelling destroyed the water tower of Bergen harbour", False),
    ("too few words", "an explosion in Bergen", "an explosion in Bergen", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), [row[1:] for row in PAIRS], ids=[row[0] for row in PAIRS])
def test_whether_two_say_the_same(one: str, other: str, same: bool) -> None:
    assert same_thing(Wording(one, BERGEN), Wording(other, BERGEN)) is same


def test_another_place_or_day_is_another_thing() -> None:
    assert not same_thing(Wording(BLAST, BERGEN), Wording(BLAST, frozenset({"Odense"})))
    assert not same_thing(Wording(BLAST), Wording(BLAST))
    monday, friday = date(2031, 5, 5), date(2031, 5, 9)
    assert not same_thing(Wording(BLAST, BERGEN, monday, monday), Wording(BLAST, BERGEN, friday, friday))
    assert same_thing(Wording(BLAST, BERGEN, monday, monday), Wording(BLAST, BERGEN))
