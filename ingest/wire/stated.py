"""What markup states of an item, put over what its copy says by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime

from ingest.cleaning import Hints
from ingest.cleaning.byline import is_name
from ingest.cleaning.names import House, agencies_in, find_house, house_pattern, houses_in
from ingest.cleaning.times import complete_day
from ingest.wire.charset import Decoded
from ingest.wire.filed import NOWHERE, Origin, open_copy, read_dateline, uncrossed
from ingest.wire.sender import (
    build_stated,
    change_of_headline,
    change_of_note,
    gravest,
    names_of_byline,
    stamp_of,
    warned,
    with_change,
    with_embargo,
    with_embargo_notes,
    with_language,
)
from ingest.wire.types import Dateline, Limits, WireError, WireItem

_ORGANISED = re.compile(
    r"\b(?:agency|agentur|associated|associates|broadcasting|bureau|company|corp|corporation|desk|editors?|fernsehen|gmbh"
    r"|group|inc|llc|ltd|media|network|news|newsroom|office|plc|press|presse|radio|redaktion|service|services|solutions"
    r"|staff|television|times|tv|wire)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"^\W*(?:copyright|\(c\)|©)?[\W\d]*|[\W\d]*(?:all rights reserved\W*)?$", re.IGNORECASE)
_FAR = {"RTRS": "Reuters", "RTR": "Reuters", "APNEWS": "AP"}  # codes of houses that are none of their names
_SITE = re.compile(r"\.(?:com|org|net|de|fr|ch|at|co\.uk|[a-z]{2})$")
_LEGAL = r"\b(?:GmbH|Inc|LLC|LLP|Ltd|Limited|plc|AG|AS|S\.?A|News|Agency)\b"
_LONGEST_NAME = 160
_LONGEST_HEADLINE = 2000
_MOST_NAMES = 50
KILLING = ("kill", "recall")
_BARE_CODE = re.compile(r"[A-Za-z][\w.&' -]{1,60}")


@dataclass(slots=True)
class Stated:
    """One item in its sender's own words; "", None and nothing for what the markup leaves out.

    ``signed`` are byline lines, ``authors`` names of people; ``printed`` is a dateline as it is printed, ``origin``
    the place that the markup names. Moments are aware. ``warnings`` are sentences for a person.
    """

    wire_id: str = ""
    version: str = ""
    version_created: datetime | None = None
    published: datetime | None = None
    change: str = ""
    slug: str = ""
    headline: str = ""
    outlet: str = ""
    printed: str = ""
    filed_on: date | None = None
    language: str = ""
    language_assumed: str = ""
    embargoed: bool = False
    embargo: datetime | None = None
    derived_from: str = ""
    url: str = ""
    origin: Origin = NOWHERE
    signed: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def filled_from(self, other: Stated) -> None:
        """Takes from the markup inside what the markup around it leaves out; credits, notes and changes add up."""
        self.change = self.change if self.change == "recall" else gravest([self.change, other.change])
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if item.name in ("credits", "notes", "left", "warnings"):
                setattr(self, item.name, list(dict.fromkeys([*mine, *theirs])))
            elif not mine or mine == NOWHERE:
                setattr(self, item.name, theirs)

    def moment(self, words: str, what: str) -> datetime | None:
        """A time as markup writes it, aware; one that lacks its zone or cannot be read is warned of."""
        stamp = stamp_of(words)
        if stamp is None:
            self.warnings += [f"The {what} cannot be read as a time: {words.strip()[:60]!r}."] if words.strip() else []
            return None
        if not stamp.zoned:
            self.warnings.append(f"The {what} names no time zone; it was read as UTC.")
        return stamp.when

    def whole_change(self) -> str:
        """The gravest change that codes, notes to editors and the label of the headline state."""
        if self.change == "recall":
            return self.change
        return gravest([self.change, *map(change_of_note, self.notes), change_of_headline(self.headline)])

    def people(self) -> tuple[str, ...]:
        """Who signed: the byline, else those whom the markup names as authors."""
        signed = [name for line in _bounded(self.signed) for name in names_of_byline(line)[0] if not find_house(name)]
        return tuple(dict.fromkeys(signed or self.authors))


def assemble(
    format_: str, decoded: Decoded, lines: Sequence[str], stated: Stated, limits: Limits, missing: Sequence[str] = ()
) -> WireItem:
    """The item that the copy and its markup make together: the markup goes first. ``missing`` names what it lacks.

    Raises WireError where there is neither copy nor a kill, and for a headline that cannot be one.
    """
    if len(stated.headline) > _LONGEST_HEADLINE:
        raise WireError(f"The headline is {len(stated.headline):,} characters long; that is the text of no headline.")
    opening = open_copy(uncrossed(lines), stated.printed, stated.origin)
    change = stated.whole_change()
    hints = Hints(stated.headline, stated.people(), stated.outlet, stated.published or stated.version_created)
    notice = bool(lines) and change_of_note(lines[0]) in KILLING
    item = build_stated(format_, decoded, opening.lines, limits, hints, change, notice=notice)
    item = replace(
        item,
        headline=item.headline or stated.headline,
        wire_id=stated.wire_id,
        version=stated.version,
        slug=stated.slug,
        derived_from=stated.derived_from,
        url=stated.url,
        dateline=_dateline(stated, opening.filed, item),
        credits=_credits(stated, (*opening.credits, *item.credits)),
        outlet=stated.outlet or item.outlet,
        published=stated.published or stated.version_created or item.published,
        version_created=stated.version_created or item.version_created,
        ed_note="\n".join(dict.fromkeys(filter(None, [*stated.notes, *item.ed_note.split("\n")]))),
        furniture=(*opening.furniture, *item.furniture, *stated.left),
    )
    item = with_change(item, change)
    if stated.embargoed or stated.embargo:
        item = with_embargo(item, stated.embargo)
    else:
        item = with_embargo_notes(item, stated.notes)
    item = with_language(item, stated.language or ("" if item.language else stated.language_assumed))
    return warned(item, *stated.warnings, *(f"The file names no {what}." for what in missing))


def house_name(*named: str) -> str:
    """The first of these names, codes ("nprov:REUTERS") and addresses that says who, by the desk's own name for it."""
    for name in filter(None, (each[:_LONGEST_NAME].strip() for each in named)):
        site = re.match(r"(?:https?://|web:)(?:www\.)?([\w.-]+)", name)
        code = site[1] if site else name.rpartition(":")[2] if re.fullmatch(r"[\w.-]+:\S+", name) else name
        code = _FAR.get(code.upper(), code)
        house = find_house(code) or find_house(_SITE.sub("", code)) or _house_alone(code)
        if house or _BARE_CODE.fullmatch(code) or " " in code or not code.isascii():
            return house.name if house else code
    return ""


