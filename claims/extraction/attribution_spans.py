"""Stretches of words around a reporting verb: noun phrases, clauses, edges. Token indexes in and out, over UD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.quotes import CLOSE_MARKS, MARKS
from claims.extraction.speaker_words import is_kind

Stretch = tuple[int, int]
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer"})
NOT_IN_NAME = frozenset(
    {"acl:relcl", "parataxis", "acl", "advcl", "cop", "cc", "case", "mark", "discourse", "advmod", "vocative"}
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "DET", "SYM"})
DASHES = frozenset({"–", "—", "-", "--"})
INNER_MARKS = frozenset({",", ";", ":", "–", "—", "-", "--", ".", "…", "..."})


def children(token: Token, *relations: str) -> list[Token]:
    """Return the children of ``token`` under any of these relations, in order."""
    return [child for child in token.children if child.dep_ in relations]


def child(token: Token, *relations: str) -> Token | None:
    """Return the first child of ``token`` under any of these relations."""
    return next(iter(children(token, *relations)), None)


def has_case(token: Token, *words: str) -> bool:
    """Whether a preposition or conjunction of these words hangs on ``token``."""
    return any(kid.lower_ in words for kid in token.children if kid.dep_ in ("case", "mark", "advmod", "fixed"))


def reach(token: Token) -> Stretch:
    """Return the whole stretch under ``token``."""
    return token.left_edge.i, token.right_edge.i + 1


def noun_phrase(head: Token) -> Stretch:
    """Return the shortest full noun phrase around ``head``: title and role in front, "of ..." behind, no clause."""
    first = head.i
    for kid in reversed(list(head.lefts)):
        if kid.dep_ in NOT_IN_NAME or kid.dep_ == "punct" or not _leads_to(kid, head, first):
            break
        first = _left_of(kid)
    first = _owner_before(head.doc, _title_before(head, first), int(head.sent.start))
    first = _behind_time(head, first)
    last = head.i
    for kid in head.rights:
        if _ends_phrase(kid, last):
            break
        last = _right_of(kid)
    return first, _name_behind(head, last) + 1


def _leads_to(kid: Token, head: Token, first: int) -> bool:
    """Whether a modifier in front reaches up to ``first``; what hangs on it behind the head was meant for the head."""
    inside = [inner for inner in kid.subtree if inner.i < head.i]
    return bool(inside) and inside[-1].i + 1 == first and not any(inner.dep_ in SUBJECTS for inner in inside)


def _behind_time(head: Token, first: int) -> int:
    """A speaker is not when the speaking was: of "two days after officials" the officials speak."""
    linked = [i for i in range(first, head.i) if head.doc[i].lower_ in ("after", "before", "since", "while", "when")]
    return linked[-1] + 1 if linked else first


def _name_behind(head: Token, last: int) -> int:
    """The end of a name right behind a role ("police spokesman" | "Name Surname"), however the parse hung it."""
    doc = head.doc
    if last + 1 >= head.sent.end or not is_kind(head.text, "role", "title"):
        return last
    end = last + 1
    if last != head.i and not (doc[last].pos_ == "PROPN" and is_kind(head.text, "role")):
        return last  # but "Secretary of Fisheries | Name Surname" goes on
    if is_kind(head.text, "title"):
        while end < head.sent.end and doc[end].pos_ == "PROPN" and doc[end].text[:1].isupper():
            end += 1
        return end - 1
    if doc[end].ent_type_ != "PER" or doc[end].ent_iob_ != "B":
        return last
    while end + 1 < head.sent.end and doc[end + 1].ent_iob_ == "I":
        end += 1
    return end


def _title_before(head: Token, first: int) -> int:
    """What the parse made a subject of its own before a name or noun: "Army spokesman | Name", "Ministry | sources"."""
    doc = head.doc
    if first <= head.sent.start or doc[first - 1].pos_ not in ("NOUN", "PROPN") or head.pos_ not in ("PROPN", "NOUN"):
        return first
    title = doc[first - 1]
    while title.dep_ in ("nmod", "flat", "compound") and title.head.i < title.i:
        title = title.head
    if title.head.i != head.head.i or title.dep_ not in SUBJECTS or title.i == head.head.i:
        return first
    return min(first, noun_phrase(title)[0])


def _owner_before(doc: Doc, first: int, floor: int) -> int:
    """ "the order's | superior": an owner belongs to the phrase, however the parse hung it."""
    if first - 2 < floor or doc[first - 1].lower_ not in ("'s", "’s") or doc[first - 2].pos_ not in ("NOUN", "PROPN"):
        return first
    return min(first, noun_phrase(doc[first - 2])[0])


def _left_of(kid: Token) -> int:
    return int(kid.left_edge.i)


def _right_of(kid: Token) -> int:
    """The right end of a modifier, cut before a comma that opens an aside, a relative clause or a participle."""
    for inner in kid.subtree:
        if inner.i > kid.i and (inner.dep_ in ("acl:relcl", "acl", "parataxis", "advcl") or inner.text == ","):
            edge = inner.left_edge.i if inner.text != "," else inner.i
            return max(kid.i, int(edge) - 1)
    return int(kid.right_edge.i)


def _ends_phrase(kid: Token, last: int) -> bool:
    if kid.dep_ in NOT_IN_NAME or kid.left_edge.i != last + 1 or kid.dep_ == "punct":
        return True
    if kid.dep_ == "conj":
        return kid.pos_ not in NOMINAL or any(inner.text == "," for inner in kid.subtree) or _holds_clause(kid)
    first = kid.left_edge
    return first.text in INNER_MARKS or first.text in MARKS


def _holds_clause(token: Token) -> bool:
    return any(kid.dep_ in SUBJECTS for kid in token.subtree)


def trim(doc: Doc, stretch: Stretch) -> Stretch | None:
    """Drop blanks, commas and lone marks at both ends, never a mark of a quotation that stands inside."""
    start, end = stretch
    while start < end and (doc[start].is_space or doc[start].text in INNER_MARKS or _dangling_close(doc, start)):
        start += 1
    while start < end and (
        doc[end - 1].is_space or (doc[end - 1].text in INNER_MARKS and not _abbreviates(doc, end - 1))
    ):
        end -= 1
    return (start, end) if start < end else None


def _dangling_close(doc: Doc, index: int) -> bool:
    """A closing mark at the front closes something else; misprinted opening marks have a word right after."""
    return doc[index].text in CLOSE_MARKS and bool(doc[index].whitespace_)


def _abbreviates(doc: Doc, index: int) -> bool:
    letter = index > 0 and doc[index - 1].is_alpha and len(doc[index - 1].text) == 1
    return letter and doc[index].text == "." and not doc[index - 1].whitespace_


def words_in(doc: Doc, stretches: Iterable[Stretch]) -> set[int]:
    """Return the indexes of the words, without blanks and punctuation."""
    return {i for start, end in stretches for i in range(start, end) if not (doc[i].is_space or doc[i].is_punct)}


def without(stretch: Stretch, hole: Stretch) -> list[Stretch]:
    """Return what is left of ``stretch`` outside ``hole``."""
    start, end = stretch
    if hole[1] <= start or hole[0] >= end:
        return [stretch]
    return [piece for piece in ((start, hole[0]), (hole[1], end)) if piece[0] < piece[1]]


def previous_word(doc: Doc, index: int, floor: int) -> Token | None:
    """Return the token before ``index`` that is no blank, not before ``floor``."""
    for i in range(index - 1, floor - 1, -1):
        if not doc[i].is_space:
            return doc[i]
    return None


def commas(sentence: Span) -> Iterator[int]:
    """Yield where a sentence has commas and dashes between blanks."""
    for token in sentence:
        if token.text in (",", ";") or (token.text in DASHES and token.whitespace_):
            yield token.i


def is_finite_clause(token: Token) -> bool:
    """Whether ``token`` heads a clause with a subject of its own."""
    return any(kid.dep_ in SUBJECTS or kid.dep_ == "expl" for kid in token.children)
