"""Fits the weights of the learned score to groups, with torch; the program itself needs none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from search.ranking.overlap import Array
from search.ranking.signs import N_SIGNS
from search.training.groups import Group

HELD_OUT = 8  # one group of so many is kept out of training
# What a title asks for stands in its article in other words, as with people's questions; words taken
# out of an article teach to look for the very words; and most of the people's questions are easy.
SHARES = {"human": 0.5, "title": 2.0, "span": 0.7}


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How the weights are learnt.

    Attributes:
        hidden: Units of the one hidden layer, beside the linear part.
        shares: How much a question of each lesson counts; SHARES where it is not given.
    """

    hidden: int = 32
    epochs: int = 12
    batch: int = 128
    learning_rate: float = 0.006
    decay: float = 0.1
    dropout: float = 0.3
    seed: int = 7
    shares: Mapping[str, float] = field(default_factory=lambda: dict(SHARES))


def split(groups: Sequence[Group], seed: int) -> tuple[list[Group], list[Group]]:
    """Return (groups to learn from, groups held out)."""
    order = np.random.default_rng(seed).permutation(len(groups))
    held = len(groups) // HELD_OUT
    return [groups[i] for i in order[held:]], [groups[i] for i in order[:held]]


def fit(groups: Sequence[Group], options: FitOptions) -> dict[str, Any]:
    """Return the weights, as JSON can hold them, that put right passages first.

    The loss of a group is -log of the share that its right passages have of the softmax over all
    (listwise; Cao et al., "Learning to Rank", ICML 2007), so that one right passage is enough.
    """
    import torch

    torch.manual_seed(options.seed)
    rng = np.random.default_rng(options.seed)
    learn, held = split(groups, options.seed)
    every = np.concatenate([group.signs for group in learn])
    mean, deviation = every.mean(axis=0), every.std(axis=0) + 1e-3
    table, right, there = _padded(learn, mean, deviation)
    weight = torch.tensor([options.shares.get(group.source, 1.0) for group in learn])
    linear = torch.nn.Linear(N_SIGNS, 1, bias=False)
    hidden, out = torch.nn.Linear(N_SIGNS, options.hidden), torch.nn.Linear(options.hidden, 1, bias=False)
    layers = [linear, hidden, out]
    drop = torch.nn.Dropout(options.dropout)
    parameters = [p for layer in layers for p in layer.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=options.learning_rate, weight_decay=options.decay)
    steps = options.epochs * -(-len(learn) // options.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, options.learning_rate, total_steps=steps)
    for _ in range(options.epochs):
        order = rng.permutation(len(learn))
        for start in range(0, len(order), options.batch):
            chosen = torch.from_numpy(order[start : start + options.batch])
            x = table[chosen]
            scores = (linear(x) + out(drop(torch.tanh(hidden(x)))))[:, :, 0]
            scores = scores.masked_fill(~there[chosen], -1e9)
            of_right = scores.masked_fill(~right[chosen], -1e9)
            loss = torch.logsumexp(scores, 1) - torch.logsumexp(of_right, 1)
            optimiser.zero_grad()
            mean_loss: Any = (loss * weight[chosen]).sum() / weight[chosen].sum()
            mean_loss.backward()
            optimiser.step()
            schedule.step()

    def rounded(values: Any) -> Any:
        return np.round(np.asarray(values, dtype=np.float64), 5).tolist()

    weights = {
        "mean": rounded(mean),
        "deviation": rounded(deviation),
        "linear": rounded(linear.weight.detach()[0]),
        "hidden": rounded(hidden.weight.detach().T),
        "hidden_bias": rounded(hidden.bias.detach()),
        "out": rounded(out.weight.detach()[0]),
    }
    scale, shift = _calibrated(np.concatenate([_scores(weights, g) for g in held]), held)
    return weights | {"scale": round(scale, 5), "shift": round(shift, 5)}


def first_right(groups: Sequence[Group], weights: dict[str, Any]) -> dict[str, float]:
    """Return by source in how many per cent of the groups the best candidate is right."""
    hits: Counter[str] = Counter()
    for group in groups:
        hits[group.source] += bool(group.right[int(np.argmax(_scores(weights, group)))])
    n = Counter(group.source for group in groups)
    return {source: round(100 * hits[source] / n[source], 1) for source in sorted(n)}


def _scores(weights: dict[str, Any], group: Group) -> Array:
    from search.ranking.learned import learned_of

    return learned_of(weights | {"scale": 1.0, "shift": 0.0}).scores(group.signs)


def _padded(groups: Sequence[Group], mean: Array, deviation: Array) -> tuple[Any, Any, Any]:
    import torch

    most = max(len(group.right) for group in groups)
    table = np.zeros((len(groups), most, N_SIGNS), dtype=np.float32)
    right, there = np.zeros((2, len(groups), most), dtype=np.bool_)
    for i, group in enumerate(groups):
        n = len(group.right)
        table[i, :n] = np.clip((group.signs - mean) / deviation, -4, 4)
        right[i, :n], there[i, :n] = group.right, True
    return torch.from_numpy(table), torch.from_numpy(right), torch.from_numpy(there)


def _calibrated(scores: Array, held: Sequence[Group]) -> tuple[float, float]:
    """Return scale and shift of a logistic curve from scores to right or wrong (Platt 1999)."""
    right = np.concatenate([group.right for group in held]).astype(np.float64)
    features = np.stack([scores.astype(np.float64), np.ones(len(scores))], axis=1)
    found = np.zeros(2)
    for _ in range(50):  # Newton's method; a handful of steps is enough
        p = 1 / (1 + np.exp(-features @ found))
        slope = features.T @ (right - p) - 1e-3 * found
        curve = (features * (p * (1 - p))[:, None]).T @ features + 1e-3 * np.eye(2)
        found = found + np.linalg.solve(curve, slope)
    return float(found[0]), float(found[1])
