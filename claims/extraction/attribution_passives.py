"""What is attributed in the passive: "it was reported that ...", "was condemned by ...", "is said to have ..."."""

from __future__ import annotations

from claims.extraction.attribution_clauses import Clause
from claims.extraction.attribution_ends import clause_end, has_verb
from claims.extraction.attribution_frames import Content, first_content, from_word, main_word
from claims.extraction.attribution_spans import child, children, has_case, is_finite_clause, noun_phrase, trim
from claims.extraction.nlp import Doc, Token

# "is said to have ...": nobody is named, and the whole clause is what is said.
HEARSAY = frozenset({"say", "report", "claim", "allege", "announce", "predict", "estimate", "rumor"})
# "Clashes were reported", "the deal was announced": said by somebody, nobody knows whom.
PUBLISHED = frozenset({"report", "announce", "confirm", "deny", "allege", "claim", "predict", "forecast"})


def _as_stated(clause: Clause, doc: Doc) -> Content | None:
    """ "The shots were not aimed, as stated by the navy.": what stands before the clause."""
    sent = clause.verb.sent
    part = trim(doc, (int(sent.start), int(clause.verb.left_edge.i)))
    return Content((part,), main_word(doc, part), "clause") if part and has_verb(doc, part) else None


def passive_content(clause: Clause, doc: Doc) -> Content | None:
    """ "it was reported that ...", "is said to have ...", "was condemned by ...": all but the verb and its agent."""
    verb, frames = clause.verb, clause.entry.frames
    subject = child(verb, "nsubj:pass") or (child(verb.head, "nsubj:pass") if verb.dep_ == "conj" else None)
    found = _that_clause(clause, doc, subject)
    if found is not None:
        return found
    if subject is None and has_case(verb, "as") and clause.how == "agent":
        return _as_stated(clause, doc)
    if subject is None:
        return None
    if (
        clause.how == "none"
        and verb.lemma_ in HEARSAY
        and any(has_case(kid, "to") for kid in children(verb, "xcomp", "ccomp"))
    ):
        whole = trim(doc, (subject.left_edge.i, clause_end(clause, verb.i + 1, verb)))
        return Content((whole,), verb, "hearsay") if whole else None
    if subject.pos_ == "PRON" and clause.how == "none":
        return None
    bare = clause.how == "none" and verb.lemma_ in PUBLISHED
    takes = frames & {"np", "inf", "of", "as", "for"} if clause.how == "agent" or bare else frames & {"of", "with"}
    if not takes or (clause.how == "none" and not bare and child(verb, "xcomp", "obl", "advcl", "ccomp") is None):
        return None
    if bare:
        return _published(clause, doc, subject)
    if clause.how == "none":
        whole = trim(doc, (subject.left_edge.i, clause_end(clause, verb.i + 1, verb)))
        return Content((whole,), subject, "passive") if whole else None
    return _done_by(clause, doc, subject)


def _done_by(clause: Clause, doc: Doc, subject: Token) -> Content | None:
    """ "The raid was condemned by the mayor as murder": the subject, and with it what follows the agent."""
    verb = clause.verb
    rest = trim(doc, (verb.i + 1, clause_end(clause, verb.i + 1, verb)))
    agent = noun_phrase(clause.source) if clause.source is not None else None
    if rest and agent is not None and rest[0] <= agent[0] < rest[1]:
        behind = trim(doc, (agent[1], rest[1]))
        opened = doc[behind[0]] if behind else None
        goes_on = opened is not None and (
            opened.pos_ == "PART" or (opened.lower_ in ("as", "for", "of") and opened.lower_ in clause.entry.frames)
        )
        if behind and goes_on and (whole := trim(doc, (subject.left_edge.i, behind[1]))):
            return Content((whole,), subject, "passive")
        rest = trim(doc, (rest[0], agent[0] - (doc[agent[0] - 1].lower_ == "by")))
    named = trim(doc, (subject.left_edge.i, subject.right_edge.i + 1))
    parts = sorted((part for part in (named, rest) if part), key=lambda part: part[0] - part[1])
    return Content(tuple(parts), subject, "passive") if parts else None


def _that_clause(clause: Clause, doc: Doc, subject: Token | None) -> Content | None:
    """ "It was reported that ...", whatever the parse made of the clause."""
    verb = clause.verb
    if "clause" not in clause.entry.frames:
        return None
    clauses = (kid for kid in verb.rights if kid.dep_ in ("ccomp", "csubj", "csubj:pass", "xcomp"))
    that = next((kid for kid in clauses if is_finite_clause(kid)), None)
    if child(verb, "expl") is not None and doc[verb.i + 1].lower_ == "that":
        root = that or main_word(doc, (verb.i + 2, int(verb.sent.end)))
        return from_word(clause, doc, verb.i + 2, root, "clause") if root is not None else None
    if that is not None and (subject is None or subject.lower_ == "it"):
        return from_word(clause, doc, first_content(verb, that), that, "clause")
    return None


def _published(clause: Clause, doc: Doc, subject: Token) -> Content | None:
    """ "Clashes were reported in the north, during which two men died": one stretch, the verb inside."""
    if subject.lower_ in ("no", "none", "nothing") or any(kid.lower_ in ("no", "the") for kid in subject.children):
        return None
    verb = clause.verb
    end = clause_end(clause, verb.i + 1, verb) if verb.lemma_ == "report" else subject.right_edge.i + 1
    joined = [kid.left_edge.i for kid in verb.rights if kid.dep_ == "conj" and kid.pos_ == "VERB"]
    whole = trim(doc, (subject.left_edge.i, min([end, *joined])))
    while whole and doc[whole[1] - 1].pos_ == "CCONJ":
        whole = trim(doc, (whole[0], whole[1] - 1))
    return Content((whole,), subject, "hearsay") if whole else None
