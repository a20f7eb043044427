"""Figures in running copy: what is counted, as an interval, of whom and where (R1 to R4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from claims.extraction import measures as m
from claims.extraction.counting import Counted, find_counted, noun_lemma
from claims.extraction.dates import time_stretches
from claims.extraction.fates import Link, links, toll
from claims.extraction.gazetteer import people_of
from claims.extraction.nlp import Doc, Token
from claims.extraction.scenes import located
from claims.extraction.types import Anchor, FigureFound
from claims.extraction.units import CURRENCY_SIGN, interval, money, unit_measure
from claims.extraction.wordings import shares, zeros

KNOWN_SETS = frozenset({"these", "those", "both", "'s", "’s", "its", "their", "the"})
INCLUDING = frozenset({"including", "include", "includes", "included", "among"})


def find_figures(doc: Doc) -> tuple[FigureFound, ...]:
    """All figures of a text in order of their words; ``part_of`` is an index into the returned tuple (R4)."""
    counted = find_counted(doc, time_stretches(doc.text))
    kept: list[Counted] = []
    for each in counted:
        each.measure = measure(each, kept)
        if each.measure:
            kept.append(each)
    for one, next_one in reversed(list(pairwise(kept))):
        join_ratio(one, next_one)
        join_list(one, next_one)
    kept = [each for each in kept if each.measure]
    found = [figure(each, kept) for each in kept]
    return (*found, *zeros(doc), *shares(doc))  # last, so that the indexes of part_of hold


def measure(counted: Counted, before: Sequence[Counted]) -> str:
    """The measure of one counted phrase, "" where it is no figure; sets ``part_of`` where the words say so."""
    physical = money(counted)[0] or unit_measure(counted)
    if physical:
        return physical
    earlier = [each for each in before if each.sent.start == counted.sent.start]
    acting = links(counted)
    noun = noun_lemma(counted.noun) if counted.noun is not None else ""
    word = counted.noun.lower_ if counted.noun is not None else ""
    if (kind := m.NOUNS.get(noun) or m.NOUNS.get(word)) and not is_building(noun):
        return kind
    led = included_in(counted, earlier)
    if led is not None:
        counted.part_of = led
        own = next(filter(None, map(toll, acting[:1])), "") if counted.noun is None else ""
        return own or led.measure
    return thing_measure(counted, noun, acting, earlier)


def thing_measure(counted: Counted, noun: str, acting: list[Link], earlier: list[Counted]) -> str:
    subject = noun or antecedent(counted, earlier)
    if subject in m.MUNITIONS and (fate := munition(subject, acting, counted)):
        return fate
    if is_building(subject) and (fate := building(acting) or cut_off(counted) or shared_damage(counted, earlier)):
        return fate
    if counted.noun is None and counted.first.lower_ == "one":
        return next(filter(None, map(toll, acting)), "")
    if subject not in m.MUNITIONS | m.THINGS and not is_building(subject):
        if (fate := next(filter(None, map(toll, acting)), "")) or (fate := casualty_words(counted, noun)):
            return fate
        if (fate := shared(counted, earlier)) and (not noun or noun in m.PEOPLE):
            return fate
    if not subject and index_level(counted):
        return "other:point"
    if definite(counted):
        return ""
    return f"other:{singular(subject)}" if subject else ""


def definite(counted: Counted) -> bool:
    """A small known set ("the two cities", "Portugal's two largest ports") is named, not counted."""
    lead = [token.lower_ for token in counted.first.doc[max(counted.sent.start, counted.left - 2) : counted.left]]
    known = lead[-1:] and lead[-1] in KNOWN_SETS and lead[:1] != ["of"]  # "six of the nine" keeps its whole
    return bool(known) and counted.noun is not None and counted.quantity.high <= 10 and counted.left == counted.first.i


def index_level(counted: Counted) -> bool:
    """Where an index stands: "closed at 7,114.3"."""
    before = counted.first.doc[max(counted.sent.start, counted.left - 1)]
    exact = "." in counted.first.text or "," in counted.first.text
    return exact and before.pos_ == "ADP" and any(token.lemma_.lower() in m.INDEX_WORDS for token in counted.sent)


def shared(counted: Counted, earlier: list[Counted]) -> str:
    """The toll that a list goes on with: "killed five soldiers, two officers and a guard"."""
    if not earlier:
        return ""
    last, doc = earlier[-1], counted.first.doc
    between = doc[last.right : counted.left]
    joined = 0 < len(between) <= 2 and all(token.lower_ in (",", "and", "or", "another") for token in between)
    return last.measure if joined and not last.measure.startswith("other:") else ""


def singular(noun: str) -> str:
    if people_of(noun):
        return "person"
    return {"people": "person", "others": "person", "other": "person"}.get(noun, noun)


def is_building(noun: str) -> bool:
    return noun in m.BUILDINGS


def included_in(counted: Counted, earlier: list[Counted]) -> Counted | None:
    """The whole that the words make this a part of: "90, including six children", "two of them"."""
    if not earlier:
        return None
    doc = counted.first.doc
    lead = doc[max(counted.sent.start, counted.left - 3) : counted.left]
    if any(token.lower_ in INCLUDING for token in lead) and not any(t.lower_ in ("was", "were") for t in lead):
        return next((e for e in reversed(earlier) if not e.measure.startswith(("money", "percent", "length"))), None)
    behind = doc[counted.last.i + 1 : min(counted.sent.end, counted.last.i + 3)].text.lower()
    if behind in ("of them", "of whom", "of those", "of which"):
        return earlier[-1]
    if (
        earlier[-1].part_of is not None
        and shared(counted, earlier)
        and not next(filter(None, map(toll, links(counted)[:1])), "")
    ):
        return earlier[-1].part_of
    return None


def antecedent(counted: Counted, earlier: list[Counted]) -> str:
    """What a bare number counts: the noun behind "of its", else the last thing counted before "of them" or "more"."""
    doc, at = counted.last.doc, counted.last.i + 1
    ahead = doc[at : min(counted.sent.end, at + 7)]
    if ahead and ahead[0].lower_ in ("of", "out"):
        for token in ahead[1:]:
            if token.lower_ in ("them", "which", "those"):
                return last_thing(doc, counted.first.i)
            if token.pos_ in ("NOUN", "PROPN") and not (
                token.i + 1 < len(doc) and doc[token.i + 1].pos_ in ("NOUN", "PART")
            ):
                return noun_lemma(token)
        return ""
    if (
        earlier
        and earlier[-1].noun is not None
        and (shared_word(counted, earlier[-1]) or ahead.text.lower().startswith("more"))
    ):
        return noun_lemma(earlier[-1].noun)
    return ""


def shared_word(counted: Counted, last: Counted) -> bool:
    between = counted.first.doc[last.right : counted.left]
    return 0 < len(between) <= 12 and any(token.lower_ == "and" for token in between[-2:])


def last_thing(doc: Doc, at: int) -> str:
    """The nearest plural munition or counted noun before ``at`` that "them" can mean, "" beyond sixty words."""
    for i in range(at - 1, max(0, at - 60), -1):
        if doc[i].pos_ == "NOUN" and doc[i].lemma_.lower() in m.MUNITIONS and doc[i].lower_ != doc[i].lemma_.lower():
            return doc[i].lemma_.lower()
    return ""


def munition(noun: str, acting: list[Link], counted: Counted) -> str:
    for token, role in acting:
        lemma = token.lemma_.lower()
        if role == "patient" and (lemma in m.INTERCEPT - {"shoot"} or lemma == "destroy" or shot_down(token)):
            return "munitions_intercepted"
        if lemma in ("explode", "detonate") and noun not in m.LAUNCHED:
            return ""
        if role in ("agent", "with") and lemma in m.HIT | {"damage", "destroy", "kill", "injure"}:
            return "munitions_hit" if role == "agent" or lemma in ("hit", "strike") else "munitions_fired"
        if role == "patient" and lemma in m.FIRE:
            return "munitions_fired"
        if noun in m.LAUNCHED and (role == "with" or lemma in m.COMPRISE or lemma in m.FIRE):
            return "munitions_fired"
    doc, at = counted.first.doc, counted.left
    lead = doc[max(counted.sent.start, at - 2) : at]
    if len(lead) == 2 and lead[1].lower_ in ("of", "with", "by") and lead[0].lemma_.lower() in m.BARRAGES:
        return "munitions_fired"
    words = {token.lemma_.lower() for token in doc[counted.sent.start : at] if token.pos_ in ("NOUN", "VERB")}
    handled = any(token.lemma_.lower() in m.HANDLED for token, _ in acting)
    return "munitions_fired" if noun in m.LAUNCHED and not handled and words & (m.FIRE | m.BARRAGES | {"use"}) else ""


def shot_down(token: Token) -> bool:
    nearby = token.doc[token.i + 1 : min(token.sent.end, token.i + 3)]
    return token.lemma_ in ("shoot", "bring", "take") and any(word.lower_ == "down" for word in nearby)


def building(acting: list[Link]) -> str:
    for token, role in acting:
        lemma = token.lemma_.lower()
        if role == "patient" and (lemma in m.DAMAGE or token.lower_ in ("damaged", "destroyed")):
            return "buildings_damaged"
        if (role == "patient" and lemma in m.AFFECT) or (
            role == "agent" and lemma in ("lose", "burn", "collapse", "flood")
        ):
            return "buildings_damaged" if lemma in ("burn", "collapse") else "buildings_affected"
        if role == "agent" and lemma in ("sustain", "suffer"):
            return "buildings_damaged"
    return ""


def cut_off(counted: Counted) -> str:
    """ "heating to 200 homes was lost", "12 schools were left without power"."""
    doc, sent = counted.first.doc, counted.sent
    lead = [token.lower_ for token in doc[max(sent.start, counted.left - 4) : counted.left]]
    behind = [token.lower_ for token in doc[counted.right : min(sent.end, counted.right + 8)]]
    led = bool(m.UTILITIES & set(lead)) and lead[-1] in ("to", "in", "for", "at")
    bereft = bool(m.UTILITIES & set(behind)) and bool({"without", "lost", "no"} & set(behind))
    return "buildings_affected" if led or bereft else ""


def shared_damage(counted: Counted, earlier: list[Counted]) -> str:
    measure = shared(counted, earlier)
    return measure if measure.startswith("buildings") else ""


def casualty_words(counted: Counted, noun: str) -> str:
    """Tolls named by a noun nearby: "the death toll rose to 12", "the number of wounded reached 40"."""
    doc, start = counted.first.doc, counted.sent.start
    inside = [token.lower_ for token in doc[counted.last.i + 1 : counted.right]]
    if state := next((m.STATES[word] for word in inside if word in m.STATES), ""):
        return state
    lead = [token.lower_ for token in doc[max(start, counted.left - 12) : counted.left]]
    if noun and noun not in m.PEOPLE:
        return ""
    if noun and lead[-2:] == ["loss", "of"]:
        return "killed"
    if "toll" in lead:
        return "injured" if "injury" in lead or "injured" in lead else "killed"
    if "number" in lead and (state := next((m.STATES[word] for word in reversed(lead) if word in m.STATES), "")):
        return state
    among = re.search(
        r"\b(?:among|of)\s+(?:those|the)\s+(killed|dead|injured|wounded|missing|detained)\b", " ".join(lead)
    )
    return m.STATES[among[1]] if among and noun in m.PEOPLE else ""


def join_list(one: Counted, other: Counted) -> None:
    """ "127 rebels and about 50 soldiers were reported dead": what befell the last befell the first."""
    noun = singular(noun_lemma(one.noun)) if one.noun is not None else ""
    person = noun in m.PEOPLE and one.measure == f"other:{noun}" and other.part_of is None
    if person and one.sent.start == other.sent.start and not other.measure.startswith("other:"):
        between = [token.lower_ for token in one.first.doc[one.right : other.left]]
        if between in (["and"], [","], [",", "and"], ["or"]) and not next(filter(None, map(toll, links(one)[:1])), ""):
            one.measure = other.measure


def join_ratio(part: Counted, whole: Counted) -> None:
    """ "five out of eight rockets", "six of the nine": the second is the whole of the first (R1)."""
    between = part.first.doc[part.last.i + 1 : whole.left]
    words = [token.lower_ for token in between]
    if (
        part.sent.start != whole.sent.start
        or words[:1] not in (["of"], ["out"])
        or len(words) > 4
        or part.noun not in (None, whole.noun)
    ):
        return
    part.part_of = whole
    if part.measure == "munitions_intercepted":
        whole.measure = "munitions_fired"
    elif not whole.measure.startswith("other:") and whole.noun is not None:
        state = m.STATES.get(whole.noun.lower_, "")
        whole.measure = state or f"other:{singular(noun_lemma(whole.noun))}"


def figure(counted: Counted, kept: list[Counted]) -> FigureFound:
    reach = interval(counted)
    noun = counted.noun
    whom = ""
    if noun is not None and not counted.measure.startswith(("money", "percent", "length", "munitions", "buildings")):
        whom = m.population(noun_lemma(noun), noun.text)
    elif counted.part_of is not None and counted.part_of.noun is not None:
        whom = m.population(noun_lemma(counted.part_of.noun), counted.part_of.noun.text)
    whole = next((i for i, each in enumerate(kept) if each is counted.part_of), None)
    return FigureFound(
        measure=counted.measure,
        low=reach.low,
        high=reach.high,
        approximate=reach.approximate,
        anchor=anchor(counted),
        population=whom,
        place=located(counted.head),
        unit=money(counted)[1],
        part_of=whole,
    )


def anchor(counted: Counted) -> Anchor:
    """Hedge, number and noun where they stand together; the hedge and number alone where many words come between."""
    doc, sent = counted.first.doc, counted.sent
    start = sent.start_char + counted.quantity.start
    end = sent.start_char + counted.quantity.end
    if counted.noun is not None and counted.noun.i - counted.last.i <= 4:
        end = max(end, counted.noun.idx + len(counted.noun))
    sign = CURRENCY_SIGN.search(doc.text, max(0, start - 6), start)
    return Anchor(sign.start(1) if sign else start, end, doc.text[sign.start(1) if sign else start : end])
