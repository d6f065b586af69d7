from __future__ import annotations

from corpus.records import Document, Letterhead, Section
from ui.chat.starters import starter_questions

FULL = {"number": "12/KH-LĐLĐ", "type": "Kế hoạch", "date": "2021-02-05", "title": "Thi đua", "signer": "A"}
TARGETS = "II. CHỈ TIÊU\n1. Giới thiệu 30 đoàn viên ưu tú để Đảng xem xét, kết nạp.\n"


def document(name: str, text: str = "", heading: str = "CHỈ TIÊU", **head: str) -> Document:
    at = text.find("\n") + 1
    sections = (Section("II", heading, 1, 0, at), Section("II.1", "", 2, at, len(text))) if text else ()
    return Document(name, f"{name}.txt", text, Letterhead(**head), sections)  # type: ignore[arg-type]


def test_one_document_gives_one_question_of_each_kind() -> None:
    assert starter_questions([document("a", TARGETS, **FULL)]) == [
        "Chỉ tiêu giới thiệu đảng viên năm 2021",
        "Ai ký Kế hoạch 12/KH-LĐLĐ?",
        "Kế hoạch 12/KH-LĐLĐ ban hành ngày nào?",
        "Kế hoạch 12/KH-LĐLĐ nói về việc gì?",
    ]


def test_documents_and_kinds_take_turns() -> None:
    second = document("b", **FULL | {"number": "3/BC-LĐLĐ", "type": "Báo cáo"})
    assert starter_questions([document("a", TARGETS, **FULL), second], limit=3) == [
        "Chỉ tiêu giới thiệu đảng viên năm 2021",
        "Ai ký Báo cáo 3/BC-LĐLĐ?",
        "Kế hoạch 12/KH-LĐLĐ ban hành ngày nào?",
    ]


def test_nothing_is_asked_that_the_letterhead_does_not_answer() -> None:
    assert starter_questions([document("a", number="1/KH", type="Kế hoạch")]) == []
    assert starter_questions([document("a", title="Thi đua", date="2021-01-01", signer="A")]) == []
    assert starter_questions([]) == []


def test_a_target_is_asked_about_only_where_a_section_of_targets_names_it() -> None:
    assert starter_questions([document("a", TARGETS, heading="NHIỆM VỤ", date="2021-02-05")]) == []
    assert starter_questions([document("a", TARGETS)]) == []
    other = "II. CHỈ TIÊU\n1. Trồng 500 cây xanh.\n"
    assert starter_questions([document("a", other, date="2021-02-05")]) == []
    assert starter_questions([document("a", TARGETS, date="2024-02-05")]) == [
        "Chỉ tiêu giới thiệu đảng viên năm 2024"
    ]


def test_the_same_question_is_not_offered_twice() -> None:
    assert len(starter_questions([document("a", **FULL), document("b", **FULL)], limit=9)) == 3
