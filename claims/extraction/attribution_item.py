"""One attribution in tokens, as the rules hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from claims.extraction.attribution_frames import main_word
from claims.extraction.attribution_spans import Stretch
from claims.extraction.nlp import Doc
from claims.extraction.quotes import Quote


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in tokens: ``cue``, ``source`` and the ``parts`` of the content are stretches, ``root`` its head.

    The main part comes first. ``source_head`` is the head of the source phrase. ``via`` holds the heads of the outer
    sources, outermost first ("The paper, citing police"). ``denies``: the cue itself denies.
    """

    cue: Stretch
    lemma: str
    source: Stretch | None
    source_head: int | None
    parts: tuple[Stretch, ...]
    root: int | None
    denies: bool = False
    frame: str = "clause"
    quoted: Quote | None = None
    via: tuple[int, ...] = ()
    inherited: bool = False


def root_of(doc: Doc, part: Stretch) -> int | None:
    root = main_word(doc, part)
    return root.i if root is not None else None
