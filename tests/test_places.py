"""Provinces: the mergers of July 2025, and names found in text without taking words for names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words.places import PROVINCES, find_places, find_towns, formerly, today


def names(text: str, *, folded: bool = False) -> list[str]:
    return [name for _, _, name in find_places(text, folded=folded)]


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("LĐLĐ thành phố Cà Mau", ("thành phố Cà Mau",)),
        ("Tp. Cà Mau và TP Cà Mau", ("thành phố Cà Mau",)),
        ("các huyện, thành phố của tỉnh Cà Mau", ()),
        ("thành phố Đà Nẵng, TP. Hồ Chí Minh", ()),  # of central rank: provinces themselves
        ("thị xã Quảng Trị", ("thị xã Quảng Trị",)),
    ],
)
def test_a_city_that_bears_its_provinces_name(text: str, towns: tuple[str, ...]) -> None:
    assert find_towns(text) == towns


def test_sixty_three_became_thirty_four() -> None:
    assert len(PROVINCES) == 63
    assert len({province.today for province in PROVINCES.values()}) == 34
    assert {province.today for province in PROVINCES.values()} <= set(PROVINCES)


def test_eleven_went_on_unchanged() -> None:
    unchanged = {name for name in PROVINCES if formerly(name) == (name,)}
    assert unchanged == {
        "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Cao Bằng", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa",
        "Nghệ An", "Hà Tĩnh",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Thái Nguyên", {"Bắc Kạn", "Thái Nguyên"}),
        ("Quảng Trị", {"Quảng Bình", "Quảng Trị"}),
        ("Phú Thọ", {"Hòa Bình", "Vĩnh Phúc", "Phú Thọ"}),
        ("Ninh Bình", {"Hà Nam", "Nam Định", "Ninh Bình"}),
        ("Lâm Đồng", {"Đắk Nông", "Bình Thuận", "Lâm Đồng"}),
        ("Thành phố Hồ Chí Minh", {"Bà Rịa - Vũng Tàu", "Bình Dương", "Thành phố Hồ Chí Minh"}),
        ("Cần Thơ", {"Sóc Trăng", "Hậu Giang", "Cần Thơ"}),
        ("Vĩnh Long", {"Bến Tre", "Trà Vinh", "Vĩnh Long"}),
        ("An Giang", {"Kiên Giang", "An Giang"}),
        ("Bắc Kạn", set()),
    ],
)
def test_mergers(name: str, parts: set[str]) -> None:
    assert set(formerly(name)) == parts
    assert all(today(part) == name for part in parts)


def test_every_province_is_in_exactly_one_of_today() -> None:
    parts = [part for name in {p.today for p in PROVINCES.values()} for part in formerly(name)]
    assert sorted(parts) == sorted(PROVINCES)


def test_unknown_province() -> None:
    with pytest.raises(KeyError, match="Hà Đông"):
        today("Hà Đông")


@pytest.mark.parametrize("name", PROVINCES)
def test_each_is_found_after_tinh_and_by_its_capitals(name: str) -> None:
    assert names(f"Liên đoàn Lao động tỉnh {name}.") == [name]
    assert names(f"Công đoàn viên của {name} năm nay") == [name]
    for alias in PROVINCES[name].aliases:
        assert names(f"ở {alias}, nơi này") == [name]


@pytest.mark.parametrize("name", PROVINCES)
def test_each_is_found_without_diacritics_after_tinh(name: str) -> None:
    typed = unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
    typed = typed if "đ" not in name.lower() else name.lower().replace("đ", "d")
    assert names(f"ldld tinh {typed}", folded=True) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "vì hòa bình, hợp tác",
        "VÌ HÒA BÌNH",
        "công nghệ an toàn và văn nghệ an vui",
        "Việt Nam định hướng phát triển",
        "bằng và cao bằng mức cũ",
        "khu vực châu Á - Thái Bình Dương",
        "học tập phong cách Hồ Chí Minh",
        "đồng chí Nguyễn Thái Bình phát biểu",
        "bình định tình hình",
        "chị Huệ và anh Long, an toàn",
        "",
    ],
)
def test_words_are_no_names(text: str) -> None:
    assert find_places(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoà Bình", ["Hòa Bình"]),
        ("tỉnh hòa bình", ["Hòa Bình"]),
        ("TỈNH HÒA BÌNH", ["Hòa Bình"]),
        ("KẾ HOẠCH\nHÒA BÌNH", ["Hòa Bình"]),
        ("kế hoạch lai châu năm 2021", ["Lai Châu"]),
        ("tỉnh Bắc Kan", ["Bắc Kạn"]),
        ("Thừa Thiên - Huế và Đắc Lắc", ["Huế", "Đắk Lắk"]),
        ("TP.HCM, thành phố Hồ Chí Minh", ["Thành phố Hồ Chí Minh"] * 2),
        ("Bà Rịa-Vũng Tàu", ["Bà Rịa - Vũng Tàu"]),
        ("Lai\nChâu", ["Lai Châu"]),
    ],
)
def test_spellings(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_without_diacritics_only_when_asked() -> None:
    assert names("ke hoach bac kan") == []
    assert names("ke hoach bac kan", folded=True) == ["Bắc Kạn"]
    assert names("dien bien phuc tap", folded=True) == []
    assert names("o dien bien", folded=True) == ["Điện Biên"]


def test_span_is_the_name_alone() -> None:
    text = "Tỉnh ủy Sơn La họp"
    assert [text[start:end] for start, end, _ in find_places(text)] == ["Sơn La"]


@given(st.text(alphabet="hòaHòaBbìnhLlaiCâu TP.-\n", max_size=40))
def test_spans_are_in_order_and_in_the_text(text: str) -> None:
    for folded in (False, True):
        found = find_places(text, folded=folded)
        ends = [0] + [end for _, end, _ in found]
        assert all(start >= end for (start, _, _), end in zip(found, ends, strict=False))
        assert all(0 <= start < end <= len(text) and name in PROVINCES for start, end, name in found)
