"""A question about quarter II is not answered from a sentence about quarter III."""

from __future__ import annotations

import pytest

from corpus.passages import split_document
from corpus.readers.base import ReadText
from corpus.reading import document_from
from search.query import understand
from search.ranking.period import asked_label, conflicts_with, period_fit, rules_out
from search.ranking.profile import Profile
from tests.views import view_of


def read(title: str, *lines: str, date: str = "05 tháng 7 năm 2023") -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA\nSố: 12/BC-LĐLĐ\nSơn La, ngày {date}\n\nBÁO CÁO\n{title}\n\n"
        "I. KẾT QUẢ\n\n" + "\n\n".join(lines) + "\n"
    )


def fit_of(question: str, text: str, sentence: str) -> float:
    """The fit of the sentence of a document that begins with `sentence`."""
    document = document_from(ReadText(text), "d", "d.txt")
    for passage in split_document(document):
        for unit in view_of(document, passage).units:
            if unit.text.startswith(sentence):
                return period_fit(understand(question), Profile.of(document), unit, passage)
    raise AssertionError(f"no unit begins with {sentence!r}")


YEARLY = "Kết quả công tác năm 2023"
ASKED = "Quý II năm 2023 kết nạp bao nhiêu đoàn viên?"


@pytest.mark.parametrize(
    ("line", "fit"),
    [
        pytest.param("Quý II kết nạp 120 đoàn viên.", 1.0, id="said"),
        pytest.param("Quý 2/2023 kết nạp 120 đoàn viên.", 1.0, id="said-otherwise"),
        pytest.param("Quý I và quý II kết nạp 90 và 120 đoàn viên.", 1.0, id="among-others"),
        pytest.param("Quý III kết nạp 150 đoàn viên.", -1.0, id="another"),
        pytest.param("Quý II/2022 kết nạp 110 đoàn viên.", -1.0, id="another-year"),
        pytest.param("6 tháng đầu năm kết nạp 210 đoàn viên.", -1.0, id="a-whole-that-holds-it"),
        pytest.param("Tháng 5 kết nạp 40 đoàn viên.", -1.0, id="a-part-s-figure"),
        pytest.param("Quý II kết nạp 120 đoàn viên, tăng so với quý I.", 1.0, id="compared"),
        pytest.param("Kết nạp 500 đoàn viên.", 0.0, id="none-told"),
    ],
)
def test_what_a_sentence_says_decides(line: str, fit: float) -> None:
    assert fit_of(ASKED, read(YEARLY, line), line[:12]) == fit


def test_what_may_answer() -> None:
    query = understand(ASKED)
    assert [rules_out(query, fit) for fit in (1.0, 0.8, 0.5, 0.0, -1.0)] == [False, False, False, True, True]
    # No figure is asked for: a sentence that tells no period may do.
    query = understand("Nhiệm vụ quý II là gì?")
    assert [rules_out(query, fit) for fit in (0.0, -1.0)] == [False, True]
    assert not rules_out(understand("Kết nạp bao nhiêu đoàn viên?"), 0.0)
    # A target without a period is that of the whole year; it may be that of a term.
    assert rules_out(understand("Chỉ tiêu kết nạp đoàn viên quý II"), 0.0)
    assert not rules_out(understand("Chỉ tiêu kết nạp đoàn viên nhiệm kỳ 2023-2028"), 0.0)


@pytest.mark.parametrize(
    ("title", "lines", "fit"),
    [
        pytest.param("Kết quả công tác quý II năm 2023", ["Kết nạp 120 đoàn viên."], 0.8, id="title"),
        pytest.param("Kết quả công tác quý III năm 2023", ["Kết nạp 120 đoàn viên."], -1.0, id="other-title"),
        pytest.param(YEARLY, ["Quý II:", "- Kết nạp 120 đoàn viên."], 0.8, id="lead"),
        pytest.param(YEARLY, ["Quý III:", "- Kết nạp 120 đoàn viên."], -1.0, id="other-lead"),
        pytest.param(YEARLY, ["1. Trong quý II, mở 3 lớp. Kết nạp 120 đoàn viên."], 0.8, id="before"),
        pytest.param(
            YEARLY, ["1. Trong quý II, mở 3 lớp. Sang quý III, mở 2 lớp. Kết nạp 9 người."], -1.0, id="last"
        ),
        pytest.param(
            "Kết quả công tác quý II năm 2023",
            ["1. Tháng 5 mở 3 lớp. Kết nạp 120 đoàn viên."],
            0.5,
            id="a-part-before-leaves-the-title-s-open",
        ),
    ],
)
def test_what_stands_above_decides_where_the_sentence_is_silent(
    title: str, lines: list[str], fit: float
) -> None:
    assert fit_of(ASKED, read(title, *lines), "Kết nạp" if len(lines) == 1 else "- Kết nạp") == fit


