"""NITF 3.x: the head that says what the copy is, and the body that holds it; alone, or inside NewsML."""

from __future__ import annotations

from datetime import date

from lxml.etree import _Element as Element

from ingest.cleaning.names import agencies_in
from ingest.cleaning.tables import Kind
from ingest.cleaning.times import parse_day
from ingest.wire.body import Body, lines_of
from ingest.wire.changes import change_of, name_of_code
from ingest.wire.filed import Origin
from ingest.wire.sender import change_of_note, gravest, stamp_of
from ingest.wire.sniff import Clue
from ingest.wire.stated import KILLING, Stated, assemble, house_name
from ingest.wire.types import Limits, WireError, WireFile
from ingest.wire.xml import attribute, first, parse, words

_PAGE_NAMES = ("canonical", "url", "link", "permalink", "og:url")
_SLUG_NAMES = ("slug", "slugline", "ap-slug", "ap-slugline", "slug-line")


def is_nitf(clue: Clue) -> bool:
    """Whether the root is that of NITF, in whichever namespace."""
    return clue.root.lower() == "nitf"


def read_nitf(raw: bytes, limits: Limits) -> WireFile:
    """The one item of an NITF document. Raises WireError."""
    decoded, root = parse(raw, limits)
    stated, body = nitf_parts(root)
    missing = [
        what
        for what, there in (
            ("identifier (doc-id)", stated.wire_id),
            ("time of issue (date.issue)", stated.version_created),
            ("headline (hedline)", stated.headline),
        )
        if not there
    ]
    killed = stated.whole_change() in KILLING
    if not body.lines and not stated.headline and not killed:
        raise WireError("This NITF document holds neither a headline nor copy.")
    if not body.lines and not killed:
        stated.warnings.append("The document has no body; its headline is all that was read.")
    return WireFile((assemble("nitf", decoded, body.lines, stated, limits, missing),))


def nitf_parts(root: Element) -> tuple[Stated, Body]:
    """What an NITF document says of itself, and its body. A document without copy gives its abstract instead."""
    stated = Stated()
    _read_docdata(root, stated)
    head, content = root.find("body/body.head"), root.findall("body/body.content")
    _read_head(head, stated)
    loose = [child for child in root.findall("body/*") if child.tag not in ("body.head", "body.content", "body.end")]
    body = lines_of(*content, *loose)
    if not body.lines and head is not None and head.findall("abstract"):
        body = lines_of(*head.findall("abstract"))
        stated.warnings.append("The document has no body; its abstract was read instead.")
    _read_end(root.find("body/body.end"), stated)
    stated.left += body.left
    stated.notes += [
        said for note in root.findall("body/body.content//note") if _is_to_editors(note, said := words(note))
    ]
    return stated, body


def _read_docdata(root: Element, stated: Stated) -> None:
    data = root.find("head/docdata")
    stated.wire_id = attribute(data, "doc-id", "id-string")
    stated.version = attribute(data, "du-key", "version")
    stated.slug = attribute(data, "du-key", "key") or _meta(root, _SLUG_NAMES)
    stated.version_created = stated.moment(
        attribute(data, "date.issue", "norm")
        or next(
            iter(sorted((part.get("norm", "") for part in root.findall("head/revision-history")), reverse=True)), ""
        ),
        "time of issue",
    )
    stated.published = stated.moment(attribute(root, "head/pubdata", "date.publication"), "time of publication")
    stated.url = next(
        (
            address
            for address in (attribute(root, "head/pubdata", "ex-ref"), _meta(root, _PAGE_NAMES))
            if address.startswith(("http://", "https://"))
        ),
        "",
    )
    stated.language_assumed = root.get("lang") or attribute(root, "body", "lang")
    stated.language = _meta(root, ("language", "lang", "content-language"))
    holder = attribute(data, "doc.copyright", "holder") or first(data, "doc.copyright")
    stated.outlet = house_name(holder, attribute(data, "doc-id", "regsrc"), attribute(root, "head/pubdata", "name"))
    stated.origin = Origin(
        attribute(data, "evloc", "city"),
        attribute(data, "evloc", "state-prov") or attribute(data, "evloc", "county-dist"),
    )
    _read_management(root, data, stated)


