"""Mentions of other documents: number, type, date, issuer and title as they stand in our own sentences."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citing.citations import MAX_SPAN, find_citations
from corpus.records import Citation, Section
from corpus.structure.doctypes import code_of_type, type_name
from corpus.structure.issuers import match_issuer, office_code


def numbers(text: str) -> list[str | None]:
    return [citation.number for citation in find_citations(text, ())]


def only(text: str) -> Citation:
    (citation,) = find_citations(text, ())
    return citation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("theo Kế hoạch số 27/CTr-TU và 27-CTr/TU", ["27-CTr/TU"] * 2, id="two-spellings"),
        pytest.param("theo Quyết định số 217, 218-QĐ/TW", ["217-QĐ/TW", "218-QĐ/TW"], id="shared-ending"),
        pytest.param("Quyết định 290-QĐ/TW và 291-QĐ/TW", ["290-QĐ/TW", "291-QĐ/TW"], id="each-in-full"),
        pytest.param(
            "các Quyết định 217, 218 của Bộ Chính trị", ["217-QĐ/TW", "218-QĐ/TW"], id="completed-by-issuer"
        ),
        pytest.param("Kế hoạch 56/KH-LĐLĐ; Kế hoạch 56/KH-TLĐ", ["56/KH-LĐLĐ", "56/KH-TLĐ"], id="offices"),
        pytest.param("Hướng dẫn 15-\n\nHD/TU, ngày 4/5/2017", ["15-HD/TU"], id="torn-by-a-page"),
        pytest.param("Nghị định số 105/2020/NĐ- CP", ["105/2020/NĐ-CP"], id="stray-space"),
        pytest.param("Quyết định số 5130/QĐ -TLĐ", ["5130/QĐ-TLĐ"], id="space-before-the-dash"),
        pytest.param("Quyết định số 217QÐ/TW", ["217-QĐ/TW"], id="eth-and-no-dash"),
        pytest.param("Kế hoạch số 757/KH-LĐLD", ["757/KH-LĐLĐ"], id="ocr-lost-the-bar"),
        pytest.param("Chương trình hành động 08 của Huyện ủy", ["08-CTr/HU"], id="district-party"),
        pytest.param("Chỉ thị số 5 của Ban Bí thư", ["05-CT/TW"], id="serial-gets-its-zero"),
        pytest.param("Quyết định 33 của Thủ tướng Chính phủ", ["33/QĐ-TTg"], id="prime-minister"),
        pytest.param("Nghị định 145 năm 2020 của Chính phủ", ["145/2020/NĐ-CP"], id="decree-with-its-year"),
        pytest.param("Nghị định 145/2020 quy định chi tiết", ["145/2020/NĐ-CP"], id="decree-short"),
        pytest.param("Nghị định 145 của Chính phủ", [None], id="decree-without-year-is-not-completed"),
        pytest.param("Nghị quyết 5 của HĐND tỉnh", [None], id="two-ways-to-number-is-not-completed"),
        pytest.param("Nghị quyết số 10 của Ban Chấp hành Tổng Liên đoàn", [None], id="unsure"),
        pytest.param("Luật số 50/2024/QH15", ["50/2024/QH15"], id="law"),
        pytest.param("Kết luận số 12b/KL-TLĐ và Nghị quyết 4a/NQ-TLĐ", ["12b/KL-TLĐ", "4a/NQ-TLĐ"], id="abc"),
        pytest.param("Kế hoạch số 12 KH/TU", ["12-KH/TU"], id="space-for-the-dash"),
        pytest.param("Nghị quyết (số 19-NQ/TW)", ["19-NQ/TW"], id="in-brackets"),
        pytest.param("Nghị định số 43, ngày 15/5/2014 của Chính phủ", ["43/2014/NĐ-CP"], id="dated"),
        pytest.param("Nghị định 01/2016/NĐ-CPngày 1/2/2016", ["01/2016/NĐ-CP"], id="no-space-before-ngay"),
        pytest.param("**Chỉ thị** số *05-CT/TW*", ["05-CT/TW"], id="markup"),
    ],
)  # fmt: skip
def test_numbers(text: str, expected: list[str | None]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch 5 năm của tỉnh",
        "Báo cáo 6 tháng đầu năm của LĐLĐ tỉnh",
        "Thông báo 2 nội dung sau",
        "năm 2023 - LĐLĐ tỉnh tổ chức 12 lớp",
        "đạt 8/10 chỉ tiêu, 11/11 CĐCS, trực 24/7",
        "lương 15.000đ/người, ca 3/TB",
        "- Kế hoạch năm 2022\n- LĐLĐ tỉnh",
        "theo Mẫu số 16/TP-TGPL kèm theo",
        "Kế hoạch này và các nghị quyết, chỉ thị của Đảng",
        "nghị quyết đại hội công đoàn các cấp",
        "Luật sư, Hội Luật gia, Trường Đại học Luật Hà Nội",
        "pháp luật lao động và kỷ luật lao động",
        "Phong trào “Giỏi việc nước, đảm việc nhà trong nữ công nhân”",
        "Trên đây là Kế hoạch của LĐLĐ tỉnh về công tác kiểm tra",
        "",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert find_citations(text, ()) == ()


def test_everything_stated_is_read() -> None:
    text = "theo Nghị quyết số 15-NQ/TU, ngày 6/9/2012 của Tỉnh ủy khóa XI về “*Xây dựng đội ngũ*” và cấp ủy"
    citation = only(text)
    assert (citation.type, citation.number, citation.date) == ("Nghị quyết", "15-NQ/TU", "2012-09-06")
    assert (citation.issuer, citation.title) == ("Tỉnh ủy khóa XI", "Xây dựng đội ngũ")
    assert text[citation.start : citation.end] == "Nghị quyết số 15-NQ/TU, ngày 6/9/2012 của Tỉnh ủy khóa XI"


def test_what_is_not_stated_is_none() -> None:
    citation = only("thực hiện nghị quyết 02-NQ/TW ở cơ sở")
    assert (citation.type, citation.date, citation.issuer, citation.title) == ("Nghị quyết", None, None, None)


def test_issuer_before_date_and_date_in_words() -> None:
    citation = only(
        "Quyết định số 19/QĐ-TLĐ của Đoàn Chủ tịch Tổng Liên đoàn ngày 9 tháng 12 năm 2016 về tài sản"
    )
    assert (citation.issuer, citation.date) == ("Đoàn Chủ tịch Tổng Liên đoàn", "2016-12-09")
    assert citation.title == "về tài sản"


def test_type_as_stated_wins_over_the_code() -> None:
    assert only("theo Quy định số 124-QĐ/TW").type == "Quy định"
    assert only("theo số 124-QĐ/TW").type == "Quyết định"
    assert only("CTHĐ số 30-CTr/TU").type == "Chương trình hành động"


def test_a_name_may_stand_before_the_number() -> None:
    citation = only("thực hiện Chương\n\ntrình công tác Tuyên giáo số 31/CTr-TU của Tỉnh ủy")
    assert (citation.type, citation.number, citation.title) == (
        "Chương trình",
        "31-CTr/TU",
        "công tác Tuyên giáo",
    )
    assert only("Luật Công đoàn số 50/2024/QH15").title == "Luật Công đoàn"


def test_a_type_of_more_words_than_we_know() -> None:
    citation = only("Biên bản ghi nhớ số 12/BBGN-TLĐ của Hội nghị Trung ương 4 (khóa XIII)")
    assert (citation.type, citation.title) == ("Biên bản", "ghi nhớ")
    assert citation.issuer == "Hội nghị Trung ương 4 (khóa XIII)"


def test_issuer_is_shared_along_a_list() -> None:
    text = "Nghị định 71/1998/NĐ-CP (nay là Nghị định 04/2015/NĐ-CP), Nghị định 60/2013/NĐ-CP của Chính phủ"
    assert [c.issuer for c in find_citations(text, ())] == ["Chính phủ"] * 3


def test_issuer_is_not_shared_across_offices() -> None:
    first, second = find_citations("Chỉ thị số 16/CT-TTg và Nghị quyết 68/NQ-CP của Chính phủ", ())
    assert (first.issuer, second.issuer) == (None, "Chính phủ")


def test_bare_number_is_completed_from_the_document() -> None:
    text = "Theo Nghị quyết số 02-NQ/TW ngày 12/6/2021. Nghị quyết 02 đã nêu rõ."
    assert numbers(text) == ["02-NQ/TW", "02-NQ/TW"]


def test_bare_number_that_could_be_two_is_left_out() -> None:
    assert numbers("Nghị quyết 02-NQ/TW và Nghị quyết 02-NQ/TU. Nghị quyết 02 đã nêu.") == [
        "02-NQ/TW",
        "02-NQ/TU",
    ]


def test_own_number_is_no_citation_unless_the_date_differs() -> None:
    text = (
        "Số: 12/KH-LĐLĐ\nHà Giang, ngày 5 tháng 3 năm 2022\n\nKẾ HOẠCH\n\n"
        "Kèm theo Kế hoạch số 12/KH-LĐLĐ ngày 5/3/2022.\n\n"
        "Tiếp theo Kế hoạch số 12/KH-LĐLĐ ngày 8/3/2021 và Kế hoạch số 12/KH-TLĐ."
    )
    assert [(c.number, c.date) for c in find_citations(text, ())] == [
        ("12/KH-LĐLĐ", "2021-03-08"),
        ("12/KH-TLĐ", None),
    ]


def test_title_ends_with_its_clause() -> None:
    first, second = find_citations(
        "Kết luận số 79-KL/TW của Ban Bí thư về đổi mới công tác, Chỉ thị số 13-CT/TW; triển khai kế hoạch",
        (),
    )
    assert (first.title, second.title) == ("về đổi mới công tác", None)


def test_title_of_carrying_out_holds_the_other_names() -> None:
    text = "Chương trình số 9-CTr/TU về thực hiện Kết luận số 12-KL/TW và Nghị quyết của Quốc hội về đất đai."
    first, *rest = find_citations(text, ())
    assert first.title == "về thực hiện Kết luận số 12-KL/TW và Nghị quyết của Quốc hội về đất đai"
    assert [(c.number, c.issuer) for c in rest] == [("12-KL/TW", None), (None, "Quốc hội")]


@pytest.mark.parametrize(
    ("text", "kind", "issuer", "title"),
    [
        ("Nghị quyết Đại hội XIII của Đảng", "Nghị quyết", "Đại hội XIII của Đảng", None),
        ("nghị quyết Đại hội Công đoàn lần thứ X", "Nghị quyết", "Đại hội Công đoàn lần thứ X", None),
        (
            "Nghị quyết Trung ương 7 (khóa X) về “Xây dựng Đảng”",
            "Nghị quyết", "Trung ương 7 (khóa X)", "Xây dựng Đảng",
        ),
        ("Nghị quyết của Quốc hội về dự toán", "Nghị quyết", "Quốc hội", "về dự toán"),
        ("Luật Thực hiện dân chủ ở cơ sở", "Luật", None, "Luật Thực hiện dân chủ ở cơ sở"),
        ("Bộ luật Lao động 2019", "Bộ luật", None, "Bộ luật Lao động 2019"),
        ("Luật An toàn vệ sinh lao động", "Luật", None, "Luật An toàn vệ sinh lao động"),
        ("Luật Quản lý ngoại thương năm 2017 quy định", "Luật", None, "Luật Quản lý ngoại thương năm 2017"),
        ("Điều lệ Công đoàn Việt Nam khóa XII", "Điều lệ", None, "Điều lệ Công đoàn Việt Nam"),
        (
            "Chương trình “75 nghìn sáng kiến, vượt khó” do Tổng Liên đoàn phát động",
            "Chương trình", "Tổng Liên đoàn", "75 nghìn sáng kiến, vượt khó",
        ),
        (
            "Chương trình tổng thể cải cách hành chính giai đoạn 2021-2030",
            "Chương trình", None, "tổng thể cải cách hành chính giai đoạn 2021-2030",
        ),
    ],
)  # fmt: skip
def test_named_without_a_number(text: str, kind: str, issuer: str | None, title: str | None) -> None:
    citation = only(text)
    assert (citation.type, citation.number, citation.issuer, citation.title) == (kind, None, issuer, title)


def test_second_congress_is_read_from_the_conjunction() -> None:
    found = find_citations("Nghị quyết Đại hội XIII Công đoàn Việt Nam và Công đoàn tỉnh", ())
    assert [c.issuer for c in found] == ["Đại hội XIII Công đoàn Việt Nam", "Đại hội Công đoàn tỉnh"]


def test_name_does_not_run_into_the_next_paragraph() -> None:
    text = "Sơ kết Nghị quyết Đại hội XIII Công đoàn Việt Nam\n\nThực hiện chương trình làm việc"
    assert only(text).issuer == "Đại hội XIII Công đoàn Việt Nam"


def test_section_is_the_one_the_mention_begins_in() -> None:
    text = "Mở đầu.\nI. MỤC ĐÍCH\nTheo Chỉ thị số 05-CT/TW."
    cut = text.index("I.")
    sections = (Section("Mở đầu", "", 0, 0, cut), Section("I", "MỤC ĐÍCH", 1, cut, len(text)))
    assert [c.section for c in find_citations(text, sections)] == ["I"]


def test_offices_and_their_codes() -> None:
    assert office_code("Ban Thường vụ Thành ủy") == "TU"
    assert office_code("Tổng LĐLĐ Việt Nam") == "TLĐ"
    assert office_code("LĐLĐ tỉnh Sơn La") == "LĐLĐ"
    assert office_code("Trung ương Hội Phụ nữ Việt Nam") is None
    assert match_issuer("của LĐLĐ tỉnh Sơn La về", 4) == (20, "LĐLĐ tỉnh Sơn La")
    assert match_issuer("của mọi người", 4) is None


def test_type_names() -> None:
    assert type_name("thông báo kết luận") == "Thông báo"
    assert code_of_type("Chương trình hành động") == "CTr"
    assert code_of_type("Hiến pháp") is None


WORDS = st.sampled_from(
    ["Nghị quyết", "số", "02-NQ/TW", "217,", "của", "Bộ Chính trị", "về", "“", "”", "\n\n", "- ", ";", ".",
     "ngày 12/6/2021", "Luật Công đoàn", "Đại hội XIII", "145/2020/NĐ- CP", "**", "kế hoạch", "năm 2021"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_spans_lie_in_the_text_and_in_order(text: str) -> None:
    found = find_citations(text, ())
    assert all(0 <= c.start < c.end <= len(text) and c.end - c.start <= MAX_SPAN for c in found)
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(c.number or c.issuer or c.title for c in found)


@pytest.mark.shared
def test_judged_numbers_of_the_real_documents() -> None:
    shared = Path(__file__).parents[2] / "shared"
    if not (shared / "eval" / "references.csv").exists():
        pytest.skip("the judged data lie outside the repository and are not here")
    with (shared / "eval" / "references.csv").open(encoding="utf-8") as file:
        judged = [row for row in csv.DictReader(file) if row["number"]]
    for doc in sorted({row["doc"] for row in judged}):
        (path,) = (shared / "documents").glob(f"{doc}_*")
        found = sorted(c.number for c in find_citations(path.read_text(encoding="utf-8"), ()) if c.number)
        assert found == sorted(row["number"] for row in judged if row["doc"] == doc)
