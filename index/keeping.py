"""What is kept beside a library: uploads, corrections made by hand, files being received.

    <home>/sua-tay.json         the corrections (see `corpus.library.corrections`)
    <home>/da-go/               files that were removed or replaced (see `index.binned`)
    <home>/dang-nhan/           files being received
    <folder>/tai-len/           uploads; <home>/tai-len/ where the folder itself cannot be written

The home is the hidden folder `.tra-cuu` of the library, so that it goes where the library goes.
Where that cannot be written, it is a folder beside the index, one for each library.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import corpus
from corpus.errors import AppError, BusyIndexError, IndexWriteError, NoDocumentsError
from corpus.library.corrections import (
    FIELDS,
    HOME,
    NAME,
    Correction,
    dump_corrections,
    former_path,
    load_corrections,
)
from corpus.library.filenames import numbered, safe_name
from corpus.library.files import LibraryFile, scan_folder
from index.files import lock, sha256_of, sync_folder, write_atomically

UPLOADS = "tai-len"
_PATIENCE_S, _PAUSE_S = 10.0, 0.05


class KeepingError(AppError):
    """A change of the library that could not be made; nothing that was there is lost."""


@contextmanager
def keeping_errors(path: Path) -> Iterator[None]:
    """Turn what the operating system says into one clear sentence about `path`."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise KeepingError(
            "Đĩa đã đầy, chưa lưu được" if full else f"Không ghi được {path} ({error.strerror or error})",
            "Hãy giải phóng chỗ trên đĩa rồi làm lại; những gì đã có trong kho vẫn còn nguyên"
            if full
            else "Hãy kiểm tra quyền ghi vào thư mục văn bản; những gì đã có trong kho vẫn còn nguyên",
        ) from error


