"""Questions that compare: one subject only, each figure in its quotation, what is missing said."""

from __future__ import annotations

import re

import pytest

from corpus.words.glossary import Glossary
from search.answering.compared import (
    Comparison,
    asks_to_compare,
    compare,
    compare_in,
    subject_asked,
    table_of,
)
from search.documents.sources import brief_source
from search.engine import Engine
from search.indicators import IndicatorTable
from search.query import understand
from tests.libraries import opened
from tests.plans import plan, report

LIBRARY = {
    d.doc_id: d
    for d in (
        plan(2021, ["Kết nạp mới 900 đoàn viên.", "70% doanh nghiệp có tổ chức công đoàn ký kết TƯLĐTT."]),
        plan(2023, ["Phát triển mới ít nhất 1.100 đoàn viên.", "Kết nạp 60 đoàn viên nữ."]),
        report(2023, ["Đã kết nạp mới 1.240 đoàn viên."]),
        plan(2023, ["Kết nạp mới 700 đoàn viên công đoàn."], place="Hòa Bình"),
        plan(
            2024,
            ["80% doanh nghiệp đã có công đoàn ký thỏa ước lao động tập thể.", "Kết nạp 75 đoàn viên nữ."],
        ),
        plan(2024, ["85% CĐCS xếp loại tốt.", "95% công đoàn cấp trên trực tiếp cơ sở xếp loại tốt."]),
        plan(2022, ["80% CĐCS xếp loại tốt.", "90% công đoàn cấp trên trực tiếp cơ sở xếp loại tốt."]),
    )
}
TABLE = IndicatorTable.of(LIBRARY.values(), Glossary.shipped())


def ask(question: str) -> Comparison | None:
    query = understand(question)
    return compare_in(TABLE, query) if asks_to_compare(query) else None


def values(question: str) -> list[str]:
    found = ask(question)
    return [row.target.value for row in found.rows] if found else []


@pytest.mark.parametrize(
    ("question", "compares"),
    [
        ("Chỉ tiêu kết nạp đoàn viên qua các năm", True),
        ("so sánh năm 2021 và 2023 về kết nạp đoàn viên", True),
        ("kết nạp đoàn viên năm 2021, 2022 và 2023", True),
        ("Sơn La so với Hòa Bình kết nạp bao nhiêu đoàn viên?", True),
        ("tỷ lệ ký thỏa ước từ năm 2021 đến năm 2024", True),
        ("Chỉ tiêu kết nạp đoàn viên năm 2021", False),
        ("kết nạp đoàn viên đạt bao nhiêu phần trăm so với kế hoạch?", False),
        ("ai ký kế hoạch năm 2021?", False),
    ],
)
def test_which_questions_compare(question: str, compares: bool) -> None:
    assert asks_to_compare(understand(question)) is compares


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("chỉ tiêu kết nạp đoàn viên của Sơn La qua các năm", ["900", "1100"]),
        ("chỉ tiêu kết nạp đoàn viên qua các năm", ["900", "700", "1100"]),
        ("so sánh kết nạp đoàn viên năm 2021 và năm 2023 của Sơn La", ["900", "1240", "1100"]),
        ("so sánh chỉ tiêu kết nạp đoàn viên nữ năm 2023 và năm 2024", ["60", "75"]),
        ("so sánh tỷ lệ doanh nghiệp ký thỏa ước lao động tập thể năm 2021 và 2024", ["70", "80"]),
        ("chỉ tiêu kết nạp đoàn viên năm 2023 của Sơn La so với Hòa Bình", ["700", "1100"]),
        ("so sánh CĐCS xếp loại tốt năm 2022 và năm 2024", ["80", "85"]),
    ],
)
def test_figures_of_one_subject_side_by_side(question: str, expected: list[str]) -> None:
    assert values(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "so sánh tỷ lệ xếp loại tốt năm 2022 và năm 2024",  # of which unions? two subjects fit alike
        "số vụ tai nạn lao động qua các năm",
        "so sánh kết nạp đảng viên năm 2021 và năm 2023",
        "so sánh năm 2021 và năm 2023",
        "so sánh đoàn viên công đoàn nghỉ hưu năm 2021 và 2023",
    ],
)
def test_different_subjects_are_never_compared(question: str) -> None:
    assert ask(question) is None


def test_a_narrower_subject_is_no_answer_and_neither_is_a_figure_said_twice() -> None:
    women = [plan(year, [f"Kết nạp {year - 1990} đoàn viên nữ."]) for year in (2021, 2023)]
    query = understand("so sánh kết nạp đoàn viên năm 2021 và năm 2023")
    assert compare_in(IndicatorTable.of(women, Glossary.shipped()), query) is None
    twice = plan(2021, ["Kết nạp mới 900 đoàn viên.", "Phát triển mới 950 đoàn viên."])
    once = plan(2023, ["Kết nạp mới 1.000 đoàn viên."])
    found = compare_in(IndicatorTable.of([twice, once], Glossary.shipped()), query)
    assert found
    assert [row.target.value for row in found.rows] == ["1000"]


