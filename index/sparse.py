"""BM25 over our own tokens, with tantivy.

One index covers all segments, because BM25 weighs a word by how many passages of the whole
library hold it. Extending it links the old files into a new folder and lets tantivy add its
own new ones; tantivy never changes a file once written, only `meta.json` is replaced.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from corpus.errors import DamagedIndexError, IndexWriteError
from corpus.words.tokens import fold_tokens
from index.ranking import exact_top

Field = Literal["body", "body_folded", "head", "head_folded"]
FIELDS: tuple[Field, ...] = get_args(Field)

# BM25's k1 and b; tantivy fixes them at the values Lucene chose.
K1, B = 1.2, 0.75
# Memory of the one writer thread. One thread, so that a build repeats exactly.
_WRITER_BYTES = 256_000_000
_WRITE_FAILED = (OSError, ValueError, RuntimeError)  # what tantivy raises when a write fails


@dataclass(frozen=True, slots=True)
class Term:
    """A key to look for in one field; its BM25 score is multiplied by `weight`, at least 0."""

    field: Field
    token: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        if self.field not in FIELDS:
            raise ValueError(f"term {self.token!r}: no field {self.field!r}, there are {', '.join(FIELDS)}")
        if not self.weight >= 0:
            raise ValueError(f"term {self.token!r}: weight {self.weight} is below 0")


class SparseWriter:
    """Fills the lexical index in `folder`; what was there before stays as it is.

    Use as a context manager: leaving the block without an error commits.
    """

    def __init__(self, folder: Path, base: Path | None = None) -> None:
        """Start in the empty `folder`, from the files of the index `base` where one is given."""
        import tantivy

        self._folder = folder
        try:
            if base is not None:
                _link_files(base, folder)
            self._schema: Any = _schema()
            index = _register(tantivy.Index(self._schema, path=str(folder), reuse=base is not None))
            self._writer: Any = index.writer(_WRITER_BYTES, num_threads=1)
        except _WRITE_FAILED as error:
            raise IndexWriteError(folder, _reason(error)) from error

    def add(self, key: int, document_key: int, body: list[str], head: list[str]) -> None:
        """Add one passage.

        Args:
            key: Its key, larger than every key added before.
            document_key: The key of its document's first passage.
            body, head: The tokens of the two fields; the folded ones are made from them.
        """
        import tantivy

        record = tantivy.Document()
        record.add_unsigned("key", key)
        record.add_unsigned("document", document_key)
        for field, tokens in (("body", body), ("head", head)):
            record.add_text(field, " ".join(tokens))
            record.add_text(f"{field}_folded", " ".join(fold_tokens(tokens)))
        try:
            self._writer.add_document(record)
        except _WRITE_FAILED as error:
            raise IndexWriteError(self._folder, _reason(error)) from error

    def remove(self, document_keys: Iterable[int]) -> None:
        """Remove the passages of these documents."""
        from tantivy import Query

        # subtle: delete_documents_by_term takes a Python int for a signed one and removes nothing
        if keys := list(document_keys):
            self._writer.delete_documents_by_query(Query.term_set_query(self._schema, "document", keys))

    def __enter__(self) -> SparseWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            # Not waited for, not committed: the folder is rubbish and will be removed.
            del self._writer
            return
        try:
            self._writer.commit()
            self._writer.wait_merging_threads()
            # tantivy makes some files readable to their owner alone; those who search may be others.
            for path in self._folder.iterdir():
                path.chmod(self._folder.stat().st_mode & 0o666)
        except _WRITE_FAILED as error:
            raise IndexWriteError(self._folder, _reason(error)) from error


class SparseIndex:
    """Keys and BM25 scores; it knows nothing of passages or text."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`, which may be read-only."""
        import tantivy

        self._links: TemporaryDirectory[str] | None = None
        try:
            self._index: Any = tantivy.Index.open(str(self._writable(folder)))
            self._searcher: Any = _register(self._index).searcher()
        except (OSError, ValueError, RuntimeError) as error:
            raise DamagedIndexError(folder) from error
        self._schema: Any = self._index.schema

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(
        self, terms: Sequence[Term], k: int, allowed: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Find the `k` passages that score highest.

        The score is the sum over `terms` of weight * BM25 (Robertson et al., TREC-3, 1994, with
        Lucene's idf, log(1 + (N - n + 0.5) / (n + 0.5))), each field with its own statistics.

        Args:
            terms: What to look for; a term given twice counts twice.
            k: How many to return; fewer where fewer hold any of the terms.
            allowed: Document keys that may be returned; None for all. Scores do not change.

        Returns:
            (key, score > 0), highest first; equal scores in key order.
        """
        from tantivy import Occur, Query

        wanted = [term for term in terms if term.weight > 0]
        if not wanted or (allowed is not None and not len(allowed)):
            return []
        query = Query.boolean_query([(Occur.Should, self._term_query(term)) for term in wanted])
        if allowed is not None:
            inside = Query.term_set_query(self._schema, "document", list(allowed))
            query = Query.boolean_query(
                [(Occur.Must, query), (Occur.Must, Query.const_score_query(inside, 0.0))]
            )

        def fetch(n: int) -> Sequence[tuple[int, float]]:
            hits = self._searcher.search(query, n, count=False).hits
            keys = self._searcher.fast_field_values("key", [address for _, address in hits])
            return [(int(key), float(score)) for key, (score, _) in zip(keys, hits, strict=True)]

        return exact_top(fetch, k, len(self))

    def frequency(self, field: Field, token: str) -> int:
        """In how many passages `token` stands in `field`."""
        return int(self._searcher.doc_freq(field, token))

    def keys(self) -> npt.NDArray[np.int64]:
        """Return the keys of all passages, ascending."""
        from tantivy import Query

        if not len(self):
            return np.zeros(0, dtype=np.int64)
        hits = self._searcher.search(Query.all_query(), len(self), count=False).hits
        keys = self._searcher.fast_field_values("key", [address for _, address in hits])
        return np.sort(np.array(keys, dtype=np.int64))

    def _term_query(self, term: Term) -> Any:
        from tantivy import Query

        query = Query.term_query(self._schema, term.field, term.token, index_option="freq")
        return query if term.weight == 1.0 else Query.boost_query(query, term.weight)

    def _writable(self, folder: Path) -> Path:
        """Return `folder`, or, where it is read-only, a folder of links to its files.

        tantivy puts lock files beside the files it reads.
        """
        if os.access(folder, os.W_OK):
            return folder
        self._links = TemporaryDirectory(prefix="tra-cuu-", ignore_cleanup_errors=True)
        for path in folder.iterdir():
            if not path.name.endswith(".lock"):
                (Path(self._links.name) / path.name).symlink_to(path.resolve())
        return Path(self._links.name)


def _schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name="our_tokens", index_option="freq")
    builder.add_unsigned_field("key", fast=True)
    builder.add_unsigned_field("document", indexed=True)
    return builder.build()


def _register(index: Any) -> Any:
    """Our tokens are joined by spaces; nothing else may be done to them."""
    import tantivy

    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("our_tokens", analyzer)
    return index


def _link_files(base: Path, folder: Path) -> None:
    for path in base.iterdir():
        if path.name.endswith(".lock"):
            continue
        try:
            if path.suffix == ".json":  # replaced by tantivy, never written in place; copied all the same
                raise OSError
            os.link(path, folder / path.name)
        except OSError:  # no hard links here (FAT, some network shares)
            shutil.copyfile(path, folder / path.name)


def _reason(error: BaseException) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
