"""Place names in copy: found by gazetteer and name labels together, settled by what else the text names (R42)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import log10

from claims.extraction.expressions import MONTHS, WEEKDAYS
from claims.extraction.gazetteer import Place, bears, country_name, lookup, people_of
from claims.extraction.measures import PEOPLE
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.place_words import (
    AREA_WORDS,
    AREAS_OF_LAND,
    BEHIND,
    FACILITIES,
    GENERIC,
    INNER,
    LOCATIVE,
    REGION_WORDS,
    ROADS,
    STREETS,
    TITLES,
)
from claims.extraction.types import Anchor, PlaceFound

LONGEST = 5  # words in a place name
LARGE = 300_000  # inhabitants of a city that needs no sign in the words but its capital letter
MIDDLING = 60_000
MARGIN = 0.4  # how far ahead one reading must be
_LAND_SCORES = {"country": 11.0, "continent": 10.0, "sea": 10.0, "region": 7.0}
_AGED_NAME = re.compile(
    r"\b[A-Z][a-z]+(?:\s[A-Z](?:\.|[a-z]+))?\s([A-Z][a-z]+(?:[A-Z][a-z]+)?)(?:,?\s(?:Jr|Sr|II|III)\.?)?"
    r"(?:,\s|\s\()(?:an?\s)?\d{1,2}(?=[,;.)]|-year)"
)
CALENDAR = frozenset((*MONTHS, *WEEKDAYS))  # "June" is a spelling of towns somewhere
_CACHE = "newsdesk_places"


@dataclass(slots=True)
class _Mention:
    span: Span
    readings: tuple[Place, ...]
    picked: Place | None = None
    open: list[Place] = field(default_factory=list)


def find_places(doc: Doc, dateline: str = "") -> tuple[PlaceFound, ...]:
    """All place names in order; ``dateline`` is the place the copy was filed from and settles namesakes nearby."""
    mentions = _mentions(doc)
    countries = _countries(doc, mentions, dateline)
    for mention in mentions:
        _settle(mention, countries, doc)
    found = tuple(_found(mention) for mention in mentions)
    doc.user_data[_CACHE] = found
    return found


def known_places(doc: Doc) -> tuple[PlaceFound, ...]:
    """The places already found in ``doc``, looked for now where nobody did."""
    cached: tuple[PlaceFound, ...] | None = doc.user_data.get(_CACHE)
    return find_places(doc) if cached is None else cached


def _mentions(doc: Doc) -> list[_Mention]:
    surnames = _surnames(doc)
    common = {token.text for token in doc if token.text.islower()}
    found: list[_Mention] = []
    at = 0
    while at < len(doc):
        mention = _longest(doc, at, surnames, common)
        if mention is None:
            at += 1
            continue
        found.append(mention)
        at = mention.span.end
    return _with_labelled(doc, [*found, *_lands_of_people(doc)], surnames)


def _surnames(doc: Doc) -> set[str]:
    """Last names of the persons of the text: full names that the model labels, and names with an age behind them."""
    labelled = {token.lower_ for ent in doc.ents if ent.label_ == "PER" and len(ent) > 1 for token in ent[1:]}
    return labelled | {hit[1].lower() for hit in _AGED_NAME.finditer(doc.text)}


def _lands_of_people(doc: Doc) -> list[_Mention]:
    """A land named by its people only: "two Ukrainian cities", but not "the Ukrainian city of X"."""
    found = []
    for token in doc[:-1]:
        if not token.text[0].isupper() or not (code := people_of(token.text)):
            continue
        at = token.i + 1
        while at < min(len(doc) - 1, token.i + 3) and doc[at].pos_ == "ADJ":
            at += 1
        behind = doc[at + 1] if at + 1 < len(doc) else None
        named = behind is not None and (behind.lower_ in ("of", ",") or behind.pos_ == "PROPN")
        lands = tuple(place for place in lookup(country_name(code) or code) if place.kind != "city")
        if doc[at].lower_ in AREAS_OF_LAND and not named and lands:
            found.append(_Mention(doc[token.i : token.i + 1], lands))
    return found


def _longest(doc: Doc, at: int, surnames: set[str], common: set[str]) -> _Mention | None:
    token = doc[at]
    if not token.text[0].isalpha() or token.text.islower() or (token.is_sent_start and token.lower_ in ("the", "a")):
        return None
    if (county := _county(doc, at)) is not None:
        return _Mention(county, ())
    for end in range(min(len(doc), at + LONGEST), at, -1):
        span = doc[at:end]
        last = span[-1]
        if not (last.text[0].isupper() or (last.text[0].isalpha() and not last.text.isascii())) or any(
            t.is_space for t in span
        ):
            continue
        if any(t.text.islower() and t.lower_ not in INNER for t in span):
            continue
        if span.text.lower() in CALENDAR:
            return None
        readings = _spelt(span.text, lookup(span.text))
        if readings and _is_place(span, readings, surnames, common):
            return _Mention(span, readings)
    return None


def _county(doc: Doc, at: int) -> Span | None:
    """ "Ashby County": the county, and not a town of its name."""
    for end in (at + 2, at + 3):
        if (
            end <= len(doc)
            and doc[end - 1].text in ("County", "COUNTY")
            and all(_named(token) for token in doc[at:end])
        ):
            return doc[at:end]
    return None


def _named(token: Token) -> bool:
    return token.text[0].isupper() and token.text[-1].isalpha() and token.lower_ not in ("the", "a", "an")


def _spelt(text: str, readings: tuple[Place, ...]) -> tuple[Place, ...]:
    """Short forms of countries are written in capitals ("US", not "us")."""
    plain = text.replace(".", "")
    if len(plain) <= 3 and not plain.isupper():
        return tuple(place for place in readings if bears(place, text))
    return tuple(place for place in readings if place.kind != "city" or len(plain) > 3 or bears(place, text))


def _is_place(span: Span, readings: tuple[Place, ...], surnames: set[str], common: set[str]) -> bool:
    if _no_place(span, readings, surnames):
        return False
    label, entity = _label(span)
    whole = entity is None or (entity.start >= span.start and entity.end <= span.end)
    signed = _signed(span)
    land = any(place.kind != "city" for place in readings)
    size = max(place.population for place in readings)
    after = word_after(span)
    if (_titled(span) and not land) or (after is not None and after.lower_ in STREETS and after.text[0].isupper()):
        return False
    if label == "LOC":
        return whole or land or signed or size >= MIDDLING
    if label == "PER":
        if not whole:
            return entity is not None and span.start == entity.start and _office(span)
        return not surnames & {token.lower_ for token in span} and (
            land or size >= LARGE or (signed and size >= MIDDLING)
        )
    if label == "ORG" and not whole:
        return land and possessive(span)
    if span[0].pos_ not in ("PROPN", "NOUN", "ADJ", "X") or any(
        token.lower_ in common for token in span if len(span) == 1
    ):
        return False
    if surnames & {token.lower_ for token in span} and not signed:
        return False
    if land:
        return span[0].pos_ == "PROPN" or signed
    return span[0].pos_ == "PROPN" and (signed or size >= (LARGE if label != "ORG" else 3 * LARGE))


def _no_place(span: Span, readings: tuple[Place, ...], surnames: set[str]) -> bool:
    """What bears a town's name and is none: people, roads, "the Lincoln", a hospital's name, a common noun."""
    before, after, first = word_before(span), word_after(span), span[0]
    lone = len(span) == 1
    if lone and (first.lower_ in GENERIC or first.lower_ in PEOPLE):
        return True
    if len(span) == 2 and first.lower_ in GENERIC and span[1].lower_ in GENERIC:
        return True
    if span[-1].lower_ in ROADS and not lone:
        return True
    titled = after is not None and after.text[0].isupper()
    if titled and after is not None and (after.lower_ in ROADS or (len(span.text) <= 3 and after.lower_ in FACILITIES)):
        return True
    if any(place.kind != "city" for place in readings):
        return False
    if surnames & {token.lower_ for token in span}:
        return before is None or before.lower_ not in ("in", "at", "throughout", "across")
    alone = after is None or after.pos_ not in ("NOUN", "ADJ", "PROPN", "NUM", "PUNCT")
    article = before is not None and before.lower_ in ("the", "a", "an")
    return article and alone and not lookup(f"the {span.text}")


def _label(span: Span) -> tuple[str, Span | None]:
    for ent in span.doc.ents:
        if ent.start < span.end and span.start < ent.end:
            return ent.label_, ent
    return "", None


def word_before(span: Span) -> Token | None:
    return span.doc[span.start - 1] if span.start > span.sent.start else None


def word_after(span: Span) -> Token | None:
    return span.doc[span.end] if span.end < len(span.doc) else None


def _signed(span: Span) -> bool:
    """Words around that only a place has: "in X", "city of X", "X region", "X, Ukraine"."""
    before, after, doc = word_before(span), word_after(span), span.doc
    if before is not None:
        if before.lower_ in LOCATIVE:
            return True
        if (
            before.lower_ in ("of", "on")
            and before.i > span.sent.start
            and doc[before.i - 1].lower_.removesuffix("s") in AREA_WORDS
        ):
            return True
        if before.lower_ in ("and", ",") and before.i > span.sent.start and doc[before.i - 1].ent_type_ == "LOC":
            return True
    if after is None:
        return False
    if after.lower_ in BEHIND and after.lower_ not in ("'s", "’s"):
        return True
    behind = doc[after.i + 1] if after.i + 1 < len(doc) else None
    return (
        after.lower_ == ","
        and behind is not None
        and any(place.kind in ("country", "region") for place in lookup(behind.text))
    )


def _titled(span: Span) -> bool:
    before = word_before(span)
    return before is not None and before.lower_ in TITLES


def _office(span: Span) -> bool:
    after = word_after(span)
    return after is not None and after.lower_ in ("mayor", "governor", "police", "regional", "prosecutor", "president")


def possessive(span: Span) -> bool:
    after = word_after(span)
    return after is not None and after.lower_ in ("'s", "’s")


def _with_labelled(doc: Doc, found: list[_Mention], surnames: set[str]) -> list[_Mention]:
    """Add the names that the model takes for places and the gazetteer does not know; demonyms are none."""
    taken = {token.i for mention in found for token in mention.span}
    for ent in doc.ents:
        if ent.label_ != "LOC" or any(token.i in taken for token in ent):
            continue
        span = _trimmed(ent)
        if span is None or people_of(span.text) or not any(token.pos_ == "PROPN" for token in span):
            continue
        known = tuple(place for place in lookup(span.text) if place.kind != "city")
        shouted = span.text.isupper() and word_before(span) is not None and doc[span.start - 1].text == "("
        if _no_place(span, known, surnames) or shouted:
            continue
        if "-" in span.text and span.text.split("-")[-1].islower():
            continue
        if span[0].text[0].isupper() and (len(span.text) > 3 or known or _signed(span)):
            found.append(_Mention(span, known))
    return sorted(found, key=lambda mention: mention.span.start)


def _trimmed(ent: Span) -> Span | None:
    start, end = ent.start, ent.end
    while start < end and (ent.doc[start].lower_ == "the" or not ent.doc[start].text[0].isalpha()):
        start += 1
    while end > start and (
        ent.doc[end - 1].lower_ in ("'s", "’s", *REGION_WORDS) or not ent.doc[end - 1].text[-1].isalnum()
    ):
        end -= 1
    return ent.doc[start:end] if start < end else None


def _countries(doc: Doc, mentions: list[_Mention], dateline: str) -> dict[str, int]:
    """How often the text points to each country, by its name, its people or a place that only it has."""
    count: dict[str, int] = {}
    for mention in mentions:
        lands = {place.country for place in mention.readings if place.country}
        if len(lands) == 1:
            count[lands.pop()] = count.get(next(iter({p.country for p in mention.readings})), 0) + 1
    for token in doc:
        if token.text[0].isupper() and (code := people_of(token.text)):
            count[code] = count.get(code, 0) + 1
    for place in lookup(dateline)[:1] if dateline else ():
        count[place.country] = count.get(place.country, 0) + 3
    return count


def _settle(mention: _Mention, countries: dict[str, int], doc: Doc) -> None:
    if not mention.readings:
        return
    region = word_after(mention.span) is not None and doc[mention.span.end].lower_ in REGION_WORDS
    explicit = _explicit(mention.span)
    total = sum(countries.values()) or 1
    scored = sorted(
        (
            (_score(place, mention.span, countries, total, region, explicit), i)
            for i, place in enumerate(mention.readings)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    best, place = scored[0][0], mention.readings[scored[0][1]]
    rivals = [mention.readings[i] for score, i in scored if best - score < MARGIN]
    if len({(each.name, each.country, each.region) for each in rivals}) > 1:
        mention.open = rivals[:6]
    elif not (region and place.kind == "city" and not bears(place, mention.span.text)):
        mention.picked = place


def _explicit(span: Span) -> set[str]:
    """Names right behind a comma: "Paris, Texas"."""
    after, doc = word_after(span), span.doc
    if after is None or after.lower_ not in (",", "(") or after.i + 1 >= len(doc):
        return set()
    first, second = doc[after.i + 1].text, doc[after.i + 1 : after.i + 3].text
    named = {place for text in (first, second) for place in lookup(text) if place.kind in ("country", "region")}
    return {place.name for place in named} | {place.country for place in named if place.kind == "country"}


def _score(place: Place, span: Span, countries: dict[str, int], total: int, region: bool, explicit: set[str]) -> float:
    """How likely a reading is: size and renown, an exact name, and the countries that the text points to."""
    base = _LAND_SCORES.get(place.kind, log10(place.population + 1000) + log10(place.spellings + 1))
    if bears(place, span.text):
        base += 3.0 if region else 0.5
    if place.kind == "region" and not region:
        base -= 0.4  # "Washington" alone is the town
    base += 1.0 * countries.get(place.country, 0) / total + (0.5 if countries.get(place.country) else 0.0)
    if explicit & {place.country, place.region or "-"}:
        base += 10.0
    return base


def _found(mention: _Mention) -> PlaceFound:
    span = mention.span
    anchor = Anchor(span.start_char, span.end_char, span.text)
    if mention.open:
        names = {place.name for place in mention.open}
        labels = tuple(dict.fromkeys(place.label for place in mention.open))
        return PlaceFound(names.pop() if len(labels) == 1 else "", anchor, labels)
    return PlaceFound(mention.picked.name if mention.picked else span.text, anchor)
