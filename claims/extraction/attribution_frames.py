"""Where the content of a reporting clause stands: the frames of ``data/cues.tsv`` as stretches of tokens."""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.extraction.attribution_clauses import Clause
from claims.extraction.attribution_ends import SUBORDINATORS, clause_end, has_verb, speaks_apart
from claims.extraction.attribution_sources import source_phrase
from claims.extraction.attribution_spans import (
    DASHES,
    SUBJECTS,
    Stretch,
    child,
    children,
    has_case,
    is_finite_clause,
    previous_word,
    trim,
)
from claims.extraction.cues import cue_verbs
from claims.extraction.nlp import Doc, Span, Token
from claims.extraction.quotes import MARKS, Quote

LOOSE = frozenset({"obl", "advmod", "obl:unmarked", "iobj", "obj", "compound:prt", "obl:agent", "discourse", "expl"})
PREPOSITIONS = {
    "of": ("of",),
    "against": ("of", "against", "about"),
    "with": ("with",),
    "on": ("on", "upon"),
    "to": ("to",),
    "about": ("about", "of"),
    "for": ("for",),
}
RELATIVES = frozenset({"who", "whose", "whom", "which", "where"})
MIN_QUOTE = 2
MAX_HEARER = 14
MAX_ADVERB = 4


@dataclass(frozen=True, slots=True)
class Content:
    """What is attributed: its stretches, its main word, the frame that found it, and the quotation if it is one."""

    parts: tuple[Stretch, ...]
    root: Token | None
    frame: str
    quoted: Quote | None = None


def content_of(clause: Clause, doc: Doc, quotes: tuple[Quote, ...]) -> Content | None:
    """Return the content of a reporting clause by the first frame that holds, or None."""
    frames = clause.entry.frames
    if clause.source is None:
        return None
    if "quote" in frames:
        found = _quoted(clause, doc, quotes)
        if found is not None:
            return found
    return (
        _complement(clause, doc) or _object(clause, doc, quotes) or _that_behind(clause, doc) or _set_off(clause, doc)
    )


def block_of(clause: Clause) -> Stretch:
    """Return the reporting clause itself: subject, verb and what follows up to a comma or a quotation."""
    doc, verb = clause.verb.doc, clause.verb
    edges = [kid.i for kid in verb.children if kid.dep_ in ("aux", "advmod", "aux:pass") and abs(kid.i - verb.i) < 4]
    start = min([verb.i, *edges])
    if clause.source is not None and clause.how == "own":
        start = min(start, source_phrase(clause.source)[0])
    end = verb.i + 1
    while end < verb.sent.end and doc[end].text not in MARKS and doc[end].text not in (",", ":", ";", "."):
        end += 1
    if clause.source is not None and clause.source.i > verb.i and clause.how == "own":
        end = max(end, source_phrase(clause.source)[1])
    return start, end


def _quoted(clause: Clause, doc: Doc, quotes: tuple[Quote, ...]) -> Content | None:
    """Words in quotation marks that fill the sentence beside the reporting clause, on one side or on both."""
    sent, block = clause.verb.sent, block_of(clause)
    here = [quote for quote in quotes if quote.start < sent.end and quote.end > sent.start]
    left = [quote for quote in here if quote.end <= block[0] and _stands_before(quote, doc, sent, block[0])]
    if clause.how == "inherited":
        left = []  # "..., he said, adding that ...": what stands before is the other verb's
    right = [quote for quote in here if quote.start > clause.verb.i and _stands_after(quote, doc, clause)]
    chosen = sorted([*left[-1:], *right[:1]], key=lambda quote: quote.start - quote.end)
    parts = [(max(quote.start, sent.start), min(quote.end, sent.end)) for quote in chosen]
    parts = [part for part in parts if part[1] - part[0] > MIN_QUOTE]
    if not parts:
        return None
    return Content(tuple(parts), main_word(doc, parts[0]), "quote", chosen[0])


def _stands_before(quote: Quote, doc: Doc, sent: Span, block_start: int) -> bool:
    """Whether the quotation opens the sentence and is closed by a comma or a sharp mark right before the clause."""
    if quote.start > sent.start and any(
        not (doc[i].is_punct or doc[i].is_space) for i in range(sent.start, quote.start)
    ):
        return False
    between = [doc[i] for i in range(quote.end, block_start) if not doc[i].is_space]
    inside = previous_word(doc, quote.end - 1, quote.start)
    closed = inside is not None and inside.text in (",", "!", "?", "–", "—", "...", "…", ".", "-")
    return len(between) <= 4 and (closed or any(token.text == "," for token in between))


