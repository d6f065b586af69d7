"""What staff may type as the right number, date, issuer, type and title; and the file that keeps it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.__main__ import main
from corpus.library.corrections import (
    FIELDS,
    Correction,
    CorrectionError,
    DamagedCorrectionsError,
    corrected_value,
    dump_corrections,
    load_corrections,
)
from corpus.readers.base import ReadText
from corpus.reading import document_from, with_correction
from corpus.records import Letterhead

TEXT = """Số: 21/KH-LĐLĐ

Hà Giang, ngày 07 tháng 8 năm 2019

KẾ HOẠCH
Tổ chức hội thao công nhân

I. CHỈ TIÊU

1. Vận động 350 đoàn viên tham gia hội thao trong năm.
"""


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        pytest.param("number", " 12/KH-LĐLĐ ", "12/KH-LĐLĐ", id="number"),
        pytest.param("number", "Số: 12/kh-ldld", "12/KH-LĐLĐ", id="number-typed-plainly"),
        pytest.param("number", "27/CTr-TU", "27-CTr/TU", id="number-of-the-party"),
        pytest.param("number", "145/2020/NĐ-CP", "145/2020/NĐ-CP", id="number-with-a-year"),
        pytest.param("number", "  ", None, id="none"),
        pytest.param("date", "5/3/2021", "2021-03-05", id="date"),
        pytest.param("date", "05-03-2021", "2021-03-05", id="date-with-hyphens"),
        pytest.param("date", "ngày 05 tháng 3 năm 2021", "2021-03-05", id="date-in-words"),
        pytest.param("date", "2024-02-29", "2024-02-29", id="leap-day"),
        pytest.param("type", "kế hoạch", "Kế hoạch", id="type"),
        pytest.param("issuer", "Công đoàn  Viên chức\ttỉnh", "Công đoàn Viên chức tỉnh", id="white-space"),
        pytest.param("title", "Hội thao\nnăm 2019", "Hội thao năm 2019", id="title-on-two-lines"),
    ],
)
def test_what_is_typed_becomes_a_value(field: str, typed: str, expected: str | None) -> None:
    assert corrected_value(field, typed) == expected


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        pytest.param("number", "mười hai", "không phải số ký hiệu.*12/KH-LĐLĐ", id="no-number"),
        pytest.param("number", "12/KH-LĐLĐ và 13/KH-LĐLĐ", "không phải số ký hiệu", id="two-numbers"),
        pytest.param("date", "31/4/2021", "không phải là một ngày.*5/3/2021", id="no-such-day"),
        pytest.param("date", "29/2/2023", "không phải là một ngày", id="no-leap-year"),
        pytest.param("date", "5/3/1821", "1821 không thể là năm ban hành", id="long-ago"),
        pytest.param("date", f"5/3/{date.today().year + 2}", "không thể là năm", id="far-ahead"),
        pytest.param("date", "tháng ba", "không phải là một ngày", id="no-date"),
        pytest.param("type", "Thơ", "không phải loại văn bản.*trong danh sách", id="no-type"),
        pytest.param("issuer", "123 - 4", "không có chữ nào", id="no-letters"),
        pytest.param("title", "a" * 1001, "dài 1001 ký tự. Hãy rút gọn còn 1000", id="too-long"),
        pytest.param("issuer", "Công\u202eđoàn", "ký tự không hiển thị", id="bidi-override"),
        pytest.param("title", "Hội\x00thao", "ký tự không hiển thị", id="nul"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(field: str, typed: str, said: str) -> None:
    with pytest.raises(CorrectionError, match=said) as caught:
        corrected_value(field, typed)
    assert caught.value.field == field


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=60))
def test_whatever_is_typed_is_a_value_or_a_refusal_and_stays_what_it_is(field: str, typed: str) -> None:
    try:
        value = corrected_value(field, typed)
    except CorrectionError:
        pass
    else:
        assert value is None or corrected_value(field, value) == value


def test_a_correction_counts_before_anything_is_concluded_from_the_letterhead() -> None:
    read = document_from(ReadText(TEXT), "a", "a.txt")
    right = with_correction(read, Correction((("number", "12/KH-LĐLĐ"), ("date", "2021-03-05"))))
    assert (right.letterhead.number, right.letterhead.date) == ("12/KH-LĐLĐ", "2021-03-05")
    assert right.letterhead.title == "Tổ chức hội thao công nhân"
    assert [target.period for target in read.targets] == ["2019"]
    assert [target.period for target in right.targets] == ["2021"]
    assert right.corrected == ("number", "date")
    assert with_correction(right, None) == read


def test_nothing_can_be_said_to_be_there() -> None:
    read = document_from(ReadText(TEXT), "a", "a.txt")
    assert with_correction(read, Correction((("number", None),))).letterhead.number is None


def test_warnings_are_not_said_twice(layouts: Path) -> None:
    text = (layouts / "nhieu-van-ban-dang.txt").read_text(encoding="utf-8")
    read = document_from(ReadText(text, warnings=("mờ",)), "a", "a.txt")
    again = with_correction(read, Correction((("title", "Khác"),)))
    assert len(read.warnings) == 2
    assert again.warnings == read.warnings


def test_the_stamp_differs_where_what_is_corrected_differs() -> None:
    one, same = Correction((("number", "1/KH-LĐLĐ"),), "a.txt", "x"), Correction((("number", "1/KH-LĐLĐ"),))
    stamps = {one.stamp, Correction((("number", None),)).stamp, Correction((("title", "1/KH-LĐLĐ"),)).stamp}
    assert one.stamp == same.stamp
    assert len(stamps) == 3
    assert Correction(()).stamp == ""


def test_values_stand_in_one_order() -> None:
    with pytest.raises(ValueError, match="not fields of a correction"):
        Correction((("title", "a"), ("number", "1/KH-LĐLĐ")))
    assert Correction((("number", None),)).applied(Letterhead(number="1/KH-LĐLĐ")) == Letterhead()


KEPT = {"ab" * 32: Correction((("number", "12/KH-LĐLĐ"), ("title", None)), "a.txt", "2025-01-02T03:04:05")}


def test_corrections_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "sua-tay.json"
    assert load_corrections(path) == {}
    path.write_bytes(dump_corrections(KEPT))
    assert load_corrections(path) == KEPT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(lambda body: body[:-40], "không phải là JSON", id="cut-off"),
        pytest.param(lambda body: body.replace(b"12/KH", b"13/KH"), "không khớp mã kiểm tra", id="changed"),
        pytest.param(lambda body: body.replace(b'"format": 1', b'"format": 9'), "định dạng 9", id="newer"),
        pytest.param(lambda body: b"[]", "không phải là JSON", id="a-list"),
        pytest.param(lambda body: b"", "không phải là JSON", id="empty"),
    ],
)
def test_a_damaged_file_is_never_taken_for_no_corrections(tmp_path: Path, change, said: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "sua-tay.json"
    path.write_bytes(change(dump_corrections(KEPT)))
    with pytest.raises(DamagedCorrectionsError, match=rf"{said}.*sua-tay\.truoc\.json"):
        load_corrections(path)


def test_the_command_line_sees_the_corrections(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from index.files import sha256_of
    from index.keeping import Home

    (tmp_path / "in" / "2019").mkdir(parents=True)
    path = tmp_path / "in" / "2019" / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    Home.of(tmp_path / "in", tmp_path / "out").correct(sha256_of(path), "2019/a.txt", {"date": "2021-03-05"})
    assert main([str(path), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["letterhead"]["date"], shown["corrected"]) == ("2021-03-05", ["date"])
    assert main([str(path)]) == 0
    assert "Đã sửa bằng tay: ngày ban hành" in capsys.readouterr().out


def test_an_answer_from_a_letterhead_says_what_was_corrected_by_hand() -> None:
    from search.documents import facts

    right = with_correction(
        document_from(ReadText(TEXT), "a", "a.txt"),
        Correction((("number", "12/KH-LĐLĐ"), ("date", "2021-03-05"))),
    )
    number, issued, about = facts.number(right), facts.issue_date(right), facts.about(right)
    assert number is not None
    assert number.text == "Số, ký hiệu: **12/KH-LĐLĐ** (đã sửa bằng tay)"
    assert number.quotations[0].quote == "Số: 21/KH-LĐLĐ"
    assert issued is not None
    said = "Ngày ban hành: **5/3/2021** (đã sửa bằng tay); văn bản ghi: “Hà Giang, ngày 07"
    assert issued.text.startswith(said)
    assert about is not None
    assert about.text.endswith("hội thao công nhân (đã sửa bằng tay)")
