"""What a sender states beside the copy: moments, sources, and the words by which a version changes earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from ingest.cleaning import Hints
from ingest.cleaning.byline import take_byline
from ingest.cleaning.characters import squeeze, tidy
from ingest.cleaning.language import name_of
from ingest.cleaning.names import agencies_in, find_house
from ingest.cleaning.times import parse_moment
from ingest.wire.build import build, count_words
from ingest.wire.charset import Decoded
from ingest.wire.types import Dateline, Limits, WireError, WireFile, WireItem

_LABEL = r"\W*(?:(?:urgent|bulletin|mandatory|flash|news|story|text|photo|advisory|attention|eds|editors?)\b[\s:,*-]*)*"
_STORY_IS = (
    r"\b(?:story|article|item|report|copy|version|headline|despatch|dispatch)\b.{0,80}?"
    r"\b(?:has been|have been|was|were|is|are) (?:hereby )?"
)
# At the start of a label, or as a whole sentence of a note. The gravest first; the words of other languages are those
# that agencies themselves print there.
_LABELS = (
    (
        "kill",
        r"(?:kill(?:s|ed)?(?! (?:in|at least|by)\b)|cancel(?:s|led|ed|lation)?|eliminat(?:e|es|ion)"
        r"|annul(?:ation|ée?)|anulaci[oó]n|annullering)\b",
    ),
    (
        "recall",
        r"(?:recall(?:s|ed)?|withdraw(?:s|al|n)?|retract(?:s|ion|ed)?|withh(?:old|eld)|do not (?:use|publish)|sperrung"
        r"|zurückgezogen|retiré)\b",
    ),
    (
        "correction",
        r"(?:correct(?:s|ed|ing|ion|ive)?|refil(?:e|es|ed|ing)|clarif(?:ies|ied|ication)|erratum|fixes"
        r"|berichtigung|korrektur|korrigiert\w*|korr|rectificatif|correcci[oó]n|rettelse|rättelse)\b",
    ),
    (
        "update",
        r"(?:updat(?:e|es|ed|ing)|wrap\s?up|write-?thru|recast(?:s|ed)?|adds?|leads?|lede|expands|subs?|inserts?|ld"
        r"|\d{1,2}(?:st|nd|rd|th)\s?-?(?:ld|lead|lede|add|sub|insert|writethru|take|update|round-?up)|roundup"
        r"|zusammenfassung|überblick|aktualisier\w*)\b",
    ),
)
_STARTS = tuple((change, re.compile(_LABEL + words, re.IGNORECASE)) for change, words in _LABELS)
_INSIDE = (
    (
        "kill",
        re.compile(
            r"\b(?:please|mandatory|must|news) kill\b|\bkill the (?:story|item)\b"
            rf"|{_STORY_IS}(?:killed|cancell?ed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "recall",
        re.compile(
            r"\b(?:please )?(?:withhold|withdraw|do not (?:use|publish|broadcast)) (?:this|the|it)\b"
            rf"|{_STORY_IS}(?:withdrawn|retracted|recalled)\b",
            re.IGNORECASE,
        ),
    ),
    ("correction", re.compile(r"\b(?:corrects|correcting|CORRECTED|CORRECTION|corrected (?:version|repetition))\b")),
    ("update", re.compile(r"\b(?:updates|recasts|leads|adds) (?:with|to|throughout|that|details?|quotes?)\b", re.I)),
)
_HEADLINE_LABEL = re.compile(
    r"\W*(?:[A-Z][A-Z0-9 /]{2,30}(?:\s*[:–—-]|\s+[(\[])|[A-Za-zÀ-ÿ][\w ]{2,25}:)|[(\[]?[A-Z]{4,12}[)\]]\s"
)
_SPLIT = re.compile(r"(?:(?<=[.;:!])\s+|\n)")
_GRAVITY = ("kill", "recall", "correction", "update", "")
_LONGEST_NOTE = 4000
MAX_NOTICE = 150
_EMBARGO = re.compile(
    r"\bembargo|\bsperrfrist\b|\bhold for release\b"
    r"|\bnot (?:to be (?:used|published)|for (?:use|publication|release))\b.{0,30}\b(?:before|until)\b"
    r"|\bfor release (?:at|on|after)\b",
    re.IGNORECASE,
)
_OTHER_NAMES = {"nb": "Norwegian", "nn": "Norwegian", "no": "Norwegian", "da": "Danish", "fi": "Finnish", "cs": "Czech"}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment that a sender states, aware. ``zoned`` is False where it names no zone and UTC was put."""

    when: datetime
    zoned: bool


