"""Readings from a network in training, by the same decoding that the desk's reader does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from claims.extraction.decoding import Scores, bio, labelled_spans, transitions, tree
from claims.extraction.naming import names, seams
from claims.extraction.reader import MAX_WORDS, Reading
from claims.extraction.training.examples import Example
from claims.extraction.training.labels import Batch, Numbering, batch_of, by_length
from claims.extraction.training.network import OUTPUTS, Network
from claims.extraction.wordpieces import WordPieces

BUDGET = 3000
Outputs = dict[str, torch.Tensor]


def read_all(
    network: Network, labels: dict[str, list[str]], pieces: WordPieces, examples: Sequence[Example]
) -> list[Reading]:
    """Return the readings in the order of the examples; ValueError for one that is too long to be read."""
    if any(len(example.words) > MAX_WORDS for example in examples):
        raise ValueError(f"No sentence may have more than {MAX_WORDS} words.")
    numbering = Numbering(pieces, labels)
    rows = [numbering.row(example) for example in examples]
    found: dict[int, Reading] = {}
    network.eval()
    with torch.no_grad():
        for places in by_length(rows, BUDGET):
            outputs = _outputs(network, batch_of([rows[place] for place in places]))
            for line, place in enumerate(places):
                one = {name: values[line] for name, values in outputs.items()}
                found[place] = _reading(network, labels, one, examples[place].words)
    return [found[place] for place in range(len(examples))]


def _outputs(network: Network, batch: Batch) -> Outputs:
    device = network.mix.device
    parts = (torch.from_numpy(part).to(device) for part in (batch.ids, batch.cases, batch.mask, batch.first))
    return dict(zip(OUTPUTS, network(*parts), strict=True))


def _reading(network: Network, labels: dict[str, list[str]], one: Outputs, spelled: list[str]) -> Reading:
    size = len(spelled)
    words = slice(1, size + 1)
    tops = tree(one["arc"][: size + 1, : size + 1].cpu().numpy().astype(np.float64))[1:]
    relations = network.relations(one["ld"][words], one["lh"][torch.from_numpy(tops).to(one["lh"].device)])
    root = labels["dep"].index("root")
    relations[torch.from_numpy(tops != 0).to(relations.device), root] = -torch.inf
    chosen = [root if top == 0 else int(best) for top, best in zip(tops, relations.argmax(dim=1).tolist(), strict=True)]
    worth = torch.softmax(one["worth"], -1) @ one["worth"].new_tensor([0.0, 0.5, 1.0])
    return Reading(
        [labels["pos"][i] for i in one["pos"][words].argmax(dim=1).tolist()],
        [int(top) - 1 if top else place for place, top in enumerate(tops)],
        [labels["dep"][i] for i in chosen],
        names(_scores(one["ner"][words]), labels["ner"], seams(labels["ner"]), spelled),
        labelled_spans(bio(_scores(one["att"][words]), labels["attr"], transitions(labels["attr"]))),
        [labels["feats"][i] for i in one["feats"][words].argmax(dim=1).tolist()],
        float(worth),
    )


def _scores(values: torch.Tensor) -> Scores:
    found: Scores = values.cpu().numpy().astype(np.float64)
    return found
