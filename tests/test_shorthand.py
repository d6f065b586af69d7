"""Shorthand of chats and abbreviations in lower case, read as what they stand for, and shown."""

from __future__ import annotations

import pytest

from corpus.words.abbreviated import write_out
from corpus.words.glossary import Glossary
from search.asking.shorthand import with_shorthand_read
from search.engine import Engine


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("năm 2022 kết nạp bn đoàn viên", "năm 2022 kết nạp bao nhiêu đoàn viên"),
        ("nam 2022 ket nap bn doan vien", "nam 2022 ket nap bao nhieu doan vien"),
        ("kế hoạch này ntn, ko có chỉ tiêu à", "kế hoạch này như thế nào, không có chỉ tiêu à"),
        ("công đoàn đc j", "công đoàn được gì"),
        ("cty 100 người", "công ty 100 người"),
        ("BN-01/KH", "BN-01/KH"),  # no shorthand: part of a number
        ("vs.vn", "vs.vn"),
    ],
)
def test_shorthand_is_written_out(typed: str, read: str) -> None:
    assert with_shorthand_read(typed)[0] == read


def test_what_was_read_is_shown_and_can_be_taken_away(engine: Engine) -> None:
    query = engine.understand("năm 2021 giới thiệu bn đảng viên")
    assert "“bn” là “bao nhiêu”" in query.understood
    assert query.asks == "count"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dn có cđ", "doanh nghiệp có công đoàn"),
        ("ubkt kiểm tra cđcs", "Ủy ban kiểm tra kiểm tra công đoàn cơ sở"),
        ("bhxh", "bảo hiểm xã hội"),
        ("tu vấn, da nang", "tu vấn, da nang"),  # syllables, or bare ones
        ("tục tuc", "tục tuc"),
        ("5 km, 3 kg", "5 km, 3 kg"),
    ],
)
def test_abbreviations_in_lower_case_are_read_in_questions(typed: str, read: str) -> None:
    assert write_out(typed, Glossary.shipped(), typed=True) == read
    assert write_out("dn", Glossary.shipped()) == "dn"  # never in documents
