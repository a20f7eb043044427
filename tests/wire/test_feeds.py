"""Feeds: RSS and Atom of every make, entries without copy, deleted ones, and feeds made to harm."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all
from ingest.wire.types import Limits, WireError

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>BBC News - World</title><link>https://www.bbc.example/news</link><language>en-gb</language>
<item>
  <title>Ferry sinks off Port &amp;amp; Ellen, &lt;b&gt;two missing&lt;/b&gt;</title>
  <link>https://bbc.example/ferry</link><guid isPermaLink="false">417</guid>
  <pubDate>Mon, 03 May 2021 12:00:00 +0100</pubDate><dc:creator>Ana Lund, Reuters</dc:creator>
  <description>&lt;p&gt;A ferry sank.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>PORT ELLEN (Reuters) - A ferry sank off Port Ellen on Monday, the coast guard said.</p>
    <p>Divers will search again on Tuesday, a spokesman said.</p><script>track()</script>
    <p>The post Ferry sinks appeared first on News.</p>]]></content:encoded>
</item>
<item>
  <title>CORRECTED-Two dead in Lindenau fire</title><guid>https://bbc.example/fire</guid>
  <description>A fire killed two people in Lindenau on Monday, police said.</description>
  <pubDate>Mon, 03 May 2021 12:00:00</pubDate><source url="https://polar.example/rss">Polar Press</source>
</item>
<item><title>Video</title><link>https://bbc.example/video</link></item>
</channel></rss>
"""
ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Slow News</title><id>urn:slow</id><updated>2021-05-03T10:00:00Z</updated>
<at:deleted-entry ref="urn:slow:1" when="2021-05-03T11:00:00Z"/>
<entry><id>urn:slow:2</id><title type="html">Ferry &lt;i&gt;sinks&lt;/i&gt; off Port Ellen</title>
<link rel="alternate" href="https://slow.example/2"/><author><name>Ana Lund</name></author>
<published>2021-05-03T09:00:00+02:00</published><updated>2021-05-03T10:00:00+02:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A ferry sank off Port Ellen on Monday, it said.</p>
<p>Two are missing.</p></div></content></entry></feed>
"""
RDF = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://slow.example/">
<title>Slow News</title></channel><item rdf:about="https://slow.example/3"><title>Ferry sinks off Port Ellen</title><link>https://slow.example/3</link>
<description>A ferry sank off Port Ellen on Monday, the coast guard said.</description>
<dc:date>2021-05-03T09:00:00Z</dc:date></item></rdf:RDF>
"""
OLD = """\
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Slow News</title><item><title>Ferry sinks off Port Ellen</title>
<link>https://slow.example/4</link><description>A ferry sank off Port Ellen on Monday, it said.</description></item>
</channel></rss>
"""


def test_an_entry_with_its_whole_text() -> None:
    item = read_all(RSS.encode()).items[0]
    assert item.format == "feed"
    assert item.text == (
        "Ferry sinks off Port & Ellen, two missing\n\n"
        "A ferry sank off Port Ellen on Monday, the coast guard said.\n"
        "Divers will search again on Tuesday, a spokesman said."
    )
    assert item.wire_id == "bbc.example:417"
    assert item.url == "https://bbc.example/ferry"
    assert item.published == datetime(2021, 5, 3, 11, 0, tzinfo=UTC)
    assert item.version_created == item.published
    assert item.bylines == ("Ana Lund",)
    assert item.credits == ("Reuters",)
    assert item.outlet == "BBC"
    assert item.language == "en"
    assert item.warnings == ()
    assert ("navigation", "The post Ferry sinks appeared first on News.") in item.furniture


def test_an_entry_with_a_summary_says_so() -> None:
    held = read_all(RSS.encode())
    item = held.items[1]
    assert item.headline == "Two dead in Lindenau fire"
    assert (item.status, item.change) == ("corrected", "correction")
    assert item.wire_id == item.url == "https://bbc.example/fire"
    assert item.outlet == "Polar Press"
    said = " ".join(item.warnings)
    assert "summary of this story" in said
    assert "no time zone" in said
    assert held.left_out == ("Entry 3 of 3 (Video): It holds no sentence of copy: it has only 0 words.",)


