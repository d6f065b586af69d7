"""Of several numbers of one noun the one is given that is told of the subject asked about, in that role."""

from __future__ import annotations

import pytest

from search.asking.counted import goes_on, is_said_of, said_of_counted
from search.asking.howmany import figure_spans
from search.engine import Engine
from search.ranking.absent import names_another, names_in
from tests.libraries import opened

_REPORT = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 61/BC-LĐLĐ

Cà Mau, ngày 04 tháng 7 năm 2025

BÁO CÁO
Hoạt động công đoàn quý II năm 2025

I. KẾT QUẢ

1. Vốn vay

Quỹ hỗ trợ nông dân hiện có 5 dự án đang triển khai tại các xã. Quỹ quốc gia về việc làm cho vay 3 dự án tại 2 xã vùng biển. Quỹ trợ vốn công đoàn hiện có 9 dự án đang hoạt động.

2. Nhà ở

Vay vốn từ Quỹ phát triển nhà ở: đang thẩm định 04 hồ sơ của 4 đoàn viên. Đến nay có 26 hồ sơ được giải ngân, giúp đoàn viên ổn định chỗ ở.

Vay vốn từ Quỹ tấm lòng vàng: cho vay 02 mô hình của 2 đoàn viên. Đến nay hiện có 21 mô hình đều có lãi.

Quỹ mái ấm cho vay 07 căn. Đến nay, Ngân hàng Chính sách xã hội có 50 căn đã hoàn thành.

3. Học nghề

Quỹ khuyến học được giới thiệu ở các tổ sản xuất. Quỹ học nghề hiện có 14 lớp đang mở.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Thị Mai
"""  # noqa: E501


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("counted"), report=_REPORT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Quỹ quốc gia về việc làm: mấy dự án đang hoạt động", "**3** dự án"),
        ("Quỹ trợ vốn công đoàn: mấy dự án đang hoạt động", "**9** dự án"),
        ("Quỹ hỗ trợ nông dân có bao nhiêu dự án?", "**5** dự án"),
        ("Quỹ phát triển nhà ở có mấy hồ sơ được giải ngân?", "**26** hồ sơ"),
        ("quy phat trien nha o co bao nhieu ho so duoc giai ngan", "**26** hồ sơ"),
        ("Vay vốn từ Quỹ phát triển nhà ở đang thẩm định mấy hồ sơ?", "**04** hồ sơ"),
        ("Quỹ học nghề có mấy lớp đang mở?", "**14** lớp"),
        ("Quỹ tấm lòng vàng có bao nhiêu mô hình?", "**21** mô hình"),  # all there are, not those lent to
    ],
)
def test_the_number_told_of_the_subject_in_that_role_is_given(
    library: Engine, question: str, said: str
) -> None:
    answer = library.ask(question).answer
    assert not answer.unsure
    assert said in answer.text.splitlines()[0]


def test_a_neighbouring_sentence_about_another_fund_does_not_answer(library: Engine) -> None:
    answer = library.ask("Quỹ khuyến học có mấy lớp đang mở?").answer
    assert answer.unsure or answer.abstained
    assert "**14**" not in answer.text


def test_what_goes_on_about_somebody_else_is_not_put_first(library: Engine) -> None:
    said = library.ask("Quỹ mái ấm có bao nhiêu căn?").answer.text
    assert "**50**" not in said
    assert "Quỹ mái ấm cho vay" in said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Có mấy dự án vay vốn từ quỹ này còn đang hoạt động, thu nhập bao nhiêu?", "hoat dong"),
        ("Bao nhiêu đoàn viên được kết nạp Đảng?", "ket nap"),
        ("Có bao nhiêu dự án?", ""),
        ("Đã thành lập bao nhiêu công đoàn cơ sở?", ""),  # what was done, not which of them
        ("Bao nhiêu doanh nghiệp chưa có công đoàn?", ""),
    ],
)
def test_what_a_question_says_of_the_things_it_counts(question: str, said: str) -> None:
    assert said_of_counted(question) == said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hiện có 17 dự án hoạt động hiệu quả.", True),
        ("Cho vay 17 dự án, quỹ hoạt động hiệu quả.", False),  # said of the fund
        ("Cho vay 17 dự án.", False),
    ],
)
def test_it_is_said_of_a_figures_own_noun(text: str, told: bool) -> None:
    assert is_said_of("Có mấy dự án đang hoạt động?", text, figure_spans(text)) == told


def test_sentences_that_go_on_about_the_same_subject() -> None:
    assert goes_on("- Đến nay đã giúp 30 người.")
    assert goes_on("Tính đến Quý III có 30 dự án")
    assert not goes_on("Ngân hàng Chính sách cho vay 30 người.")
    assert not goes_on("Đến nay, Ngân hàng Chính sách đã cho vay 30 người.")


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("Quỹ trợ vốn có 9 dự án", True),
        ("Quỹ trợ vốn và Quỹ quốc gia có 9 dự án", False),
        ("QQG có 9 dự án, quỹ trợ vốn không có", False),  # its initials
        ("Có 9 dự án", False),
        ("Ban Quản lý có 9 dự án", False),
    ],
)
def test_a_sentence_may_name_another_fund_than_asked(text: str, another: bool) -> None:
    assert names_another(names_in("Quỹ quốc gia có mấy dự án?"), text) == another
    assert not names_another([], text)
