"""A folder of documents: which files are in it, what became of each, what changed since."""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import NoDocumentsError
from corpus.library.copies import Copies, Traits
from corpus.readers.registry import supported_suffixes

# Made by systems and editors beside the documents; never documents themselves.
_JUNK_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file found in a folder.

    Attributes:
        path: Where it lies.
        name: Its path relative to the folder, with "/", in NFC.
        doc_id: `name` without its ending; with it where another file would have the same id.
    """

    path: Path
    name: str
    doc_id: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What became of a file when it was last read.

    Attributes:
        name, doc_id: As in LibraryFile.
        sha256: Of its content; "" where it could not even be opened.
        reason, remedy: Why it is not in the library and what to do; None where it is.
        traits: What tells whether another file is the same document; None where it was not read.
        arrived, changed: When its document came into the library, and when with its present content
            (index.arrivals); 0 where that was not noted.
        correction: Stamp of what was corrected by hand when it was read; "" where nothing was.
    """

    name: str
    doc_id: str
    sha256: str
    reason: str | None = None
    remedy: str | None = None
    traits: Traits | None = None
    arrived: int = 0
    changed: int = 0
    correction: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between a folder and what is known of it; every file is in one place.

    Attributes:
        unchanged: Files whose document is in the library as it is.
        moved: (file, old document id): the same content under another name.
        added, changed: Files to read: new ones, and those with other content than before.
        failed_before: Files that could not be read and have not changed: worth another try,
            for what was missing (a program, a right) may be there now.
        removed: Ids of the documents whose files are gone.
        corrected: Files as they were whose corrections by hand are others now.
    """

    unchanged: tuple[LibraryFile, ...]
    moved: tuple[tuple[LibraryFile, str], ...]
    added: tuple[LibraryFile, ...]
    changed: tuple[LibraryFile, ...]
    failed_before: tuple[LibraryFile, ...]
    removed: tuple[str, ...]
    corrected: tuple[LibraryFile, ...] = ()

    def to_read(self) -> tuple[LibraryFile, ...]:
        """The files that must be read, in the folder's order."""
        return tuple(sorted(self.added + self.changed + self.failed_before, key=lambda file: file.name))


def scan_folder(
    root: Path,
    skip: Sequence[Path] = (),
    closed: dict[str, str] | None = None,
    also: Mapping[str, Path] | None = None,
) -> list[LibraryFile]:
    """Return the files under `root` that may be documents, sorted by name.

    Left out: hidden files and folders, editors' lock and backup files, symbolic links (what they
    point at is in the folder anyway, or does not belong to it), and whatever is no plain file.

    Args:
        skip: Folders that are left out too.
        closed: Filled with the names of folders that could not be opened, and why.
        also: Folders elsewhere that count as folders of `root` under the names given; those that
            are not there hold nothing.

    Raises:
        NoDocumentsError: `root` is missing, no folder, or cannot be opened.
    """
    skipped = {path.resolve() for path in skip}
    found = _files_under(root, skipped, closed)
    for name, folder in (also or {}).items():
        if folder.is_dir():
            found += [(f"{name}/{own}", path) for own, path in _files_under(folder, skipped, None)]
    return _with_ids(sorted(found))


def _files_under(
    root: Path, skipped: Collection[Path], closed: dict[str, str] | None
) -> list[tuple[str, Path]]:
    if not root.is_dir():
        problem = "không phải là thư mục" if root.exists() else "không tồn tại"
        raise NoDocumentsError(f"{root} {problem}", "Hãy chỉ đúng thư mục chứa văn bản")
    found: list[tuple[str, Path]] = []

    def cannot_open(error: OSError) -> None:
        name, reason = _shown(Path(error.filename).relative_to(root)), error.strerror or str(error)
        if name == ".":
            raise NoDocumentsError(
                f"Không mở được thư mục {root}: {reason}", "Hãy kiểm tra quyền đọc thư mục"
            )
        if closed is not None:
            closed[name] = reason

    for folder, folders, names in os.walk(root, onerror=cannot_open):
        here = Path(folder)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not (here / name).is_symlink()
            and (here / name).resolve() not in skipped
        )
        for name in names:
            path = here / name
            if not _is_junk(name) and not path.is_symlink() and path.is_file():
                found.append((_shown(path.relative_to(root)), path))
    return found


def printable(name: str) -> str:
    """Return a file name without the characters that would act on a terminal.

    >>> printable("x\\x1b[2J.doc") == "x\ufffd[2J.doc"
    True
    """
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def _is_junk(name: str) -> bool:
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() in _JUNK_NAMES


def _shown(path: Path) -> str:
    """The name as text: "/" between folders, NFC, bytes that are no UTF-8 shown as "\ufffd"."""
    text = os.fsencode(path.as_posix()).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text)


