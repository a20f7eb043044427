"""The table for a terminal and for the page, and the scores that are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.evaluation import table
from claims.evaluation.targets import TARGETS, met
from claims.evaluation.types import Score

GOLD = Score("gold", "claims F1", 0.9, 51, "P 0.93 R 0.88")
NOISE = Score("gold", "noise", 1.0, 51)


def test_a_row_says_target_whether_met_and_what_was_before() -> None:
    rows = table.lines([GOLD, NOISE], {"gold": {"claims F1": 0.85}})
    assert rows == [
        ("gold", "claims F1", "0.900", "0.880", "yes", "0.850 (+0.050)", "51", "P 0.93 R 0.88"),
        ("gold", "noise", "1", "0", "NO", "-", "51", ""),
    ]


def test_columns_stand_below_each_other() -> None:
    head, first, second = table.plain([GOLD, NOISE], {}).splitlines()
    assert head.index("score") == first.index("0.900") == second.index("1 ")


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [("claims F1", 0.8796, True), ("claims F1", 0.879, False), ("noise", 0.0, True), ("noise", 1.0, False)],
)
def test_targets(measure: str, value: float, expected: bool) -> None:
    assert met("gold", measure, value) is expected
    assert met("gold", "unheard of", value) is None


def test_every_target_can_be_reached() -> None:
    assert all(0 <= value <= 1 for value in TARGETS.values())


def test_a_run_replaces_its_own_sets_only(tmp_path: Path) -> None:
    kept, page = tmp_path / "accuracy.json", tmp_path / "accuracy.md"
    page.write_text(f"Before\n{table.BEGIN}\nold\n{table.END}\nAfter\n", encoding="utf-8")
    last = {"gold": {"cue": 0.5}, "muc": {"victim numbers found": 0.7}}
    table.save(kept, page, table.merged(last, [GOLD]))
    assert table.figures(kept) == {"gold": {"claims F1": 0.9}, "muc": {"victim numbers found": 0.7}}
    assert page.read_text(encoding="utf-8") == (
        f"Before\n{table.BEGIN}\n| set | measure | score | target | met |\n|---|---|---|---|---|\n"
        "| gold | claims F1 | 0.900 | 0.880 | yes |\n| muc | victim numbers found | 0.700 | 0.700 | yes |\n"
        f"{table.END}\nAfter\n"
    )


def test_a_page_without_markers_is_left_alone(tmp_path: Path) -> None:
    kept, page = tmp_path / "accuracy.json", tmp_path / "accuracy.md"
    page.write_text("no markers\n", encoding="utf-8")
    with pytest.raises(table.NoTable, match=r"accuracy\.md"):
        table.save(kept, page, {})
    assert not kept.exists()
    assert table.figures(kept) == {}
