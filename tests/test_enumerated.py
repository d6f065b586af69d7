"""Who asks for several of something is given the whole list, not its first item."""

from __future__ import annotations

import pytest

from corpus.text import clean
from search.answering.enumerated import LIST_GOES_ON, in_runs, several_of
from search.documents.sources import MAX_QUOTE
from search.engine import Engine
from tests.libraries import opened

_MOVEMENTS = (
    "Công đoàn các cấp duy trì các phong trào thi đua, trọng tâm là các phong trào: “Sáng kiến nhỏ” gắn với "
    "cải tiến kỹ thuật ở từng dây chuyền chế biến của doanh nghiệp và việc thưởng sáng kiến hằng quý; “Nữ "
    "công nhân giỏi nghề” ở các xưởng may; “Nhà trọ sạch, đẹp” ở khu công nhân thuê trọ; cuộc vận động “Mỗi "
    "tổ một việc tốt”."
)
_CLUBS = (
    "Thành lập các câu lạc bộ: câu lạc bộ bóng đá công nhân các khu công nghiệp và khu chế xuất trong tỉnh; "
    + "; ".join(
        f"câu lạc bộ đọc sách và nói chuyện chuyên đề của tổ nhà trọ số {n} ở phường" for n in range(30)
    )
    + "."
)
_SLIP = (
    "Phát động các hội thi, trọng tâm là hội thi “Bàn tay vàng”. “Tổ trưởng giỏi”; “Tiếng hát công nhân”, "
    "góp phần động viên công nhân lao động sản xuất. Khen thưởng kịp thời."
)
_HEADING = (
    "Đẩy mạnh các chương trình phúc lợi dành cho đoàn viên công đoàn và gia đình đoàn viên ở khắp các "
    "địa bàn trong tỉnh"
)
_PLAN = f"""LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 31/KH-LĐLĐ

Cà Mau, ngày 05 tháng 3 năm 2022

KẾ HOẠCH
Hoạt động công đoàn năm 2022

I. NHIỆM VỤ

1. Thi đua

{_MOVEMENTS} Tổng kết vào tháng 12.

2. Nơi gặp gỡ

{_CLUBS}

3. Tuyên truyền

Các hình thức tuyên truyền chủ yếu:

- Phát thanh ở khu nhà trọ;

- Tờ gấp bỏ túi;

- Nói chuyện chuyên đề tại tổ sản xuất.

4. Đánh giá

Ban Công tác cơ sở:

+ Đánh giá các nội dung chuyên đề: Chương trình số 15 về nhà ở. Chương trình số 27 về bữa ăn ca. Họp tháng 12.

5. Hội thi

{_SLIP}

6. {_HEADING}

Thỏa thuận với siêu thị giảm giá hàng thiết yếu cho đoàn viên có thẻ.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Trần Văn An
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("enumerated"), a=_PLAN)


@pytest.mark.parametrize(
    ("question", "what"),
    [
        ("Công đoàn duy trì các phong trào thi đua nào?", "phong trao thi dua"),
        ("những cuộc vận động gì đang triển khai", "cuoc van dong"),
        ("Liệt kê các câu lạc bộ", "cau lac bo"),
        ("kể tên những hội thi trong năm", "hoi thi"),
        ("Các hình thức tuyên truyền gồm những gì?", "hinh thuc tuyen truyen"),
        ("Các công đoàn cơ sở nào được khen?", "cong doan co so"),
        ("Kể tên các phong trào thi đua năm 2021", "phong trao thi dua"),
        ("Phong trào thi đua nào lớn nhất?", ""),
        ("Các cấp công đoàn phải làm gì?", ""),
        ("Có bao nhiêu phong trào?", ""),
        ("Các huyện gửi báo cáo trước ngày nào?", ""),
    ],
)
def test_what_is_asked_for_several_of(question: str, what: str) -> None:
    assert several_of(question) == what


@pytest.mark.parametrize(
    "question",
    [
        "Công đoàn duy trì các phong trào thi đua nào?",
        "cac phong trao thi dua nao",
        "Liệt kê các phong trào thi đua trọng tâm",
    ],
)
def test_a_list_within_a_sentence_is_given_to_its_end(library: Engine, question: str) -> None:
    answer = library.ask(question).answer
    said = answer.text.splitlines()[0]
    assert said == clean(_MOVEMENTS).text
    assert LIST_GOES_ON not in answer.text
    document = library.document("a")
    assert all(
        c.quote == document.text[c.start : c.end] and len(c.quote) <= MAX_QUOTE for c in answer.citations
    )


def test_a_list_too_long_to_give_says_that_it_goes_on(library: Engine) -> None:
    answer = library.ask("Thành lập các câu lạc bộ nào?").answer
    assert answer.text.splitlines()[0].endswith("ở phường;")
    assert answer.text.splitlines()[-1] == LIST_GOES_ON
    assert len(answer.citations) > 1


def test_names_that_a_slip_of_the_keys_parts_are_one_list(library: Engine) -> None:
    said = library.ask("Phát động các hội thi nào?").answer.text.splitlines()[0]
    assert "“Tiếng hát công nhân”" in said
    assert "Khen thưởng" not in said


def test_sentences_that_begin_alike_behind_a_colon_are_one_list(library: Engine) -> None:
    said = library.ask("Các chuyên đề nào được đánh giá?").answer.text.splitlines()[0]
    assert said.endswith("Chương trình số 27 về bữa ăn ca.")


def test_items_below_the_line_that_names_them_are_all_given(library: Engine) -> None:
    answer = library.ask("Công đoàn dùng các hình thức tuyên truyền nào?").answer
    assert answer.text.splitlines()[:4] == [
        "Các hình thức tuyên truyền chủ yếu:",
        "- Phát thanh ở khu nhà trọ;",
        "- Tờ gấp bỏ túi;",
        "- Nói chuyện chuyên đề tại tổ sản xuất.",
    ]


def test_a_heading_is_no_answer_where_its_section_tells_it(library: Engine) -> None:
    answer = library.ask("các chương trình phúc lợi dành cho đoàn viên công đoàn và gia đình").answer
    assert answer.text.splitlines()[0].startswith("Thỏa thuận với siêu thị")


def test_runs_end_at_stops_and_lose_nothing() -> None:
    text = "Một hai ba bốn, năm; sáu bảy. " * 40
    runs = in_runs(text, 0, len(text.rstrip()), 9)
    assert all(b - a <= MAX_QUOTE and text[b - 1] in ";." for a, b in runs)
    assert " ".join(text[a:b] for a, b in runs) == text.rstrip()
    assert len(in_runs(text, 0, len(text), 2)) == 2
    assert in_runs("x" * 900, 0, 900, 2) == [(0, 400), (400, 800)]
