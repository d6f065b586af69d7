"""What is asked for stands in what is quoted: long sentences, lists, deadlines, leaning sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest

from corpus.passages import split_document
from corpus.reading import read_document
from search.answering.excerpt import stretches
from search.asking.expect import expected_spans, meets_closely
from search.documents.sources import MAX_QUOTE
from search.engine import Engine
from search.query import understand
from tests.libraries import opened
from tests.views import view_of

LONG = (
    "Các cấp công đoàn đã tuyên truyền Luật Công đoàn năm 2024 tới từng tổ sản xuất, "
    + "cấp phát tờ gấp hỏi đáp về chế độ làm việc cho lao động ở vùng sâu, " * 6
    + "kết quả đã thu hút trên 7 nghìn lượt nữ công nhân dự 46 buổi nói chuyện."
)
CAUSES = (
    "Nguyên nhân: Một số nơi thiếu cán bộ; kinh phí cấp chậm nên nhiều việc đã bàn từ đầu năm đến quý II mới "
    "bắt đầu làm được; cán bộ ở cơ sở phần đông kiêm nhiệm, ít khi gặp gỡ người lao động ở các tổ sản xuất; "
    "chưa kiểm tra thường xuyên việc thực hiện."
)
REPORT = f"""LIÊN ĐOÀN LAO ĐỘNG TỈNH HÀ GIANG

Số: 61/BC-LĐLĐ

Hà Giang, ngày 04 tháng 7 năm 2025

BÁO CÁO
Hoạt động công đoàn quý II năm 2025

I. KẾT QUẢ

{LONG}

Tiếp tục nhân rộng mô hình “Tổ tiết kiệm xoay vòng”. Đến nay đã giúp 415 đoàn viên, hết 2.340.000.000đ.

II. ĐÁNH GIÁ

{CAUSES}

III. TỔ CHỨC THỰC HIỆN

Xây dựng kế hoạch nộp báo cáo: tháng 8/2025.

Công đoàn cơ sở nộp báo cáo về LĐLĐ tỉnh trước ngày 20/11/2025.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Thị Mai
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return opened(tmp_path_factory.mktemp("excerpt"), report=REPORT)


class Quoted(Protocol):
    def __call__(self, question: str, beginning: str, text: str = REPORT) -> list[str]: ...


@pytest.fixture
def quoted(tmp_path: Path) -> Quoted:
    """Gives what is quoted, for a question, of the unit that begins so."""

    def quote(question: str, beginning: str, text: str = REPORT) -> list[str]:
        path = tmp_path / "bao-cao.txt"
        path.write_text(text, encoding="utf-8")
        document = read_document(path)
        units = [u for p in split_document(document) for u in view_of(document, p).units]
        unit = next(u for u in units if u.text.startswith(beginning))
        return [document.text[a:b] for a, b in stretches(document, understand(question), unit)]

    return quote


def test_a_long_sentence_is_quoted_where_the_figure_asked_for_stands(quoted: Quoted) -> None:
    [stretch] = quoted("Thu hút bao nhiêu lượt nữ công nhân?", "Các cấp công đoàn đã tuyên truyền")
    assert "trên 7 nghìn lượt nữ công nhân" in stretch
    assert len(stretch) <= MAX_QUOTE
    assert stretch in LONG


def test_a_long_sentence_is_quoted_from_its_beginning_where_that_tells_most(quoted: Quoted) -> None:
    [stretch] = quoted("Tuyên truyền luật công đoàn tới tổ sản xuất", "Các cấp công đoàn đã tuyên truyền")
    assert stretch.startswith("Các cấp công đoàn đã tuyên truyền Luật Công đoàn năm 2024")


def test_an_enumeration_under_the_label_asked_for_is_quoted_to_its_end(quoted: Quoted) -> None:
    assert quoted("Nguyên nhân là gì?", "Nguyên nhân: Một số nơi thiếu cán bộ;") == [CAUSES]


def test_a_clause_under_another_label_than_the_one_asked_for_stands_alone(quoted: Quoted) -> None:
    assert quoted("Kinh phí cấp thế nào?", "kinh phí cấp chậm") == [CAUSES.split("; ")[1] + ";"]


def test_an_enumeration_longer_than_a_quotation_goes_on_in_the_next(quoted: Quoted) -> None:
    text = REPORT.replace("kinh phí cấp chậm", "kinh phí cấp chậm; " + "việc giao cho từng cơ sở " * 8)
    first, second = quoted("Nguyên nhân là gì?", "Nguyên nhân: Một số nơi thiếu cán bộ;", text)
    assert max(len(first), len(second)) <= MAX_QUOTE
    assert first.endswith(";")
    assert second.endswith("việc thực hiện.")
    assert f"{first} {second}" in text


def test_a_figure_is_found_in_the_sentence_after_the_one_that_names_its_subject(engine: Engine) -> None:
    answer = engine.ask("Mô hình Tổ tiết kiệm xoay vòng đã giúp được bao nhiêu người?").answer
    assert not answer.abstained
    assert "**415** đoàn viên" in answer.text


def test_a_deadline_is_the_date_by_which_and_not_any_date(engine: Engine) -> None:
    answer = engine.ask("Hạn nộp báo cáo là ngày nào?").answer
    assert "**20/11/2025**" in answer.text or "20/11/2025" in answer.text.splitlines()[1]
    assert "tháng 8/2025" not in answer.text.splitlines()[0]


def test_a_document_alone_and_a_day_ask_for_its_date(engine: Engine) -> None:
    assert "**4/7/2025**" in engine.ask("Báo cáo 61/BC-LĐLĐ ngày nào?").answer.text


