"""The first and last lines of an outline in Word: of union offices and of the Party."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest

from search.drafting.offices import Office, office_of
from search.drafting.outlinedocx import outline_docx
from search.drafting.outlines import Outline

BARE = Outline("Kế hoạch", "nữ công", "Công tác nữ công", None, None, 2026, (), (), (), ())


def written(**asked: Any) -> Any:
    return docx.Document(io.BytesIO(outline_docx(replace(BARE, **asked))))


def cells(file: Any) -> list[list[tuple[str, bool, float]]]:
    """(words, bold, points) of the lines of each cell, the rules left out."""
    return [
        [(p.text, bool(p.runs[0].bold), p.runs[0].font.size.pt) for p in cell.paragraphs if p.runs]
        for table in file.tables
        for row in table.rows
        for cell in row.cells
    ]


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        (None, Office(False, "CƠ QUAN CẤP TRÊN", "TÊN CƠ QUAN BAN HÀNH", "……", "……")),
        (
            "LĐLĐ tỉnh Sơn La",
            Office(
                False,
                "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
                "LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA",
                "LĐLĐ",
                "BAN THƯỜNG VỤ",
            ),
        ),
        ("Liên đoàn Lao động huyện Mộc Châu", "CƠ QUAN CẤP TRÊN"),
        ("Tổng LĐLĐ Việt Nam", None),
        ("Ban Thường vụ Tỉnh uỷ Sơn La", Office(True, None, "TỈNH ỦY SƠN LA", "TU", "BAN THƯỜNG VỤ")),
        ("Bộ Chính trị", Office(True, None, "BỘ CHÍNH TRỊ", "TW", "BỘ CHÍNH TRỊ")),
        (
            "Đảng ủy Khối các cơ quan",
            Office(True, "CẤP ỦY CẤP TRÊN", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN", "ĐU", "……"),
        ),
        ("Công đoàn ngành Giáo dục", "CƠ QUAN CẤP TRÊN"),
    ],
)
def test_what_a_name_tells(issuer: str | None, expected: Office | str | None) -> None:
    office = office_of(issuer)
    assert (office if isinstance(expected, Office) else office.above) == expected


def test_a_union_office_writes_as_the_decree_says() -> None:
    file = written(issuer="LĐLĐ tỉnh Sơn La", place="tỉnh Sơn La")
    left, right, number, dated, recipients, signature = cells(file)
    assert left == [
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", False, 12),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA", True, 12),
    ]
    assert right == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True, 12),
        ("Độc lập - Tự do - Hạnh phúc", True, 13),
    ]
    assert [line[0] for line in number + dated] == [
        "Số: ……/KH-LĐLĐ",
        "Sơn La, ngày …… tháng …… năm 2026",
    ]
    assert recipients[0] == ("Nơi nhận:", True, 12)
    assert signature[0] == ("TM. BAN THƯỜNG VỤ", True, 14)


def test_a_committee_writes_as_the_party_says() -> None:
    file = written(issuer="Ban Thường vụ Tỉnh ủy Sơn La", place="Sơn La")
    left, right, number, _, recipients, signature = cells(file)
    assert left == [("TỈNH ỦY SƠN LA", True, 14), ("*", False, 14)]
    assert right == [("ĐẢNG CỘNG SẢN VIỆT NAM", True, 15)]
    assert number == [("Số ……-KH/TU", False, 14)]
    assert signature[0] == ("T/M BAN THƯỜNG VỤ", True, 14)
    assert recipients[0] == ("Nơi nhận:", False, 14)
    words = [paragraph.text for paragraph in file.paragraphs]
    assert words[:3] == ["KẾ HOẠCH", "Công tác nữ công", "-----"]
    assert not any("CỘNG HÒA" in text for cell in cells(file) for text, _, _ in cell)


def test_the_paper_is_what_both_rules_allow() -> None:
    (page,) = written().sections
    margins = [
        round(one.mm) for one in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    ]
    assert ((round(page.page_width.mm), round(page.page_height.mm)), margins) == (
        (210, 297),
        [20, 20, 30, 15],
    )


def test_a_decision_is_made_in_articles() -> None:
    from search.drafting.outlines import OutlinePart

    part = OutlinePart("TỔ CHỨC THỰC HIỆN", "execution", ())
    words = [p.text for p in written(type="Quyết định", parts=(part, part)).paragraphs]
    assert "QUYẾT ĐỊNH:" in words
    assert "Điều 2. TỔ CHỨC THỰC HIỆN" in words
