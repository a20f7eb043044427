"""Reporting clauses: which verbs are used to attribute here, and whose words they introduce."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.extraction.attribution_sources import relabelled
from claims.extraction.attribution_spans import SUBJECTS, child, has_case, is_finite_clause
from claims.extraction.cues import RECORDS, CueVerb, cue_verbs
from claims.extraction.expressions import WEEKDAYS
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import MARKS, Quote
from claims.extraction.speaker_words import is_kind

NOT_REPORTING = frozenset(
    {"amod", "compound", "case", "fixed", "aux", "aux:pass", "cop", "flat", "nsubj", "obj", "nmod"}
)
UNSURE = frozenset({"will", "would", "shall", "can", "could", "may", "might", "must", "should", "ca"})
# "refused to comment" and "declined to say" attribute nothing (R16).
WITHHELD = frozenset(
    {"refuse", "decline", "fail", "want", "ask", "urge", "call", "hope", "wait", "able", "unable", "need"}
)
ASKED = frozenset({"if", "whether", "about", "why", "what", "how", "when", "who", "where", "which"})
OWN_VOICE = frozenset({"i", "we", "you"})
RELATIVE = frozenset({"who", "which", "that"})
INHERITING = frozenset({"conj", "advcl", "xcomp", "advcl:relcl", "parataxis"})
MAX_STEPS = 3
AGAINST = frozenset({"accuse", "blame", "charge", "condemn", "criticize", "criticise", "denounce"})
WRITINGS = frozenset({"letter", "statement", "post", "tweet", "note", "message", "memo", "email", "communique"})
ISSUING = frozenset({"issue", "send", "write", "post", "release", "publish", "sign", "tweet", "circulate", "share"})
MAX_ASIDE = 14
NAME_IN_MARKS = 4
NOBODY = frozenset({"nobody", "none", "nothing"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb that attributes, with the head of its source: ``how`` is own, agent, inherited, head or none."""

    verb: Token
    entry: CueVerb
    source: Token | None
    how: str

    @property
    def passive(self) -> bool:
        return is_passive(self.verb)


def reporting_clauses(doc: Doc, quotes: tuple[Quote, ...]) -> Iterator[Clause]:
    """Yield each reporting clause outside quotations, in order."""
    table = cue_verbs()
    inside = {i for quote in quotes if quote.end - quote.start > NAME_IN_MARKS for i in range(quote.start, quote.end)}
    before: Clause | None = None
    for token in doc:
        entry = table.get(token.lemma_)
        if entry is None or token.i in inside or not reports(token):
            continue
        source, how = source_of(token)
        if before is not None and _goes_on(token, how, before):
            source, how = before.source, "inherited"
        source, how = relabelled(token, source, how)
        if source is not None and source.i in inside:
            continue
        if _may_speak(entry, source, how):
            before = Clause(token, entry, source, how)
            yield before


def _goes_on(verb: Token, how: str, before: Clause) -> bool:
    """ "X said ..., adding that ...": a participle behind a reporting clause has that clause's speaker."""
    if how not in ("inherited", "lost") or not verb.lower_.endswith("ing") or verb.dep_ == "conj":
        return False
    return (
        bool(before.verb.sent.start == verb.sent.start) and before.source is not None and verb.head.i != before.verb.i
    )


def is_passive(verb: Token) -> bool:
    """Whether ``verb`` is passive here: by its auxiliary, its subject, or "was held and charged"."""
    if child(verb, "aux:pass", "nsubj:pass") is not None or _is_reduced(verb):
        return True
    if verb.dep_ != "conj" or not verb.lower_.endswith("ed") or child(verb.head, "aux:pass") is None:
        return False
    return child(verb, *SUBJECTS, "aux", "obj", "ccomp") is None


def _is_reduced(verb: Token) -> bool:
    """ "an attack claimed by the front", "as stated by the navy"."""
    following = verb.i + 1 < len(verb.doc) and verb.doc[verb.i + 1].lower_ == "by"
    hung = verb.dep_ == "acl" or (verb.dep_ == "advcl" and has_case(verb, "as"))
    return hung and following and not verb.lower_.endswith("ing")


