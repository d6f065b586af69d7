"""A body's tasks are quoted from under its name; an abbreviation where it is written out."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import QueryError
from search.chat import Conversation
from search.engine import Engine
from search.query import understand
from tests.libraries import opened

PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG

Số: 88/KH-LĐLĐ

Hà Giang, ngày 14 tháng 5 năm 2025

KẾ HOẠCH
Tổ chức Tháng Công nhân năm 2025

Thực hiện quy chế làm việc của cơ quan, các đơn vị phối hợp lập tổ tự quản bờ sông (TTQBS) ở nơi cần thiết.

I. TỔ CHỨC THỰC HIỆN

- Văn phòng:

+ Chuẩn bị hội trường và giấy mời.

+ Tổng hợp báo cáo gửi Thường trực.

- Ban Tài chính: Dự trù kinh phí; thanh toán trong tháng 6.

- Ban Nữ công:

+ Vận động nữ công nhân khám sức khỏe.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Thị Mai
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("assigned"), plan=PLAN)


def test_all_items_under_a_body_are_quoted_and_no_others(engine: Engine) -> None:
    answer = engine.ask("Kế hoạch 88/KH-LĐLĐ giao Văn phòng làm gì?").answer
    assert answer.text.splitlines()[:3] == [
        "Văn phòng:",
        "- Chuẩn bị hội trường và giấy mời.",
        "- Tổng hợp báo cáo gửi Thường trực.",
    ]
    document = engine.document(answer.citations[0].doc_id)
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_follow_up_that_names_another_body_gets_that_bodys_tasks(engine: Engine) -> None:
    conversation = Conversation(engine)
    conversation.ask("Kế hoạch 88/KH-LĐLĐ giao Văn phòng làm gì?")
    answer = conversation.ask("Thế còn Ban Tài chính?").answer
    assert "Dự trù kinh phí; thanh toán trong tháng 6." in answer.text
    assert "giấy mời" not in answer.text


def test_a_body_without_tasks_gets_none(engine: Engine) -> None:
    assert "giấy mời" not in engine.ask("Ban Tổ chức phải làm gì?").answer.text.splitlines()[0]


def test_an_abbreviation_is_quoted_where_it_is_written_out(engine: Engine) -> None:
    answer = engine.ask("TTQBS nghĩa là gì?").answer
    assert [citation.quote for citation in answer.citations] == ["tổ tự quản bờ sông (TTQBS)"]
    assert answer.text.startswith("TTQBS: **tổ tự quản bờ sông**")


def test_an_abbreviation_that_no_document_writes_out_is_said_to_be_the_programs_own(engine: Engine) -> None:
    answer = engine.ask("CĐCS là gì?").answer
    assert answer.text.startswith("CĐCS: công đoàn cơ sở (theo danh mục chữ viết tắt của chương trình")
    assert answer.courtesy
    assert not answer.citations


def test_an_unknown_abbreviation_is_looked_up_like_any_word(engine: Engine) -> None:
    assert "theo danh mục" not in engine.ask("QXZK là gì?").answer.text


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Đại hội diễn ra ngày nào?", "date"),
        ("Kế hoạch này ra ngày nào?", "issue_date"),
        ("Cho nhà ấy mấy triệu?", "money"),
        ("Phải giữ chức bao lâu?", "frequency"),
    ],
)
def test_kinds_told_by_the_words_around(question: str, kind: str) -> None:
    assert understand(question).asks == kind


def test_a_day_asked_for_is_not_answered_by_another_day(tmp_path: Path) -> None:
    said = "Mức bồi dưỡng trực từ ngày 01/3/2024 là 150.000 đồng mỗi ngày."
    text = PLAN.replace("Thực hiện quy chế làm việc", f"{said}\n\nThực hiện quy chế làm việc")
    engine = opened(tmp_path, a=text)
    same = engine.ask("Mức bồi dưỡng trực từ ngày 01/3/2024 là bao nhiêu tiền?").answer
    other = engine.ask("Mức bồi dưỡng trực từ ngày 01/3/2025 là bao nhiêu tiền?").answer
    assert "**150.000 đồng**" in same.text
    assert other.unsure or other.abstained


def test_a_number_is_not_taken_for_one_of_another_office(engine: Engine) -> None:
    own = engine.ask("Kế hoạch số 88 ban hành ngày nào?").answer
    other = engine.ask("Kế hoạch số 88 của Tổng Liên đoàn ban hành ngày nào?").answer
    assert "**14/5/2025**" in own.text
    assert "Ngày ban hành" not in other.text


@pytest.mark.parametrize("question", ["Trong kho có văn bản nào mới nhất?", "Có gì mới không?"])
def test_the_newest_documents_are_named_by_their_date(engine: Engine, question: str) -> None:
    first, second = engine.ask(question).answer.text.splitlines()[:2]
    assert first == "Văn bản trong kho, ngày ban hành mới nhất trước:"
    assert second.startswith("- Kế hoạch số 88/KH-LĐLĐ ngày 14/5/2025")


def test_what_is_new_in_a_document_is_no_question_about_the_library(engine: Engine) -> None:
    answer = engine.ask("Kế hoạch 88/KH-LĐLĐ có gì mới về nữ công nhân?").answer
    assert "mới nhất trước" not in answer.text


def test_a_question_too_long_is_told_its_length() -> None:
    with pytest.raises(QueryError, match=r"Câu hỏi dài 2\.500 ký tự, nhiều hơn 2\.000 ký tự cho phép"):
        understand("a" * 2500)
