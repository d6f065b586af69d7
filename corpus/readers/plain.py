"""Plain text and Markdown: find the encoding, refuse what is not text.

The ladder, surest first: a byte order mark; UTF-8; UTF-16 without a mark, told by where its
zero bytes stand; TCVN3 and VNI; the encoding the file names; UTF-8 with a few broken bytes;
the Vietnamese Windows code page CP1258.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers import legacy
from corpus.readers.base import ReadText, agreed_form

MAX_BYTES = 64 * 1024 * 1024  # 64 MiB of text is some 20,000 pages; more is no document
_BROKEN_SHARE = 0.001  # of the characters; above it a file is not "UTF-8 with a few broken bytes"
_CONTROL_SHARE = 0.01  # of the characters; text has next to none, binary data about a tenth
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are sometimes renamed to .txt by mistake.
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_VIETNAMESE = re.compile(
    "[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
_SAVE_AGAIN = "Hãy mở tệp bằng phần mềm đã tạo ra nó và lưu lại dạng văn bản UTF-8"


def read(path: Path) -> ReadText:
    """Read a .txt or .md file; form feeds in it are page breaks.

    Raises:
        DocumentError: Empty, binary, too large or in no encoding we know.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(path, f"tệp quá lớn ({size // 2**20} MB)", "Hãy chia thành các tệp nhỏ hơn")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            path, f"hệ thống báo lỗi: {error.strerror}", "Hãy kiểm tra quyền đọc tệp"
        ) from error
    if not data:
        raise DocumentError(path, "tệp rỗng", "Hãy kiểm tra lại tệp gốc")
    if data.startswith(_MAGIC):
        raise DocumentError(path, "nội dung không phải là văn bản thuần", "Hãy đặt lại đúng đuôi tệp")
    decoded, warnings = decode(path, data)
    text = agreed_form(decoded)
    if not text.strip():
        raise DocumentError(path, "tệp không có chữ nào", "Hãy kiểm tra lại tệp gốc")
    return ReadText(text, _pages(text), warnings)


def decode(path: Path, data: bytes, named: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data` and what had to be passed over.

    Args:
        path: For messages.
        data: The bytes of the file.
        named: The encoding the file itself names; tried after what its bytes prove.

    Raises:
        DocumentError: Binary, or in no encoding we know.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(path, data[len(mark) :].decode(encoding, errors="replace"))
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, ()
    if (found := _named_or_legacy(data, named)) is not None:
        return found, ()
    text = data.decode("utf-8", errors="replace")
    if text.count("\ufffd") <= len(text) * _BROKEN_SHARE:
        return _checked(path, text)
    try:
        text = agreed_form(data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if _is_text(text) and _VIETNAMESE.search(text):
        return text, ()
    raise DocumentError(path, "không nhận ra bảng mã của tệp", _SAVE_AGAIN)


def _named_or_legacy(data: bytes, named: str | None) -> str | None:
    """Decode by the name the file gives, or as Latin letters that spell Vietnamese in TCVN3 or VNI."""
    latin = data.decode("cp1252", errors="replace")
    if _is_text(latin) and legacy.repair(latin) is not None:
        return latin  # converted with the text of all other formats
    try:
        text = data.decode(named) if named else ""
    except (LookupError, UnicodeDecodeError):
        return None
    return text if _is_text(text) else None


def _candidates(data: bytes) -> tuple[str, ...]:
    """Return the encodings worth trying strictly: UTF-16 only where every second byte is often zero."""
    head = data[:65536]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    # Of Vietnamese letters about three in four are ASCII, whose high byte is zero.
    if odd > half * 0.3 and even < half * 0.05:
        return ("utf-16-le",)
    if even > half * 0.3 and odd < half * 0.05:
        return ("utf-16-be",)
    return ("utf-8",)


def _checked(path: Path, text: str) -> tuple[str, tuple[str, ...]]:
    """Return `text` with a warning for bytes that could not be decoded; refuse what is no text."""
    if not _is_text(text):
        raise DocumentError(path, "tệp chứa dữ liệu nhị phân hoặc đã hỏng", _SAVE_AGAIN)
    broken = text.count("\ufffd")
    return text, ((f"{broken} ký tự bị hỏng, không đọc được",) if broken else ())


def _is_text(text: str) -> bool:
    return bool(text) and len(_CONTROL.findall(text)) <= len(text) * _CONTROL_SHARE


def _pages(text: str) -> tuple[int, ...]:
    """Return where pages begin when form feeds divide the text, as programs that print text do."""
    starts = [0, *(match.end() for match in re.finditer("\f", text) if text[match.end() :].strip())]
    return tuple(starts) if len(starts) > 1 else ()
