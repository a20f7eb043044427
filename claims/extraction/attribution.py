"""Who is made answerable for which words: every reporting verb, "according to" and noun of saying of a text.

The rules read the parse where it is sure (subject, complement clause, object) and the surface where parsers err: a
reporting clause set off by commas, and words in quotation marks beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.attribution_citing import cited_as_saying, citing, is_as_saying
from claims.extraction.attribution_clauses import Clause, can_speak
from claims.extraction.attribution_ends import clause_end
from claims.extraction.attribution_frames import Content, content_of, main_word
from claims.extraction.attribution_item import Attribution, root_of
from claims.extraction.attribution_labels import LabelCue, label_cues
from claims.extraction.attribution_nouns import NounCue, noun_cues
from claims.extraction.attribution_passives import passive_content
from claims.extraction.attribution_sources import is_labelled, source_phrase
from claims.extraction.attribution_spans import SUBJECTS, Stretch, noun_phrase, trim, without, words_in
from claims.extraction.cues import cue_verbs
from claims.extraction.nlp import Doc, Token
from claims.extraction.quotes import Quote

COVERS = 0.6
MAX_PHRASE = 14
TELLING = frozenset({"clause", "quote", "ing", "inf"})
ACTING = frozenset({"np", "of", "for"})
OWN_ACTS = frozenset({"call", "demand", "declare", "order", "ask"})
HEARSAY_ADVERBS = frozenset({"reportedly", "allegedly", "purportedly"})
SAME_VOICE = frozenset({"he", "she", "it", "they", "who", "i", "we"})


def find_attributions(doc: Doc, quotes: tuple[Quote, ...], clauses: Sequence[Clause]) -> tuple[Attribution, ...]:
    """Return all attributions outside quotations in order of their cues, nesting resolved, none overlapping another.

    ``clauses`` are the text's reporting clauses.
    """
    cited = [one for clause in clauses for one in cited_as_saying(clause, doc, quotes)]
    taken = {one.cue[0] for one in cited} | {token.i for token in doc if cited and is_as_saying(token)}
    by_verbs = [one for one in _by_verbs(clauses, doc, quotes) if one.cue[0] not in taken and one.root not in taken]
    found = [*cited, *by_verbs, *_according_to(doc, quotes), *(_by_noun(one) for one in noun_cues(doc, quotes))]
    found += _by_hearsay(doc, quotes, {int(doc[one.cue[0]].sent.start) for one in found})
    seen = taken | {i for one in found for i in range(*one.cue)}
    found += [_by_label(one) for one in label_cues(doc, quotes, seen) if not _told(found, one)]
    found = citing(sorted(found, key=lambda one: one.cue), doc, quotes)
    return tuple(_settle(doc, found))


def _by_verbs(clauses: Sequence[Clause], doc: Doc, quotes: tuple[Quote, ...]) -> Iterator[Attribution]:
    for clause in clauses:
        if clause.passive and clause.how in ("none", "agent"):
            content = passive_content(clause, doc)
        else:
            content = _what_was_said(clause, doc) or content_of(clause, doc, quotes)
        if content is not None and _is_a_voice(clause, content):
            yield _attribution(clause, content)


def _is_a_voice(clause: Clause, content: Content) -> bool:
    """Whether what stands before an object can speak: "the front denied the raid", not "the siege denied them rest"."""
    source = clause.source
    return content.frame not in ACTING or source is None or can_speak(source) or is_labelled(source)


def _attribution(clause: Clause, content: Content) -> Attribution:
    return Attribution(
        cue=(clause.verb.i, clause.verb.i + 1),
        lemma=clause.entry.lemma,
        source=source_phrase(clause.source) if clause.source is not None else None,
        source_head=clause.source.i if clause.source is not None else None,
        parts=content.parts,
        root=content.root.i if content.root is not None else None,
        denies=clause.entry.denies,
        frame=content.frame,
        quoted=content.quoted,
        inherited=clause.how == "inherited",
    )


def _by_noun(one: NounCue) -> Attribution:
    return Attribution(
        cue=(one.noun.i, one.noun.i + 1),
        lemma=one.noun.lemma_,
        source=noun_phrase(one.owner) if one.owner is not None else None,
        source_head=one.owner.i if one.owner is not None else None,
        parts=(one.part,),
        root=one.root.i,
        denies=one.noun.lemma_ == "denial",
        frame="noun",
    )


def _by_label(one: LabelCue) -> Attribution:
    return Attribution(
        cue=(one.verb.i, one.verb.i + 1),
        lemma=one.verb.lemma_,
        source=noun_phrase(one.source),
        source_head=one.source.i,
        parts=(one.part,),
        root=root_of(one.verb.doc, one.part),
    )


def _told(found: list[Attribution], one: LabelCue) -> bool:
    """Whether a rule found what the label only found in part: the same words, under another cue of the sentence."""
    mine = words_in(one.verb.doc, (one.part,))
    return any(2 * len(mine & words_in(one.verb.doc, other.parts)) >= len(mine) for other in found)


def _by_hearsay(doc: Doc, quotes: tuple[Quote, ...], spoken: set[int]) -> Iterator[Attribution]:
    """ "The front reportedly lost nine men": said by somebody, the sentence does not tell by whom."""
    for token in doc:
        sent = token.sent if token.lower_ in HEARSAY_ADVERBS else None
        if sent is None or int(sent.start) in spoken or any(quote.holds(token.i) for quote in quotes):
            continue
        part = trim(doc, (int(sent.start), int(sent.end)))
        if token.head.i == sent.root.i and part:
            cue = (token.i, token.i + 1)
            yield Attribution(cue, token.lower_, None, None, (part,), int(sent.root.i), frame="hearsay")


def _what_was_said(clause: Clause, doc: Doc) -> Content | None:
    """ "... what the army said was an attack on the port": the content is "was an attack on the port"."""
    verb = clause.verb
    if clause.source is None or clause.how != "own" or verb.i + 1 >= verb.sent.end:
        return None
    before = noun_phrase(clause.source)[0] - 1
    if before < verb.sent.start or doc[before].lower_ != "what" or doc[verb.i + 1].lemma_ != "be":
        return None
    root = main_word(doc, (verb.i + 2, int(verb.sent.end)))
    part = trim(doc, (verb.i + 1, clause_end(clause, verb.i + 1, doc[verb.i + 1])))
    return Content((part,), root, "what") if part else None


def _according_to(doc: Doc, quotes: tuple[Quote, ...]) -> Iterator[Attribution]:
    inside = {i for quote in quotes for i in range(quote.start, quote.end)}
    for token in doc[:-2]:
        if token.lower_ != "according" or doc[token.i + 1].lower_ != "to" or token.i in inside:
            continue
        head = _first_nominal(token)
        if head is None:
            continue
        source = noun_phrase(head)
        block = (token.i, max(source[1], token.i + 3))
        parts = _around(doc, token, block)
        if parts:
            root = main_word(doc, parts[0])
            yield Attribution(
                cue=(token.i, token.i + 2),
                lemma="according to",
                source=(max(source[0], token.i + 2), block[1]),
                source_head=head.i,
                parts=parts,
                root=root.i if root is not None else None,
            )


def _first_nominal(according: Token) -> Token | None:
    """The head of the phrase behind "according to": from its first noun up, not over a comma or a verb."""
    doc, start = according.doc, according.i + 2
    stop = min(start + MAX_PHRASE, int(according.sent.end))
    first = next((doc[i] for i in range(start, stop) if doc[i].pos_ in ("NOUN", "PROPN", "PRON", "NUM")), None)
    if first is None:
        return None
    top = first
    while top.head.i != top.i and start <= top.head.i < stop and top.head.pos_ in ("NOUN", "PROPN"):
        if any(doc[i].text == "," or _opens(doc[i], top) for i in range(*sorted((top.i, top.head.i)))):
            break
        top = top.head
    return top


def _opens(word: Token, name: Token) -> bool:
    """ "according to Brandt | the dam held": behind a name, an article opens what is said."""
    return name.pos_ == "PROPN" and word.dep_ == "det" and word.i > name.i


def _around(doc: Doc, token: Token, block: Stretch) -> tuple[Stretch, ...]:
    """The sentence without the phrase of attribution, what has the verb in front."""
    sent = token.sent
    before = trim(doc, (int(sent.start), block[0]))
    after = trim(doc, (block[1], int(sent.end)))
    if (
        before
        and after
        and doc[before[1] - 1].pos_ in ("SCONJ", "CCONJ", "ADP", "PRON")
        and doc[before[1] - 1].dep_ != "obj"
    ):
        return (after,)
    if (
        before
        and after
        and doc[before[1] - 1].lower_ in ("when", "which", "who", "that", "and", "but", "although", "though")
    ):
        return (after,)
    if before and after and _is_torn(doc, before, after):
        return (after, before)
    if before and main_word(doc, before) is not None and before[1] - before[0] > 2:
        aside = after is not None and doc[after[0]].lower_ in (
            "who",
            "which",
            "whose",
            "while",
            "but",
            "and",
            "a",
            "the",
            "an",
        )
        return (before,) if after is None or aside or after[0] == block[1] else (before, after)
    return (after,) if after else ()


def _is_torn(doc: Doc, before: Stretch, after: Stretch) -> bool:
    """ "Nine men, according to the army, were killed": only the subject of what follows stands in front."""
    root = main_word(doc, before)
    return root is not None and root.dep_ in SUBJECTS and after[0] <= root.head.i < after[1]


def _settle(doc: Doc, found: list[Attribution]) -> list[Attribution]:
    """Resolve what stands inside something else, so that no words are claimed twice."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda item: -len(words_in(doc, item.parts))):
        outer = next((other for other in kept if _holds(other, one.cue[0])), None)
        if outer is None:
            if not any(_same_words(doc, one, other) for other in kept):
                kept.append(one)
            continue
        place = kept.index(outer)
        if _joined_cue(doc, outer, one):
            kept[place] = _cut(doc, outer, one)
            kept.append(one)
        elif _carries(doc, one):
            via = (*outer.via, outer.source_head) if outer.source_head is not None else outer.via
            inner = replace(one, via=(*via, *one.via))
            if one.frame in TELLING and _covers(doc, outer, one):
                kept[place] = inner
            else:
                kept.append(inner)
    return sorted(kept, key=lambda item: item.cue)


