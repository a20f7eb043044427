"""A reviewer at work in a real browser: by keyboard, beside a colleague, without JavaScript, on a narrow screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SECONDS, Desk, write_copy

pytestmark = pytest.mark.browser
COPY = """Ferry burns off Turku, twelve hurt

TURKU, Finland - A ferry caught fire off Turku on Monday and 12 people were injured, the coastguard said.

At least 30 passengers were taken to Turku University Hospital, spokeswoman Aino Salmela said.

The operator denied that the fire doors had been locked.

Mayor Eero Lindqvist said three lorries were destroyed and the harbour was closed until Wednesday.
"""
PHONE = {"width": 390, "height": 844}
MainPages = ("/", "/articles/", "/claims/", "/events/", "/upload/", "/deliveries/")


@pytest.fixture(scope="module", autouse=True)
def copy_on_the_desk(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_copy(tmp_path_factory.mktemp("copy"), "ferry.txt", COPY)
    desk.stage.hand("upload", "", str(path))
    return path


@pytest.fixture
def open_claim(desk: Desk, sign_in: Callable[..., Page]) -> Callable[..., Page]:
    """``open_claim("denied", "reviewer")``: the page of the claim with these words, found as a person finds it."""

    def find(words: str, who: str = "reviewer", **options: object) -> Page:
        page = sign_in(who, **options)
        for _ in range(60):
            page.goto(f"/claims/?state=any&text={words}")
            found = page.get_by_role("main").get_by_role("link").filter(has_text=re.compile(words))
            if found.count():
                break
            page.wait_for_timeout(SECONDS)
        found.first.click()
        expect(page).to_have_url(re.compile(r"/claims/\d+/"))
        return page

    return find


def test_a_claim_is_settled_by_keyboard_and_the_next_one_comes(open_claim: Callable[..., Page]) -> None:
    page = open_claim("lorries")
    page.keyboard.press("3")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("The harbour office does not answer.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Ruled unverifiable")).to_be_visible()
    expect(page.locator("#claim-title")).to_be_focused()
    expect(page.locator("#reason")).to_have_value("")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_second_of_two_is_told_and_keeps_what_they_typed(open_claim: Callable[..., Page]) -> None:
    mine, theirs = open_claim("fire doors"), open_claim("fire doors", "chief")
    for page, reason in ((mine, "No second source so far."), (theirs, "I spoke to the operator.")):
        page.get_by_role("radio", name="unverifiable").check()
        page.locator("#reason").fill(reason)
    mine.get_by_role("button", name="Record and stay").click()
    expect(mine.get_by_role("alert")).to_contain_text("Ruled unverifiable")
    with theirs.expect_response(lambda answer: answer.request.method == "POST") as answered:
        theirs.get_by_role("button", name="Record and stay").click()
    assert answered.value.status == 409
    expect(theirs.get_by_role("alert")).to_contain_text("meanwhile")
    expect(theirs.get_by_text("No second source so far.").first).to_be_visible()
    expect(theirs.locator("#reason")).to_have_value("I spoke to the operator.")


def test_the_whole_way_without_javascript(open_claim: Callable[..., Page]) -> None:
    page = open_claim("passengers", java_script_enabled=False)
    page.get_by_text("New event from this claim").click()
    page.get_by_label("Title").fill("Ferry fire off Turku")
    page.get_by_role("button", name="Make and link the event").click()
    expect(page.get_by_role("link", name="Ferry fire off Turku").first).to_be_visible()
    page.get_by_role("radio", name="disputed").check()
    page.get_by_role("button", name="Record and stay").click()
    expect(page.locator(".field__errors").first).to_be_visible()
    page.locator("#reason").fill("The hospital gives another number.")
    page.get_by_label(re.compile("^Note")).first.fill("Telephone call to the ward.")
    page.get_by_role("button", name="Record and stay").click()
    expect(page.get_by_text("Ruled disputed.")).to_be_visible()


def test_a_count_waits_for_a_second_person(open_claim: Callable[..., Page]) -> None:
    words = "12 people were injured"
    author = open_claim(words, "chief")
    author.get_by_role("radio", name="corroborated").check()
    author.locator("#reason").fill("Coastguard log and hospital agree.")
    author.get_by_label(re.compile("^Note")).first.fill("Both read in full.")
    author.get_by_role("button", name="Record and stay").click()
    expect(author.get_by_text("it waits for its second reader")).to_be_visible()
    expect(author.get_by_role("button", name="Sign off")).to_have_count(0)
    other = open_claim(words, "second-chief")
    other.get_by_role("button", name=re.compile("^Sign off")).click()
    expect(other.get_by_text("Signed off: corroborated. It is published.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_phone(sign_in: Callable[..., Page], scheme: str) -> None:
    page = sign_in("chief", viewport=PHONE, color_scheme=scheme)
    page.goto("/claims/")
    inner = [page.get_by_role("main").locator("a[href^='/claims/']").first.get_attribute("href")]
    page.goto("/articles/")
    inner.append(page.get_by_role("main").locator("a[href^='/articles/']").first.get_attribute("href"))
    for path in (*MainPages, *filter(None, inner)):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"{path} is {wide} px wide"
