"""NewsML 1.0 to 1.2: news items made of components: some hold the story, others its headline or pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from ingest.cleaning.tables import Kind
from ingest.wire.body import Body, content_of
from ingest.wire.changes import change_of, name_of_code
from ingest.wire.charset import Decoded
from ingest.wire.filed import Origin
from ingest.wire.nitf import nitf_parts
from ingest.wire.sender import too_many
from ingest.wire.sniff import Clue
from ingest.wire.stated import KILLING, Stated, agencies_of_notice, assemble, holder_of, house_name, is_person
from ingest.wire.types import Limits, WireError, WireFile, WireItem
from ingest.wire.xml import attribute, first, parse, words

_NO_STORY = re.compile(
    r"style ?sheet|(?:sub)?head ?line|contact|logo|photo|picture|image|graphic|video|audio|icon|thumb|caption|preview"
    r"|quicklook|keyword|abstract|summary|teaser|metadata|copyright|ticker|related|link",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"photo|picture|image|graphic|video|audio|animation|css|jpe?g|gif|png|tiff?|mpe?g|flash|pdf", re.IGNORECASE
)
_MADE_FROM = re.compile(r"deriv|translat|previous|replac|correct|updat|based|original", re.IGNORECASE)
_NOTE_LINE = re.compile(
    r"ed(?:itor'?s?|itorial)?[ -]?notes?|advisory|instructions?|note to editors?|correction", re.IGNORECASE
)
_PAGE_LINE = re.compile(r"(?:(?:web|story|article|canonical|news) ?)?(?:url|link|page)|permalink", re.IGNORECASE)
_SENDER = "newsenvelope/sentfrom/party"
_CODE = re.compile(r"[A-Z]{3}")  # of a country, which is no word of a dateline
_MAX_COMPONENTS = 2_000
_PLACES = ("city", "town", "place")
_REGIONS = ("country", "countryname", "state", "countryarea", "region")


@dataclass(frozen=True, slots=True)
class Story:
    """The components of one story, in their order, and the language that they state."""

    parts: tuple[Element, ...]
    language: str


def is_newsml1(clue: Clue) -> bool:
    """Whether the root is that of NewsML 1."""
    return clue.root.lower() == "newsml" and not clue.namespace.startswith("http://iptc.org/std/nar/")


def read_newsml1(raw: bytes, limits: Limits) -> WireFile:
    """The items of a NewsML 1 file. Raises WireError where none of them holds copy."""
    decoded, root = parse(raw, limits)
    found = list(root.iter("newsitem"))
    if not found:
        raise WireError("This NewsML file holds no NewsItem, and so no copy.")
    if len(found) > limits.max_items:
        raise too_many(len(found), limits)
    held = _held(root)
    items: list[WireItem] = []
    left: list[str] = []
    for part in found:
        try:
            read, also = _read_item(root, part, held.get(part, []), decoded, limits)
            items += read
            left += also
        except WireError as error:
            left.append(str(error))
    if len(items) > limits.max_items:
        raise too_many(len(items), limits)
    if not items:
        raise WireError(" ".join(left[:3]) or "The file holds no copy.")
    return WireFile(tuple(items), tuple(left))


def _held(root: Element) -> dict[Element, list[Element]]:
    """The components of each news item, without those of an item that stands inside it. Raises WireError."""
    held: dict[Element, list[Element]] = {}
    for number, component in enumerate(root.iter("newscomponent"), 1):
        if number > _MAX_COMPONENTS:
            raise WireError(f"The file holds more than {_MAX_COMPONENTS:,} components.")
        owner = next(component.iterancestors("newsitem"), None)
        if owner is not None:
            held.setdefault(owner, []).append(component)
    return held


def _read_item(
    root: Element, part: Element, components: list[Element], decoded: Decoded, limits: Limits
) -> tuple[list[WireItem], list[str]]:
    """The stories of one news item (several where it is a package of them), and what else it holds."""
    stories, left = _chosen(_stories(components), _alternatives(components))
    if len(stories) > limits.max_items:
        raise too_many(len(stories), limits)
    base = _managed(part)
    if not stories and base.whole_change() not in KILLING:
        top = part.find("newscomponent")
        stories = [Story((top,), _language(top))] if top is not None and _line(top, "headline") else []
        if not stories:
            raise WireError(_nothing(part, components, base.wire_id))
    items: list[WireItem] = []
    for number, story in enumerate(stories or [Story((), "")]):
        stated = _managed(part)
        stated.wire_id += f"#{number + 1}" if number and stated.wire_id else ""
        items.append(_read_story(root, part, story, stated, decoded, limits))
    return items, left


def _nothing(part: Element, components: list[Element], wire_id: str) -> str:
    called = f"The NewsItem {wire_id[:120]}".strip()
    if part.find("update") is not None:
        return (
            f"{called} only changes parts of an earlier revision, which this desk does not apply; ask for it in full."
        )
    held = (item for component in components for item in component.findall("contentitem"))
    pictures = any(_MEDIA.search(" ".join(_kinds(item))) for item in held)
    return f"{called} holds {'pictures or other media' if pictures else 'neither a headline nor copy'}, and no story."


def _read_story(
    root: Element, part: Element, story: Story, stated: Stated, decoded: Decoded, limits: Limits
) -> WireItem:
    lines: list[str] = []
    for component in story.parts:
        body = _content(component, stated, limits)
        lines += body.lines
        stated.left += [pair for pair in body.left if pair not in stated.left]
    around = story.parts[0] if story.parts else part.find("newscomponent")
    told = Stated(
        language=story.language, language_assumed=attribute(part, ".", "lang") or attribute(root, ".", "lang")
    )
    if around is not None:
        _read_lines(around, told)
        _read_administration(around, told)
    told.outlet = told.outlet or house_name(attribute(root, _SENDER, "formalname"))
    for name, value in (("headline", stated.headline), ("printed", stated.printed)):
        setattr(told, name, getattr(told, name) or value)
    stated.headline = stated.printed = ""
    merged = _merged(stated, told)
    if not lines and merged.whole_change() not in KILLING:
        merged.warnings.append("The item has no story; its headline is all that was read.")
    missing = [
        what
        for what, there in (
            ("identifier (NewsIdentifier)", merged.wire_id),
            ("time of its revision (ThisRevisionCreated)", merged.version_created),
        )
        if not there
    ]
    return assemble("newsml-1", decoded, lines, merged, limits, missing)


def _merged(stated: Stated, told: Stated) -> Stated:
    """What the news lines tell goes before what an NITF inside the content says again."""
    inner_outlet, stated.outlet = stated.outlet, told.outlet
    stated.slug = told.slug or stated.slug
    stated.signed = told.signed or stated.signed
    stated.language = told.language or stated.language
    stated.filled_from(told)
    stated.outlet = stated.outlet or inner_outlet
    return stated


def _managed(part: Element) -> Stated:
    """Identity, times and status of a news item."""
    stated = Stated()
    identifier = part.find("identification/newsidentifier")
    stated.version = first(identifier, "revisionid")
    stated.wire_id = _wire_id(identifier, stated.version)
    stated.slug = first(part, "identification/namelabel")
    management = part.find("newsmanagement")
    stated.version_created = stated.moment(
        first(management, "thisrevisioncreated", "firstcreated"), "time of the revision"
    )
    status = attribute(management, "status", "formalname")
    stated.embargoed = name_of_code(status) == "embargoed"
    instructions = [element.get("formalname", "") for element in _all(management, "instruction")]
    stated.notes = [said for element in _all(management, "instruction") if (said := first(element, "comment"))]
    revision = identifier.find("revisionid") if identifier is not None else None
    updated = revision is not None and (
        revision.get("update", "N").upper() in ("U", "A")
        or revision.get("previousrevision", "0").strip() not in ("", "0")
    )
    stated.change = change_of([status, *instructions, "update" if updated else ""])
    if stated.embargoed:
        stated.embargo = stated.moment(
            first(management, "statuswillchange/dateandtime", "embargo", "releasedate"), "end of the embargo"
        )
    stated.derived_from = attribute(management, "derivedfrom", "newsitem") or next(
        (
            link.get("newsitem", "")
            for link in _all(management, "associatedwith")
            if _MADE_FROM.search(f"{link.get('formalname', '')} {first(link, 'comment')}")
        ),
        "",
    )
    return stated


def _wire_id(identifier: Element | None, revision: str) -> str:
    """The public identifier without its revision, which is the same for every revision; built where it is missing."""
    public = first(identifier, "publicidentifier")
    if public:
        return (
            re.sub(rf":{re.escape(revision)}[NUA]?$", "", public)
            if revision
            else re.sub(r":\d{1,6}[NUA]?$", "", public)
        )
    parts = [first(identifier, name) for name in ("providerid", "dateid", "newsitemid")]
    return f"urn:newsml:{':'.join(parts)}" if all(parts) else parts[2]


def _stories(components: list[Element]) -> list[Story]:
    """The components that hold a story, put together where they stand under one headline."""
    held: dict[Element, list[Element]] = {}
    for component in filter(_is_story, components):
        held.setdefault(_headed(component), []).append(component)
    return [Story(tuple(parts), _language(parts[0])) for parts in held.values()]


def _is_story(component: Element) -> bool:
    roles = [role for up in _upward(component) if (role := attribute(up, "role", "formalname"))]
    if roles and _NO_STORY.search(roles[0]):
        return False
    return any(_holder(item) is not None for item in component.findall("contentitem"))


def _holder(item: Element) -> Element | None:
    """The element that holds the words of a content item, None for media and for what lies elsewhere."""
    if any(map(_MEDIA.search, _kinds(item))):
        return None
    holder = next(item.iter("datacontent"), None)
    return holder if holder is not None and words(holder) else None


def _kinds(item: Element) -> list[str]:
    return [attribute(item, name, "formalname") for name in ("mediatype", "format", "mimetype")]


def _headed(component: Element) -> Element:
    """The nearest component that has a headline: the story that a part belongs to."""
    up = list(_upward(component))
    return next((one for one in up if first(one, "newslines/headline")), up[-1])


def _upward(component: Element) -> Iterator[Element]:
    yield component
    for up in component.iterancestors():
        if up.tag != "newscomponent":
            return
        yield up


def _alternatives(components: list[Element]) -> bool:
    """Whether the components of an item are languages of one story rather than several stories."""
    choices = " ".join(words(choice) for component in components for choice in component.findall("basisforchoice"))
    equal = any(component.get("equivalentslist", "").lower() == "yes" for component in components)
    return equal or "language" in choices.lower()


def _chosen(stories: list[Story], alternatives: bool) -> tuple[list[Story], list[str]]:
    """The stories to read; of one story in several languages the English one, else the first."""
    languages = list(dict.fromkeys(story.language for story in stories))
    if not alternatives or len(languages) < 2:
        return stories, []
    best = next((language for language in languages if language.lower().startswith("en")), languages[0])
    others = ", ".join(language or "no stated language" for language in languages if language != best)
    return (
        [story for story in stories if story.language == best],
        [f"The same story stands there in other languages too ({others}); it was read in {best or languages[0]}."],
    )


def _content(component: Element, stated: Stated, limits: Limits) -> Body:
    """The best of the content items of a component, which are renditions of one text."""
    holders = [(item, holder) for item in component.findall("contentitem") if (holder := _holder(item)) is not None]
    for _, holder in sorted(holders, key=lambda pair: _rank(pair[0])):
        body = content_of(holder, limits)
        if body.nitf is not None:
            inner, body = nitf_parts(body.nitf)
            inner.wire_id = inner.version = inner.language_assumed = ""
            stated.filled_from(inner)
        if body.lines:
            return body
    return Body()


def _rank(item: Element) -> int:
    kind = " ".join(_kinds(item)).lower()
    return next((number for number, name in enumerate(("nitf", "xhtml", "html", "xml", "plain")) if name in kind), 3)


def _line(component: Element, name: str) -> str:
    """The words of a news line, of the component itself or of the nearest one around it that has one."""
    return next((said for up in _upward(component) if (said := first(up, f"newslines/{name}"))), "")


def _read_lines(component: Element, told: Stated) -> None:
    told.headline = _line(component, "headline")
    told.slug = _line(component, "slugline")
    told.printed = _line(component, "dateline")
    told.signed = [said] if (said := _line(component, "byline")) else []
    told.credits = [said] if (said := _line(component, "creditline")) else []
    rights = _line(component, "copyrightline")
    told.credits += agencies_of_notice(rights)
    deck = _line(component, "subheadline")
    told.left = [(Kind.HEADLINE.value, deck)] if deck else []
    told.left += [(Kind.COPYRIGHT.value, rights)] if rights else []
    for line in (line for up in _upward(component) for line in up.findall("newslines/newsline")):
        kind, said = attribute(line, "newslinetype", "formalname"), first(line, "newslinetext")
        if said and _NOTE_LINE.fullmatch(kind):
            told.notes.append(said)
        elif said.startswith("http") and _PAGE_LINE.fullmatch(kind):
            told.url = told.url or said


def _read_administration(component: Element, told: Stated) -> None:
    """Provider, sources, creators and the place of origin, of the component or the nearest around it."""
    sent = [attribute(root, _SENDER, "formalname") for root in component.iterancestors("newsml")]
    told.outlet = house_name(*_parties(component, "provider"), *sent) or holder_of(_line(component, "copyrightline"))
    told.credits += [name for party in _parties(component, "source") if (name := house_name(party))]
    for creator in _parties(component, "creator"):
        if is_person(creator):
            told.authors.append(creator)
        elif name := house_name(creator):
            told.credits.append(name)
    for location in (found for up in _upward(component) for found in up.findall("descriptivemetadata/location")):
        if (location.get("howpresent") or "").lower() in ("origin", "dateline", "from"):
            told.origin = told.origin if told.origin.place else _origin(location)


def _parties(component: Element, role: str) -> list[str]:
    for up in _upward(component):
        found = [
            name
            for party in up.findall(f"administrativemetadata/{role}/party")
            if (name := party.get("formalname", "").strip() or words(party))
        ]
        if found:
            return found
    return []


def _origin(location: Element) -> Origin:
    held = {
        found.get("formalname", "").lower(): (found.get("value") or words(found)).strip()
        for found in location.findall("property")
    }
    return Origin(
        next((held[name] for name in _PLACES if held.get(name)), ""),
        next((held[name] for name in _REGIONS if held.get(name) and not _CODE.fullmatch(held[name])), ""),
    )


def _language(component: Element) -> str:
    return next(
        (
            said
            for up in _upward(component)
            if (said := attribute(up, "descriptivemetadata/language", "formalname") or up.get("lang", ""))
        ),
        "",
    )


def _all(element: Element | None, name: str) -> list[Element]:
    return element.findall(name) if element is not None else []
