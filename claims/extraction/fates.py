"""What befell a counted thing: the words that act on it, by the parse and by word order."""

from __future__ import annotations

from claims.extraction.counting import Counted
from claims.extraction.measures import (
    ABLAZE,
    CARE,
    DIE,
    FATAL,
    INJURE,
    NOUNS,
    STATES,
    person_measure,
)
from claims.extraction.nlp import Doc, Token
from claims.extraction.wordlists import words

Role = str  # "patient": it is done to the thing; "agent": the thing does it; "with": it is the means; "at": the place
Link = tuple[Token, Role]

_SKIPPED_LEFT = words(
    "another other the all some its their his her only just already reportedly also allegedly further additional "
    "these those total a of-which estimated up"
)
_LINKING = words(
    "be get have leave report confirm fear believe list say know find go continue begin start force manage"
)
_ACTIVE_LINKS = words("be have go continue begin start manage")
_LOCATIVE = words("in at on near inside outside across from of aboard under during throughout around")


def links(counted: Counted) -> list[Link]:
    """What acts on the counted thing, the surest first: its neighbours, then the tree, then farther words."""
    return [*before(counted), *_adjacent(counted), *_farther(counted), *_tree(counted)]


def before(counted: Counted) -> list[Link]:
    """What acts on it from the words right in front: "killed | two men"."""
    doc, at = counted.first.doc, counted.left - 1
    while at >= counted.sent.start and (doc[at].lower_ in _SKIPPED_LEFT or doc[at].is_space or doc[at].pos_ == "ADV"):
        at -= 1
    if at < counted.sent.start:
        return []
    token = doc[at]
    if (kindled := _set_on_fire(counted, at)) is not None:
        return [(kindled, "patient")]
    if token.pos_ == "VERB" and not is_passive(token):
        return [(token, "patient")]
    if token.lower_ in ("down", "up", "dead") and at > counted.sent.start and doc[at - 1].pos_ == "VERB":
        return [(doc[at - 1], "patient")]
    if token.lower_ in ("of", "to") and at > counted.sent.start and doc[at - 1].lemma_.lower() in {*NOUNS, "loss"}:
        tried = doc[max(counted.sent.start, at - 2)].lower_ == "attempted"
        return [(doc[at - 1], "with" if tried else "patient")]
    if token.lower_ == "with" and at > counted.sent.start and doc[at - 1].lower_ in ("along", "together"):
        return _shared_fate(counted, at - 1)
    if token.lower_ in ("by", "with") and at > counted.sent.start:
        verb = next(
            (doc[i] for i in range(at - 1, max(counted.sent.start, at - 5) - 1, -1) if doc[i].pos_ == "VERB"), None
        )
        return [] if verb is None else [(verb, "with")]
    return []


def _shared_fate(counted: Counted, along: int) -> list[Link]:
    """ "The mayor was killed at home, along with two guards": what befell the one befell the others."""
    before = reversed(counted.first.doc[counted.sent.start : along])
    verb = next((token for token in before if token.pos_ == "VERB" and not token.lower_.endswith("ing")), None)
    return [] if verb is None else [(verb, "patient" if is_passive(verb) else "agent")]


def _set_on_fire(counted: Counted, at: int) -> Token | None:
    """The verb of "set on fire two plants", "set fire to 40 cars"."""
    doc, start = counted.first.doc, max(counted.sent.start, at - 3)
    words = [token.lower_ for token in doc[start : at + 1]]
    if words[-1:] not in (["fire"], ["ablaze"], ["to"]) or not ABLAZE & set(words):
        return None
    return next((token for token in doc[start:at] if token.lemma_ == "set"), None)


def _adjacent(counted: Counted) -> list[Link]:
    """The word right behind the phrase: "27 dead", "12 people killed in", "three missing"."""
    doc, at, end = counted.first.doc, counted.right, counted.sent.end
    while at < end and (doc[at].pos_ == "ADV" or doc[at].lower_ in ("others", "more", "people")):
        at += 1
    if at >= end:
        return []
    token = doc[at]
    if token.lower_ in STATES and not _acts(token, end):
        return [(token, "patient")]
    if token.pos_ == "VERB" and token.lower_.endswith(("ed", "en", "wn", "ht", "it", "id")) and not _acts(token, end):
        return [(token, "patient")]
    return [(token, "agent")] if token.pos_ == "VERB" else []