def _stands_after(quote: Quote, doc: Doc, clause: Clause) -> bool:
    before = previous_word(doc, quote.start, clause.verb.i)
    if before is None or quote.end - quote.start <= MIN_QUOTE + 1:
        return False
    if any(doc[i].lemma_ in cue_verbs() and doc[i].pos_ == "VERB" for i in range(clause.verb.i + 1, quote.start)):
        return False
    if before.text == "," and has_verb(doc, (clause.verb.i + 1, quote.start)):
        return False
    if before.text in (",", ":"):
        ends = quote.end >= clause.verb.sent.end - 2
        return before.text == ":" or ends or previous_word(doc, quote.end - 1, quote.start).text in (",", ".")  # type: ignore[union-attr]
    return before.i == clause.verb.i and quote.end - quote.start > 6


def main_word(doc: Doc, stretch: Stretch) -> Token | None:
    """Return the word of the stretch that is highest in the parse."""
    words = [doc[i] for i in range(*stretch) if not (doc[i].is_space or doc[i].is_punct)]
    inside = [word for word in words if not stretch[0] <= word.head.i < stretch[1] or word.head.i == word.i]
    verbs = [word for word in inside if word.pos_ in ("VERB", "AUX")]
    return next(iter(verbs or inside), None)


def _complement(clause: Clause, doc: Doc) -> Content | None:
    """A clause, infinitive or participle to the right of the verb."""
    verb, frames = clause.verb, clause.entry.frames
    if "clear" in frames:
        return _made_clear(clause, doc)
    for kid in verb.rights:
        if _tells_of_speaker(clause, kid):
            continue
        if kid.dep_ in ("ccomp", "parataxis", "advcl", "obj", "xcomp") and _is_content_clause(clause, kid):
            return _with_lead(clause, doc, kid, from_word(clause, doc, first_content(verb, kid), kid, "clause"))
        if kid.dep_ in ("xcomp", "ccomp") and "inf" in frames and has_case(kid, "to") and child(verb, "obj") is None:
            return from_word(clause, doc, kid.left_edge.i, kid, "inf")
        if "ing" in frames and _is_participle(kid, "xcomp", "ccomp", "advcl", "obj"):
            return from_word(clause, doc, kid.left_edge.i, kid, "ing")
    return None


def _with_lead(clause: Clause, doc: Doc, kid: Token, content: Content | None) -> Content | None:
    """ "The raid, he said, killed nine": the subject that stands before the reporting clause, with what follows it."""
    subject = child(kid, *SUBJECTS)
    start = block_of(clause)[0]
    if content is None or subject is None or subject.i >= start or doc[start - 1].text != ",":
        return content
    lead = trim(doc, (subject.left_edge.i, start))
    return replace(content, parts=(*content.parts, lead)) if lead else content


def _tells_of_speaker(clause: Clause, kid: Token) -> bool:
    """Behind "..., said a nurse, who ...": the speaker, and what is told of the speaker."""
    source = clause.source
    if source is None or source.i < clause.verb.i or clause.how != "own":
        return False
    first = next((token for token in kid.subtree if not token.is_punct), kid)
    return first.lower_ in RELATIVES or bool(kid.left_edge.i <= source.i <= kid.right_edge.i)


def _is_participle(kid: Token, *relations: str) -> bool:
    """ "denied taking part", "admitted being a member"."""
    before = kid.doc[kid.left_edge.i - 1].text if kid.left_edge.i else ""
    own = kid.lower_.endswith("ing") and kid.pos_ == "VERB"
    being = kid.left_edge.lower_ in ("being", "having") and kid.left_edge.head.i == kid.i
    return kid.dep_ in relations and (own or being) and "," not in (before, kid.left_edge.text)


def _that_behind(clause: Clause, doc: Doc) -> Content | None:
    """ "told the paper before he left that ...": the clause behind "that", where the parse hung it elsewhere."""
    verb = clause.verb
    if "clause" not in clause.entry.frames or clause.entry.strength != "strong":
        return None
    reach = MAX_HEARER if verb.lemma_ in ("tell", "inform", "assure") else MAX_ADVERB
    stop = min(verb.i + reach, int(verb.sent.end) - 2)
    that = next((i for i in range(verb.i + 1, stop) if doc[i].lower_ == "that" and doc[i].pos_ != "DET"), None)
    if that is None or any(doc[i].text in (",", ":") or doc[i].text in MARKS for i in range(verb.i + 1, that)):
        return None
    root = main_word(doc, (that + 1, int(verb.sent.end)))
    return from_word(clause, doc, that + 1, root, "clause") if root is not None else None


