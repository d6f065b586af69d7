"""Numbers in tables: what is counted, in which unit, planned or done."""

from __future__ import annotations

from corpus.figures.tabled import find_tables, table_values
from corpus.figures.targets import find_targets
from corpus.records import Letterhead

REPORT = Letterhead(type="Báo cáo", date="2022-12-20", title="Kết quả năm 2022")
PLAN = Letterhead(type="Kế hoạch", date="2022-01-10", title="Công tác năm 2022")
TABLE = """Biểu 1

| TT | Nội dung | ĐVT | Kế hoạch năm 2022 | Thực hiện | Ghi chú |
|---|---|---|---|---|---|
| 1 | Kết nạp đoàn viên | người | 1.200 | 1.350 | 5 |
| 2 | Thu kinh phí | triệu đồng | 2.500,5 | | |
| 3 | CĐCS xếp loại tốt | % | ≥ 85 | 90,5 | |
| 4 | Đơn vị ký thỏa ước | đơn vị | - | 12/15 | |

Hết biểu."""


def test_every_number_with_its_row_and_column() -> None:
    rows = [
        (t.kind, t.subject, t.comparator, t.value, t.unit, t.period) for t in find_targets(TABLE, (), REPORT)
    ]
    assert rows == [
        ("target", "Kết nạp đoàn viên", "=", "1200", "người", "2022"),
        ("result", "Kết nạp đoàn viên", "=", "1350", "người", "2022"),
        ("target", "Thu kinh phí", "=", "2500500000", "đồng", "2022"),
        ("target", "CĐCS xếp loại tốt", ">=", "85", "%", "2022"),
        ("result", "CĐCS xếp loại tốt", "=", "90.5", "%", "2022"),
        ("result", "Đơn vị ký thỏa ước", "=", "12/15", "đơn vị", "2022"),
    ]


def test_span_runs_from_the_name_to_the_number() -> None:
    first = find_targets(TABLE, (), REPORT)[0]
    assert TABLE[first.start : first.end] == "Kết nạp đoàn viên | người | 1.200"


def test_one_column_of_numbers_needs_no_head_in_its_subject() -> None:
    (table,) = find_tables("| Nội dung | Số lượng (cuộc) |\n| Kiểm tra | 30 |")
    (value,) = table_values(table)
    assert (value.subject, value.quantity.value, value.quantity.unit, value.aim) == (
        "Kiểm tra",
        "30",
        "cuộc",
        "result",
    )


def test_a_head_of_two_lines() -> None:
    (table,) = find_tables(
        "| TT | Đơn vị | Đoàn viên | |\n| | | Tổng số | Nữ |\n| (1) | (2) | (3) | (4) |\n"
        "| 1 | Huyện A | 90 | 41 |"
    )
    assert [(v.subject, v.quantity.value) for v in table_values(table)] == [
        ("Huyện A (Đoàn viên Tổng số)", "90"),
        ("Huyện A (Nữ)", "41"),
    ]


def test_a_timetable_of_a_plan_holds_no_goals() -> None:
    table = "| TT | Công việc | Thời gian | Số bản |\n|---|---|---|---|\n| 1 | Gửi báo cáo | 15 | 02 |"
    assert find_targets(table, (), PLAN) == ()


def test_a_table_of_words_alone() -> None:
    (table,) = find_tables("| Họ và tên | Chức vụ |\n| Nguyễn Văn A | Chủ tịch |")
    assert list(table_values(table)) == []


def test_two_tables_are_two() -> None:
    assert len(list(find_tables("| a | b |\n| c | d |\n\n| e | f |\n"))) == 2


PLANNED = Letterhead(type="Kế hoạch", date="2024-01-15", title="Công tác năm 2024")


def read(table: str, letterhead: Letterhead) -> list[tuple[str, str, str, str, str, str | None]]:
    return [
        (t.kind, t.subject, t.comparator, t.value, t.unit, t.period)
        for t in find_targets(table, (), letterhead)
    ]


def test_a_column_of_chi_tieu_makes_goals_of_a_plans_numbers() -> None:
    head = "| Chỉ tiêu | Năm 2024 | Năm 2025 |\n|---|---|---|\n"
    table = f"{head}| Kết nạp đoàn viên (người) | 1.000 | từ 1.100 |\n"
    assert read(table, PLANNED) == [
        ("target", "Kết nạp đoàn viên", "=", "1000", "người", "2024"),
        ("target", "Kết nạp đoàn viên", "=", "1100", "người", "2025"),
    ]
    names = "| Tên huyện | Năm 2024 |\n|---|---|\n| Tam Sơn | 120 |\n"
    assert read(names, PLANNED) == []


def test_a_column_headed_per_cent_is_in_per_cent_whatever_the_rows_unit() -> None:
    table = "| Nội dung | ĐVT | TH 2023 | Tỷ lệ % đạt |\n|---|---|---|---|\n| Đối thoại | cuộc | 38 | 95 |\n"
    assert read(table, REPORT) == [
        ("result", "Đối thoại", "=", "38", "cuộc", "2023"),
        ("result", "Đối thoại (Tỷ lệ % đạt)", "=", "95", "%", "2022"),
    ]


def test_cells_that_bring_their_unit_along() -> None:
    table = (
        "| Chỉ tiêu | Mức |\n|---|---|\n| Khám sức khỏe | 90 - 95% |\n| Hỗ trợ đoàn viên | 1,5 tỷ đồng |\n"
        "| Bữa ăn ca | 25.000 đồng/suất |\n| Nhà Mái ấm | 05 nhà |\n| Hội thao | tháng 5 |\n"
    )
    assert [(value, unit) for _, _, _, value, unit, _ in read(table, PLANNED)] == [
        ("90-95", "%"), ("1500000000", "đồng"), ("25000", "đồng/suất"), ("5", "nhà"),
    ]  # fmt: skip
