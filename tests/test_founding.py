"""A day is that of the founding asked for: of several bodies a sentence names, each has its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.words.glossary import Glossary
from corpus.words.tokens import find_dates
from index.bundle import Bundle
from search.asking.founding import founding_dates, founding_question, whose_founding
from search.engine import Engine
from tests.fakes import HashEncoder

JUBILEES = (
    "Chào mừng 40 năm ngày chia tách, thành lập tỉnh Gia Lai (01/02/1982 - 01/02/2022), 70 năm ngày "
    "thành lập Công đoàn tỉnh Gia Lai (05/6/1952 - 05/6/2022) và 80 năm ngày "
    "thành lập Đảng bộ tỉnh (09/9/1942)."
)


@pytest.mark.parametrize(
    ("question", "text", "days"),
    [
        ("Công đoàn tỉnh Gia Lai thành lập ngày nào?", JUBILEES, ["05/6/1952"]),
        ("ldld tinh gia lai ra doi khi nao", JUBILEES, ["05/6/1952"]),
        (
            "Tỉnh Gia Lai thành lập ngày nào?",
            f"{JUBILEES} Kỷ niệm ngày thành lập tỉnh (24/5/1932).",
            ["24/5/1932"],  # split and set up anew much later
        ),
        ("Tỉnh Gia Lai chia tách, thành lập ngày nào?", JUBILEES, ["01/02/1982"]),
        ("Cho hỏi tỉnh Gia Lai được thành lập ngày nào?", JUBILEES, ["01/02/1982"]),
        ("Ngày thành lập Đảng bộ tỉnh Gia Lai là ngày nào?", JUBILEES, ["09/9/1942"]),
        ("Công đoàn Việt Nam thành lập ngày nào?", JUBILEES, []),
        ("70 năm thành lập Công đoàn tỉnh Gia Lai là ngày nào?", JUBILEES, ["05/6/1952", "05/6/2022"]),
        (
            "Kỷ niệm 70 năm ngày thành lập LĐLĐ tỉnh Gia Lai vào ngày nào?",
            JUBILEES,
            ["05/6/1952", "05/6/2022"],
        ),
        ("Ngày kỷ niệm thành lập Công đoàn tỉnh Gia Lai là ngày nào?", JUBILEES, ["05/6/1952"]),
        ("40 năm thành lập tỉnh Gia Lai là ngày nào", JUBILEES, ["01/02/1982", "01/02/2022"]),
        ("90 năm thành lập tỉnh Gia Lai là ngày nào", JUBILEES, []),  # of no such jubilee
        ("80 nam thanh lap Dang bo tinh Gia Lai la ngay nao", JUBILEES, ["09/9/1942"]),
        (
            "Trong 5 năm thành lập công đoàn cơ sở phải báo cáo trước ngày nào?",  # of no founding
            "Thành lập công đoàn cơ sở xong, báo cáo trước ngày 15/7/2024.",
            ["15/7/2024"],
        ),
        ("Công đoàn huyện Kbang thành lập ngày nào?", JUBILEES, []),
        (
            "CĐCS Trường Kim Đồng thành lập ngày nào?",
            "Ngày 03/4/2019, công đoàn cơ sở Trường Kim Đồng được thành lập.",
            ["03/4/2019"],
        ),
        (
            "CĐCS Trường Kim Đồng thành lập ngày nào?",
            "Ngày 03/4/2019, công đoàn cơ sở Trường Lê Lợi được thành lập.",
            [],
        ),
        (
            "Doanh nghiệp phải thành lập công đoàn trước ngày nào?",  # of no founding
            "Thành lập công đoàn trước ngày 01/7/2024, báo cáo trước ngày 15/7/2024.",
            ["01/7/2024", "15/7/2024"],
        ),
    ],
)
def test_a_day_is_of_the_body_whose_founding_is_asked(question: str, text: str, days: list[str]) -> None:
    dates = [(start, end) for start, end, _ in find_dates(text)]
    assert [text[a:b].removeprefix("ngày ") for a, b in founding_dates(question, text, dates)] == days


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("Công đoàn Việt Nam thành lập ngày nào?", "cong doan viet nam"),
        ("cho em hỏi Công đoàn tỉnh Sơn La ra đời năm nào ạ", "cong doan tinh"),
        ("LĐLĐ Sơn La thành lập khi nào?", "cong doan tinh"),
        ("Hội Nông dân tỉnh Sơn La thành lập khi nào?", "hoi nong dan tinh"),
        ("Quyết định thành lập ban chỉ đạo ban hành ngày nào?", None),
        ("Hội nghị tổ chức ngày nào?", None),
    ],
)
def test_whose_founding_a_question_asks_for(question: str, body: str | None) -> None:
    assert whose_founding(question) == body


@pytest.mark.parametrize(
    ("words", "body"),
    [("Còn Đảng bộ tỉnh thì sao?", "dang bo tinh"), ("Thế Sơn La?", "cong doan tinh")],
)
def test_a_question_that_leans_on_one_before_asks_for_a_founding_too(words: str, body: str) -> None:
    before = "Công đoàn tỉnh thành lập ngày nào?"
    assert whose_founding(founding_question(words, "Ai ký?")) is None
    assert whose_founding(founding_question(words, before)) == body
    own = "Đảng bộ tỉnh thành lập năm nào?"
    assert founding_question(own, before) == own


def test_the_founding_of_another_body_is_no_answer(tmp_path: Path) -> None:
    text = (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH GIA LAI\n\nSố: 4/KH-LĐLĐ\n\nGia Lai, ngày 02 tháng 3 năm 2022\n\nKẾ HOẠCH\n"
    )
    text += f"Chào mừng các ngày lễ\n\nI. MỤC ĐÍCH\n\n1. {JUBILEES}\n"
    Bundle.build(tmp_path, [document_from(ReadText(text), "le", "le.txt")], HashEncoder())
    engine = Engine(Bundle.open(tmp_path, HashEncoder()), Glossary.shipped())
    told = engine.ask("Công đoàn tỉnh Gia Lai thành lập ngày nào?").answer
    assert "**05/6/1952**" in told.text
    assert told.text.count("**") == 2
    other = engine.ask("Hội Nông dân tỉnh Gia Lai thành lập ngày nào?").answer
    assert other.abstained or other.unsure