def test_what_is_missing_is_said() -> None:
    found = ask("chỉ tiêu kết nạp đoàn viên của Sơn La từ năm 2021 đến năm 2024")
    assert found
    assert found.missing == ("năm 2022", "năm 2024")
    lacking = "còn thiếu năm 2022, năm 2024 (hoặc được nói bằng lời khác)."
    assert found.answer(LIBRARY.__getitem__).text.endswith(f"Mới đọc được năm 2021, năm 2023; {lacking}")
    elsewhere = ask("chỉ tiêu kết nạp đoàn viên năm 2023: Hòa Bình so với Cà Mau")
    assert elsewhere
    assert elsewhere.missing == ("Cà Mau",)
    assert "Mới đọc được Hòa Bình; còn thiếu Cà Mau" in elsewhere.answer(LIBRARY.__getitem__).text


def test_every_figure_stands_in_its_quotation_and_every_quotation_in_its_document() -> None:
    found = ask("kết nạp đoàn viên qua các năm")
    assert found
    answer = found.answer(LIBRARY.__getitem__)
    assert not answer.abstained
    lines = [line for line in answer.text.split("\n") if line.startswith("- ")]
    assert len(lines) == 4
    for line, quoted in zip(lines, answer.citations, strict=False):
        (figure,) = re.findall(r"\*\*(.+?)\*\*", line)
        assert figure in quoted.quote
        assert LIBRARY[quoted.doc_id].text[quoted.start : quoted.end] == quoted.quote
        assert line.endswith(f"({brief_source(LIBRARY[quoted.doc_id], quoted)})")
    for quoted in answer.citations[4:]:  # where the year was read, for words that do not say it
        assert quoted.section == "Mở đầu"
        assert LIBRARY[quoted.doc_id].text[quoted.start : quoted.end] == quoted.quote


def test_a_long_series_says_how_much_more_there_is() -> None:
    plans = {
        p.doc_id: p for p in (plan(y, [f"Kết nạp mới {y - 1000} đoàn viên."]) for y in range(2010, 2022))
    }
    long = IndicatorTable.of(list(plans.values()), Glossary.shipped())
    found = compare_in(long, understand("kết nạp đoàn viên qua các năm"))
    assert found
    assert (len(found.rows), found.more) == (8, 4)
    assert "còn 4 dòng khác" in found.answer(plans.__getitem__).text


def test_only_allowed_documents_are_read() -> None:
    query = understand("chỉ tiêu kết nạp đoàn viên năm 2021 và 2023 của Sơn La")
    only = frozenset(d for d in LIBRARY if "2021" in d)
    found = compare_in(TABLE, query, only)
    assert found
    assert [row.target.value for row in found.rows] == ["900"]
    assert found.missing == ("năm 2023",)


def test_an_engines_table_is_made_once(engine: Engine) -> None:
    assert table_of(engine) is table_of(engine)
    found = compare(engine, engine.understand("so sanh chi tieu gioi thieu dang vien nam 2021 va nam 2023"))
    assert found
    assert [row.target.value for row in found.rows] == ["780", "500"]
    assert compare(engine, engine.understand("ai ký kế hoạch 234?")) is None


@pytest.mark.parametrize(
    "question",
    [
        "So sánh số đoàn viên TPHCM và Hà Nội",
        "So sánh TP.HCM, Hà Nội và SG",
        "Mua nhà ở Bình Thuận, thường trú tại TP. Hồ Chí Minh thì công chứng ở đâu?",
    ],
)
def test_places_written_in_another_way_are_compared_once(engine: Engine, question: str) -> None:
    answer = engine.ask(question).answer
    assert answer.abstained or answer.unsure or answer.citations


def test_a_subject_holds_no_place_however_it_is_written() -> None:
    assert subject_asked(understand("So sánh số đoàn viên TPHCM và Hà Nội")) == "đoàn viên"


@pytest.fixture(scope="module")
def opposite(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Engine:
    """A library whose plan of 2021 sets what only a report tells of 2023."""
    texts = {
        "kh": plan(2021, ["Có 900 sáng kiến của đoàn viên được công nhận."]).text,
        "bc": report(2023, ["Đã có 512 sáng kiến được công nhận, đạt 128% kế hoạch giao."]).text,
    }
    return opened(tmp_path_factory.mktemp("opposite"), like=engine, **texts)


@pytest.mark.parametrize(
    "question",
    [
        "So sánh chỉ tiêu sáng kiến được công nhận năm 2021 và năm 2023",
        "Chỉ tiêu sáng kiến năm 2021 và 2023 khác nhau thế nào?",
        "So sánh năm 2021 với năm 2023: giao bao nhiêu sáng kiến?",
    ],
)
def test_of_two_years_asked_for_the_one_not_seen_is_named(opposite: Engine, question: str) -> None:
    answer = opposite.ask(question).answer
    assert answer.unsure or re.search(r"(?:còn thiếu|Chưa thấy nội dung này của) năm 2023", answer.text)
    assert "512" not in answer.text or answer.unsure  # what was reached is no chỉ tiêu
