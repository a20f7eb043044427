"""From scores to structure: one rooted tree over the words, legal BIO labels, labelled spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]
NEVER = -1e9
ROOTS_TRIED = 6


def tree(scores: Scores) -> Heads:
    """Return the head of each node as a tree with exactly one child of the root (node 0, whose own head is 0).

    ``scores[i, j]`` says how well ``j`` heads ``i``. Greedy where that is a tree already, else Chu-Liu/Edmonds.
    """
    if len(scores) <= 2:
        return np.zeros(len(scores), dtype=np.int64)
    scores = scores.astype(np.float64)
    heads = _greedy(scores)
    if _is_tree(heads):
        return heads
    scores = _log_softmax(scores)
    heads = _spanning(scores)
    return heads if (heads[1:] == 0).sum() == 1 else _with_one_root(scores)


def _greedy(scores: Scores) -> Heads:
    masked = scores.copy()
    np.fill_diagonal(masked, NEVER)
    heads: Heads = masked.argmax(axis=1)
    heads[0] = 0
    return heads


def _is_tree(heads: Heads) -> bool:
    if (heads[1:] == 0).sum() != 1:
        return False
    return _cycle(heads) is None


def _cycle(heads: Heads) -> list[int] | None:
    seen = [0] * len(heads)
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if node and seen[node] == start:
            return path[path.index(node) :]
    return None


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=1, keepdims=True)
    result: Scores = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def _with_one_root(scores: Scores) -> Heads:
    roots = np.argsort(-scores[1:, 0], kind="stable")[:ROOTS_TRIED] + 1
    trees: list[tuple[float, Heads]] = []
    for root in roots:
        masked = scores.copy()
        kept = masked[root, 0]
        masked[1:, 0] = NEVER
        masked[root, :] = NEVER
        masked[root, 0] = kept
        heads = _spanning(masked)
        trees.append((float(sum(masked[i, heads[i]] for i in range(1, len(heads)))), heads))
    return max(trees, key=lambda pair: pair[0])[1]


def _spanning(scores: Scores) -> Heads:
    """Chu-Liu/Edmonds by contraction of one cycle at a time; node 0 is the root."""
    scores = scores.copy()
    np.fill_diagonal(scores, NEVER)
    scores[0] = NEVER
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = [i for i in range(len(heads)) if i not in set(cycle)]
    smaller, enters, leaves = _contract(scores, heads, cycle, rest)
    return _expand(_spanning(smaller), heads, cycle, rest, (enters, leaves))


def _contract(scores: Scores, heads: Heads, cycle: list[int], rest: list[int]) -> tuple[Scores, Heads, Heads]:
    size = len(rest)
    kept = np.array([scores[v, heads[v]] for v in cycle])
    smaller = np.full((size + 1, size + 1), NEVER)
    smaller[:size, :size] = scores[np.ix_(rest, rest)]
    into = scores[np.ix_(cycle, rest)].T - kept
    smaller[size, :size] = into.max(axis=1) + kept.sum()
    out = scores[np.ix_(rest, cycle)]
    smaller[:size, size] = out.max(axis=1)
    return smaller, into.argmax(axis=1), out.argmax(axis=1)


def _expand(reduced: Heads, heads: Heads, cycle: list[int], rest: list[int], ends: tuple[Heads, Heads]) -> Heads:
    enters, leaves = ends
    full = heads.copy()
    size = len(rest)
    for node in range(1, size):
        full[rest[node]] = cycle[leaves[node]] if reduced[node] == size else rest[reduced[node]]
    outside = reduced[size]
    full[cycle[enters[outside]]] = rest[outside]
    return full


def transitions(labels: Sequence[str]) -> Scores:
    """Return the matrix that forbids an ``I-`` label after anything but its own kind; the last row is the start."""
    table = np.zeros((len(labels) + 1, len(labels)))
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            legal = [row for row, before in enumerate(labels) if before[2:] == label[2:] and before != "O"]
            table[:, column] = -1e4
            table[legal, column] = 0.0
    return table


def bio(scores: Scores, labels: Sequence[str], table: Scores) -> list[str]:
    """Return the best legal label of each word (Viterbi); ``labels[0]`` is ``O``."""
    if not (scores.argmax(axis=1) != 0).any():
        return [labels[0]] * len(scores)
    total = scores[0] + table[-1]
    back: list[Heads] = []
    for row in scores[1:]:
        steps = total[:, None] + table[:-1]
        best = steps.argmax(axis=0)
        back.append(best)
        total = steps[best, np.arange(len(labels))] + row
    path = [int(total.argmax())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return [labels[i] for i in reversed(path)]


def labelled_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, kind) of each run of a BIO sequence."""
    found: list[tuple[int, int, str]] = []
    for index, label in enumerate(labels):
        if label == "O":
            continue
        if label[0] == "I" and found and found[-1][1] == index and found[-1][2] == label[2:]:
            found[-1] = (found[-1][0], index + 1, label[2:])
        else:
            found.append((index, index + 1, label[2:]))
    return found