@pytest.mark.parametrize(
    ("question", "line", "fit"),
    [
        pytest.param("Tháng 5 tổ chức những gì?", "Ngày 15/5/2023 khai mạc hội thao.", 1.0, id="day"),
        pytest.param("Tháng 5 tổ chức những gì?", "Ngày 19/8/2023 khai mạc hội thao.", 0.0, id="other-day"),
        pytest.param("Tháng 5 tổ chức những gì?", "Tháng 8 khai mạc hội thao.", -1.0, id="other-month"),
        pytest.param("Quý II tổ chức những gì?", "Tháng 5 khai mạc hội thao.", 0.5, id="inside"),
        pytest.param("6 tháng đầu năm có gì mới?", "6 tháng cuối năm mở 4 lớp.", -1.0, id="other-half"),
        pytest.param("6 thang dau nam co gi moi?", "6 tháng đầu năm mở 4 lớp.", 1.0, id="no-diacritics"),
        pytest.param("Kết quả ra sao?", "Quý III mở 4 lớp.", 0.0, id="none-asked"),
    ],
)
def test_where_no_figure_is_asked(question: str, line: str, fit: float) -> None:
    assert fit_of(question, read(YEARLY, line), line[:10]) == fit


@pytest.mark.parametrize(
    ("title", "line", "fit"),
    [
        pytest.param(YEARLY, "Nhiệm kỳ 2023 - 2028 phát triển 900 đoàn viên.", 1.0, id="said"),
        pytest.param(YEARLY, "Nhiệm kỳ 2018 - 2023 phát triển 800 đoàn viên.", -1.0, id="another"),
        pytest.param("Tổng kết nhiệm kỳ 2023 - 2028", "Phát triển 900 đoàn viên.", 0.8, id="title"),
        pytest.param("Tổng kết nhiệm kỳ 2018 - 2023", "Phát triển 900 đoàn viên.", -1.0, id="other-title"),
        pytest.param(
            "Phương hướng nhiệm kỳ 2023 - 2028",
            "Thực hiện Nghị quyết Đại hội Đảng bộ nhiệm kỳ 2020 - 2025, phát triển 900 đoàn viên.",
            0.8,
            id="the-name-of-a-resolution-denies-nothing",
        ),
        pytest.param(YEARLY, "Đến hết năm 2028 phát triển 900 đoàn viên.", 0.8, id="to-its-end"),
        pytest.param(YEARLY, "Phát triển 900 đoàn viên.", 0.0, id="none-told"),
        pytest.param("Kết quả công tác năm 2021", "Phát triển 900 đoàn viên.", -1.0, id="years-before-it"),
    ],
)
def test_terms(title: str, line: str, fit: float) -> None:
    date = "05 tháng 7 năm 2021" if "2021" in title else "05 tháng 7 năm 2023"
    assert (
        fit_of("Nhiệm kỳ 2023-2028 phát triển bao nhiêu đoàn viên?", read(title, line, date=date), line[:12])
        == fit
    )


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Báo cáo quý II ban hành ngày nào?", True),
        ("Báo cáo quý III ban hành ngày nào?", False),
        ("Báo cáo ban hành tháng 10/2023 do ai ký?", False),  # issued then
        ("Báo cáo ban hành tháng 11/2023 do ai ký?", True),
        ("Báo cáo nhiệm kỳ 2018-2023 do ai ký?", False),
    ],
)
def test_documents_of_another_period(question: str, other: bool) -> None:
    text = read("Kết quả công tác quý III năm 2023", "Mở 4 lớp.", date="05 tháng 10 năm 2023")
    profile = Profile.of(document_from(ReadText(text), "d", "d.txt"))
    assert conflicts_with(understand(question), profile) is other


def test_a_report_s_figures_are_of_the_first_period_its_title_names() -> None:
    text = read("Kết quả quý III, nhiệm vụ quý IV năm 2023", "Kết nạp 120 đoàn viên.")
    assert fit_of("Quý III kết nạp bao nhiêu đoàn viên?", text, "Kết nạp") == 0.8
    assert fit_of("Quý IV kết nạp bao nhiêu đoàn viên?", text, "Kết nạp") == -1.0
    assert fit_of("Nhiệm vụ quý IV là gì?", text, "Kết nạp") == 0.8


def test_what_was_asked_for_is_said_in_words() -> None:
    assert asked_label(understand("quý II năm 2023 thế nào")) == "quý II năm 2023"
    assert asked_label(understand("6 tháng đầu năm 2023 thế nào")) == "6 tháng đầu năm 2023"
    assert asked_label(understand("nhiệm kỳ 2023 - 2028 thế nào")) == "nhiệm kỳ 2023-2028"
