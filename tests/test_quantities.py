"""Quantities as sentences say them, and the digits that are none."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.figures.periods import _READERS, _YEAR_SAID, find_periods, title_period
from corpus.figures.quantities import _MAYBE_TIMES, _TIMES, find_quantities


def read(line: str) -> list[tuple[str, str, str]]:
    return [(q.comparator, q.value, q.unit) for q in find_quantities(line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("trên 97% đoàn viên", [(">", "97", "%")]),
        ("Hơn 2.000 đoàn viên", [(">", "2000", "")]),
        ("ít nhất 03 buổi", [(">=", "3", "")]),
        ("tối thiểu là 50% đơn vị", [(">=", "50", "%")]),
        ("không dưới 12 cuộc", [(">=", "12", "")]),
        ("bằng hoặc cao hơn 25.000đ", [(">=", "25000", "đồng")]),
        ("70% trở lên số đơn vị", [(">=", "70", "%")]),
        ("kết nạp 1.200 đoàn viên mới trở lên", [(">=", "1200", "")]),
        ("15% trở xuống", [("<=", "15", "%")]),
        ("không quá 5% đơn vị", [("<=", "5", "%")]),
        ("tối đa 10 người", [("<=", "10", "")]),
        ("dưới 3 vụ", [("<", "3", "")]),
        ("khoảng 200 đại biểu", [("~", "200", "")]),
        ("64 người", [("=", "64", "")]),
        ("đạt ≥ 80% và <5 vụ", [(">=", "80", "%"), ("<", "5", "")]),
        pytest.param("80% xếp loại tốt trở lên", [("=", "80", "%")], id="a-grade-is-no-bound"),
        pytest.param("kiểm tra cấp dưới 8 cuộc", [("=", "8", "")], id="cap-duoi-is-no-comparator"),
        pytest.param("ít nhất phải qua hai khóa; ít nhất một nhiệm kỳ", [(">=", "1", "")], id="in-words"),
        pytest.param(
            "hầu hết đơn vị và phần lớn NLĐ", [("~", "hầu hết", ""), ("~", "phần lớn", "")], id="words"
        ),
    ],
)
def test_comparators(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert read(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("số tiền 45 triệu đồng", ("=", "45000000", "đồng")),
        ("số tiền 45.500.000đ", ("=", "45500000", "đồng")),
        ("số tiền 1.234.560.000d.", ("=", "1234560000", "đồng")),
        ("số tiền 2,75 tỷ đồng", ("=", "2750000000", "đồng")),
        ("số tiền 3 tỷ 500 triệu đồng", ("=", "3500000000", "đồng")),
        ("số tiền 1,2 tỷ.", ("=", "1200000000", "đồng")),
        ("số tiền 650tr", ("=", "650000000", "đồng")),
        ("lương 7.100.000 đồng/người/tháng", ("=", "7100000", "đồng/người/tháng")),
        ("từ 6 triệu đến 8 triệu đồng/tháng", ("=", "6000000-8000000", "đồng/tháng")),
        ("hỗ trợ 40 - 60 triệu đồng", ("=", "40000000-60000000", "đồng")),
        ("trên 4 nghìn lượt người", (">", "4000", "")),
        ("2 triệu đoàn viên", ("=", "2000000", "")),
        ("đạt 91.7%", ("=", "91.7", "%")),
        ("đạt 91,75 %", ("=", "91.75", "%")),
        ("rộng 85m2", ("=", "85", "m2")),
        ("có 07/09 chỉ tiêu đạt", ("=", "7/9", "")),
        ("651/651 CĐCS đã xong", ("=", "651/651", "")),
        ("nữ: 20, nam nhiều hơn", ("=", "20", "")),
        ("2-3 cuộc", ("=", "2-3", "")),
        ("từ 95% đến 98%", ("=", "95-98", "%")),
        ("80-85% đơn vị", ("=", "80-85", "%")),
        ("trao 15 Bằng khen", ("=", "15", "")),
    ],
)
def test_values_in_base_units(line: str, expected: tuple[str, str, str]) -> None:
    assert read(line) == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "ngày 12/9/2022, tháng 8, quý 3 năm 2022, năm học 2022 - 2023",
        "giai đoạn 2021-2025, nhiệm kỳ 2018 - 2023, ngày 12-13/10/2023",
        "nhân dịp 27/7 ngày Thương binh, chào mừng 8/3 và 20/10",
        "theo Nghị quyết 68/NQ-CP, Quyết định 217, 218 của Bộ Chính trị, Luật số 50/2024/QH15",
        "lần thứ 3, khoản 2 Điều 64, phụ lục 1, dự thảo lần 5",
        "kỷ niệm 95 năm ngày thành lập; tổng kết 10 năm; 9 tháng đầu năm; 35 tuổi",
        'Chương trình “02 triệu sáng kiến” và phong trào "5 không 3 sạch"',
        "dịch Covid-19, Covid - 19; cách mạng công nghiệp 4.0; trực 24/7; lúc 07h30’",
        "mô hình công đoàn 4 cấp, 3 khâu đột phá, 3 Chương trình mục tiêu quốc gia",
        "1.2. Công tác khác",
        "Bộ luật Lao động 2019 và Luật Công đoàn 2012",
        "xếp loại khá trở lên",
        "đến 20h cùng ngày xem phim 3D",
        "từ 01/01 đến 31/12 năm 2022; số tài khoản: 1234567890; điện thoại 0213 876 543; học sinh lớp 12",
        "",
    ],
)
def test_digits_that_are_no_quantity(line: str) -> None:
    assert read(line) == []


def test_numbering_is_not_read_but_what_follows_is() -> None:
    assert read("1.3. Trên 90% đơn vị") == [(">", "90", "%")]
    assert read("2. 100% đơn vị") == [("=", "100", "%")]
    assert read("1.300 đoàn viên") == [("=", "1300", "")]


def test_dong_chi_is_no_money() -> None:
    assert read("có 41 đồng chí") == [("=", "41", "")]


def test_span_holds_comparator_and_unit() -> None:
    line = "vận động ít nhất 80% đơn vị"
    (quantity,) = find_quantities(line)
    assert line[quantity.start : quantity.end] == "ít nhất 80%"
    assert line[quantity.noun :] == "đơn vị"


@given(st.integers(0, 999), st.integers(1, 999), st.sampled_from(["đoàn viên", "cuộc", "NLĐ"]))
def test_thousands_read_back(thousands: int, rest: int, noun: str) -> None:
    value = thousands * 1000 + rest
    written = f"{value:,}".replace(",", ".")
    if not 1900 <= value < 2100:
        assert read(f"có {written} {noun}") == [("=", str(value), "")]


@given(st.text(alphabet='0123456789.,/%-– đtriệungìn“”"ítấtrởlêượ', max_size=40))
def test_spans_are_in_order_and_values_have_no_spaces(line: str) -> None:
    found = find_quantities(line)
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(0 <= q.start < q.end <= len(line) and q.value.strip() == q.value != "" for q in found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("đến năm 2025", ["../2025"]),
        ("giai đoạn 2021 - 2025", ["2021/2025"]),
        ("quý II năm 2022", ["2022-Q2"]),
        ("quý II", ["2024-Q2"]),
        ("6 tháng đầu năm 2022", ["2022-01/2022-06"]),
        ("6 tháng cuối năm", ["2024-07/2024-12"]),
        ("tính đến 31/5/2022", ["../2022-05-31"]),
        ("tính đến 17h00 ngày 01/6/2022", ["../2022-06-01"]),
        ("từ ngày 01/7/2022", ["2022-07-01/.."]),
        ("tháng 3/2022", ["2022-03"]),
        ("tính đến hết tháng 8", ["../2024-08"]),
        ("năm 2022 tăng so với cùng kỳ năm 2021", ["2022"]),
        ("lũy kế", ["../2024-11-05"]),
        ("trong nhiều năm", []),
    ],
)
def test_periods(line: str, expected: list[str]) -> None:
    assert [p.value for p in find_periods(line, "2024", "2024-11-05")] == expected


def test_without_a_year_a_quarter_says_nothing() -> None:
    assert find_periods("quý II; tháng 3; lũy kế") == []


def test_title_period() -> None:
    assert title_period("Hoạt động quý II, nhiệm vụ quý III năm 2022", "2022-06-20") == "2022-Q2"
    assert title_period("Công tác nữ công năm 2023", "2022-12-20") == "2023"
    assert title_period("Công tác nữ công", "2022-12-20") == "2022"
    assert title_period(None, None) is None


@pytest.mark.parametrize(("cue", "dated", "pattern"), [reader[:3] for reader in _READERS])
@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_period_is_passed_over_for_its_cue(
    cue: str, dated: bool, pattern: re.Pattern[str], data: st.DataObject
) -> None:
    said = data.draw(st.from_regex(pattern, fullmatch=True))
    assert cue in said.lower()
    assert _YEAR_SAID.search(said) or not dated


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.from_regex(_TIMES, fullmatch=True))
def test_no_time_is_passed_over_for_its_look(said: str) -> None:
    assert _MAYBE_TIMES.search(said)
