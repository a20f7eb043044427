"""Statements of a text: what each attribution, quotation and plain sentence says, before figures are joined on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from claims.extraction.attribution import find_attributions
from claims.extraction.attribution_clauses import reporting_clauses
from claims.extraction.attribution_frames import main_word
from claims.extraction.attribution_item import Attribution
from claims.extraction.attribution_sources import source_phrase
from claims.extraction.attribution_spans import SUBJECTS, Stretch, trim, words_in
from claims.extraction.nlp import Doc, Span
from claims.extraction.outlet import main_clause, states_a_fact
from claims.extraction.polarity import clause_denies, polarity_of
from claims.extraction.quotes import Quote, find_quotes
from claims.extraction.speakers import Speakers, anchor
from claims.extraction.types import Cue, Mode, Polarity, Source
from claims.extraction.verbatim import before_quotations, introductions, issued, printed_in_full, speaks_as_one

MIN_QUOTED_WORDS = 3
MAX_BREAK = 16


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in the making: the stretches of its content (the main one first), who says it, and how.

    ``whole`` covers the parts and the reporting clause that breaks them apart ("The dam, he said, held"), if one does.
    """

    parts: tuple[Stretch, ...]
    speaker: Source | None
    chain: tuple[Source, ...]
    cue: Cue | None
    mode: Mode
    polarity: Polarity
    sentence: int
    whole: Stretch | None = None


def find_statements(doc: Doc) -> tuple[Statement, ...]:
    """Return the statements of a text in reading order."""
    quotes = find_quotes(doc)
    speakers = Speakers(doc, quotes)
    clauses = list(reporting_clauses(doc, quotes))
    attributions = find_attributions(doc, quotes, clauses)
    introduced = issued(doc) | introductions(clauses)
    voiced = [(one, *_voices(one, speakers)) for one in attributions]
    found = [statement for one, speaker, chain in voiced for statement in _attributed(doc, one, speaker, chain, quotes)]
    beside = before_quotations(clauses, quotes) | introduced
    found += _quoted_sentences(doc, quotes, voiced, beside, speakers)
    found += _verbatim(doc, found, introduced, speakers, quotes)
    found += _outlet_sentences(doc, found, attributions, quotes)
    return tuple(sorted(found, key=lambda statement: statement.parts[0]))


def _voices(one: Attribution, speakers: Speakers) -> tuple[Source | None, tuple[Source, ...]]:
    carriers = tuple(speakers.resolve(source_phrase(speakers.doc[head]), head) for head in one.via)
    if one.source is None or one.source_head is None:
        return None, carriers
    speaker = speakers.resolve(one.source, one.source_head)
    return speaker, (*carriers, speaker)


def _attributed(
    doc: Doc, one: Attribution, speaker: Source | None, chain: tuple[Source, ...], quotes: tuple[Quote, ...]
) -> Iterator[Statement]:
    cue = Cue(one.lemma, anchor(doc, one.cue))
    whole = Statement(
        one.parts,
        speaker,
        chain,
        cue,
        mode_of(doc, one.parts, quotes),
        polarity_of(doc, one),
        _sentence_of(doc, one.cue[0]),
        _broken(doc, one.parts),
    )
    pieces = list(_that_clauses(doc, one))
    if len(pieces) < 2:
        yield whole
        return
    for piece in pieces:
        root = main_word(doc, piece)
        denied = one.denies or (root is not None and clause_denies(root))
        yield replace(
            whole,
            parts=(piece,),
            whole=None,
            mode=mode_of(doc, (piece,), quotes),
            polarity=Polarity.DENIED if denied else Polarity.ASSERTED,
        )


def _broken(doc: Doc, parts: tuple[Stretch, ...]) -> Stretch | None:
    """What covers the parts of one sentence that a short reporting clause breaks apart; None where the main one stands
    for itself."""
    start, end = parts[0]
    if any(kid.dep_ in SUBJECTS and start <= kid.i < end for i in range(start, end) for kid in doc[i].children):
        return None
    ordered = sorted(parts)
    start, end = ordered[0][0], ordered[-1][1]
    near = all(after[0] - before[1] <= MAX_BREAK for before, after in pairwise(ordered))
    return (start, end) if len(ordered) > 1 and near and doc[start].sent == doc[end - 1].sent else None


def _that_clauses(doc: Doc, one: Attribution) -> Iterator[Stretch]:
    """ "that A and that B" are two claims."""
    start, end = one.parts[0]
    first = start
    for index in range(start + 1, end - 1):
        if doc[index].lower_ == "that" and doc[index].pos_ == "SCONJ" and doc[index - 1].lower_ in ("and", "but", "or"):
            piece = trim(doc, (first, index - 1))
            if piece:
                yield piece
            first = index + 1
    last = trim(doc, (first, end))
    if last:
        yield last


def mode_of(doc: Doc, parts: tuple[Stretch, ...], quotes: tuple[Quote, ...]) -> Mode:
    """Return direct, mixed or indirect by how much of the words stands in quotation marks."""
    words = words_in(doc, parts)
    quoted = {i for quote in quotes for i in range(quote.start, quote.end)} & words
    if not quoted:
        return Mode.INDIRECT
    return Mode.DIRECT if len(quoted) >= len(words) else Mode.MIXED


def _sentence_of(doc: Doc, index: int) -> int:
    return int(doc[index].sent.start)


Voiced = tuple[Attribution, Source | None, tuple[Source, ...]]


