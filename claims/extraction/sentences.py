"""Where sentences start: line breaks always, then closing marks, with the wire's abbreviations and quotations minded.

Words in, flags out. The quotation marks decide two cases: a reporting clause stays with the quotation that it closes
(``“…,” he said``; ``“…?” Smith asked``), and closing marks belong to the sentence that they close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ENDS = frozenset({".", "!", "?", "…", "...", "?!", "!!", "!?", "....", "?.", "!."})
SHARP = frozenset("!?")
OPENING = frozenset("“‘«„([")
CLOSING = frozenset("”’»)]")
STRAIGHT = frozenset({'"', "'", "''", "``"})
_ABBREVIATIONS_WORDS = """
adm asst av ave blvd bros brig capt cmdr co col comdr corp cpl dept dist dr est fr ft gen gov hon inc insp jr lt
ltd maj messrs mr mrs ms mt no nos pfc ph prof pt pvt rep reps rev sen sens sgt sr st supt v vs vol jan feb mar
apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn
del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo
approx fig figs pp eds al cf eg ie
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_WORDS.split())
# After a dotted abbreviation that can end a sentence ("in the U.S."), only these words tell that a new one begins.
_STARTERS_WORDS = """
the a an he she it they we i in on at but and this that these those there his her its their however meanwhile
earlier later after before when while if as for since another
"""
STARTERS = frozenset(_STARTERS_WORDS.split())
_REPORTING_WORDS = """
said says asked told replied added wrote tweeted shouted cried demanded wondered exclaimed insisted declared
warned continued recalled answered
"""
REPORTING = frozenset(_REPORTING_WORDS.split())
CLAUSE_WINDOW = 8
DATELINE_WORDS = 20
DASHES = frozenset({"-", "--", "–", "—"})


@dataclass(frozen=True, slots=True)
class Word:
    """A token as the splitter sees it; ``after`` is the white space behind it."""

    text: str
    after: str


def sentence_starts(words: Sequence[Word]) -> list[bool]:
    """Return, for each word, whether a sentence starts there (blank tokens never start one)."""
    starts = [False] * len(words)
    pending = True
    line = 0
    for index, word in enumerate(words):
        if word.text.isspace():
            line = index + 1 if "\n" in word.text else line
            pending = pending or "\n" in word.text or "\r" in word.text or "\u2028" in word.text
            continue
        if pending and not _closes(words, index):
            starts[index] = True
            pending = False
        pending = pending or _ends(words, index) or _ends_dateline(words, line, index)
    return starts


def _ends_dateline(words: Sequence[Word], line: int, index: int) -> bool:
    """ "CITY, 3 May (Agency) -- ": the dash behind the agency in brackets closes the dateline."""
    if words[index].text not in DASHES or not 2 <= index - line <= DATELINE_WORDS:
        return False
    return words[index - 1].text == ")" and words[line].text[:1].isupper()


def _closes(words: Sequence[Word], index: int) -> bool:
    """A mark that closes what stands before it; a closing mark set where an opening one belongs closes nothing."""
    text = words[index].text
    if text not in CLOSING and text not in STRAIGHT:
        return False
    apart = index == 0 or bool(words[index - 1].after) or words[index - 1].text.isspace()
    return not apart or (text in CLOSING and bool(words[index].after))


def _ends(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    if word.text not in ENDS:
        return _dotted_end(words, index)
    following = _after_closing(words, index + 1)
    if following is None:
        return True
    if word.text == "." and index and _is_abbreviation(words[index - 1]):
        return False
    after = words[following].text
    if after in {",", ";", ":", ".", "…"} or after in ENDS:
        return False
    if after[0].islower():
        return False
    if following > index + 1 and word.text[0] in SHARP:
        return not _reports(words, following)
    return bool(words[following - 1].after) or words[following - 1].text.isspace() or after[0].isupper()


def _after_closing(words: Sequence[Word], index: int) -> int | None:
    while index < len(words) and (words[index].text.isspace() or _closes(words, index)):
        if "\n" in words[index].text:
            return None
        index += 1
    return index if index < len(words) else None


def _is_abbreviation(word: Word) -> bool:
    return not word.after and (word.text.lower() in ABBREVIATIONS or (len(word.text) == 1 and word.text.isupper()))


def _dotted_end(words: Sequence[Word], index: int) -> bool:
    """``U.S.``, ``p.m.``, ``Inc.`` or ``1989.`` as one token, followed by a word that can only begin a sentence."""
    text = words[index].text
    if len(text) < 2 or not text.endswith("."):
        return False
    following = _after_closing(words, index + 1)
    if following is None:
        return True
    after = words[following].text
    if text[-2].isdigit() and after[0].isupper():
        return True
    return (
        after[0].isupper() and after.lower() in STARTERS and text.lower().rstrip(".") not in {"mr", "mrs", "ms", "dr"}
    )


def _reports(words: Sequence[Word], index: int) -> bool:
    """``“…?” Smith asked``: a reporting verb within a few words, before any mark that ends a clause."""
    for word in words[index : index + CLAUSE_WINDOW]:
        if word.text.lower() in REPORTING:
            return True
        if word.text in ENDS or word.text in OPENING or word.text in STRAIGHT or "\n" in word.text:
            return False
    return False
