"""XML that is broken, mislabelled or meant to harm: read, or refused in one sentence, and always soon."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.wire.registry import read, read_all
from ingest.wire.sniff import clue_of
from ingest.wire.types import Limits, WireError

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.xml"))
STORY = (
    "<nitf><head><docdata><doc-id id-string='Ä1'/></docdata></head><body><body.content>"
    "<p>Die Brücke – closed on Monday, the mayor said.</p></body.content></body></nitf>"
)
PIECES = [
    b"<",
    b">",
    b"&",
    b"<!--",
    b"-->",
    b"]]>",
    b"<p>",
    b"</p>",
    b"<![CDATA[",
    b"&#0;",
    b"&x;",
    b"\x00",
    b"\xff",
    b"xmlns=''",
    b"<a:b/>",
    b"'",
]
MANY_ATTRIBUTES = " ".join(f"a{number}='x'" for number in range(60_000))
BOMB = "<!DOCTYPE nitf [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


def refused(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(WireError) as error:
        read_all(raw, limits=limits or Limits())
    return str(error.value)


def test_entities_that_multiply_are_not_expanded() -> None:
    said = refused(f"{BOMB}]><nitf><body><p>&j;</p></body></nitf>".encode())
    assert said == "Line 1 uses an entity that the file declares itself (&j;); this desk expands none."
    assert "&j;" in refused(f"{BOMB}]><nitf a='&j;'><body/></nitf>".encode())


def test_parameter_entities_that_multiply_end() -> None:
    dtd = "<!DOCTYPE nitf [<!ENTITY % a 'ha'>" + "".join(
        f"<!ENTITY % {chr(98 + n)} '{f'&#37;{chr(97 + n)};' * 10}'>" for n in range(9)
    )
    try:
        read(f"{dtd}%j;]>{STORY}".encode())
    except WireError as error:
        assert str(error).endswith(".")


def test_no_file_of_this_machine_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the word is hunter2 and it must stay where it is", "utf-8")
    story = STORY.replace("closed", "&x; closed")
    said = refused(f"<!DOCTYPE nitf [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>{story}".encode())
    assert "&x;" in said and "hunter2" not in said
    for dtd in (f"SYSTEM '{secret.as_uri()}'", f"[<!ENTITY % x SYSTEM '{secret.as_uri()}'> %x;]"):
        assert "hunter2" not in read(f"<!DOCTYPE nitf {dtd}>{STORY}".encode()).text
    included = STORY.replace(
        "<p>", f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='{secret.as_uri()}' parse='text'/><p>"
    )
    assert "hunter2" not in read(included.encode()).text


def test_an_entity_that_only_a_dtd_knows_is_named_with_its_line() -> None:
    assert refused(STORY.replace("<p>", "\n<p>&company;").encode()).startswith(
        "The XML is broken in line 2: the entity &company;"
    )
    external = STORY.replace("<p>", "\n<p>&company;")
    assert "&company;" in refused(f"<!DOCTYPE nitf SYSTEM 'nitf.dtd'>{external}".encode())


def test_characters_that_html_names_are_known() -> None:
    story = STORY.replace("Die Brücke", "Die Br&uuml;cke&nbsp;&mdash; &#146;t Gat &amp; Co")
    assert "Die Brücke — ’t Gat & Co" in read(story.encode()).text


def test_depth_and_elements_are_bounded() -> None:
    deep = "<nitf>" + "<block>" * 400 + "</block>" * 400 + "</nitf>"
    assert "nested" in refused(deep.encode())
    assert "nested more than 20 elements deep" in refused(
        ("<nitf>" + "<block>" * 30 + "</block>" * 30 + "</nitf>").encode(), Limits(max_depth=20)
    )
    assert "more than 100,000 elements" in refused(("<nitf><body>" + "<p/>" * 110_000 + "</body></nitf>").encode())
    escaped = STORY.replace("<nitf>", "").replace("</nitf>", "")
    held = "&lt;div&gt;" * 3000
    assert refused(
        f"<newsItem><contentSet><inlineData>{held}</inlineData></contentSet></newsItem>{escaped[:0]}".encode()
    )


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (f"<nitf {MANY_ATTRIBUTES}/>", "200 attributes"),
        (f"<NewsML><NewsItem>{'<NewsComponent/>' * 60_000}</NewsItem></NewsML>", "2,000 components"),
        (f"<NewsML>{'<NewsItem>' * 190}{'<NewsComponent/>' * 1900}{'</NewsItem>' * 190}</NewsML>", "no story"),
        (f"<newsMessage><itemSet>{'<newsItem/>' * 60_000}</itemSet></newsMessage>", "60,000 items"),
        (f"<newsItem><contentMeta><headline>{'a ' * 300_000}</headline></contentMeta></newsItem>", "no headline"),
        (f"<nitf><body><body.content>{'<p>word </p>' * 40_000}</body.content></body></nitf>", "40,000 words"),
        (f"<newsItem><contentSet><inlineData>{'&lt;p ' * 200_000}</inlineData></contentSet></newsItem>", "words"),
    ],
    ids=["attributes", "components", "nested items", "items", "headline", "words", "open tags"],
)
def test_what_is_too_much_is_refused_soon(raw: str, reason: str) -> None:
    assert reason in refused(raw.encode())


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("<nitf>\n<body>\n<p>Words</body></nitf>", "line 3: <p>, opened in line 3, is closed by </body>"),
        ("<nitf>\n<body>\n<p>Words", "ends before <p>, opened in line 3, is closed"),
        ("<nitf><body><p>Salt & vinegar</p></body></nitf>", 'an "&" stands alone'),
        ("<nitf/>\n<nitf/>", "line 2: there is more behind the end"),
    ],
)
def test_what_is_broken_is_said_with_its_line(broken: str, reason: str) -> None:
    assert reason in refused(broken.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("declared", ["", "utf-8", "UTF-16", "iso-8859-1", "klingon"])
@pytest.mark.parametrize("before", ["", " \n\n"])
def test_the_bytes_go_before_what_the_declaration_says(encoding: str, declared: str, before: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>\n' if declared else ""
    found = read(f"{before}{declaration}<!-- wire -->\n{STORY}".encode(encoding))
    assert found.wire_id == "Ä1"
    assert found.text == "Die Brücke – closed on Monday, the mayor said."


def test_a_declaration_is_believed_where_the_bytes_are_not_utf8() -> None:
    raw = f'<?xml version="1.0" encoding="windows-1252"?>{STORY}'.encode("cp1252")
    assert "Brücke – closed" in read(raw).text
    wrong = f'<?xml version="1.0" encoding="utf-8"?>{STORY}'.encode("cp1252")
    found = read(wrong)
    assert "Brücke – closed" in found.text
    assert any("guess" in said for said in found.warnings)


@pytest.mark.parametrize(
    "markup",
    [
        STORY,
        STORY.replace("<nitf>", "<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>"),
        STORY.replace("<", "<z:").replace("<z:/", "</z:").replace("<z:nitf>", "<z:nitf xmlns:z='urn:any'>"),
        STORY.replace("<", "<z:").replace("<z:/", "</z:"),
    ],
    ids=["none", "default", "prefix", "undeclared"],
)
def test_any_namespace_or_none(markup: str) -> None:
    found = read(markup.encode())
    assert (found.wire_id, found.text) == ("Ä1", "Die Brücke – closed on Monday, the mayor said.")


@pytest.mark.parametrize("opening", ["<!---->" * 4000, "<!DOCTYPE a [" + "]" * 4000, "<? ?>" * 4000, "<!--" * 8000])
def test_a_crowded_prologue_is_looked_through(opening: str) -> None:
    clue_of(f"{opening}<1".encode())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_damaged_sample_is_read_or_refused(data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(SAMPLES)).read_bytes()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        cut = data.draw(st.integers(0, 40))
        raw = raw[:at] + data.draw(st.one_of(st.sampled_from(PIECES), st.binary(max_size=4))) + raw[at + cut :]
    try:
        items = read_all(raw).items
    except WireError as error:
        assert str(error).endswith(".")
    else:
        for found in items:
            assert not found.text or found.text[: found.headline_end] in ("", found.headline)
            assert "\x00" not in found.text and "\r" not in found.text
