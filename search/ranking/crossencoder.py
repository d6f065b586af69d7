"""A cross-encoder, where one is set: question and passage read together by a transformer.

Off by default. TRACUU_RERANKER names a folder or a model on the Hugging Face hub, for instance
`itdainb/PhoRanker` or `BAAI/bge-reranker-v2-m3`. It only orders the candidates that the first look
found best; what a question says of years, places and numbers is judged afterwards as always.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError
from index.preparation import Preparation, preparation_of, prepare

if TYPE_CHECKING:
    from search.retrieve import Lanes

RERANKER_VARIABLE = "TRACUU_RERANKER"
PAIRS = 12  # a question at most, however fast the machine is
LEAST_PAIRS = 2  # however slow: fewer cannot be put in another order
# For reading the pairs of one question, so that with what comes before and after it takes 300 ms at most.
SECONDS = 0.25
_MOST_TOKENS = 192  # of question and passage together: a passage of 700 characters
_AT_ONCE = 4  # pairs, of like length: little is read that only fills up the shorter ones
_TRIALS = 3


class CrossScorer(Protocol):
    """Anything that scores passages against a question, reading both at once."""

    @property
    def pairs(self) -> int:
        """How many passages may be read for one question."""
        ...

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return (len(passages),) finite scores; higher answers better, on any scale."""
        ...


class TransformerScorer:
    """A CrossEncoder of sentence-transformers with the preparation its family wants.

    Attributes:
        pairs: How many passages it reads of one question.
    """

    def __init__(self, model: Any, name: str, preparation: Preparation, pairs: int = PAIRS) -> None:
        self._model, self.name, self.preparation, self.pairs = model, name, preparation, pairs

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return (len(passages),) scores.

        Raises:
            EncoderError: the model gives no single finite number for a pair.
        """
        if not passages:
            return np.zeros(0, dtype=np.float32)
        asked, *read = prepare([question, *passages], self.preparation.segmentation)
        pairs = [(asked, text) for text in read]
        found = self._model.predict(pairs, batch_size=_AT_ONCE, show_progress_bar=False)
        scores = np.asarray(found, dtype=np.float32)
        if scores.shape != (len(passages),) or not np.isfinite(scores).all():
            raise EncoderError(
                f"Mô hình xếp hạng {self.name} không cho mỗi cặp câu hỏi - đoạn văn một điểm số", _REMEDY
            )
        return scores


def measure(scorer: TransformerScorer) -> int:
    """Return how many of the longest pairs this machine reads in SECONDS; between LEAST_PAIRS and PAIRS.

    The fastest of a few trials counts: what else runs just now is not the machine's fault.
    """
    long = ["công đoàn " * _MOST_TOKENS] * _AT_ONCE
    fastest = math.inf
    for _ in range(1 + _TRIALS):  # the first, when memory is laid out, is never the fastest
        start = perf_counter()
        scorer.scores("đoàn viên", long)
        fastest = min(fastest, perf_counter() - start)
    return max(LEAST_PAIRS, min(PAIRS, int(SECONDS * _AT_ONCE / max(fastest, 1e-6))))


def reordered(
    scorer: CrossScorer, question: str, lanes: Sequence[Lanes], texts: Sequence[str]
) -> list[Lanes]:
    """Return lanes, best first, with the first of them in the order of `scorer`.

    Their `learned` runs from 1 for the best pair to 0 for the worst; those not read get 0 and follow.

    Args:
        lanes: Best first.
        texts: What is read of each of the first lanes; no longer than `lanes`.
    """
    scores = scorer.scores(question, texts)
    if not len(scores):
        return list(lanes)
    low, high = float(scores.min()), float(scores.max())
    spread = (scores - low) / (high - low) if high > low else np.ones_like(scores)
    read = [replace(lane, learned=float(s)) for lane, s in zip(lanes, spread, strict=False)]
    read.sort(key=lambda lane: -lane.learned)  # stable: equal pairs keep their order
    return read + [replace(lane, learned=0.0) for lane in lanes[len(read) :]]


def load_reranker(name: str | None = None) -> TransformerScorer | None:
    """Load the cross-encoder `name` or, where that is None, of $TRACUU_RERANKER; None where neither is set.

    Raises:
        EncoderError: the model is missing, half-copied, or no cross-encoder with one score.
    """
    asked = name or os.environ.get(RERANKER_VARIABLE)
    if not asked:
        return None
    plain, _, revision = asked.partition("@")
    folder = Path(plain).expanduser()
    if folder.is_dir():
        return _scorer(str(folder), plain, local_files_only=True)
    if plain.startswith((".", "/", "~")) or plain.count("/") != 1:
        raise EncoderError(f"Không có mô hình xếp hạng {plain!r}", _REMEDY)
    try:
        return _scorer(plain, plain, local_files_only=True, revision=revision or None)
    except EncoderError:
        if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "TRUE", "YES", "ON"}:
            raise
        return _scorer(plain, plain, local_files_only=False, revision=revision or None)


_REMEDY = (
    f"Đặt {RERANKER_VARIABLE} là một thư mục có mô hình cross-encoder hoặc tên dạng 'tổ-chức/mô-hình' "
    "(chỉ tải được khi máy có mạng), hoặc bỏ biến đó để dùng cách xếp hạng kèm theo"
)


def _scorer(
    path: str, name: str, *, local_files_only: bool, revision: str | None = None
) -> TransformerScorer:
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(
            path,
            device="cpu",
            local_files_only=local_files_only,
            revision=revision,
        )
        if model.num_labels != 1:
            raise ValueError(f"{model.num_labels} labels instead of one score")
        model.max_seq_length = min(model.max_seq_length or _MOST_TOKENS, _MOST_TOKENS)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError, SafetensorError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise EncoderError(f"Không mở được mô hình xếp hạng {name!r}: {reason}", _REMEDY) from error
    scorer = TransformerScorer(model, name, preparation_of(name))
    scorer.pairs = measure(scorer)
    return scorer
