"""Follow-ups that point to a document, want more of it, or turn to another; and numbers that fit several."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search.answering.details import AND_MORE, MOST_WORDS, section_answer
from search.chat import Conversation, asks_for_detail, leans, points_to_document
from search.documents.sources import quotation
from search.engine import Engine
from search.query import understand
from tests.libraries import opened


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("Chi tiết mục đó", True),
        ("cho xem đầy đủ đoạn đó", True),
        ("Đọc tiếp đi", True),
        ("chi tiet muc do", True),
        ("Chi tiết kinh phí năm 2023", False),
        ("Chỉ tiêu cụ thể là bao nhiêu?", False),
    ],
)
def test_wanting_more_of_the_words_quoted(question: str, wants: bool) -> None:
    assert asks_for_detail(understand(question)) is wants


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("Văn bản đó ban hành ngày nào?", True),
        ("ke hoach nay co chi tieu gi", True),
        ("Kế hoạch năm 2023 có chỉ tiêu gì?", False),
        ("Kế hoạch 401/KH-LĐLĐ đó ai ký?", False),
    ],
)
def test_pointing_to_one_document(question: str, points: bool) -> None:
    assert points_to_document(understand(question)) is points


def test_another_documents_serial_is_no_follow_up() -> None:
    assert not leans(understand("Kế hoạch 234 do ai ký?"))
    assert leans(understand("Thế kế hoạch 234 thì sao?"))


def test_the_signer_is_of_the_document_named_now(engine: Engine) -> None:
    talk = Conversation(engine)
    talk.ask("Chỉ tiêu kết nạp đoàn viên của Quảng Trị đến năm 2025?")
    assert "Nguyễn Thị Thiện" in talk.ask("Kế hoạch 234 do ai ký?").answer.text
    assert "19/3/2021" in talk.ask("Văn bản đó ban hành ngày nào?").answer.text


def test_a_question_about_that_document_is_answered_from_it_alone(engine: Engine) -> None:
    talk = Conversation(engine)
    talk.ask("Ai ký kế hoạch 401/KH-LĐLĐ?")
    answer = talk.ask("Kế hoạch đó có những chỉ tiêu gì?").answer
    assert "500" in answer.text
    assert {c.doc_id for c in answer.citations} == {"ke-hoach-401-2023-lai-chau"}


def test_more_of_a_section_is_its_own_words(engine: Engine) -> None:
    talk = Conversation(engine)
    quoted = talk.ask(
        "Lai Châu phải giới thiệu bao nhiêu đoàn viên ưu tú cho Đảng năm 2023?"
    ).answer.citations[0]
    answer = talk.ask("Chi tiết mục đó").answer
    document = engine.document(quoted.doc_id)
    section = document.section_at(quoted.start)
    assert section is not None
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)
    assert all(section.start <= c.start and c.end <= section.end for c in answer.citations)
    assert any(c.start <= quoted.start and quoted.end <= c.end for c in answer.citations)


def test_a_long_section_is_cut_and_says_so(engine: Engine) -> None:
    document = max(engine.documents(), key=lambda d: max(s.end - s.start for s in d.sections))
    longest = max(document.sections, key=lambda s: s.end - s.start)
    many = "Một câu dài thêm vào mục này để mục dài quá một câu trả lời. " * 60
    long = replace(
        document,
        text=document.text[: longest.end] + many,
        sections=(replace(longest, end=longest.end + len(many)),),
        targets=(),
        citations=(),
        footnotes=(),
    )
    answer = section_answer(long, quotation(long, longest.start, longest.start + 50))
    assert answer.text.endswith(AND_MORE)
    assert len(answer.text.split()) < MOST_WORDS + 150


def _plan(number: str, place: str, day: int) -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH {place.upper()}\n\nSố: {number}\n\n"
        f"{place}, ngày {day:02d} tháng 3 năm 2024\n\n"
        f"KẾ HOẠCH\nTổ chức Tháng Công nhân năm 2024\n\nI. MỤC ĐÍCH\n\n1. Chăm lo cho đoàn viên.\n\n"
        f"TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn {'An' if day == 1 else 'Bình'}\n"
    )


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    plans = {"a": _plan("18/KH-LĐLĐ", "Hà Giang", 1), "b": _plan("18/KH-LĐLĐ", "Cà Mau", 2)}
    return opened(tmp_path_factory.mktemp("twins"), **plans)


def test_a_number_of_two_documents_is_asked_back(twins: Engine) -> None:
    answer = twins.ask("Ai ký kế hoạch 18/KH-LĐLĐ?").answer
    assert answer.choices == ("a", "b")
    assert "Anh/chị hỏi văn bản nào?" in answer.text
    assert "Hà Giang" in answer.text
    assert "Cà Mau" in answer.text


def test_a_place_tells_them_apart(twins: Engine) -> None:
    assert "Trần Văn Bình" in twins.ask("Ai ký kế hoạch 18/KH-LĐLĐ của Cà Mau?").answer.text


def test_the_reply_to_the_question_back_is_understood(twins: Engine) -> None:
    talk = Conversation(twins)
    assert talk.ask("Ai ký kế hoạch 18/KH-LĐLĐ?").answer.choices
    assert "Trần Văn An" in talk.ask("Của Hà Giang").answer.text


def _due(number: str, cited: str, due: str) -> str:
    return (
        f"LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU\n\nSố: {number}\n\nCà Mau, ngày 05 tháng 3 năm 2022\n\n"
        f"KẾ HOẠCH\nSơ kết phong trào thi đua\n\nThực hiện {cited}, tỉnh ban hành kế hoạch như sau:\n\n"
        "I. NỘI DUNG\n\n1. Tổ chức sơ kết ở cơ sở trong tháng 9.\n\n2. Gửi báo cáo kết quả về Liên đoàn "
        f"Lao động tỉnh trước ngày {due}.\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\n\nTrần Văn An\n"
    )


def test_the_same_is_asked_of_another_document(tmp_path: Path, engine: Engine) -> None:
    texts = {
        "a": _due("31/KH-LĐLĐ", "Kế hoạch số 7/KH-TLĐ, ngày 02/01/2022", "10/12/2022"),
        "b": _due("32/KH-LĐLĐ", "Kế hoạch số 32/KH-TLĐ, ngày 03/02/2022", "20/11/2022"),
    }
    chat = Conversation(opened(tmp_path, like=engine, **texts))
    assert "**10/12/2022**" in chat.ask("Kế hoạch 31 hạn báo cáo ngày nào?").answer.text
    answer = chat.ask("còn KH 32?").answer
    assert "**20/11/2022**" in answer.text
    assert "03/02" not in answer.text
    assert "**10/12/2022**" in chat.ask("thế kế hoạch 31 thì sao").answer.text


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Tổng số CĐCS ở Lai Châu", True),
        ("tong so cdcs o lai chau", True),
        ("Lai Châu kết nạp bao nhiêu đoàn viên?", True),
        ("Lai Châu kiểm tra bao nhiêu cuộc?", False),  # of what kind, the question before may tell
        ("Tỷ lệ ở Lai Châu?", False),  # of what, the question before told
        ("Còn CĐCS ở Lai Châu?", False),
        ("Tổng số CĐCS", False),
        ("Lai Châu thì sao?", False),
    ],
)
def test_a_short_question_that_says_what_and_where_is_no_follow_up(
    engine: Engine, question: str, alone: bool
) -> None:
    assert leans(engine.understand(question)) is not alone
