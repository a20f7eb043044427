"""Counted phrases: a number, the noun it counts, and what happened to that noun, read from the parse and its words.

The parse of a headline or a list is often wrong, so each question is asked of the words nearby
first and of the tree next.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from claims.extraction.counted_nouns import counted_noun, noun_lemma, plural
from claims.extraction.expressions import MONTHS
from claims.extraction.measures import (
    AGED,
    AIRLINERS,
    DURATIONS,
    FATAL,
    NOUNS,
    PEOPLE,
    POINTERS,
    STATES,
    is_unit,
    person_measure,
)
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.place_words import ROADS
from claims.extraction.wordlists import words
from claims.figures import Quantity, find_quantities

# Things that bear a type number ("Trent 900 engines").
TYPED = words(
    "index indice engine jet jetliner aircraft plane airliner helicopter tank phone processor console model program "
    "programme dreamliner rifle pistol launcher gun truck replacement series project family demise"
)
COLLECTIVE = words("crew personnel troop staff casualty dead")
CALIBRES = words("mm caliber calibre cal gauge")
WEAPONS = words(
    "mortar gun pistol rifle cannon howitzer shell round ammunition machinegun submachinegun carbine cartridge bullet "
    "handgun weapon shotgun casing"
)
CLOCK = words("am pm a.m. p.m. a.m p.m gmt utc o'clock hrs est cet local")
ORDINALS = frozenset({"st", "nd", "rd", "th"})
LABELS = words(
    "no number flight route highway page chapter article section resolution group class channel room gate level "
    "phase version series model type line point unit district zone block image photo picture slide"
)


@dataclass(slots=True)
class Counted:
    """One number in its sentence; ``noun`` is None for a bare number, ``left`` to ``right`` is the phrase (tokens)."""

    quantity: Quantity
    sent: Span
    text: str  # of the whole document: to join it from its words again for each number would be slow
    first: Token
    last: Token
    noun: Token | None
    left: int
    right: int
    measure: str = ""
    part_of: Counted | None = field(default=None, repr=False)

    @property
    def head(self) -> Token:
        return self.last if self.noun is None else self.noun


def find_counted(doc: Doc, blocked: list[tuple[int, int]]) -> list[Counted]:
    """Every number of ``doc`` that counts or measures; ``blocked`` are stretches (expressions of time) with none."""
    found, text = [], doc.text
    for sent in doc.sents:
        for quantity in find_quantities(text[sent.start_char : sent.end_char]):
            start, end = quantity.number_start + sent.start_char, quantity.number_end + sent.start_char
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None or any(a < end and start < b for a, b in blocked):
                continue
            noun = counted_noun(span, sent)
            whole = doc.char_span(quantity.start + sent.start_char, end, alignment_mode="expand") or span
            right = max(span.end, noun.i + 1 if noun is not None else 0)
            counted = Counted(quantity, sent, text, span[0], span[-1], noun, whole.start, right)
            if not names_something_else(counted):
                found.append(counted)
    return found


def names_something_else(counted: Counted) -> bool:
    """Ages, years, clock times, durations, and numbers that are part of a name are no figures."""
    doc, first, last = counted.first.doc, counted.first, counted.last
    before = doc[first.i - 1] if first.i > counted.sent.start else None
    after = doc[last.i + 1] if last.i + 1 < counted.sent.end else None
    if counted.noun is not None and noun_lemma(counted.noun) in DURATIONS | {"old"}:
        return True
    unit = doc[last.i + 2] if after is not None and after.lower_ == "-" and last.i + 2 < counted.sent.end else after
    if unit is not None and noun_lemma(unit) in DURATIONS:
        return True
    if is_age(counted, before, after) or is_year(counted, before) or is_address(counted, after):
        return True
    if after is not None and (after.lower_ in CLOCK | ORDINALS | frozenset(MONTHS) or after.text == "G"):
        return True
    if counted.noun is not None and counted.noun.text in ("/", "°", "'", "&"):
        return True
    if is_calibre(counted):
        return True
    if first.lower_ == "one" and (not counts_one(counted) or (after is not None and after.lower_ == "another")):
        return True
    if first.is_digit and before is not None and after is not None and (before.text, after.text) == ("[", "]"):
        return True  # a footnote
    if [token.lower_ for token in doc[max(counted.sent.start, first.i - 2) : first.i]] == ["all", "but"]:
        return True  # how many were spared, while the verb tells of the others
    return is_model(counted, before) or (before is not None and is_label(counted, before, after))


def is_calibre(counted: Counted) -> bool:
    """ "a 60 mm mortar", ".40 caliber rounds": the number is the weapon's."""
    sent, at = counted.sent, counted.last.i + 1
    ahead = [token for token in counted.first.doc[at : min(sent.end, at + 4)] if token.text != "-"]
    if not ahead or ahead[0].lower_ not in CALIBRES:
        return False
    return ahead[0].lower_ != "mm" or (len(ahead) > 1 and noun_lemma(ahead[1]) in WEAPONS)


