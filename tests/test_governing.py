"""A figure answers the question's verb only where that verb governs it."""

from __future__ import annotations

import pytest

from search.asking.howmany import figure_spans
from search.ranking.governing import answers_another_verb, asked_verb, undergone_verb


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Công đoàn đã trao tặng bao nhiêu suất quà?", "trao tang"),
        ("Năm 2024 phải kết nạp ít nhất bao nhiêu đoàn viên?", "ket nap"),
        ("Đã kiểm tra được mấy cuộc?", "kiem tra"),
        ("Đề ra kết nạp mới bao nhiêu đoàn viên?", "ket nap"),
        ("Có bao nhiêu CĐCS?", ""),
        ("Chỉ tiêu kết nạp là bao nhiêu?", ""),
        ("Ai ký kế hoạch?", ""),
        ("Được tập huấn nghiệp vụ bao nhiêu %?", ""),
    ],
)
def test_the_verb_before_the_question_word(question: str, verb: str) -> None:
    assert asked_verb(question) == verb


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Kết nạp 950 đoàn viên mới", False),
        ("Trong quý đã phối hợp, kết nạp thêm 950 đoàn viên", False),
        ("Có 950 đoàn viên được kết nạp trong năm", False),
        ("Giới thiệu 410 đoàn viên ưu tú để chi bộ bồi dưỡng, kết nạp", True),
        ("Kết nạp đoàn viên mới; tặng quà cho 410 công nhân", True),
        ("Giới thiệu 410 người để kết nạp (mỗi nơi 02 người)", True),
        ("Kết nạp mới (cả năm) 410 đoàn viên", False),
        ("Trao 410 suất quà", False),  # the verb does not stand here at all: other words may say it
    ],
)
def test_a_figure_of_another_verb(text: str, another: bool) -> None:
    question = "Đã kết nạp bao nhiêu đoàn viên?"
    assert answers_another_verb(question, text, figure_spans(text)) is another


def test_verbs_that_offices_use_for_one_another_count_alike() -> None:
    text = "Tham gia ý kiến vào 15 dự thảo, được nhiều nơi đóng góp ý kiến"
    assert not answers_another_verb("Đã góp ý bao nhiêu dự thảo?", text, figure_spans(text))


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Giới thiệu 410 đoàn viên ưu tú cho Đảng xem xét, kết nạp", True),
        ("410 đoàn viên ưu tú được giới thiệu để Đảng kết nạp", True),
        ("410 đoàn viên ưu tú được bồi dưỡng, kết nạp", False),
        ("Kết nạp 410 đoàn viên ưu tú", False),
    ],
)
def test_what_is_counted_must_undergo_the_verb(text: str, another: bool) -> None:
    question = "Bao nhiêu đoàn viên ưu tú được kết nạp vào Đảng?"
    assert undergone_verb(question) == "ket nap"
    assert answers_another_verb(question, text, figure_spans(text)) is another
