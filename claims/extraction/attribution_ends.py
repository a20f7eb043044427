"""Where the content of a reporting clause ends: at the sentence's end, or where another voice sets in."""

from __future__ import annotations

from claims.extraction.attribution_clauses import Clause, source_of
from claims.extraction.attribution_spans import DASHES, SUBJECTS, Stretch, has_case, is_finite_clause
from claims.extraction.cues import cue_verbs
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import MARKS

_SUBORDINATOR_WORDS = "while whereas although though after before when as hours days minutes weeks shortly until"
SUBORDINATORS = frozenset(_SUBORDINATOR_WORDS.split())
MODALS = frozenset({"will", "would", "can", "could", "may", "might", "must", "should", "shall"})
MAX_CLOSING = 9
BOUNDARY_WORDS = SUBORDINATORS | {"but", "and", "with"}


def clause_end(clause: Clause, start: int, root: Token) -> int:
    """Return where content that begins at ``start`` ends: the sentence's end, or where another voice sets in."""
    sent, doc = clause.verb.sent, clause.verb.doc
    end = int(sent.end)
    if clause.verb.dep_ == "advcl" and clause.verb.head.i > clause.verb.right_edge.i:
        end = int(clause.verb.right_edge.i) + 1
    if clause.verb.dep_ == "acl" and clause.verb.head.dep_ in SUBJECTS and clause.verb.right_edge.i >= start:
        end = int(clause.verb.right_edge.i) + 1  # "a man claiming to be a member | called the station"
    for kid in clause.verb.rights:
        if kid.i > root.i and kid.left_edge.i > start and _leaves(kid):
            end = min(end, _before_conjunction(doc, kid.left_edge.i, start))
    return _other_voice(doc, (start, end), root.i, clause)


def _leaves(kid: Token) -> bool:
    """Whether a later dependent of the reporting verb begins something new."""
    if kid.dep_ == "conj":
        if _is_modal(kid) and not _is_modal(kid.head):
            return False  # "said that the strike is on | and will last a week"
        own = is_finite_clause(kid) and kid.lemma_ not in cue_verbs()
        return kid.pos_ in ("VERB", "AUX") and not has_case(kid, "that") and not own
    if kid.dep_ in ("advcl", "parataxis"):
        marked = any(inner.lower_ in SUBORDINATORS for inner in kid.children if inner.i < kid.i)
        return marked or kid.lemma_ in cue_verbs()
    return kid.dep_ in ("obl", "case", "advmod") and kid.left_edge.lower_ == "according"


def _is_modal(verb: Token) -> bool:
    return any(kid.dep_ == "aux" and kid.lower_ in MODALS for kid in verb.children)


def _before_conjunction(doc: Doc, index: int, floor: int) -> int:
    while index - 1 > floor and (doc[index - 1].dep_ in ("cc", "punct") or doc[index - 1].is_space):
        if doc[index - 1].text in MARKS:
            break
        index -= 1
    return index


def _other_voice(doc: Doc, stretch: Stretch, root: int, clause: Clause) -> int:
    """Cut at ", while the army claimed ...", "; ...", ", adding that ..." and "according to": another voice."""
    start, end = stretch
    for index in range(start + 1, end - 2):
        if doc[index].text == ";" and index > root and has_verb(doc, (index + 1, end)):
            return index
        if doc[index].lower_ == "according" and doc[index + 1].lower_ == "to":
            return index
        if doc[index].text == "," or doc[index].text in DASHES:
            bounds = any(doc[k].lower_ in BOUNDARY_WORDS for k in range(index + 1, min(index + 3, end)))
            if _closes(doc, index, end, clause):
                return index
            if (bounds and _speaks_within(doc, (index + 1, end), clause)) or _adds(doc[index + 1]):
                return index
    return end


def _closes(doc: Doc, comma: int, end: int, clause: Clause) -> bool:
    """ "..., Brandt said": a reporting clause that closes the sentence speaks for all before it."""
    if end - comma > MAX_CLOSING or end < clause.verb.sent.end - 1:
        return False
    verb = next((doc[k] for k in range(end - 1, comma, -1) if doc[k].pos_ == "VERB"), None)
    if verb is None or verb.lemma_ not in cue_verbs() or not speaks_apart(verb, clause):
        return False
    return not any(kid.dep_ in ("obj", "ccomp", "xcomp") for kid in verb.rights)


def _speaks_within(doc: Doc, stretch: Stretch, clause: Clause) -> bool:
    return any(speaks_apart(doc[k], clause) for k in range(*stretch) if doc[k].lemma_ in cue_verbs())


def speaks_apart(verb: Token, clause: Clause) -> bool:
    """Whether another reporting verb has a named subject of its own."""
    source, how = source_of(verb)
    return how == "own" and source is not None and source.pos_ != "PRON" and clause.verb.i != verb.i


def _adds(verb: Token) -> bool:
    """A reporting participle behind a comma ("..., adding that") goes on with the same voice."""
    entry = cue_verbs().get(verb.lemma_) if verb.lower_.endswith("ing") else None
    if entry is None or "clause" not in entry.frames:
        return False
    return any(kid.dep_ in ("ccomp", "parataxis") for kid in verb.rights)


def has_verb(doc: Doc, part: Stretch) -> bool:
    """Whether a stretch holds a clause with a subject."""
    return any(is_finite_clause(doc[i]) for i in range(*part))