def _holds(outer: Attribution, index: int) -> bool:
    return any(start <= index < end for start, end in outer.parts)


def _same_words(doc: Doc, one: Attribution, other: Attribution) -> bool:
    mine, theirs = words_in(doc, one.parts), words_in(doc, other.parts)
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _joined_cue(doc: Doc, outer: Attribution, inner: Attribution) -> bool:
    """ "said they did not fire and blamed ...": a past form after a bare one goes on with the speaker."""
    verb = doc[inner.cue[0]]
    if inner.inherited and verb.lower_.endswith("ing") and verb.dep_ == "advcl" and inner.frame in ("quote", "clause"):
        return verb.i > doc[outer.cue[0]].i and _covers(doc, outer, inner)
    if not inner.inherited or verb.dep_ != "conj" or verb.i < doc[outer.cue[0]].i:
        return False
    bare = verb.head.lower_ == verb.head.lemma_ and verb.lower_ != verb.lemma_
    bare = bare or (inner.source_head is not None and inner.source_head == outer.source_head)
    return bare or verb.head.i == outer.cue[0] or (inner.frame == "np" and inner.lemma in ("blame", "accuse"))


def _cut(doc: Doc, outer: Attribution, inner: Attribution) -> Attribution:
    start = inner.cue[0]
    while start > 0 and (doc[start - 1].dep_ in ("cc", "punct", "advmod", "aux")):
        start -= 1
    parts = [trim(doc, (part[0], min(part[1], start))) for part in outer.parts if part[0] < start]
    return replace(outer, parts=tuple(part for part in parts if part) or outer.parts)


def _covers(doc: Doc, outer: Attribution, inner: Attribution) -> bool:
    frame = [inner.cue] + ([inner.source] if inner.source else [])
    rest = [
        piece for part in outer.parts for piece in without(part, (min(f[0] for f in frame), max(f[1] for f in frame)))
    ]
    whole, held = words_in(doc, rest), words_in(doc, inner.parts)
    return bool(whole) and len(whole & held) >= COVERS * len(whole)


def _carries(doc: Doc, inner: Attribution) -> bool:
    """Whether the inner level is a voice of its own that says something, not the outer speaker's own act or thought."""
    if inner.frame in ACTING and (inner.lemma in OWN_ACTS or not can_speak(doc[inner.source_head or 0])):
        return False
    if inner.source_head is None or doc[inner.source_head].lower_ in SAME_VOICE or inner.frame not in TELLING | ACTING:
        return False
    entry = cue_verbs().get(inner.lemma)
    return entry is None or entry.strength == "strong"
