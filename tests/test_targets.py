"""Chỉ tiêu and results: what is a row, whose it is, when, and in what unit; on sentences of our own."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures.targets import MAX_SPAN, find_targets
from corpus.records import Letterhead, Section, Target

PLAN = Letterhead(type="Kế hoạch", date="2022-01-10", title="Công tác nữ công năm 2022")
REPORT = Letterhead(type="Báo cáo", date="2022-06-20", title="Hoạt động quý II, nhiệm vụ quý III năm 2022")


def found(text: str, letterhead: Letterhead, *headings: tuple[str, str]) -> tuple[Target, ...]:
    """Read `text` as standing under `headings` (address, words), each above the next."""
    lines = "".join(f"{address}. {words}\n\n" for address, words in headings)
    whole, sections, at = lines + text, [], 0
    for level, (address, words) in enumerate(headings, start=1):
        end = at + len(f"{address}. {words}\n\n")
        sections.append(Section(address, words, level, at, end))
        at = end
    if sections:
        last = sections.pop()
        sections.append(Section(last.address, last.heading, last.level, last.start, len(whole)))
    return find_targets(whole, tuple(sections), letterhead)


def values(text: str, letterhead: Letterhead, *headings: tuple[str, str]) -> list[str]:
    return [t.value for t in found(text, letterhead, *headings)]


GOALS = ("II", "CHỈ TIÊU")
DEEDS = ("III", "NHIỆM VỤ")


def test_a_plan_sets_targets_for_the_year_of_its_title() -> None:
    (target,) = found("85% nữ CNVCLĐ được khám sức khỏe.", PLAN, GOALS)
    assert (target.kind, target.period, target.section) == ("target", "2022", "II")
    assert (target.comparator, target.value, target.unit) == ("=", "85", "%")
    assert target.subject == "nữ CNVCLĐ được khám sức khỏe"


def test_a_report_gives_results_for_the_quarter_of_its_title() -> None:
    (target,) = found("Tổ chức 12 lớp tập huấn.", REPORT)
    assert (target.kind, target.period, target.section) == ("result", "2022-Q2", "Mở đầu")
    assert (target.value, target.unit, target.subject) == ("12", "lớp", "Tổ chức lớp tập huấn")


def test_every_quantity_of_a_report_is_a_row() -> None:
    text = "Trao 35 suất quà (gồm 20 suất cho nữ), sửa 02 nhà rộng 90m2, tổng 120 triệu đồng, đạt 9/10 mức."
    rows = [(t.value, t.unit) for t in found(text, REPORT)]
    assert rows == [
        ("35", "suất quà"), ("20", "suất"), ("2", "nhà"), ("90", "m2"), ("120000000", "đồng"),
        ("9/10", "mức"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tổng số đoàn viên: 1.520, trong đó nữ: 830.", ["1520", "830"]),
        ("Kiểm tra 41 cuộc, cùng cấp: 30 cuộc, cấp dưới: 11 cuộc.", ["41", "30", "11"]),
        ("Có 90 đơn vị cập nhật cho 7.150 đoàn viên, đạt 88.5%.", ["90", "7150", "88.5"]),
        ("Hầu hết đoàn viên có việc làm ổn định.", []),
        ("Nhân kỷ niệm 95 năm ngày thành lập, tuyên dương 95 cán bộ.", ["95"]),
        ("Cứ 5 năm tổ chức 1 lần.", []),
        ("LĐLĐ tỉnh góp ý 02 lần.", ["2"]),
        ("100% doanh nghiệp có từ 10 lao động trở lên tổ chức hội nghị.", ["100"]),
        ("| 1 | Kết nạp | 500 |", []),
    ],
)
def test_rows_of_a_report(text: str, expected: list[str]) -> None:
    assert values(text, REPORT) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giới thiệu 200 nữ đoàn viên ưu tú.", ["200"]),
        ("Mỗi CĐCS có ít nhất 01 hoạt động.", ["1"]),
        ("Hầu hết các đơn vị có 20 công nhân, lao động trở lên thành lập công đoàn.", ["hầu hết"]),
        (
            "Vận động trên 85% doanh nghiệp sử dụng từ 25 lao động trở lên, trên 70% lao động gia nhập.",
            ["85", "70"],
        ),
        ("80% đơn vị đối thoại, mỗi năm ít nhất 01 lần.", ["80"]),
        ("Không quá 2% đơn vị vi phạm; 100% UBKT xếp loại khá trở lên.", ["2", "100"]),
        ("Bố trí cán bộ ít nhất một nhiệm kỳ.", ["1"]),
        ("Nộp hồ sơ ít nhất 05 ngày làm việc trước đại hội.", []),
    ],
)
def test_rows_under_goals(text: str, expected: list[str]) -> None:
    assert values(text, PLAN, GOALS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mỗi đơn vị cử 02 đồng chí dự họp tại phòng 302.", []),
        ("Thực hiện 3 khâu đột phá và 3 Chương trình mục tiêu quốc gia giai đoạn 2021-2025.", []),
        ("Gửi 02 bộ hồ sơ chậm nhất 10 ngày trước đại hội.", []),
        ("Phấn đấu có 12 đơn vị đạt chuẩn.", ["12"]),
        ("Phần đầu có 12 đơn vị đạt chuẩn.", ["12"]),
        ("Thành lập mới 15 CĐCS.", ["15"]),
        ("Kinh phí: 35.000.000 đồng.", ["35000000"]),
        ("Định kỳ 03 tháng làm việc một lần; hằng năm đối thoại ít nhất 01 lần.", []),
        ("Hầu hết đơn vị còn khó khăn.", []),
    ],
)
def test_rows_among_the_tasks_of_a_plan(text: str, expected: list[str]) -> None:
    assert values(text, PLAN, DEEDS) == expected


def test_a_norm_is_no_goal_unless_it_says_so() -> None:
    rules = Letterhead(type="Quy chế", date="2022-01-10", title="Chi tiêu nội bộ")
    assert values("Mức chi 50.000 đồng/người, không quá 5% kinh phí.", rules) == []
    assert values("Phấn đấu 90% đơn vị thực hiện.", rules) == ["90"]
    assert values("90% đơn vị thực hiện.", rules, GOALS) == ["90"]


def test_a_condition_stays_in_the_subject() -> None:
    (target,) = found("90% doanh nghiệp có từ 10 lao động trở lên ký thỏa ước.", PLAN, GOALS)
    assert target.subject == "doanh nghiệp có từ 10 lao động trở lên ký thỏa ước"


def test_headings_and_words_turn_the_kind_round() -> None:
    assert found("Kết nạp 40 đoàn viên.", PLAN, ("I", "KẾT QUẢ NĂM QUA"))[0].kind == "result"
    assert found("Kết nạp 40 đoàn viên.", REPORT, ("III", "PHƯƠNG HƯỚNG QUÝ III"))[0].kind == "target"
    assert found("Phấn đấu kết nạp 40 đoàn viên.", REPORT)[0].kind == "target"
    assert found("Hiện có 40 đơn vị đã kết nạp.", PLAN, DEEDS)[0].kind == "result"
    assert found("75% đơn vị đã có công đoàn ký thỏa ước.", PLAN, GOALS)[0].kind == "target"
    assert found("Vận động nâng bữa ăn ca ít nhất 25.000đ.", REPORT)[0].kind == "target"


def test_an_item_that_is_a_paragraph_is_no_heading() -> None:
    item = ("1", "Đánh giá kết quả rồi phấn đấu cho 60% đơn vị đạt chuẩn, nhất là các đơn vị còn yếu kém.")
    (target,) = found("", PLAN, DEEDS, item)
    assert target.kind == "target"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Đến năm 2025:\n\n- 80% đơn vị đạt chuẩn.", "../2025"),
        ("Tính đến 31/5/2022, có 12 đơn vị.", "../2022-05-31"),
        ("Giới thiệu 30 đoàn viên trong năm 2024.", "2024"),
        ("Giai đoạn 2021-2025 thành lập 30 CĐCS.", "2021/2025"),
        ("Tăng 5% so với cùng kỳ năm 2021.", "2022"),
        ("Lũy kế giúp 40 hộ.", "../2022-01-10"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert found(text, PLAN, GOALS)[-1].period == period


def test_a_heading_gives_its_period_to_what_stands_under_it() -> None:
    (target,) = found("90% đơn vị đạt chuẩn.", PLAN, ("II", "MỤC TIÊU ĐẾN NĂM 2030"))
    assert target.period == "../2030"


def test_without_any_time_the_period_is_unknown() -> None:
    assert found("90% đơn vị đạt chuẩn.", Letterhead(), GOALS)[0].period is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Mỗi năm kết nạp 900 đoàn viên trở lên.", ["đoàn viên/năm"]),
        ("Mỗi CĐCS giới thiệu ít nhất 01 đoàn viên.", ["đoàn viên/CĐCS"]),
        ("Trao 30 suất quà, mỗi suất trị giá 500.000 đồng.", ["suất quà", "đồng/suất"]),
        ("Hầu hết các doanh nghiệp có công đoàn.", ["doanh nghiệp"]),
        ("Tặng 02 Bằng khen.", ["Bằng khen"]),
        ("Vận động 64 thí sinh và 30 em học sinh dự thi.", ["thí sinh", "em"]),
    ],
)
def test_units(text: str, units: list[str]) -> None:
    assert [t.unit for t in found(text, PLAN, GOALS)] == units


def test_a_predicate_is_shared_along_the_conjunction() -> None:
    first, second = found("Trên 95% cơ quan và 90% CĐCS xếp loại tốt trở lên.", PLAN, GOALS)
    assert first.subject == "cơ quan xếp loại tốt trở lên"
    assert second.subject == "CĐCS xếp loại tốt trở lên"


def test_a_percentage_reached_is_of_what_stands_before() -> None:
    rows = found("Kết nạp mới 345 đoàn viên, đạt 115% kế hoạch.", REPORT)
    assert [t.subject for t in rows] == ["Kết nạp mới đoàn viên", "Kết nạp mới đoàn viên so với kế hoạch"]
    (target,) = found("Tỷ lệ đoàn viên sinh hoạt đều đạt trên 90%.", PLAN, GOALS)
    assert target.subject == "Tỷ lệ đoàn viên sinh hoạt đều"


def test_span_is_raw_text_with_its_markup() -> None:
    text = "- **Trên 90%** CĐCS\n\n*có* tổ nữ công."
    (target,) = found(text, PLAN)
    assert text[target.start : target.end] == "Trên 90%** CĐCS\n\n*có* tổ nữ công"


def test_recipients_and_signatures_hold_no_rows() -> None:
    text = "- 12 đơn vị;\n"
    sections = (Section("Nơi nhận", "", 0, 0, len(text)),)
    assert find_targets(text, sections, REPORT) == ()


WORDS = st.sampled_from(
    ["Trên", "85%", "1.200", "đoàn viên", "doanh nghiệp", "có từ 10 lao động trở lên", "và", ",", ";", ".",
     "\n\n", "đạt", "31 triệu đồng", "8/10", "(", ")", "“", "”", "phấn đấu", "năm 2022", "so với", "kế hoạch",
     "mỗi", "**"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=25).map(" ".join), st.sampled_from([PLAN, REPORT, Letterhead()]))
def test_spans_lie_in_the_text_and_in_order(text: str, letterhead: Letterhead) -> None:
    rows = find_targets(text, (), letterhead)
    assert all(0 <= t.start < t.end <= len(text) and t.end - t.start <= MAX_SPAN for t in rows)
    assert all(t.value and t.kind in ("target", "result") for t in rows)


@pytest.mark.shared
def test_judged_values_of_the_real_documents() -> None:
    from corpus.reading import read_document

    shared = Path(__file__).parents[2] / "shared"
    if not (shared / "eval" / "targets.csv").exists():
        pytest.skip("the judged data lie outside the repository and are not here")
    with (shared / "eval" / "targets.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    scope = json.loads((shared / "eval" / "scope.json").read_text(encoding="utf-8"))
    right = wrong = 0
    for doc in sorted({row["doc"] for row in rows}):
        (path,) = (shared / "documents").glob(f"{doc}_*")
        inside = scope.get(doc)
        want = Counter((r["value"], r["section"]) for r in rows if r["doc"] == doc)
        got = Counter(
            (t.value, t.section) for t in read_document(path).targets if inside is None or t.section in inside
        )
        right += sum((want & got).values())
        wrong += sum(((want | got) - (want & got)).values())
    assert 2 * right / (2 * right + wrong) >= 0.97