def _is_content_clause(clause: Clause, kid: Token) -> bool:
    if "clause" not in clause.entry.frames:
        return False
    if kid.dep_ == "xcomp":
        return is_finite_clause(kid) and not has_case(kid, "to")
    if kid.dep_ in ("advcl", "obj"):
        return kid.pos_ in ("VERB", "AUX") and has_case(kid, "that") and is_finite_clause(kid)
    if kid.dep_ == "parataxis":
        entry = cue_verbs().get(kid.lemma_)
        beside = child(clause.verb, "obj") is not None and "np" in clause.entry.frames
        return not beside and is_finite_clause(kid) and (entry is None or child(kid, "ccomp") is not None)
    if clause.verb.i + 1 < len(kid.doc) and kid.doc[clause.verb.i + 1].text == "," and not is_finite_clause(kid):
        return False
    if has_case(kid, "if", "whether", "why") and clause.entry.strength != "strong":
        return False
    return is_finite_clause(kid) or has_case(kid, "that") or kid.pos_ != "VERB" or child(kid, "aux") is not None


def first_content(verb: Token, kid: Token) -> int:
    """The first word after the verb that is neither one of its own adverbials nor "that"."""
    doc, index = verb.doc, verb.i + 1
    that = next(
        (mark for mark in kid.children if mark.lower_ == "that" and mark.dep_ == "mark" and mark.i > verb.i), None
    )
    if that is not None:
        return that.i + 1
    skipped = {
        inner.i
        for loose in verb.rights
        if loose.dep_ in (LOOSE if is_finite_clause(kid) else LOOSE - {"obj"})
        and loose.i < kid.i
        and loose.i < kid.left_edge.i
        and not _holds_marks(loose)
        for inner in loose.subtree
        if inner.i < kid.i
    }
    while index < kid.i and (index in skipped or doc[index].text in (",", ":") or doc[index].is_space):
        index += 1
    if doc[index].lower_ == "that" and doc[index].dep_ in ("mark", "det", "SCONJ") and doc[index].pos_ == "SCONJ":
        index += 1
    return index


def _holds_marks(token: Token) -> bool:
    return any(inner.text in MARKS for inner in token.subtree)


def from_word(clause: Clause, doc: Doc, start: int, root: Token, frame: str) -> Content | None:
    """The content from a word to where the clause ends."""
    part = trim(doc, (start, clause_end(clause, start, root)))
    return Content((part,), root, frame) if part else None


def _made_clear(clause: Clause, doc: Doc) -> Content | None:
    clear = next((token for token in clause.verb.rights if token.lower_ == "clear"), None)
    that = next(
        (token for token in clause.verb.sent if clear is not None and token.i > clear.i and token.lower_ == "that"),
        None,
    )
    if clear is None or that is None or that.i > clear.i + 2:
        return None
    root = main_word(doc, (that.i + 1, int(clause.verb.sent.end)))
    return from_word(clause, doc, that.i + 1, root, "clause") if root is not None else None


def _object(clause: Clause, doc: Doc, quotes: tuple[Quote, ...]) -> Content | None:
    """An object, with or without a preposition, from its first word to the end of the clause."""
    frames, verb = clause.entry.frames, clause.verb
    if "out" in frames and (found := _particle(clause, doc)) is not None:
        return found
    obj = next(
        (kid for kid in verb.rights if kid.dep_ in ("obj", "iobj", "ccomp", "xcomp") and kid.pos_ != "SCONJ"), None
    )
    if obj is not None and any(_object_frame(frame, clause, obj, quotes) for frame in frames):
        return _without_aside(doc, from_word(clause, doc, obj.left_edge.i, obj, "np"))
    for frame in sorted(frames & PREPOSITIONS.keys()):
        kid = next(
            (k for k in verb.rights if k.dep_ in ("obl", "advcl") and has_case(k, *PREPOSITIONS.get(frame, (frame,)))),
            None,
        )
        if kid is not None and obj is None:
            return from_word(clause, doc, kid.left_edge.i + 1, kid, frame)
    return None


def _without_aside(doc: Doc, content: Content | None) -> Content | None:
    """An object without the last clause, which only tells more of its last noun: "the plan in a hall | , where ..."."""
    if content is None:
        return None
    start, end = content.parts[0]
    commas = [i for i in range(start + 2, end) if doc[i].text == ","]
    if (
        not commas
        or doc[commas[-1] + 1].lower_ not in RELATIVES
        or any(doc[i].like_num for i in range(commas[-1], end))
    ):
        return content
    part = trim(doc, (start, commas[-1]))
    return replace(content, parts=(part,)) if part else content