def _acts(verb: Token, end: int) -> bool:
    """Whether a word that may be a participle has an object of its own ("two men killed a guard")."""
    doc, at = verb.doc, verb.i + 1
    while at < end and doc[at].pos_ in ("ADV", "SPACE"):
        at += 1
    if at >= end:
        return False
    if doc[at].lower_ == "and" and at + 1 < end and doc[at + 1].pos_ == "VERB":
        return _acts(doc[at + 1], end)
    return doc[at].pos_ in ("DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ") and doc[at].lower_ not in (
        "last",
        "late",
        "early",
        "yesterday",
    )


def is_passive(verb: Token) -> bool:
    """Whether a form of "be" or "get" makes the verb passive."""
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    doc = verb.doc
    for i in range(verb.i - 1, max(verb.sent.start, verb.i - 4) - 1, -1):
        if doc[i].pos_ in ("ADV", "PART"):
            continue
        return doc[i].lemma_ in ("be", "get") and not verb.lower_.endswith("ing")
    return False


def _tree(counted: Counted) -> list[Link]:
    token, found = counted.head, list(_clauses(counted.head))
    for _ in range(6):
        above, relation = token.head, token.dep_
        if above.i == token.i or not counted.sent.start <= above.i < counted.sent.end:
            break
        if above.pos_ in ("VERB", "AUX", "ADJ") and relation != "conj":
            role = _role(token, above, counted)
            if role:
                found.append((above, role))
            break
        if relation in ("nmod", "conj", "appos", "nummod", "compound", "obl") and above.pos_ in (
            "NOUN",
            "PROPN",
            "NUM",
            "ADJ",
        ):
            if (
                relation == "nmod"
                and above.lemma_.lower() in NOUNS
                and not (above.i and above.nbor(-1).lower_ == "attempted")
            ):
                found.append((above, "patient"))
                break
            if relation == "nmod" and _case(token, counted) not in ("", "including"):
                break
            token = above
            continue
        break
    return found


def _clauses(noun: Token) -> list[Link]:
    """Participles and relative clauses on the noun: "people killed", "men who died"."""
    found: list[Link] = []
    for child in noun.children:
        if child.i < noun.i or not child.dep_.startswith("acl"):
            continue
        led = any(word.pos_ == "PRON" for word in noun.doc[noun.i + 1 : child.i])
        passive = is_passive(child) or (not led and child.lower_.endswith(("ed", "en")))
        counts_apart = any(word.pos_ == "NUM" for word in noun.doc[noun.i + 1 : child.i])
        if child.pos_ in ("VERB", "ADJ") and not counts_apart:
            found.append((child, "patient" if passive or child.lower_ in ("dead", "missing") else "agent"))
    return found


def _case(token: Token, counted: Counted) -> str:
    """The preposition of a phrase, "" where it is part of the number's hedge ("around 30 houses")."""
    case = next((child for child in token.children if child.dep_ == "case"), None)
    return "" if case is None or counted.left <= case.i <= counted.last.i else case.lower_


def _role(token: Token, verb: Token, counted: Counted) -> Role:
    relation = token.dep_
    if relation in ("nsubj:pass", "nsubj", "csubj", "nsubj:outer"):
        bare = relation == "nsubj:pass" and verb.pos_ == "VERB" and not _acts(verb, counted.sent.end)
        return "patient" if is_passive(verb) or bare or verb.lower_ in STATES else "agent"
    if relation in ("obj", "iobj", "ccomp", "xcomp", "dep", "obl:unmarked"):
        return "patient"
    if relation.startswith("obl"):
        case = _case(token, counted)
        if not case:
            return "patient"
        return "with" if case in ("by", "with", "using") else "at"
    return ""


