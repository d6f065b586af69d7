"""Levels of the union: whose doing, and whose figure, a question asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.asking.bodies import asked_actor, counted_level, done_by, figures_of, levels_named
from search.asking.expect import expected_spans
from search.engine import Engine
from search.query import understand
from tests.libraries import opened

_PLAN = """LIÊN ĐOÀN LAO ĐỘNG TỈNH CÀ MAU

Số: 61/KH-LĐLĐ

Cà Mau, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Công tác nữ công năm 2024

I. CHỈ TIÊU

1. Trên 97% công đoàn cấp trên trực tiếp cơ sở và 88% CĐCS có ban nữ công hoạt động tốt.

2. 90% công đoàn cấp trên cơ sở hoàn thành tốt chương trình nữ công, trong đó 25% hoàn thành xuất sắc.

II. TỔ CHỨC THỰC HIỆN

1. Liên đoàn Lao động tỉnh

- Sáu tháng một lần Ban Thường vụ tổng hợp báo cáo Tỉnh ủy kết quả công tác nữ công của tổ chức công đoàn.

2. LĐLĐ các huyện, thành phố, công đoàn ngành

- Hằng quý báo cáo kết quả công tác nữ công về Liên đoàn Lao động tỉnh (qua Ban Tuyên giáo - Nữ công).

Nơi nhận:
- Lưu: VT.

TM. BAN THƯỜNG VỤ
CHỦ TỊCH


