"""What staff corrected by hand of a document's letterhead, and the file it is kept in.

A correction belongs to the content of a file, by its digest: it survives a new index, another name
and another folder, and says nothing of a file with other content.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import AppError
from corpus.numbers import find_numbers
from corpus.records import Letterhead
from corpus.structure.doctypes import known_types
from corpus.text import collapse

HOME, NAME = ".tra-cuu", "sua-tay.json"
"""The hidden folder of a library in which corrections are kept, and their file."""
FORMAT_VERSION = 1  # raise by one whenever an older reader would misread the file
FIELDS: Mapping[str, str] = {
    "number": "số ký hiệu",
    "date": "ngày ban hành",
    "issuer": "cơ quan ban hành",
    "type": "loại văn bản",
    "title": "trích yếu",
}
"""The fields of a Letterhead that can be corrected, and what staff call them."""
_LONGEST = {"number": 60, "date": 30, "issuer": 200, "type": 60, "title": 1000}
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")  # categories of Unicode
_FIRST_YEAR = 1929  # when the first union of workers was founded
_DATE = re.compile(r"(?:ngày\s)?(\d{1,2})\s?(?:[/.-]|\stháng\s)\s?(\d{1,2})\s?(?:[/.-]|\snăm\s)\s?(\d{4})")


class CorrectionError(AppError):
    """A value that cannot be one of this field.

    Attributes:
        field: Which one, of `FIELDS`.
    """

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.field = field


class DamagedCorrectionsError(AppError):
    """The file of corrections is not as it was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Tệp lưu các chỗ sửa tay {path} bị hỏng ({reason})",
            f"Hãy thay nó bằng bản trước đó, {former_path(path).name} ở cùng thư mục; "
            "chỉ mục đang dùng vẫn còn nguyên",
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right of a letterhead.

    Attributes:
        values: The fields corrected and their values, in the order of `FIELDS`; None says that
            the document has no such thing.
        file: Name of the file when it was corrected, for people.
        made: ISO time of the last change.
    """

    values: tuple[tuple[str, str | None], ...]
    file: str = ""
    made: str = ""

    def __post_init__(self) -> None:
        if [name for name in FIELDS if name in dict(self.values)] != [name for name, _ in self.values]:
            raise ValueError(f"not fields of a correction, or not in their order: {self.values!r}")

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that were corrected."""
        return tuple(name for name, _ in self.values)

    @property
    def stamp(self) -> str:
        """Differs where what is corrected differs; "" where nothing is."""
        if not self.values:
            return ""
        return hashlib.sha256(json.dumps(self.values, ensure_ascii=False).encode()).hexdigest()[:16]

    def applied(self, head: Letterhead) -> Letterhead:
        """Return `head` with the right values in place of what was read."""
        changed: dict[str, Any] = dict(self.values)
        return replace(head, **changed)


def corrected_value(field: str, typed: str) -> str | None:
    """Return what a person typed in the form the records use; None where nothing was typed.

    >>> corrected_value("number", "12/kh-ldld"), corrected_value("date", "5/3/2021")
    ('12/KH-LĐLĐ', '2021-03-05')

    Raises:
        CorrectionError: It cannot be a value of this field.
    """
    if any(unicodedata.category(char) in _UNSEEN and not char.isspace() for char in typed):
        raise CorrectionError(
            field, f"Ô {FIELDS[field]} có ký tự không hiển thị được", "Hãy xóa ô và gõ lại bằng bàn phím"
        )
    value = collapse(unicodedata.normalize("NFC", typed))
    if not value:
        return None
    if len(value) > _LONGEST[field]:
        raise CorrectionError(
            field, f"Ô {FIELDS[field]} dài {len(value)} ký tự", f"Hãy rút gọn còn {_LONGEST[field]} ký tự"
        )
    return _CHECKS[field](value)