def clean_words(words: str) -> str:
    """A value on one line, without control characters and without halves of characters that nothing can store."""
    return squeeze(tidy(whole_text(words)))


def whole_text(words: str) -> str:
    """A text of several lines, without halves of characters that nothing can store."""
    return _SURROGATE.sub("\ufffd", words)


def stamp_of(words: str) -> Stamp | None:
    """The moment in any form that senders use: ISO 8601, that of mail, or words; None for what is no full date."""
    words = clean_words(words)[:100]
    if not any(map(str.isdigit, words)):
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return _loose_stamp(words)
    return _stamp(found, zoned=found.tzinfo is not None)


def _loose_stamp(words: str) -> Stamp | None:
    try:
        found = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = parse_moment(words)
        return _stamp(moment.when, zoned=moment.zoned) if moment else None
    return _stamp(found, zoned=found.tzinfo is not None)


def _stamp(found: datetime, *, zoned: bool) -> Stamp | None:
    """A clock that is wrong by centuries would break every comparison later on."""
    if not 1900 <= found.year <= 2200:
        return None
    return Stamp(found if found.tzinfo else found.replace(tzinfo=UTC), zoned)


def change_of_label(label: str) -> str:
    """What a take key, headline prefix or subject line says that this version does: "" where it says nothing."""
    return next((change for change, words in _STARTS if words.match(label)), "")


def change_of_headline(headline: str) -> str:
    """What a label before a headline or subject says ("UPDATE 2-…", "Correction: …"); plain words there say nothing."""
    label = _HEADLINE_LABEL.match(headline)
    return change_of_label(label[0]) if label else ""


def change_of_note(note: str) -> str:
    """The gravest change that a note to editors states, at the start of one of its sentences or in set words."""
    note = note[:_LONGEST_NOTE]
    found = [change_of_label(sentence) for sentence in _SPLIT.split(note) if sentence]
    found += [change for change, words in _INSIDE if words.search(note)]
    return gravest(found)


def gravest(changes: Iterable[str]) -> str:
    """The change that matters most: a kill before a recall, a correction and an update."""
    return min([*changes, ""], key=_GRAVITY.index)