def _house_alone(name: str) -> House | None:
    """The house of a name that is no more than its names and legal form ("dpa Deutsche Presse-Agentur GmbH")."""
    found = set(houses_in(name))
    bare = re.sub(rf"\b(?:{house_pattern()})\b|{_LEGAL}|\W", "", name)
    return found.pop() if len(found) == 1 and not bare else None


def holder_of(notice: str) -> str:
    """Who a line such as "Copyright 2024 Example Press. All rights reserved." names."""
    return house_name(_NOTICE.sub("", notice.partition(". ")[0]))


def agencies_of_notice(notice: str) -> list[str]:
    """The agency that holds the copyright, where it is one that the desk knows by that very name."""
    house = find_house(holder_of(notice))
    return [house.name] if house and house.kind == "agency" else []


def is_person(name: str) -> bool:
    """Whether a creator's name is that of somebody and not of a house."""
    return is_name(name) and not find_house(name) and not _ORGANISED.search(name)


def _bounded(lines: Sequence[str]) -> list[str]:
    return [line[:_LONGEST_NAME] for line in lines[:_MOST_NAMES]]


def _credits(stated: Stated, said: Sequence[str]) -> tuple[str, ...]:
    named = [name for line in _bounded(stated.credits) for name in (agencies_in(line) or (house_name(line),))]
    signed = [agency for line in _bounded(stated.signed) for agency in names_of_byline(line)[1]]
    own = [stated.outlet] if agencies_in(stated.outlet) else []
    return tuple(dict.fromkeys(name for name in (*named, *signed, *said, *own) if name))


def _dateline(stated: Stated, filed: Dateline, item: WireItem) -> Dateline:
    """As printed in the markup, else as the copy opens, else the place that the markup says the copy is from."""
    near = stated.version_created or stated.published
    printed = read_dateline(stated.printed, near.date() if near else None)[0]
    found = [line for line in (printed, filed, item.dateline, Dateline(*stated.origin.as_place())) if line.place]
    if not found:
        return Dateline(day=stated.filed_on) if stated.filed_on else item.dateline
    best = found[0]
    same = [line for line in found if line.place.casefold() == best.place.casefold()]
    days = [line for line in (printed, filed, item.dateline) if line.day or line.month_day]
    spelled = stated.origin.as_place()[0]
    place = spelled if spelled.casefold() == best.place.casefold() else best.place
    day = stated.filed_on or next((line.day for line in days if line.day), None)
    month_day = (day.month, day.day) if day else next((line.month_day for line in days), None)
    if month_day and not day and near:
        day = complete_day(*month_day, near.date())
    return Dateline(place, day, next((line.region for line in same if line.region), ""), month_day)
