"""The main job on the five articles, from the file on an editor's disk to the verdict in a client's hands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SECONDS, Desk
from tests.processes.stores import ROOT

pytestmark = pytest.mark.browser
WIRE = ROOT.parent / "shared" / "wire"
REASON = "The regional governor and the mayor count different cities."


def test_five_articles_from_upload_to_verdict(desk: Desk, sign_in: Callable[..., Page]) -> None:
    files = sorted(WIRE.glob("*.txt"))
    if len(files) != 5:
        pytest.skip(f"the five articles are not at {WIRE}")

    editor = sign_in("editor")
    editor.get_by_role("link", name="Upload", exact=True).first.click()
    editor.get_by_label("Choose files").set_input_files(files)
    editor.get_by_role("button", name="Upload").click()
    expect(editor).to_have_url(re.compile("/batches/"))
    expect(editor.get_by_label("done")).to_have_attribute("value", "5", timeout=120 * SECONDS)
    rows = editor.locator("[id^=file-]")
    expect(rows.filter(has_text=re.compile(r"\d+ claims"))).to_have_count(5)

    rows.filter(has_text=files[0].name).get_by_role("link").filter(has_text=re.compile("claims|Russian")).first.click()
    expect(editor).to_have_url(re.compile(r"/articles/\d+/"))
    expect(editor.locator("mark.claim").first).to_be_visible()

    reviewer = sign_in("reviewer")
    reviewer.goto(editor.url)
    card = reviewer.locator("article.card--claim").filter(has_text="injured").first
    card.get_by_role("link", name="Review").click()
    reviewer.get_by_text("New event from this claim").click()
    reviewer.get_by_label("Title").fill("Strikes on two cities")
    reviewer.get_by_role("button", name="Make and link the event").click()
    expect(reviewer.get_by_text("by reviewer").first).to_be_visible()

    claim = reviewer.url
    reviewer.get_by_role("radio", name="disputed").check()
    reviewer.get_by_label(re.compile("^Reason")).first.fill(REASON)
    reviewer.get_by_label(re.compile("^Note")).first.fill("The mayor's own count is lower.")
    reviewer.get_by_role("button", name="Record and stay").click()
    expect(reviewer.get_by_text(REASON).first).to_be_visible()

    pulled = desk.pull("verdicts/", desk.token())["results"]
    assert [verdict["rating"] for verdict in pulled] == ["disputed"]
    assert pulled[0]["reason"] == REASON
    assert pulled[0]["permalink"].startswith(f"{desk.address}/claims/")
    assert f"/claims/{pulled[0]['claim']['id']}/" in claim
