"""From documents to a published index: a new segment, the lexical index extended, one rename.

Nothing that a manifest names is ever modified, so a build that dies at any moment leaves the
old index live, and what it wrote is removed by the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import AppError, EncoderMismatchError
from corpus.library.copies import Copies
from corpus.library.files import KnownFile, load_known
from corpus.passages import split_document
from corpus.records import Document
from index.ahead import Ahead
from index.encoder import Encoder
from index.fields import body_tokens, check_words, head_tokens, word_rules
from index.files import write_errors
from index.learnt import LEARNT, Learnt, learning_rules, packed
from index.manifest import (
    Manifest,
    Part,
    library_part,
    new_part,
    next_generation,
    publish,
    read_manifest,
    remove_leftovers,
    seal_part,
)
from index.segment import OpenSegment, SegmentBuilder
from index.sparse import SparseWriter

LIBRARY = "files.json"
# An old segment joins the new one when its living passages are at most this many times the new
# ones: the number of segments then grows with the logarithm of the library, and so does the work.
_MERGE_FACTOR = 2
# The lexical index is made anew when more than this share of it is deleted passages, whose words
# would still count in BM25's statistics.
_DEAD_SHARE = 0.05
_MUCH_TEXT = 1_000_000  # characters from which learning takes longer than starting a process for it

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Update:
    """What is to become of a library.

    Attributes:
        added: Documents that are new, or replace those of the same id; read one after another.
        removed: Ids of documents that are gone; ids that are not there are ignored.
        reading: Fingerprint of the rules the documents were read by.
        library: Called when all of `added` have been taken: what the next build needs to know of
            each file. None where the documents do not come from a folder.
    """

    added: Iterable[Document]
    removed: frozenset[str] = frozenset()
    reading: str = ""
    library: Callable[[], bytes] | None = None


def apply_update(
    root: Path,
    old: Manifest | None,
    encoder: Encoder | None,
    update: Update,
    progress: Progress = lambda done, total: None,
) -> Manifest:
    """Publish `old` (None: nothing) with the documents of `update` added and removed.

    The caller holds the lock on `root`. Without an encoder nothing may be added. `progress` is
    told how many passages of how many have gone into the lexical index, the last step.

    Raises:
        IndexWriteError: The disk is full or read-only; what was published is untouched.
    """
    live = published(root)
    if live is not None or not (root / "CURRENT").exists():
        remove_leftovers(root, (live,) if live else ())
    with write_errors(root):
        draft = _Draft(root, old, encoder, progress)
        try:
            draft.add_new(update)
            draft.merge_small()
            manifest = draft.manifest(update)
            publish(root, manifest)
        except BaseException:
            if published(root) == live:  # a full disk should not stay full because of us
                draft.discard()
            raise
        finally:
            draft.close()
    # What was live until now stays until the next build: somebody may be about to open it.
    remove_leftovers(root, (manifest, live) if live else (manifest,))
    return manifest


def published(root: Path) -> Manifest | None:
    """Return the live manifest; None where there is none that this program can read."""
    try:
        return read_manifest(root)
    except AppError:
        return None


def read_library(root: Path, manifest: Manifest) -> tuple[list[KnownFile], list[Copies]]:
    """Return what is known of the files of the folder `manifest` was built from, and their copies.

    Both are empty where it was built from no folder, or where that is written in a form not known here.
    """
    return _read_library(root, manifest.library.name if manifest.library else None)


def read_former_library(root: Path) -> tuple[list[KnownFile], list[Copies]]:
    """Return the same of whatever index lies in `root`, also where it must be built anew.

    What was seen of a library, and when each document came, outlives a change of the format.
    """
    return _read_library(root, library_part(root))


def _read_library(root: Path, part: str | None) -> tuple[list[KnownFile], list[Copies]]:
    try:
        return load_known((root / "parts" / part / LIBRARY).read_bytes()) if part else ([], [])
    except (OSError, ValueError, TypeError, KeyError):
        return [], []


def _learn(texts: Sequence[tuple[str, str]]) -> list[str]:
    """Return, alone in a list, what is learnt from (id, text) of documents in row order."""
    return [Learnt.of(dict(texts)).to_json()]


class _Draft:
    """The next generation while it is being written."""

    def __init__(self, root: Path, old: Manifest | None, encoder: Encoder | None, progress: Progress) -> None:
        if encoder is not None:
            self.encoder_name, self.dim = encoder.name, encoder.dim
        elif old is not None:
            self.encoder_name, self.dim = old.encoder, old.dim
        else:
            raise ValueError("a new index needs an encoder")
        # Never two kinds of vectors, nor two kinds of words, in one index.
        if old is not None:
            if (old.encoder, old.dim) != (self.encoder_name, self.dim):
                raise EncoderMismatchError(old.encoder, self.encoder_name)
            check_words(root, old.words)
        self.root, self.old, self.encoder, self.progress = root, old, encoder, progress
        self.generation = next_generation(root)
        self.builder: SegmentBuilder | None = None
        self.written: list[Path] = []
        self.segments = [OpenSegment(root, entry) for entry in (old.segments if old else ())]
        self.home = {doc_id: segment for segment in self.segments for doc_id in segment.living()}
        self.dead_keys: list[int] = []
        self.changed = False  # whether any document has come or gone
        self.dead = old.sparse_dead if old else 0

    def add_new(self, update: Update) -> None:
        """Take in the new documents, and mark what is gone or replaced."""
        for doc_id in sorted(update.removed):
            self._delete(doc_id)
        for document in update.added:
            self._delete(document.doc_id)
            self._new_segment().add(document, split_document(document))

    def merge_small(self) -> None:
        """Move what lives in small or mostly deleted segments into the new one, vectors and all."""
        for segment in reversed(self.segments):
            living, new = segment.n_living, self.builder.n_passages if self.builder else 0
            if not living or not (living * 2 < segment.entry.n_passages or living <= _MERGE_FACTOR * new):
                continue
            vectors = segment.dense().vectors()
            for doc_id in segment.living():
                span = segment.catalog.spans[doc_id]
                passages = list(segment.catalog.passages(span))
                self._new_segment().add(
                    segment.catalog.document(doc_id), passages, vectors[span.start : span.stop]
                )
                self._delete(doc_id)

    def manifest(self, update: Update) -> Manifest:
        """Write all parts and return the manifest that names them."""
        next_key = self.old.next_key if self.old else 0
        kept = [segment for segment in self.segments if segment.living()]
        new: list[OpenSegment] = []
        if self.builder is not None:
            new = [OpenSegment(self.root, self.builder.finish(next_key))]
            self.segments += new
            next_key += self.builder.n_passages
        live = kept + new
        learnt = self._known()
        texts = [text for segment in live for text in segment.texts()] if learnt is None else []
        # Beside the lexical index, which takes as long.
        with closing(Ahead(_learn, alone=sum(len(text) for _, text in texts) < _MUCH_TEXT)) as learning:
            learning.send(texts)
            sparse = self._sparse(kept, new)
            if learnt is None:
                learnt = self._learnt(learning.take()[1])
        return Manifest(
            generation=self.generation,
            encoder=self.encoder_name,
            dim=self.dim,
            reading=update.reading,
            words=word_rules(),
            next_key=next_key,
            segments=tuple(segment.to_entry() for segment in live),
            sparse=sparse,
            sparse_dead=self.dead,
            learnt=learnt,
            library=self._library(update),
            n_documents=sum(len(segment.living()) for segment in live),
            n_passages=sum(segment.n_living for segment in live),
        )

    def _sparse(self, kept: list[OpenSegment], new: list[OpenSegment]) -> Part:
        """Extend the lexical index, or make it anew where too much of it would be dead."""
        base = self.old.sparse if self.old else None
        if base is not None and not new and not self.dead_keys:
            return base
        n_living = sum(segment.n_living for segment in kept + new)
        if base is None or self.dead > _DEAD_SHARE * n_living:
            base, self.dead, self.dead_keys, new = None, 0, [], kept + new
        folder, done, total = self._new_part(), 0, sum(segment.n_living for segment in new)
        with SparseWriter(folder, base=self.root / "parts" / base.name if base else None) as writer:
            writer.remove(self.dead_keys)
            for segment in new:
                for doc_id, letterhead in segment.letterheads():
                    span = segment.catalog.spans[doc_id]
                    document_key = segment.entry.first_key + span.start
                    for i, passage in enumerate(segment.catalog.passages(span)):
                        head = head_tokens(letterhead, passage)
                        writer.add(document_key + i, document_key, body_tokens(passage), head)
                    done += len(span)
                    self.progress(done, total)
        return seal_part(folder, known=base)

    def _known(self) -> Part | None:
        """Return what was learnt where neither the texts nor the rules of learning have changed."""
        if self.old is None or self.changed:
            return None
        known = Learnt.read(self.root / "parts" / self.old.learnt.name / LEARNT)
        return self.old.learnt if known.rules == learning_rules() else None

    def _learnt(self, done: Sequence[str]) -> Part:
        """Write what was learnt; nothing, where there are no texts."""
        (learnt,) = done or _learn([])
        folder = self._new_part()
        (folder / LEARNT).write_bytes(packed(learnt))
        return seal_part(folder)

    def _library(self, update: Update) -> Part | None:
        if update.library is None:
            return None
        folder = self._new_part()
        (folder / LIBRARY).write_bytes(update.library())
        return seal_part(folder)

    def close(self) -> None:
        for segment in self.segments:
            segment.close()

    def discard(self) -> None:
        """Remove what has been written."""
        if self.builder is not None:
            self.builder.close()
        for folder in self.written:
            shutil.rmtree(folder, ignore_errors=True)

    def _new_part(self) -> Path:
        self.written.append(new_part(self.root, self.generation))
        return self.written[-1]

    def _new_segment(self) -> SegmentBuilder:
        if self.builder is None:
            self.changed = True
            self.builder = SegmentBuilder(self._new_part(), self.encoder, self.dim)
        return self.builder

    def _delete(self, doc_id: str) -> None:
        segment = self.home.pop(doc_id, None)
        if segment is None:
            return
        self.changed = True
        span = segment.catalog.spans[doc_id]
        segment.deleted.add(doc_id)
        self.dead += len(span)
        if span:
            self.dead_keys.append(segment.entry.first_key + span.start)
