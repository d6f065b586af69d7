"""Admission to the union and to the Party: nearly the same words, never each other's figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.text import fold
from search.engine import Engine
from search.ranking.admission import admits_into
from tests.libraries import opened
from tests.plans import plan, report


@pytest.mark.parametrize(
    ("words", "into"),
    [
        ("Chỉ tiêu kết nạp đoàn viên", ["union"]),
        ("Kết nạp thêm ít nhất 900 đoàn viên công đoàn", ["union"]),
        ("Phát triển mới 1.100 đoàn viên", ["union"]),
        ("Có bao nhiêu đoàn viên được kết nạp?", ["union"]),
        ("Vận động 80% công nhân gia nhập tổ chức công đoàn", ["union"]),
        ("Giới thiệu 410 đoàn viên ưu tú cho Đảng bồi dưỡng, kết nạp", ["party"]),
        ("Bao nhiêu đoàn viên được kết nạp vào Đảng?", ["party"]),
        ("Kết nạp đoàn viên công đoàn ưu tú", ["party"]),
        ("Phát triển đảng viên trong công nhân", ["party"]),
        ("Kết nạp 900 đoàn viên, giới thiệu 40 người cho cấp ủy", ["party", "union"]),
        ("Kết nạp ít nhất 50 người", []),
        ("Tặng quà cho đoàn viên", []),
    ],
)
def test_into_what_words_admit(words: str, into: list[str]) -> None:
    assert sorted(admits_into(fold(words))) == into


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, engine: Engine) -> Engine:
    documents = {
        "kh2021": plan(2021, ["Giới thiệu 410 đoàn viên ưu tú cho Đảng xem xét, bồi dưỡng, kết nạp."]),
        "kh2022": plan(
            2022, ["Kết nạp mới 900 đoàn viên công đoàn.", "Kiểm tra 100% CĐCS có dấu hiệu vi phạm."]
        ),
        "kh2023": plan(2023, ["Giới thiệu 520 đoàn viên ưu tú cho Đảng xem xét, bồi dưỡng, kết nạp."]),
        "bc2023": report(
            2023, ["Đã thực hiện đạt 8/10 chỉ tiêu trên giao.", "Thăm hỏi 30 đoàn viên mới ốm dậy."]
        ),
    }
    texts = {name: document.text for name, document in documents.items()}
    return opened(tmp_path_factory.mktemp("admission"), like=engine, **texts)


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Chỉ tiêu giới thiệu đảng viên năm 2021", "**410**"),
        ("Chỉ tiêu kết nạp đoàn viên năm 2022", "**900**"),
    ],
)
def test_the_target_of_the_admission_asked_for(library: Engine, question: str, figure: str) -> None:
    answer = library.ask(question).answer
    assert figure in answer.text
    assert not answer.unsure


@pytest.mark.parametrize(
    "question",
    [
        "Chỉ tiêu kết nạp đoàn viên năm 2021",
        "Năm 2021 kết nạp bao nhiêu đoàn viên?",
        "So sánh chỉ tiêu kết nạp đoàn viên năm 2021 và năm 2023",
        "Chỉ tiêu giới thiệu đảng viên năm 2022",
        "Chỉ tiêu thành lập công đoàn cơ sở năm 2022",  # 100 % of them are inspected, none founded
    ],
)
def test_no_figure_of_another_admission_or_deed_is_given_plainly(library: Engine, question: str) -> None:
    answer = library.ask(question).answer
    assert answer.unsure or answer.abstained


def test_targets_reached_are_no_target_of_what_is_asked(tmp_path: Path, engine: Engine) -> None:
    said = "Tập trung phát triển đoàn viên mới, đôn đốc các đơn vị (8/10 chỉ tiêu cấp trên giao đã đạt)."
    library = opened(tmp_path, like=engine, a=report(2023, [said]).text)
    answer = library.ask("Chỉ tiêu phát triển đoàn viên mới năm 2023").answer
    assert answer.unsure or answer.abstained
    assert "**" not in answer.text


def test_what_is_compared_is_cited_before_what_dates_it(library: Engine) -> None:
    answer = library.ask("So sánh chỉ tiêu giới thiệu đoàn viên ưu tú năm 2021 và năm 2023").answer
    assert [figure in c.quote for figure, c in zip(("410", "520"), answer.citations, strict=False)] == [
        True,
        True,
    ]
    assert len(answer.citations) > 2