@dataclass(frozen=True, slots=True)
class Home:
    """Where the things beside one library lie.

    Attributes:
        folder: The library's folder.
        index_dir: The folder of its index.
        path: The home itself; it need not exist yet.
        beside: True where it lies beside the index and not in the library.
    """

    folder: Path
    index_dir: Path
    path: Path
    beside: bool

    @classmethod
    def of(cls, folder: Path, index_dir: Path) -> Home:
        """Find the home of a library; what exists is stayed with. Nothing is made."""
        inside, outside = folder / HOME, _beside(folder, index_dir)
        if outside.is_dir():
            return cls(folder, index_dir, outside, True)
        if inside.is_dir() or (os.access(folder, os.W_OK) and not _is_samples(folder)):
            return cls(folder, index_dir, inside, False)
        return cls(folder, index_dir, outside, True)

    @property
    def corrections_path(self) -> Path:
        return self.path / NAME

    @property
    def incoming(self) -> Path:
        return self.path / "dang-nhan"

    @property
    def bin(self) -> Path:
        return self.path / "da-go"

    @property
    def uploads(self) -> Path:
        return (self.path if self.beside else self.folder) / UPLOADS

    @property
    def elsewhere(self) -> Mapping[str, Path]:
        """Folders of the library that do not lie in its folder."""
        return {UPLOADS: self.uploads} if self.beside else {}

    def scan(self, closed: dict[str, str] | None = None) -> list[LibraryFile]:
        """Return the files of the library, uploads and all; see `scan_folder`."""
        return scan_folder(self.folder, [self.index_dir, self.path], closed, self.elsewhere)

    def path_of(self, name: str) -> Path | None:
        """Return where the file of that name lies; None where there is none, or a link leads out."""
        first, _, rest = name.partition("/")
        at_home = self.beside and first == UPLOADS
        root = (self.uploads if at_home else self.folder).resolve()
        path = root / (rest if at_home else name)
        # `root / "/x"` is "/x": what is not below the root is no file of the library, whatever its name.
        if path.is_relative_to(root) and path.is_file() and path.resolve() == path:
            return path
        # Names are kept in NFC and told apart; on the disk one may be composed in another way.
        try:
            return next((file.path for file in self.scan() if file.name == name), None)
        except NoDocumentsError:  # the folder itself is gone
            return None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the home against other processes and threads that change it.

        Raises:
            KeepingError: It cannot be written, or somebody else has been at it for ten seconds.
        """
        until = time.monotonic() + _PATIENCE_S
        while True:
            held = lock(self.path)
            try:
                held.__enter__()
                break
            except IndexWriteError as error:
                raise KeepingError(
                    f"Không ghi được vào {self.path} ({error.reason})",
                    "Hãy kiểm tra quyền ghi và chỗ trống trên đĩa rồi làm lại",
                ) from error
            except BusyIndexError as error:
                if time.monotonic() > until:
                    raise KeepingError(
                        "Một người khác đang thay đổi kho", "Hãy đợi một lát rồi làm lại"
                    ) from error
                time.sleep(_PAUSE_S)
        try:
            yield
        finally:
            held.__exit__(None, None, None)

    def corrections(self) -> dict[str, Correction]:
        """Return the corrections by the sha256 of the files they are of."""
        return load_corrections(self.corrections_path)

    def correct(self, sha256: str, file: str, values: Mapping[str, str | None]) -> None:
        """Keep what is right of the file with this content; without values it is as it was read again.

        Raises:
            KeepingError, DamagedCorrectionsError: As they say; what was kept is as it was.
        """
        with self.changing(), keeping_errors(self.corrections_path):
            kept = self.corrections()
            ordered = tuple((name, values[name]) for name in FIELDS if name in values)
            if ordered:
                kept[sha256] = Correction(ordered, file, datetime.now().isoformat(timespec="seconds"))
            else:
                kept.pop(sha256, None)
            if self.corrections_path.exists():
                write_atomically(former_path(self.corrections_path), self.corrections_path.read_bytes())
            write_atomically(self.corrections_path, dump_corrections(kept))

    def place(self, received: Path, wanted: str) -> str:
        """Move a received file into the library under a safe name that is free; return that name.

        Nothing is ever written over, and no document gets another id because of it.
        """
        with self.changing(), keeping_errors(self.uploads):
            self.uploads.mkdir(parents=True, exist_ok=True)
            return f"{UPLOADS}/{move_free(received, self.uploads, safe_name(wanted))}"


def move_free(source: Path, folder: Path, wanted: str) -> str:
    """Move a file into `folder` as `wanted`, or "... (2)" where something is called so; return the name."""
    taken = {_key(path.name) for path in folder.iterdir()}
    n = 1
    while True:
        name = wanted if n == 1 else numbered(wanted, n)
        n += 1
        if _key(name) in taken:
            continue
        try:
            move(source, folder / name)
        except FileExistsError:
            continue
        return name


def move(source: Path, target: Path) -> None:
    """Move a file to where none is; at each moment it is whole under one of the names.

    Raises:
        FileExistsError: `target` is there; nothing has changed.
        OSError: As the system says; `source` is as it was.
    """
    keep_also(source, target)
    source.unlink()
    sync_folder(source.parent)


def keep_also(source: Path, target: Path) -> None:
    """Give a file a second name where none is, or a copy where links are not to be had; see `move`."""
    try:
        os.link(source, target)  # unlike a renaming, it never writes over what is there
    except FileExistsError:
        raise
    except OSError:
        _copy(source, target)
    sync_folder(target.parent)


def _copy(source: Path, target: Path) -> None:
    """Copy to another file system, by way of a temporary name."""
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    temporary = target.with_name(f".{target.name}.moi")
    try:
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if sha256_of(temporary) != sha256_of(source):
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        shutil.copystat(source, temporary)
        os.rename(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def _key(name: str) -> str:
    """What two names must differ in for their documents to have ids of their own on every system."""
    return str(PurePosixPath(unicodedata.normalize("NFC", name).casefold()).with_suffix(""))


def _beside(folder: Path, index_dir: Path) -> Path:
    resolved = folder.resolve()
    told = re.sub(r"[^\w-]", "_", resolved.name)[:40]
    digest = hashlib.sha256(os.fsencode(resolved)).hexdigest()[:8]
    return index_dir.with_name(f"{index_dir.name}.kho") / f"{told}-{digest}"


def _is_samples(folder: Path) -> bool:
    """Whether these are the program's own samples, which a new version writes over."""
    return folder.resolve() == Path(*corpus.__path__).resolve() / "samples"
