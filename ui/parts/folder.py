"""The folder behind the library: what became of each file, and the originals themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus.errors import AppError
from corpus.library.copies import Copies
from corpus.library.files import KnownFile
from index.building import read_library
from index.files import sha256_of
from index.keeping import Home
from index.manifest import read_manifest


class OriginalError(AppError):
    """An original that cannot be given out."""


class Folder:
    """What is known of the files an index was made from.

    Attributes:
        failed: The files that could not be read, each with its reason and remedy.
        home: Where the library lies; None where nobody said which folder it is.
    """

    def __init__(
        self, files: Iterable[KnownFile] = (), copies: Iterable[Copies] = (), home: Home | None = None
    ) -> None:
        """Take what is known of the files of a library."""
        known = list(files)
        self.files: Mapping[str, KnownFile] = {file.doc_id: file for file in known}
        self.failed = tuple(file for file in known if file.reason is not None)
        self._read = {file.doc_id: file for file in known if file.reason is None}
        self._doc_ids = {file.name: file.doc_id for file in known if file.reason is None}
        self._copies = tuple(copies)
        self.home = home

    @classmethod
    def of_index(cls, index_dir: Path, root: Path | None) -> Folder:
        """What the live index in `index_dir` knows; the folder may be gone, its documents are still here."""
        files, copies = read_library(index_dir, read_manifest(index_dir))
        home = Home.of(root, index_dir) if root is not None and root.is_dir() else None
        return cls(files, copies, home)

    def offers(self, doc_id: str) -> str | None:
        """The name of the original that can be downloaded; None where there is none."""
        file = self._read.get(doc_id)
        return Path(file.name).name if file and self.home is not None else None

    def original(self, doc_id: str) -> Path:
        """Return where the original of a document lies, content as it was when it was read.

        The path is made from what the index knows, never from what a visitor sent; a link that
        leads out of the folder is not followed.

        Raises:
            OriginalError: There is none, or it is another file by now.
        """
        file = self._read.get(doc_id)
        if file is None or self.home is None:
            raise OriginalError("Không có bản gốc của văn bản này", "Hãy hỏi người quản trị kho văn bản")
        path = self.home.path_of(file.name)
        if path is None:
            raise OriginalError(
                f"Tệp gốc {file.name} không còn trong thư mục văn bản",
                "Hãy lập lại chỉ mục, hoặc chép lại tệp vào thư mục",
            )
        if sha256_of(path) != file.sha256:
            raise OriginalError(
                f"Tệp gốc {file.name} đã được sửa sau khi chương trình đọc",
                "Hãy lập lại chỉ mục rồi mở lại văn bản",
            )
        return path

    def copies_of(self, doc_id: str) -> tuple[tuple[str, str | None, str], ...]:
        """Return (name, id of its document or None, how alike) of the files that are the same document."""
        file = self._read.get(doc_id)
        found: dict[str, tuple[str, str | None, str]] = {}
        for group in self._copies:
            if file is not None and file.name in group.files:
                for name in group.files:
                    if name != file.name:
                        found[name] = (name, self._doc_ids.get(name), group.kind)
        return tuple(found.values())
