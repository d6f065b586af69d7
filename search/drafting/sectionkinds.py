"""What kind of section words stand in: căn cứ, mục đích, chỉ tiêu, nhiệm vụ, tổ chức thực hiện, nơi nhận...

Told by the nearest heading that says it, so that "1. Yêu cầu" under "II. NHIỆM VỤ" is of the requirements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from corpus.records import Document, Section
from corpus.text import collapse, fold

SectionKind = Literal[
    "opening", "basis", "purpose", "goals", "situation", "results", "lessons", "tasks", "proposals",
    "budget", "schedule", "execution", "recipients", "signature", "attached", "other",
]  # fmt: skip

KIND_NAMES: dict[SectionKind, str] = {
    "opening": "Mở đầu",
    "basis": "Căn cứ",
    "purpose": "Mục đích, yêu cầu",
    "goals": "Mục tiêu, chỉ tiêu",
    "situation": "Đặc điểm, tình hình",
    "results": "Kết quả",
    "lessons": "Đánh giá, hạn chế, bài học",
    "tasks": "Nhiệm vụ, giải pháp, nội dung",
    "proposals": "Đề xuất, kiến nghị",
    "budget": "Kinh phí",
    "schedule": "Thời gian, địa điểm, thành phần",
    "execution": "Tổ chức thực hiện",
    "recipients": "Nơi nhận",
    "signature": "Chữ ký",
    "attached": "Phụ lục",
    "other": "Nội dung khác",
}
"""A kind as people read it."""

# In the order in which they are tried: "Chỉ tiêu, nhiệm vụ" is of goals, "kết quả, hạn chế" of results.
_TOLD_BY: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    ("execution", re.compile(r"\bto chuc (?:trien khai )?thuc hien\b|\bto chuc trien khai\b|\bphan cong\b"
                             r"|\btrach nhiem (?:thuc hien|thi hanh)|\bdieu khoan thi hanh\b")),
    ("goals", re.compile(r"\bchi tieu\b|\bmuc tieu\b")),
    ("purpose", re.compile(r"\bmuc dich\b|\byeu cau\b")),
    ("basis", re.compile(r"^(?:cac |nhung )?can cu\b|\bco so phap ly\b")),
    ("lessons", re.compile(r"\bhan che\b|\bton tai\b|\bnguyen nhan\b|\bbai hoc\b|\bdanh gia chung\b"
                           r"|\bnhan xet\b|\bkho khan\b")),
    ("results", re.compile(r"\bket qua\b")),
    ("proposals", re.compile(r"\bkien nghi\b|\bde xuat\b|^de nghi\b")),
    ("budget", re.compile(r"\bkinh phi\b|\bnguon luc\b")),
    ("tasks", re.compile(r"\bnhiem vu\b|\bgiai phap\b|\bphuong huong\b|\bnoi dung\b|\bcong viec\b")),
    ("situation", re.compile(r"\btinh hinh\b|\bdac diem\b|\bboi canh\b|\bthuc trang\b")),
    ("schedule", re.compile(r"\bthoi gian\b|\bdia diem\b|\bthanh phan\b|\bdoi tuong\b|\btien do\b")),
)  # fmt: skip
_FIRST_WORDS = re.compile(r"\b(?:can cu|xet (?:de nghi|to trinh)|theo de nghi)\b")
_HEADING_WORDS = 14  # a longer line is a paragraph
_ATTACHED = re.compile(r"(?:PL|[MB]|VB)\d|Chú thích")


@lru_cache(maxsize=8192)
def kind_of_heading(heading: str) -> SectionKind | None:
    """Return what a heading's words say of what stands under it; None where they say nothing.

    >>> kind_of_heading("CHỈ TIÊU, NHIỆM VỤ"), kind_of_heading("Tổ chức thực hiện"), kind_of_heading("Đợt 1")
    ('goals', 'execution', None)
    """
    line = collapse(heading)
    if not line.isupper() and (line.endswith(("…", ".", ";")) or len(line.split()) > _HEADING_WORDS):
        return None  # an item that is a whole paragraph, or its first words, names nothing
    folded = fold(line)
    return next((kind for kind, pattern in _TOLD_BY if pattern.search(folded)), None)


def kind_of(address: str, headings: Sequence[str], text: str = "") -> SectionKind:
    """Return the kind of section words stand in.

    Args:
        address: Of their section ("II.1.4", "Mở đầu", "Nơi nhận").
        headings: The headings above them, outermost first.
        text: The words themselves: in an opening those that begin "Căn cứ" are its basis.
    """
    if _ATTACHED.match(address):
        return "attached"
    if address in ("Nơi nhận", "Ký"):
        return "recipients" if address == "Nơi nhận" else "signature"
    for heading in reversed(headings):
        if kind := kind_of_heading(heading):
            return kind
    if address == "Mở đầu":
        return "basis" if _FIRST_WORDS.match(fold(collapse(text[:200])).lstrip("-+* ")) else "opening"
    return "other"


def headings_above(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """Return for each section its own heading and those above it, outermost first."""
    found: list[tuple[str, ...]] = []
    path: list[Section] = []
    for section in sections:
        if section.level:
            while path and path[-1].level >= section.level:
                path.pop()
            path.append(section)
        found.append(tuple(s.heading for s in path if s.heading) if section.level else ())
    return found


def kinds_in(document: Document) -> list[SectionKind]:
    """Return the kind of each of a document's sections, in order."""
    above = headings_above(document.sections)
    return [
        kind_of(section.address, headings, document.text[section.start : section.end])
        for section, headings in zip(document.sections, above, strict=True)
    ]
