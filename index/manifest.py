"""What is in an index directory, and whether this program may read it.

    <root>/CURRENT                  one line: the live manifest's name and its sha256
    <root>/manifest-000007.json     what is live: the parts, and what is deleted in them
    <root>/parts/000007-1f9c/       a part, never modified once a manifest names it
        catalog.sqlite dense.faiss      ... of a segment: some documents, their passages and vectors
        words.* lines.*                 ... and their words and sentences as numbers
        *.term *.idx *.fast meta.json   ... of the lexical index: one over all segments, because
                                        BM25 counts words over the whole library
        learnt.json.z                   ... of what the texts teach: abbreviations, misread forms
        files.json                      ... of the library: what is known of each file

A reader sees the old index or the new one, never half of each, because publishing is a single
rename onto CURRENT. What no manifest names is rubbish of a build that was killed; the next
build removes it. Generations are counted, not dated: clocks go backwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

from corpus.errors import DamagedIndexError, MissingIndexError, StaleIndexError
from index.files import sha256_of, sync_folder, write_atomically

FORMAT_VERSION = 3  # raise by one whenever an older reader would misread the files

_CURRENT = re.compile(r"(manifest-\d{6,}\.json) ([0-9a-f]{64})\n")
_MANIFEST_NAME = re.compile(r"manifest-(\d{6,})\.json")


@dataclass(frozen=True, slots=True)
class FileDigest:
    """What a published file must be, to the byte."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of files under `parts/` that is never modified."""

    name: str
    files: dict[str, FileDigest]


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """Some documents with their passages and vectors.

    Attributes:
        first_key: The key of its first passage in the lexical index; the others follow in order.
        n_documents, n_passages: What it holds, deleted documents included.
        deleted: Ids of the documents in it that are no longer in the library.
    """

    part: Part
    first_key: int
    n_documents: int
    n_passages: int
    deleted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts a reader needs before it touches any other file.

    Attributes:
        generation: Counts the publications of this directory, from 1.
        encoder: Model id and revision of the encoder the vectors were made with.
        dim: Length of each vector.
        reading: Fingerprint of the rules that turned files into documents; "" where they were
            not read from files.
        words: Fingerprint of the rules that turned documents into tokens and vectors.
        next_key: The key the next new passage will get; keys are never used twice.
        segments: In row order.
        sparse: The lexical index over all segments.
        sparse_dead: How many deleted passages it may still count in its statistics.
        learnt: What the texts of all living documents teach.
        library: What is known of each file of the indexed folder; None when not built from one.
        n_documents, n_passages: What is live, deleted documents not counted.
    """

    generation: int
    encoder: str
    dim: int
    reading: str
    words: str
    next_key: int
    segments: tuple[SegmentEntry, ...]
    sparse: Part
    sparse_dead: int
    learnt: Part
    library: Part | None
    n_documents: int
    n_passages: int
    format_version: int = FORMAT_VERSION

    def parts(self) -> list[Part]:
        """Every part that must be there for this manifest to be whole."""
        return [
            *(segment.part for segment in self.segments),
            self.sparse,
            self.learnt,
            *([self.library] if self.library else []),
        ]


def next_generation(root: Path) -> int:
    """Return a number above every manifest in `root`, published or not."""
    found = [_MANIFEST_NAME.fullmatch(path.name) for path in root.glob("manifest-*.json")]
    return 1 + max((int(match[1]) for match in found if match), default=0)


def new_part(root: Path, generation: int) -> Path:
    """Return a new empty folder for the files of one part."""
    folder = root / "parts" / f"{generation:06d}-{token_hex(4)}"
    folder.mkdir(parents=True)
    return folder


def seal_part(folder: Path, known: Part | None = None) -> Part:
    """Bring every file of a finished part to the disk and return what it must be from now on.

    Lock files are left out: readers may touch them. The digests of files that `known` holds
    under the same name and size are taken over, for those are links to files already sealed.
    """
    files: dict[str, FileDigest] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.endswith(".lock"):
            continue
        name, size = path.relative_to(folder).as_posix(), path.stat().st_size
        old = known.files.get(name) if known else None
        if old is not None and old.size == size and path.suffix != ".json":
            files[name] = old
            continue
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        files[name] = FileDigest(size, sha256_of(path))
    sync_folder(folder)
    sync_folder(folder.parent)
    return Part(folder.name, files)


def publish(root: Path, manifest: Manifest) -> None:
    """Make `manifest` the live one. Its parts must be sealed; the caller holds the lock."""
    body = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode() + b"\n"
    name = f"manifest-{manifest.generation:06d}.json"
    write_atomically(root / name, body)
    digest = hashlib.sha256(body).hexdigest()
    write_atomically(root / "CURRENT", f"{name} {digest}\n".encode())


def remove_leftovers(root: Path, keep: tuple[Manifest, ...]) -> None:
    """Remove every part and manifest that none of `keep` names; the caller holds the lock.

    What cannot be removed (Windows: still open in a reader) waits for the next build.
    """
    parts = {part.name for manifest in keep for part in manifest.parts()}
    names = {f"manifest-{manifest.generation:06d}.json" for manifest in keep}
    for folder in (root / "parts").glob("*"):
        if folder.name not in parts:
            shutil.rmtree(folder, ignore_errors=True)
    for path in [*root.glob("manifest-*.json"), *root.glob("*.new")]:
        if path.name not in names:
            try:
                path.unlink()
            except OSError:
                continue


def read_manifest(root: Path) -> Manifest:
    """Return the live manifest, checked against CURRENT; no other file is touched.

    Raises:
        MissingIndexError: Nothing has been published here.
        StaleIndexError: Another version of the format; told before anything else is read.
        DamagedIndexError: CURRENT or the manifest is not what was published.
    """
    try:
        current = (root / "CURRENT").read_bytes().decode("ascii", "replace")
    except (FileNotFoundError, NotADirectoryError):
        raise MissingIndexError(root) from None
    if not (match := _CURRENT.fullmatch(current)):
        raise DamagedIndexError(root / "CURRENT")
    path = root / match[1]
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        raise DamagedIndexError(path) from None
    fields = _parse(body)
    found = fields.get("format_version")
    if isinstance(found, int) and found != FORMAT_VERSION:
        raise StaleIndexError(root, found, FORMAT_VERSION)
    if hashlib.sha256(body).hexdigest() != match[2]:
        raise DamagedIndexError(path)
    return _manifest(fields)


def library_part(root: Path) -> str | None:
    """Return the name of the part that knows the files, also of a manifest of another format.

    None where there is none, or where nothing of the kind can be read.
    """
    try:
        match = _CURRENT.fullmatch((root / "CURRENT").read_text(encoding="ascii"))
        library = _parse((root / match[1]).read_bytes()).get("library") if match else None
    except (OSError, UnicodeDecodeError):
        return None
    name = library.get("name") if isinstance(library, dict) else None
    return name if isinstance(name, str) and re.fullmatch(r"[\w-]+", name) else None


def check_parts(root: Path, manifest: Manifest) -> None:
    """Compare every file of the manifest with its digest.

    Raises:
        DamagedIndexError: A file is lost, or has another size or content; it is named.
    """
    for part in manifest.parts():
        for name, digest in part.files.items():
            path = root / "parts" / part.name / name
            try:
                whole = path.stat().st_size == digest.size and sha256_of(path) == digest.sha256
            except OSError:
                whole = False
            if not whole:
                raise DamagedIndexError(path)


def _parse(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except ValueError:  # also UnicodeDecodeError: the digest will tell
        return {}
    return fields if isinstance(fields, dict) else {}


def _part(fields: dict[str, Any]) -> Part:
    return Part(fields["name"], {name: FileDigest(**digest) for name, digest in fields["files"].items()})


def _segment(fields: dict[str, Any]) -> SegmentEntry:
    return SegmentEntry(**{**fields, "part": _part(fields["part"]), "deleted": tuple(fields["deleted"])})


def _manifest(fields: dict[str, Any]) -> Manifest:
    return Manifest(
        **{
            **fields,
            "segments": tuple(_segment(segment) for segment in fields["segments"]),
            "sparse": _part(fields["sparse"]),
            "learnt": _part(fields["learnt"]),
            "library": _part(fields["library"]) if fields["library"] else None,
        }
    )
