"""Words of a document as one line of an answer."""

from __future__ import annotations

import pytest

from search.answering.lines import around, bare_line, embolden, first_words, note_line, telling_words
from search.documents.sources import quotation
from search.query import understand
from tests.fakes import make_document


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("- 1.4. Giới thiệu **30** đoàn viên", "Giới thiệu 30 đoàn viên"),
        ("a) Tổ chức\nhội nghị", "Tổ chức hội nghị"),
        ("2024 là năm đầu", "2024 là năm đầu"),
    ],
)
def test_a_line_without_its_bullet(quote: str, line: str) -> None:
    assert bare_line(quote) == line


def test_figures_that_answer_are_emphasised() -> None:
    line = "Tặng 40 suất quà, đạt 95% kế hoạch"
    assert embolden(understand("Đạt bao nhiêu phần trăm?"), line) == "Tặng 40 suất quà, đạt **95%** kế hoạch"
    assert embolden(understand("Tặng quà thế nào?"), line) == "Tặng **40** suất quà, đạt **95%** kế hoạch"


@pytest.mark.parametrize(
    "line",
    [
        "Phòng, chống dịch Covid-19 năm 2021 theo Công điện số 13/CĐ-TTg",
        "Kiểm tra theo Quyết định 85 của Tổng Liên đoàn, ngày 05/3/2022",
        "Hưởng ứng chương trình “02 triệu sáng kiến”",
    ],
)
def test_what_only_looks_like_a_figure_is_not_emphasised(line: str) -> None:
    assert embolden(understand("Chỉ tiêu tặng quà năm 2021"), line) == line
    assert embolden(understand("Tặng quà thế nào?"), line) == line


@pytest.mark.parametrize("question", ["Vì sao tặng quà?", "Đơn vị nào tặng quà?", "Tặng quà ở đâu?"])
def test_what_no_figure_answers_has_none_emphasised(question: str) -> None:
    assert embolden(understand(question), "Tặng 40 suất quà") == "Tặng 40 suất quà"


def test_words_about_a_place_begin_with_its_clause() -> None:
    before = "Các cấp công đoàn đẩy mạnh tuyên truyền; tiếp tục thực hiện"
    assert (
        around(before, "Chỉ thị số 5-CT/TW về nhà ở", 20)
        == "… tiếp tục thực hiện Chỉ thị số 5-CT/TW về nhà ở"
    )
    assert around("Thực hiện", "Chỉ thị số 5-CT/TW về nhà ở", 4) == "Thực hiện Chỉ thị…"
    assert around("một hai, ba bốn năm sáu bảy", "X", 8) == "… bốn năm sáu bảy X"


def test_long_lines_are_cut_at_a_word() -> None:
    assert first_words("một hai ba bốn", 3) == "một hai ba…"
    assert first_words("một hai ba", 3) == "một hai ba"


def test_the_telling_stretch_is_shown() -> None:
    line = "Các cấp công đoàn tổ chức hội nghị, hội thao, đẩy mạnh cải cách hành chính, tiết kiệm"
    assert telling_words(line, {"cai", "cach", "hanh", "chinh"}, 6) == "… đẩy mạnh cải cách hành chính,…"
    assert telling_words(line, set(), 4) == "Các cấp công đoàn…"


