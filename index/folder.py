"""A folder of documents onto an index: only what is new or changed is read.

    scan -> digests -> compare with what is known -> read -> new segment -> publish

Everything is built anew where the rules of reading, the encoder or the format are others than
the index was built with, or where the index on disk is damaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from corpus.errors import (
    DamagedIndexError,
    DocumentError,
    MissingIndexError,
    NoDocumentsError,
    StaleIndexError,
)
from corpus.library.copies import Copies, find_copies, traits_of
from corpus.library.files import (
    KnownFile,
    LibraryFile,
    compare,
    dump_known,
    is_under,
)
from corpus.reading import read_document, with_correction
from corpus.records import Document
from corpus.rules import fingerprint_of, reading_rules
from index.arrivals import with_arrivals
from index.building import Update, apply_update, read_former_library
from index.emptied import refuse_emptied
from index.encoder import Encoder, LazyEncoder, is_current, load_encoder
from index.fields import word_rules
from index.files import lock, sha256_of
from index.keeping import Home
from index.manifest import Manifest, check_parts, read_manifest
from index.reports import FolderOptions, FolderReport
from index.segment import OpenSegment

Progress = Callable[[str, int, int], None]
_CHECK_RIGHTS = "Hãy kiểm tra quyền đọc và kết nối tới ổ đĩa"


def update_from_folder(
    folder: Path,
    root: Path,
    options: FolderOptions | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> FolderReport:
    """Make the index in `root` hold the documents of `folder`, and no others.

    Args:
        progress: Called as (stage, done, total) with stage "check", "model", "read" or "index";
            the total is 0 where there is nothing to count.

    Raises:
        NoDocumentsError: The folder is missing, or nothing in it can be read, or folders that
            held documents are empty and `allow_empty` was not given.
        BusyIndexError, IndexWriteError, EncoderError, DamagedCorrectionsError: As they say; the old
            index stays live.
    """
    options = options or FolderOptions()
    closed: dict[str, str] = {}
    home = Home.of(folder, root)
    home.scan()  # a folder that is not there leaves no trace
    with nullcontext() if options.dry_run else lock(root):
        old, why_anew = _reusable(root, options.rebuild)
        known, copies = read_former_library(root)
        files = home.scan(closed)
        if not options.allow_empty:
            options = replace(options, allow_empty=refuse_emptied(home, known, files))
        run = _Run(home, old, known, options, progress)
        run.look_at(files, closed)
        report = FolderReport(run.changes, run.failed, why_anew)
        if old is not None:
            report.copies = copies
            report.n_documents, report.n_passages = old.n_documents, old.n_passages
        if not options.dry_run and (manifest := run.publish()) is not None:
            report.published, report.copies = True, run.copies
            report.n_documents, report.n_passages = manifest.n_documents, manifest.n_passages
    return report


class _Run:
    """One run over a library, upon the index `old`; None reads everything anew.

    `former` is what was known of the files, also of an index that is not built upon.
    """

    def __init__(
        self,
        home: Home,
        old: Manifest | None,
        former: list[KnownFile],
        options: FolderOptions,
        progress: Progress,
    ) -> None:
        self.root, self.old, self.former = home.index_dir, old, former
        self.known = former if old else []
        self.options, self.progress = options, progress
        self.corrections = home.corrections()
        self.failed: list[KnownFile] = []
        self.digests: dict[LibraryFile, str] = {}
        self.out_of_sight: list[KnownFile] = []
        self.traits = {file.doc_id: file.traits for file in self.known if file.traits}
        self.copies: list[Copies] = []

    def look_at(self, files: list[LibraryFile], closed: dict[str, str]) -> None:
        """Take the digests of all files and compare them with what is known."""
        digest = self.options.digest or sha256_of
        for name, reason in closed.items():
            self.failed.append(KnownFile(name, f"{name}/", "", reason, _CHECK_RIGHTS))
        for done, file in enumerate(files):
            self.progress("check", done, len(files))
            try:
                self.digests[file] = digest(file.path)
            except OSError as error:
                self.digests[file] = ""
                self._fail(file, error.strerror or str(error), _CHECK_RIGHTS)
        stamps = {sha256: correction.stamp for sha256, correction in self.corrections.items()}
        self.changes = compare(self.known, self.digests, closed, stamps)
        self.out_of_sight = [file for file in self.known if is_under(file.name, closed)]

    def publish(self) -> Manifest | None:
        """Read what must be read and publish; None where nothing has changed."""
        changes = self.changes
        documents = self._documents()
        if self.old is not None and not (
            changes.moved or changes.added or changes.changed or changes.removed or changes.corrected
        ):
            # Only files that failed before are tried again; mostly they fail again.
            read = list(documents)
            if not read:
                return None
            documents = iter(read)
        former = [old_id for _, old_id in changes.moved]
        # What has other content now and cannot be read is no longer in the library.
        replaced = [file.doc_id for file in changes.changed]
        return apply_update(
            self.root,
            self.old,
            self._encoder(),
            Update(
                self._at_least_one(self._with_traits(documents)),
                frozenset([*changes.removed, *former, *replaced]),
                fingerprint_of(reading_rules()),
                self._library,
            ),
            lambda done, total: self.progress("index", done, total),
        )

    def _encoder(self) -> Encoder:
        if self.old is not None:
            return LazyEncoder(self.old.encoder, self.old.dim)
        self.progress("model", 0, 0)
        return load_encoder()

    def _documents(self) -> Iterator[Document]:
        """Yield the documents that are new under their id, one after another."""
        if self.changes.moved or self.changes.corrected:
            yield from self._kept()
        to_read = [file for file in self.changes.to_read() if not self._given_up(file)]
        for done, file in enumerate(to_read):
            self.progress("read", done, len(to_read))
            try:
                document = self._read(file)
            except DocumentError as error:
                self._fail(file, error.reason, error.remedy)
            except OSError as error:  # vanished since it was seen, or not ours to read
                self._fail(file, error.strerror or str(error), _CHECK_RIGHTS)
            else:
                yield document

    def _given_up(self, file: LibraryFile) -> bool:
        """Whether a file could not be read before and is not tried again; why is known."""
        if self.options.retry or file not in self.changes.failed_before:
            return False
        self.failed += [known for known in self.known if known.doc_id == file.doc_id]
        return True

    def _read(self, file: LibraryFile) -> Document:
        digest = self.digests[file]
        correction = self.corrections.get(digest)
        if (ready := self.options.read.get(digest)) is not None:
            document = replace(ready, doc_id=file.doc_id, source=file.path.name)
        else:
            document = read_whole(file.path, file.doc_id)
        return with_correction(document, correction) if correction else document

    def _kept(self) -> Iterator[Document]:
        """Yield the documents whose files have another name or other corrections now, as they were read."""
        now = {old_id: file for file, old_id in self.changes.moved}
        now |= {file.doc_id: file for file in self.changes.corrected}
        digests = {known.doc_id: known.sha256 for known in self.known}
        for entry in self.old.segments if self.old else ():
            segment = OpenSegment(self.root, entry)
            for old_id in segment.living():
                if (file := now.get(old_id)) is not None:
                    correction = self.corrections.get(digests[old_id])
                    document = segment.catalog.document(old_id)
                    if document.corrected or correction:
                        document = with_correction(document, correction)
                    yield replace(document, doc_id=file.doc_id, source=file.path.name)
            segment.close()

    def _at_least_one(self, documents: Iterator[Document]) -> Iterator[Document]:
        """Pass the documents on; refuse at the end where the library would be left without any."""
        n = len(self.changes.unchanged)
        n += sum(file.reason is None for file in self.out_of_sight)
        for document in documents:
            n += 1
            yield document
        if not n and not self.options.allow_empty:
            reasons = "; ".join(f"{file.name}: {file.reason}" for file in self.failed[:3])
            raise NoDocumentsError(
                f"Không đọc được văn bản nào trong {len(self.digests)} tệp đã tìm thấy ({reasons})",
                "Hãy sửa các tệp đó rồi chạy lại; chỉ mục cũ, nếu có, vẫn còn nguyên",
            )

    def _with_traits(self, documents: Iterator[Document]) -> Iterator[Document]:
        for document in documents:
            self.traits[document.doc_id] = traits_of(document)
            yield document

    def _library(self) -> bytes:
        """Return what is known of all files now, and which of them are one document."""
        known = self._known_now()
        self.copies = find_copies({file.name: file.traits for file in known if file.traits})
        return dump_known(known, self.copies)

    def _known_now(self) -> list[KnownFile]:
        """What the next run needs to know; what could not be opened stays as it was known."""
        failed = {file.doc_id: file for file in self.failed}
        held = {file.doc_id: file for file in self.known if file.reason is None}
        now = []
        for file, digest in self.digests.items():
            unseen = held.get(file.doc_id) if not digest else None
            if unseen is None and file.doc_id in failed:
                now.append(failed[file.doc_id])
                continue
            read = KnownFile(file.name, file.doc_id, digest, traits=self.traits.get(file.doc_id))
            read = unseen or read
            correction = self.corrections.get(read.sha256)
            now.append(replace(read, correction=correction.stamp if correction else ""))
        return with_arrivals(now + self.out_of_sight, self.former)

    def _fail(self, file: LibraryFile, reason: str, remedy: str) -> None:
        # What could not be opened is read, and fails, a second time; once is enough.
        self.failed[:] = [known for known in self.failed if known.doc_id != file.doc_id]
        self.failed.append(KnownFile(file.name, file.doc_id, self.digests[file], reason, remedy))


def read_whole(path: Path, doc_id: str) -> Document:
    """Read a file; one without words is none that a library can hold.

    Raises:
        DocumentError, OSError: It cannot be read.
    """
    document = read_document(path, doc_id)
    if not document.text.strip():
        raise DocumentError(path, "tệp không có chữ nào", "Hãy kiểm tra lại nội dung tệp")
    return document


def _reusable(root: Path, rebuild: bool) -> tuple[Manifest | None, str | None]:
    """Return the live manifest if it can be built upon; if not, why (None: there is none yet)."""
    if rebuild:
        return None, "theo yêu cầu"
    try:
        manifest = read_manifest(root)
        check_parts(root, manifest)
    except MissingIndexError:
        return None, None
    except (StaleIndexError, DamagedIndexError) as error:
        return None, error.problem
    if (manifest.reading, manifest.words) != (fingerprint_of(reading_rules()), word_rules()):
        return None, "quy tắc đọc văn bản đã thay đổi"
    if not is_current(manifest.encoder):
        return None, f"mô hình đã thay đổi (trước đây: {manifest.encoder})"
    if manifest.library is None:
        return None, "chỉ mục cũ không được tạo từ một thư mục"
    return manifest, None