def _with_ids(found: Iterable[tuple[str, Path]]) -> list[LibraryFile]:
    """Give every file an id of its own: its name without the ending where that is unique."""
    # Two names that differ only in how their letters are composed would be one; count them.
    seen: Counter[str] = Counter()
    named: list[tuple[str, Path]] = []
    for name, path in found:
        seen[name] += 1
        named.append((name if seen[name] == 1 else f"{name} ({seen[name]})", path))
    readable = supported_suffixes()
    stems = {
        name: str(PurePosixPath(name).with_suffix(""))
        for name, path in named
        if path.suffix.lower() in readable
    }
    taken = Counter([*stems.values(), *(name for name, _ in named)])
    return [
        LibraryFile(path, name, stem if (stem := stems.get(name, name)) and taken[stem] == 1 else name)
        for name, path in named
    ]


def emptied_folders(root: Path, known: Iterable[KnownFile]) -> list[str]:
    """Return the folders that held documents and now hold nothing, hidden files aside ("": the root).

    An empty folder is what stays where a disk is not mounted, so it is no reason to forget.
    """
    folders = {str(PurePosixPath(file.name).parent) for file in known if file.reason is None}
    return sorted("" if folder == "." else folder for folder in folders if _holds_nothing(root / folder))


def _holds_nothing(folder: Path) -> bool:
    try:
        return folder.is_dir() and all(_is_junk(path.name) for path in folder.iterdir())
    except OSError:  # not ours to open; that is said elsewhere
        return False


def is_under(name: str, folders: Collection[str]) -> bool:
    """True where the file `name` lies in one of these folders or below.

    >>> is_under("a/b/c.txt", ["a/b"]), is_under("a/bc.txt", ["a/b"])
    (True, False)
    """
    return any(name.startswith(f"{folder}/") for folder in folders)


def compare(
    known: Iterable[KnownFile],
    files: Mapping[LibraryFile, str],
    closed: Collection[str] = (),
    stamps: Mapping[str, str] | None = None,
) -> Changes:
    """Compare what is known with the files found, each with the sha256 of its content.

    Content decides, never times. What cannot be seen is not forgotten: a file whose digest is ""
    could not be opened and stays as it is known, as do all files in the folders `closed`.
    `stamps` are those of the corrections made by hand, by the sha256 of a file's content.
    """
    stamps = stamps or {}
    known = [file for file in known if not is_under(file.name, closed)]
    held = {file.doc_id: file for file in known if file.reason is None}
    failed = {(file.doc_id, file.sha256) for file in known if file.reason is not None}
    here = {file.doc_id for file in files}
    gone = {(file.sha256, _suffix(file.name)): doc_id for doc_id, file in held.items() if doc_id not in here}
    unchanged, moved, added, changed, before, corrected = [], [], [], [], [], []
    for file, digest in files.items():
        old = held.get(file.doc_id)
        if old is not None and digest in (old.sha256, ""):
            if old.correction == stamps.get(old.sha256, ""):
                unchanged.append(file)
            else:
                corrected.append(file)
        elif (former := gone.pop((digest, _suffix(file.name)), None)) is not None:
            moved.append((file, former))
        elif old is not None:
            changed.append(file)
        elif (file.doc_id, digest) in failed:
            before.append(file)
        else:
            added.append(file)
    taken = {former for _, former in moved}
    removed = tuple(doc_id for doc_id in held if doc_id not in here and doc_id not in taken)
    return Changes(
        tuple(unchanged), tuple(moved), tuple(added), tuple(changed), tuple(before), removed, tuple(corrected)
    )


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def dump_known(files: Iterable[KnownFile], copies: Iterable[Copies] = ()) -> bytes:
    """Return what is known as JSON: the files, one a line, then which of them are one document."""
    parts = []
    for records in (files, copies):
        lines = [json.dumps(asdict(record), ensure_ascii=False) for record in records]
        parts.append("[\n" + ",\n".join(lines) + "\n]")
    return f'{{"files": {parts[0]},\n"copies": {parts[1]}}}\n'.encode()


def load_known(content: bytes) -> tuple[list[KnownFile], list[Copies]]:
    """The inverse of `dump_known`; what was written before copies were looked for has none."""
    found = json.loads(content)
    if isinstance(found, list):
        found = {"files": found, "copies": []}
    files = []
    for fields in found["files"]:
        traits = Traits(**fields["traits"]) if fields.get("traits") else None
        files.append(KnownFile(**{**fields, "traits": traits}))
    copies = [
        Copies(**{**fields, "files": tuple(fields["files"]), "drafts": tuple(fields["drafts"])})
        for fields in found["copies"]
    ]
    return files, copies