@pytest.mark.parametrize(
    ("question", "line", "shown"),
    [
        pytest.param(
            "Thăm hỏi đoàn viên mắc bệnh nặng hết bao nhiêu tiền?",
            "xây 2 phòng, số tiền 650.000.000đ; thăm hỏi đoàn viên mắc bệnh nặng, số tiền 31.000.000đ",
            "xây 2 phòng, số tiền 650.000.000đ; thăm hỏi đoàn viên mắc bệnh nặng, số tiền **31.000.000đ**",
            id="the-clause-asked-about",
        ),
        pytest.param(
            "Kiểm tra cấp dưới mấy cuộc?",
            "kiểm tra tài chính: 60 cuộc; trong đó kiểm tra cấp dưới: 4 cuộc; giám sát 9 cuộc",
            "kiểm tra tài chính: 60 cuộc; trong đó kiểm tra cấp dưới: **4** cuộc; giám sát 9 cuộc",
            id="the-part-asked-about",
        ),
        pytest.param(
            "Kiểm tra tài chính mấy cuộc?",
            "kiểm tra tài chính: 60 cuộc; trong đó kiểm tra cấp dưới: 4 cuộc; giám sát 9 cuộc",
            "kiểm tra tài chính: **60** cuộc; trong đó kiểm tra cấp dưới: 4 cuộc; giám sát 9 cuộc",
            id="the-whole-asked-about",
        ),
        pytest.param(
            "Các cấp đã mở bao nhiêu lớp?",
            "Các cấp mở được 90 lớp; trong đó lớp cùng cấp: 75 lớp, lớp cho cấp dưới: 15 lớp.",
            "Các cấp mở được **90** lớp; trong đó lớp cùng cấp: 75 lớp, lớp cho cấp dưới: 15 lớp.",
            id="a-part-is-named-by-what-tells-it-apart",
        ),
        pytest.param(
            "Mở cho cấp dưới bao nhiêu lớp?",
            "Các cấp mở được 90 lớp; trong đó lớp cùng cấp: 75 lớp, lớp cho cấp dưới: 15 lớp.",
            "Các cấp mở được 90 lớp; trong đó lớp cùng cấp: 75 lớp, lớp cho cấp dưới: **15** lớp.",
            id="the-second-of-two-parts",
        ),
        pytest.param(
            "Tư vấn cho bao nhiêu lượt nữ?",
            "Tư vấn cho 130 lượt người, trong đó có 45 lượt nữ.",
            "Tư vấn cho 130 lượt người, trong đó có **45** lượt nữ.",
            id="a-part-named-behind-its-figure",
        ),
        pytest.param(
            "Thăm công nhân tai nạn hết bao nhiêu tiền?",
            "Thăm 45 công nhân tai nạn với số tiền 90 triệu đồng, trong đó quỹ xã hội góp 30 triệu đồng.",
            "Thăm 45 công nhân tai nạn với số tiền **90 triệu đồng**, trong đó quỹ xã hội góp 30 triệu đồng.",
            id="no-part-of-an-amount",
        ),
        pytest.param(
            "Quà Tết tổng trị giá bao nhiêu tiền?",
            "Trao 120 suất quà Tết, mỗi suất 500.000 đồng, tổng trị giá 60.000.000 đồng.",
            "Trao 120 suất quà Tết, mỗi suất 500.000 đồng, tổng trị giá **60.000.000 đồng**.",
            id="the-amount-of-all",
        ),
        pytest.param(
            "Mỗi suất quà Tết bao nhiêu tiền?",
            "Trao 120 suất quà Tết, mỗi suất 500.000 đồng, tổng trị giá 60.000.000 đồng.",
            "Trao 120 suất quà Tết, mỗi suất **500.000 đồng**, tổng trị giá 60.000.000 đồng.",
            id="the-amount-of-each",
        ),
        pytest.param(
            "Tổng thu nhập tăng thêm bao nhiêu tiền?",
            "Thu nhập tăng thêm từ 4 triệu đến 5 triệu đồng/tháng.",
            "Thu nhập tăng thêm từ **4 triệu** đến **5 triệu đồng/tháng**.",
            id="a-month-is-no-thing-of-which-each-gets-one",
        ),
        pytest.param(
            "Quà Tết trị giá bao nhiêu tiền?",
            "Trao 120 suất quà Tết, mỗi suất 500.000 đồng, tổng trị giá 60.000.000 đồng.",
            "Trao 120 suất quà Tết, mỗi suất **500.000 đồng**, tổng trị giá **60.000.000 đồng**.",
            id="either-where-neither-is-named",
        ),
        pytest.param(
            "Sửa chữa nhà tình nghĩa bao nhiêu tiền một nhà?",
            "Xây mới 06 nhà tình nghĩa, 60 triệu đồng/nhà, sửa chữa 04 nhà, 25 triệu đồng/nhà.",
            "Xây mới 06 nhà tình nghĩa, 60 triệu đồng/nhà, sửa chữa 04 nhà, **25 triệu đồng/nhà**.",
            id="the-second-deed",
        ),
        pytest.param(
            "Xây mới mấy nhà tình nghĩa?",
            "Xây mới 06 nhà tình nghĩa, 60 triệu đồng/nhà, sửa chữa 04 nhà, 25 triệu đồng/nhà.",
            "Xây mới **06** nhà tình nghĩa, 60 triệu đồng/nhà, sửa chữa 04 nhà, 25 triệu đồng/nhà.",
            id="the-first-deed",
        ),
        pytest.param(
            "Báo cáo thực hiện Chương trình 12 gửi trước ngày nào?",
            "Chương trình số 12-CTr/TU, ngày 03/2/2024; báo cáo gửi trước ngày 10/12/2024",
            "Chương trình số 12-CTr/TU, ngày 03/2/2024; báo cáo gửi trước ngày **10/12/2024**",
            id="the-day-something-is-due",
        ),
    ],
)
def test_only_figures_of_what_is_asked_are_emphasised(question: str, line: str, shown: str) -> None:
    assert embolden(understand(question), line) == shown


def test_a_note_that_goes_on_beyond_what_is_quoted_says_so() -> None:
    long = make_document("a", "<sup>1</sup> " + "Theo số liệu của các huyện " * 20 + "gửi về.")
    assert note_line(quotation(long, 0, len(long.text))).endswith(" Theo số…")
    for whole in ("<sup>1</sup> Theo báo cáo của 12 đơn vị", "<sup>1</sup> " + "Tính cả năm. " * 29):
        document = make_document("a", whole)
        assert not note_line(quotation(document, 0, len(whole))).endswith("…")
