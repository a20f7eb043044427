"""Everything that the model learns from and is scored on, out of one folder of data (docs/training.md names it)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from claims.extraction.cues import cue_verbs
from claims.extraction.lemmas import Lemmas
from claims.extraction.nlp import load
from claims.extraction.training.discourse import attribution_labels
from claims.extraction.training.entities import aligned, gum_names, read_names
from claims.extraction.training.examples import Example, bio
from claims.extraction.training.news import Cut, read_news
from claims.extraction.training.treebank import Sentence, documents

# Texts whose source gives no licence for passing on what was learned from them.
LEFT_OUT_GENRES = frozenset({"conversation"})
EWT, GUM = "ud/en_ewt-ud-{}.conllu", "ud/en_gum_noNC-{}.conllu"
NAMES = {
    "train": "ner/en_ewt-ud-train.draft2022.iob2",
    "dev": "ner/en_ewt-ud-dev.iob2",
    "test": "ner/en_ewt-ud-test.iob2",
}
NEWS = "attribution/train.jsonl"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The examples to learn from, those that choose between epochs and seeds, and those for the last table.

    ``news`` is the smallest and nearest to the desk's copy: it is learned from beside ``train``, several times over.
    """

    train: list[Example]
    news: list[Example]
    dev: dict[str, list[Example]]
    test: dict[str, list[Example]]

    def counts(self) -> list[str]:
        """One line for each set: sentences, words, names by kind, attribution spans by kind."""
        sets = {"treebanks": self.train, "news": self.news, **self.dev, **self.test}
        return [f"{name}: {_count(examples)}" for name, examples in sets.items()]


def read_corpus(folder: Path) -> Corpus:
    """Read the folder ``training`` of the data; FileNotFoundError names what is missing."""
    missing = [name for name in (*_files(), NEWS) if not (folder / name).is_file()]
    if missing:
        raise FileNotFoundError(f"{folder} lacks {', '.join(missing)}.")
    learn, aside = read_news(folder / NEWS, words_of)
    dev = {"EWT dev": _ewt(folder, "dev"), "GUM dev": _gum(folder, "dev", frozenset())}
    test = {
        "EWT test": _ewt(folder, "test"),
        "GUM noNC test": _gum(folder, "test", frozenset()),
        "news kept out": aside,
    }
    return Corpus([*_ewt(folder, "train"), *_gum(folder, "train", LEFT_OUT_GENRES)], learn, dev, test)


def _files() -> list[str]:
    return [name.format(part) for name in (EWT, GUM) for part in NAMES] + list(NAMES.values())


def words_of(text: str) -> list[Cut]:
    """The engine's own tokens, with where each begins; blanks left out."""
    return [(token.text, token.idx) for token in load().make_doc(text) if not token.is_space]


def _ewt(folder: Path, part: str) -> list[Example]:
    known = read_names(folder / NAMES[part])
    found: list[Example] = []
    for document in documents(folder / EWT.format(part)):
        for sentence in document:
            words = [token.form for token in sentence.tokens]
            spans = aligned(known[sentence.ident], words) if sentence.ident in known else None
            names = [] if spans is None else bio(len(words), spans)
            found += _example(sentence, names, [])
    return found


def _gum(folder: Path, part: str, left_out: frozenset[str]) -> list[Example]:
    lemmas = Lemmas()
    found: list[Example] = []
    for document in documents(folder / GUM.format(part)):
        if _genre(document[0].document) in left_out:
            continue
        for sentence, labels in zip(document, attribution_labels(document), strict=True):
            known = labels if voiced(sentence, labels, lemmas) else []
            found += _example(sentence, bio(len(sentence.tokens), gum_names(sentence)), known)
    return found


def voiced(sentence: Sentence, labels: list[str], lemmas: Lemmas) -> bool:
    """Whether each cue is one that attributes words: the treebank also counts what people merely think or see."""
    marked = [token for token, label in zip(sentence.tokens, labels, strict=True) if label == "B-CUE"]
    cues = [token for token in marked if token.word_class == "VERB" and token.form.lower() != "according"]
    verbs = cue_verbs()
    found = (verbs.get(lemmas.lemma(token.form, token.word_class)) for token in cues)
    return all(verb is not None and verb.strength != "weak" for verb in found)


def _genre(document: str) -> str:
    """``GUM_news_example`` is news."""
    parts = document.split("_")
    return parts[1] if len(parts) > 1 else ""


def _example(sentence: Sentence, names: list[str], attribution: list[str]) -> list[Example]:
    if not sentence.spelled:
        return []
    tokens = sentence.tokens
    example = Example(
        [token.form for token in tokens],
        f"{sentence.document}/{sentence.paragraph}",
        [token.word_class for token in tokens],
        [token.features for token in tokens],
        [token.head for token in tokens],
        [token.relation for token in tokens],
        names,
        attribution,
    )
    return [example]


def _count(examples: list[Example]) -> str:
    kinds = Counter(label[2:] for each in examples for label in [*each.names, *each.attribution] if label[:1] == "B")
    words = sum(len(each.words) for each in examples)
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    return f"{len(examples)} sentences, {words} words; {listed}"