def names_of_byline(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(people, agencies) of a byline field, with or without its "By"; words of no such form stand as one name."""
    words = re.sub(r"^(?:by|von|par|por|av|af|door|text)\b:?\s+", "", clean_words(words)[:160], flags=re.IGNORECASE)
    signed = take_byline(f"By {words}") if words else None
    if signed:
        return signed.names, tuple(name for house in signed.houses for name in agencies_in(house))
    if re.search(r"\bcorrespondents?$", words) and agencies_in(words):
        return (), agencies_in(words)
    first, *rest = re.split(r"\s*,\s*", words)
    whole = take_byline(f"By {first}") if rest else None
    if whole and whole.names:
        return whole.names, agencies_in(words)
    return ((words,) if words else ()), agencies_in(words)


def house_name(words: str) -> str:
    """The desk's short form of an agency's or outlet's name; the words themselves where no table knows them."""
    words = clean_words(words)[:120]
    known = find_house(words)
    return known.name if known else words


def agencies_of(names: Iterable[str]) -> tuple[str, ...]:
    """The agencies among the names of sources, in the desk's short form ("ASSOCIATED PRESS" → "AP"), each once."""
    found: list[str] = []
    for name in names:
        house = find_house(clean_words(name)[:120])
        found += [house.name] if house and house.kind == "agency" else agencies_in(clean_words(name)[:120])
    return tuple(dict.fromkeys(found))


def build_stated(
    format_: str,
    decoded: Decoded,
    lines: Sequence[str],
    limits: Limits,
    hints: Hints,
    change: str = "",
    *,
    notice: bool = False,
) -> WireItem:
    """The item of these paragraphs; one without text where a notice of a kill or recall brings no copy.

    ``notice`` says that a kill on this wire speaks to editors: then a short one is no copy, whatever it says.
    Raises WireError as :func:`ingest.wire.build.build` does.
    """
    words_held = count_words("\n".join(lines), limits)
    if notice and change in ("kill", "recall") and words_held <= MAX_NOTICE:
        return _notice(format_, decoded, lines, hints, change)
    try:
        return build(format_, decoded, lines, limits, hints)
    except WireError:
        if change not in ("kill", "recall"):
            raise
        return _notice(format_, decoded, lines, hints, change)


def _notice(format_: str, decoded: Decoded, lines: Sequence[str], hints: Hints, change: str) -> WireItem:
    words = [words for words in (hints.headline, *map(squeeze, lines)) if words]
    return WireItem(
        format=format_,
        text="",
        bylines=hints.bylines,
        outlet=hints.site,
        published=hints.published,
        version_created=hints.updated,
        status="killed",
        change=change,
        ed_note="\n".join(words)[:_LONGEST_NOTE],
        furniture=tuple(("note", line) for line in words),
        encoding=decoded.encoding,
        warnings=decoded.warnings,
    )


def with_change(item: WireItem, change: str) -> WireItem:
    """The item with what it does to earlier versions, and the status that follows; the copy's own words count too."""
    own = {"killed": "kill", "corrected": "correction"}.get(item.status, "")
    change = change if change == "recall" and own == "kill" else gravest((change, own))
    status = {"kill": "killed", "recall": "killed", "correction": "corrected"}.get(change, item.status)
    if item.status == "embargoed" and status == "corrected":
        status = "embargoed"
    return replace(item, change=change, status=status)


def with_embargo(item: WireItem, until: datetime | None) -> WireItem:
    """The item under an embargo until that moment (None: for an unknown time); a killed one stays killed."""
    status = item.status if item.status == "killed" else "embargoed"
    return replace(item, embargo=until or item.embargo, status=status)


def names_embargo(line: str) -> bool:
    """Whether a short line states an embargo."""
    return len(line) <= 120 and bool(_EMBARGO.search(line))


def with_embargo_notes(item: WireItem, notes: Iterable[str]) -> WireItem:
    """The item under the embargo that one of the notes to editors states, with its moment where it states one."""
    for note in notes:
        if not _EMBARGO.search(note):
            continue
        until = stamp_of(note[:100])
        item = with_embargo(item, until.when if until else None)
        if not until:
            item = warned(
                item, "The copy is under an embargo whose end is not stated in full: see the note to editors."
            )
        elif not until.zoned:
            item = warned(item, "The embargo names no time zone; it was read as UTC.")
    return item


def with_language(item: WireItem, stated: str) -> WireItem:
    """The item with the language that its sender states; where only one of sender and copy says English, the copy."""
    code = re.split(r"[-_]", clean_words(stated).casefold())[0]
    if not re.fullmatch(r"[a-z]{2,3}", code) or code == item.language:
        return item
    said = _OTHER_NAMES.get(code) or name_of(code)
    if item.language and "en" in (code, item.language):
        say = f"The sender says that the copy is in {said}, but it reads as {name_of(item.language)}."
        return replace(item, warnings=(*item.warnings, say))
    other = tuple(warning for warning in item.warnings if not warning.startswith("The copy reads as "))
    if code != "en":
        other = (*other, f"The copy is in {said}; claims are found in English copy only.")
    return replace(item, language=code, warnings=other)


def with_place(item: WireItem, located: str) -> WireItem:
    """The item with the place that its sender states, where the copy itself prints no dateline."""
    located = clean_words(located)[:120]
    if item.dateline.place or not located:
        return item
    place, _, region = located.partition(",")
    return replace(item, dateline=Dateline(place.strip(), region=region.strip()))


def warned(item: WireItem, *sentences: str) -> WireItem:
    """The item with more warnings, none of them twice."""
    return replace(item, warnings=tuple(dict.fromkeys((*item.warnings, *filter(None, sentences)))))


def reason_of(error: WireError) -> str:
    """What a message about a whole file says of one part of it."""
    return str(error).replace("The file holds", "It holds", 1)


def file_of(read: Sequence[WireItem], left_out: Sequence[str]) -> WireFile:
    """The file of these items. Raises WireError where there is none, with the reason for the first part of it."""
    if read:
        return WireFile(tuple(read), tuple(left_out))
    if len(left_out) == 1:
        raise WireError(left_out[0])
    raise WireError(
        f"None of the {len(left_out)} parts of this file is copy. {left_out[0] if left_out else ''}".strip()
    )


def too_many(count: int, limits: Limits) -> WireError:
    """The error of a file that holds more items than a desk reads at once."""
    return WireError(f"The file holds {count:,} items; this desk reads up to {limits.max_items:,} from one file.")