def is_age(counted: Counted, before: Token | None, after: Token | None) -> bool:
    doc, at = counted.first.doc, counted.first.i
    if any(token.lower_ in AGED for token in doc[max(counted.sent.start, at - 4) : at]) or in_list_of_ages(counted):
        return True
    ahead = [token.lower_ for token in doc[counted.last.i + 1 : min(counted.sent.end, counted.last.i + 5)]]
    short = counted.first.is_digit and len(counted.first.text) <= 2
    if before is not None and before.lower_ in ("both", "each") and short and ahead[:1] in ([","], [")"], ["."], []):
        return True
    if (
        ahead[:2] == ["-", "year"]
        or ahead[:1] in (["year"], ["years"])
        or ("old" in ahead[2:4] and "year" in "".join(ahead))
    ):
        return True
    if before is not None and before.lower_ == "both" and counted.first.is_digit and counted.noun is None:
        return True  # "Both men, both 61, were hurt"
    if before is None or before.lower_ not in (",", "("):
        return False
    if ahead[:1] == ["of"] and ahead[1:2] in (["whom"], ["them"], ["which"], ["those"]):
        return False
    named = at >= 2 and doc[at - 2].pos_ in ("PROPN", "NOUN")
    alone = after is None or after.lower_ in (",", ")", ".", ";", "of", "from")
    return named and alone and short


def in_list_of_ages(counted: Counted) -> bool:
    """ "ages 15, 18, and 22", "one 17 and the other 21"."""
    doc, at = counted.first.doc, counted.first.i - 1
    if at < counted.sent.start or not counted.first.is_digit or counted.noun is not None:
        return False
    if doc[at].lower_ in ("one", "other"):
        return True
    while at > counted.sent.start and (doc[at].is_digit or doc[at].lower_ in (",", "and", "or")):
        at -= 1
    return doc[at].lower_ in AGED


def is_address(counted: Counted, after: Token | None) -> bool:
    """ "302 E. Reed St.", "1094 Misty Hollow Lane": a house number."""
    if after is None or not counted.first.is_digit or counted.left != counted.first.i or not after.text[0].isupper():
        return False
    ahead = counted.first.doc[after.i : min(counted.sent.end, after.i + 4)]
    return any(token.lower_ in ROADS and token.text[0].isupper() for token in ahead if token.pos_ == "PROPN")


def is_year(counted: Counted, before: Token | None) -> bool:
    text = counted.first.text
    if counted.first.i != counted.last.i or not (text.isdigit() and len(text) == 4 and 1500 <= int(text) <= 2100):
        return False
    if counted.left < counted.first.i or (before is not None and before.lower_ in ("$", "€", "£", "us$")):
        return False
    plural = counted.noun is not None and counted.noun.text.endswith("s") and counted.noun.i - counted.last.i <= 2
    led = before is not None and (
        before.pos_ in ("ADP", "DET", "PROPN", "PART") or before.lower_ in ("since", "until", "early", "late")
    )
    return led or not plural


def counts_one(counted: Counted) -> bool:
    """ "one" counts in "one soldier" and "only one of", not in "one of the best", "one day" or "that one"."""
    noun = counted.noun
    if noun is None:
        return one_of_them(counted)
    return noun.i - counted.last.i <= 3 and noun_lemma(noun) not in POINTERS


