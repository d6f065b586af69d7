"""Of several percentages in a sentence that one is the answer whose own noun phrase is asked for."""

from __future__ import annotations

import pytest

from search.answering.lines import embolden
from search.asking.expect import expected_spans
from search.asking.shares import of_asked_share, own_phrases, whose_share
from search.query import Query, understand
from search.ranking.ofwhat import is_of_something_else

BEFORE = "Tỷ lệ đoàn viên nữ đạt 51%, tỷ lệ nữ cán bộ công đoàn chuyên trách đạt 36%, lao động nữ 40%."
BEHIND = "92% đoàn viên, 81% trở lên nữ đoàn viên và 77% cán bộ nữ công được khám sức khỏe."


def marked(question: str, text: str) -> list[str]:
    return embolden(understand(question), text).split("**")[1::2]


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("Tỷ lệ đoàn viên nữ là bao nhiêu?", BEFORE, ["51%"]),
        ("Nữ đoàn viên chiếm bao nhiêu phần trăm?", BEFORE, ["51%"]),
        ("Tỷ lệ nữ cán bộ công đoàn chuyên trách ở Sơn La là bao nhiêu?", BEFORE, ["36%"]),
        ("Bao nhiêu phần trăm nữ đoàn viên được khám sức khỏe?", BEHIND, ["81%"]),
        ("Bao nhiêu % cán bộ nữ công được khám sức khỏe?", BEHIND, ["77%"]),
        ("Tỷ lệ nữ CNVCLĐ", "Có 33% nữ công nhân, viên chức, lao động và 20% ủy viên là nữ.", ["33%"]),
        ("Tỷ lệ công nhân bậc cao", BEFORE, ["51%", "36%", "40%"]),  # none is named: as before
    ],
)
def test_the_share_asked_for_is_marked(question: str, text: str, figures: list[str]) -> None:
    assert marked(question, text) == figures


def test_whose_words_stand_between_two_figures() -> None:
    def phrases(text: str) -> list[str]:
        spans = expected_spans("percent", Query("bao nhiêu %", "bao nhiêu %"), text)
        return [words.strip(" ,.") for words in own_phrases(text, spans)]

    assert phrases(BEFORE)[:2] == [
        "Tỷ lệ đoàn viên nữ đạt 51%",
        "tỷ lệ nữ cán bộ công đoàn chuyên trách đạt 36%",
    ]
    assert phrases(BEHIND)[:2] == ["92% đoàn viên", "81% trở lên nữ đoàn viên và"]
    assert phrases("Kết nạp đoàn viên đạt 90%, trong đó nữ 55%")[1].startswith("Kết nạp đoàn viên")
    assert phrases("Không có gì") == []


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        (
            "Tỷ lệ đoàn viên nữ là bao nhiêu phần trăm?",
            "95% CĐCS và 85% tập thể nữ công đạt danh hiệu.",
            True,
        ),
        ("Tỷ lệ đoàn viên nữ là bao nhiêu phần trăm?", "Có 300 đoàn viên, trong đó nữ chiếm 60%.", False),
        ("Tỷ lệ nữ đoàn viên?", "Nữ ủy viên ban chấp hành công đoàn đạt 42%.", True),
        ("Tỷ lệ nữ trong ban chấp hành?", "Ban chấp hành có 30% là nữ.", False),
        ("Tỷ lệ CĐCS có ban nữ công là bao nhiêu?", "88% công đoàn cơ sở có ban nữ công.", False),
    ],
)
def test_a_share_of_others_is_no_share_of_women(question: str, text: str, other: bool) -> None:
    assert is_of_something_else(understand(question), text) == other


def test_whose_share_a_question_asks_for() -> None:
    assert whose_share("Tỷ lệ các CĐCS xếp loại tốt") == {"cong doan", "co so"}
    assert whose_share("Bao nhiêu người tham gia?") == frozenset()
    assert of_asked_share("Bao nhiêu người?", BEFORE, [(23, 26)]) == [(23, 26)]
