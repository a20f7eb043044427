"""The text layer of a PDF by pypdf: pieces of text with their places. Runs in a process of its own (confined)."""

from __future__ import annotations

import io
import logging
import math
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

MAX_PAGES = 200
_PAPER = 20_000.0
_LOCKED = "The PDF is locked with a password; send it without one, or send the copy as text."
_CIPHER = "The PDF is encrypted in a way that this desk cannot open; print it to a new PDF, or send the copy as text."
Fragment = tuple[str, float, float, float]


def read_bytes(raw: bytes) -> dict[str, Any]:
    """{"pages": [[(text, x, y, size)]], "unread": [page], "pictures": [page], "title"}, in points from the lower left
    corner, or {"error"}. A page that cannot be read is named in "unread", and the others are read."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(raw))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": _LOCKED}
        count = len(reader.pages)
    except (DependencyError, NotImplementedError):
        return {"error": _CIPHER}
    if count > MAX_PAGES:
        return {"error": f"The PDF holds {count:,} pages; this desk reads up to {MAX_PAGES} in one file."}
    pages: list[list[Fragment]] = []
    unread, pictures = [], []
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append(_fragments(page))
        except DependencyError:
            return {"error": _CIPHER}
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 -- whatever one page does to the library, the others can still be read
            pages.append([])
            unread.append(number)
        if not pages[-1] and number not in unread and _has_picture(page):
            pictures.append(number)
    return {"pages": pages, "unread": unread, "pictures": pictures, "title": _title(reader)}


def _fragments(page: PageObject) -> list[Fragment]:
    found: list[Fragment] = []

    def visit(text: str, outer: list[float], inner: list[float], _font: object, size: float) -> None:
        if not text:
            return
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]) or 1.0
        found.append((text, _point(x), _point(y), _point(size * scale)))

    page.extract_text(visitor_text=visit)
    return found if any(text.strip() for text, *_ in found) else []


def _point(value: float) -> float:
    """A place or size as far as paper goes; a broken file states others, and numbers that are none."""
    return round(max(-_PAPER, min(_PAPER, value)), 1) if math.isfinite(value) else 0.0


def _has_picture(page: PageObject) -> bool:
    try:
        resources: Any = page["/Resources"]
        objects = resources["/XObject"]
        return any(objects[name].get("/Subtype") == "/Image" for name in objects)
    except Exception:  # noqa: BLE001 -- no page is refused for what its resources look like
        return False


def _title(reader: PdfReader) -> str:
    try:
        title = reader.metadata.title if reader.metadata else ""
    except Exception:  # noqa: BLE001 -- a title is a hint, and a broken one is none
        return ""
    return title if isinstance(title, str) else ""
