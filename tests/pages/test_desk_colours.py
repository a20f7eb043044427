"""Contrast of the colours in tokens.css, light and dark: AA for all, AAA for copy (WCAG 2.2, 1.4.3, 1.4.6, 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS = {name: (light, dark) for name, light, dark in PAIR.findall((CSS / "tokens.css").read_text())}
GROUNDS = ("paper", "sunk", "raised")
STATES = ("corroborated", "disputed", "unverifiable", "stale")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


NEEDED = [
    *((ink, ground, 7.0) for ink in ("ink", "ink-2") for ground in GROUNDS),
    *((ink, ground, 4.5) for ink in ("ink-3", "accent", *STATES) for ground in GROUNDS),
    *((state, f"{state}-wash", 4.5) for state in STATES),
    *(("ink", f"{wash}-wash", 7.0) for wash in (*STATES, "accent", "neutral")),
    *(("edge", ground, 3.0) for ground in GROUNDS),
    *(("focus", ground, 3.0) for ground in GROUNDS),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("ink-2", "neutral-wash", 4.5),
    ("ink-3", "accent-wash", 4.5),
    ("accent", "accent-wash", 4.5),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), NEEDED)
def test_contrast(front: str, ground: str, least: float, theme: int) -> None:
    assert contrast(TOKENS[front][theme], TOKENS[ground][theme]) >= least


def test_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_colours_live_in_the_tokens_alone() -> None:
    for sheet in CSS.glob("*.css"):
        if sheet.name != "tokens.css":
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet.read_text()), sheet.name


def test_every_state_that_is_used_has_a_shape() -> None:
    shapes = set(re.findall(r'id="(\w+)"', (CSS.parent / "icons" / "states.svg").read_text()))
    styled = set(re.findall(r"\.state--(\w+)", (CSS / "components.css").read_text())) - {"boxed"}
    assert styled <= shapes
