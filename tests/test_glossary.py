"""Abbreviations: the shipped list, what documents teach, and looking up from either side."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import glossary as module
from corpus.words.glossary import SHIPPED, Entry, Glossary

SHIPPED_LIST = Glossary.shipped()


def test_the_shipped_list_is_large_and_each_entry_can_be_found_from_both_sides() -> None:
    assert len(SHIPPED_LIST.entries) >= 150
    for entry in SHIPPED_LIST.entries:
        assert entry.source == SHIPPED
        assert entry.quote, f"{entry.abbreviation} has no field"
        found = {one.lower().replace(",", "") for one in SHIPPED_LIST.expand(entry.abbreviation)}
        assert entry.expansion.lower().replace(",", "") in found
        assert entry.abbreviation in SHIPPED_LIST.abbreviate(entry.expansion) or any(
            other.upper().replace("/", "") == entry.abbreviation.upper().replace("/", "")
            for other in SHIPPED_LIST.abbreviate(entry.expansion)
        )


def test_the_file_has_no_line_twice() -> None:
    with Path(module.__file__).with_name("glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["abbreviation"], row["expansion"]) for row in csv.DictReader(file)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("abbreviation", "expected"),
    [
        ("LĐLĐ", ("Liên đoàn Lao động",)),
        ("LĐLD", ("Liên đoàn Lao động",)),
        ("ldld", ("Liên đoàn Lao động",)),
        ("NLD", ("người lao động",)),
        ("nlđ", ("người lao động",)),
        ("TM.", ("Thay mặt",)),
        ("CT", ("Chỉ thị", "Chủ tịch")),
        ("TU", ("Tỉnh ủy",)),
        ("đ", ("đồng",)),
        pytest.param("tu", (), id="a-word-in-lower-case"),
        pytest.param("ban", (), id="another-word"),
        pytest.param("XYZQ", (), id="unknown"),
        pytest.param("", (), id="empty"),
    ],
)
def test_expand(abbreviation: str, expected: tuple[str, ...]) -> None:
    assert SHIPPED_LIST.expand(abbreviation) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("liên đoàn lao động", "LĐLĐ"),
        ("lien doan lao dong", "LĐLĐ"),
        ("Uỷ ban nhân dân", "UBND"),
        ("Công nhân viên chức lao động", "CNVCLĐ"),
        ("Quan hệ lao động", "QHLĐ"),
    ],
)
def test_abbreviate(phrase: str, expected: str) -> None:
    assert expected in SHIPPED_LIST.abbreviate(phrase)


def test_diacritics_that_differ_are_another_phrase() -> None:
    small = Glossary([Entry("BC", "báo cáo"), Entry("BC", "bảo các")])
    assert small.abbreviate("báo cao") == ()
    assert Glossary([Entry("BCA", "báo cáo")]).abbreviate("bao cao") == ("BCA",)


def test_two_entries_that_differ_by_the_bar_are_kept_apart() -> None:
    small = Glossary([Entry("QD", "quân dân"), Entry("QĐ", "Quyết định")])
    assert small.expand("QD") == ("quân dân",)
    assert small.expand("QĐ") == ("Quyết định",)
    assert small.expand("qd") == ("quân dân",)


@pytest.mark.parametrize(
    ("text", "abbreviation", "expansion"),
    [
        ("đối với công nhân vệ sinh (CNVS) tại đô thị", "CNVS", "công nhân vệ sinh"),
        ("Quỹ hỗ trợ đoàn viên (sau đây gọi tắt là QHTĐV)", "QHTĐV", "Quỹ hỗ trợ đoàn viên"),
        ("Quỹ hỗ trợ đoàn viên (**QHTDV**) được lập", "QHTDV", "Quỹ hỗ trợ đoàn viên"),
        ("Tổ tự quản (“TTQ”) khu nhà trọ", "TTQ", "Tổ tự quản"),
        ("KNT (khu nhà trọ) có đông lao động", "KNT", "khu nhà trọ"),
    ],
)
def test_learnt_where_a_document_defines_it(text: str, abbreviation: str, expansion: str) -> None:
    learnt = Glossary().learn({"a/b": text})
    (entry,) = learnt.entries
    assert (entry.abbreviation, entry.expansion) == (abbreviation, expansion)
    assert (entry.source, entry.how) == ("a/b", "defined")
    assert abbreviation in entry.quote
    assert expansion in entry.quote


def test_words_the_letters_do_not_spell_are_not_believed() -> None:
    assert Glossary().learn({"1": "công nhân, nông dân và trí thức (CNTT) đoàn kết"}).entries == ()


def test_learnt_by_initials_when_both_forms_occur() -> None:
    texts = {
        "1": "Quỹ bảo trợ trẻ em tặng quà. Quỹ bảo trợ trẻ em họp.",
        "2": "Các đơn vị ủng hộ QBTTE trước tháng 6.",
    }
    (entry,) = Glossary().learn(texts).entries
    assert (entry.abbreviation, entry.expansion) == ("QBTTE", "Quỹ bảo trợ trẻ em")
    assert (entry.source, entry.how) == ("1", "initials")


def test_initials_that_fit_two_phrases_are_not_believed() -> None:
    learnt = Glossary().learn({"1": "nhà trẻ mẫu giáo; nhà thơ mới giỏi; " * 2 + "NTMG."})
    assert learnt.expand("NTMG") == ()


def test_short_initials_are_not_believed() -> None:
    assert Glossary().learn({"1": "nhà trọ; nhà trọ; nhà trọ. NT, NT."}).entries == ()


def test_document_numbers_teach_nothing() -> None:
    assert (
        Glossary().learn({"1": "kế hoạch hóa lao động; kế hoạch hóa lao động. Số 12/KHHLĐ-TLĐ."}).entries
        == ()
    )


def test_the_shipped_meaning_comes_first() -> None:
    learnt = SHIPPED_LIST.learn({"1": "Công ty (CT) có 200 lao động"})
    assert learnt.expand("CT") == ("Chỉ thị", "Chủ tịch", "Công ty")
    assert SHIPPED_LIST.expand("CT") == ("Chỉ thị", "Chủ tịch")


def test_plain_texts_are_named_by_their_place() -> None:
    (entry,) = Glossary().learn(["không có gì", "khu nhà trọ (KNT)"]).entries
    assert entry.source == "2"


@given(st.text(alphabet="LĐDCS(): ,.công đoànở\n", max_size=60))
def test_learning_never_fails_and_spells_what_it_learns(text: str) -> None:
    for entry in Glossary().learn({"1": text}).entries:
        assert entry.expansion in Glossary([entry]).expand(entry.abbreviation)
