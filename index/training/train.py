"""InfoNCE over in-batch negatives, on rows that are touched only when they are read."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F

from index.training.pairs import Draw, Pair, WordArray, draw_many
from index.training.vocabulary import Vocabulary

log = logging.getLogger(__name__)
Rows = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TrainOptions:
    dim: int = 256
    steps: int = 1500
    batch: int = 2048
    temperature: float = 0.04
    learning_rate: float = 0.005
    frequency_weight: float = 1e-4  # the "a" of a / (a + p), Arora et al. 2017 (SIF)
    seed: int = 7


class LazyAdam:
    """Adam (Kingma & Ba 2015) that moves only the rows a batch has read."""

    def __init__(self, weights: torch.Tensor, beta1: float = 0.9, beta2: float = 0.999) -> None:
        self._weights, self._betas = weights, (beta1, beta2)
        self._mean, self._square = torch.zeros_like(weights), torch.zeros_like(weights)
        self._steps = torch.zeros(len(weights))

    def step(self, rows: torch.Tensor, gradient: torch.Tensor, learning_rate: float) -> None:
        beta1, beta2 = self._betas
        steps = self._steps[rows] + 1
        mean = self._mean[rows].mul_(beta1).add_(gradient, alpha=1 - beta1)
        square = self._square[rows].mul_(beta2).addcmul_(gradient, gradient, value=1 - beta2)
        self._steps[rows], self._mean[rows], self._square[rows] = steps, mean, square
        unbiased = mean / (1 - beta1**steps)[:, None]
        scale = (square / (1 - beta2**steps)[:, None]).sqrt_().add_(1e-8)
        self._weights[rows] -= learning_rate * unbiased / scale


@contextmanager
def repeatable(threads: int) -> Iterator[None]:
    """Hold the arithmetic to one order while the block runs: same input, same bytes."""
    from threadpoolctl import threadpool_limits  # with scikit-learn

    before = torch.get_num_threads(), torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)
    try:
        with threadpool_limits(threads):
            yield
    finally:
        torch.set_num_threads(before[0])
        torch.use_deterministic_algorithms(before[1])


def initial_rows(vocabulary: Vocabulary, options: TrainOptions, directions: Rows | None) -> torch.Tensor:
    """Rows shorter for common words; `[UNK]` almost nothing, but not nothing.

    Args:
        directions: (n_rows, dim) of norm 1, or 0 where nothing is known; None: random ones.
    """
    generator = torch.Generator().manual_seed(options.seed)
    rows: torch.Tensor = torch.randn(len(vocabulary.tokens), options.dim, generator=generator)
    rows = rows / options.dim**0.5
    if directions is not None:
        given = torch.from_numpy(directions)
        rows = torch.where(given.norm(dim=1, keepdim=True) > 0, given, rows)
    counts = torch.from_numpy(vocabulary.counts).float()
    share = counts / counts.sum()
    weight: torch.Tensor = options.frequency_weight / (options.frequency_weight + share)
    rows = rows * weight[:, None]
    rows[0] *= 1e-3
    return rows


def bag(texts: Sequence[WordArray], vocabulary: Vocabulary) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the rows of all texts one after another, and where each text begins."""
    rows, per_word = vocabulary.expand(np.concatenate(texts))
    ends = np.cumsum(per_word)[np.cumsum([len(text) for text in texts]) - 1]
    starts = np.concatenate([[0], ends[:-1]])
    return torch.from_numpy(rows.astype(np.int64)), torch.from_numpy(starts)


def train(
    vocabulary: Vocabulary,
    sources: Sequence[tuple[float, Draw]],
    options: TrainOptions,
    directions: Rows | None = None,
) -> Rows:
    """Learn the rows; every batch comes from one source, chosen by its weight."""
    rng = np.random.default_rng(options.seed)
    weights = initial_rows(vocabulary, options, directions)
    optimiser = LazyAdam(weights)
    shares = np.array([weight for weight, _ in sources])
    shares /= shares.sum()
    started, losses = perf_counter(), []
    for step in range(options.steps):
        source = int(rng.choice(len(sources), p=shares))
        pairs = draw_many(sources[source][1], options.batch, rng)
        rate = options.learning_rate * min(1.0, (step + 1) / 50) * (1 - step / options.steps)
        losses.append(_step(pairs, vocabulary, weights, optimiser, rate, options.temperature))
        if (step + 1) % 100 == 0:
            log.info("step %d: loss %.3f, %.0f s", step + 1, np.mean(losses[-100:]), perf_counter() - started)
    return np.ascontiguousarray(weights.numpy(), dtype=np.float32)


def _step(
    pairs: list[Pair],
    vocabulary: Vocabulary,
    weights: torch.Tensor,
    optimiser: LazyAdam,
    learning_rate: float,
    temperature: float,
) -> float:
    left, left_starts = bag([pair[0] for pair in pairs], vocabulary)
    right, right_starts = bag([pair[1] for pair in pairs], vocabulary)
    rows, place = torch.unique(torch.cat([left, right]), return_inverse=True)
    read = weights[rows].requires_grad_()
    a = F.normalize(F.embedding_bag(place[: len(left)], read, left_starts, mode="sum"))
    b = F.normalize(F.embedding_bag(place[len(left) :], read, right_starts, mode="sum"))
    scores = a @ b.T / temperature
    target = torch.arange(len(pairs))
    loss = (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2
    loss.backward()  # type: ignore[no-untyped-call]
    assert read.grad is not None
    optimiser.step(rows, read.grad, learning_rate)
    return float(loss.detach())
