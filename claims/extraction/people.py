"""The persons that a text names: full names, the roles given with them, and where they are mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.extraction.attribution_spans import noun_phrase
from claims.extraction.nlp import Doc, Span
from claims.extraction.speaker_words import DETERMINERS, is_kind

MAX_ROLE_WORDS = 9
SAME_STEM = 5
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
OFFICES = {"ceo": ("chief", "executive"), "cfo": ("chief", "financial"), "pm": ("prime", "minister")}
ASIDE_WORDS = 8


@dataclass(slots=True)
class Person:
    """One person of the text; ``mentions`` are token indexes of the last words of mentions, ``alias`` is lower-case."""

    name: str
    words: tuple[str, ...]
    roles: list[str] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    alias: str = ""

    def has_role(self, words: set[str]) -> bool:
        """Whether a role given to the person holds all these words; "Norwegian" stands for "Norway" too."""
        wanted = role_words(words)
        return any(all(_held(word, held) for word in wanted) for held in map(_words_of, self.roles))


@dataclass(frozen=True, slots=True)
class Naming:
    """A stretch that names a person: ``start`` to ``end`` are the name's tokens, ``role`` the words given with it."""

    start: int
    end: int
    role: str


def role_words(words: Iterable[str]) -> set[str]:
    """The words of a role, with the short forms of offices spelled out and no "officer" behind "chief executive"."""
    found = {each for word in words for each in OFFICES.get(word, (word,))}
    return found - {"officer"} if "chief" in found else found


def _words_of(role: str) -> set[str]:
    return role_words(WORD.findall(role.lower()))


def _held(word: str, held: set[str]) -> bool:
    return word in held or (len(word) > SAME_STEM and any(one[:SAME_STEM] == word[:SAME_STEM] for one in held))


def name_in(doc: Doc, start: int, end: int) -> Naming | None:
    """Return the person's name that a noun phrase ends in, with the title and role before it, or None."""
    first = _last_person(doc, start, end)
    if first is None:
        first = _after_last_role(doc, start, end)
    if first is None:
        return None
    while first < end - 1 and is_kind(doc[first].text, "title", "role"):
        first += 1
    last_role = _after_last_role(doc, start, end)
    if last_role is not None and last_role > first:
        first = last_role
    before = doc[first - 1] if first > start else None
    if before is not None and (before.lower_ in DETERMINERS or before.lower_ in ("'s", "’s")):
        return None
    if _depends(doc, start, first):
        return None
    return Naming(first, end, role_text(doc, start, first)) if _is_name(doc, first, end) else None


def _depends(doc: Doc, start: int, first: int) -> bool:
    """ "a spokesman for President Name", "sources at General Hospital": the name only modifies what stands before."""
    at = first - 1
    while at > start and (is_kind(doc[at].text, "title", "role") or doc[at].lower_ in DETERMINERS):
        at -= 1
    return at >= start and doc[at].pos_ in ("ADP", "CCONJ")


def _last_person(doc: Doc, start: int, end: int) -> int | None:
    """Where the person's name begins that the phrase ends in, as the model marked it."""
    first = end - 1
    if doc[first].ent_type_ != "PER":
        return None
    while first > start and doc[first].ent_iob_ == "I":
        first -= 1
    return first


def _after_last_role(doc: Doc, start: int, end: int) -> int | None:
    """Where capitalised words follow the last title or role word: the name, even if the model saw none there."""
    last = next((i for i in range(end - 1, start - 1, -1) if is_kind(doc[i].text, "title", "role")), None)
    if (
        last is None
        or last + 1 >= end
        or any(doc[i].lower_ in ("of", "for", "to", "'s", "’s") for i in range(last + 1, end))
    ):
        return None
    if any(is_kind(doc[i].text, "body") for i in range(last + 1, end)):
        return None
    return last + 1 if _is_name(doc, last + 1, end) else None


def _is_name(doc: Doc, start: int, end: int) -> bool:
    words = [doc[i] for i in range(start, end)]
    capital = [word for word in words if word.text[:1].isupper()]
    return 0 < len(words) <= 6 and bool(capital) and words[0].text[:1].isupper() and words[-1].text[:1].isalpha()