def is_negated(verb: Token) -> bool:
    """Whether a "not" or "never" hangs on ``verb`` itself."""
    return any(kid.lemma_ in ("not", "never", "neither", "nor") for kid in verb.children if kid.i <= verb.i)


def reports(token: Token) -> bool:
    """Whether a verb stands as a report of something said: not negated, not unsure, not withheld."""
    if token.pos_ not in ("VERB", "AUX") or token.dep_ in NOT_REPORTING:
        return False
    if is_negated(token) or any(kid.lower_ in UNSURE for kid in token.children if kid.dep_ == "aux"):
        return False
    if token.lemma_ == "ask" and _is_question(token):
        return False
    return not (token.dep_ in ("xcomp", "ccomp") and token.head.lemma_ in WITHHELD and has_case(token, "to"))


def _is_question(token: Token) -> bool:
    """ "asked if ...", "asked about ...", and "Asked by the paper, he ..." with somebody else asking."""
    following = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    bare = token.dep_ in ("advcl", "acl") and child(token, *SUBJECTS) is None and token.lower_ == "asked"
    return bare or following in ASKED


def _may_speak(entry: CueVerb, source: Token | None, how: str) -> bool:
    if source is None:
        return how == "none"
    if source.lower_ in OWN_VOICE and how != "head":
        return False
    if source.lower_ in NOBODY or any(kid.lower_ == "no" for kid in source.children):
        return False
    if entry.voiced and not can_speak(source):
        return False
    return entry.strength != "record" or source.lemma_.lower() in RECORDS


def can_speak(source: Token) -> bool:
    """Whether a phrase with this head can be a voice: a name, a pronoun, people, a body, or a document."""
    inside = source.i > source.sent.start
    if source.pos_ in ("PROPN", "PRON", "NUM", "SYM") or (inside and source.text[:1].isupper()):
        return True
    return is_kind(source.text, "people", "role", "body", "carrier", "agency") or source.lemma_.lower() in RECORDS


def source_of(verb: Token, steps: int = 0) -> tuple[Token | None, str]:
    """Return the head of the phrase that speaks and how it was found; (None, "none") for a passive without agent."""
    if is_passive(verb):
        return _passive_source(verb)
    inverted = _behind(verb) or _said_by(verb)
    if inverted is not None:
        return inverted, "own"
    own = _subject(verb) or _lent(verb)
    if own is not None:
        return _who(verb, own)
    if steps == 0:
        near = _phrase_before(verb) or _before_aside(verb) or _set_behind(verb)
        if near is not None:
            return near, "own"
    if verb.dep_ == "acl" and verb.lower_.endswith("ing"):
        return _issuer(verb.head, steps) or (verb.head, "head")
    if verb.dep_ in INHERITING and verb.head.i != verb.i and steps < MAX_STEPS:
        if _leaves_passive(verb):
            return source_of(verb.head.head, steps + 1)[0], "inherited"
        if verb.head.pos_ not in ("VERB", "AUX") and not is_finite_clause(verb.head):
            return None, "lost"
        source, _ = source_of(verb.head, steps + 1)
        return (source, "inherited") if source is not None else (_patient(verb.head), "inherited")
    return None, "lost"


def _leaves_passive(verb: Token) -> bool:
    """ "X said that Y had been warned | and explained that ...": no passive goes on in the active, so X explains."""
    told = verb.head
    active = verb.dep_ == "conj" and any(kid.dep_ == "ccomp" for kid in verb.rights)
    return active and told.dep_ == "ccomp" and told.head.lemma_ in cue_verbs() and child(told, "aux:pass") is not None


def _issuer(writing: Token, steps: int) -> tuple[Token, str] | None:
    """Who speaks in what somebody has put out: "Brandt issued a letter saying ..."; None where that is not told."""
    issued = writing.head
    known = writing.lemma_ in WRITINGS and writing.dep_ == "obj" and issued.lemma_ in ISSUING
    source = _subject(issued) if known else None
    if source is None and known and issued.dep_ in INHERITING and steps < MAX_STEPS:
        source = source_of(issued.head, steps + 1)[0]
    return (source, "inherited") if source is not None else None


