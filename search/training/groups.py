"""From questions to what the learned score reads: candidates by the program's own first look."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import AppError
from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from index.building import Update, apply_update
from index.bundle import Bundle
from index.encoder import Encoder
from index.files import lock
from index.training.leakage import Benchmarks
from index.wordkeys import shipped_words
from search.measuring.articles import document_of
from search.query import understand
from search.ranking.learned import time_keys
from search.ranking.overlap import FloatArray
from search.ranking.signs import signs
from search.retrieve import Retriever
from search.training.questions import Lesson

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Group:
    """One question's candidates.

    Attributes:
        source: The lesson it is of.
        signs: (n, n_signs) float32.
        right: (n,) which of them are passages of the article that answers; at least one.
    """

    source: str
    signs: FloatArray
    right: BoolArray

    def __post_init__(self) -> None:
        if self.right.shape != self.signs.shape[:1] or not self.right.any():
            raise ValueError(f"{self.source}: {self.signs.shape} signs, {int(self.right.sum())} right")


def groups_of(lesson: Lesson, root: Path, encoder: Encoder, benchmarks: Benchmarks) -> Iterator[Group]:
    """Index a lesson's articles in `root` and yield a group for each question whose answer is found.

    Questions that are near copies of a benchmark's are left out. An index of the same articles that
    this program can read is taken as it is.
    """
    bundle = _indexed(lesson, root, encoder)
    retriever = Retriever(bundle, Glossary.shipped(), Colloquial.shipped())
    for question, answer in lesson.asked:
        if benchmarks.stand_in(question) or not any(char.isalnum() for char in question):
            continue
        found = retriever.first_look(understand(question))
        right = np.array([row in bundle.rows_of(answer) for row in found.rows], dtype=np.bool_)
        if right.any():
            table = signs(found.asked, found.told, shipped_words(), time_keys())
            yield Group(lesson.name, table, right)


def _indexed(lesson: Lesson, root: Path, encoder: Encoder) -> Bundle:
    digest = hashlib.sha256(repr(sorted(lesson.articles.items())).encode()).hexdigest()
    known = root / "articles.sha256"
    with suppress(AppError, OSError):  # missing, unfinished, or of other rules: built anew
        if known.read_text(encoding="utf-8") == digest:
            return Bundle.open(root, encoder)
    shutil.rmtree(root, ignore_errors=True)
    documents = [document_of(article_id, article) for article_id, article in lesson.articles.items()]
    with lock(root):
        apply_update(root, None, encoder, Update(documents))
    known.write_text(digest, encoding="utf-8")
    return Bundle.open(root, encoder)
