"""Measure an encoder on the public benchmarks: python -m index.training.measure --data ../shared/data.

Prints, for each benchmark, BM25 over syllables and pairs, the vectors alone, and weighted sums
of both (each divided by its best score), as rows of the table in MODEL_CARD.md.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.tokens import lexical_tokens
from index.encoder import Encoder, FloatMatrix, load_encoder
from index.training.sources import read_jsonl

DEPTH = 100  # candidates taken from each lane
DENSE_CHARS = 1600  # what the vectors read of an article; our own passages are shorter
DENSE_SHARES = (0.3, 0.4, 0.5)
BENCHMARKS = ("alqac2023_24", "vlsp2025_drill_sub", "labor_law_vn", "zalo2021_phapdien")

Ranking = Sequence[str]  # passage ids, best first


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Questions, passages, and which passages answer which question."""

    name: str
    passages: Mapping[str, str]
    queries: Mapping[str, str]
    qrels: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, data: Path, name: str) -> Benchmark:
        folder = data / "benchmarks" / name
        passages = {
            row["id"]: f"{row.get('title', '')}\n{row['text']}"
            for row in read_jsonl(folder / "corpus.jsonl.xz")
        }
        queries = {row["id"]: row["text"] for row in read_jsonl(folder / "queries.jsonl")}
        qrels: dict[str, frozenset[str]] = {}
        with (folder / "qrels.tsv").open(encoding="utf-8", newline="") as file:
            for query, passage, _ in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                qrels[query] = qrels.get(query, frozenset()) | {passage}
        return cls(name, passages, queries, qrels)


def dense_scores(benchmark: Benchmark, encoder: Encoder) -> FloatMatrix:
    """Return (n_queries, n_passages) cosines."""
    passages = encoder.encode_passages([text[:DENSE_CHARS] for text in benchmark.passages.values()])
    return encoder.encode_queries(list(benchmark.queries.values())) @ passages.T


def sparse_candidates(benchmark: Benchmark) -> dict[str, dict[str, float]]:
    """Return for each query its DEPTH best passages by BM25 (tantivy's k1 1.2, b 0.75)."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", stored=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    lexical = tantivy.Index(builder.build())
    writer = lexical.writer(heap_size=200_000_000, num_threads=1)
    for row, text in enumerate(benchmark.passages.values()):
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("body", " ".join(lexical_tokens(text)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    lexical.reload()
    searcher, ids = lexical.searcher(), list(benchmark.passages)
    candidates: dict[str, dict[str, float]] = {}
    for query, text in benchmark.queries.items():
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(lexical.schema, "body", token))
            for token in lexical_tokens(text, typed=True)
        ]
        found = searcher.search(tantivy.Query.boolean_query(terms), DEPTH).hits
        candidates[query] = {ids[searcher.doc(at)["row"][0]]: float(score) for score, at in found}
    return candidates


def fused(sparse: Mapping[str, float], dense: Mapping[str, float], share: float) -> Ranking:
    """Rank by share * dense / best dense + (1 - share) * sparse / best sparse; ties by passage id."""
    best_sparse, best_dense = max(sparse.values(), default=1.0), max(dense.values())
    scores = {
        passage: share * dense[passage] / best_dense + (1 - share) * sparse.get(passage, 0.0) / best_sparse
        for passage in dense
    }
    return sorted(scores, key=lambda passage: (-scores[passage], passage))


def rankings(benchmark: Benchmark, encoder: Encoder) -> dict[str, dict[str, Ranking]]:
    """Return system -> query -> passages, best first."""
    sparse, dense = sparse_candidates(benchmark), dense_scores(benchmark, encoder)
    ids = list(benchmark.passages)
    row_of = {passage: row for row, passage in enumerate(ids)}
    found: dict[str, dict[str, Ranking]] = {
        "BM25": {},
        "dense": {},
        **{f"{s} dense": {} for s in DENSE_SHARES},
    }
    for query, cosines in zip(benchmark.queries, dense, strict=True):
        best = np.argsort(-cosines, kind="stable")[:DEPTH].tolist()
        rows = dict.fromkeys([*best, *(row_of[passage] for passage in sparse[query])])
        near = {ids[row]: float(cosines[row]) for row in rows}
        found["BM25"][query] = list(sparse[query])
        found["dense"][query] = [ids[row] for row in best]
        for share in DENSE_SHARES:
            found[f"{share} dense"][query] = fused(sparse[query], near, share)
    return found


def metrics(run: Mapping[str, Ranking], qrels: Mapping[str, frozenset[str]]) -> dict[str, float]:
    """Return hit@1, hit@5, hit@10 and MRR@10 in per cent over every judged query."""
    ranks = [
        next(
            (rank for rank, passage in enumerate(run.get(query, [])[:10], start=1) if passage in right), None
        )
        for query, right in qrels.items()
    ]
    per_cent = 100 / max(1, len(ranks))
    hits = {f"hit@{k}": per_cent * sum(r is not None and r <= k for r in ranks) for k in (1, 5, 10)}
    return hits | {"MRR@10": per_cent * sum(1 / r for r in ranks if r is not None)}


def table(names: Iterable[str], data: Path, encoder: Encoder) -> Iterable[str]:
    """Yield the lines of a Markdown table."""
    yield "| benchmark | system | hit@1 | hit@5 | hit@10 | MRR@10 |"
    yield "|---|---|---|---|---|---|"
    for name in names:
        benchmark = Benchmark.read(data, name)
        for system, run in rankings(benchmark, encoder).items():
            cells = " | ".join(f"{value:.1f}" for value in metrics(run, benchmark.qrels).values())
            yield f"| {name} | {system} | {cells} |"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit 0 when every benchmark asked for has been measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="holds benchmarks/")
    parser.add_argument("--encoder", help="name or folder; default: the shipped model")
    parser.add_argument("--benchmark", action="append", choices=BENCHMARKS, help="may be given several times")
    args = parser.parse_args(argv)
    for line in table(args.benchmark or BENCHMARKS, args.data, load_encoder(args.encoder)):
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
