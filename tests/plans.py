"""Plans and reports of our own writing, for the tests of the table of chỉ tiêu and for its bench."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.records import Document

_HEAD = """{above}
{office}
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
{place}, ngày {day} tháng {month} năm {issued}

{kind}
{title}

{heading}

{lines}

Nơi nhận:
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Nguyễn Văn Mẫu
"""


def plan(year: int, lines: Sequence[str], place: str = "Sơn La", office: str = "") -> Document:
    """Return a plan of a province's federation for `year`, its goals one a line."""
    return _document(
        "KẾ HOẠCH", "KH", f"Công tác công đoàn năm {year}", "I. CHỈ TIÊU", year, 1, lines, place, office
    )


def report(year: int, lines: Sequence[str], place: str = "Sơn La", office: str = "") -> Document:
    """Return the report of the same office on what was done in `year`."""
    title = f"Kết quả hoạt động công đoàn năm {year}"
    return _document("BÁO CÁO", "BC", title, "I. KẾT QUẢ THỰC HIỆN", year, 12, lines, place, office)


def _document(
    kind: str,
    code: str,
    title: str,
    heading: str,
    year: int,
    month: int,
    lines: Sequence[str],
    place: str,
    office: str,
) -> Document:
    office = office or f"LIÊN ĐOÀN LAO ĐỘNG TỈNH {place.upper()}"
    serial = sum(map(ord, "".join(lines))) % 900 + 1
    text = _HEAD.format(
        above="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", office=office, number=f"{serial}/{code}-LĐLĐ", place=place,
        day=15, month=month, issued=year, kind=kind, title=title, heading=heading,
        lines="\n".join(f"- {line}" for line in lines),
    )  # fmt: skip
    name = f"{code}-{place}-{year}-{serial}".replace(" ", "-").lower()
    return document_from(ReadText(text), name, f"{name}.txt")
