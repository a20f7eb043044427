"""What is fuzzed: every format of the registry, and the two that are tried last."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from ingest.wire.charset import decode
from ingest.wire.html import read_html
from ingest.wire.plain import read_plain
from ingest.wire.registry import FORMATS, read_all
from ingest.wire.sniff import clue_of
from ingest.wire.types import DEFAULT, WireError, WireFile, WireItem

Target = Callable[[bytes], None]


def names() -> list[str]:
    """The formats, each by the name it has in the registry; "any" is the door that all files come through."""
    return [*(format_.name for format_ in FORMATS), "html", "plain", "any"]


def target(name: str) -> Target:
    """The function that reads one case and checks what it hands over. ``module:function`` names any other one.

    It raises AssertionError for an item or a message that breaks its promises, and lets all but WireError through.
    """
    if ":" in name:
        module, _, function = name.partition(":")
        found: Target = getattr(importlib.import_module(module), function)
        return found
    reads = {format_.name: format_.read for format_ in FORMATS}
    others: dict[str, Callable[[bytes], WireFile]] = {
        "html": lambda raw: WireFile((read_html(decode(raw), DEFAULT),)),
        "plain": lambda raw: WireFile((read_plain(decode(raw), DEFAULT),)),
        "any": read_all,
    }
    read = others[name] if name in others else lambda raw: reads[name](raw, DEFAULT)
    return lambda raw: _check(read, raw)


def _check(read: Callable[[bytes], WireFile], raw: bytes) -> None:
    clue = clue_of(raw)
    for format_ in FORMATS:
        format_.matches(clue)
    try:
        found = read(raw)
    except WireError as error:
        assert str(error).endswith("."), f"no sentence: {error}"
        assert "\n" not in str(error), f"more than a line: {error}"
        return
    assert found.items, "a file without an item"
    for item in found.items:
        _check_item(item)


def _check_item(item: WireItem) -> None:
    text = item.text
    assert text or item.change in ("kill", "recall"), "no text"
    assert text[: item.headline_end] == (item.headline if text else ""), "the headline is not at its place"
    assert text == text.strip("\n"), "blank lines around the text"
    assert "\x00" not in text and "\r" not in text, "control characters in the text"
    for moment in (item.published, item.version_created, item.embargo):
        assert moment is None or moment.tzinfo, "a time without a zone"
    text.encode("utf-8")
