"""One story from its first take to its kill, in three formats and under three mastheads, through real workers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.processes.conftest import MakeStage
from tests.processes.stage import Stage, wait_for

pytestmark = pytest.mark.processes

GUID = "urn:newsml:example.com:20310505:blast"
WIRE = "North Wire"
DEAD = "A gas explosion destroyed an apartment block in Bergen on Monday and killed {} people, the fire brigade said."
HURT = "At least {} people were injured, the hospital said."
MAIN = "The mayor said on Tuesday that the gas main had been closed for repairs for nine days."
CHILD = "Rescuers found two children alive in the cellar, the fire brigade said."
HEAD = "Gas blast destroys block in Bergen"


def g2(version: int, hour: int, *paragraphs: str, signal: str = "", status: str = "usable", note: str = "") -> str:
    told = f'<signal qcode="sig:{signal}"/>' if signal else ""
    noted = f"<edNote>{note}</edNote>" if note else ""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    inside = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    content = f'<contentSet><inlineXML contenttype="application/xhtml+xml">{inside}</inlineXML></contentSet>'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{GUID}" version="{version}" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="example.com"/>
<versionCreated>2031-05-06T{hour:02}:00:00Z</versionCreated><pubStatus qcode="stat:{status}"/>{noted}{told}</itemMeta>
<contentMeta><language tag="en"/><headline>{HEAD}</headline><slugline>BLAST-BERGEN</slugline></contentMeta>
{content if paragraphs else ""}</newsItem>"""


def ninjs(version: int, hour: int, *paragraphs: str) -> str:
    item = {
        "uri": GUID,
        "type": "text",
        "version": str(version),
        "versioncreated": f"2031-05-06T{hour:02}:00:00Z",
        "pubstatus": "usable",
        "ednote": "Updates toll",
        "language": "en",
        "headline": HEAD,
        "slugline": "BLAST-BERGEN",
        "body_html": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
    }
    return json.dumps(item)