def _object_frame(frame: str, clause: Clause, obj: Token, quotes: tuple[Quote, ...]) -> bool:
    verb = clause.verb
    rest = [token for token in verb.sent if token.i > obj.i]
    if frame == "np":
        return obj.dep_ == "obj" and obj.pos_ != "PRON"
    if frame == "toinf":
        return obj.dep_ in ("obj", "iobj") and any(
            has_case(kid, "to") for kid in children(verb, "xcomp", "ccomp", "advcl")
        )
    if frame == "as" and verb.lemma_ in ("call", "brand", "label", "dub", "term"):
        quoted = any(quote.start >= obj.i and quote.end <= verb.sent.end for quote in quotes)
        return quoted or (obj.dep_ == "obj" and child(verb, "xcomp") is not None and child(verb, "xcomp") != obj)
    if frame == "for" and verb.lemma_ == "call":
        return False
    if frame in ("as", "of", "for", "with", "to"):
        return obj.dep_ in ("obj", "iobj") and any(token.lower_ == frame for token in rest)
    return False


def _particle(clause: Clause, doc: Doc) -> Content | None:
    out = next((kid for kid in clause.verb.rights if kid.lower_ == "out" and kid.i <= clause.verb.i + 3), None)
    if out is None:
        return None
    start = out.i + 1
    if start < len(doc) and doc[start].lower_ == "that":
        start += 1
    root = main_word(doc, (start, int(clause.verb.sent.end)))
    return from_word(clause, doc, start, root, "np") if root is not None else None


def _set_off(clause: Clause, doc: Doc) -> Content | None:
    """A reporting clause behind or inside its content, set off by commas: "..., police said on Sunday, injuring 12"."""
    if "clause" not in clause.entry.frames or clause.how != "own" or clause.entry.strength != "strong":
        return None
    sent, block = clause.verb.sent, block_of(clause)
    if sent.text.rstrip().endswith(":"):
        return None
    before = previous_word(doc, block[0], sent.start)
    if has_case(clause.verb, "as") and (before is None or before.lower_ == "as"):
        return _as_announced(doc, block, sent)
    if before is None or (before.text != "," and before.text not in DASHES and before.text not in MARKS):
        return None
    tail = _tail(clause, doc, block[1])
    rest = trim(doc, (block[1], int(sent.end)))
    closes = tail is not None or rest is None or doc[rest[0]].lower_ in RELATIVES
    head = _said_before(doc, (sent.start, before.i), closes)
    if head is None and (tail is None or not has_verb(doc, tail)):
        return None
    head = trim(doc, (sent.start, before.i))
    parts = tuple(part for part in (head, tail) if part)
    if not parts:
        return None
    goes_on = head is not None and tail is not None and doc[tail[0]].lower_.endswith("ing")
    main = head if head and goes_on else max(parts, key=lambda part: (has_verb(doc, part), part[1] - part[0]))
    ordered = (main, *(part for part in parts if part != main))
    return Content(ordered, main_word(doc, main), "clause")


def _as_announced(doc: Doc, block: Stretch, sent: Span) -> Content | None:
    """ "As the minister announced today, the port will close."."""
    part = trim(doc, (block[1], int(sent.end)))
    return Content((part,), main_word(doc, part), "clause") if part and has_verb(doc, part) else None


def _said_before(doc: Doc, stretch: Stretch, closes: bool) -> Stretch | None:
    """What stands before a reporting clause, if it can be content: a clause, or a headline's shorthand at the end."""
    part = trim(doc, stretch)
    if part is None:
        return None
    first, root = doc[part[0]], main_word(doc, part)
    if root is not None and is_finite_clause(root):
        return None if root.i < part[1] and _is_subordinate(root, first) else part
    loose = first.pos_ in ("ADP", "SCONJ", "ADV") or first.lower_.endswith("ing")
    return part if closes and not loose and part[1] - part[0] > 3 else None


def _is_subordinate(root: Token, first: Token) -> bool:
    return any(kid.dep_ == "mark" and kid.i == first.i for kid in root.children)


def _tail(clause: Clause, doc: Doc, start: int) -> Stretch | None:
    """What follows the reporting clause, where it goes on with the content."""
    sent = clause.verb.sent
    tail = trim(doc, (start, int(sent.end)))
    if tail is None:
        return None
    first = doc[tail[0]]
    if first.lower_ in RELATIVES and clause.source is not None and clause.source.i > clause.verb.i:
        return None  # "said a nurse at the hospital, where ...": it tells more of the speaker
    if first.lower_ in SUBORDINATORS or (first.lemma_ in cue_verbs() and first.lower_.endswith("ing")):
        return None
    others = any(speaks_apart(doc[k], clause) for k in range(*tail) if doc[k].lemma_ in cue_verbs())
    if others:
        return None
    goes_on = first.lower_.endswith("ing") and first.pos_ == "VERB"
    return tail if goes_on or has_verb(doc, tail) else None
