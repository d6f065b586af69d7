"""Numbers in tables: what is counted, in which unit, planned or done."""

from __future__ import annotations

from corpus.records import Letterhead
from corpus.tabled import find_tables, table_values
from corpus.targets import find_targets

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
        ("target", "Kết nạp đoàn viên (Kế hoạch năm 2022)", "=", "1200", "người", "2022"),
        ("result", "Kết nạp đoàn viên (Thực hiện)", "=", "1350", "người", "2022"),
        ("target", "Thu kinh phí (Kế hoạch năm 2022)", "=", "2500500000", "đồng", "2022"),
        ("target", "CĐCS xếp loại tốt (Kế hoạch năm 2022)", ">=", "85", "%", "2022"),
        ("result", "CĐCS xếp loại tốt (Thực hiện)", "=", "90.5", "%", "2022"),
        ("result", "Đơn vị ký thỏa ước (Thực hiện)", "=", "12/15", "đơn vị", "2022"),
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
