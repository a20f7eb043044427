"""JSON as it comes over a wire: any Unicode encoding, one value or several in a row, bounded, and never trusted."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, NoReturn

from ingest.wire.charset import Decoded, decode
from ingest.wire.types import Limits, WireError

Json = dict[str, Any] | list[Any] | str | int | float | bool | None
_SPACE = " \t\r\n\x1e,"
_MAX_NODES = 200_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """The values of a file in their order, and what a person should know of how they were written."""

    values: tuple[Json, ...]
    warnings: tuple[str, ...] = ()


def decode_json(raw: bytes) -> Decoded:
    """The text of a JSON file, with UTF-16 and UTF-32 known without their mark, as JSON allows. Raises WireError."""
    encoding = json.detect_encoding(raw[:16])
    if encoding in ("utf-8", "utf-8-sig") or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode(raw)
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise WireError(f"Byte {error.start} is not {encoding.upper()}, in which the JSON begins.") from error


def parse_json(decoded: Decoded, limits: Limits) -> Parsed:
    """The values that the text holds, one after the other. Raises WireError with the line and column."""
    text = decoded.text
    repeated: list[str] = []
    decoder = json.JSONDecoder(
        object_pairs_hook=lambda pairs: _object(pairs, repeated), parse_constant=_refuse_constant
    )
    values: list[Json] = []
    at = _skip(text, 0)
    while at < len(text):
        if len(values) >= limits.max_items:
            raise WireError(f"The file holds more than {limits.max_items:,} JSON values, one after the other.")
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise WireError(
                f"The JSON cannot be read at line {error.lineno}, column {error.colno}: {error.msg.lower()}."
            ) from error
        except (ValueError, RecursionError) as error:
            raise WireError(
                f"The JSON cannot be read from line {_line(text, at)} on: {_why(error, limits)}."
            ) from error
        _measure(value, limits)
        values.append(value)
        at = _skip(text, at)
    say = (
        f"The name {name[:60]!r} stands twice in one object of the JSON; the last value was read." for name in repeated
    )
    return Parsed(tuple(values), tuple(say))


def _object(pairs: list[tuple[str, Any]], repeated: list[str]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) < len(pairs) and not repeated:
        repeated.append(next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1))
    return held


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _why(error: Exception, limits: Limits) -> str:
    if isinstance(error, RecursionError):
        return f"it is nested more than {limits.max_depth} deep"
    words = str(error)
    return f"{words} is no value of JSON" if words in ("NaN", "Infinity", "-Infinity") else "it holds an endless number"


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _measure(value: Json, limits: Limits) -> None:
    """Refuses what is nested more deeply, or broken into more pieces, than news ever is."""
    layer: list[Json] = [value]
    count = 0
    for _ in range(limits.max_depth):
        layer = [
            part
            for held in layer
            if isinstance(held, dict | list)
            for part in (held.values() if isinstance(held, dict) else held)
        ]
        count += len(layer)
        if count > _MAX_NODES:
            raise WireError(f"The JSON holds more than {_MAX_NODES:,} values.")
        if not layer:
            return
    raise WireError(f"The JSON is nested more than {limits.max_depth} deep.")
