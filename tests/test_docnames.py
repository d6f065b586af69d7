"""Documents named in short, and what is never answered from another document than the one named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.asking.asks import asked_kinds, expected_answer
from search.asking.docnames import find_serials, spelt_types, typed_serials, without_documents
from search.engine import Engine
from search.query import understand
from tests.libraries import opened

_PLAN = """Số: 45/KH-LĐLĐ

Hà Giang, ngày 12 tháng 02 năm 2024

KẾ HOẠCH
Tháng hành động về an toàn lao động năm 2024

Thực hiện Chương trình số 18-CTr/TU, ngày 05/01/2024 của Tỉnh ủy, LĐLĐ tỉnh xây dựng kế hoạch.

I. CHỈ TIÊU

1. Vận động 640 doanh nghiệp ký cam kết bảo đảm an toàn lao động.

2. Thực hiện Nghị quyết số 31-NQ/TU, ngày 09/8/2023 của Tỉnh ủy về chăm lo công nhân; Đề án số 06-ĐA/TU, ngày
11/9/2023 của Tỉnh ủy về nhà ở cho công nhân.

II. TỔ CHỨC THỰC HIỆN

- Ban Tuyên giáo:

+ Đánh giá Chương trình số 71/CTr-TLĐ, ngày 02/3/2022 của Tổng Liên đoàn về văn hóa đọc.

- Ban Quan hệ lao động:

+ Đánh giá Chương trình số 72/CTr-TLĐ, ngày 04/3/2022 của Tổng Liên đoàn về đối thoại.

Các đơn vị báo cáo kết quả về LĐLĐ tỉnh trước ngày 20/6/2024.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Lò Văn Pản
"""
_REPORT = """Số: 88/BC-LĐLĐ

Hà Giang, ngày 03 tháng 7 năm 2024

BÁO CÁO
Kết quả công tác nữ công 6 tháng đầu năm 2024

I. KẾT QUẢ

1. Theo Quyết định 52 của Tỉnh ủy, các cấp công đoàn mở 37 lớp tập huấn cho nữ đoàn viên.

2. Thực hiện Chương trình hành động số 09-CTr/TU, ngày 06/6/2022 của Tỉnh ủy về bình đẳng giới.

TM. BAN THƯỜNG VỤ
PHÓ CHỦ TỊCH

Giàng Thị Dợ
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = opened(tmp_path_factory.mktemp("docnames"), plan=_PLAN, report=_REPORT)
    yield engine
    engine.bundle.close()


@pytest.mark.parametrize(
    ("typed", "spelt"),
    [
        pytest.param("ai ký KH 45", "ai ký Kế hoạch 45", id="before-the-serial"),
        pytest.param("kh số 45 ở đâu", "Kế hoạch số 45 ở đâu", id="typed-small"),
        pytest.param("BC88 nói gì", "Báo cáo 88 nói gì", id="glued"),
        pytest.param("45/kh có gì", "Kế hoạch 45 có gì", id="behind-the-serial"),
        pytest.param("Kế hoạch số 45/KH", "Kế hoạch số 45", id="said-twice"),
        pytest.param("45 / KH - LĐLD", "45 / KH - LĐLD", id="a-whole-number-stays"),
        pytest.param("TT 15 người", "TT 15 người", id="a-figure-of-something"),
        pytest.param("BC 6 tháng đầu năm", "BC 6 tháng đầu năm", id="six-months"),
        pytest.param("đã 07 đơn vị", "đã 07 đơn vị", id="a-word"),
    ],
)
def test_types_in_short_are_written_out_beside_a_serial_only(typed: str, spelt: str) -> None:
    assert spelt_types(typed) == spelt


def test_months_and_years_of_a_plan_are_no_serial() -> None:
    assert find_serials("báo cáo 9 tháng đầu năm 2024") == find_serials("kế hoạch 5 năm 2021-2025") == ()
    assert find_serials("Kế hoạch 45 năm 2024") == ("45",)
    assert find_serials("Kế hoạch 45 tháng mấy ban hành") == ("45",)


