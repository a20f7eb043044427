"""Which language a text is in, roughly: by script, then by its share of common words."""

from __future__ import annotations

import re
from collections import Counter

from ingest.cleaning.data import language_words

_WORD = re.compile(r"[^\W\d_]+")
_NAMES = {
    "en": "English",
    "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch",
    "pl": "Polish", "sv": "Swedish", "tr": "Turkish", "ro": "Romanian", "id": "Indonesian", "ru": "Russian",
    "uk": "Ukrainian", "zh": "Chinese", "ja": "Japanese", "ko": "Korean", "ar": "Arabic", "he": "Hebrew", "el": "Greek",
    "hi": "Hindi", "th": "Thai",
}  # fmt: skip
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]"), 0.1),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.4),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.4),
    ("ar", re.compile(r"[\u0600-\u06ff]"), 0.4),
    ("he", re.compile(r"[\u0590-\u05ff]"), 0.4),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.4),
    ("hi", re.compile(r"[\u0900-\u097f]"), 0.4),
    ("th", re.compile(r"[\u0e00-\u0e7f]"), 0.4),
)
SAMPLE = 20_000
MIN_WORDS = 8
MIN_SHARE = 0.12
SURE_WORDS = 30  # languages share small words, so that a short text must not look half English to be called foreign


def detect(text: str) -> str:
    """A language code such as ``en``, or "" when the text is too short or like none of the profiles."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample))
    for code, script, share in _SCRIPTS:
        if letters >= MIN_WORDS and len(script.findall(sample)) >= share * letters:
            return code
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < MIN_WORDS:
        return ""
    hits = Counter({code: sum(word in known for word in words) for code, known in language_words().items()})
    (best, count), (_, second) = hits.most_common(2)
    if len(words) < SURE_WORDS and best != "en" and 2 * hits["en"] > count:
        return ""
    return best if count >= MIN_SHARE * len(words) and count > second else ""


def name_of(code: str) -> str:
    """The English name of a code that :func:`detect` gives."""
    return _NAMES.get(code, code)
