"""Whose documents a question asks for: an office's figures are not given as another's."""

from __future__ import annotations

import pytest

from search.asking.offices import asked_issuers, is_issued_by, names_their_document, office_of
from search.engine import Engine
from tests.libraries import opened

_PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU
Số: 31/KH-LĐLĐ

Cà Mau, ngày 05 tháng 3 năm 2022

KẾ HOẠCH
Hoạt động công đoàn năm 2022

I. CHỈ TIÊU

1. Vận động 640 đoàn viên hiến máu tình nguyện.

2. Tuyên truyền Chỉ thị số 51-CT/TW, ngày 04/02/2020 của Ban Bí thư về phòng cháy trong nhà trọ công nhân.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH


Trần Văn An
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("offices"), a=_PLAN)


@pytest.mark.parametrize(
    ("question", "issuers"),
    [
        ("Kế hoạch của Tỉnh ủy Cà Mau đề ra gì?", ("Tỉnh ủy Cà Mau",)),
        ("Kế hoạch năm 2022 của UBND tỉnh Cà Mau", ("UBND tỉnh Cà Mau",)),
        ("Báo cáo quý III của Liên đoàn Lao động tỉnh Cà Mau", ("Liên đoàn Lao động tỉnh Cà Mau",)),
        ("Kế hoạch số 56 của Tổng Liên đoàn nói gì?", ("Tổng Liên đoàn",)),
        ("nghị quyết nào của bộ chính trị", ("bộ chính trị",)),
        ("văn bản do Ban Thường vụ Tỉnh ủy ban hành", ("Ban Thường vụ Tỉnh ủy",)),
        ("Kế hoạch thực hiện Nghị quyết 02 của Bộ Chính trị đề ra gì?", ()),
        ("Kế hoạch giao nhiệm vụ của LĐLĐ huyện thế nào?", ()),
        ("Báo cáo của công đoàn cơ sở gửi trước ngày nào?", ()),
        ("Nhiệm vụ của Tỉnh ủy là gì?", ()),
        ("Kế hoạch của phòng Tài chính", ()),
    ],
)
def test_offices_whose_documents_are_asked_for(question: str, issuers: tuple[str, ...]) -> None:
    assert asked_issuers(question) == issuers


def test_offices_are_told_apart_by_kind_and_level() -> None:
    assert office_of("Công đoàn tỉnh Cà Mau") == office_of("BCH Liên đoàn Lao động tỉnh Cà Mau")
    assert office_of("Liên đoàn Lao động huyện Năm Căn") != office_of("Liên đoàn Lao động tỉnh Cà Mau")
    assert office_of("Đảng đoàn Liên đoàn Lao động tỉnh") == "party-group"
    assert is_issued_by(("Tỉnh ủy Cà Mau",), office_of("Ban Thường vụ Tỉnh ủy Cà Mau"))
    assert not is_issued_by(("Tỉnh ủy Cà Mau",), office_of("Liên đoàn Lao động tỉnh Cà Mau"))
    assert is_issued_by(("Tỉnh ủy Cà Mau",), None)
    assert is_issued_by((), "union-province")


@pytest.mark.parametrize(
    ("types", "text", "named"),
    [
        (("Chỉ thị",), "Chỉ thị số 51-CT/TW, ngày 04/02/2020 của Ban Bí thư Trung ương Đảng", True),
        ((), "theo kế hoạch của Ban Bí thư về phòng cháy", True),
        (("Nghị quyết",), "Chỉ thị số 51-CT/TW của Ban Bí thư", False),
        (("Chỉ thị",), "Chỉ thị số 51 của Chủ tịch UBND tỉnh", False),
        (("Báo cáo",), "Tổng hợp, báo cáo Ban Bí thư trước ngày 05/12", False),  # to whom, not whose
        (("Chỉ thị",), "Học tập chỉ thị mới; ý kiến của Ban Bí thư", False),
    ],
)
def test_a_text_may_name_a_document_of_an_office(types: tuple[str, ...], text: str, named: bool) -> None:
    assert names_their_document(("Ban Bí thư",), types, text) == named


def test_an_offices_figure_is_not_given_as_anothers(library: Engine) -> None:
    asked = "Kế hoạch của {} năm 2022 đề ra bao nhiêu đoàn viên hiến máu tình nguyện?"
    own = library.ask(asked.format("LĐLĐ tỉnh Cà Mau"))
    assert "**640**" in own.answer.text
    assert "LĐLĐ tỉnh Cà Mau" in own.understood
    for other in ("UBND tỉnh Cà Mau", "Tỉnh ủy Cà Mau", "Tổng Liên đoàn", "LĐLĐ huyện Năm Căn"):
        answer = library.ask(asked.format(other)).answer
        assert answer.unsure or answer.abstained, other
        assert "**640**" not in answer.text
        assert f"rong kho chưa thấy văn bản nào của {other} nói về nội dung này. " in answer.text


def test_an_office_of_another_province_is_said_to_have_nothing(library: Engine) -> None:
    answer = library.ask(
        "Kế hoạch của LĐLĐ tỉnh Hà Giang đề ra bao nhiêu đoàn viên hiến máu tình nguyện?"
    ).answer
    assert answer.abstained
    assert (
        "Trong kho chưa thấy văn bản nào của LĐLĐ tỉnh Hà Giang nói về nội dung này. Gần nhất" in answer.text
    )


def test_words_that_only_name_an_office_are_not_what_its_document_says(library: Engine) -> None:
    answer = library.ask("Báo cáo của Ban Bí thư nói gì về phòng cháy trong nhà trọ công nhân?").answer
    assert answer.unsure
    assert "trong kho chưa thấy văn bản nào của Ban Bí thư nói về nội dung này" in answer.text


def test_what_a_document_says_of_one_it_cites_still_answers(library: Engine) -> None:
    answer = library.ask("Chỉ thị của Ban Bí thư về phòng cháy nhà trọ công nhân là chỉ thị số mấy?").answer
    assert not answer.unsure
    assert "51-CT/TW" in answer.text
