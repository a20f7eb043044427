"""Who a source phrase names: "He", a surname, "the ministry" or "the mayor" become the person or body meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from claims.extraction.attribution_clauses import ISSUING
from claims.extraction.attribution_spans import Stretch, child, has_case, noun_phrase
from claims.extraction.bodies import Bodies
from claims.extraction.cues import RECORDS, SAYING_NOUNS
from claims.extraction.initialisms import described, initials, plain, without_gloss
from claims.extraction.nlp import Doc, Token
from claims.extraction.people import Naming, Person, name_in, people_of, role_text
from claims.extraction.pronouns import Pronouns
from claims.extraction.quotes import MARKS, Quote
from claims.extraction.speaker_words import DETERMINERS, PRONOUNS, is_kind
from claims.extraction.types import Anchor, Source

RECENT = 6
SAME = frozenset({"same", "latter", "very"})
MAX_BACK = 400
MAX_PLACE = 7
QUOTES = "\"'“”‘’"
AND = re.compile(r",? and |, ")
CALLED = (("known", "as"), ("called",), ("named",), ("dubbed",), ("calling", "itself"), ("calling", "themselves"))
# "The document" may be a communique, a letter or a report.
ANY_DOCUMENT = frozenset({"document", "text"})
PAPERS = frozenset({"communique", "statement", "letter", "report", "declaration", "release", "dispatch", "bulletin"})
# Words that take up whoever was last let speak without a name.
ANYBODY = frozenset({"source", "official", "spokesman", "spokeswoman", "spokesperson"})


def anchor(doc: Doc, stretch: Stretch) -> Anchor:
    """Return the anchor of a stretch of tokens."""
    span = doc[stretch[0] : stretch[1]]
    return Anchor(span.start_char, span.end_char, span.text)


class Speakers:
    """Resolves the source phrases of one text in reading order, so that each can lean on those before it."""

    def __init__(self, doc: Doc, quotes: Iterable[Quote] = ()) -> None:
        self.doc = doc
        self._quoted = {i for quote in quotes for i in range(quote.start, quote.end)}
        self._ents = doc.ents
        self._people = people_of(doc)
        self._phrases: list[tuple[str, frozenset[str], Source]] = []
        self._spoken: list[tuple[int, Source]] = []
        self._initials = initials(doc)
        self._ways = (
            *(self._called, self._named_aside, self._issuer, self._full_body),
            *(self._same_noun, self._same_again, self._same_document),
        )
        self._pronouns = Pronouns(doc, self._quoted, self._people)
        self._bodies = Bodies(doc, self._initials, self._quoted)

    def resolve(self, stretch: Stretch, head: int) -> Source:
        """Return who the phrase names and remember the answer for the phrases to come."""
        source = self._resolve(stretch, self.doc[head])
        self._spoken.append((stretch[0], source))
        words = frozenset(token.lower_ for token in self.doc[stretch[0] : stretch[1]])
        self._phrases.append((self.doc[head].lower_, words, source))
        return source

    def last(self, before: int) -> Source | None:
        """Return who spoke last before this token."""
        return next((source for at, source in reversed(self._spoken) if at < before), None)

    def _resolve(self, stretch: Stretch, head: Token) -> Source:
        where = anchor(self.doc, stretch)
        if head.lower_ in PRONOUNS:
            return self._pronoun(head, where)
        naming = name_in(self.doc, *without_gloss(self.doc, stretch))
        if naming is not None and plain(self.doc, stretch) not in self._initials:
            return self._person(naming, where, head)
        role = self._by_role(stretch, head)
        if role is not None:
            return Source(role.name, role.roles[0], "person", where)
        for known in self._ways:
            source = known(stretch, head)
            if source is not None:
                return replace(source, anchor=where)
        return self._as_it_stands(stretch, head, where)

    def _named_aside(self, stretch: Stretch, head: Token) -> Source | None:
        """ "a low-cost airline, Name," or "the firm's chairman, Name": the name behind the comma."""
        after = self._comma_behind(stretch[1], head)
        titled = head.pos_ == "PROPN" and is_kind(head.text, "role")
        if after is None or (head.pos_ == "PROPN" and not titled):
            return None
        if stretch[0] > 1 and self.doc[stretch[0] - 2].lower_ == "according":
            return None
        start = self._over(after + 1, 2)
        ent = next((ent for ent in self._ents if ent.start <= max(start, after + 2) and ent.end > start > after), None)
        if ent is None or ent.start <= after or ent.label_ == "LOC" or not self._closed(ent.end):
            return None
        role = role_text(self.doc, *stretch)
        naming = name_in(self.doc, after + 1, ent.end) if ent.label_ == "PER" or role else None
        if naming is not None:
            found = self._person(naming, anchor(self.doc, stretch), ent.root)
            return replace(found, role=found.role or role, kind="person")
        return Source(plain(self.doc, (ent.start, ent.end)), "", "body", anchor(self.doc, stretch))

    def _over(self, at: int, most: int) -> int:
        """Where a name begins behind an article and a quotation mark."""
        stop = min(at + most, len(self.doc) - 1)
        while at < stop and (self.doc[at].text in MARKS or self.doc[at].lower_ in DETERMINERS):
            at += 1
        return at

    def _closed(self, end: int) -> bool:
        return end >= len(self.doc) or self.doc[end].is_punct or self.doc[end].is_space

    def _called(self, stretch: Stretch, head: Token) -> Source | None:
        """ "an umbrella group known as the Name", "a front calling itself Name": the name that it goes by."""
        at, words = stretch[1], [token.lower_ for token in self.doc[stretch[1] : stretch[1] + 3]]
        opening = next((one for one in CALLED if words[: len(one)] == list(one)), None)
        if opening is None or head.pos_ == "PROPN":
            return None
        start = self._over(at + len(opening), 2)
        ent = next((ent for ent in self._ents if ent.start <= start < ent.end), None)
        if ent is None or ent.label_ == "LOC":
            return None
        return Source(plain(self.doc, (start, ent.end)), "", "body", anchor(self.doc, stretch))

    def _comma_behind(self, end: int, head: Token) -> int | None:
        """Where the comma behind a phrase stands; a role may be "of" or "at" somewhere before it."""
        stop = min(end + MAX_PLACE, len(self.doc) - 1)
        reach = stop if is_kind(head.text, "role") else min(end + 1, stop)
        for at in range(end, reach):
            if self.doc[at].text == ",":
                return at
            if self.doc[at].pos_ not in ("ADP", "DET", "PROPN", "NOUN", "ADJ", "CCONJ", "PART"):
                return None
        return None

    def _issuer(self, stretch: Stretch, head: Token) -> Source | None:
        """ "a report released by the ministry", "the ministry's statement": who issued the document."""
        lemma = head.lemma_.lower()
        if lemma not in RECORDS | SAYING_NOUNS.keys():
            return None
        owners = [
            kid
            for kid in head.subtree
            if kid.dep_ == "obl:agent"
            or (kid.head.i == head.i and kid.dep_ == "nmod:poss")
            or (kid.head.i == head.i and kid.dep_ == "compound" and kid.ent_type_ == "ORG" and lemma in PAPERS)
            or (kid.dep_ == "nmod" and has_case(kid, "by"))
        ]
        owner = next((kid for kid in owners if kid.i != head.i and kid.pos_ in ("NOUN", "PROPN", "PRON")), None)
        return self._resolve(noun_phrase(owner), owner) if owner is not None else None

    def _same_noun(self, stretch: Stretch, head: Token) -> Source | None:
        """ "The spokesmen", "the same reports", "the caller": who spoke before under that very noun."""
        if head.pos_ != "NOUN" or self.doc[stretch[0]].lower_ not in ("the", "this", "that", "these", "those"):
            return None
        words = {token.lower_ for token in self.doc[stretch[0] : stretch[1]]} - DETERMINERS - SAME
        known = (
            source for noun, held, source in reversed(self._phrases[-RECENT:]) if noun == head.lower_ and words <= held
        )
        return next((source for source in known if source.name.lower() not in PRONOUNS), None)

    def _same_again(self, stretch: Stretch, head: Token) -> Source | None:
        """ "The official", "the source", "the spokesman": whoever of that description, or of none, spoke last."""
        words = [token for token in self.doc[stretch[0] : stretch[1]] if token.lower_ not in DETERMINERS]
        definite = self.doc[stretch[0]].lower_ in ("the", "this")
        if not definite or len(words) > 1 or not is_kind(head.text, "role", "people"):
            return None
        near = [source for at, source in self._spoken if at < stretch[0]][-RECENT:]
        if head.lemma_.lower() in ANYBODY:
            plural = head.lemma_.lower() != head.lower_
            alike = [source for source in near if _unnamed_like(source, plural)]
            return next(reversed(alike), None)
        described = [source for source in near if head.lower_ in f"{source.role} {source.name}".lower().split()]
        single = head.lemma_.lower() == head.lower_
        persons = [source for source in near if source.kind == "person" and single]
        alone = len({source.name for source in persons}) == 1
        return next(reversed(described or (persons if alone else [one for one in near[-1:] if one in persons])), None)

    def _same_document(self, stretch: Stretch, head: Token) -> Source | None:
        """ "The report", "the communique": the last one that the text told more about ("a ministry communique")."""
        if stretch[1] - stretch[0] != 2 or self.doc[stretch[0]].lower_ not in ("the", "this"):
            return None
        lemma = head.lemma_.lower()
        if lemma not in RECORDS:
            return None
        for index in range(stretch[0] - 1, max(-1, stretch[0] - MAX_BACK), -1):
            token = self.doc[index]
            other = token.lemma_.lower()
            if token.pos_ not in ("NOUN", "PROPN") or (
                other != lemma and not (lemma in ANY_DOCUMENT and other in PAPERS)
            ):
                continue
            issuer = self._published(token) if stretch[0] > token.i else None
            if issuer is not None:
                return replace(issuer, anchor=anchor(self.doc, stretch))
            phrase = noun_phrase(token)
            if phrase[1] - phrase[0] > 2 and any(self.doc[i].pos_ == "PROPN" for i in range(*phrase)):
                return Source(plain(self.doc, phrase), "", "body", anchor(self.doc, stretch))
        return None

    def _published(self, document: Token) -> Source | None:
        """ "The council published a report.": who has put out a document."""
        verb = document.head
        if document.dep_ != "obj" or verb.lemma_ not in ISSUING:
            return None
        issuer = child(verb, "nsubj")
        return self._resolve(noun_phrase(issuer), issuer) if issuer is not None and issuer.pos_ != "PRON" else None

    def _person(self, naming: Naming, where: Anchor, head: Token) -> Source:
        name = self.doc[naming.start : naming.end].text
        words = [word.lower() for word in name.split()]
        known = self._known(words, naming.start)
        if known is not None:
            return Source(known.name, naming.role or next(iter(known.roles), ""), "person", where)
        if len(words) == 1 and not naming.role:
            return Source(name, "", _kind(self.doc, head, name), where)
        return Source(name, naming.role, "person", where)

    def _known(self, words: list[str], at: int) -> Person | None:
        """Return the person with this full name or surname; of several with one surname the one named last."""
        if not words:
            return None
        exact = [one for one in self._people if list(one.words) == words or words == [one.alias]]
        alike = [
            one for one in self._people if words[-1] == one.words[-1] or (len(words) == 1 and words[0] in one.words)
        ]
        fitting = exact or [one for one in alike if len(words) == 1 or words[0][0] == one.words[0][0]]
        return max(fitting, key=lambda one: max((m for m in one.mentions if m <= at), default=-1), default=None)

    def _by_role(self, stretch: Stretch, head: Token) -> Person | None:
        """ "the mayor (of Place)": the person to whom the text gives that role, before here or, failing that, after."""
        if (
            not is_kind(head.text, "role")
            or head.lemma_.lower() != head.lower_
            or self.doc[stretch[0]].lower_ in ("a", "an")
        ):
            return None
        words = {
            token.lower_
            for token in self.doc[stretch[0] : head.i + 1]
            if token.lower_ not in DETERMINERS and token.is_alpha
        }
        fitting = [one for one in self._people if one.has_role(words)]
        before = [one for one in fitting if one.mentions[0] <= stretch[0]]
        if before:
            return max(before, key=lambda one: max(m for m in one.mentions if m <= stretch[0]))
        return fitting[0] if fitting else None

    def _full_body(self, stretch: Stretch, head: Token) -> Source | None:
        """ "the ministry", "the company": the body that the text named in full."""
        name = self._bodies.meant(stretch, head, self._spoken)
        return Source(name, "", "body", anchor(self.doc, stretch)) if name else None

    def _pronoun(self, head: Token, where: Anchor) -> Source:
        found = self._pronouns.meant(head, self._spoken, lambda token: self._resolve(noun_phrase(token), token))
        if found is None:
            return Source(where.text, "", "unnamed", where)
        return Source(found.name, found.role, found.kind, where)

    def _as_it_stands(self, stretch: Stretch, head: Token, where: Anchor) -> Source:
        name = plain(self.doc, stretch)
        nicknamed = self._known([name.strip(QUOTES).lower()], stretch[0]) if head.pos_ == "PROPN" else None
        if nicknamed is not None and nicknamed.alias:
            return Source(nicknamed.name, next(iter(nicknamed.roles), ""), "person", where)
        full = self._initials.get(name) or (self._initials.get(head.text) if described(name, head) else None)
        kind = _kind(self.doc, head, name)
        if kind == "person" and (several := self._several(name)):
            return Source(several, "", kind, where)
        return Source(full or name, "", "body" if full and kind == "person" else kind, where)

    def _several(self, name: str) -> str:
        """ "Brandt and Okri": the full names of all of them, "" unless each is a person of the text."""
        parts = AND.split(name)
        known = [self._known(part.lower().split(), len(self.doc)) for part in parts]
        names = [one.name for one in known if one is not None]
        return " and ".join(names) if len(parts) == len(names) > 1 else ""


def _unnamed_like(source: Source, plural: bool) -> bool:
    """Whether a speaker is of the sort that "the source" or "the officials" may take up again."""
    low = source.name.lower()
    if low in PRONOUNS or source.kind not in ("unnamed", "person"):
        return False
    last = low.split(" for ")[0].split(" of ")[0].split(" at ")[0].split()[-1:]
    many = source.kind == "unnamed" and bool(last) and last[0].endswith("s")
    return many == plural


def _kind(doc: Doc, head: Token, name: str) -> str:
    words = name.lower().split() or [head.lower_]
    if (
        is_kind(head.text, "agency")
        or is_kind(words[0], "agency")
        or (is_kind(head.text, "carrier") and not is_kind(head.text, "body"))
    ):
        return "agency"
    if head.pos_ != "PROPN" and is_kind(head.text, "people", "role"):
        return "unnamed"
    if head.ent_type_ == "PER" and not is_kind(head.text, "body"):
        return "person"
    return "body"