def _quoted_sentences(
    doc: Doc, quotes: tuple[Quote, ...], voiced: list[Voiced], introduced: dict[int, Stretch], speakers: Speakers
) -> Iterator[Statement]:
    """Sentences wholly quoted and without a cue: the speaker is the one beside the quotation, else the last one."""
    taken = {i for one, _, _ in voiced for i in words_in(doc, one.parts)}
    for group in _groups(doc, quotes):
        voice = next(((one, who, chain) for one, who, chain in voiced if one.quoted in group), None)
        speaker, chain = (voice[1], voice[2]) if voice else _speaker_before(doc, group[0], introduced, speakers)
        for part in (part for quote in group for part in _sentences_in(doc, quote)):
            words = words_in(doc, (part,))
            if speaker is None or len(words) < MIN_QUOTED_WORDS or 2 * len(words & taken) > len(words):
                continue
            if not _is_question(doc, part):
                root = main_word(doc, part)
                polarity = Polarity.DENIED if root is not None and clause_denies(root) else Polarity.ASSERTED
                yield Statement((part,), speaker, chain, None, Mode.DIRECT, polarity, _sentence_of(doc, part[0]))


def _is_question(doc: Doc, part: Stretch) -> bool:
    return any(doc[i].text == "?" for i in range(max(part[0], part[1] - 3), part[1]))


def _groups(doc: Doc, quotes: tuple[Quote, ...]) -> list[list[Quote]]:
    """Join a quotation that its paragraph leaves open with the one that opens the next paragraph."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        before = groups[-1][-1] if groups else None
        if before is not None and not before.closed and doc[before.end : quote.start].text.strip() == "":
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _sentences_in(doc: Doc, quote: Quote) -> Iterator[Stretch]:
    """Yield the part of each sentence that the quotation holds, where nothing but marks stands outside it."""
    for sent in (sent for sent in doc.sents if sent.start < quote.end and sent.end > quote.start):
        inside = (max(sent.start, quote.start), min(sent.end, quote.end))
        outside = words_in(doc, ((int(sent.start), inside[0]), (inside[1], int(sent.end))))
        part = trim(doc, inside)
        if part and not outside:
            yield part


def _verbatim(
    doc: Doc, found: list[Statement], introduced: dict[int, Stretch], speakers: Speakers, quotes: tuple[Quote, ...]
) -> Iterator[Statement]:
    """A statement printed in full, sentence by sentence, until a person is let speak in the third person."""
    voiced = {statement.sentence: statement for statement in found if statement.speaker is not None}
    ended: Stretch | None = None
    for sent, who in printed_in_full(doc, introduced):
        speaker = speakers.resolve(who, doc[who[0] : who[1]].root.i)
        other = voiced.get(int(sent.start))
        goes_over = _goes_over(other, speaker) and not speaks_as_one(sent, quotes)
        if who == ended or goes_over or sent.text.rstrip().endswith(":"):
            ended = who
            continue
        part = trim(doc, (int(sent.start), int(sent.end)))
        if part and len(words_in(doc, (part,))) >= MIN_QUOTED_WORDS and not _is_question(doc, part):
            polarity = Polarity.DENIED if clause_denies(sent.root) else Polarity.ASSERTED
            yield Statement((part,), speaker, (speaker,), None, Mode.DIRECT, polarity, int(sent.start))


def _goes_over(other: Statement | None, speaker: Source) -> bool:
    """Whether the outlet speaks again: it lets a person, or the same speaker, speak in the third person."""
    if other is None or other.speaker is None or other.cue is None:
        return other is not None
    return other.speaker.kind in ("person", "unnamed") or other.speaker.name == speaker.name


def _speaker_before(
    doc: Doc, quote: Quote, introduced: dict[int, Stretch], speakers: Speakers
) -> tuple[Source | None, tuple[Source, ...]]:
    stretch = introduced.get(int(doc[quote.start].sent.start))
    if stretch is not None:
        speaker: Source | None = speakers.resolve(stretch, doc[stretch[0] : stretch[1]].root.i)
    else:
        speaker = speakers.last(quote.start)
    return speaker, (speaker,) if speaker is not None else ()


def _outlet_sentences(
    doc: Doc, found: list[Statement], attributions: tuple[Attribution, ...], quotes: tuple[Quote, ...]
) -> Iterator[Statement]:
    """Sentences in the outlet's own voice that hold a checkable fact."""
    said = {statement.sentence for statement in found} | {_sentence_of(doc, one.cue[0]) for one in attributions}
    said |= {_sentence_of(doc, part[0]) for statement in found for part in statement.parts}
    for sent in doc.sents:
        if int(sent.start) in said or not states_a_fact(sent) or _mostly_quoted(sent, quotes):
            continue
        part = trim(doc, (int(sent.start), int(sent.end)))
        if part:
            yield _own(sent, part)
    taken = {i for statement in found for i in words_in(doc, statement.parts)}
    for one in attributions:
        sent = doc[one.cue[0]].sent
        main = main_clause(sent, doc[one.cue[0]], words_in(doc, one.parts))
        part = trim(doc, main) if main else None
        if part and not words_in(doc, (part,)) & taken:
            taken |= words_in(doc, (part,))
            yield _own(sent, part)


def _own(sent: Span, part: Stretch) -> Statement:
    return Statement((part,), None, (), None, Mode.OUTLET, _outlet_polarity(sent), int(sent.start))


def _mostly_quoted(sent: Span, quotes: tuple[Quote, ...]) -> bool:
    inside = {i for quote in quotes for i in range(quote.start, quote.end)}
    return 2 * sum(token.i in inside for token in sent) > len(sent)


def _outlet_polarity(sent: Span) -> Polarity:
    return Polarity.DENIED if clause_denies(sent.root) else Polarity.ASSERTED