def _read_management(root: Element, data: Element | None, stated: Stated) -> None:
    """Status, change and embargo: management-status, correction, ed-msg, revision-history, du-key and date.release."""
    status = attribute(data, ".", "management-status")
    stated.embargoed = name_of_code(status) == "embargoed"
    messages = [
        f"{attribute(part, '.', 'msg-type')} {part.get('info') or words(part)}".strip()
        for part in (data.findall("ed-msg") if data is not None else ())
    ]
    correction = data.find("correction") if data is not None else None
    stated.notes += [message for message in messages if message]
    if correction is not None:
        stated.notes += [said] if (said := correction.get("info") or words(correction)) else []
    history = [part.get(name, "") for part in root.findall("head/revision-history") for name in ("function", "comment")]
    changes = [change_of([status, *history]), *map(change_of_note, (*messages, *history))]
    rewritten = _number(data, "version") > 1 or _number(data, "generation") > 1
    stated.change = gravest([*changes, "correction" if correction is not None else "", "update" if rewritten else ""])
    stated.derived_from = attribute(data, ".", "management-doc-idref") or attribute(data, "correction", "id-string")
    if stated.derived_from == stated.wire_id:
        stated.derived_from = ""
    release = stated.moment(attribute(data, "date.release", "norm"), "time of release")
    if release and (stated.embargoed or (stated.version_created and release > stated.version_created)):
        stated.embargo = release


def _read_head(head: Element | None, stated: Stated) -> None:
    if head is None:
        return
    stated.headline = first(head, "hedline/hl1", "hedline")
    stated.left += [(Kind.HEADLINE.value, said) for part in head.findall("hedline/hl2") if (said := words(part))]
    for byline in head.findall("byline"):
        people = [said for person in byline.findall("person") if (said := words(person))]
        titles = [said for title in byline.findall("byttl") if (said := words(title))]
        stated.credits += [agency for title in titles for agency in agencies_in(title)]
        stated.signed += people or [said for said in (_without(byline, "byttl"),) if said]
        stated.left += [(Kind.BYLINE.value, said)] if (said := words(byline)) else []
    stated.credits += [said for part in head.findall("distributor") if (said := words(part))]
    dateline = head.find("dateline")
    if dateline is not None:
        place = first(dateline, "location")
        stated.printed = place or _without(dateline, "story.date")
        stated.filed_on = _day(dateline, stated)
        stated.left += [(Kind.DATELINE.value, said)] if (said := words(dateline)) else []
    for note in head.findall("note"):
        said = words(note)
        if _is_to_editors(note, said):
            stated.notes.append(said)
        elif said:
            stated.left.append((Kind.NOTE.value, said))
    stated.left += [(Kind.COPYRIGHT.value, said) for part in head.findall("rights") if (said := words(part))]


def _read_end(end: Element | None, stated: Stated) -> None:
    for part in end if end is not None else ():
        said = words(part)
        if said:
            stated.left.append((Kind.CREDIT.value, said))
            stated.credits += agencies_in(said)


def _day(dateline: Element, stated: Stated) -> date | None:
    """The day of the story: as it is normed, else as it is printed with its year."""
    norm = attribute(dateline, "story.date", "norm")
    if norm:
        stamp = stamp_of(norm)
        return stamp.when.date() if stamp else None
    printed = first(dateline, "story.date")
    day = parse_day(printed)
    if day and not day[0]:
        stated.printed = f"{stated.printed}, {printed}"
    return date(day[0], day[1], day[2]) if day and day[0] else None


def _is_to_editors(note: Element, said: str) -> bool:
    return bool(said) and (
        note.get("noteclass", "").lower() in ("editorsnote", "hd", "undef") or bool(change_of_note(said))
    )


def _without(element: Element, left: str) -> str:
    """The words of an element without those of one kind of child."""
    parts = [
        element.text or "",
        *(f"{'' if child.tag == left else words(child)} {child.tail or ''}" for child in element),
    ]
    return " ".join(" ".join(parts).split()).strip(" ,;|/-")


def _meta(root: Element, names: tuple[str, ...]) -> str:
    found = {part.get("name", "").lower(): part.get("content", "").strip() for part in root.findall("head/meta")}
    return next((found[name] for name in names if found.get(name)), "")


def _number(data: Element | None, name: str) -> int:
    given = attribute(data, "du-key", name)
    return int(given) if given.isdecimal() and given.isascii() and len(given) < 6 else 0
