"""The story in a page: which elements are not it, which one holds it, and its text, a line for each block."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

from ingest.cleaning.characters import paragraphs, squeeze, tidy
from ingest.cleaning.furniture import kind_of
from ingest.cleaning.tables import Kind
from ingest.wire.finder import found_lines
from ingest.wire.metadata import body_of
from ingest.wire.restoring import restored

_DROP = frozenset(
    [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "form",
        "button", "select", "textarea", "input", "nav", "aside", "audio", "video", "picture", "map",
        "dialog", "menu", "head", "figcaption",
    ]
)  # fmt: skip
_NOISE = re.compile(
    r"(?:\w+[-_]+)*(?:share|sharing|social|related|recommend(?:ed|ations?)?|newsletter|signup|subscri\w+|promo\w*|advert\w*|ads?"
    r"|sponsor\w*|cookies?|consent|gdpr|comments?|disqus|breadcrumbs?|nav|navigation|navbar|menu|sidebar|footer|popup|modal"
    r"|paywall|donat\w+|most[-_](?:read|popular)|trending|outbrain|taboola|tags?|toolbar|caption|copyright|hidden)(?:[-_]+\w+)*",
    re.IGNORECASE,
)
_STATE = re.compile(
    r"(?:no|has|with|without|tag|category|post|type|status|is|single|js|page|layout)[-_]", re.IGNORECASE
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset(["navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert"])
_RUNNING = frozenset(["p", "li", "blockquote", "pre", "dd"])
_INLINE = frozenset(
    [
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
        "img", "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt",
        "u", "var", "wbr",
    ]
)  # fmt: skip
_MIN_RUNNING = 40
_MAIN_SHARE = 0.75
_SAFE_SHARE = 0.3
_LINKED = 0.6
_MAX_NOTE = 1500
_TEASER_WORDS = 4
_STOPS = (".", "”", '"')


class _Weights:
    """How much text, linked text and running text (whole sentences, not links) each element holds, in characters."""

    def __init__(self, root: HtmlElement) -> None:
        self.text: Counter[HtmlElement] = Counter()
        self.linked: Counter[HtmlElement] = Counter()
        self.running: Counter[HtmlElement] = Counter()
        for element in reversed(list(root.iter())):
            self._weigh(element)
            parent = element.getparent()
            if parent is not None:
                self.text[parent] += self.text[element] + len((element.tail or "").strip())
                self.linked[parent] += self.linked[element]
                self.running[parent] += self.running[element]

    def _weigh(self, element: HtmlElement) -> None:
        self.text[element] += len((element.text or "").strip())
        if element.tag == "a":
            self.linked[element] = self.text[element]
        if element.tag in _RUNNING:
            long = self.text[element] >= _MIN_RUNNING and self.linked[element] <= _LINKED * self.text[element]
            self.running[element] = self.text[element] if long else 0


def story_lines(root: HtmlElement, headline: str = "") -> list[str]:
    """The lines of the story in a page, one for each block of text, in the order of the page. Changes the tree.

    trafilatura finds the story, and what it left out inside it is put back. Where it finds nothing, or less than half
    of a story that the page itself marks, the block that holds most running text is the story. A story that only the
    page's metadata hold is read from there.
    """
    headings = {headline, *map(_text_of, root.iter("h1"))}
    teasers = _teasers(root) - headings
    found = [line for line in found_lines(root) if line not in teasers]
    stated = paragraphs(body_of(root))
    _drop_noise(root, _Weights(root))
    weights = _Weights(root)
    marked = _marked(root, weights)
    if not found or (marked is not None and 2 * sum(map(len, found)) < weights.running[marked]):
        return _lines(_heaviest(root, weights) if marked is None else marked)
    return restored(found, _lines(root), headings) or stated or found


def _drop_noise(root: HtmlElement, weights: _Weights) -> None:
    """Takes out what is not copy by its element; by its class only where it does not hold much of the page's text."""
    enough = _SAFE_SHARE * weights.running[root]
    waiting = [(root, False)]
    while waiting:
        element, noted = waiting.pop()
        if element.tag not in ("html", "body", "main", "article"):
            noise = not noted and weights.running[element] <= enough and _is_noise(element)
            noted = noted or (noise and weights.text[element] <= _MAX_NOTE and _holds_note(element))
            if element.tag in _DROP or _is_unseen(element) or (noise and not noted):
                _remove(element)
                continue
        waiting += [(child, noted) for child in element]


def _holds_note(element: HtmlElement) -> bool:
    """Whether a correction stands in an element; papers put theirs into the foot of an article."""
    return any(kind_of(line) is Kind.NOTE for line in _lines(element))


def _is_unseen(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return bool(_UNSEEN.search(element.get("style", "")[:500]))


def _is_noise(element: HtmlElement) -> bool:
    if element.get("role") in _ROLES:
        return True
    if element.tag in ("header", "footer") and not any(up.tag in ("article", "main") for up in element.iterancestors()):
        return element.find(".//h1") is None
    names = f"{element.get('class', '')} {element.get('id', '')}"[:500].split()
    return any(_NOISE.fullmatch(name) and not _STATE.match(name) for name in names if len(name) <= 60)


def _remove(element: HtmlElement) -> None:
    """Takes an element out and keeps the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    previous, tail = element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + " " + tail
    else:
        parent.text = (parent.text or "") + " " + tail
    element.tail = None
    parent.remove(element)


def _marked(root: HtmlElement, weights: _Weights) -> HtmlElement | None:
    """The one element that the page marks as its story."""
    for path in ("//*[@itemprop='articleBody']", "//article[not(ancestor::article)]"):
        marked = [found for found in root.xpath(path) if weights.running[found]]
        if len(marked) == 1:
            return marked[0]
    return None


def _heaviest(root: HtmlElement, weights: _Weights) -> HtmlElement:
    """The deepest element that holds most of the page's running text."""
    found = root
    while True:
        heavy = [child for child in found if weights.running[child] >= _MAIN_SHARE * weights.running[root] > 0]
        if not heavy or heavy[0].tag in _RUNNING:
            return found
        found = heavy[0]


def _lines(story: HtmlElement) -> list[str]:
    lines: list[list[str]] = [[]]
    for event, element in etree.iterwalk(story, events=("start", "end")):
        if element.tag not in _INLINE:
            lines.append([])
        if event == "start":
            lines[-1].append("" if _is_teaser(element) else element.text or "")
        elif element is not story:
            lines[-1].append(element.tail or "")
    return [line for parts in lines if (line := squeeze(tidy("".join(parts))))]


def _is_teaser(element: HtmlElement) -> bool:
    """A link that is a whole list item or paragraph by itself, and no sentence: a pointer to another page."""
    parent = element.getparent()
    if element.tag != "a" or parent is None or parent.tag not in ("li", "p") or len(parent) != 1:
        return False
    around = (parent.text or "") + (element.tail or "")
    return not around.strip() and not (element.text or "").rstrip().endswith(_STOPS)


def _text_of(element: HtmlElement) -> str:
    return squeeze(tidy("".join(element.itertext())))


def _teasers(root: HtmlElement) -> set[str]:
    """The words of the page's links that are no sentences; a line of the story is never one of them alone."""
    linked = set(map(_text_of, root.iter("a")))
    return {words for words in linked if len(words.split()) >= _TEASER_WORDS and not words.endswith(_STOPS)}
