"""What a figure is of is said above it where its own sentence does not: in a list's lead, in a heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.drafting.draftcheck import check_draft
from search.drafting.drafts import draft_from_text
from search.drafting.findings import Finding
from search.engine import Engine
from search.indicators import IndicatorTable
from tests.drafting import plan
from tests.fakes import HashEncoder

IN_SENTENCES = (
    "1. Phấn đấu 88% đơn vị có nhà vệ sinh đạt chuẩn cho lao động nữ.\n\n"
    "2. Phấn đấu 72% nữ lao động di cư được tư vấn pháp luật miễn phí.\n\n3. Kết nạp mới 640 đoàn viên nữ."
)
UNDER_HEADINGS = (
    "1. Tỷ lệ đơn vị có nhà vệ sinh đạt chuẩn cho lao động nữ\n\nPhấn đấu đạt {a}.\n\n"
    "2. Tỷ lệ nữ lao động di cư được tư vấn pháp luật miễn phí\n\nNăm 2023 đạt {b} trở lên.\n\n"
    "3. Kết nạp mới đoàn viên nữ\n\nPhấn đấu đạt {c} người."
)
LED = (
    "1. Đơn vị có nhà vệ sinh đạt chuẩn cho lao động nữ:\n\n- Phấn đấu đạt {a}.\n\n"
    "2. Nữ lao động di cư được tư vấn pháp luật miễn phí:\n\n- Đạt {b}.\n\n3. Kết nạp mới {c} đoàn viên nữ."
)
RIGHT = {"a": "88%", "b": "72%", "c": "640"}


def figures(folder: Path, held: str, drafted: str) -> list[Finding]:
    """Return what the check of a draft with these goals says of figures, beside a plan with those."""
    title = "Công tác nữ công năm 2023"
    Bundle.build(folder, [plan("kh", 2023, "15/KH-LĐLĐ", title, held, "1. Tuyên truyền.")], HashEncoder())
    engine = Engine(Bundle.open(folder, HashEncoder()), Glossary.shipped())
    draft = draft_from_text(plan("x", 2023, "……/KH-LĐLĐ", title, drafted, "1. Tuyên truyền.").text)
    return [finding for finding in check_draft(engine, draft) if finding.kind == "figure"]


@pytest.mark.parametrize(
    ("held", "drafted", "wrong"),
    [
        (IN_SENTENCES, UNDER_HEADINGS.format(**RIGHT), []),
        (IN_SENTENCES, UNDER_HEADINGS.format(**{**RIGHT, "a": "80%"}), ["80 %"]),
        (IN_SENTENCES, UNDER_HEADINGS.format(a="80%", b="70%", c="600"), ["80 %", "≥ 70 %", "600 người"]),
        (IN_SENTENCES, LED.format(**RIGHT), []),
        (IN_SENTENCES, LED.format(**{**RIGHT, "b": "65%"}), ["65 %"]),
        (UNDER_HEADINGS.format(**RIGHT), UNDER_HEADINGS.format(**{**RIGHT, "b": "65%"}), ["≥ 65 %"]),
        (UNDER_HEADINGS.format(**{**RIGHT, "a": "90%"}), IN_SENTENCES, ["88 %"]),
    ],
)
def test_a_misquoted_target_is_found_beneath_its_heading(
    held: str, drafted: str, wrong: list[str], tmp_path: Path
) -> None:
    found = figures(tmp_path, held, drafted)
    assert [f.message.removeprefix("Bản thảo ghi ").split(" (")[0] for f in found] == wrong
    assert all(len(f.message.split(" (")[1].split(", năm")[0]) > 20 for f in found if "%" in f.message)


@pytest.mark.parametrize(
    "drafted",
    [
        "1. Chỉ tiêu cụ thể\n\nPhấn đấu đạt 80%.",  # the heading names no subject
        "1. Tỷ lệ đơn vị có phòng vắt sữa cho lao động nữ\n\nPhấn đấu đạt 80%.",  # it names another
        "1. Đơn vị có nhà vệ sinh đạt chuẩn cho lao động nữ\n\nMở sổ theo dõi. Phấn đấu đạt 80%.",
        "1. Đơn vị có nhà vệ sinh đạt chuẩn cho lao động nữ\n\nMở sổ theo dõi,\nđạt 80%.",
    ],
)
def test_a_figure_that_may_be_of_something_else_is_left_alone(drafted: str, tmp_path: Path) -> None:
    assert figures(tmp_path, IN_SENTENCES, drafted) == []


def test_the_table_shows_what_the_figure_is_of() -> None:
    goals = "1. Tỷ lệ đơn vị có bếp ăn tập thể đạt chuẩn\n\nPhấn đấu đạt 45%."
    held = plan("kh", 2023, "15/KH-LĐLĐ", "Công tác nữ công năm 2023", goals, "1. Tuyên truyền.")
    row = next(r for r in IndicatorTable.of([held], Glossary.shipped()).rows if r.target.value == "45")
    assert row.shown == "Tỷ lệ đơn vị có bếp ăn tập thể đạt chuẩn"
    assert row.sure