def role_text(doc: Doc, start: int, end: int) -> str:
    """Return the words of a role without article and outer punctuation, "" where no word of them is a title or role."""
    while start < end and (doc[start].lower_ in DETERMINERS or doc[start].is_punct or doc[start].is_space):
        start += 1
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    known = any(is_kind(doc[i].text, "role") for i in range(start, end))
    return doc[start:end].text if known and end - start <= MAX_ROLE_WORDS else ""


def people_of(doc: Doc) -> list[Person]:
    """Return the persons of a text in the order of their first mention, surnames joined to full names."""
    found: list[Person] = []
    singles: list[Naming] = []
    for ent in doc.ents:
        naming = _naming(doc, ent)
        if naming is None:
            continue
        if naming.end - naming.start > 1:
            _add(found, doc, naming)
        else:
            singles.append(naming)
    for naming in singles:
        _add_single(found, doc, naming)
    return found


def _naming(doc: Doc, ent: Span) -> Naming | None:
    if ent.label_ != "PER":
        return None
    head = ent.root
    start = min(noun_phrase(head)[0], ent.start) if head.pos_ in ("PROPN", "NOUN") else ent.start
    while (
        head.head.i < ent.start
        and head.dep_ in ("flat", "appos", "compound", "nmod:desc")
        and ent.start - head.head.i <= 6
    ):
        if any(doc[i].text in (",", "(") for i in range(head.head.i, ent.start)):
            break
        head = head.head
        start = min(start, noun_phrase(head)[0])
    naming = name_in(doc, start, ent.end)
    if naming is None:
        return None
    return naming if naming.role else Naming(naming.start, naming.end, _aside(doc, naming))


def _aside(doc: Doc, naming: Naming) -> str:
    """ "Name, the mayor of Place," or "the mayor, Name,"."""
    after = naming.end
    if after + 2 < len(doc) and doc[after].text == "(" and doc[after + 2].text == ")":
        after += 3
    if after + 1 < len(doc) and doc[after].text == ",":
        stop = after + 1
        while stop < min(len(doc), after + ASIDE_WORDS) and not (doc[stop].is_punct or doc[stop].pos_ == "VERB"):
            stop += 1
        role = role_text(doc, after + 1, stop)
        if role and stop < len(doc) and doc[stop].is_punct:
            return role
    if naming.start >= 3 and doc[naming.start - 1].text == ",":
        return role_text(doc, noun_phrase(doc[naming.start - 2])[0], naming.start - 1)
    return ""


def _words(doc: Doc, naming: Naming) -> tuple[str, ...]:
    return tuple(doc[i].lower_ for i in range(naming.start, naming.end) if not doc[i].is_punct)


def _add(found: list[Person], doc: Doc, naming: Naming) -> None:
    words = _words(doc, naming)
    known = next(
        (one for one in found if one.words == words or (one.words[-1] == words[-1] and one.words[0] == words[0])), None
    )
    if known is None:
        known = Person(doc[naming.start : naming.end].text, words)
        found.append(known)
    known.alias = known.alias or _alias(doc, naming.end)
    _note(known, naming)
    beside = _aside(doc, naming) if naming.role else ""
    if beside and beside not in known.roles:
        known.roles.append(beside)


def _alias(doc: Doc, at: int) -> str:
    """ "Name Surname (Alias)", "Name Surname, alias 'Alias',": the other name, lower-case."""
    words = [token for token in doc[at : at + 5] if token.text not in (",", '"', "“", "”")]
    if len(words) < 3:
        return ""
    glossed = words[0].text == "(" and words[2].text == ")" and words[1].is_title
    called = words[0].lower_ == "alias" and words[1].is_title
    return words[1].lower_ if glossed or called else ""


def _add_single(found: list[Person], doc: Doc, naming: Naming) -> None:
    words = _words(doc, naming)
    known = next((one for one in found if words[-1] in one.words), None) if words else None
    if known is None and words and naming.role:
        known = Person(doc[naming.start : naming.end].text, words)
        found.append(known)
    if known is not None:
        _note(known, naming)


def _note(person: Person, naming: Naming) -> None:
    person.mentions.append(naming.end - 1)
    if naming.role and naming.role not in person.roles:
        person.roles.append(naming.role)
