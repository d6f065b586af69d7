"""Words and percentages that no document says: an answer that leaves them out is never plain."""

from __future__ import annotations

import pytest

from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from search.engine import Engine
from search.query import understand
from search.ranking.absent import absent_percents, absent_words, cut_wrongly

KNOWN = {"ban", "ban_cong", "cong_doan", "ho_so", "thanh_lap", "doan_vien", "co_so", "cong_van", "quan_ly"}
KNOWN |= {"sxkd", "ct"}


def absent(question: str) -> tuple[str, ...]:
    return absent_words(
        understand(question), Glossary.shipped(), Colloquial.shipped(), lambda key: int(key in KNOWN)
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Hồ sơ thành lập công đoàn gồm giấy tờ gì?", ("giấy tờ",)),
        ("Bao nhiêu phần trăm đoàn viên?", ()),  # a word of asking
        ("CĐ có bao nhiêu đoàn viên?", ()),  # written out before it is looked up
        ("Công đoàn tỉnh Lai Châu?", ()),  # a place
        ("Đoàn viên chết có hồ sơ không?", ("chết",)),
        ("Công đoàn có tên là gì?", ()),
        ("Kế hoạch 12/KH-LĐLĐ có thời tiết gì?", ("kế hoạch", "thời tiết")),
        ("Ai quản lí đoàn viên?", ()),  # the library writes "quản lý"
        ("Ai quản trò đoàn viên?", ("quản trò",)),
        ("Ban hồ sơ của công đoàn", ("ban hồ sơ",)),  # no body of that name, though both words are said
        ("Ban công đoàn", ()),
        ("Tháng Công đoàn có gì?", ("tháng công đoàn",)),
        ("Có tháng công đoàn quản lý hồ sơ", ()),
        ("Hồ sơ khối sản xuất kinh doanh", ("khối",)),  # the library writes SXKD, and nothing of it in full
        ("Hồ sơ kinh doanh", ("kinh doanh",)),
        ("Hồ sơ công ty", ("công ty",)),  # the "CT" of the library is that of chỉ thị
    ],
)
def test_words_the_library_never_says(question: str, words: tuple[str, ...]) -> None:
    assert absent(question) == words


def test_percentages_not_in_the_passage() -> None:
    query = understand("Ai đóng 2 % và 1,5%?")
    assert absent_percents(query, "đóng 2% quỹ tiền lương; 15%") == ("1,5%",)


def test_the_answer_says_which_word_is_missing(engine: Engine) -> None:
    answer = engine.ask("Số điện thoại của Ban Dân vận Tỉnh ủy").answer
    assert answer.unsure or answer.abstained
    assert "“điện thoại”" in answer.text


@pytest.mark.parametrize(
    ("said", "wrongly"),
    [({"nu_cong", "quy_iii"}, True), ({"nu_cong"}, False), ({"quy_iii"}, False)],
)
def test_a_word_cut_wrongly_out_of_two(said: set[str], wrongly: bool) -> None:
    words = ["hoạt_động", "nữ", "công_quý", "iii"]
    assert cut_wrongly(words, 2, lambda key: int(key in said)) is wrongly
    assert not cut_wrongly(words[:3], 2, lambda key: 1)  # no neighbour on the right
    assert cut_wrongly(["dân", "bàn_là", "gì"], 1, lambda key: int(key == "dan_ban"))
    assert not cut_wrongly(["dân", "bàn_là", "gì"], 1, lambda key: 0)
    assert not cut_wrongly(words, 1, lambda key: 1)  # one syllable
