"""The training loop: joint losses, warm-up and decay by steps or by the clock, averaged weights, checkpoints."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from claims.extraction.training.examples import Example, Mixture, varied
from claims.extraction.training.labels import IGNORED, Batch, Numbering, batch_of, by_length
from claims.extraction.training.network import OUTPUTS, Network
from claims.extraction.training.reading import read_all
from claims.extraction.training.scoring import score, summary
from claims.extraction.wordpieces import WordPieces

CLIP = 5.0
MASKED = -1e4
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: bounds (epochs and seconds, whichever ends first), batch size in pieces, rates, weights."""

    seed: int = 1
    epochs: float = 10.0
    seconds: float = 5400.0
    budget: int = 2000
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    averaging: float = 0.999
    org_weight: float = 1.5
    save_every: float = 120.0
    dev_sentences: int = 400
    device: str = "cpu"
    mixture: Mixture = field(default_factory=Mixture)


LOSS_WEIGHTS = {
    "pos": 0.5,
    "feats": 0.3,
    "ner": 1.0,
    "attr": 1.0,
    "heads": 1.0,
    "dep": 1.0,
    "starts": 0.3,
    "worth": 0.2,
}


class Trainer:
    """Trains one network; ``folder`` holds its checkpoint, its log and, at the end, its averaged weights."""

    def __init__(self, plan: Plan, base: Path, labels: dict[str, list[str]], folder: Path) -> None:
        torch.manual_seed(plan.seed)
        self.plan, self.labels, self.folder = plan, labels, folder
        self.device = torch.device(plan.device)
        self.network = Network(labels)
        self.network.encoder.load_base(base / "model.safetensors")
        self.network.to(self.device)
        self.pieces = WordPieces(base / "vocab.txt")
        self.numbering = Numbering(self.pieces, labels)
        self.optimizer = torch.optim.AdamW(_groups(self.network, plan), betas=(0.9, 0.98), eps=1e-6)
        self.average = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.step, self.spent, self.epoch, self.done = 0, 0.0, 0, 0
        self.losses: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)

    @property
    def checkpoint(self) -> Path:
        return self.folder / "checkpoint.pt"

    def fit(self, train: list[Example], dev: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
        """Train until the epochs or the seconds are over; save the averaged weights and return the dev scores."""
        self.network.train()
        tables: dict[str, dict[str, float]] = {}
        while self.progress(train) < 1:
            self._epoch(train)
            tables = self._report(dev)
            self.save()
        tables = tables or self._report(dev)
        torch.save({"network": self.average, "labels": self.labels, "dev": tables}, self.folder / "averaged.pt")
        return tables

    def progress(self, train: list[Example]) -> float:
        """The share of the training that is over (0 to 1), by steps or by the clock, whichever is further."""
        return max(self.step / self._total(train), self.spent / self.plan.seconds)

    def _total(self, train: list[Example]) -> int:
        if not hasattr(self, "_per_epoch"):
            self._per_epoch = len(by_length(self.numbering.rows(train), self.plan.budget))
        return max(1, int(self._per_epoch * self.plan.epochs))

    def _epoch(self, train: list[Example]) -> None:
        """Go through one epoch, from where a checkpoint broke it off."""
        generator = np.random.default_rng([self.plan.seed, self.epoch])
        rows = self.numbering.rows(varied(train, self.plan.mixture, generator))
        batches = by_length(rows, self.plan.budget, generator)
        saved = time.monotonic()
        for places in batches[self.done :]:
            progress = self.progress(train)
            if progress >= 1:
                return
            self._step(batch_of([rows[place] for place in places]), progress)
            self.done += 1
            if time.monotonic() - saved > self.plan.save_every:
                self.save()
                saved = time.monotonic()
        self.epoch, self.done = self.epoch + 1, 0

    def _step(self, batch: Batch, progress: float) -> None:
        begun = time.monotonic()
        factor = schedule(progress, self.plan.warm_up)
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * factor
        losses = self._losses(batch)
        total = torch.stack([LOSS_WEIGHTS[name] * loss for name, loss in losses.items()]).sum()
        self.optimizer.zero_grad(set_to_none=True)
        total.backward()  # type: ignore[no-untyped-call, unused-ignore]
        clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimizer.step()
        self.step += 1
        self._keep_average()
        self.spent += time.monotonic() - begun
        self.losses.update({name: float(loss.detach()) for name, loss in losses.items()})
        self.losses.update({"steps": 1, "pieces": batch.pieces, "seconds": time.monotonic() - begun})
        if self.step % LOG_EVERY == 0:
            self._log(self._mean_losses(progress))

    def _losses(self, batch: Batch) -> dict[str, Tensor]:
        inputs = (torch.from_numpy(part).to(self.device) for part in (batch.ids, batch.cases, batch.mask, batch.first))
        targets = {name: torch.from_numpy(values).to(self.device) for name, values in batch.targets.items()}
        found = dict(zip(OUTPUTS, self.network(*inputs), strict=True))
        real = targets["heads"].new_tensor(batch.first) > 0
        real[:, 0] = True
        weight = torch.ones(len(self.labels["ner"]), device=self.device)
        for place, label in enumerate(self.labels["ner"]):
            weight[place] = self.plan.org_weight if label.endswith("ORG") else 1.0
        losses = {
            "pos": _entropy(found["pos"], targets["pos"]),
            "feats": _entropy(found["feats"], targets["feats"]),
            "ner": _entropy(found["ner"], targets["ner"], weight),
            "attr": _entropy(found["att"], targets["attr"]),
            "heads": _entropy(found["arc"].masked_fill(~real[:, None, :], MASKED), targets["heads"]),
            "starts": _entropy(found["starts"], targets["starts"]),
            "worth": _entropy(found["worth"], torch.from_numpy(batch.worth).to(self.device)),
            "dep": self._relation_loss(found["ld"], found["lh"], targets),
        }
        return losses

    def _relation_loss(self, dependents: Tensor, heads: Tensor, targets: dict[str, Tensor]) -> Tensor:
        known = ((targets["dep"] >= 0) & (targets["heads"] >= 0)).flatten()
        places = targets["heads"].clamp(min=0)[:, :, None].expand(-1, -1, heads.shape[-1])
        chosen = torch.gather(heads, 1, places).flatten(0, 1)[known]
        scores = self.network.relations(dependents.flatten(0, 1)[known], chosen)
        return _entropy(scores, targets["dep"].flatten()[known])

    def _keep_average(self) -> None:
        decay = min(self.plan.averaging, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, value in self.network.named_parameters():
                if value.requires_grad:
                    self.average[name].lerp_(value, 1 - decay)

    def _report(self, dev: dict[str, list[Example]]) -> dict[str, dict[str, float]]:
        network = Network(self.labels).to(self.device)
        network.load_state_dict(self.average)
        tables = {}
        for name, examples in dev.items():
            some = examples[:: max(1, len(examples) // self.plan.dev_sentences)]
            tables[name] = score(zip(some, read_all(network, self.labels, self.pieces, some), strict=True))
        self._log({"epoch": self.epoch, "step": self.step, "summary": summary(tables), "dev": tables})
        return tables

    def _mean_losses(self, progress: float) -> dict[str, Any]:
        steps, pieces, seconds = (self.losses.pop(name) for name in ("steps", "pieces", "seconds"))
        means = {name: round(value / steps, 4) for name, value in sorted(self.losses.items())}
        self.losses.clear()
        speed = round(pieces / seconds)
        return {"step": self.step, "progress": round(progress, 3), "pieces_per_second": speed, "losses": means}

    def _log(self, entry: dict[str, Any]) -> None:
        line = json.dumps(entry)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    def save(self) -> None:
        """Write the checkpoint whole: another file first, then the name."""
        state = {
            "network": self.network.state_dict(),
            "average": self.average,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "place": [self.step, self.spent, self.epoch, self.done],
            "plan": _fixed(self.plan),
        }
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(self.checkpoint)

    def resume(self) -> bool:
        """Go on from the checkpoint, if there is one; ValueError if it was made by another plan."""
        if not self.checkpoint.is_file():
            return False
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if state["plan"] != _fixed(self.plan):
            raise ValueError(f"{self.checkpoint} was made by another plan ({state['plan']}): delete it or use its own.")
        self.network.load_state_dict(state["network"])
        self.average = state["average"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"].cpu())
        self.step, self.spent, self.epoch, self.done = state["place"]
        return True


def schedule(progress: float, warm_up: float) -> float:
    """The share of the full rate: up in a line while warming up, then down in a line to nothing."""
    if progress < warm_up:
        return min(1.0, progress / warm_up + 0.01)
    return max(0.0, (1 - progress) / (1 - warm_up))


def _fixed(plan: Plan) -> dict[str, Any]:
    """What may not change between the runs of one training: all but where and how long it runs."""
    free = ("seconds", "epochs", "save_every", "device")
    return {name: value for name, value in asdict(plan).items() if name not in free}


def _groups(network: Network, plan: Plan) -> Iterator[dict[str, Any]]:
    """The encoder's weights at its slow rate; the heads and the case embedding at the fast one."""
    for slow, rate in ((True, plan.encoder_rate), (False, plan.head_rate)):
        chosen = [
            value
            for name, value in network.named_parameters()
            if value.requires_grad and slow == (name.startswith("encoder.") and not name.startswith("encoder.cases"))
        ]
        yield {"params": chosen, "lr": rate, "base": rate, "weight_decay": 0.01}


def _entropy(scores: Tensor, targets: Tensor, weight: Tensor | None = None) -> Tensor:
    """Mean cross-entropy over the known targets; nothing (but still a tensor with a gradient) where none is known."""
    flat, known = scores.reshape(-1, scores.shape[-1]), targets.flatten()
    total = functional.cross_entropy(flat, known, weight=weight, ignore_index=IGNORED, reduction="sum")
    return total / (known >= 0).sum().clamp(min=1)
