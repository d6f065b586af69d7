"""What a document's own structure answers: duties, parts, deadlines; abbreviations; which one to sum up."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.asking.expect import expected_spans
from search.chat import Conversation
from search.engine import Engine
from search.query import understand
from tests.libraries import opened

_PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 41/KH-LĐLĐ

Cà Mau, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Tháng Công nhân năm 2024

LĐLĐ tỉnh xây dựng kế hoạch tổ chức Tháng Công nhân như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Động viên công nhân thi đua lao động sản xuất trong các khu công nghiệp (KCN).

2. Hoạt động thiết thực, tiết kiệm.

II. TỔ CHỨC THỰC HIỆN

1. Liên đoàn Lao động tỉnh

- Văn phòng:

+ Chuẩn bị lễ phát động Tháng Công nhân.

+ Tổng hợp báo cáo của các đơn vị.

- Ban Tuyên giáo:

+ Biên soạn tài liệu tuyên truyền.

2. Công đoàn các khu công nghiệp

- Tổ chức đối thoại với người lao động.

- Gửi báo cáo kết quả về LĐLĐ tỉnh trước ngày 10/6/2024.

Nơi nhận:
- Ban Dân vận Tỉnh ủy;
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH


Trần Văn An
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    other = (
        _PLAN.replace("Số: 41", "Số: 42").replace("Tháng Công nhân", "Tết Sum vầy").replace("2024", "2025")
    )
    return opened(tmp_path_factory.mktemp("library"), a=_PLAN, b=other)


def test_a_body_is_given_all_its_tasks_and_no_others(library: Engine) -> None:
    answer = library.ask("Kế hoạch 41/KH-LĐLĐ giao Văn phòng làm gì?").answer
    assert answer.text.splitlines() == [
        "Văn phòng:",
        "- Chuẩn bị lễ phát động Tháng Công nhân.",
        "- Tổng hợp báo cáo của các đơn vị.",
        "(Kế hoạch 41/KH-LĐLĐ, LĐLĐ tỉnh Cà Mau, mục II.1)",
    ]
    assert all(library.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_body_named_by_a_heading_has_what_stands_below_it(library: Engine) -> None:
    said = library.ask("Công đoàn các khu công nghiệp phải làm gì theo kế hoạch 41?").answer.text
    assert said.startswith("Công đoàn các khu công nghiệp:\n- Tổ chức đối thoại")
    assert "Biên soạn" not in said


def test_a_body_without_a_heading_is_told_by_the_sentences_that_open_with_its_name(tmp_path: Path) -> None:
    more = (
        "3. Đảng đoàn Liên đoàn Lao động tỉnh phối hợp các cấp ủy chăm lo công nhân.\n\n"
        "4. Ủy ban nhân dân tỉnh phối hợp với Đảng đoàn Liên đoàn Lao động tỉnh.\n\nNơi nhận:"
    )
    engine = opened(tmp_path, a=_PLAN.replace("Nơi nhận:", more))
    assert engine.ask("Đảng đoàn LĐLĐ tỉnh Cà Mau phải làm gì?").answer.text == (
        "- Đảng đoàn Liên đoàn Lao động tỉnh phối hợp các cấp ủy chăm lo công nhân. "
        "(Kế hoạch 41/KH-LĐLĐ, LĐLĐ tỉnh Cà Mau, mục II.3)"
    )
    nobody = engine.ask("Ban Công nhân LĐLĐ tỉnh Cà Mau có nhiệm vụ gì?").answer
    assert nobody.abstained or nobody.unsure


def test_what_a_body_does_something_for_is_no_part_of_its_name(library: Engine) -> None:
    said = library.ask("Ban Tuyên giáo phải làm gì để chuẩn bị Tháng Công nhân năm 2024?").answer.text
    assert said.startswith("Ban Tuyên giáo:\n- Biên soạn tài liệu tuyên truyền.")


def test_the_kind_of_part_asked_for_may_stand_in_the_heading_above(tmp_path: Path) -> None:
    parts = (
        "I. NHIỆM VỤ, GIẢI PHÁP\n\n1. Chăm lo nhà ở công nhân các xí nghiệp\n\n"
        "1.1. Rà soát nhu cầu thuê trọ.\n\n1.2. Các giải pháp huy động vốn vay cho nhà ở công nhân.\n\n"
        "2. Nữ công\n\n2.1. Mở lớp ngoại ngữ.\n\nII. TỔ CHỨC"
    )
    asked = "Các giải pháp chăm lo nhà ở công nhân của Cà Mau gồm những gì?"
    said = opened(tmp_path, a=_PLAN.replace("II. TỔ CHỨC", parts)).ask(asked).answer.text
    assert said.startswith("Chăm lo nhà ở công nhân các xí nghiệp:\n- Rà soát nhu cầu thuê trọ")


def test_the_body_of_the_document_named_is_quoted(tmp_path: Path) -> None:
    own = (
        "+ Biên soạn tài liệu tuyên truyền.\n\n+ Dự thảo báo cáo chuyên đề: Chương trình số 51/CTr-TLĐ, ngày "
        "02/3/2023 của Tổng LĐLĐ Việt Nam.\n\n- Ban Tài chính:\n\n+ Dự thảo báo cáo chuyên đề về tài sản: "
        "Chương trình số 52/CTr-TLĐ, ngày 08/9/2023 của Tổng LĐLĐ Việt Nam."
    )
    text = _PLAN.replace("+ Biên soạn tài liệu tuyên truyền.", own)
    engine = opened(tmp_path, a=text)
    for number, board in (("51", "Ban Tuyên giáo"), ("52", "Ban Tài chính")):
        asked = f"Ban nào của LĐLĐ tỉnh dự thảo báo cáo chuyên đề Chương trình số {number}/CTr-TLĐ?"
        assert engine.ask(asked).answer.text.startswith(f"{board}: ")


def test_a_part_without_parts_is_given_itself_not_those_beside_it(tmp_path: Path) -> None:
    results = (
        "I. KẾT QUẢ\n\n1. Kết quả đạt được\n\nĐã trao 40 suất quà.\n\n2. Hạn chế và nguyên nhân\n\n"
        "Hạn chế: Một số nơi chưa tập hợp được công nhân ở các tổ sản xuất.\n\n"
        "Nguyên nhân: Cán bộ kiêm nhiệm.\n\n"
        "Trên đây là báo cáo của LĐLĐ tỉnh./.\n\nNơi nhận:"
    )
    text = _PLAN.replace("/KH-", "/BC-").replace("KẾ HOẠCH\nTháng", "BÁO CÁO\nTháng")
    engine = opened(tmp_path, a=text.split("I. MỤC ĐÍCH")[0] + results + text.split("Nơi nhận:")[1])
    said = engine.ask("Báo cáo 41 nêu những hạn chế gì?").answer.text
    assert said.splitlines()[:3] == [
        "Hạn chế và nguyên nhân:",
        "- Hạn chế: Một số nơi chưa tập hợp được công nhân ở các tổ sản xuất.",
        "- Nguyên nhân: Cán bộ kiêm nhiệm.",
    ]
    assert "Trên đây là" not in said


def test_a_body_that_no_plan_names_gets_no_list_of_tasks(library: Engine) -> None:
    answer = library.ask("Sở Tài chính phải làm gì theo kế hoạch 41?").answer
    assert answer.abstained or answer.unsure


def test_a_part_is_asked_for_by_its_heading(library: Engine) -> None:
    said = library.ask("Mục đích của kế hoạch Tháng Công nhân năm 2024").answer.text
    assert said.startswith("MỤC ĐÍCH, YÊU CẦU:\n- Động viên công nhân")
    assert said.endswith("mục I)")


def test_a_deadline_stands_in_bold(library: Engine) -> None:
    assert "trước ngày **10/6/2024**" in library.ask("Hạn nộp báo cáo kế hoạch 41 là khi nào?").answer.text


def test_a_summary_of_nothing_named_is_asked_back_but_not_after_an_answer(library: Engine) -> None:
    answer = library.ask("tóm tắt").answer
    assert answer.text.startswith("Anh/chị muốn tóm tắt văn bản nào?\n- ")
    assert answer.choices == ("a", "b")
    chat = Conversation(library)
    chat.ask("Ai ký Kế hoạch 42/KH-LĐLĐ?")
    assert {c.doc_id for c in chat.ask("tóm tắt").answer.citations} == {"b"}
    assert chat.ask("Ban Tuyên giáo làm gì?").answer.text.startswith("Ban Tuyên giáo:\n- Biên soạn")


def test_an_abbreviation_is_explained_as_a_document_defines_it(library: Engine) -> None:
    answer = library.ask("KCN là gì?").answer
    assert answer.text.startswith("KCN: **khu công nghiệp**\n(Kế hoạch 4")
    assert "khu công nghiệp (KCN)" in answer.citations[0].quote


def test_an_abbreviation_of_the_shipped_list_says_that_no_document_is_quoted(library: Engine) -> None:
    answer = library.ask("CĐCS viết tắt của từ gì?").answer
    assert answer.text.startswith("CĐCS: công đoàn cơ sở (theo danh mục")
    assert answer.courtesy
    assert not answer.citations


def test_two_days_are_one_date() -> None:
    line = "Đại hội dự kiến tổ chức ngày 12-13/10/2023"
    (span,) = expected_spans("date", understand("Đại hội tổ chức ngày nào?"), line)
    assert line[slice(*span)] == "12-13/10/2023"
