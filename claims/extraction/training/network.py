"""The network: a six-layer encoder (MiniLM) with a case embedding, a learned mix of its layers, and one head a task."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, INNER, DEPTH = 384, 12, 1536, 6
VOCABULARY, LONGEST, CASES = 30522, 512, 8
ARC, RELATION = 256, 128
# Each group of heads mixes the encoder's layers for itself.
GROUPS = ("words", "names", "parse", "attribution", "sentence")
WORTHS = 3
EPSILON = 1e-12
OUTPUTS = ("pos", "ner", "att", "arc", "ld", "lh", "feats", "starts", "worth")


class Layer(nn.Module):
    """One encoder layer; ``plain`` spells the attention out, for an export that any run time can read."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.attention_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.plain = False

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        query, key, value = (self._split(part(states)) for part in (self.query, self.key, self.value))
        if self.plain:
            weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + bias, -1)
            mixed = weights @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
        mixed = mixed.transpose(1, 2).reshape(states.shape)
        states = self.attention_norm(states + self.dropout(self.output(mixed)))
        result: Tensor = self.norm(states + self.dropout(self.down(functional.gelu(self.up(states)))))
        return result

    @staticmethod
    def _split(states: Tensor) -> Tensor:
        return states.reshape(states.shape[0], states.shape[1], HEADS, WIDTH // HEADS).transpose(1, 2)


class Encoder(nn.Module):
    """Word pieces and their case classes to the states of all layers: (layers + 1, rows, pieces, width)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, WIDTH)
        self.pieces.weight.requires_grad_(False)
        self.places = nn.Embedding(LONGEST, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.cases = nn.Embedding(CASES, WIDTH)
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(DEPTH))

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        states = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.kind + self.cases(cases)
        states = self.dropout(self.norm(states))
        bias = (mask[:, None, None, :] - 1.0) * 1e4
        found = [states]
        for layer in self.layers:
            found.append(layer(found[-1], bias))
        return torch.stack(found)

    def load_base(self, weights: Path) -> None:
        """Take over the base model's weights; KeyError or a size error for another model's file."""
        stored = {key.removeprefix("bert."): value for key, value in load_file(weights).items()}
        with torch.no_grad():
            self.pieces.weight.copy_(stored["embeddings.word_embeddings.weight"])
            self.places.weight.copy_(stored["embeddings.position_embeddings.weight"])
            self.kind.copy_(stored["embeddings.token_type_embeddings.weight"][0])
            _copy(self.norm, stored, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                for part, name in BASE_NAMES.items():
                    _copy(getattr(layer, part), stored, f"encoder.layer.{number}.{name}")


BASE_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


def _copy(part: nn.Module, stored: dict[str, Tensor], name: str) -> None:
    for kind, parameter in part.named_parameters():
        parameter.copy_(stored[f"{name}.{kind}"])


class Network(nn.Module):
    """Encoder and heads; the outputs are named and ordered as in ``OUTPUTS``."""

    def __init__(self, labels: dict[str, list[str]], dropout: float = 0.33) -> None:
        super().__init__()
        self.encoder = Encoder()
        mix = torch.tensor([0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 2.0])
        self.mix = nn.Parameter(mix.repeat(len(GROUPS), 1))
        self.light, self.heavy = nn.Dropout(0.2), nn.Dropout(dropout)
        self.classes, self.features = nn.Linear(WIDTH, len(labels["pos"])), nn.Linear(WIDTH, len(labels["feats"]))
        self.names, self.attribution = nn.Linear(WIDTH, len(labels["ner"])), nn.Linear(WIDTH, len(labels["attr"]))
        self.starts, self.worth = nn.Linear(WIDTH, 2), nn.Linear(WIDTH, WORTHS)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc_weight = nn.Parameter(nn.init.orthogonal_(torch.empty(ARC, ARC)))
        self.arc_bias = nn.Linear(ARC, 1)
        self.label_dependent, self.label_head = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        size = len(labels["dep"])
        self.relation = nn.Parameter(torch.randn(RELATION, size, RELATION) * 0.02)
        self.dependent, self.head = nn.Linear(RELATION, size), nn.Linear(RELATION, size, bias=False)

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words, names, parse, attribution, sentence = (
            self.light(part) for part in self._mixed(ids, cases, mask, first).unbind(0)
        )
        arcs, dependents, heads = self._parse(parse)
        return (
            self.classes(words),
            self.names(names),
            self.attribution(attribution),
            arcs,
            dependents,
            heads,
            self.features(words),
            self.starts(sentence),
            self.worth(sentence[:, 0]),
        )

    def _mixed(self, ids: Tensor, cases: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """The state at each word's first piece, mixed for each group: (groups, rows, words + 1, width)."""
        states = self.encoder(ids, cases, mask)
        places = first[None, :, :, None].expand(states.shape[0], -1, -1, WIDTH)
        chosen = torch.gather(states, 2, places)
        mixed = torch.softmax(self.mix, -1) @ chosen.reshape(DEPTH + 1, -1)
        return mixed.reshape(len(GROUPS), first.shape[0], first.shape[1], WIDTH)

    def _parse(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        parts = (self.arc_dependent, self.arc_head, self.label_dependent, self.label_head)
        arc_dependent, arc_head, dependents, heads = (
            self.heavy(functional.leaky_relu(part(states), 0.1)) for part in parts
        )
        scores = (arc_dependent @ self.arc_weight) @ arc_head.transpose(1, 2) / math.sqrt(ARC)
        return scores + self.arc_bias(arc_head).transpose(1, 2), dependents, heads

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Score every relation for pairs of words: (pairs, relation width) twice to (pairs, relations)."""
        mixed = torch.einsum("nd,dle->nle", dependents, self.relation)
        pairs = (mixed @ heads.unsqueeze(-1)).squeeze(-1)
        result: Tensor = pairs + self.dependent(dependents) + self.head(heads)
        return result
