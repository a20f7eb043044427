"""Web pages: the story, what the metadata says, and pages made to do harm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.wire.registry import read
from ingest.wire.types import WireError

PAGE = """<!doctype html><html lang="en"><head><title>Ferry sinks off Port Ellen - The Harbour Post</title>
<meta property="og:site_name" content="The Harbour Post">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite"},
{"@type": ["NewsArticle"], "headline": "Ferry sinks", "datePublished": "2021-05-03T12:30:00Z",
"dateModified": "2021-05-03T14:00:00Z", "author": [{"@type": "Person", "name": "Ana Lund"}]}]}</script></head>
<body class="single has-sidebar tag-ferry">
<header><a href="/">The Harbour Post</a><p>News from the coast since 1901, every day.</p></header>
<nav><ul><li><a href="/world">World</a></li></ul></nav>
<main><article class="post tag-storm category-news"><h1>Ferry sinks off Port Ellen</h1>
<p class="byline">By Ana Lund</p>
<p>PORT ELLEN (AP) &mdash; A ferry sank on Monday,&nbsp;police said. &#8220;A <b>bang</b>,&#8221; he<br>said.</p>
<figure><img src="a.jpg"><figcaption>The ferry in better days, moored at the old quay.</figcaption></figure>
<div class="share-tools"><p>Share this story with your friends and with your family</p></div>
<script>document.write("Thirteen people died, this script says.")</script>
<p style="display: none">Nobody sees this sentence here.</p>
<p>Two of the crew are missing, and divers will search the wreck again on Tuesday.</p>
<ul><li>The ferry was 40 years old</li><li><a href="/x">Why ferries sink in storms like this</a></li></ul>
<p>Sign up for our morning newsletter</p></article></main>
<aside><p>A long paragraph about something else entirely, with a great many words in it.</p></aside>
<footer><p>© 2021 The Harbour Post</p></footer></body></html>"""


def test_a_news_page() -> None:
    item = read(PAGE.encode(), filename="page.txt")
    assert item.format == "html"
    assert item.text == (
        "Ferry sinks off Port Ellen\n\n"
        "A ferry sank on Monday, police said. “A bang,” he\nsaid.\n"
        "Two of the crew are missing, and divers will search the wreck again on Tuesday.\n"
        "The ferry was 40 years old"
    )
    assert item.bylines == ("Ana Lund",)
    assert (item.outlet, item.credits, item.dateline.place) == ("The Harbour Post", ("AP",), "Port Ellen")
    assert item.published == datetime(2021, 5, 3, 12, 30, tzinfo=UTC)
    assert item.version_created == datetime(2021, 5, 3, 14, tzinfo=UTC)
    assert item.text[: item.headline_end] == item.headline


SENTENCE = "A ferry sank off Port Ellen on Monday, and two of its crew are missing, the police said."


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{SENTENCE}</p>",
        f"<div><div class='content related-post'><p>{SENTENCE}</p></div></div>",
        f"<html><body>{SENTENCE}</body></html>",
        f"<table><tr><td><p>{SENTENCE}</p></td></tr></table>",
        f"<html><body><div><span>{SENTENCE}</span></div>",
        f"<p>{SENTENCE}<p>{SENTENCE}",
        f"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{SENTENCE}</p></body></html>",
    ],
)
def test_the_story_is_found_in_poor_markup(page: str) -> None:
    assert SENTENCE in read(page.encode()).text


def test_the_headline_comes_from_the_title_without_its_site() -> None:
    item = read(
        f"<html><head><title>Ferry sinks in storm | Harbour Post</title></head><body><p>{SENTENCE}</p></body>".encode()
    )
    assert item.headline == "Ferry sinks in storm"


@pytest.mark.parametrize(
    "script",
    [
        "[" * 50_000,
        "{",
        '{"@type": "NewsArticle", "headline": 7, "author": {"name": []}}',
        '[[{"@graph": null}]]',
        "null",
    ],
)
def test_broken_metadata_does_no_harm(script: str) -> None:
    page = (
        f'<html><head><script type="application/ld+json">{script}</script></head><body><p>{SENTENCE}</p></body></html>'
    )
    assert read(page.encode()).text == SENTENCE


def test_a_page_nested_too_deeply_is_refused() -> None:
    with pytest.raises(WireError, match=r"nested more than 200"):
        read(("<html><body>" + "<div>" * 5000 + SENTENCE).encode())


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(WireError, match=r"more than 100,000 elements"):
        read(("<html><body><p>" + SENTENCE + "</p>" + "<br>" * 120_000).encode())


def test_entities_of_the_page_are_not_expanded_and_no_file_is_read() -> None:
    entities = '<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "boom">'
    page = f"<!DOCTYPE html [{entities}]><html><body><p>{SENTENCE} &x; &y;</p></body></html>"
    text = read(page.encode()).text
    assert SENTENCE in text
    assert "root:" not in text


def test_a_stray_tag_does_not_make_copy_a_page() -> None:
    item = read(f"Police cited a <b>leaked</b> memo. {SENTENCE}".encode())
    assert item.format == "text"
    assert "<b>leaked</b>" in item.text