def _farther(counted: Counted) -> list[Link]:
    """The predicate behind insertions: "90 villagers, including six children, had been killed"."""
    doc, at, end = counted.first.doc, counted.right, counted.sent.end
    passive = False
    stop = min(end, at + 16)
    while at < stop:
        token = doc[at]
        if (
            token.lower_ == ","
            and at + 1 < stop
            and doc[at + 1].lower_ in ("including", "among", "most", "mostly", "many", "who")
        ):
            at = _behind_comma(doc, at + 1, stop) if doc[at + 1].lower_ != "who" else at + 1
        elif token.lower_ == "and" and at + 1 < stop and doc[at + 1].lower_ in ("a", "an", "his", "her", "their"):
            at = _behind_phrase(doc, at + 1, stop)  # "120 soldiers and a general were killed"
        elif token.lower_ in _LOCATIVE or token.lower_ == "(":
            at = _behind_phrase(doc, at + 1, stop)
        elif token.pos_ == "AUX" or (token.lemma_ in _LINKING and at + 1 < stop):
            passive = passive or token.lemma_ == "be" or token.lemma_ in _LINKING - _ACTIVE_LINKS
            at += 1
        elif token.pos_ in ("ADV", "PART", "SPACE") or token.lower_ in ("who", "that", "others", "more", "to", "as"):
            at += 1
        elif token.pos_ in ("VERB", "ADJ"):
            return [(token, "patient" if passive or token.lower_ in STATES else "agent")]
        else:
            return []
    return []


def _behind_comma(doc: Doc, at: int, stop: int) -> int:
    while at < stop and doc[at].lower_ != ",":
        at += 1
    return at + 1


def _behind_phrase(doc: Doc, at: int, stop: int) -> int:
    while (
        at < stop
        and doc[at].lower_ not in STATES
        and (
            doc[at].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART", "CCONJ", "SYM")
            or doc[at].lower_ in (",", ")")
        )
    ):
        if doc[at].lower_ in (",", ")") and at + 1 < stop and doc[at + 1].pos_ not in ("PROPN",):
            return at + 1
        at += 1
    return at


def toll(link: Link) -> str:
    """The casualty measure that a link makes of its thing, "" where none."""
    token, role = link
    if role in ("with", "at") or _negated(token):
        return ""
    if token.pos_ == "NOUN" and token.lower_ not in STATES:
        return NOUNS.get(token.lemma_.lower(), "")
    return _suffered(token) if role == "patient" else _did(token)


def _suffered(token: Token) -> str:
    """What a verb or state makes of those whom it befalls."""
    lemma = token.lemma_.lower()
    if {person_measure(lemma), person_measure(_conjunct(token))} == {"killed", "injured"}:
        return "other:casualty"
    if _fatal(token):
        return "killed"
    if lemma in CARE and _hurt(token):
        return "injured"
    return STATES.get(token.lower_, "") or person_measure(lemma)


def _did(token: Token) -> str:
    """What a verb makes of those who do it: they die, flee, disappear."""
    lemma, word = token.lemma_.lower(), token.lower_
    if lemma in DIE - {"fall"} or (lemma == "lose" and any(child.lemma_ == "life" for child in token.children)):
        return "killed"
    if lemma in ("suffer", "sustain", "receive", "recover") and _hurt(token):
        return "injured"
    if lemma in ("flee", "evacuate"):
        return "displaced"
    if lemma in ("disappear", "vanish"):
        return "missing"
    stative = word in STATES and lemma not in INJURE and not _acts(token, token.sent.end)
    return STATES[word] if stative else ""


def _fatal(verb: Token) -> bool:
    """ "fatally shot", "stabbed to death", "shot dead"."""
    doc = verb.doc
    lead = {token.lower_ for token in doc[max(verb.sent.start, verb.i - 2) : verb.i]}
    behind = [token.lower_ for token in doc[verb.i + 1 : min(verb.sent.end, verb.i + 3)]]
    return bool(lead & FATAL) or behind[:1] in (["fatally"], ["dead"]) or behind == ["to", "death"]


def _hurt(verb: Token) -> bool:
    """Whether what somebody suffers is a wound."""
    behind = verb.doc[verb.i + 1 : min(verb.sent.end, verb.i + 8)]
    return any(token.lemma_.lower() in ("injury", "wound", "burn", "fracture", "concussion") for token in behind)


def _negated(token: Token) -> bool:
    for i in range(token.i - 1, max(token.sent.start, token.i - 4) - 1, -1):
        word = token.doc[i]
        if word.lower_ in ("not", "n't", "n’t", "never"):
            return True
        if word.pos_ not in ("AUX", "ADV", "PART"):
            return False
    return False


def _conjunct(verb: Token) -> str:
    doc, at = verb.doc, verb.i
    if at + 2 < verb.sent.end and doc[at + 1].lower_ in ("or", "and"):
        return doc[at + 2].lemma_.lower()
    if at - 2 >= verb.sent.start and doc[at - 1].lower_ in ("or", "and"):
        return doc[at - 2].lemma_.lower()
    return ""