def test_atom_with_a_deleted_entry() -> None:
    gone, item = read_all(ATOM.encode()).items
    assert (gone.wire_id, gone.status, gone.change, gone.text) == ("urn:slow:1", "killed", "kill", "")
    assert gone.version_created == datetime(2021, 5, 3, 11, 0, tzinfo=UTC)
    assert item.headline == "Ferry sinks off Port Ellen"
    assert item.text.endswith("Two are missing.")
    assert (item.wire_id, item.url) == ("urn:slow:2", "https://slow.example/2")
    assert item.version_created == datetime(2021, 5, 3, 8, 0, tzinfo=UTC)
    assert item.published == datetime(2021, 5, 3, 7, 0, tzinfo=UTC)
    assert item.bylines == ("Ana Lund",)


@pytest.mark.parametrize("feed", [RDF, OLD], ids=["1.0", "0.91"])
def test_older_makes(feed: str) -> None:
    item = read(feed.encode())
    assert item.format == "feed"
    assert item.headline == "Ferry sinks off Port Ellen"
    assert item.outlet == "Slow News"
    assert item.wire_id == item.url
    assert item.wire_id.startswith("https://slow.example/")


def test_a_lone_entry() -> None:
    entry = ATOM[ATOM.index("<entry>") : ATOM.index("</feed>")].replace(
        "<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">'
    )
    assert read(entry.encode()).wire_id == "urn:slow:2"


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    broken = OLD.replace("off Port Ellen</title>", "off Port Ellen & Leith</title>").replace("</channel></rss>", "")
    item = read(broken.encode())
    assert item.headline == "Ferry sinks off Port Ellen & Leith"
    assert any("not well-formed XML (line 2)" in warning for warning in item.warnings)


def test_encodings() -> None:
    latin = RDF.replace("Port Ellen", "Ålesund").replace(
        "<rdf:RDF", '<?xml version="1.0" encoding="iso-8859-1"?><rdf:RDF', 1
    )
    assert "Ålesund" in read(latin.encode("iso-8859-1")).text
    wide = RDF.replace("<rdf:RDF", '<?xml version="1.0" encoding="utf-16"?><rdf:RDF', 1)
    assert read(wide.encode("utf-16")).headline == "Ferry sinks off Port Ellen"


ITEM = "<item><title>Ferry</title></item>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
HOSTILE = [
    (f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss><channel>{ITEM}&l8;</channel></rss>', "entities of its own"),
    (
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel>&x;</channel></rss>',
        "entities of its own",
    ),
    ("<rss><channel>" + "<a>" * 300 + "</a>" * 300 + "</channel></rss>", "nested more than 200"),
    ("<rss><channel>" + "<a>" * 200_000, "more than 150,000 tags"),
    (f"<rss><channel>{ITEM * 501}</channel></rss>", "holds 501 items; this desk reads up to 500"),
    (f"<rss><channel>{ITEM * 20}</channel></rss>", "None of the 20 parts of this file is copy"),
    ("<rss><channel><title>Slow News</title></channel></rss>", "a feed without an entry"),
    ("<rss><channel>", "breaks off at line 1"),
    ("<rss><channel><item><description>" + "&lt;div&gt;" * 100_000 + "</description></item></channel></rss>", "nested"),
]


@pytest.mark.parametrize(("feed", "words"), HOSTILE)
def test_feeds_made_to_harm_are_refused(feed: str, words: str) -> None:
    with pytest.raises(WireError, match=words):
        read_all(feed.encode())


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    external = OLD.replace("<title>Slow", '<?xml-stylesheet href="http://slow.example/a.xsl"?><title>Slow')
    assert read(external.encode()).headline == "Ferry sinks off Port Ellen"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([RSS, ATOM, RDF, OLD]), st.integers(0, 1500), st.integers(0, 60), st.binary(max_size=12))
def test_broken_bytes_are_items_or_one_sentence(feed: str, at: int, lost: int, junk: bytes) -> None:
    raw = feed.encode()
    try:
        held = read_all(raw[:at] + junk + raw[at + lost :], limits=Limits(max_items=50))
    except WireError as error:
        assert str(error).endswith(".")
        return
    for item in held.items:
        assert item.text[: item.headline_end] == item.headline
        assert all(moment is None or moment.tzinfo for moment in (item.published, item.version_created))
