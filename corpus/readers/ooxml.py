"""The package that .docx, .xlsx and .pptx share: a zip of XML parts and the relations between them.

Everything here may come from an enemy, so sizes are checked before anything is unpacked, no
part is ever written to disk, and a part with a document type declaration (entities live
there; the standard forbids it) is refused unread.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from lxml import etree

from corpus.errors import DocumentError

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 10_000
MAX_RATIO = 100  # of unpacked to packed; office XML seldom passes 30
_RATIO_MATTERS_FROM = 10 * 1024 * 1024  # bytes unpacked; below it no ratio can hurt
MAX_XML_BYTES = 100 * 1024 * 1024  # of one part: the tree takes several times as much memory

_STRICT = (
    b"http://purl.oclc.org/ooxml/",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://purl.oclc.org/ooxml/presentationml/main",
    b"http://purl.oclc.org/ooxml/drawingml/main",
)
_USUAL = (
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"http://schemas.openxmlformats.org/drawingml/2006/main",
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PASSWORD_REMEDY = "Hãy mở tệp bằng mật khẩu rồi lưu lại bản không có mật khẩu"
_RESAVE_REMEDY = "Hãy mở tệp bằng Word hoặc LibreOffice rồi lưu lại, hoặc xin lại tệp gốc"


def check_zip(path: Path) -> None:
    """Refuse a zip file that would grow too large, without unpacking any of it.

    Raises:
        DocumentError: not a zip file, encrypted, or beyond the limits above.
    """
    with path.open("rb") as file:
        magic = file.read(8)
        if magic == _OLE_MAGIC:
            file.seek(0)
            if _ENCRYPTED in file.read(MAX_UNPACKED_BYTES):
                raise DocumentError(path, "tệp có mật khẩu", _PASSWORD_REMEDY)
            raise DocumentError(
                path,
                "nội dung là định dạng Office cũ, không khớp với đuôi tệp",
                "Hãy đổi đuôi tệp thành .doc hoặc .xls cho đúng với nội dung",
            )
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(
            path, "tệp hỏng hoặc không đúng định dạng của đuôi tệp", _RESAVE_REMEDY
        ) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentError(path, "tệp có mật khẩu", _PASSWORD_REMEDY)
    too_dense = unpacked > _RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or len(entries) > MAX_ENTRIES or too_dense:
        raise DocumentError(
            path,
            f"tệp nén giải ra quá lớn ({unpacked // 2**20} MB, {len(entries)} phần), có thể là tệp phá hoại",
            "Nếu tệp đáng tin, hãy chia nhỏ hoặc bỏ bớt hình ảnh rồi lưu lại",
        )


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that may be hostile: no entities, no network, bounded depth.

    Raises:
        etree.XMLSyntaxError: malformed, too deep, or with a document type declaration.
        MemoryError: the tree does not fit the limit of this process.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    if _STRICT[0] in data[:4096]:  # "Strict Open XML" says the same with other names
        for strict, usual in zip(_STRICT[1:], _USUAL, strict=True):
            data = data.replace(strict, usual)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY or "memory" in str(error).lower():
            raise MemoryError from error
        raise
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("document type declaration", 0, 0, 0)
    return root


class Package:
    """An open package; use it as a context manager.

    Raises:
        DocumentError: from the constructor, where the file is not such a package.
    """

    def __init__(self, path: Path) -> None:
        check_zip(path)
        self.path = path
        self._zip = zipfile.ZipFile(path)
        self._names = {name.lower(): name for name in self._zip.namelist()}

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes | None:
        """Return the bytes of the part `name`; None where there is none."""
        actual = self._names.get(name.lstrip("/").lower())
        if actual is None:
            return None
        try:
            with self._zip.open(actual) as part:
                data = part.read(MAX_XML_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise DocumentError(self.path, "tệp hỏng, không giải nén được", _RESAVE_REMEDY) from error
        if len(data) > MAX_XML_BYTES:
            raise DocumentError(self.path, f"phần {actual} quá lớn", "Hãy chia nhỏ văn bản rồi lưu lại")
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of the XML part `name`; None where there is none."""
        data = self.read(name)
        if data is None:
            return None
        try:
            return parse_xml(data)
        except etree.XMLSyntaxError as error:
            raise DocumentError(self.path, f"phần {name} không phải XML hợp lệ", _RESAVE_REMEDY) from error

    def main_part(self, default: str) -> str:
        """Return the name of the part the package is about ("word/document.xml")."""
        for kind, target, _ in self.relations(""):
            if kind == "officeDocument":
                return target
        return default

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield (kind, target part, id) for each internal relation of `part`; "" is the package."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in root if root is not None else ():
            if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            target = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            yield kind, posixpath.normpath(target), relation.get("Id", "")
