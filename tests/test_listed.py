"""Lists of places: who carries a document out, who only mentions it; lines that begin where words do."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.engine import Engine
from tests.libraries import opened

_LONG = (
    "Các cấp công đoàn tiếp tục đổi mới nội dung, phương thức hoạt động, hướng về cơ sở, chăm lo đời sống "
    "đoàn viên, người lao động, nhất là lao động nữ và lao động có hoàn cảnh khó khăn; "
)


def _document(kind: str, number: str, title: str, opening: str, body: str) -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU\n\nSố: {number}\n\nCà Mau, ngày 05 tháng 3 năm 2024\n\n"
        f"{kind}\n{title}\n\n{opening}\n\nI. NỘI DUNG\n\n1. {body}\n\n"
        "2. Các cấp công đoàn báo cáo kết quả.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    texts = {
        "a": _document(
            "KẾ HOẠCH", "21/KH-LĐLĐ", "Thực hiện Chỉ thị số 88-CT/TW về nhà ở công nhân",
            "Thực hiện Chỉ thị số 88-CT/TW, ngày 02/5/2023 của Ban Bí thư, LĐLĐ tỉnh xây dựng kế hoạch.",
            "Rà soát nhu cầu thuê nhà ở của công nhân trong các khu công nghiệp.",
        ),
        "b": _document(
            "BÁO CÁO", "22/BC-LĐLĐ", "Hoạt động công đoàn quý I năm 2024",
            "LĐLĐ tỉnh báo cáo kết quả hoạt động.",
            _LONG + "triển khai thực hiện Chỉ thị số 88-CT/TW của Ban Bí thư tới công đoàn cơ sở.",
        ),
        "c": _document(
            "BÁO CÁO", "23/BC-LĐLĐ", "Công tác tuyên giáo năm 2024", "LĐLĐ tỉnh báo cáo kết quả tuyên giáo.",
            _LONG + "cán bộ công đoàn được nghe giới thiệu Chỉ thị số 88-CT/TW và Chỉ thị số 89-CT/TW.",
        ),
    }  # fmt: skip
    return opened(folder, **texts)


def test_who_carries_a_document_out_stands_apart_from_who_only_mentions_it(library: Engine) -> None:
    answer = library.ask("Văn bản nào triển khai Chỉ thị 88-CT/TW?").answer
    lines = answer.text.splitlines()
    heads = [line for line in lines if line.endswith(":")]
    assert heads == [
        "Được ban hành để triển khai, thực hiện:",
        "Có nội dung triển khai, thực hiện:",
        "Chỉ nhắc tới, không nói việc triển khai:",
    ]
    assert [c.doc_id for c in answer.citations] == ["a", "b", "c"]
    assert [len(lines), lines[2], lines[4]] == [6, heads[1], heads[2]]


def test_a_question_who_mentions_it_has_one_list(library: Engine) -> None:
    answer = library.ask("Những văn bản nào nhắc tới Chỉ thị 88-CT/TW?").answer
    assert all(line.startswith("- ") for line in answer.text.splitlines())
    assert {c.doc_id for c in answer.citations} == {"a", "b", "c"}


def test_where_nobody_carries_it_out_the_answer_says_so(library: Engine) -> None:
    answer = library.ask("Văn bản nào triển khai Chỉ thị 89-CT/TW?").answer
    head = "Chưa thấy văn bản nào trong kho nói việc triển khai 89-CT/TW; các văn bản sau nhắc tới:"
    assert answer.text.startswith(f"{head}\n- ")


@pytest.mark.parametrize("issuer", ["Ban Bí thư", "Ban bí thư Trung ương Đảng"])
def test_who_issued_a_document_is_part_of_its_name(library: Engine, issuer: str) -> None:
    said = library.ask(f"chỉ thị 89-CT/TW của {issuer}").answer.text
    assert said.startswith("Kho không có văn bản 89-CT/TW; các văn bản sau nhắc tới:\n- ")


def test_a_line_begins_with_the_clause_that_names_the_document(library: Engine) -> None:
    lines = library.ask("Những văn bản nào nhắc tới Chỉ thị 88-CT/TW?").answer.text.splitlines()
    reported = next(line for line in lines if "(Báo cáo 22/BC-LĐLĐ" in line)
    assert reported.startswith("- … triển khai thực hiện Chỉ thị số 88-CT/TW của Ban Bí thư tới")


def test_the_directive_asked_for_is_what_stands_in_bold(library: Engine) -> None:
    said = library.ask("Chỉ thị nào về nhà ở công nhân?").answer.text
    assert "**88-CT/TW**" in said
    assert "**" not in library.ask("Những văn bản nào nhắc tới Chỉ thị 88-CT/TW?").answer.text