def test_two_questions_in_one_are_both_answered(engine: Engine) -> None:
    answer = engine.ask("Báo cáo quý II năm 2025 của Hà Giang số mấy, ai ký?").answer
    assert "61/BC-LĐLĐ" in answer.text
    assert "Lò Thị Mai" in answer.text
    assert {"Số: 61/BC-LĐLĐ"} < {citation.quote for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "text", "closely"),
    [
        ("Hạn nộp là ngày nào?", "Nộp báo cáo trước ngày 20/11/2025.", True),
        ("Hạn nộp là ngày nào?", "Xây dựng kế hoạch: tháng 8/2025", False),
        ("Hội nghị tổ chức ngày nào?", "Họp trước ngày 20/11/2025.", False),
        ("Văn kiện đã dự thảo lần thứ mấy?", "Các văn kiện (dự thảo lần 4) đã gửi", True),
        ("Văn kiện đã dự thảo lần thứ mấy?", "Văn kiện Đại hội lần thứ XIV", False),
    ],
)
def test_what_is_asked_for_in_the_very_role(question: str, text: str, closely: bool) -> None:
    assert meets_closely(understand(question), text) is closely


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Đến năm nào thì xong?", "Đến năm 2035: mọi xã có công đoàn", ["năm 2035"]),
        ("Khi nào thì xong?", "Đến năm 2035: mọi xã có công đoàn", []),
        ("Đến năm nào thì xong?", "Giai đoạn 2021-2025 làm xong", []),
        ("Nộp ngày nào?", "Theo Kế hoạch 12/KH-TLĐ, ngày 3/2/2024, nộp trước ngày 1/7/2024", ["1/7/2024"]),
        ("Kế hoạch 12/KH-TLĐ ngày nào?", "Theo Kế hoạch 12/KH-TLĐ, ngày 3/2/2024", ["3/2/2024"]),
        ("Họp tháng mấy?", "Tháng 01/2025: họp mở rộng", ["Tháng 01/2025"]),
        ("Họp ngày nào?", "Trong quý III họp vào ngày 12-13/10/2025", ["12-13/10/2025"]),
        ("Bao giờ họp?", "Trong quý III sẽ họp", ["quý III"]),
        ("Nhiệm kỳ mấy năm?", "Nhiệm kỳ 5 năm, hằng năm có báo cáo", ["5 năm"]),
        ("Báo cáo bao lâu một lần?", "Nhiệm kỳ 5 năm, hằng năm báo cáo", ["5 năm", "hằng năm"]),
        ("Giúp bao nhiêu cháu?", "tặng quà 12 học sinh và 3 trường", ["12"]),
        ("Giúp bao nhiêu trường?", "tặng quà 12 học sinh và 3 trường", ["3"]),
        ("Mấy anh lãnh đạo phải họp mấy lần?", "họp 02 lần với 30 anh chị em", ["02"]),
    ],
)
def test_spans_of_the_kind_asked_for(question: str, text: str, found: list[str]) -> None:
    query = understand(question)
    assert [text[a:b] for a, b in expected_spans(query.asks, query, text)] == found


@pytest.mark.parametrize(
    "told",
    [
        "Cấp căn cước cho 40 đoàn viên, hỗ trợ điện thoại cho 12 em.",
        "Tập huấn cho đoàn viên sinh năm 1990 trở lên, mỗi nơi 12 người.",
    ],
)
def test_what_only_speaks_of_such_things_is_quoted_whole(tmp_path: Path, told: str) -> None:
    text = REPORT.split("I. KẾT QUẢ")[0] + f"I. KẾT QUẢ\n\n1. {told}\n"
    answer = opened(tmp_path, a=text).ask("Đoàn viên được cấp, được tập huấn những gì?").answer
    assert told in answer.text.replace("**", "")


@pytest.mark.parametrize("amount", ["4.067.150.000đ", "1.091.234.567 đồng", "0912.345.678.000đ"])
def test_an_amount_is_no_telephone_number(tmp_path: Path, amount: str) -> None:
    text = REPORT.split("I. KẾT QUẢ")[0] + f"I. KẾT QUẢ\n\n1. Giúp 338 đoàn viên, tổng số tiền {amount}.\n"
    answer = opened(tmp_path, a=text).ask("Tổng số tiền giúp đoàn viên là bao nhiêu?").answer
    assert f"tổng số tiền {amount}." in answer.text.replace("**", "")


def test_what_is_private_is_left_out_where_nobody_asks_for_it(tmp_path: Path) -> None:
    told = (
        "Hỗ trợ đồng chí Lò Văn Mẫu, sinh ngày 05/3/1980, điện thoại 0912 345 678, bị tai nạn lao động, "
        "số tiền 5.000.000đ."
    )
    text = REPORT.split("I. KẾT QUẢ")[0] + f"I. KẾT QUẢ\n\n1. {told}\n"
    engine = opened(tmp_path, a=text)
    answer = engine.ask("Hỗ trợ đồng chí Lò Văn Mẫu bao nhiêu tiền?").answer
    first = answer.text.splitlines()[0]
    assert first == "Hỗ trợ đồng chí Lò Văn Mẫu … bị tai nạn lao động, số tiền **5.000.000đ**."
    assert not any("0912" in c.quote or "1980" in c.quote for c in answer.citations)
    assert all(engine.document(c.doc_id).text[c.start : c.end] == c.quote for c in answer.citations)
    assert "0912 345 678" in engine.ask("Số điện thoại của đồng chí Lò Văn Mẫu?").answer.text
