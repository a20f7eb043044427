"""``manage.py events``: articles in, events with their count boards out."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

WIRE = settings.BASE_DIR.parent / "shared" / "wire"
DAYS = {"000": "2024-01-24", "001": "2024-01-23", "002": "2023-12-31", "003": "2022-03-01", "004": "2024-12-20"}

HEAD = "Ferry sinks off Bergen\n\n"
FERRY = f"{HEAD}The ferry Solveig sank off Bergen on Sunday, and nine passengers drowned, police said.\n"
LATER = f"{HEAD}Eleven passengers drowned when the ferry Solveig sank off Bergen on Sunday, police said.\n"
RIVAL = f"{HEAD}Seven passengers drowned when the ferry Solveig sank off Bergen, the hospital said.\n"
MILL = "Mill burns\n\nFire destroyed the Hovden paper mill on Monday, and forty workers fled, a foreman said.\n"


def written(folder: Path, *rows: object) -> Path:
    path = folder / "articles.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def row(key: str, text: str, when: str, outlet: str = "") -> dict[str, str]:
    return {"id": key, "title": "", "dct": when, "outlet": outlet or f"The {key} Post", "text": text}


def events(path: Path) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("events", str(path), stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def cell(event: dict[str, Any], measure: str, place: str | None = None) -> dict[str, Any]:
    cells = [each for each in event["cells"] if each["measure"] == measure]
    return next(each for each in cells if place is None or each["place"] == place)


def test_articles_are_sorted_into_events_with_their_figures(tmp_path: Path) -> None:
    found = events(
        written(
            tmp_path,
            row("a", FERRY, "2031-05-04T18:00+00:00"),
            row("b", LATER, "2031-05-05T09:00+00:00"),
            row("c", RIVAL, "2031-05-05T11:00+00:00"),
            row("d", MILL, "2031-05-06T08:00+00:00"),
        )
    )
    assert [event["articles"] for event in found] == [["a", "b", "c"], ["d"]]
    ferry = found[0]
    assert (ferry["title"], ferry["date"], ferry["places"]) == (
        "Ferry sinks off Bergen",
        {"start": "2031-05-04", "end": "2031-05-04"},
        ["Bergen"],
    )
    killed = cell(ferry, "killed")
    assert (killed["low"], killed["high"], killed["state"]) == (7, 11, "conflict")
    assert [(figure["article"], figure["low"]) for figure in killed["figures"]] == [("a", 9), ("b", 11), ("c", 7)]
    assert any(why.startswith("R13") for why in killed["why"])


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [row("a", FERRY, "2031-05-04"), row("b", LATER, "2031-05-05"), row("d", MILL, "2031-05-06")]
    assert events(written(tmp_path, *rows)) == events(written(tmp_path, *rows[::-1]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 1"),
        ("[]", 'a row is an object with "id" and "text"'),
        ({"id": "a", "text": FERRY, "dct": "yesterday"}, "not a date"),
        ({"id": "a", "text": " ", "dct": "2031-05-04"}, "holds only white space"),
    ],
)
def test_a_row_at_fault_is_named_and_the_others_go_on(tmp_path: Path, line: object, said: str) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 of the rows"):
        call_command("events", str(written(tmp_path, line, row("d", MILL, "2031-05-06"))), stdout=out, stderr=err)
    assert said in err.getvalue()
    assert json.loads(out.getvalue())["articles"] == ["d"]


def test_an_id_with_two_texts_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        events(written(tmp_path, row("d", MILL, "2031-05-06"), row("d", FERRY, "2031-05-06")))


def test_a_row_that_comes_again_counts_once_and_is_named(tmp_path: Path) -> None:
    again, err = row("d", MILL, "2031-05-06"), StringIO()
    out = StringIO()
    call_command("events", str(written(tmp_path, again, again)), stdout=out, stderr=err)
    assert [json.loads(line)["articles"] for line in out.getvalue().splitlines()] == [["d"]]
    assert "line 2: the article 'd' came before" in err.getvalue()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a file"):
        events(tmp_path / "none.jsonl")


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    if not WIRE.is_dir():
        pytest.skip("the wire articles are not beside this checkout")
    texts = {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted(WIRE.glob("*.txt"))}
    rows = [row(key, texts[key], when, outlet=f"outlet {key}") for key, when in DAYS.items()]
    return events(written(tmp_path_factory.mktemp("wire"), *rows))


def at(found: list[dict[str, Any]], place: str, start: str | None) -> dict[str, Any]:
    return next(event for event in found if place in event["places"] and event["date"]["start"] == start)


def test_the_events_of_the_wire_articles_stand(wire: list[dict[str, Any]]) -> None:
    assert at(wire, "Kyiv", "2024-01-23")["articles"] == ["000", "001"]
    assert at(wire, "Donetsk", "2024-01-21")["articles"] == ["000", "001"]
    assert at(wire, "Kharkiv", "2023-12-30")["articles"] == ["002"]
    assert [event["articles"] for event in wire if event["places"] == ["Belgorod"]] == [["002"]]
    assert [event["articles"] for event in wire if event["date"]["start"] == "2023-12-29"] == [["002"]]
    assert at(wire, "Kyiv", "2024-12-20")["articles"] == ["004"]
    assert at(wire, "Rostov-on-Don", "2024-12-20")["articles"] == ["004"]
    assert [event["articles"] for event in wire if event["date"]["start"] == "2024-11-19"] == [["004"]]


def test_figures_of_the_january_strike_agree_or_are_parts(wire: list[dict[str, Any]]) -> None:
    strike = at(wire, "Kyiv", "2024-01-23")
    for measure in ("munitions_intercepted", "munitions_fired"):
        assert {figure["article"] for figure in cell(strike, measure)["figures"]} == {"000", "001"}
        assert cell(strike, measure)["state"] == "agree"
    assert cell(strike, "injured", "Kharkiv")["low"] == 48
    assert cell(strike, "injured", "Kyiv")["low"] == 20
    assert all(each["state"] != "conflict" for each in strike["cells"])
    assert cell(at(wire, "Donetsk", "2024-01-21"), "killed", "Donetsk")["low"] == 27
