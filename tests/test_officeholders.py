"""Who holds an office is told by signatures: of that office and body, newest first, and by nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.chat import Conversation
from search.documents.officeholders import body_name
from search.engine import Engine
from search.query import understand
from search.ranking.ofwhat import is_of_another_post
from tests.fakes import HashEncoder

_BODY = (
    "KẾ HOẠCH\nChăm lo đoàn viên\n\nI. NỘI DUNG\n\n1. Thăm hỏi đoàn viên ốm đau.\n\nNơi nhận:\n- Lưu: VT.\n"
)
_UNION = "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM\nLIÊN ĐOÀN LAO ĐỘNG TỈNH"
# name -> (letterhead, number, place and date, lines of the signature)
_DOCUMENTS = {
    "old": (f"{_UNION} GIA LAI", "5/KH-LĐLĐ", "Gia Lai, ngày 02 tháng 3 năm 2021",
            "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Tám"),
    "new": (f"{_UNION} GIA LAI", "9/KH-LĐLĐ", "Gia Lai, ngày 07 tháng 8 năm 2024",
            "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nĐỗ Thị Chín"),
    "deputy": (f"{_UNION} GIA LAI", "11/KH-LĐLĐ", "Gia Lai, ngày 09 tháng 9 năm 2024",
               "TM. BAN THƯỜNG VỤ\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nVõ Văn Mười"),
    "steering": (f"{_UNION} KON TUM", "3/KH-LĐLĐ", "Kon Tum, ngày 05 tháng 5 năm 2023",
                 "TM. HỘI ĐỒNG THI ĐUA\nCHỦ TỊCH\n\nHồ Văn Bảy"),
    "state": ("ỦY BAN NHÂN DÂN\nTỈNH GIA LAI", "70/KH-UBND", "Gia Lai, ngày 01 tháng 7 năm 2023",
              "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Thị Sáu"),
    "district": ("LIÊN ĐOÀN LAO ĐỘNG TỈNH GIA LAI\nLIÊN ĐOÀN LAO ĐỘNG HUYỆN KBANG", "2/KH-LĐLĐ",
                 "Kbang, ngày 03 tháng 4 năm 2024", "TM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nNgô Văn Hai"),
    "sector": ("LIÊN ĐOÀN LAO ĐỘNG TỈNH GIA LAI\nCÔNG ĐOÀN NGÀNH GIÁO DỤC TỈNH GIA LAI", "8/KH-CĐN",
               "Gia Lai, ngày 04 tháng 6 năm 2024", "TM. BAN CHẤP HÀNH\nCHỦ TỊCH\n\nĐinh Thị Ba"),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    root: Path = tmp_path_factory.mktemp("holders")
    documents = [
        document_from(
            ReadText(f"{head}\n\nSố: {number}\n\n{day}\n\n{_BODY}\n{signed}\n"), name, f"{name}.txt"
        )
        for name, (head, number, day, signed) in _DOCUMENTS.items()
    ]
    Bundle.build(root, documents, HashEncoder())
    return Engine(Bundle.open(root, HashEncoder()), Glossary.shipped())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Ai là Chủ tịch LĐLĐ tỉnh Gia Lai?", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("chu tich cong doan tinh gia lai la ai", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("Chủ tịch Liên đoàn Lao động tỉnh hiện nay tên gì?", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("Năm 2021 ai làm Chủ tịch LĐLĐ tỉnh Gia Lai?", ["Lê Văn Tám"]),
        ("Ai đang giữ chức Phó Chủ tịch LĐLĐ tỉnh Gia Lai?", ["Võ Văn Mười"]),
        ("Chủ tịch Công đoàn ngành Giáo dục là ai?", ["Đinh Thị Ba"]),
        ("Cho hỏi tên Chủ tịch UBND tỉnh Gia Lai", ["Trần Thị Sáu"]),
        ("Chủ tịch LĐLĐ huyện Kbang, tỉnh Gia Lai là ai?", ["Ngô Văn Hai"]),
        ("Người đứng đầu LĐLĐ tỉnh Gia Lai là ai?", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("Lãnh đạo cao nhất của Công đoàn tỉnh Gia Lai là ai?", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("ai dung dau ldld tinh gia lai", ["Đỗ Thị Chín", "Lê Văn Tám"]),
        ("Ai là người đứng đầu UBND tỉnh Gia Lai?", ["Trần Thị Sáu"]),
        ("Chủ tịch của UBND tỉnh Gia Lai là ai?", ["Trần Thị Sáu"]),
        ("Ai đứng đầu LĐLĐ huyện Kbang?", ["Ngô Văn Hai"]),
    ],
)
def test_signatures_tell_who_holds_an_office_newest_first(
    question: str, names: list[str], engine: Engine
) -> None:
    answer = engine.ask(question).answer
    assert not answer.abstained
    assert not answer.unsure
    assert sorted(names, key=answer.text.index) == names
    everybody = {signed.rpartition("\n")[2] for _, _, _, signed in _DOCUMENTS.values()}
    assert not [name for name in everybody - set(names) if name in answer.text]
    for quoted, name in zip(answer.citations, names, strict=True):
        document = engine.document(quoted.doc_id)
        assert (quoted.section, quoted.quote.splitlines()[-1]) == ("Ký", name)
        assert document.text[quoted.start : quoted.end] == quoted.quote
        head = document.letterhead
        year, month, day = (head.date or "").split("-")
        assert f"{name}** ({head.signer_role}; ký ngày {int(day)}/{int(month)}/{year})" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Ai là Chủ tịch LĐLĐ tỉnh Kon Tum?",  # of a council, not of the union
        "Ai là Phó Chủ tịch LĐLĐ huyện Kbang?",
        "Ai là Chủ tịch LĐLĐ tỉnh Gia Lai năm 2019?",
        "Chủ tịch Tổng LĐLĐ Việt Nam là ai?",
        "Ai là Chủ tịch LĐLĐ huyện Kbang, tỉnh Kon Tum?",
        "Phó Chủ tịch Thường trực LĐLĐ tỉnh Gia Lai là ai?",
        "Người đứng đầu LĐLĐ tỉnh Kon Tum là ai?",
        "Lãnh đạo cao nhất của Tỉnh ủy Gia Lai là ai?",
        "Ai đứng đầu Tổng Liên đoàn?",
    ],
)
def test_the_signature_of_another_office_or_body_tells_nothing(question: str, engine: Engine) -> None:
    answer = engine.ask(question).answer
    assert answer.abstained, answer.text


@pytest.mark.parametrize(
    "question", ["Lê Văn Tám giữ chức vụ gì?", "vo van muoi la ai", "Ông Hồ Văn Bảy là ai?"]
)
def test_in_what_office_a_person_signed(question: str, engine: Engine) -> None:
    answer = engine.ask(question).answer
    assert not answer.abstained
    document = engine.document(answer.citations[0].doc_id)
    assert f"**{document.letterhead.signer}** ({document.letterhead.signer_role}; ký ngày" in answer.text
    assert engine.ask("Lê Văn Tư giữ chức vụ gì?").answer.abstained


def test_questions_that_lean_on_the_one_before_change_only_what_they_say(engine: Engine) -> None:
    chat = Conversation(engine)
    chat.ask("Ai là Chủ tịch LĐLĐ tỉnh Gia Lai?")
    assert "Võ Văn Mười" in chat.ask("Còn Phó Chủ tịch thì sao?").answer.text
    chat = Conversation(engine)
    chat.ask("Ai là Chủ tịch LĐLĐ tỉnh Gia Lai?")
    then = chat.ask("Thế năm 2021 thì sao?").answer.text
    assert "Lê Văn Tám" in then
    assert "Đỗ Thị Chín" not in then
    for elsewhere in ("Còn Kon Tum?", "Thế Quảng Trị thì sao?"):  # of neither any chairman has signed
        answer = chat.ask(elsewhere).answer
        assert answer.abstained, answer.text


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Đồng chí Lê Văn Tám, Chủ tịch, chủ trì.", False),
        ("Đồng chí Lê Văn Tám, Phó Chủ tịch, chủ trì.", True),
        ("Đồng chí Lê Văn Tám, Trưởng ban Tuyên giáo.", True),
    ],
)
def test_somebody_in_another_post_is_not_whom_one_asks_for(text: str, other: bool) -> None:
    assert is_of_another_post(understand("Ai là Chủ tịch hội đồng?"), text) == other


def test_the_head_of_a_body_is_somebody_in_its_own_post() -> None:
    head = understand("Người đứng đầu Công đoàn tỉnh Gia Lai là ai?")
    assert head.asks == "person"
    assert is_of_another_post(head, "Đồng chí Lê Văn Tám, Phó Chủ tịch, chủ trì.")
    assert not is_of_another_post(head, "Đồng chí Lê Văn Tám, Chủ tịch, chủ trì.")
    # What a body has to do, or of whom the name tells no post, asks for nobody.
    assert understand("Người đứng đầu cấp ủy phải đối thoại mấy lần?").asks == "count"
    assert understand("Người đứng đầu doanh nghiệp chịu trách nhiệm gì?").asks == "text"


def test_a_provincial_union_has_two_names_and_a_city_in_a_province_is_none() -> None:
    glossary = Glossary.shipped()
    names = ["LĐLĐ tỉnh Gia Lai", "Công đoàn tỉnh Gia Lai", "Ban Thường vụ Liên đoàn Lao động tỉnh Gia Lai"]
    assert {body_name(name, glossary) for name in names} == {"cong doan gia lai"}
    assert body_name("LĐLĐ thành phố Lai Châu", glossary) != body_name("LĐLĐ tỉnh Lai Châu", glossary)
    assert body_name("Tỉnh ủy Gia Lai", glossary) == "tinh uy gia lai"
