"""How many of what: figures that count what is asked for, and those of something beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.asking.howmany import asks_how_many_there_are, counting_figures, says_there_are
from search.engine import Engine
from search.query import understand
from tests.libraries import opened
from tests.plans import plan, report


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("Bao nhiêu đơn vị được tặng cờ?", "Tặng cờ cho 12 đơn vị dẫn đầu", ["12"]),
        ("Bao nhiêu đơn vị được tặng cờ?", "Các đơn vị được tặng cờ: 12", ["12"]),
        ("Bao nhiêu đơn vị được tặng cờ?", "Các đơn vị, doanh nghiệp với trên 3 nghìn lượt nữ tham gia", []),
        ("Bao nhiêu đoàn viên được vay vốn?", "Đoàn viên được vay vốn: 40 người", ["40"]),
        ("Bao nhiêu đoàn viên được vay vốn?", "Mở cho đoàn viên 5 lớp tập huấn", []),
        ("Tổng số CĐCS ở Sơn La", "Giám sát 15% CĐCS; hiện có 640 CĐCS", ["640"]),
    ],
)
def test_a_figure_with_a_noun_of_its_own_counts_nothing_named_before_it(
    question: str, text: str, figures: list[str]
) -> None:
    assert [text[a:b] for a, b in counting_figures(understand(question), text)] == figures


@pytest.mark.parametrize(
    ("question", "all_of_them"),
    [
        ("Tổng số đoàn viên", True),
        ("Số lượng cán bộ công đoàn chuyên trách", True),
        ("Có bao nhiêu CĐCS?", True),
        ("Tổng số tiền hỗ trợ", False),
        ("Tổng số cuộc kiểm tra", False),
        ("Kết nạp bao nhiêu đoàn viên?", False),
    ],
)
def test_which_questions_ask_for_all_there_are(question: str, all_of_them: bool) -> None:
    assert asks_how_many_there_are(understand(question)) is all_of_them


def test_a_condition_tells_no_number_of_all() -> None:
    text = "doanh nghiệp có từ 10 lao động trở lên"
    assert not says_there_are(text, [(text.index("10"), text.index("10") + 2)])


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Engine:
    folder: Path = tmp_path_factory.mktemp("howmany")
    told = [
        "Toàn tỉnh hiện có 640 CĐCS.",
        "Xây dựng CĐCS vững mạnh: 590 CĐCS đã cập nhật dữ liệu đoàn viên, đạt 92,2%.",
        "Hỗ trợ 12 mái ấm công đoàn với tổng số tiền 600.000.000đ.",
        "Phong trào thi đua: 95% các đơn vị hưởng ứng, tại các đơn vị với trên 3 nghìn lượt nữ tham gia.",
    ]
    goals = [
        "Giám sát 15% CĐCS.",
        "100% cán bộ công đoàn chuyên trách được bồi dưỡng.",
        "85% CĐCS xếp loại tốt.",
    ]
    return opened(folder, like=engine, a=report(2023, told).text, b=plan(2022, goals).text)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("tổng số CĐCS ở Sơn La", "**640**"),
        ("bn % cđcs xếp loại tốt năm 2022", "**85%**"),
        ("tổng số tiền hỗ trợ mái ấm công đoàn", "**600.000.000đ**"),
    ],
)
def test_what_is_asked_for_in_few_words_is_told(library: Engine, question: str, figure: str) -> None:
    answer = library.ask(question).answer
    assert figure in answer.text
    assert not answer.unsure


@pytest.mark.parametrize(
    "question",
    [
        "số lượng cán bộ công đoàn chuyên trách",  # a share of them is told, not how many there are
        "bao nhiêu đơn vị được tặng cờ thi đua",
        "tỷ lệ CĐCS xuất sắc năm 2022",  # another grade
        "tổng số đoàn viên",
        "mức hỗ trợ mái ấm công đoàn",  # what all of them cost together is told
    ],
)
def test_a_figure_of_something_else_is_not_given_plainly(library: Engine, question: str) -> None:
    answer = library.ask(question).answer
    assert answer.unsure or answer.abstained
