"""Copy in capitals put into normal case, with the cases that words have elsewhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
ENDS = re.compile(r"(?:^|[.!?:]\s+|--\s+|\n\s*|[.!?][\"'”’)]+\s+)[\"'“‘(\[]*$")
# How an English word that the table lacks may end; any other unknown word is taken for a name.
COMMON = ("ed", "ing", "ly", "tion", "tions", "ness", "ment", "ments", "able", "ible", "ity", "ities", "ized")
LOOK_BACK = 8


class Cases:
    """The form in which each word stands most often, counted inside sentences: the first word of each tells nothing."""

    def __init__(self, sentences: Iterable[str]) -> None:
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sentence in sentences:
            for number, found in enumerate(WORD.finditer(sentence)):
                if number:
                    counts[found[0].lower()][found[0]] += 1
        self._forms = {word: forms.most_common(1)[0][0] for word, forms in counts.items()}

    def put(self, text: str) -> str:
        """The text with every word in its usual form, and a capital at the start of each sentence."""
        return WORD.sub(self._form, text)

    def _form(self, found: re.Match[str]) -> str:
        word = found[0].lower()
        form = self._forms.get(word) or (word if word.endswith(COMMON) else word.capitalize())
        before = found.string[max(0, found.start() - LOOK_BACK) : found.start()]
        starts = found.start() == 0 or bool(ENDS.search(before) if before.strip() or "\n" in before else False)
        return form[0].upper() + form[1:] if starts else form
