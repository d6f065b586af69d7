"""Greetings, thanks, and questions about the library itself."""

from __future__ import annotations

import pytest

from search.asking.courtesy import ACKNOWLEDGED, FAREWELL, GREETING, THANKS, WHO, courteous_reply
from search.chat import Conversation
from search.documents.holdings import SHOWN, asks_for_holdings, holdings
from search.engine import Engine
from search.query import understand


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("Xin chào!", GREETING),
        ("chào bạn", GREETING),
        ("Chào buổi sáng ạ", GREETING),
        ("xin chao", GREETING),
        ("Dạ em cảm ơn anh nhiều ạ.", THANKS),
        ("ok cảm ơn", THANKS),
        ("Tạm biệt nhé", FAREWELL),
        ("OK", ACKNOWLEDGED),
        ("Bạn là ai thế?", WHO),
        ("bạn có thể giúp gì cho tôi", WHO),
        ("Hướng dẫn sử dụng", WHO),
    ],
)
def test_courtesies_are_met(message: str, reply: str) -> None:
    assert courteous_reply(message) == reply


@pytest.mark.parametrize(
    "question",
    [
        "Chào anh, ai ký kế hoạch 401?",
        "Công trình chào mừng đại hội gồm những gì?",
        "Công đoàn là gì?",
        "Công đoàn cơ sở làm gì?",
        "Hướng dẫn sử dụng kinh phí công đoàn",
        "Tổ chức lễ cảm ơn người lao động",
        "Ai được cảm ơn?",
    ],
)
def test_questions_are_no_courtesies(question: str) -> None:
    assert courteous_reply(question) is None


def test_a_courtesy_quotes_nothing_and_keeps_the_subject(engine: Engine) -> None:
    talk = Conversation(engine)
    talk.ask("Lai Châu phải giới thiệu bao nhiêu đoàn viên ưu tú cho Đảng trong năm 2023?")
    thanks = talk.ask("cảm ơn bạn").answer
    assert (thanks.text, thanks.courtesy, thanks.citations) == (THANKS, True, ())
    assert "780" in talk.ask("Thế năm 2021?").answer.text


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Kho có những văn bản nào?", True),
        ("Có bao nhiêu văn bản trong kho?", True),
        ("kho co nhung van ban nao", True),
        ("Liệt kê các kế hoạch năm 2023", True),
        ("Có những kế hoạch nào của LĐLĐ tỉnh Lai Châu?", True),
        ("Theo những nghị quyết nào?", False),
        ("Kho có những văn bản nào nói về bữa ăn ca?", False),
        ("Các kế hoạch năm 2023 đặt chỉ tiêu gì?", False),
        ("Văn bản nào nhắc đến 02-NQ/TW?", False),
    ],
)
def test_questions_about_the_library_are_told(question: str, asks: bool) -> None:
    assert asks_for_holdings(understand(question)) is asks


def test_the_library_is_listed_newest_first(engine: Engine) -> None:
    answer = engine.ask("Kho có những văn bản nào?").answer
    lines = answer.text.splitlines()
    assert lines[0] == f"Kho đang có {len(engine.documents())} văn bản:"
    assert "757/BC-LĐLĐ" in lines[1]
    assert "401/KH-LĐLĐ" in lines[2]
    assert all(engine.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)


def test_the_list_is_narrowed_by_year_type_and_place(engine: Engine) -> None:
    text = engine.ask("Liệt kê các kế hoạch của Lai Châu năm 2023").answer.text
    assert "401/KH-LĐLĐ" in text
    assert "757/BC" not in text
    assert "234/KH" not in text
    nothing = engine.ask("Liệt kê các kế hoạch của Lai Châu năm 2019").answer
    assert nothing.abstained
    assert "năm 2019" in nothing.text


def test_a_long_list_is_cut_and_says_so(engine: Engine) -> None:
    many = list(engine.documents()) * 2
    answer = holdings(understand("Kho có những văn bản nào?"), many)
    assert answer.text.splitlines()[-1] == f"… và {len(many) - SHOWN} văn bản khác."
