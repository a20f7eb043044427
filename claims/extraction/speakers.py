"""Who a source phrase names: "He", a surname, "the ministry" or "the mayor" become the person or body meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from claims.extraction.attribution_spans import SUBJECTS, Stretch, has_case, noun_phrase
from claims.extraction.cues import RECORDS, SAYING_NOUNS
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.people import Naming, Person, name_in, people_of, role_text
from claims.extraction.quotes import Quote
from claims.extraction.speaker_words import DETERMINERS, GENERIC_BODIES, HE, IT, PRONOUNS, THEY, is_kind
from claims.extraction.types import Anchor, Source

LOOK_BACK = 8
RECENT = 6
MAX_INITIALS = 10
MAX_BACK = 400
MAX_PLACE = 7
MANY = frozenset({"people", "men", "women", "children", "personnel", "and", "others", "two", "three", "some", "many"})
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
        self._sentences: list[Span] = list(doc.sents)
        self._spoken: list[tuple[int, Source]] = []
        self._initials = initials(doc)

    def resolve(self, stretch: Stretch, head: int) -> Source:
        """Return who the phrase names and remember the answer for the phrases to come."""
        source = self._resolve(stretch, self.doc[head])
        self._spoken.append((stretch[0], source))
        return source

    def last(self, before: int) -> Source | None:
        """Return who spoke last before this token."""
        return next((source for at, source in reversed(self._spoken) if at < before), None)

    def _resolve(self, stretch: Stretch, head: Token) -> Source:
        where = anchor(self.doc, stretch)
        if head.lower_ in PRONOUNS:
            return self._pronoun(head, where)
        naming = name_in(self.doc, *stretch)
        if naming is not None and _plain(self.doc, stretch) not in self._initials:
            return self._person(naming, where, head)
        role = self._by_role(stretch, head)
        if role is not None:
            return Source(role.name, role.roles[0], "person", where)
        for known in (self._named_aside, self._issuer, self._full_body, self._same_again, self._same_document):
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
        ent = next(
            (ent for ent in self._ents if ent.start <= after + 2 and ent.end > after + 1 and ent.start > after), None
        )
        closed = ent is not None and (
            ent.end >= len(self.doc) or self.doc[ent.end].is_punct or self.doc[ent.end].is_space
        )
        if ent is None or ent.label_ == "LOC" or not closed:
            return None
        role = role_text(self.doc, *stretch)
        naming = name_in(self.doc, after + 1, ent.end) if ent.label_ == "PER" or role else None
        if naming is not None:
            found = self._person(naming, anchor(self.doc, stretch), ent.root)
            return replace(found, role=found.role or role, kind="person")
        return Source(_plain(self.doc, (ent.start, ent.end)), "", "body", anchor(self.doc, stretch))

    def _comma_behind(self, end: int, head: Token) -> int | None:
        """Where the comma behind a phrase stands; a role may be "of" or "at" somewhere before it."""
        stop = min(end + MAX_PLACE, len(self.doc) - 1)
        reach = stop if is_kind(head.text, "role") else min(end + 1, stop)
        for at in range(end, reach):
            if self.doc[at].text == ",":
                return at
            if self.doc[at].pos_ not in ("ADP", "DET", "PROPN", "NOUN", "ADJ"):
                return None
        return None

    def _issuer(self, stretch: Stretch, head: Token) -> Source | None:
        """ "a report released by the ministry", "the ministry's statement": who issued the document."""
        if head.lemma_.lower() not in RECORDS | SAYING_NOUNS.keys():
            return None
        owners = [
            kid
            for kid in head.subtree
            if kid.dep_ == "obl:agent"
            or (kid.head.i == head.i and kid.dep_ == "nmod:poss")
            or (kid.head.i == head.i and kid.dep_ == "compound" and kid.ent_type_ == "ORG")
            or (kid.dep_ == "nmod" and has_case(kid, "by"))
        ]
        owner = next((kid for kid in owners if kid.i != head.i and kid.pos_ in ("NOUN", "PROPN", "PRON")), None)
        return self._resolve(noun_phrase(owner), owner) if owner is not None else None

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
            phrase = noun_phrase(token)
            if phrase[1] - phrase[0] > 2 and any(self.doc[i].pos_ == "PROPN" for i in range(*phrase)):
                return Source(_plain(self.doc, phrase), "", "body", anchor(self.doc, stretch))
        return None

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
        """ "the ministry", "the company": the last body named in full by that word, or the last named body."""
        words = [token for token in self.doc[stretch[0] : stretch[1]] if token.lower_ not in DETERMINERS]
        definite = self.doc[stretch[0]].lower_ in ("the", "this", "that")
        if (
            not definite
            or len(words) > 2
            or any(word.text[0].isupper() for word in words)
            or not is_kind(head.text, "body")
        ):
            return None
        where = anchor(self.doc, stretch)
        wanted = {word.lemma_.lower().replace("defence", "defense") for word in words}
        for ent in reversed([ent for ent in self._ents if ent.end <= stretch[0]]):
            phrase = noun_phrase(ent.root)
            phrase = (min(phrase[0], ent.start), max(phrase[1], ent.end))
            held = {token.lower_.replace("defence", "defense") for token in self.doc[phrase[0] : phrase[1]]}
            if wanted <= held and ent.label_ != "PER":
                return Source(_plain(self.doc, phrase), "", "body", where)
            if head.lemma_.lower() in GENERIC_BODIES and ent.label_ == "ORG" and _is_subject(ent.root):
                return Source(_plain(self.doc, phrase), "", "body", where)
        return None

    def _pronoun(self, head: Token, where: Anchor) -> Source:
        kinds = ("person", "unnamed") if head.lower_ in HE else ("body", "agency", "unnamed", "person")
        found = self._antecedent(head, kinds)
        if found is None:
            return Source(where.text, "", "unnamed", where)
        return Source(found.name, found.role, found.kind, where)

    def _antecedent(self, head: Token, kinds: tuple[str, ...]) -> Source | None:
        """Subjects and speakers first, sentence by sentence backwards; then any person named."""
        at = next((k for k, sentence in enumerate(self._sentences) if sentence.start <= head.i < sentence.end), 0)
        for sentence in reversed(self._sentences[max(0, at - LOOK_BACK) : at + 1]):
            found = self._in_sentence(sentence, head, kinds)
            if found is not None:
                return found
        if "person" in kinds[:1]:
            near = [
                (max(m for m in one.mentions if m < head.i), one) for one in self._people if one.mentions[0] < head.i
            ]
            if near:
                person = max(near, key=lambda pair: pair[0])[1]
                return Source(
                    person.name, next(iter(person.roles), ""), "person", anchor(self.doc, (head.i, head.i + 1))
                )
        return None

    def _in_sentence(self, sentence: Span, head: Token, kinds: tuple[str, ...]) -> Source | None:
        spoken = [source for at, source in self._spoken if sentence.start <= at < min(sentence.end, head.i)]
        fitting = [source for source in spoken if _fits(source, head, kinds)]
        if fitting:
            return fitting[-1]
        for token in sentence:
            if token.i >= head.i or token.i in self._quoted:
                continue
            if token.dep_ in SUBJECTS and token.pos_ in ("PROPN", "NOUN"):
                source = self._resolve(noun_phrase(token), token)
                if source.kind in kinds and _fits(source, head, kinds) and _can_speak(token, source):
                    return source
        return None

    def _as_it_stands(self, stretch: Stretch, head: Token, where: Anchor) -> Source:
        name = _plain(self.doc, stretch)
        full = self._initials.get(name) or (self._initials.get(head.text) if _described(name, head) else None)
        kind = _kind(self.doc, head, name)
        return Source(full or name, "", "body" if full and kind == "person" else kind, where)


def initials(doc: Doc) -> dict[str, str]:
    """Return the full names of a text's abbreviations: "Full Name Here (FNH)", or a name whose capitals spell it."""
    found: dict[str, str] = {}
    short = {token.text for token in doc if token.text.isupper() and token.is_alpha and 2 <= len(token) <= MAX_INITIALS}
    for ent in doc.ents:
        capitals = "".join(word[0] for word in ent.text.split() if word[:1].isupper())
        if ent.label_ != "LOC" and len(ent) > 1 and capitals in short:
            found.setdefault(capitals, _plain(doc, (ent.start, ent.end)))
    for token in doc[1:-1]:
        if token.text in short and token.i > 1 and _glossed(doc, token.i):
            last = doc[token.i - 2]
            phrase = noun_phrase(last.head if _within_name(last, token.i) else last)
            start = max(phrase[0], token.i - 1 - MAX_INITIALS)
            if last.pos_ in ("PROPN", "NOUN") and start < token.i - 1:
                found.setdefault(token.text, _plain(doc, (start, token.i - 1)))
    return found


