"""What is said beside an answer: sources that disagree, successors, documents that are only cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from tests.libraries import opened


def _plan(number: str, place: str, year: int, body: str) -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH {place.upper()}\n\nSố: {number}\n\n{place}, ngày 05 tháng 3 năm {year}\n\n"
        f"KẾ HOẠCH\nGiám sát năm {year}\n\nI. NỘI DUNG\n\n1. {body}\n\n"
        "2. Các cấp công đoàn báo cáo kết quả.\n\n"
        "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    plans = {
        "a": _plan(
            "11/KH-LĐLĐ", "Hà Giang", 2022,
            "Giám sát việc nêu gương theo Quy định số 77-QĐ/TW, ngày 10/5/2018 của Ban Bí thư.",
        ),
        "b": _plan(
            "12/KH-LĐLĐ", "Cà Mau", 2023,
            "Giám sát việc nêu gương theo Quyết định số 77-QĐ/TW, ngày 10/5/2018 của Bộ Chính trị.",
        ),
        "c": _plan(
            "13/KH-LĐLĐ", "Cà Mau", 2024,
            "Kế hoạch này thay thế Kế hoạch số 12/KH-LĐLĐ, ngày 05/3/2023 của LĐLĐ tỉnh Cà Mau.",
        ),
    }  # fmt: skip
    return opened(folder, **plans)


def test_sources_that_disagree_are_shown_with_their_words(library: Engine) -> None:
    answer = library.ask("Giám sát việc nêu gương theo Quy định 77-QĐ/TW ở đâu?").answer
    lines = answer.text.splitlines()
    at = lines.index("Lưu ý: các văn bản ghi loại văn bản của 77-QĐ/TW khác nhau:")
    assert set(lines[at + 1 : at + 3]) == {
        "- “Quy định” (Kế hoạch 11/KH-LĐLĐ, LĐLĐ tỉnh Hà Giang, mục I.1)",
        "- “Quyết định” (Kế hoạch 12/KH-LĐLĐ, LĐLĐ tỉnh Cà Mau, mục I.1)",
    }
    assert "Lưu ý: các văn bản ghi cơ quan ban hành của 77-QĐ/TW khác nhau:" in lines
    quotes = " ".join(c.quote for c in answer.citations)
    assert "của Ban Bí thư" in quotes
    assert "của Bộ Chính trị" in quotes


def test_a_successor_is_named(library: Engine) -> None:
    answer = library.ask("Ai ký Kế hoạch 12/KH-LĐLĐ?").answer
    assert answer.text.splitlines()[-1] == (
        "Lưu ý: 12/KH-LĐLĐ đã được thay thế (Kế hoạch 13/KH-LĐLĐ, LĐLĐ tỉnh Cà Mau, mục I.1)"
    )
    assert any("thay thế Kế hoạch số 12/KH-LĐLĐ" in c.quote for c in answer.citations)


def test_nothing_is_noted_where_sources_agree(library: Engine) -> None:
    assert "Lưu ý" not in library.ask("Ai ký Kế hoạch 11/KH-LĐLĐ?").answer.text


def test_a_document_that_is_only_cited_is_said_to_be_missing(library: Engine) -> None:
    answer = library.ask("77-QĐ/TW là văn bản gì?").answer
    assert answer.text.startswith("Kho không có văn bản 77-QĐ/TW; các văn bản sau nhắc tới:\n- ")
    assert {c.doc_id for c in answer.citations} == {"a", "b"}