def page(masthead: str, headline: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<!doctype html><html lang="en"><head><title>{headline} - {masthead}</title>
<meta property="og:site_name" content="{masthead}">
<meta property="article:published_time" content="2031-05-06T15:00:00Z">
</head><body><main><article><h1>{headline}</h1>{body}</article></main></body></html>"""


CLAIMS = """SELECT c.id, c.text, v.wire_version, v.article_id, c.orphaned_by_id, c.withdrawn_by_id
FROM claims_claim c JOIN claims_articleversion v ON v.id = c.version_id WHERE c.vanished IS NULL"""
VERSIONS = "SELECT wire_version, status, change, ed_note, moved, article_id FROM claims_articleversion"
COPIES = """SELECT a.wire_version, b.wire_version, r.changes FROM claims_reuse r
JOIN claims_articleversion a ON a.id = r.a_id JOIN claims_articleversion b ON b.id = r.b_id WHERE r.label = 'wholly'"""
DELIVERIES = "SELECT state, format, duplicate_of_id, same_as_id FROM ingest_delivery"


@dataclass(frozen=True)
class Told:
    """A claim as it stands: the wire's own version in which it is, and whether a newer one or a kill took it away."""

    pk: int
    text: str
    version: str
    article: int
    orphaned_by: int | None
    withdrawn_by: int | None


def claims(stage: Stage) -> dict[int, Told]:
    return {told.pk: told for told in (Told(*row) for row in stage.store.rows(CLAIMS))}  # type: ignore[arg-type]


def standing(stage: Stage, words: str) -> Told:
    """The one claim of the wire's story that stands with these words in it."""
    held = [told for told in claims(stage).values() if told.version and words in told.text]
    found = [told for told in held if told.orphaned_by is None and told.withdrawn_by is None]
    assert len(found) == 1, f"{words}: {found}"
    return found[0]


def read_json(value: object) -> list[dict[str, Any]]:
    """PostgreSQL hands over lists, SQLite their text."""
    rows: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value  # type: ignore[assignment]
    return rows


def version(stage: Stage, name: str) -> dict[str, Any]:
    row = next(row for row in stage.store.rows(VERSIONS) if row[0] == name)
    return dict(zip(("version", "status", "change", "ed_note", "moved", "article"), row, strict=True))


def stale(stage: Stage) -> set[object]:
    rows = stage.store.rows("SELECT claim_id FROM claims_verdict WHERE stale IS NOT NULL")
    return {row[0] for row in rows}


def take_first(stage: Stage) -> tuple[int, int]:
    """The first take comes in, and a reviewer rules on the dead and on the injured."""
    stage.upload(g2(1, 9, DEAD.format("four"), HURT.format(11), MAIN), outlet=WIRE)
    wait_for("the first take is read", stage.done, 120)
    four, hurt = standing(stage, "four people").pk, standing(stage, "11 people").pk
    for pk in (four, hurt):
        stage.hand("rule", str(pk), "disputed")
    assert not stale(stage)
    return four, hurt


def take_update(stage: Stage, four: int, hurt: int) -> None:
    stage.upload(ninjs(2, 11, DEAD.format("six"), HURT.format(11), MAIN, CHILD), outlet=WIRE)
    wait_for("the update is read", lambda: stage.done(2), 60)
    assert stage.count("claims_article") == 1
    update = version(stage, "2")
    assert (update["status"], update["change"], update["ed_note"]) == ("usable", "update", "Updates toll")
    told = claims(stage)
    assert (told[hurt].version, told[four].version) == ("2", "1")
    assert told[four].orphaned_by is not None
    changed = next(row for row in read_json(update["moved"]) if row["kind"] == "changed")
    assert (changed["claim"], changed["becomes"]) == (four, standing(stage, "six people").pk)
    assert stale(stage) == {four}


def take_correction(stage: Stage, hurt: int) -> None:
    """The toll goes down; the same bytes and the same version again are named as what they repeat."""
    text = g2(3, 13, DEAD.format("five"), HURT.format(11), MAIN, CHILD, signal="correction", note="Corrects toll")
    stage.upload(text, outlet=WIRE)
    wait_for("the correction is read", lambda: stage.done(3), 60)
    assert version(stage, "3")["status"] == "corrected"
    assert standing(stage, "five people").version == claims(stage)[hurt].version == "3"
    stage.upload(text, text.replace("\n<", "\n  <"), outlet=WIRE)
    wait_for("both are named", lambda: stage.count("ingest_delivery WHERE state = 'duplicate'") == 2)
    again = [row for row in stage.store.rows(DELIVERIES) if row[0] == "duplicate"]
    assert all(row[2] is not None or row[3] is not None for row in again)
    assert stage.count("claims_articleversion") == 3


def take_copies(stage: Stage) -> None:
    """Two mastheads carry the correction; one prints another number of injured, which is flagged on each pair."""
    told = [DEAD.format("five"), HURT.format(11), MAIN, CHILD]
    stage.upload(page("Harbour Post", "Five die as gas blast destroys block", *told))
    stage.upload(page("Evening Lamp", HEAD, told[0], HURT.format(12), *told[2:]))
    wait_for("both mastheads are read", lambda: stage.done(5), 60)
    assert stage.count("claims_article") == 3
    wait_for("each looked for its copies", lambda: not stage.count("claims_articleversion WHERE related IS NULL"), 60)
    rows = [row for row in stage.store.rows(COPIES) if {row[0], row[1]} <= {"3", ""}]
    assert len(rows) == 3
    numbers = [row for *_, raw in rows for row in read_json(raw) if row["kind"] == "number"]
    flagged = [f"{row['a']} {row['b']}" for row in numbers]
    assert sum("11" in pair and "12" in pair for pair in flagged) == len(flagged) == 2


def take_kill(stage: Stage, four: int, hurt: int) -> None:
    """All that the story's versions carried loses its support; the mastheads' own articles stand."""
    stage.upload(g2(4, 16, signal="kill", status="canceled", note="KILL: the block was empty"), outlet=WIRE)
    wait_for("the kill is worked off", lambda: stage.done(6), 60)
    kill = version(stage, "4")
    assert (kill["status"], kill["change"]) == ("killed", "kill")
    for told in claims(stage).values():
        taken = told.withdrawn_by is not None or told.orphaned_by is not None
        assert taken is (told.article == kill["article"])
    assert stale(stage) == {four, hurt}
    assert stage.count("claims_verdict WHERE rating = 'disputed'") == 2


def test_a_story_is_followed_from_its_first_take_to_its_kill(make_stage: MakeStage) -> None:
    stage = make_stage(NEWSDESK_EXTRACTOR="claims.extraction.engine.extract", NEWSDESK_LEASE_SECONDS="60")
    stage.worker()
    stage.run("beat")
    four, hurt = take_first(stage)
    take_update(stage, four, hurt)
    take_correction(stage, hurt)
    take_copies(stage)
    take_kill(stage, four, hurt)
    loaded = [row[1] for row in stage.store.rows(DELIVERIES) if row[0] == "loaded"]
    assert sorted(str(name) for name in loaded) == ["html", "html", "newsml-g2", "newsml-g2", "newsml-g2", "ninjs"]
