"""NewsML-G2: news items, alone or several in a message. What describes, lists or plans news is no copy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from ingest.wire.body import Body, content_of
from ingest.wire.changes import change_of, name_of_code
from ingest.wire.charset import Decoded
from ingest.wire.filed import Origin
from ingest.wire.nitf import nitf_parts
from ingest.wire.sender import too_many
from ingest.wire.sniff import Clue
from ingest.wire.stated import KILLING, Stated, agencies_of_notice, assemble, house_name, is_person
from ingest.wire.types import Limits, WireError, WireFile, WireItem
from ingest.wire.xml import attribute, first, parse, words

_NAR = "http://iptc.org/std/nar/"
_NO_COPY = {
    "packageitem": "a package, which lists other items",
    "conceptitem": "a concept, which describes a person, place, subject or event",
    "knowledgeitem": "a set of concepts (a vocabulary)",
    "planningitem": "a plan of coverage to come",
    "catalogitem": "a catalogue of vocabularies",
    "groupset": "a part of a package, which lists other items",
    "contentmeta": "a part of an item, without any story",
    "itemmeta": "a part of an item, without any story",
    "contentmetadataset": "a part of an item, without any story",
}
_ROOTS = frozenset([*_NO_COPY, "newsitem", "newsmessage", "contentset"])
_PARTS = frozenset(["newsitem", "newsmessage", "contentset", "groupset", "contentmeta", "itemmeta"])
_LABELS = {
    "wire_id": "identifier (guid)",
    "headline": "headline",
    "outlet": "provider",
    "version_created": "time of its version (versionCreated)",
}
_SUMMARIES = ("summary", "abstract", "intro", "description", "synopsis", "standfirst", "lead")
_MADE_FROM = (
    "derivedfrom",
    "isderivedfrom",
    "istranslationof",
    "translatedfrom",
    "basedon",
    "adaptedfrom",
    "previousversion",
    "supersedes",
    "replaces",
    "corrects",
)
_PAGES = ("canonical", "alternate", "alternateversion", "webpage", "page", "permalink")
_KEPT_FOR_LATER = 5


def is_newsml_g2(clue: Clue) -> bool:
    """Whether the root is one of NewsML-G2, in its namespace, in none, or a piece of an item."""
    name = clue.root.lower()
    if clue.namespace.startswith(_NAR):
        return True
    return name in _ROOTS and (not clue.namespace or name in _PARTS)


def read_newsml_g2(raw: bytes, limits: Limits) -> WireFile:
    """The items of a NewsML-G2 file. Raises WireError where none of them holds copy."""
    decoded, root = parse(raw, limits)
    if root.tag != "newsmessage":
        return WireFile((_read_one(root, decoded, limits),))
    parts = [part for holder in root.findall("itemset") for part in holder] or [
        part for part in root if part.tag in _ROOTS
    ]
    if len(parts) > limits.max_items:
        raise too_many(len(parts), limits)
    items: list[WireItem] = []
    left: list[str] = []
    for part in parts:
        try:
            items.append(_read_one(part, decoded, limits))
        except WireError as error:
            left.append(str(error))
    if not items:
        few = " ".join(left[:_KEPT_FOR_LATER])
        raise WireError(f"The message holds no copy ({len(parts)} items). {few}".strip())
    return WireFile(tuple(items), tuple(left))


def _read_one(part: Element, decoded: Decoded, limits: Limits) -> WireItem:
    if part.tag not in ("newsitem", "contentset"):
        what = _NO_COPY.get(str(part.tag), "no news item")
        raise WireError(f"{_called(part)} is {what}; it holds no copy.")
    stated = _stated(part)
    body = _body(part, stated, limits)
    if not body.lines and stated.whole_change() not in KILLING:
        body = _stand_in(part, stated)
    missing = [label for name, label in _LABELS.items() if not getattr(stated, name)]
    return assemble("newsml-g2", decoded, body.lines, stated, limits, missing)


def _called(part: Element) -> str:
    name = re.sub(r"(?<=\w)(?:item|set|meta)", lambda match: match[0].capitalize(), str(part.tag))
    return f"The {name} {(part.get('guid') or '').strip()[:120]}".strip()


def _stated(part: Element) -> Stated:
    about, content = part.find("itemmeta"), part.find("contentmeta")
    stated = Stated(wire_id=(part.get("guid") or "").strip(), version=(part.get("version") or "").strip())
    stated.version_created = stated.moment(first(about, "versioncreated"), "time of the version")
    stated.embargo = stated.moment(first(about, "embargoed"), "embargo")
    stated.change = _change(about, content)
    stated.embargoed = about is not None and about.find("embargoed") is not None
    if stated.embargoed and not stated.embargo:
        stated.warnings.append("The item is embargoed until further notice: no time is named.")
    stated.slug = first(content, "slugline")
    stated.language = attribute(content, "language", "tag") or _inside(part, "lang")
    stated.language_assumed = part.get("lang") or ""
    stated.headline = _headline(content, stated.language or stated.language_assumed)
    stated.notes = [said for note in _all(about, "ednote") + _all(content, "ednote") if (said := words(note))]
    stated.signed = [said for by in _all(content, "by") if (said := words(by))]
    stated.printed = first(content, "dateline")
    stated.origin = _origin(content)
    _read_parties(part, about, content, stated)
    _read_links(about, stated)
    return stated


def _change(about: Element | None, content: Element | None) -> str:
    coded = [*_all(about, "pubstatus"), *_all(about, "signal"), *_all(about, "role"), *_all(content, "genre")]
    notes = [name_of_code(part.get("role") or "").partition("-")[0] for part in _all(about, "ednote")]
    return change_of([*map(_code, coded), *notes])


def _headline(content: Element | None, language: str) -> str:
    """The main headline, in the language of the item where there are several."""
    found = [(part, said) for part in _all(content, "headline") if (said := words(part))]

    def rank(pair: tuple[Element, str]) -> tuple[bool, bool]:
        role = name_of_code(pair[0].get("role") or "")
        spoken = (pair[0].get("lang") or language).partition("-")[0]
        return spoken != language.partition("-")[0], role not in ("", "main", "headline", "title")

    return min(found, key=rank)[1] if found else ""


def _read_parties(part: Element, about: Element | None, content: Element | None, stated: Stated) -> None:
    """Provider, sources, creators and holders of rights: people are authors, houses are credited."""
    provider = about.find("provider") if about is not None else None
    holders = [words_of for holder in part.findall("rightsinfo/copyrightholder") if (words_of := _named(holder))]
    codes = [provider.get(name, "") for name in ("literal", "qcode")] if provider is not None else []
    address = provider.get("uri", "") if provider is not None else ""
    stated.outlet = house_name(first(provider, "name"), *codes, *holders, address)
    stated.credits = [said for line in _all(content, "creditline") if (said := words(line))]
    stated.credits += [name for source in _all(content, "infosource") if (name := _named(source))]
    for creator in _all(content, "creator"):
        name = _named(creator)
        organised = creator.find("organisationdetails") is not None or "organ" in (creator.get("type") or "").lower()
        if name and not organised and (is_person(name) or (creator.get("type") or "").lower().endswith(":person")):
            stated.authors.append(name)
        elif name:
            stated.credits.append(name)
    for notice in part.findall("rightsinfo/copyrightnotice"):
        stated.credits += agencies_of_notice(words(notice))


def _read_links(about: Element | None, stated: Stated) -> None:
    links: dict[str, str] = {}
    for link in _all(about, "link"):
        target = next((link.get(name) for name in ("residref", "guidref", "uri", "href") if link.get(name)), "") or ""
        links.setdefault(name_of_code(link.get("rel") or ""), target.strip())
    stated.derived_from = next(
        (links[rel] for rel in _MADE_FROM if links.get(rel, stated.wire_id) != stated.wire_id), ""
    )
    stated.url = next((links[rel] for rel in _PAGES if links.get(rel, "").startswith("http")), "")


def _origin(content: Element | None) -> Origin:
    located = next(iter(_all(content, "located")), None)
    if located is None:
        return Origin()
    place = _place(located)
    broader = located.findall("broader")
    country = [part for part in broader if "country" in (part.get("type") or "").lower()]
    region = next((name for part in (*country, *reversed(broader)) if (name := first(part, "name"))), "")
    return Origin(place, region if region != place else "") if place else Origin()


def _place(located: Element) -> str:
    """The name of a place; a code stands for it only where it is a name in letters ("city:Oslo")."""
    code = (located.get("literal") or located.get("qcode") or "").rpartition(":")[2]
    return first(located, "name") or (code if re.fullmatch(r"[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)*", code) else "")


def _body(part: Element, stated: Stated, limits: Limits) -> Body:
    """The story of an item: the first of its renditions that holds lines, the best marked up before the plain."""
    content = part if part.tag == "contentset" else part.find("contentset")
    for holder in sorted(_all(content, "inlinexml") + _all(content, "inlinedata"), key=_rank):
        body = content_of(holder, limits)
        if body.nitf is not None:
            inner, body = nitf_parts(body.nitf)
            inner.wire_id = inner.version = inner.language_assumed = ""
            stated.filled_from(inner)
        if body.lines:
            stated.left += [pair for pair in body.left if pair not in stated.left]
            return body
    return Body()


def _rank(holder: Element) -> int:
    kind = (holder.get("contenttype") or "").lower()
    order = ("nitf", "xhtml", "html", "xml", "plain")
    return next((number for number, name in enumerate(order) if name in kind), 0 if holder.tag == "inlinexml" else 4)


def _stand_in(part: Element, stated: Stated) -> Body:
    """What is read of an item without a story: its summary, or its headline alone. Raises WireError for neither."""
    content = part.find("contentmeta")
    nature = name_of_code(_code(part.find("itemmeta/itemclass")))
    if nature not in ("", "text", "composite"):
        has = (
            "it has a caption, but no story"
            if content is not None and content.find("description") is not None
            else "it holds no story"
        )
        raise WireError(f"{_called(part)} is a {nature} item; {has}.")
    elsewhere = attribute(part, "contentset/remotecontent", "href")
    if elsewhere:
        stated.warnings.append(f"The text of the item is not in the file but at {elsewhere[:200]}.")
    for described in _all(content, "description"):
        role = name_of_code(described.get("role") or "")
        said = words(described)
        if said and (not role or role in _SUMMARIES):
            stated.warnings.append("The item has no story; its summary was read instead.")
            return Body([said])
    if not stated.headline:
        said = "lists events or data" if part.find("contentset/inlinexml/*") is not None else "has no content"
        raise WireError(f"{_called(part)} {said}; it holds neither a headline nor a story.")
    stated.warnings.append("The item has no story; its headline is all that was read.")
    return Body()


def _named(party: Element) -> str:
    return house_name(
        first(party, "name"), *(party.get(name, "") for name in ("literal", "qcode", "uri")), words(party)
    )


def _code(element: Element | None) -> str:
    if element is None:
        return ""
    return next((value for name in ("qcode", "uri", "literal") if (value := element.get(name))), "") or words(element)


def _all(element: Element | None, name: str) -> list[Element]:
    return element.findall(name) if element is not None else []


def _inside(part: Element, name: str) -> str:
    """The language that the content itself declares."""
    roots: Iterator[Element] = (root for holder in part.findall("contentset/*") for root in holder)
    return next((value for root in roots if (value := root.get(name))), "")
