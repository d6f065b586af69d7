"""Messages (.eml): who wrote what to whom and when, the words, then each attachment we can read."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers import plain, web
from corpus.readers.base import ReadText, agreed_form

MAX_ATTACHMENTS = 50
_DEEPEST = 3  # messages within messages
_HEADERS = (("subject", "Tiêu đề"), ("from", "Từ"), ("to", "Đến"), ("cc", "Đồng gửi"), ("date", "Ngày gửi"))


def read(path: Path) -> ReadText:
    """Read a message.

    Raises:
        DocumentError: not a message.
    """
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
    except (MessageError, ValueError) as error:
        raise DocumentError(path, "thư điện tử hỏng", "Hãy lưu lại thư dạng .eml") from error
    if not isinstance(message, EmailMessage) or not any(
        name in message for name in ("from", "to", "subject")
    ):
        raise DocumentError(path, "nội dung không phải là thư điện tử", "Hãy lưu lại thư dạng .eml")
    warnings: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        blocks = list(_blocks(path, message, Path(folder), warnings, depth=0))
    return ReadText(agreed_form("\n\n".join(blocks)).strip(), (), tuple(warnings))


def _blocks(
    path: Path, message: EmailMessage, folder: Path, warnings: list[str], depth: int
) -> Iterator[str]:
    """Yield headers, body and attachments of one message."""
    said = [f"{label}: {_header(message, name)}" for name, label in _HEADERS if _header(message, name)]
    if said:
        yield "\n".join(said)
    body = message.get_body(preferencelist=("plain", "html"))
    if isinstance(body, EmailMessage):
        yield from _body(path, body)
    attachments = list(message.iter_attachments()) if message.is_multipart() else []
    if len(attachments) > MAX_ATTACHMENTS:
        warnings.append(f"Chỉ đọc {MAX_ATTACHMENTS} trong {len(attachments)} tệp đính kèm")
    for number, part in enumerate(attachments[:MAX_ATTACHMENTS]):
        if part.get_content_type() == "message/rfc822" and depth < _DEEPEST:
            inner = part.get_content()
            if isinstance(inner, EmailMessage):
                yield from _blocks(path, inner, folder, warnings, depth + 1)
        elif isinstance(part, EmailMessage):
            yield from _attachment(part, folder / f"{depth}-{number}", warnings)


def _header(message: EmailMessage, name: str) -> str:
    """A header as one line; "" where it is missing or cannot be parsed."""
    try:
        return re.sub(r"\s+", " ", str(message.get(name, ""))).strip()
    except (MessageError, ValueError, IndexError, AttributeError):  # the parser trips over bad headers
        return ""


def _body(path: Path, part: EmailMessage) -> Iterator[str]:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return
    text, _ = plain.decode(path, data, part.get_content_charset())
    if part.get_content_type() == "text/html":
        yield from web.blocks(path, text)
    else:
        yield text.strip()


def _attachment(part: EmailMessage, stem: Path, warnings: list[str]) -> Iterator[str]:
    """Yield an attachment's name and text; what cannot be read becomes a warning."""
    from corpus.readers.registry import READERS

    name = re.sub(r"\s+", " ", part.get_filename() or "").strip()
    suffix = Path(name).suffix.lower()
    data = part.get_payload(decode=True)
    if suffix not in READERS or suffix == ".eml" or not isinstance(data, bytes):
        if name:
            warnings.append(f"Tệp đính kèm chưa đọc được: {name}")
        return
    copy = stem.with_name(stem.name + suffix)  # a name of our own; theirs may lead out of the folder
    copy.write_bytes(data)
    try:
        read = READERS[suffix](copy)
    except DocumentError as error:
        warnings.append(f"Tệp đính kèm {name}: {error.reason}. {error.remedy}")
        return
    warnings += read.warnings
    yield f"Tệp đính kèm: {name}"
    yield read.text
