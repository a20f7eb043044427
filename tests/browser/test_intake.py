"""Files on their way, as an editor sees them: chosen, dropped, refused, repeated; with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SECONDS, write_copy

pytestmark = pytest.mark.browser
COPY = "Ferry runs aground off Cape Sallow\n\nAll 61 passengers were taken off by noon, the coast guard said.\n"
DROP = """() => {
  const files = new DataTransfer();
  files.items.add(new File(["Tug sinks\\n\\nNobody was hurt."], "dropped.txt"));
  const over = {dataTransfer: files, bubbles: true, cancelable: true};
  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", over));
}"""
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """[...document.querySelectorAll("a, button, select, textarea")].filter((target) => {
  const box = target.getBoundingClientRect();
  return box.height > 0 && box.height < 24 && !target.closest("p, dd, .skip");
}).map((target) => target.outerHTML)"""


def test_every_file_ends_in_a_state_and_trouble_comes_first(sign_in: Callable[..., Page], tmp_path: Path) -> None:
    page = sign_in("editor")
    page.goto("/upload/")
    chosen = [write_copy(tmp_path, "ferry.txt", COPY), write_copy(tmp_path, "twin.txt", COPY)]
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 20)
    page.get_by_label("Choose files").set_input_files([*chosen, picture])
    expect(page.locator("#chosen-sum")).to_contain_text("3 chosen")
    page.get_by_role("button", name="Upload").click()
    expect(page.locator(".batch-progress--over")).to_be_attached(timeout=60 * SECONDS)
    rows = page.locator("[id^=file-]")
    expect(rows.nth(0)).to_contain_text(re.compile("picture.jpg.*rejected", re.S))
    expect(rows.nth(1)).to_contain_text(re.compile(r"ferry.txt.*done.*Ferry runs aground.*\d+ claim", re.S))
    expect(rows.nth(2)).to_contain_text(re.compile("twin.txt.*duplicate.*ferry.txt", re.S))
    expect(page.locator("#over")).to_contain_text("All 3 files are through: 1 rejected, 1 duplicate.")


def test_what_is_dropped_is_chosen_and_too_much_is_said_before_it_is_sent(
    sign_in: Callable[..., Page], tmp_path: Path
) -> None:
    page = sign_in("editor")
    page.goto("/upload/")
    page.evaluate(DROP)
    expect(page.locator("#chosen")).to_contain_text("dropped.txt")
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 5_000_001)
    page.get_by_label("Choose files").set_input_files(large)
    expect(page.locator("#chosen")).to_contain_text("too large, will be rejected")


def test_it_all_goes_without_javascript(sign_in: Callable[..., Page]) -> None:
    page = sign_in("editor", java_script_enabled=False)
    page.goto("/upload/")
    page.get_by_label("Or paste text").fill("Pilot boat missing\n\nTwo pilots were aboard, the harbour office said.")
    page.get_by_role("button", name="Upload").click()
    expect(page).to_have_url(re.compile("/batches/"))
    expect(page.locator("[id^=file-]")).to_contain_text("done", timeout=60 * SECONDS)
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page).to_have_url(re.compile("/batches/"))
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("width", [390, 1440])
def test_pages_fit_and_targets_can_be_hit(sign_in: Callable[..., Page], width: int) -> None:
    page = sign_in("chief", viewport={"width": width, "height": 900})
    for address in ("/", "/upload/", "/deliveries/", "/components/"):
        page.goto(address)
        assert page.evaluate(WIDTH) <= 0, address
        assert page.evaluate(SMALL) == [], address
