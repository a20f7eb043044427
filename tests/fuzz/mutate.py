"""Cases out of samples: the same seed makes the same case. Archives and compressed streams are opened first, since a
byte changed in them spoils a checksum and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

MOST = 400_000
_STREAM = re.compile(rb"stream\r?\n(.{1,60000}?)\r?\nendstream", re.DOTALL)
_TOKENS = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b", b"\x01\x02\x03\x04", b"\r\n\r\n", b"\x1f", b"\xc3", b"\xed\xa0\x80",
    b"<", b">", b"</p>", b"<p>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xD800;", b"&#99999999;",
    b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?xml version='1.0' encoding='utf-7'?>", b"<table><tr><td>", b"<div>" * 50,
    b'"', b"{", b"}", b"[" * 200, b"null", b"1e999", b"-1", b"NaN", b"true", b"\\u0000", b"\\ud800", b"9" * 400,
    b"0000-00-00T99:99:99Z", b"2021-13-45", b"9999-12-31T23:59:59-14:00", b"0001-01-01T00:00:00+14:00",
    b"20210503T120000", b"endobj", b"endstream", b"stream\n", b"/Length 99999999", b"/Count -1", b"/Kids [2 0 R]",
    b"5 0 R", b"/FlateDecode", b"%PDF-", b"trailer", b"startxref\n0", b"/Encrypt 1 0 R", b"xmlns='x'", b"(", b")" * 300,
    b"KILL", b"EMBARGO", b" " * 5_000, b"a" * 20_000, "\u202e\u2028ß\u0130".encode(), "💥".encode(),
    "é".encode("cp1252"),
]  # fmt: skip
Step = Callable[[Random, bytes, bytes], bytes]


def case(random: Random, samples: list[bytes]) -> bytes:
    """One case: a sample changed a few times, now and then mixed with another."""
    raw, other = random.choice(samples), random.choice(samples)
    if raw.startswith(b"PK") and random.random() < 0.8:
        return _in_archive(random, raw, other)[:MOST]
    if raw.startswith(b"%PDF") and random.random() < 0.6:
        raw = _in_stream(random, raw, other)
        if random.random() < 0.5:
            return raw[:MOST]
    return changed(random, raw, other)


def changed(random: Random, raw: bytes, other: bytes) -> bytes:
    for _ in range(random.choice((1, 1, 2, 3, 5, 9))):
        raw = random.choice(_STEPS)(random, raw, other)[:MOST]
    return raw


def _place(random: Random, raw: bytes) -> int:
    return random.randrange(len(raw) + 1)


def _span(random: Random, raw: bytes) -> tuple[int, int]:
    start = _place(random, raw)
    return start, min(len(raw), start + int(random.expovariate(1 / 40)) + 1)


def _flip(random: Random, raw: bytes, _other: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(random.randint(1, 8)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(random: Random, raw: bytes, _other: bytes) -> bytes:
    start, end = _span(random, raw)
    return raw[:start] + raw[end:]


def _repeat(random: Random, raw: bytes, _other: bytes) -> bytes:
    start, end = _span(random, raw)
    return raw[:end] + raw[start:end] * random.choice((1, 2, 50, 2_000)) + raw[end:]


def _insert(random: Random, raw: bytes, _other: bytes) -> bytes:
    place = _place(random, raw)
    return raw[:place] + random.choice(_TOKENS) * random.choice((1, 1, 1, 2, 300)) + raw[place:]


def _overwrite(random: Random, raw: bytes, _other: bytes) -> bytes:
    place, token = _place(random, raw), random.choice(_TOKENS)
    return raw[:place] + token + raw[place + len(token) :]


def _splice(random: Random, raw: bytes, other: bytes) -> bytes:
    start, end = _span(random, other)
    place = _place(random, raw)
    return raw[:place] + other[start : end + random.choice((0, 500, 5_000))] + raw[place:]


def _truncate(random: Random, raw: bytes, _other: bytes) -> bytes:
    return raw[: _place(random, raw)]


def _number(random: Random, raw: bytes, _other: bytes) -> bytes:
    numbers = list(re.finditer(rb"\d+", raw[:MOST]))
    if not numbers:
        return raw
    chosen = random.choice(numbers)
    value = random.choice((b"0", b"-1", b"1", b"65536", b"2147483648", b"99999999999999999999", b"0.5", b"1e9"))
    return raw[: chosen.start()] + value + raw[chosen.end() :]


def _tag(random: Random, raw: bytes, _other: bytes) -> bytes:
    """An element wrapped in itself many times, or an end of it taken away."""
    tags = list(re.finditer(rb"<(\w[\w:.-]{0,40})[^<>]{0,200}>", raw[:MOST]))
    if not tags:
        return raw
    chosen = random.choice(tags)
    if random.random() < 0.5:
        return raw[: chosen.start()] + chosen[0] * random.choice((2, 30, 250, 3_000)) + raw[chosen.end() :]
    return raw.replace(b"</" + chosen[1] + b">", b"", random.choice((1, -1)))


def _swap(random: Random, raw: bytes, _other: bytes) -> bytes:
    lines = raw.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


_STEPS: tuple[Step, ...] = (
    _flip, _flip, _cut, _repeat, _insert, _insert, _overwrite, _splice, _truncate, _number, _tag, _tag, _swap,
)  # fmt: skip


def _in_archive(random: Random, raw: bytes, other: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    likely = [name for name in parts if name.endswith(("document.xml", "styles.xml", ".rels", "core.xml"))]
    chosen = random.choice(likely or list(parts))
    parts[chosen] = changed(random, parts[chosen], other)
    if random.random() < 0.1:
        del parts[random.choice(list(parts))]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def _in_stream(random: Random, raw: bytes, other: bytes) -> bytes:
    streams = list(_STREAM.finditer(raw))
    if not streams:
        return raw
    chosen = random.choice(streams)
    try:
        body = zlib.compress(changed(random, zlib.decompress(chosen[1]), other))
    except zlib.error:
        body = changed(random, chosen[1], other)
    return raw[: chosen.start(1)] + body + raw[chosen.end(1) :]