def test_the_year_in_a_number_is_not_a_year_asked_for() -> None:
    query = understand("Nghị định 145/2020 về gì, năm 2024 còn áp dụng không?")
    assert (query.serials, query.years) == (("145",), (2024,))


def test_a_serial_after_so_alone_names_no_document() -> None:
    assert typed_serials("Trường mầm non số 1 theo mẫu số 03 của Báo cáo 88") == (("bao cao", "88"),)


def test_a_question_of_another_number_is_not_of_the_documents_own() -> None:
    assert expected_answer("ke hoach 45 trien khai chuong trinh so may") == "directives"
    assert expected_answer("ke hoach thuc hien nghi quyet 31 so may") == "number"


def test_every_type_asked_for_is_told() -> None:
    asked = "can cu quyet dinh giao chi tieu va chuong trinh cong tac nao"
    assert asked_kinds(asked) == {"quyet dinh", "chuong trinh"}
    assert asked_kinds("theo van ban nao") == frozenset()


@pytest.mark.parametrize("asked", ["ai ký KH 45?", "kh 45 ai ký", "Ai ký 45/KH?"])
def test_a_document_is_known_by_its_short_name(engine: Engine, asked: str) -> None:
    assert "Lò Văn Pản" in engine.ask(asked).answer.text


@pytest.mark.parametrize(
    "asked",
    [
        "Kế hoạch 300 vận động bao nhiêu doanh nghiệp ký cam kết an toàn lao động?",
        "KH 300 hạn báo cáo khi nào?",
        "BC 412 mở bao nhiêu lớp tập huấn cho nữ đoàn viên?",
    ],
)
def test_nothing_of_another_document_answers_for_one_not_held(engine: Engine, asked: str) -> None:
    answer = engine.ask(asked).answer
    assert answer.abstained
    assert "không có và không nhắc tới văn bản số" in answer.text


def test_what_is_said_under_a_short_name_is_told(engine: Engine) -> None:
    answer = engine.ask("Theo QĐ 52 các cấp công đoàn mở bao nhiêu lớp tập huấn?").answer
    assert "37" in answer.text
    assert not answer.abstained


def test_the_deadline_is_that_of_the_plan_named(engine: Engine) -> None:
    assert "20/6/2024" in engine.ask("hạn báo cáo của KH 45?").answer.text


@pytest.mark.parametrize("asked", ["NQ 31 về việc gì", "Nghị quyết 31 nói gì"])
def test_one_that_is_only_cited_is_told_by_its_full_number(engine: Engine, asked: str) -> None:
    answer = engine.ask(asked).answer
    assert answer.text.startswith("Kho không có văn bản 31-NQ/TU")
    assert "chăm lo công nhân" in answer.text


def test_a_plan_named_tells_which_programme_it_carries_out(engine: Engine) -> None:
    answer = engine.ask("KH 45 triển khai chương trình số mấy của Tỉnh ủy?").answer
    assert "**18-CTr/TU**" in answer.text
    assert "09-CTr/TU" not in answer.text  # another document's


def test_only_the_type_asked_for_is_listed(engine: Engine) -> None:
    answer = engine.ask("Nhà ở cho công nhân được thực hiện theo đề án nào?").answer
    assert "**06-ĐA/TU**" in answer.text
    assert "31-NQ/TU**" not in answer.text


def test_only_what_stands_below_the_body_asked_about_is_listed(engine: Engine) -> None:
    answer = engine.ask("Ban Quan hệ lao động phải đánh giá những chương trình nào?").answer
    assert "**72/CTr-TLĐ**" in answer.text
    assert "71/CTr-TLĐ" not in answer.text


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Kế hoạch số 1234/KH-LĐLĐ là ngày nào", "là ngày nào"),
        ("hạn báo cáo của KH 56/KH-LĐLĐ ngày nào", "hạn báo cáo của KH ngày nào"),
        ("Kế hoạch 31 hạn báo cáo ngày nào", "hạn báo cáo ngày nào"),
        ("Báo cáo 6 tháng nộp ai", "Báo cáo 6 tháng nộp ai"),
    ],
)
def test_a_question_without_its_documents_keeps_every_other_letter(question: str, left: str) -> None:
    assert without_documents(question) == left
