"""What was read otherwise than it was typed is told, and can be taken back."""

from __future__ import annotations

import pytest

from search.asking.removal import without
from search.asking.shortened import in_full, written_out
from search.engine import Engine
from search.query import read_otherwise


@pytest.mark.parametrize(
    ("question", "label", "words"),
    [
        ("thoa uoc lao dong tap the", "“thoa uoc lao dong tap the” là “thỏa ước lao động tập thể”",
         "thoa uoc lao dong tap the"),
        ("chỉ tiêu giới thiêu đảng viên", "“thiêu” là “thiệu”", "chỉ tiêu giới thiêu đảng viên"),
        ("CĐCS thành lập mới", "“CĐCS” là “công đoàn cơ sở”", "CĐCS thành lập mới"),
    ],
)  # fmt: skip
def test_what_was_read_is_told_and_can_be_taken_back(
    engine: Engine, question: str, label: str, words: str
) -> None:
    query = engine.understand(question)
    assert label in query.understood
    assert label not in query.conditions
    plain = without(query, [label])
    assert plain.words == words
    assert label not in plain.understood
    assert engine.ask(question, query=plain).hits != engine.ask(question).hits


def test_an_abbreviation_that_is_kept_is_not_written_out(engine: Engine) -> None:
    assert in_full("CĐCS và NLĐ", engine.glossary) == "công đoàn cơ sở và người lao động"
    assert in_full("CĐCS và NLĐ", engine.glossary, ("CĐCS",)) == "CĐCS và người lao động"
    assert written_out("CĐCS và đoàn viên", engine.glossary) == (("CĐCS", "công đoàn cơ sở"),)


def test_words_run_together_are_told_as_a_whole() -> None:
    assert read_otherwise("một hai", "một hai ba") == (("một hai", "một hai ba"),)
    assert read_otherwise("tổ lao động", "tổ lạo động") == (("lao", "lạo"),)
    assert read_otherwise("a", "a") == ()
    assert read_otherwise("2 3", "2 3") == ()


def test_words_around_a_figure_are_told_with_it() -> None:
    assert read_otherwise("to lao dong 2 to", "tổ lao động 2 tổ") == (
        ("to lao dong 2 to", "tổ lao động 2 tổ"),
    )
    assert read_otherwise("5 to nam 2022", "5 tổ năm 2022") == (("to nam", "tổ năm"),)
    assert read_otherwise("tổ 2 thiêu", "tổ 2 thiệu") == (("thiêu", "thiệu"),)


def test_what_was_typed_around_a_figure_comes_back_whole(engine: Engine) -> None:
    query = engine.understand("thoa uoc nam 2023 cua cong doan")
    year, reading = "năm 2023", "“thoa uoc nam 2023 cua cong doan” là “thỏa ước năm 2023 của công đoàn”"
    assert [label for label in query.understood if "”" in label] == [reading]
    assert without(query, [reading]).words == "thoa uoc nam 2023 cua cong doan"
    assert without(query, [year, reading]).words == "thoa uoc cua cong doan"
    assert without(query, [reading, year]).words == "thoa uoc cua cong doan"