def _phrase_before(verb: Token) -> Token | None:
    """The noun phrase right before a finite verb, where the parse hung it elsewhere; an aside may stand between."""
    doc, at = verb.doc, verb.i - 1
    if verb.lower_.endswith("ing"):
        return None
    while at > verb.sent.start and doc[at].pos_ in ("AUX", "ADV"):
        at -= 1
    if doc[at].text == ",":
        at = _over_aside(verb, at)
    return _top_nominal(doc[at], verb) if at >= verb.sent.start else None


def _over_aside(verb: Token, comma: int) -> int:
    """Return where the phrase before ", a city of millions," ends, or -1."""
    doc = verb.doc
    for index in range(comma - 1, max(int(verb.sent.start), comma - MAX_ASIDE), -1):
        if doc[index].pos_ in ("VERB", "AUX"):
            return -1
        if doc[index].text == ",":
            return index - 1
    return -1


def _top_nominal(last: Token, verb: Token) -> Token | None:
    """Climb from the last word of a phrase to its head, not over a comma and not past the verb."""
    top = last
    while top.head.i != top.i and top.head.i < verb.i and top.head.pos_ in ("NOUN", "PROPN") and top.dep_ != "appos":
        low, high = sorted((top.i, top.head.i))
        if any(top.doc[i].text in (",", "—", "–") for i in range(low, high)):
            break
        top = top.head
    known = is_kind(top.text, "role", "people", "body", "carrier", "agency") or top.pos_ == "PROPN"
    return top if top.pos_ in ("NOUN", "PROPN") and known else None


def _before_aside(verb: Token) -> Token | None:
    """ "Smith, asked about the raid, said": the subject was taken for that of the aside."""
    for kid in verb.lefts:
        subject = _subject(kid) if kid.dep_ in ("ccomp", "advcl", "acl", "parataxis") and kid.pos_ == "VERB" else None
        if subject is None or subject.pos_ not in ("NOUN", "PROPN"):
            continue
        last = max([subject.i, *(inner.i for inner in subject.children if inner.dep_ == "flat")])
        if last + 1 < kid.i and verb.doc[last + 1].text == "," and verb.doc[verb.i - 1].text == ",":
            return subject
    return None


def _patient(verb: Token) -> Token | None:
    return child(verb, "nsubj:pass")


def _passive_source(verb: Token) -> tuple[Token | None, str]:
    agent = child(verb, "obl:agent") or next(
        (kid for kid in verb.children if kid.dep_ == "obl" and has_case(kid, "by") and kid.i > verb.i), None
    )
    agent = agent or _agent_within(verb)
    if agent is not None:
        return agent, "agent"
    if verb.lemma_ == "quote":
        return child(verb, "nsubj:pass"), "own"
    return None, "none"


def _agent_within(verb: Token) -> Token | None:
    """ "was accused of the raid by two ministers": a "by" that the parse hung on what somebody is accused of."""
    if verb.lemma_ not in AGAINST:
        return None
    kids = (kid for kid in verb.subtree if kid.i > verb.i + 1 and kid.dep_ in ("nmod", "obl", "obl:agent"))
    return next((kid for kid in kids if has_case(kid, "by") and can_speak(kid)), None)


def _subject(verb: Token) -> Token | None:
    found = [kid for kid in verb.children if kid.dep_ in SUBJECTS]
    nominal = [kid for kid in found if not kid.dep_.startswith("csubj")]
    before = [kid for kid in nominal if kid.i < verb.i]
    if before and any(kid.dep_ == "ccomp" for kid in verb.rights):
        nominal = before
    return max(nominal, key=lambda kid: -abs(kid.i - verb.i), default=None)


