"""Stories in versions for tests: a small real engine that takes sentences with a number for claims, and the desk's own
pipeline to read them."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from claims import pipeline
from claims.extraction.types import Anchor, Candidate, Context, Cue, Extraction, FigureFound, Mode, Polarity, Source
from claims.models import Article, ArticleVersion, Claim
from tests.factories import PUBLISHED, ArticleFactory, ArticleVersionFactory

SENTENCE = re.compile(r"[^.\n]+\.")
COUNTED = re.compile(r"(\d+) (people|sheds|boats)")
SAID = re.compile(r", (the [\w ]+?|he) (said)\.")
MEASURES = {"people": "killed", "sheds": "buildings_damaged", "boats": "other:boat"}
ENGINE = f"{__name__}.engine"
LEAD = "A fire at the quay killed 12 people, the harbour office said."
HURT = "Later 30 people were treated, the ambulance service said."
SHEDS = "The flames took 2 sheds."
COPY = f"Fire at the quay\n\n{LEAD} {HURT}\n\n{SHEDS}"


def anchor(found: re.Match[str], group: int, base: int) -> Anchor:
    return Anchor(base + found.start(group), base + found.end(group), found.group(group))


def candidate(text: str, start: int, end: int) -> Candidate:
    said, counted = SAID.search(text[start:end]), COUNTED.search(text[start:end])
    speaker = cue = None
    if said:
        who = anchor(said, 1, start)
        name = re.findall(r"the ([\w ]+?) said", text[:start])[-1:] if who.text == "he" else [who.text]
        speaker = Source((name or ["somebody"])[0].removeprefix("the "), "", "body", who)
        cue = Cue("say", anchor(said, 2, start))
    figures = []
    if counted:
        low = Decimal(counted[1])
        figures = [FigureFound(MEASURES[counted[2]], low, low, False, anchor(counted, 0, start))]
    return Candidate(
        Anchor(start, end, text[start:end]), speaker, (speaker,) if speaker else (), cue,
        Mode.INDIRECT if speaker else Mode.OUTLET, Polarity.ASSERTED, tuple(figures), (), None, None, (), 0.7, (),
    )  # fmt: skip


def engine(text: str, context: Context) -> Extraction:
    spans = [found.span() for found in SENTENCE.finditer(text, context.headline_end)]
    trimmed = [(start + len(text[start:end]) - len(text[start:end].lstrip()), end) for start, end in spans]
    found = [candidate(text, start, end) for start, end in trimmed if re.search(r"\d", text[start:end])]
    return Extraction(tuple(found), (), (), "stories 1")


def version(article: Article, text: str = COPY, hours: int = 0, **about: Any) -> ArticleVersion:
    """A version that waits, made ``hours`` after the first."""
    headline = text.split("\n")[0]
    given: dict[str, Any] = {
        "headline": headline, "headline_end": len(headline), "text": text, "work": "waiting", "published": PUBLISHED,
        "version_created": PUBLISHED + timedelta(hours=hours),
    }  # fmt: skip
    return ArticleVersionFactory(article=article, **(given | about))


def read(*versions: ArticleVersion) -> None:
    for each in versions:
        assert pipeline.extract_version(each.pk) == "done"
        each.refresh_from_db()


def story(*texts: str) -> list[ArticleVersion]:
    """An article whose versions say ``texts``, one an hour, all read in their order."""
    article = ArticleFactory()
    made = [version(article, text, hours) for hours, text in enumerate(texts)]
    read(*made)
    return made


def kill(article: Article, hours: int, text: str = "", **about: Any) -> ArticleVersion:
    given = {
        "status": "killed",
        "change": "kill",
        "headline": "",
        "headline_end": 0,
        "ed_note": "The fire was a drill.",
    }
    return version(article, text, hours, **(given | about))


def claim_of(words: str, article: Article | None = None) -> Claim:
    found = Claim.objects.filter(text__contains=words, vanished=None)
    return (found.filter(version__article=article) if article else found).get()


def check_anchors(article: Article) -> None:
    """Every offset of every claim slices to the words that it stands for."""
    for claim in Claim.objects.filter(version__article=article).prefetch_related("figures", "anchors__version"):
        text = claim.version.text
        assert text[claim.start : claim.end] == claim.text
        if claim.speaker_start is not None:
            assert text[claim.speaker_start : claim.speaker_end] == claim.speaker_words
        for link in claim.chain:
            assert text[link["start"] : link["end"]] == link["text"]
        for figure in claim.figures.all():
            assert text[figure.start : figure.end] == figure.words
        if claim.cue:
            assert text[claim.cue_start : claim.cue_end] == "said"
        for earlier in claim.anchors.all():
            assert earlier.version.text[earlier.start : earlier.end] == claim.text
