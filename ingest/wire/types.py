"""What a wire parser hands over: one item of copy, before the desk decides what it is a version of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class WireError(ValueError):
    """The bytes cannot be read as copy. The message is one sentence for a person: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the copy was filed, as it says itself.

    ``region`` is the country or state printed behind the place. ``month_day`` is the (month, day) printed; ``day`` is
    set only where the year is printed, or known from the time of publication.
    """

    place: str = ""
    day: date | None = None
    region: str = ""
    month_day: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold. Bytes bound the work before decoding, words the work of the language engine,
    depth and items that of a parser."""

    max_bytes: int = 2_000_000
    max_words: int = 30_000
    max_depth: int = 200
    max_items: int = 500


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class WireItem:
    """One piece of copy as a desk reads it.

    ``text`` is the canonical text: headline, a blank line, then the paragraphs of the body, each on its own line,
    without bylines, datelines, credits, appeals, captions and other furniture. ``headline_end`` is the offset behind
    the headline in it (0 without one). ``furniture`` keeps what was left out, in its order, with its kind.
    ``status`` is ``usable``, ``corrected``, ``killed`` or ``embargoed``; ``change`` says what this version does to the
    ones before it: ``update``, ``correction``, ``kill``, ``recall`` or nothing. A kill or recall may have no text.
    ``wire_id`` is the same for all versions of a story; ``version`` is the sender's own count, opaque (R18).
    ``derived_from`` names the wire id of what this copy was made from, ``url`` the address of its page.
    ``furniture`` pairs are (kind, words). ``published``, ``version_created`` and ``embargo`` are aware; ``warnings``
    are sentences for a person: what is missing, what was assumed.
    """

    format: str
    text: str
    headline: str = ""
    headline_end: int = 0
    bylines: tuple[str, ...] = ()
    dateline: Dateline = Dateline()
    credits: tuple[str, ...] = ()
    outlet: str = ""
    published: datetime | None = None
    language: str = ""
    wire_id: str = ""
    version: str = ""
    version_created: datetime | None = None
    status: str = "usable"
    change: str = ""
    slug: str = ""
    url: str = ""
    embargo: datetime | None = None
    derived_from: str = ""
    ed_note: str = ""
    furniture: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WireFile:
    """All that one file holds: its items in their order, and a sentence for each part that is no copy and was left out.

    A file without an item is an error (WireError), whose message says what it holds instead.
    """

    items: tuple[WireItem, ...]
    left_out: tuple[str, ...] = ()