def _lent(verb: Token) -> Token | None:
    """ "The front, quoted by the radio, said the fighting lasted ...": the subject was given to the clause behind."""
    kids = (kid for kid in verb.rights if kid.dep_ == "ccomp")
    return next((lent for kid in kids for lent in kid.lefts if lent.dep_ == "nsubj" and lent.i < verb.i), None)


def _set_behind(verb: Token) -> Token | None:
    """The phrase right behind a verb that closes a quotation, whatever the parse hung it on."""
    doc, start = verb.doc, verb.i + 1
    before = doc[verb.i - 1].text if verb.i > verb.sent.start else ""
    stop = min(start + MAX_ASIDE, int(verb.sent.end))
    if before not in MARKS or start >= stop or any(kid.dep_ == "ccomp" for kid in verb.rights):
        return None
    comma = next((i for i in range(start, stop) if doc[i].text == ","), stop)
    nominal = [doc[i] for i in range(start, comma) if doc[i].pos_ in ("NOUN", "PROPN")]
    return next((token for token in nominal if not verb.i < token.head.i < comma or token.head.i == token.i), None)


def _behind(verb: Token) -> Token | None:
    """ "..., said medical sources at the hospital, where ...": right behind a comma, what follows the verb speaks."""
    doc = verb.doc
    before = doc[verb.i - 1].text if verb.i > verb.sent.start else ""
    entry = cue_verbs().get(verb.lemma_)
    if verb.lower_.endswith("ing") or (before != "," and before not in MARKS):
        return None
    if entry is not None and "clause" not in entry.frames:
        return None  # "..., which houses the clerks, blamed the mayor": whom it acts on
    told = any(kid.dep_ == "ccomp" for kid in verb.lefts) and child(verb, *SUBJECTS) is None
    clauses = [kid for kid in verb.rights if kid.dep_ in ("ccomp", "parataxis", "nsubj")]
    if clauses and (not told or any(kid.left_edge.i == verb.i + 1 for kid in clauses)):
        return None
    found = child(verb, "obj") or (child(verb, "iobj") if told else None)
    known = found is not None and (
        before in MARKS or found.pos_ == "PROPN" or is_kind(found.text, "role", "people", "body", "agency")
    )
    return found if found is not None and known and found.left_edge.i == verb.i + 1 else None


def _said_by(verb: Token) -> Token | None:
    """ "..., said Dr. Name of the hospital, where ...", however the parse hung the phrase: no verb of its own in it."""
    doc, start, sent = verb.doc, verb.i + 1, verb.sent
    if verb.lower_ not in ("said", "says") or verb.i == sent.start or doc[verb.i - 1].text not in MARKS | {","}:
        return None
    stop = next((i for i in range(start, sent.end) if doc[i].text in (",", ";", ".", ":")), int(sent.end))
    phrase = doc[start:stop]
    if not any(token.dep_ in SUBJECTS for token in doc[sent.start : verb.i]) or not len(phrase):
        return None
    if phrase[0].pos_ not in ("DET", "NOUN", "PROPN", "ADJ", "NUM") or phrase[0].lower_ in (*WEEKDAYS, "that", "today"):
        return None
    if any(token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "acl") for token in phrase):
        return None
    nominal = (token for token in phrase if token.pos_ in ("NOUN", "PROPN"))
    head = next((token for token in nominal if not start <= token.head.i < stop or token.head.i == token.i), None)
    return head if head is not None and can_speak(head) else None


def _is_human(token: Token) -> bool:
    return token.ent_type_ == "PER" or is_kind(token.text, "people", "role")


def _who(verb: Token, subject: Token) -> tuple[Token | None, str]:
    if subject.lower_ in RELATIVE:
        at = subject.i - 1 - (verb.doc[subject.i - 1].text == "," if subject.i else 0)
        near = _top_nominal(verb.doc[at], verb) if at >= verb.sent.start else None
        if verb.dep_ == "acl:relcl" and not (near is not None and _is_human(near) and not _is_human(verb.head)):
            return verb.head, "head"
        return (near, "head") if near is not None else (None, "lost")
    if subject.lower_ in ("it", "there") and child(verb, "expl") is not None:
        return None, "lost"
    return subject, "own"
