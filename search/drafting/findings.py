"""What the check of a draft reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from search.hits import Quotation

FindingKind = Literal[
    "citation-malformed", "citation-unknown", "citation-ambiguous", "citation-replaced", "citation-mismatch",
    "abbreviation", "figure", "date", "missing-part",
]  # fmt: skip
Severity = Literal["error", "warning", "info"]

FINDING_NAMES: dict[FindingKind, str] = {
    "citation-malformed": "Số, ký hiệu ghi chưa đúng",
    "citation-unknown": "Văn bản kho chưa biết",
    "citation-ambiguous": "Viện dẫn chưa rõ văn bản nào",
    "citation-replaced": "Văn bản đã được thay thế, bãi bỏ hoặc sửa đổi",
    "citation-mismatch": "Viện dẫn khác với văn bản",
    "abbreviation": "Chữ viết tắt",
    "figure": "Số liệu khác với bảng chỉ tiêu",
    "date": "Ngày không có trong lịch",
    "missing-part": "Thiếu phần",
}
SEVERITY_NAMES: dict[Severity, str] = {"error": "cần sửa", "warning": "nên xem lại", "info": "để biết"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a draft that its author should look at.

    Attributes:
        severity: "error" where the library or the layout says it is wrong, "warning" where it may
            be, "info" where it only should be known.
        start, end: Half-open, in characters of the draft; empty where something is missing, at the
            place where it belongs.
        message: One sentence or two, in Vietnamese, for people.
        evidence: Quotations that show it; of the draft itself none, for its place is given.
    """

    kind: FindingKind
    severity: Severity
    start: int
    end: int
    message: str
    evidence: tuple[Quotation, ...] = ()
