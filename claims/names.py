"""How names are folded, so that one speaker is one row."""

import re
import unicodedata

ARTICLE = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)
MAX_KEY = 300


def fold(name: str) -> str:
    """The name for matching: no leading article, marks or case, one blank between words, at most 300 characters."""
    plain = unicodedata.normalize("NFKD", ARTICLE.sub("", name.strip()))
    kept = "".join(ch for ch in plain if not unicodedata.combining(ch)).replace("’", "'")
    return " ".join(kept.casefold().split())[:MAX_KEY]
