"""Figures in running copy: what is counted, as an interval, of whom and where (R1 to R4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from claims.extraction import measures as m
from claims.extraction.antecedents import antecedent
from claims.extraction.counted_nouns import noun_lemma
from claims.extraction.counting import Counted, fatally, find_counted, said_of_them
from claims.extraction.dates import time_stretches
from claims.extraction.fates import Link, links, toll
from claims.extraction.gazetteer import people_of
from claims.extraction.listed import with_lists
from claims.extraction.nlp import Doc, Token
from claims.extraction.scenes import located
from claims.extraction.types import Anchor, FigureFound
from claims.extraction.units import CURRENCY_SIGN, interval, money, unit_measure
from claims.extraction.wordings import shares, zeros
from claims.figures import NUMBER

LISTED_PERCENT = re.compile(rf"\s*(?:,|and|or)\s+(?:{NUMBER})\s?(?:%|per\s?cent)", re.IGNORECASE)
KNOWN_SETS = frozenset({"these", "those", "both", "'s", "’s", "its", "their", "the"})
# The marks behind which a toll is broken down, with what closes them.
OPENING = {"(": ")", ":": "", ";": "", "--": "--", "—": "—", "–": "–"}
INCLUDING = frozenset({"including", "include", "includes", "included", "among"})


def find_figures(doc: Doc) -> tuple[FigureFound, ...]:
    """All figures of a text in order of their words; ``part_of`` is an index into the returned tuple (R4)."""
    counted = find_counted(doc, time_stretches(doc.text))
    kept: list[Counted] = []
    for each in counted:
        each.measure = measure(each, kept) or listed_percent(each)
        if each.measure:
            kept.append(each)
    share_heads(counted)
    kept = [each for each in counted if each.measure]
    for one, next_one in reversed(list(pairwise(kept))):
        join_ratio(one, next_one)
        join_list(one, next_one)
    kept = [each for each in kept if each.measure]
    found = [figure(each, kept) for each in kept]
    joined, lists = with_lists(doc, kept, found)
    return (*joined, *lists, *zeros(doc), *shares(doc))  # last, so that the indexes of part_of hold


def share_heads(counted: list[Counted]) -> None:
    """ "holds 500 and 1,000 songs": the first number counts what the second does."""
    for one, other in pairwise(counted):
        between = [token.lower_ for token in one.first.doc[one.right : other.left]]
        if not one.measure and one.noun is None and other.measure.startswith("other:") and between in (["and"], ["or"]):
            one.measure = other.measure


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
    if listed := included_among(counted):
        return listed
    led = included_in(counted, earlier)
    if led is not None:
        counted.part_of = led
        own = next(filter(None, map(toll, acting if said_of_them(counted) else acting[:1])), "")
        own = own if counted.noun is None else ""
        return "killed" if counted.noun is None and fatally(counted) else own or led.measure
    return thing_measure(counted, noun, acting, earlier)


def thing_measure(counted: Counted, noun: str, acting: list[Link], earlier: list[Counted]) -> str:
    subject = noun or antecedent(counted, earlier)
    if subject in m.UNCOUNTED:
        return ""
    if subject != noun and subject in m.NOUNS:
        return m.NOUNS[subject]  # "100 wounded were taken in, and 50 more"
    if subject in m.MUNITIONS and (fate := munition(subject, acting, counted)):
        return fate
    if fate := harm(counted, subject, acting, earlier):
        return fate
    if counted.noun is None and counted.first.lower_ == "one":
        return next(filter(None, map(toll, acting)), "")
    if fate := befell(counted, noun, subject, acting, earlier):
        return fate
    if not subject and index_level(counted):
        return "other:point"
    kind = "" if definite(counted) else thing(counted, subject, earlier)
    return f"other:{kind}" if kind else ""


def befell(counted: Counted, noun: str, subject: str, acting: list[Link], earlier: list[Counted]) -> str:
    """The toll that the words make of people, or of what may be people."""
    if subject in m.MUNITIONS | m.THINGS or is_building(subject):
        return ""
    if fate := next(filter(None, map(toll, acting)), "") or casualty_words(counted, noun):
        return fate
    return shared(counted, earlier) if not noun or noun in m.PEOPLE else ""


def thing(counted: Counted, subject: str, earlier: list[Counted]) -> str:
    """The name under which things are counted: "two strikes" by aircraft are air strikes, "24 A320s" are aircraft."""
    if subject == "mark":
        return "point" if any(token.lemma_.lower() in m.INDEX_WORDS for token in counted.sent) else ""
    if subject == "strike" and m.AIRMEN.search(counted.text):
        return "airstrike"
    if m.AIRLINERS.fullmatch(subject.removesuffix("s")):
        return "aircraft"
    last = noun_lemma(earlier[-1].noun) if earlier and earlier[-1].noun is not None else ""
    if subject == "others" and last and last not in m.PEOPLE and earlier[-1].measure == f"other:{last}":
        return last
    return singular(subject)


def listed_percent(counted: Counted) -> str:
    """The first of "eight and 14 per cent"."""
    sent = counted.sent
    behind = counted.text[sent.start_char + counted.quantity.number_end : sent.end_char][:40]
    return "percent" if counted.noun is None and LISTED_PERCENT.match(behind) else ""


def definite(counted: Counted) -> bool:
    """A small known set ("the two cities", "Portugal's two largest ports") is named, not counted."""
    lead = [token.lower_ for token in counted.first.doc[max(counted.sent.start, counted.left - 2) : counted.left]]
    known = lead[-1:] and lead[-1] in KNOWN_SETS and lead[:1] != ["of"]  # "six of the nine" keeps its whole
    return bool(known) and counted.noun is not None and counted.quantity.high <= 10 and counted.left == counted.first.i


def index_level(counted: Counted) -> bool:
    """Where an index stands: "closed at 7,114.3"."""
    before = counted.first.doc[max(counted.sent.start, counted.left - 1)]
    exact = "." in counted.first.text or "," in counted.first.text
    bounded = before.pos_ == "VERB" and counted.left < counted.first.i  # "falls below 9,000"
    return (
        exact
        and (before.pos_ == "ADP" or bounded)
        and any(token.lemma_.lower() in m.INDEX_WORDS for token in counted.sent)
    )


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


AMONG = re.compile(
    r"\b(?:the|those)\s+(dead|killed|injured|wounded|hurt|missing|detained|arrested|displaced)\s+"
    r"(?:\w+ly\s+|also\s+|were\s+|was\s+|are\s+)?(?:includ(?:e|es|ed|ing)|were|was|are)\s*$"
)


def included_among(counted: Counted) -> str:
    """The toll of "the dead included two doctors", where the whole has no number."""
    doc = counted.first.doc
    if not names_persons(counted):
        return ""
    found = AMONG.search(doc[max(counted.sent.start, counted.left - 6) : counted.left].text.lower())
    return "" if found is None else m.STATES.get(found[1], "detained")


def included_in(counted: Counted, earlier: list[Counted]) -> Counted | None:
    """The whole that the words make this a part of: "90, including six children", "two of them"."""
    if not earlier:
        return None
    if (whole := broken_down(counted, earlier)) is not None:
        return whole
    doc = counted.first.doc
    lead = doc[max(counted.sent.start, counted.left - 3) : counted.left]
    if any(token.lower_ in INCLUDING for token in lead) and not any(t.lower_ in ("was", "were") for t in lead):
        return next((e for e in reversed(earlier) if not e.measure.startswith(("money", "percent", "length"))), None)
    behind = doc[counted.last.i + 1 : min(counted.sent.end, counted.last.i + 3)].text.lower()
    if behind in ("of them", "of whom", "of those", "of which") or (counted.noun is None and fatally(counted)):
        return earlier[-1]
    if earlier[-1].part_of is None or not shared(counted, earlier):
        return None
    closes = doc[counted.right : min(counted.sent.end, counted.right + 1)].text == ")"
    apart = next(filter(None, map(toll, links(counted)[:1])), "")
    return earlier[-1].part_of if closes or not apart else None


def broken_down(counted: Counted, earlier: list[Counted]) -> Counted | None:
    """The toll that a list without a verb takes apart: "20 dead: 12 soldiers and ...", "six (five men and ...)"."""
    doc, at, end = counted.first.doc, counted.left - 1, counted.sent.end
    if at < counted.sent.start or doc[at].text not in OPENING or not names_persons(counted):
        return None
    whole = next((e for e in reversed(earlier) if e.part_of is None and e.measure in m.TOLLS), None)
    if whole is None or counted.quantity.high > whole.quantity.high:
        return None
    closing = OPENING[doc[at].text]
    close = next((i for i in range(counted.right, end) if closing and doc[i].text == closing), end)
    return None if any(doc[i].pos_ in ("VERB", "AUX") for i in range(counted.left, close)) else whole


def names_persons(counted: Counted) -> bool:
    noun = counted.noun
    return noun is not None and bool(m.names_people(noun_lemma(noun)) or people_of(noun.text))


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
        if role == "patient" and (lemma in m.DAMAGE or token.lower_ in ("damaged", "destroyed") or ruined(token)):
            return "buildings_damaged"
        if (role == "patient" and lemma in m.AFFECT) or (
            role == "agent" and lemma in ("lose", "burn", "collapse", "flood")
        ):
            return "buildings_damaged" if lemma in ("burn", "collapse") else "buildings_affected"
        if role == "agent" and lemma in ("sustain", "suffer"):
            return "buildings_damaged"
    return ""


def harm(counted: Counted, subject: str, acting: list[Link], earlier: list[Counted]) -> str:
    """What befell buildings; that a plant closed or was searched is no harm to it."""
    if subject in m.WORKS:
        fate = building(acting)
        return fate if fate == "buildings_damaged" else ""
    return building(acting) or cut_off(counted) or shared_damage(counted, earlier) if is_building(subject) else ""


def ruined(verb: Token) -> bool:
    """ "set on fire", "blown up"."""
    nearby = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 4)]
    behind = {word.lower_ for word in nearby}
    return (verb.lemma_ == "set" and bool(behind & m.ABLAZE)) or (verb.lemma_ == "blow" and "up" in behind)


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
    if lead[-1:] == ["to"] and (state := brought_to(counted)):
        return state
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


def brought_to(counted: Counted) -> str:
    """ "brought to five the number of people detained"."""
    behind = counted.first.doc[counted.right : min(counted.sent.end, counted.right + 16)]
    if not behind.text.lower().startswith(("the number of", "the toll", "the death toll")):
        return ""
    if "toll" in behind[:3].text.lower():
        return "killed"
    return next(
        (
            m.STATES.get(t.lower_) or m.person_measure(t.lemma_.lower())
            for t in behind
            if t.lower_ in m.STATES or m.person_measure(t.lemma_.lower())
        ),
        "",
    )


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
    if part.first.lower_ == "one" and whole.noun is not None and (state := befallen(whole)):
        part.measure, whole.measure = "", state  # "was one of three people wounded" tells of the three
    elif part.measure == "munitions_intercepted":
        whole.measure = "munitions_fired"
    elif not whole.measure.startswith("other:") and whole.noun is not None:
        state = m.STATES.get(whole.noun.lower_, "")
        whole.measure = state or f"other:{singular(noun_lemma(whole.noun))}"


def befallen(whole: Counted) -> str:
    """The toll that the word right behind a counted phrase makes of it: "three people wounded"."""
    after = whole.first.doc[whole.right : min(whole.sent.end, whole.right + 1)].text.lower()
    return m.STATES.get(after, "")


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
    sent = counted.sent
    start = sent.start_char + counted.quantity.start
    end = sent.start_char + counted.quantity.end
    if counted.noun is not None and counted.noun.i - counted.last.i <= 4:
        end = max(end, counted.noun.idx + len(counted.noun))
    sign = CURRENCY_SIGN.search(counted.text, max(0, start - 6), start)
    return Anchor(sign.start(1) if sign else start, end, counted.text[sign.start(1) if sign else start : end])
