"""What OCR did to letters: keys agree, questions find the passage, quotations keep what was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.base import ReadText
from corpus.readers.syllables import is_syllable
from corpus.reading import document_from
from corpus.text import fold
from corpus.words import noise
from corpus.words.diacritics import DiacriticRestorer
from corpus.words.glossary import Glossary
from corpus.words.noise import mend_noise
from corpus.words.tokens import fold_tokens, lexical_tokens
from index.bundle import Bundle
from search.engine import Engine
from tests.fakes import HashEncoder


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Iao động", "lao động"),
        ("đảng vlên", "đảng viên"),
        ("ĐẢNG VlÊN", "ĐẢNG viên"),
        ("nhiều 1ần", "nhiều lần"),
        ("đ0àn", "đoàn"),
        ("c0ng doan", "cong doan"),
        ("hằng nărn", "hằng năm"),
        ("2O21, 202l, l999, 20I9", "2021, 2021, 1999, 2019"),
        ("CHỈTIÊU", "chỉ tiêu"),
        ("đoànviên", "đoàn viên"),
        ("Thựchiện", "thực hiện"),  # "thự" and "chiện" could be syllables, but nobody writes them
    ],
)
def test_letters_beyond_doubt_are_put_right(read: str, meant: str) -> None:
    assert mend_noise(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TL. BAN THƯỜNG VỤ, KL, TLĐ, LĐLĐ, CLB, BHTNLĐ, NLĐ", id="abbreviations"),
        pytest.param("mail, hotel, tel, Covid, internet, model, Vol", id="foreign"),
        pytest.param("khoản 1a, điểm 0b, 10đ, 0đ, A0, D10, 5l, 20l, T1", id="counts-and-codes"),
        pytest.param("đó1, là1, đoàn viên2, 1Ở đây", id="footnotes"),
        pytest.param("Đắk Lắk, Krông Pắc, Plông, Niê, Êban", id="names-of-other-tongues"),
        pytest.param("viêc, quyêt, đềánxa", id="no-reading"),
        pytest.param("1.000.000 đồng; 11/01/2021; 100%; 2110", id="numbers"),
    ],
)
def test_what_may_be_meant_as_it_stands_stays(text: str) -> None:
    assert mend_noise(text) == text


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyIO01àáảãạấềộớừ "


@given(st.text(alphabet=LETTERS, max_size=30))
def test_syllables_never_change_and_twice_is_once(text: str) -> None:
    once = mend_noise(text)
    assert mend_noise(once) == once
    for word in text.split():
        if is_syllable(word):
            assert mend_noise(word) == word


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("NLD", "NLĐ"),
        ("LĐLD tỉnh", "LĐLĐ tỉnh"),
        ("Phần đấu", "Phấn đấu"),
        ("khói doanh nghiệp", "khối doanh nghiệp"),
        ("YÊU CÂU", "yêu cầu"),
        ("Ðoàn viên", "đoàn viên"),  # the Icelandic letter
    ],
)
def test_what_folding_covers_needs_no_rule(read: str, meant: str) -> None:
    assert mend_noise(read) == read
    assert fold_tokens(lexical_tokens(read)) == fold_tokens(lexical_tokens(meant))


# One noisy document of our own; each line is asked for in clean letters.
NOISY = {
    "Phần đấu trồng 300 cây bàng quanh nhà kho phía tây": "phấn đấu trồng bao nhiêu cây bàng?",
    "Có 12 tổ thuộc khói văn phòng dự hội thi nấu ăn": "bao nhiêu tổ khối văn phòng dự hội thi nấu ăn?",
    "Tặng áo mưa cho 450 NLD ở xưởng mộc": "tặng áo mưa cho bao nhiêu người lao động ở xưởng mộc?",
    "LĐLD huyện mở 5 phòng đọc sách": "Liên đoàn Lao động huyện mở mấy phòng đọc sách?",
    "Tuyên dương 28 người chăm Iàm vườn": "tuyên dương bao nhiêu người chăm làm vườn?",
    "Tập huấn 15 buổi về vlệc mới": "tập huấn bao nhiêu buổi về việc mới?",
    "Sửa 7 nhà cho đ0àn thuyền ở bến": "sửa bao nhiêu nhà cho đoàn thuyền?",
    "Phát 33 quyển sách về trồng nấrn rơm": "phát bao nhiêu quyển sách về trồng nấm?",
    "Mua 64 bộ cờtướng cho sân chơi": "mua bao nhiêu bộ cờ tướng?",
}
# But for the misread word these say the same, and they come first.
ALIKE = [
    "Tuyên dương 31 người chăm tưới vườn",
    "Tập huấn 18 buổi về nghề mới",
    "Sửa 9 nhà cho bãi thuyền ở bến",
    "Phát 44 quyển sách về trồng bí rợ",
    "Mua 20 bộ đồ nặn cho sân chơi",
]
OTHERS = [
    "Nhà văn hóa mở cửa 9 giờ mỗi ngày cho trẻ em đọc sách.",
    "Đội bóng đá nữ có 16 người và tập 3 buổi mỗi tuần.",
    "Bếp ăn phục vụ 220 suất cơm trưa, có 4 món rau.",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    noisy = "KẾ HOẠCH\n\nI. NỘI DUNG\n\n" + "\n\n".join(
        f"{i}. {line}." for i, line in enumerate([*ALIKE, *NOISY], 1)
    )
    texts = {"ồn": noisy} | {f"khác {i}": f"BÁO CÁO\n\n{line}\n" for i, line in enumerate(OTHERS)}
    documents = [document_from(ReadText(text), name, f"{name}.txt") for name, text in texts.items()]
    root: Path = tmp_path_factory.mktemp("index")
    Bundle.build(root, documents, HashEncoder())
    bundle = Bundle.open(root, HashEncoder())
    restorer = DiacriticRestorer.load().with_text(texts.values())
    return Engine(bundle, Glossary.shipped().learn(texts), restorer)


@pytest.mark.parametrize(("line", "question"), NOISY.items(), ids=[line.split()[1] for line in NOISY])
def test_clean_questions_find_noisy_words_and_quote_them_as_read(
    engine: Engine, line: str, question: str
) -> None:
    for asked in (question, fold(question)):
        result = engine.ask(asked)
        assert line in result.hits[0].passage.text
        assert not result.answer.abstained, result.answer.text
        citation = result.answer.citations[0]
        text = engine.document(citation.doc_id).text
        assert line in text[citation.start : citation.end]
        assert citation.quote == text[citation.start : citation.end]


@settings(deadline=None)
@given(st.text(alphabet="aăâbclIoO01rnm5_- đ.iyệT", max_size=14))
def test_what_was_found_well_read_before_changes_nothing(text: str) -> None:
    expected = noise._SUSPECT.sub(lambda match: noise._mended(match[0]), text)
    assert mend_noise(text) == expected
    assert mend_noise(f"{text} công đoàn") == f"{expected} công đoàn"
