"""docs/api.md names every address, filter and command, and nothing that is not there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from claims.forms import MEASURES
from claims.management.commands.token import Command

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
PATHS: dict[str, dict[str, Any]] = SchemaGenerator().get_schema(request=None, public=True)["paths"]
ADDRESS = re.compile(r"`(GET|POST) (/api/v1/[^`]*)`")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!^## ).*\n)*)", PAGE, re.MULTILINE))


def test_every_address_is_named_and_none_that_is_not_there() -> None:
    there = {(method.upper(), path) for path, methods in PATHS.items() for method in methods}
    there.add(("GET", reverse("api-schema")))
    assert set(ADDRESS.findall(SECTIONS["What there is"])) == there


def parameters() -> set[tuple[str, str]]:
    found = set()
    for path, methods in PATHS.items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["in"] == "query" and path != "/api/v1/schema/":
                found.add((path.split("/")[3], parameter["name"]))
    return found


def told() -> set[tuple[str, str]]:
    rows = re.findall(r"^\| ([a-z, ]+) \| (`[^|]+`) \|", SECTIONS["Filters"], re.MULTILINE)
    return {
        (kind, name)
        for kinds, names in rows
        for kind in (("verdicts", "claims", "events", "articles") if kinds == "all four" else kinds.split(", "))
        for name in re.findall(r"`(\w+)`", names)
    }


def test_every_filter_is_in_the_table_and_none_that_is_not_there() -> None:
    paging = {(kind, name) for kind, name in parameters() if name in ("cursor", "page_size", "after")}
    assert told() == parameters() - paging
    assert {name for _, name in paging} <= set(
        re.findall(r"`(\w+)`", SECTIONS["Pages"] + SECTIONS["Keeping a copy in step"])
    )


@pytest.mark.parametrize("act", ["make", "list", "revoke"])
def test_every_act_on_tokens_is_shown(act: str) -> None:
    Command().create_parser("manage.py", "token").parse_args([act, *(["x"] if act == "make" else [])])
    assert f"manage.py token {act}" in SECTIONS["A token"]


def test_every_measure_and_every_refusal_is_named() -> None:
    assert [name for name in MEASURES if f"`{name}`" not in SECTIONS["Filters"]] == []
    refused = {code for methods in PATHS.values() for operation in methods.values() for code in operation["responses"]}
    assert {code for code in refused if code >= "400"} <= set(re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE))
