"""The story in a page: which elements are not it, which one holds it, and its text, a line for each block."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree
from lxml.html import HtmlElement

from ingest.cleaning.characters import squeeze, tidy

_DROP = frozenset(
    [
        "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "math", "canvas", "form",
        "button", "select", "textarea", "input", "nav", "aside", "footer", "audio", "video", "picture", "map",
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


def story_lines(root: HtmlElement) -> list[str]:
    """The lines of the story in a page, one for each block of text, in the order of the page. Changes the tree."""
    _drop_noise(root, _Weights(root))
    return _lines(_story(root, _Weights(root)))


def _drop_noise(root: HtmlElement, weights: _Weights) -> None:
    """Takes out what is not copy by its element; by its class only where it does not hold much of the page's text."""
    enough = _SAFE_SHARE * weights.running[root]
    for element in list(root.iter()):
        if element.tag in ("html", "body", "main", "article"):
            continue
        light = weights.running[element] <= enough
        if element.tag in _DROP or _is_unseen(element) or (light and _is_noise(element)):
            _remove(element)


def _is_unseen(element: HtmlElement) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden") == "true":
        return True
    return bool(_UNSEEN.search(element.get("style", "")[:500]))


def _is_noise(element: HtmlElement) -> bool:
    if element.get("role") in _ROLES:
        return True
    if element.tag == "header" and not any(up.tag in ("article", "main") for up in element.iterancestors()):
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


def _story(root: HtmlElement, weights: _Weights) -> HtmlElement:
    """The element marked as the story, else the deepest one that holds most of the page's running text."""
    for path in ("//*[@itemprop='articleBody']", "//article[not(ancestor::article)]"):
        marked = [found for found in root.xpath(path) if weights.running[found]]
        if len(marked) == 1:
            return marked[0]
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
    return not around.strip() and not (element.text or "").rstrip().endswith((".", "”", '"'))