Trần Văn An
"""


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Công đoàn cấp trên trực tiếp cơ sở giám sát 15% CĐCS", ["upper", "base"]),
        ("LĐLĐ tỉnh báo cáo Tổng LĐLĐ Việt Nam", ["province", "central"]),
        ("Các công đoàn ngành; LĐLĐ các huyện", ["upper", "upper"]),
        ("cán bộ, đoàn viên ở cơ sở", []),
    ],
)
def test_levels_named(text: str, levels: list[str]) -> None:
    assert [level for _, _, level in levels_named(text)] == levels


def test_whose_meeting_is_asked_for() -> None:
    assert asked_actor("Hội nghị Ban Chấp hành của LĐLĐ huyện họp tháng mấy?") == "upper"
    assert asked_actor("BCH mở rộng LĐLĐ tỉnh họp khi nào?") == "province"


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("LĐLĐ huyện báo cáo về LĐLĐ tỉnh bao lâu một lần?", "upper"),
        ("Bao lâu các huyện phải báo cáo một lần?", "upper"),
        ("Năm 2024 LĐLĐ tỉnh Cà Mau kiểm tra mấy nơi?", "province"),
        ("Ở Cà Mau các LĐLĐ huyện làm gì?", "upper"),
        ("Cán bộ công đoàn cơ sở được tập huấn gì?", None),  # of people, not of the body
        ("Ban nào của LĐLĐ tỉnh nhận báo cáo?", None),
    ],
)
def test_whose_doings_are_asked_for(question: str, level: str | None) -> None:
    assert asked_actor(question) == level


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("Bao nhiêu phần trăm CĐCS xếp loại tốt?", "base"),
        ("Tỷ lệ các công đoàn cấp trên cơ sở xếp loại tốt", "upper"),
        ("Bao nhiêu phần trăm cán bộ công đoàn cơ sở được tập huấn?", None),
    ],
)
def test_what_is_counted(question: str, level: str | None) -> None:
    assert counted_level(question) == level


def test_figures_of_a_level() -> None:
    text = "95% công đoàn cấp trên cơ sở và 85% CĐCS; 70% doanh nghiệp"
    spans = [(0, 3), (text.index("85%"), text.index("85%") + 3), (text.index("70%"), text.index("70%") + 3)]
    assert figures_of("base", text, spans) == [spans[1]]
    assert figures_of("province", text, spans) == [spans[2]]  # none counts it: those of other levels go
    part = "95% công đoàn cấp trên cơ sở hoàn thành, trong đó 20% xuất sắc"
    both = [(0, 3), (part.index("20%"), part.index("20%") + 3)]
    assert figures_of("upper", part, both) == both
    assert figures_of("base", part, both) == []


def test_each_clause_has_a_doer_of_its_own() -> None:
    text = "LĐLĐ tỉnh kiểm tra 50% đơn vị; công đoàn cấp trên cơ sở kiểm tra 15% CĐCS; 80% đơn vị đạt"
    spans = [(at, at + 3) for at in (text.index("50%"), text.index("15%"), text.index("80%"))]
    assert done_by("province", text, spans) == spans[:1]
    assert done_by("upper", text, spans) == spans[1:2]
    assert done_by("base", text, spans) == []
    assert done_by("base", "Kiểm tra 50% đơn vị", [(9, 12)]) == [(9, 12)]  # nobody is said to do it


def test_a_figure_in_brackets_has_a_doer_of_its_own() -> None:
    text = "Kết nạp 40 người (mỗi CĐCS (nơi có chi bộ) kết nạp ít nhất 02 người)"
    spans = [(at, at + 2) for at in (text.index("40"), text.index("02"))]
    assert done_by("base", text, spans) == spans[1:]
    assert done_by("upper", text, spans) == []
    assert done_by("province", text, spans) == spans[:1]  # what is nobody's in particular is the whole's


def test_behind_a_comma_another_body_does_something_else() -> None:
    text = "Tỉnh tặng 90 suất quà; công đoàn ngành tặng 30 suất, CĐCS tặng 05 suất"
    spans = [(at, at + 2) for at in (text.index("90"), text.index("30"), text.index("05"))]
    assert done_by("upper", text, spans) == spans[1:2]
    assert done_by("base", text, spans) == spans[2:]
    listed = "LĐLĐ huyện, công đoàn ngành tặng 30 suất"
    assert done_by("upper", listed, [(33, 35)]) == [(33, 35)]


def test_a_union_above_is_above_the_base_however_it_is_called() -> None:
    for question in ("Công đoàn cấp trên kiểm tra bao nhiêu đơn vị?", "Công đoàn cấp trên cơ sở làm gì?"):
        assert asked_actor(question) == "upper"
    assert asked_actor("Cấp ủy cấp trên chỉ đạo gì?") is None


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("library")
    return opened(folder, a=_PLAN)


def test_a_duty_is_quoted_from_the_body_that_is_asked_about(library: Engine) -> None:
    for question in (
        "LĐLĐ huyện báo cáo công tác nữ công qua ban nào?",
        "Các huyện báo cáo nữ công bao lâu một lần?",
    ):
        answer = library.ask(question).answer
        assert "Hằng quý báo cáo" in answer.text.replace("**", ""), question
        assert answer.citations[0].section == "II.2"
    assert (
        library.ask("LĐLĐ tỉnh báo cáo công tác nữ công bao lâu một lần?").answer.citations[0].section
        == "II.1"
    )


def test_through_whom_is_told_only_where_something_goes_through_somebody(library: Engine) -> None:
    answer = library.ask("Báo cáo công tác nữ công gửi qua ban nào?").answer
    assert "(qua Ban Tuyên giáo - Nữ công)" in answer.text
    assert answer.citations[0].section == "II.2"


def test_a_figure_of_another_level_is_no_answer(library: Engine) -> None:
    text = library.ask("Bao nhiêu phần trăm CĐCS có ban nữ công hoạt động tốt?").answer.text
    assert "**88%**" in text
    assert "**97%**" not in text
    query = understand("Bao nhiêu phần trăm CĐCS hoàn thành xuất sắc chương trình nữ công?")
    assert not expected_spans("percent", query, _PLAN.split("\n2. ")[1].split("\n")[0])
    assert "25%" not in library.ask(query.text).answer.text.partition("Chưa chắc")[0]


_ISSUED = {"a": "TỈNH CÀ MAU", "b": "HUYỆN ĐẦM DƠI"}


@pytest.mark.parametrize(
    ("issuer", "question", "plain"),
    [
        ("a", "Các công đoàn cấp trên cơ sở thăm hỏi bao nhiêu nữ công nhân khó khăn?", False),
        ("a", "LĐLĐ huyện thăm hỏi bao nhiêu nữ công nhân khó khăn?", False),
        ("a", "Mỗi CĐCS thăm hỏi bao nhiêu nữ công nhân khó khăn?", False),
        ("a", "LĐLĐ tỉnh thăm hỏi bao nhiêu nữ công nhân khó khăn?", True),
        ("a", "Thăm hỏi bao nhiêu nữ công nhân khó khăn?", True),
        ("b", "LĐLĐ huyện thăm hỏi bao nhiêu nữ công nhân khó khăn?", True),
        ("b", "CĐCS thăm hỏi bao nhiêu nữ công nhân khó khăn?", False),
    ],
)
def test_the_figure_of_the_whole_is_not_that_of_each_level(
    issuer: str, question: str, plain: bool, visits: dict[str, Engine]
) -> None:
    answer = visits[issuer].ask(question).answer
    assert ("**350**" in answer.text) == plain, answer.text
    assert plain or answer.abstained or answer.unsure


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engine]:
    """One plan that says of nobody whose visits they are, issued by a province and by a district."""
    engines: dict[str, Engine] = {}
    for name, issuer in _ISSUED.items():
        folder: Path = tmp_path_factory.mktemp(name)
        head = _PLAN.split("I. CHỈ TIÊU")[0].replace("TỈNH CÀ MAU", issuer)
        text = f"{head}I. CHỈ TIÊU\n\n1. Thăm hỏi 350 nữ công nhân khó khăn.\n\n2. Mở 02 lớp.\n"
        engines[name] = opened(folder, like=engines.get("a"), a=text)
    return engines


def test_a_congress_is_one_with_and_without_the_words_of_its_ordinal(tmp_path: Path) -> None:
    body = (
        "1. Tuyên truyền về Đại hội Công đoàn tỉnh Cà Mau lần thứ IX, nhiệm kỳ 2023 - 2028.\n\n"
        "2. Chuẩn bị Đại hội IX Công đoàn tỉnh, dự kiến tổ chức vào ngày 12-13/10/2023.\n\n"
        "3. Thi đua chào mừng Đại hội IX trong quý III."
    )
    answer = (
        opened(tmp_path, a=_PLAN.split("I. CHỈ TIÊU")[0] + f"I. NHIỆM VỤ\n\n{body}\n")
        .ask("Đại hội Công đoàn tỉnh Cà Mau lần thứ IX tổ chức ngày nào?")
        .answer
    )
    assert "**12-13/10/2023**" in answer.text
