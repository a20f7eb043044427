"""Who stands behind a claim (R20–R27): tables of names and of voices, and what holds whatever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.independence import Knower, Level, Override, Voice, knower_of, ledger_of
from claims.independence.sources import above

NAMES = [
    # (name, role, kind, home) → (state, branch, body)
    (("Norway's air force", "", "body", ""), ("NO", "air force", "")),
    (("Norwegian military", "", "body", ""), ("NO", "military", "")),
    (("the Swedish Defence Ministry", "", "body", ""), ("SE", "military", "")),
    (("Kremlin", "", "body", ""), ("RU", "", "")),
    (("Ida Holm", "White House spokeswoman", "person", ""), ("US", "", "white house")),
    (("Ida Holm", "Oslo Mayor", "person", ""), ("NO", "government", "")),
    (("Ida Holm", "regional governor", "person", ""), ("", "government", "")),
    (("Ida Holm", "regional governor", "person", "NO"), ("NO", "government", "")),
    (("Paris Jordan", "", "person", ""), ("", "", "")),
    (("Moscow-installed officials in northern Norway", "", "unnamed", ""), ("RU", "government", "")),
    (("Georgia police", "", "body", ""), ("", "police", "")),
    (("UN", "", "body", ""), ("", "", "")),
    (("a hospital", "", "body", "NO"), ("", "", "")),
]


@pytest.mark.parametrize(("given_", "told"), NAMES, ids=[" ".join(filter(None, case[0][:2])) for case in NAMES])
def test_whom_a_speaker_speaks_for(given_: tuple[str, str, str, str], told: tuple[str, str, str]) -> None:
    knower = knower_of(*given_)
    assert (knower.state, knower.branch, knower.body) == told


def test_the_branches_of_a_state_lie_under_one_another() -> None:
    assert above("air force") == ("military", "government")
    assert above("government") == above("") == ()


def voice(key: str, outlet: str, *agencies: str, copies: str = "", by: Knower | None = None) -> Voice:
    return Voice(key, outlet, agencies, copies, by)


MAYOR = knower_of("Ida Holm", "Oslo Mayor", "person")
POLICE = knower_of("Oslo police", "", "body")
HOSPITAL = knower_of("Haukeland hospital", "", "body")
AIR_FORCE, MILITARY = knower_of("Norway's air force", "", "body"), knower_of("Norwegian military", "", "body")
NAVY = knower_of("Norwegian navy", "", "body")
OFFICIALS = knower_of("Norwegian officials", "", "unnamed")
KREMLIN, SPOKESMAN = knower_of("Kremlin", "", "body"), knower_of("Oleg Brusov", "Kremlin spokesman", "person")
SURNAME = knower_of("Brusov", "", "person")
MINISTRY = knower_of("Russian Defence Ministry", "", "body")
WITNESS = knower_of("a reporter", "", "unnamed")

LEDGERS = [
    # (what, voices, parties, (outlets, newsrooms, sources, interests), rule named)
    ("one agency in three papers (R21)",
     [voice("1", "A", "Reuters"), voice("2", "B", "Reuters"), voice("3", "Reuters")],
     (), (3, 1, 0, 0), "R21"),
    ("one text without a credit (R21)",
     [voice("1", "A", copies="7"), voice("2", "B", copies="7")], (), (2, 1, 0, 0), "R21"),
    ("one official in two papers (R23)", [voice("1", "A", by=MAYOR), voice("2", "B", by=MAYOR)], (), (2, 2, 1, 1), ""),
    ("police and hospital", [voice("1", "A", by=POLICE), voice("2", "B", by=HOSPITAL)], (), (2, 2, 2, 2), ""),
    ("the military and its air force (R24)", [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=MILITARY)],
     (), (2, 2, 1, 1), "R24"),
    ("air force and navy of no party", [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=NAVY)], (), (2, 2, 2, 2), ""),
    ("air force and navy of a party (R24)", [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=NAVY)],
     ("NO",), (2, 2, 2, 1), "R24"),
    ("a military beside its two arms",
     [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=NAVY), voice("3", "C", by=MILITARY)], (), (3, 3, 2, 2), "R24"),
    ("opposed states", [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=MINISTRY)], ("NO", "RU"), (2, 2, 2, 2), ""),
    ("a body and its spokesman (R24)", [voice("1", "A", by=KREMLIN), voice("2", "B", by=SPOKESMAN)],
     (), (2, 2, 1, 1), "R24"),
    ("a surname and the full name (R42)", [voice("1", "A", by=SURNAME), voice("2", "B", by=SPOKESMAN)],
     (), (2, 2, 1, 1), "R42"),
    ("officials who are not named (R25)", [voice("1", "A", by=OFFICIALS), voice("2", "B", by=MILITARY)],
     (), (2, 2, 1, 1), "R25"),
    ("a witness stands alone (R27)",
     [voice("1", "A", by=WITNESS), voice("2", "B", by=OFFICIALS)], (), (2, 2, 2, 2), ""),
    ("nobody named", [voice("1", "A"), voice("2", "B")], (), (2, 2, 0, 0), ""),
]  # fmt: skip


@pytest.mark.parametrize(("voices", "parties", "counts", "rule"), [case[1:] for case in LEDGERS],
                         ids=[case[0] for case in LEDGERS])  # fmt: skip
def test_how_many_stand_behind(
    voices: list[Voice], parties: tuple[str, ...], counts: tuple[int, int, int, int], rule: str
) -> None:
    ledger = ledger_of(voices, parties=parties)
    assert (*ledger.counts, len(ledger.interests)) == counts
    told = [
        reason for level in (ledger.newsrooms, ledger.sources, ledger.interests) for g in level for reason in g.reasons
    ]
    assert bool(told) == bool(rule)
    assert all(reason.startswith(rule) for reason in told)


def test_a_person_may_undo_a_merge_and_make_one() -> None:
    voices = [voice("1", "A", by=AIR_FORCE), voice("2", "B", by=MILITARY), voice("3", "C", by=HOSPITAL)]
    apart = Override(Level.SOURCES, AIR_FORCE.key, MILITARY.key, same=False)
    assert len(ledger_of(voices, [apart]).sources) == 3
    one = Override(Level.SOURCES, HOSPITAL.key, MILITARY.key, same=True, reason="a field hospital")
    merged = ledger_of(voices, [one]).sources
    assert len(merged) == 1
    assert "a person said so: a field hospital" in merged[0].reasons


def test_who_is_named_and_who_is_not_is_told_apart() -> None:
    ledger = ledger_of([voice("1", "A", by=OFFICIALS), voice("2", "B", by=HOSPITAL), voice("3", "C")])
    assert {group.name: group.unnamed for group in ledger.sources} == {
        "Norwegian officials": True,
        "Haukeland hospital": False,
    }
    assert ledger.unattributed == ("3",)


KNOWERS = (None, MAYOR, POLICE, HOSPITAL, AIR_FORCE, MILITARY, NAVY, OFFICIALS, KREMLIN, SPOKESMAN, SURNAME, WITNESS)
voices_ = st.lists(
    st.builds(
        lambda outlet, agencies, copies, knower: Voice("", outlet, tuple(agencies), copies, knower),
        st.sampled_from("ABCD"),
        st.lists(st.sampled_from(["Reuters", "AP"]), max_size=2, unique=True),
        st.sampled_from(["", "7", "8"]),
        st.sampled_from(KNOWERS),
    ),
    min_size=1,
    max_size=8,
).map(lambda found: [replace(each, key=str(n)) for n, each in enumerate(found)])


@given(voices_, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(voices: list[Voice], chance: object) -> None:
    shuffled = list(voices)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ledger_of(shuffled, parties=("NO",)) == ledger_of(voices, parties=("NO",))


@given(voices_, st.integers(0, 7))
def test_a_copy_never_raises_independence(voices: list[Voice], which: int) -> None:
    copied = voices[which % len(voices)]
    agencies = (*copied.agencies, copied.outlet)
    more = [*voices, Voice("copy", "E", agencies, copied.copies, copied.knower)]
    before, after = ledger_of(voices, parties=("NO",)), ledger_of(more, parties=("NO",))
    assert len(after.newsrooms) <= len(before.newsrooms)
    assert len(after.sources) == len(before.sources)
    assert len(after.interests) == len(before.interests)


@given(voices_)
def test_every_voice_is_counted_once_at_a_level(voices: list[Voice]) -> None:
    ledger = ledger_of(voices)
    for level in (ledger.outlets, ledger.newsrooms):
        assert sorted(key for group in level for key in group.voices) == sorted(v.key for v in voices)
    told = sorted([key for group in ledger.sources for key in group.voices] + list(ledger.unattributed))
    assert told == sorted(v.key for v in voices)
    assert len(ledger.interests) <= len(ledger.sources) or not ledger.sources