def _number(value: str) -> str:
    said = re.sub(r"^số\s?:?\s?", "", value, flags=re.IGNORECASE)
    for typed in (False, True):
        for mention in find_numbers(said, typed=typed):
            if (mention.start, mention.end) == (0, len(said)):
                return mention.number
    raise CorrectionError(
        "number",
        f"“{value}” không phải số ký hiệu của một văn bản",
        "Hãy ghi đủ số và ký hiệu, ví dụ 12/KH-LĐLĐ, 27-CTr/TU hoặc 145/2020/NĐ-CP",
    )


def _date(value: str) -> str:
    wrong = CorrectionError(
        "date", f"“{value}” không phải là một ngày", "Hãy ghi ngày/tháng/năm, ví dụ 5/3/2021"
    )
    try:
        if match := _DATE.fullmatch(value):
            day, month, year = (int(part) for part in match.groups())
            found = date(year, month, day)
        else:
            found = date.fromisoformat(value)
    except ValueError:
        raise wrong from None
    if not _FIRST_YEAR <= found.year <= date.today().year + 1:
        raise CorrectionError(
            "date", f"Năm {found.year} không thể là năm ban hành", "Hãy kiểm tra lại năm trong ô ngày"
        )
    return found.isoformat()


def _type(value: str) -> str:
    known = {name.lower(): name for name in known_types()}
    if value.lower() not in known:
        raise CorrectionError(
            "type",
            f"“{value}” không phải loại văn bản mà chương trình biết",
            "Hãy chọn một loại trong danh sách của ô, ví dụ Kế hoạch, Báo cáo, Công văn",
        )
    return known[value.lower()]


def _words(field: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if not any(char.isalpha() for char in value):
            raise CorrectionError(field, f"“{value}” không có chữ nào", f"Hãy ghi {FIELDS[field]} bằng chữ")
        return value

    return check


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "number": _number,
    "date": _date,
    "type": _type,
    "issuer": _words("issuer"),
    "title": _words("title"),
}

Corrections = Mapping[str, Correction]
"""Corrections by the sha256 of the file they are of."""


def dump_corrections(corrections: Corrections) -> bytes:
    """Return corrections as JSON that carries its own digest."""
    body = {
        digest: {"file": c.file, "made": c.made, "values": dict(c.values)}
        for digest, c in sorted(corrections.items())
    }
    whole = {"format": FORMAT_VERSION, "sha256": _digest_of(body), "corrections": body}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def load_corrections(path: Path) -> dict[str, Correction]:
    """Read a file of corrections; a file that is not there holds none.

    Raises:
        DamagedCorrectionsError: It was written by a newer program, cut off or changed by hand.
    """
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT_VERSION:
            raise DamagedCorrectionsError(
                path, f"định dạng {found['format']}, chương trình này đọc {FORMAT_VERSION}"
            )
        body = found["corrections"]
        if found["sha256"] != _digest_of(body):
            raise DamagedCorrectionsError(path, "nội dung không khớp mã kiểm tra")
        return {
            digest: Correction(
                tuple((name, fields["values"][name]) for name in FIELDS if name in fields["values"]),
                fields["file"],
                fields["made"],
            )
            for digest, fields in body.items()
        }
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DamagedCorrectionsError(path, error.strerror or str(error)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise DamagedCorrectionsError(path, "không phải là JSON do chương trình ghi") from error


def correction_of(path: Path) -> Correction | None:
    """Return what was corrected of a file, as the library it lies in keeps it; None where nothing was.

    Raises:
        DamagedCorrectionsError: see `load_corrections`.
    """
    resolved = path.resolve()
    for folder in resolved.parents:
        kept = folder / HOME / NAME
        if kept.is_file():
            with resolved.open("rb") as file:
                return load_corrections(kept).get(hashlib.file_digest(file, "sha256").hexdigest())
    return None


def former_path(path: Path) -> Path:
    """Return where the corrections stay as they were before the last change."""
    return path.with_name(f"{path.stem}.truoc{path.suffix}")


def _digest_of(body: object) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
