"""Two documents that give different figures for one thing: the answer says so, with both places."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from tests.libraries import opened

_SIGNED = "85% trở lên doanh nghiệp có tổ chức công đoàn ký kết được thỏa ước lao động tập thể"


def _plan(office: str, number: str, year: int, *body: str) -> str:
    items = "\n\n".join(f"{n}. {line}" for n, line in enumerate(body, 1))
    return (
        f"{office.upper()}\n\nSố: {number}\n\nCà Mau, ngày 05 tháng 3 năm {year}\n\nKẾ HOẠCH\n"
        f"Hoạt động công đoàn năm {year}\n\nI. CHỈ TIÊU\n\n{items}\n\n"
        "Nơi nhận:\n- Lưu: VT.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    texts = {
        "a": _plan(
            "Liên đoàn Lao động tỉnh Cà Mau", "31/KH-LĐLĐ", 2022,
            f"Đến năm 2025, {_SIGNED}.",
            "Năm 2022, kết nạp 900 đoàn viên công đoàn.",
        ),
        "b": _plan(
            "Liên đoàn Lao động tỉnh Cà Mau", "32/KH-LĐLĐ", 2023,
            f"Đến năm 2025, {_SIGNED.replace('85%', '80%')}.",
            "Năm 2023, kết nạp 950 đoàn viên công đoàn.",
        ),
        "c": _plan(
            "Liên đoàn Lao động huyện Năm Căn", "7/KH-LĐLĐ", 2022,
            "Theo Kế hoạch số 31/KH-LĐLĐ của LĐLĐ tỉnh, năm 2022 phấn đấu kết nạp 700 đoàn viên công đoàn.",
        ),
    }  # fmt: skip
    return opened(folder, **texts)


def test_another_figure_for_the_same_goal_is_named_with_its_place(library: Engine) -> None:
    answer = library.ask("Kế hoạch 31/KH-LĐLĐ: đến năm 2025 bao nhiêu % doanh nghiệp ký thỏa ước?").answer
    assert "**85%**" in answer.text
    assert "Lưu ý: văn bản khác ghi ≥ 80 % cho chỉ tiêu này (Kế hoạch 32/KH-LĐLĐ" in answer.text
    assert {c.doc_id for c in answer.citations} == {"a", "b"}
    assert all(library.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)


def test_goals_of_other_years_are_no_dispute(library: Engine) -> None:
    assert (
        "Lưu ý" not in library.ask("Kế hoạch 32/KH-LĐLĐ: năm 2023 kết nạp bao nhiêu đoàn viên?").answer.text
    )


def test_a_misquoted_document_is_quoted_beside_it(library: Engine) -> None:
    question = "Kế hoạch 7/KH-LĐLĐ của LĐLĐ huyện Năm Căn: năm 2022 kết nạp bao nhiêu đoàn viên?"
    answer = library.ask(question).answer
    assert "700" in answer.text
    assert "văn bản khác ghi 900 đoàn viên" in answer.text
    assert "31/KH-LĐLĐ" in answer.text.split("Lưu ý")[1]