def one_of_them(counted: Counted) -> bool:
    """Whether a bare "one" is somebody: "killing one", "one died", "one of them"; not "was one of those hurt"."""
    doc, at, end = counted.last.doc, counted.last.i + 1, counted.sent.end
    before = doc[at - 2] if at - 2 >= counted.sent.start else None
    if before is not None and before.lower_ in ("no", "any", "some", "every", "the", "this", "that"):
        return False
    after = [token.lower_ for token in doc[at : min(end, at + 3)]]
    if after[:1] == ["of"]:
        named = after[2] if after[1:2] in (["the"], ["those"]) and len(after) > 2 else ""
        return (
            named not in STATES
            and named != "most"
            and not named.endswith("est")
            and (before is None or before.lemma_ != "be")
        )
    if before is not None and before.pos_ == "VERB" and person_measure(before.lemma_.lower()):
        return True
    linked = after[:1] in (["was"], ["is"], ["were"]) and bool(STATES.keys() & set(after))
    return linked or bool(after and (after[0] in STATES or after[0] in ("died", "fatally")))


def is_model(counted: Counted, before: Token | None) -> bool:
    """ "the 717 program", "the Cac 40 index", "version 4.0 software": digits before a singular noun are a name's."""
    noun, text = counted.noun, counted.first.text
    if noun is not None and AIRLINERS.fullmatch(text) and (noun_lemma(noun) in TYPED or not plural(noun)):
        return counted.left == counted.first.i
    if noun is not None and is_named_type(counted, before, noun):
        return True
    if (
        noun is None
        or noun.lower_ in ("mark", "level")
        or plural(noun)
        or counted.first.i != counted.last.i
        or not text[0].isdigit()
        or text == "1"
    ):
        return False
    joined = not counted.last.whitespace_  # "a 14-member panel"
    if noun_lemma(noun) in PEOPLE - COLLECTIVE and text.isdigit() and not joined:
        return True  # "photo 3 of 9 | Police officer"
    if noun.i != counted.last.i + 1 or counted.left < counted.first.i or noun.pos_ == "SYM" or is_unit(noun.lower_):
        return False
    named = before is not None and before.pos_ == "PROPN" and before.text[0].isupper()
    return named or noun.pos_ == "PROPN" or "." in text or (len(text) >= 3 and "," not in text)


def is_named_type(counted: Counted, before: Token | None, noun: Token) -> bool:
    """ "Boeing 787 jets", "the Nikkei 225 index", "the Ward 9 shooting death": the number is a name's."""
    text, lone = counted.first.text, counted.first.i == counted.last.i and counted.left == counted.first.i
    if not lone or not text.isdigit() or noun_lemma(noun) in PEOPLE or text == "1":
        return False
    if before is not None and before.text[0].islower() and not before.is_lower:
        return True  # "the iPhone 4 orders"
    if before is not None and before.pos_ == "PROPN" and before.text[0].isupper() and before.ent_type_ != "LOC":
        return before.whitespace_ == " " and (bool(before.ent_type_) or noun_lemma(noun) in TYPED)
    return noun_lemma(noun) in NOUNS and noun.pos_ == "NOUN" and not plural(noun)


def is_label(counted: Counted, before: Token, after: Token | None) -> bool:
    """ "Flight 447", "Brigade 5", "No. 3": the number is a name's."""
    if counted.first.i != counted.left or not counted.first.text[0].isdigit():
        return False
    if before.text == "#" and counted.quantity.high < 1000:
        return "." not in counted.first.text
    counting = counted.noun is not None and counted.noun.i > counted.last.i and plural(counted.noun)
    if before.lower_.rstrip(".") in LABELS and before.i + 1 == counted.first.i and not counting:
        return before.pos_ in ("NOUN", "PROPN") or before.lower_.rstrip(".") == "no"
    named = before.pos_ == "PROPN" and before.text[0].isupper() and before.whitespace_ == " "
    goes_on = after is not None and (after.pos_ in ("AUX", "VERB", "NOUN") or after.lower_ in ("dead", "%"))
    return named and not counting and not goes_on and counted.noun is None


def fatally(counted: Counted) -> bool:
    """ "nine were shot, two fatally"."""
    return counted.first.doc[counted.right : min(counted.sent.end, counted.right + 1)].text.lower() in FATAL


def said_of_them(counted: Counted) -> bool:
    """ "20 men, four of whom died": what follows is said of the part."""
    at = counted.last.i + 1
    return counted.first.doc[at : min(counted.sent.end, at + 2)].text.lower() in ("of whom", "of them", "of those")