def _within_name(last: Token, at: int) -> bool:
    """Whether a name goes on above its last word ("Ministry of Fisheries"), not "a spokesman for the Ministry"."""
    near = last.head.pos_ in ("PROPN", "NOUN") and last.head.i >= at - 8
    led = next((kid.lower_ for kid in last.children if kid.dep_ == "case"), "of")
    return near and led == "of"


def _described(name: str, head: Token) -> bool:
    """Whether a phrase only describes the abbreviation that it ends in: "US carmaker GM", "the rebel group FNH"."""
    words = name.split()
    return len(words) > 1 and words[-1] == head.text and "and" not in words


def _glossed(doc: Doc, at: int) -> bool:
    """ "Full Name Here (FNH)", "the Full Name Here, FNH, said"."""
    around = doc[at - 1].text, doc[at + 1].text
    if around == ("(", ")"):
        return True
    body = doc[at - 2].ent_type_ != "LOC" and is_kind(doc[at - 2].text, "body", "carrier", "agency")
    return around == (",", ",") and body and doc[at - 2].text[:1].isupper()


def _unnamed_like(source: Source, plural: bool) -> bool:
    """Whether a speaker is of the sort that "the source" or "the officials" may take up again."""
    low = source.name.lower()
    if low in PRONOUNS or source.kind not in ("unnamed", "person"):
        return False
    last = low.split(" for ")[0].split(" of ")[0].split(" at ")[0].split()[-1:]
    many = source.kind == "unnamed" and bool(last) and last[0].endswith("s")
    return many == plural


def _fits(source: Source, head: Token, kinds: tuple[str, ...]) -> bool:
    if source.name.lower() in PRONOUNS:
        return False
    if head.lower_ in HE:
        return source.kind == "person" or (source.kind == "unnamed" and not _is_many(source.name))
    if head.lower_ in IT:
        return source.kind in ("body", "agency")
    return source.kind in kinds if head.lower_ in THEY else False


def _is_many(name: str) -> bool:
    low = name.lower()
    return low.endswith("s") or low.split()[-1:] == ["police"] or bool(MANY & set(low.split()))


def _can_speak(token: Token, source: Source) -> bool:
    return source.kind in ("person", "unnamed") or token.pos_ == "PROPN" or is_kind(token.text, "body", "carrier")


def _is_subject(token: Token) -> bool:
    return token.dep_ in SUBJECTS


def _plain(doc: Doc, stretch: Stretch) -> str:
    start = stretch[0] + (doc[stretch[0]].lower_ in ("the", "this", "these", "those") and stretch[1] - stretch[0] > 1)
    end = stretch[1]
    if end - start > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "(":
        end -= 3
    return doc[start:end].text.replace("\n", " ")


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
