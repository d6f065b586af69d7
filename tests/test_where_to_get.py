"""Where a form or a file is to be had is told by an address or an annex, not by words that mention it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.engine import Engine
from search.query import understand
from search.ranking.ofwhat import asks_where_to_get, tells_where_to_get
from tests.fakes import HashEncoder

ONLINE = "Mẫu phiếu khảo sát nhà ở được đăng tại địa chỉ https://example.vn/phieu, mục Biểu mẫu."
ANNEX = "Công đoàn cơ sở lập danh sách theo biểu mẫu ở Phụ lục 2 kèm theo hướng dẫn này."
MENTIONS = "Tại hội nghị, công đoàn cơ sở phát mẫu đơn xin gia nhập công đoàn cho công nhân ở các xã."


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Mẫu phiếu khảo sát nhà ở tải ở đâu?", ONLINE, True),
        ("Xin link tải mẫu phiếu khảo sát nhà ở", ONLINE, True),
        ("Mẫu phiếu khảo sát nhà ở của LĐLĐ tỉnh Sơn La năm 2024 lấy ở đâu?", ONLINE, True),
        ("Mẫu phiếu khảo sát bữa ăn ca tải ở đâu?", ONLINE, False),  # the address of another form
        ("Lấy biểu mẫu danh sách ở đâu?", ANNEX, True),
        ("Biểu mẫu danh sách tải về ở đâu?", ANNEX, False),  # an annex is not downloaded
        ("Mẫu đơn xin gia nhập công đoàn tải ở đâu?", MENTIONS, False),
        ("Tải mẫu đơn xin gia nhập công đoàn ở đâu?", MENTIONS, False),
        ("Mẫu đơn xin gia nhập công đoàn lấy ở đâu?", MENTIONS, False),
    ],
)
def test_an_address_or_an_annex_tells_where_to_get_a_form(question: str, text: str, told: bool) -> None:
    query = understand(question)
    assert asks_where_to_get(query)
    assert tells_where_to_get(query, text) == told


@pytest.mark.parametrize(
    "question",
    ["Đơn vị nào đóng ở đâu?", "Nộp đơn xin gia nhập ở đâu?", "Hội nghị tổ chức ở đâu?"],
)
def test_other_questions_for_a_place_ask_for_no_file(question: str) -> None:
    assert not asks_where_to_get(understand(question))


def test_a_passage_that_mentions_a_form_is_no_plain_answer(tmp_path: Path) -> None:
    head = (
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH GIA LAI\n\nSố: 4/HD-LĐLĐ\n\nGia Lai, ngày 02 tháng 3 năm 2022\n\nHƯỚNG DẪN\n"
    )
    text = f"{head}Kết nạp đoàn viên\n\nI. NỘI DUNG\n\n1. {MENTIONS}\n\n2. {ONLINE}\n"
    Bundle.build(tmp_path, [document_from(ReadText(text), "hd", "hd.txt")], HashEncoder())
    engine = Engine(Bundle.open(tmp_path, HashEncoder()), Glossary.shipped())
    missing = engine.ask("Mẫu đơn xin gia nhập công đoàn tải ở đâu?").answer
    assert missing.unsure or missing.abstained, missing.text
    found = engine.ask("Mẫu phiếu khảo sát nhà ở tải ở đâu?").answer
    assert (found.unsure, found.abstained) == (False, False)
    assert "https://example.vn/phieu" in found.text
