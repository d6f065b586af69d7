"""Which document a question means: what is worked out for a few is what it would be for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.asking.matching import Words
from search.documents import facts
from search.documents.meant import conflicts, meant_documents
from search.documents.shelf import Shelf
from search.engine import Engine
from tests.fakes import HashEncoder, make_document
from tests.libraries import opened

GLOSSARY = Glossary.shipped()
ON_MEMBERS = "Thực hiện Chương trình 07-CTr/TU về phát triển đảng viên"
HEADS = [
    ("Kế hoạch", "12/KH-LĐLĐ", "Chăm lo tết cho đoàn viên năm 2023", "2023-01-05", "Sơn La"),
    ("Kế hoạch", "12/KH-LĐLĐ", "Chăm lo tết cho đoàn viên năm 2024", "2024-01-05", "Sơn La"),
    ("Kế hoạch", "15/KH-LĐLĐ", ON_MEMBERS, "2023-02-01", "Lai Châu"),
    ("Báo cáo", "30/BC-LĐLĐ", "Kết quả công tác nữ công quý II năm 2023", "2023-07-05", "Lai Châu"),
    ("Báo cáo", "31/BC-LĐLĐ", "Kết quả thi đua", "2022-12-05", "Điện Biên"),
    ("Chương trình hành động", "07-CTr/TU", "Phát triển đảng viên", "2022-03-09", "Lai Châu"),
    ("Hướng dẫn", None, "Tổ chức đại hội CĐCS nhiệm kỳ 2023 - 2028", None, "Sơn La"),
]
QUESTIONS = [
    "Ai ký Kế hoạch chăm lo tết năm 2023 của Sơn La?",
    "ke hoach cham lo tet gui cho ai",
    "Kế hoạch 12/KH-LĐLĐ gửi những đâu?",
    "Ai ký văn bản 07-CTr/TU?",
    "Báo cáo số 30 ban hành ngày nào?",
    "văn bản ngày 5/12/2022 của Điện Biên",
    "Báo cáo ngày 5/7/2023 của Lai Châu năm 2023 do ai ký?",
    "Nơi nhận của báo cáo năm 2023 tỉnh Lai Châu?",
    "Hướng dẫn đại hội công đoàn cơ sở nhiệm kỳ 2023-2028 do ai ký?",
    "Kết quả thi đua nói về gì?",
    "Thời tiết ra sao?",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    root: Path = tmp_path_factory.mktemp("meant")
    names = ("type", "number", "title", "date", "place")
    documents = [
        make_document(f"d{n}", f"{head[2]}.", **{k: v for k, v in zip(names, head, strict=True) if v})
        for n, head in enumerate(HEADS)
    ]
    Bundle.build(root, documents, HashEncoder())
    return Engine(Bundle.open(root, HashEncoder()), GLOSSARY)


@pytest.mark.parametrize("question", QUESTIONS)
def test_documents_are_passed_over_only_where_nothing_could_make_them_meant(
    question: str, engine: Engine
) -> None:
    shelf, query = Shelf(engine.bundle, GLOSSARY), engine.understand(question)
    terms, _ = engine.candidates(query)
    told = shelf.told_by_names(terms)
    everything = [p for p in shelf.profiles.values() if not conflicts(query, p)]
    named = facts.named_documents(query, everything, told)
    expected = [found for found in named if facts.is_named(query, found[1], told[found[0]])]
    assert meant_documents(query, terms, shelf) == expected
    some = frozenset(["d1", "d3", "d6", "elsewhere"])
    assert meant_documents(query, terms, shelf, some) == [found for found in expected if found[0] in some]
    assert [doc_id for doc_id, _ in meant_documents(query, terms, shelf, bound="d4")] == ["d4"]


def test_some_of_these_questions_mean_a_document(engine: Engine) -> None:
    shelf = Shelf(engine.bundle, GLOSSARY)
    queries = [engine.understand(question) for question in QUESTIONS]
    meant = [bool(meant_documents(q, engine.candidates(q)[0], shelf)) for q in queries]
    assert sum(meant) >= 7
    assert not meant[-1]


@pytest.mark.parametrize("question", QUESTIONS)
def test_names_say_what_their_words_say(question: str, engine: Engine) -> None:
    shelf = Shelf(engine.bundle, GLOSSARY)
    terms, _ = engine.candidates(engine.understand(question))
    told = shelf.told_by_names(terms, ["d6", "d0"])
    assert list(told) == ["d6", "d0"]
    for doc_id, share in shelf.told_by_names(terms).items():
        kind, _, title, _, place = HEADS[int(doc_id[1:])]
        words = Words.of(f"{kind} {title} {place}", GLOSSARY)
        assert share == pytest.approx(terms.coverage(words))
        assert told.get(doc_id, share) == share


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Chương trình 19-CTr/TU ban hành ngày nào?", []),  # held only as what a plan carries out
        ("Ai ký Chương trình 19-CTr/TU?", []),
        ("Kế hoạch của Chương trình 19-CTr/TU ban hành ngày nào?", ["d0"]),
        ("Ai ký văn bản thực hiện 19-CTr/TU?", ["d0"]),
    ],
)
def test_a_document_is_not_meant_by_the_number_of_another(
    tmp_path: Path, question: str, meant: list[str]
) -> None:
    title = "Thực hiện Chương trình 19-CTr/TU về phát triển đảng viên"
    document = make_document("d0", f"{title}.", type="Kế hoạch", number="15/KH-LĐLĐ", title=title)
    Bundle.build(tmp_path, [document], HashEncoder())
    engine = Engine(Bundle.open(tmp_path, HashEncoder()), GLOSSARY)
    query = engine.understand(question)
    terms, _ = engine.candidates(query)
    assert [d for d, _ in meant_documents(query, terms, Shelf(engine.bundle, GLOSSARY))] == meant


_WITHOUT_NUMBER = """CHƯƠNG TRÌNH HÀNH ĐỘNG

CỦA BAN THƯỜNG VỤ TỈNH ỦY

thực hiện Chỉ thị số 77-CT/TW ngày 05/6/2022 của Ban Bí thư về chăm lo nhà ở công nhân

Thực hiện Chỉ thị số 77-CT/TW, ngày 05/6/2022 của Ban Bí thư, Ban Thường vụ Tỉnh ủy Gia Lai ban hành Chương \
trình hành động như sau:

I. NHIỆM VỤ

1. Rà soát quỹ đất xây nhà ở công nhân.

T/M BAN THƯỜNG VỤ
BÍ THƯ

Trần Văn An
"""


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Chương trình hành động của Tỉnh ủy Gia Lai ban hành ngày nào?", "không ghi ngày ban hành"),
        ("Chương trình hành động của Tỉnh ủy Gia Lai số mấy?", "không ghi số, ký hiệu"),
        (
            "Chương trình hành động của Tỉnh ủy Gia Lai số mấy, ban hành ngày nào?",
            "không ghi số, ký hiệu, ngày ban hành",
        ),
    ],
)
def test_what_a_document_leaves_unsaid_is_not_taken_from_one_it_cites(
    tmp_path: Path, question: str, missing: str
) -> None:
    library = opened(tmp_path, a=_WITHOUT_NUMBER)
    answer = library.ask(question).answer
    assert answer.abstained
    assert missing in answer.text
    assert "**Trần Văn An**" in library.ask("Ai ký Chương trình hành động của Tỉnh ủy Gia Lai?").answer.text
    cited = library.ask("Chỉ thị 77-CT/TW ban hành ngày nào?").answer
    assert "05/6/2022" in cited.text
