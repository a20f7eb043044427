"""What the fuzzing begins from: the samples of the tests, and files made on the spot."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import docx

from ingest.wire.registry import FORMATS
from ingest.wire.sniff import clue_of
from tests.wire.printed import column, pdf, rezipped, saved

FOLDER = Path(__file__).resolve().parent.parent / "wire" / "samples"
FOUND = Path(__file__).resolve().parent / "found"
COPY = "PORT ELLEN, May 3 (AP) — A ferry sank on Monday, and two of its crew are missing, the police said."
PLAIN = f"Ferry sinks off Port Ellen\nBy Ana Lund\n\n{COPY}\n\n“Nobody knows why,” he said. (Reporting by Jon Weir)\n"
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry sinks - The Post</title>
<link rel="canonical" href="https://post.example/a"><meta property="og:site_name" content="The Post">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Ferry sinks", "author": [{{"name": "Ana"}}],
"datePublished": "2021-05-03T12:30:00Z"}}</script></head><body><nav><ul><li><a href="/a">World</a></li></ul></nav>
<article class="post"><h1>Ferry sinks</h1><p class="byline">By Ana Lund</p><p>{COPY}</p><blockquote>{COPY}</blockquote>
<table><tr><td>Lindenau</td><td>12</td></tr></table><ul><li>One is 40.</li></ul>
<p>It was &#8220;old&#8221;.</p></article>
<aside><p>Something else entirely.</p></aside><footer><p>© 2021</p></footer></body></html>"""
STYLES = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


def samples(name: str) -> list[bytes]:
    """The files that a format's cases are made from; never none."""
    made = _made().get(name, [])
    stored = [raw for raw in _stored() if _matches(name, raw)]
    return [*made, *stored] or [PLAIN.encode(), PAGE.encode(), *_stored()]


@lru_cache(maxsize=1)
def _stored() -> tuple[bytes, ...]:
    files = sorted(path for folder in (FOLDER, FOUND) for path in folder.rglob("*") if path.is_file())
    return tuple(path.read_bytes() for path in files if path.stat().st_size <= 300_000)


def _matches(name: str, raw: bytes) -> bool:
    return any(format_.name == name and format_.matches(clue_of(raw)) for format_ in FORMATS)


@lru_cache(maxsize=1)
def _made() -> dict[str, list[bytes]]:
    lines = [COPY[:50], COPY[50:], "", "Divers go down again on Tues-", "day, the mayor said on Monday."]
    page = [(60.0, 790.0, 18.0, "Ferry sinks"), *column(lines)]
    document = docx.Document()
    document.add_heading("Ferry sinks", 0)
    document.add_paragraph(COPY)
    document.add_table(2, 2).cell(0, 0).text = "Lindenau"
    word = rezipped(saved(document), word__styles_xml=STYLES)
    made = {
        "html": [PAGE.encode(), f"<p>{COPY}<p>{COPY}".encode(), f"<div>{COPY}<br>{COPY}</div>".encode("utf-16")],
        "plain": [PLAIN.encode(), PLAIN.encode("cp1252"), PLAIN.encode("utf-16"), PLAIN.encode("utf-16-le")],
        "pdf": [pdf(page), pdf(page, page, title="Ferry sinks")],
        "docx": [word, saved(document)],
    }
    made["any"] = [raw for kind in made.values() for raw in kind]
    return made
