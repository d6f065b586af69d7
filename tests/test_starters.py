from __future__ import annotations

from corpus.records import Document, Letterhead, Target
from ui.starters import starter_questions


def target(subject: str, period: str | None = None, kind: str = "target") -> Target:
    return Target("II", kind, subject, ">=", "80", "%", period, 0, 1)  # type: ignore[arg-type]


def document(name: str, *targets: Target, **head: str) -> Document:
    return Document(name, f"{name}.txt", "", Letterhead(**head), targets=targets)  # type: ignore[arg-type]


FULL = {"number": "12/KH-LĐLĐ", "type": "Kế hoạch", "date": "2021-02-05", "title": "Thi đua", "signer": "A"}


def test_one_document_gives_one_question_of_each_kind() -> None:
    plan = document("a", target("Doanh nghiệp có công đoàn"), **FULL)
    assert starter_questions([plan]) == [
        "Chỉ tiêu doanh nghiệp có công đoàn năm 2021",
        "Ai ký Kế hoạch 12/KH-LĐLĐ?",
        "Kế hoạch 12/KH-LĐLĐ ban hành ngày nào?",
        "Kế hoạch 12/KH-LĐLĐ nói về việc gì?",
    ]


def test_documents_and_kinds_take_turns() -> None:
    second = document("b", **FULL | {"number": "3/BC-LĐLĐ", "type": "Báo cáo"})
    asked = starter_questions([document("a", target("cán bộ được tập huấn"), **FULL), second], limit=2)
    assert asked == ["Chỉ tiêu cán bộ được tập huấn năm 2021", "Ai ký Báo cáo 3/BC-LĐLĐ?"]


def test_nothing_is_asked_that_the_letterhead_does_not_answer() -> None:
    assert starter_questions([document("a", number="1/KH", type="Kế hoạch")]) == []
    assert starter_questions([document("a", title="Thi đua", date="2021-01-01", signer="A")]) == []
    assert starter_questions([]) == []


def test_only_targets_of_the_documents_year_that_read_well_are_asked_about() -> None:
    plan = document(
        "a",
        target("kết quả đã đạt được", kind="result"),
        target("mục tiêu đến cuối nhiệm kỳ", period="../2025"),
        target("ngắn"),
        target("một chủ thể rất dài " * 5),
        target("CĐCS đạt vững mạnh", period="2021"),
        date="2021-02-05",
    )
    assert starter_questions([plan]) == ["Chỉ tiêu CĐCS đạt vững mạnh năm 2021"]


def test_the_same_question_is_not_offered_twice() -> None:
    assert len(starter_questions([document("a", **FULL), document("b", **FULL)], limit=9)) == 3
