"""Web pages: the story, what the metadata says, and pages made to do harm."""

from __future__ import annotations

import json
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


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


H1 = "<h1>Ferry sinks off Port Ellen</h1>"
STORY = [
    "A ferry sank off Port Ellen on Monday with 31 people on board, the coast guard said.",
    "Two of the crew are missing, and divers will search the wreck again on Tuesday.",
    "The harbour master said that nobody had told him why she left the quay in such weather.",
    "It was the fourth such loss in the islands since the winter, the ministry said.",
]
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in STORY)
CARDS = "".join(f"<div class='item'><a href='/{n}'>Seven recipes for late tomatoes, part {n}</a></div>" for n in "abcd")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            f"<header>{H1}<p class='teaser'>{SENTENCE}</p></header><div>{PARAGRAPHS}</div>",
            SENTENCE,
        ),
        (f"<div>{H1}<h2>{SENTENCE}</h2><div>{PARAGRAPHS}</div></div>", SENTENCE),
        (f"{H1}{SENTENCE}{PARAGRAPHS}", SENTENCE),
        (
            f"<article>{H1}{PARAGRAPHS}"
            f"<p>{' '.join(f'<a href=x>{word}</a>' for word in SENTENCE.split())}</p>"
            f"<p>{STORY[1]} Again.</p></article>",
            SENTENCE,
        ),
    ],
    ids=["standfirst in the header", "standfirst as a heading", "bare text", "linked words"],
)
def test_a_sentence_that_the_finder_leaves_out_is_put_back_at_its_place(body: str, line: str) -> None:
    text = read(page(f"<nav><a href='/'>World</a></nav>{body}{CARDS}")).text
    assert text.count(line) == 1
    assert all(text.count(kept) >= 1 for kept in STORY)
    assert "recipes" not in text
    assert text.index(line) < text.rindex(STORY[0]) or "Again." in text


def test_a_correction_in_the_foot_of_an_article_reaches_the_desk() -> None:
    note = "Correction: an earlier version of this article gave the wrong number of passengers."
    body = f"<article>{H1}{PARAGRAPHS}<footer class='article-footer'><p>{note}</p></footer></article>"
    item = read(page(body))
    assert (item.status, item.ed_note) == ("corrected", note)
    assert note not in item.text


def test_comments_longer_than_the_story_are_not_the_story() -> None:
    said = "".join(
        f"<div class='user-post'><p>I have lived here for {n} years and never saw it.</p></div>" for n in range(40)
    )
    text = read(page(f"<div class='text'>{H1}{PARAGRAPHS}</div><div id='disqus'>{said}</div>")).text
    assert "never saw it" not in text
    assert all(line in text for line in STORY)


def test_a_story_that_stands_in_the_metadata_alone_is_read() -> None:
    linked = json.dumps(
        {"@type": "NewsArticle", "headline": "Ferry sinks off Port Ellen", "articleBody": "\n\n".join(STORY)}
    )
    item = read(page("<div id='root'></div>", f"<script type='application/ld+json'>{linked}</script>"))
    assert item.text == "\n".join(["Ferry sinks off Port Ellen", "", *STORY])


def test_rows_of_a_table_are_lines() -> None:
    table = "<table><tr><th>Place</th><th>Killed</th></tr><tr><td>Lindenau</td><td>12</td></tr></table>"
    text = read(page(f"<article>{H1}{PARAGRAPHS}{table}<p>{SENTENCE}</p></article>")).text
    assert "\nPlace | Killed\nLindenau | 12\n" in text


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<link rel='canonical' href='https://post.example/ferry'>", "https://post.example/ferry"),
        ("<meta property='og:url' content='http://post.example/b'>", "http://post.example/b"),
        (
            "<link rel='canonical' href='/ferry'><meta property='og:url' content='https://post.example/b'>",
            "https://post.example/b",
        ),
        ("<link rel='canonical' href='javascript:alert(1)'>", ""),
        ("<link rel='canonical' href='https://[post'>", ""),
        ("", ""),
    ],
)
def test_the_address_is_the_page_s_own_and_no_wire_id(head: str, address: str) -> None:
    item = read(page(f"<p>{SENTENCE}</p>", head))
    assert (item.url, item.wire_id) == (address, "")


def test_a_page_too_large_for_the_finder_is_read_without_it() -> None:
    item = read(page(f"<article>{H1}{PARAGRAPHS}{'<br>' * 13_000}</article>{CARDS}"))
    assert item.text == "\n".join(["Ferry sinks off Port Ellen", "", *STORY])


def test_a_page_is_read_alike_every_time() -> None:
    raw = page(f"{H1}{PARAGRAPHS}{CARDS}")
    assert len({read(raw) for _ in range(4)}) == 1
