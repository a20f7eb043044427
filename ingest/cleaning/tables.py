"""The kinds of furniture and the wordings that mark them, compiled from ``ingest/data/furniture.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.cleaning.data import table
from ingest.cleaning.names import house_pattern


class Kind(StrEnum):
    """What a piece of furniture is."""

    APPEAL = "appeal"
    BYLINE = "byline"
    CAPTION = "caption"
    CONTACT = "contact"
    COPYRIGHT = "copyright"
    CREDIT = "credit"
    DATELINE = "dateline"
    ENDMARK = "end mark"
    HEADLINE = "headline"
    LABEL = "label"
    NAVIGATION = "navigation"
    NEWSLETTER = "newsletter"
    NOTE = "note"
    NOTICE = "notice"
    PHOTO_CREDIT = "photo credit"
    SOCIAL = "social"
    TEASER = "teaser"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind's wordings as one expression each; ``longest`` bounds what an open-ended one may claim."""

    kind: Kind
    longest: int
    whole: re.Pattern[str] | None
    opening: re.Pattern[str] | None


HOUSE = f"(?:{house_pattern()})"
_WEB = r"(?:https?://\S+|www\.\S+|[\w-]+(?:\.[\w-]+){0,4}\.(?:com|org|net|co\.uk|ly|me|news)(?:/\S*)?)"
_SITES = (
    r"(?:twitter|x|facebook|instagram|telegram|whatsapp|youtube|tiktok|linkedin|threads|bluesky|reddit|pinterest|google\+?"
    r"|google news|e-?mail|print|sms|flipboard|messenger|mastodon|tumblr|signal|copy link)"
)
_AGENT = (
    r"(?i:wires?|(?:news |wire )?agenc(?:y|ies)|(?:news )?wire (?:services|reports)|staff|news services|agency reports)"
)
_PROVIDER = rf"(?:[Tt]he )?(?:{HOUSE}|{_AGENT})"
_PROVIDERS = rf"{_PROVIDER}(?:(?:\s*[/,;+&|]\s*(?:and\s+)?|\s+and\s+|\s+-\s+){_PROVIDER}){{0,8}}"
_NAME = r"[A-Z][\w.'’ -]{2,50}"


def _compile(kind: Kind, rows: dict[str, list[str]]) -> Wording:
    def joined(name: str, template: str) -> list[str]:
        return [template.format(wording) for wording in rows.get(name, [])]

    def pattern(wordings: list[str]) -> re.Pattern[str] | None:
        text = "|".join(wordings).replace("{web}", _WEB).replace("{sites}", _SITES)
        return re.compile(text, re.IGNORECASE) if text else None

    opening = joined("opening", "(?:{})") + joined("labelled", r"(?:{})\s*(?:[:|>»→]|[-–—]\s)")
    return Wording(kind, int(str(rows.get("longest", 0))), pattern(joined("whole", "(?:{})")), pattern(opening))


WORDINGS = tuple(_compile(Kind(name), rows) for name, rows in table("furniture").items())

# A line that is names of providers and nothing else ("AP/Reuters", "(with wires)", "Source: dpa").
CREDIT_LINE = re.compile(
    rf"[(\[–—\s-]*(?i:(?:from|by|with|via)\s+|(?:sources?|credits?|agencies|by|from)\s*:\s*)?{_PROVIDERS}\s*[)\]]?\.?"
)
# The agency's own pointer to its coverage, which tells whose copy it is.
COVERAGE = re.compile(
    rf"(?i:follow|more)\s(?:all of |all |the )?{HOUSE}[’']?s?\s(?:.{{0,120}}\s)?(?:coverage|reporting|stories|news)\b.*"
)
CONTRIBUTED = re.compile(
    r"[^“\"]{4,340}\bcontributed(?: \w+)? (?:to|for) (?:this|the) (?:report|story|article|piece)"
    r"(?: from [A-Z][^.]{2,60})?\.?"
    rf"|(?:[Ss]taff|{HOUSE})(?: writers?| reporters?| staff)? [^.“\"]{{0,160}}\bcontributed\.?"
)
# How a photo caption ends: "(Photo: Name)", "REUTERS/Name", "Getty Images", "AP Photo/Name", "[Name/Reuters]".
CAPTION_TAIL = re.compile(
    r"(?:\(\s*(?i:(?:file )?photos?|images?|pictures?|pic|source|courtesy|credit|file|via)\b[^()]{0,120}\)"
    r"|\((?:AP|Reuters|REUTERS|AFP|EPA|Getty)[ /][^()]{2,80}\)|\(Published [A-Z][a-z]+day, [^()]{5,30}\)"
    r"|\([\w ]{2,20} [Pp]hoto\s?/[^()]{2,60}\)"
    rf"|[(\[][^()\[\],]{{2,60}}/\s?{HOUSE}[^()\[\],]{{0,30}}[)\]]"
    rf"|\b(?:AP Photo|REUTERS|AFP|EPA|EPA-EFE|Getty Images|TASS|Xinhua|Anadolu|Handout)\s?/\s?{_NAME}(?:/{_NAME})?"
    rf"|\b(?:[A-Z][\w.'’-]+ ){{1,3}}\s?/\s?(?:{HOUSE}|Getty Images|Getty|Shutterstock|AP Photo|File)"
    rf"|[.,]\s(?:Handout )?via (?:{HOUSE}|Getty Images|Getty|Twitter|Facebook|Telegram|Shutterstock)"
    r"|\|\s[Pp]hoto by [^.|]{3,50}"
    r"|[./]\s?(?:[A-Z][\w.'’-]+[ /]){0,4}(?:Getty Images|Shutterstock|iStock)"
    r")[)\]]?\.?$"
)
CAPTION_INSIDE = re.compile(
    r"\b(?:x Embed x Share|[Vv]iew [Ff]ull [Cc]aption|Image \d+ of /? ?\d+|Caption Close|Buy [Pp]hoto|[Hh]ide caption"
    r"|[Tt]oggle caption)\b"
)
SENTENCE_THEN_HOUSE = re.compile(rf"[^“\"]{{15,300}}[.!?]\s+(?P<house>{HOUSE}(?:\s*/\s*(?:{HOUSE}|[A-Z]\w+))?)\.?")
# A credit printed in brackets behind the last words of a paragraph, or bare behind the last full stop of the copy.
CREDIT_TAIL = re.compile(
    r"[(\[](?:(?i:(?:additional |further )?(?:reporting|writing|editing|compiled|with (?:inputs?|files|reporting)))\b"
    r"[^()\[\]]{3,300}"
    rf"|(?:[Ww]ith )?{_PROVIDERS}|(?i:ends?|more))[)\]]\.?$"
)
HOUSE_TAIL = re.compile(rf"(?<=[.!?”\"])\s+(?:[-–—]\s?)?{_PROVIDERS}\.?$")
