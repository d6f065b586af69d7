"""The measures, against numbers computed by hand from their definitions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search.evaluate import holds, main, says
from search.measuring.metrics import ndcg, reciprocal_rank


@pytest.mark.parametrize(
    ("relevant", "n_relevant", "expected"),
    [
        pytest.param([1], 1, 1.0, id="first"),
        pytest.param([0, 1], 1, 0.6309, id="second"),
        pytest.param([1, 0, 1], 2, 0.9197, id="first-and-third"),
        pytest.param([0] * 10, 1, 0.0, id="none"),
        pytest.param([0] * 10 + [1], 1, 0.0, id="beyond-ten"),
    ],
)
def test_ndcg(relevant: list[int], n_relevant: int, expected: float) -> None:
    assert ndcg(relevant, n_relevant) == pytest.approx(expected, abs=5e-5)


def test_reciprocal_rank() -> None:
    assert reciprocal_rank([0, 0, 0, 1]) == 0.25
    assert reciprocal_rank([0, 0]) == 0.0


def test_a_hit_holds_a_quote_across_line_ends_and_markup() -> None:
    assert holds("Giao **ít nhất**\n\n300 đoàn viên.", "ít nhất 300 đoàn viên")
    assert holds(
        "giao ít nhất 300 đoàn viên ưu tú và nhiều việc khác", "giao ít nhất 300 đoàn viên ưu tú nữa"
    )
    assert not holds("giao ít nhất 300 đoàn viên", "kết nạp 500 đảng viên mới trong năm")
    assert not holds("", "x")


def test_a_date_counts_in_any_spelling() -> None:
    assert says("ngày 09 tháng 01 năm 2023", "9/1/2023")
    assert says("trước 10/12/2021", "10/12/2021")
    assert not says("ngày 10/1/2023", "9/1/2023")


ROOT = Path(__file__).parent.parent


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Five of our own questions, one of them without an answer."""
    lines = (ROOT / "tests/data/sample_questions.jsonl").read_text(encoding="utf-8").splitlines()
    refused = next(line for line in lines if json.loads(line)["kind"] == "unanswerable")
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join([*lines[:4], refused]) + "\n", encoding="utf-8")
    return path


def test_a_run_is_saved_and_tested_against(
    few: Path, sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(few), str(ROOT / "corpus/samples"), "--index-dir", str(sample_index)]
    assert main([*asked, "--save", str(tmp_path / "run.json")]) == 0
    files = ["--against", str(tmp_path / "run.json"), "--json", str(tmp_path / "table.json")]
    assert main([*asked, *files]) == 0
    body = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    assert body["less_earlier"]["by"]["MRR@10"] == [0.0, 1.0]
    total = body["rows"][-1]
    assert (total["kind"], total["n"]) == ("ALL answerable", 4)
    assert total["intervals"]["hit@5"][0] <= total["hit_5"] <= total["intervals"]["hit@5"][1]
    table = capsys.readouterr().out
    assert f"| {'ALL answerable'} | 4 | {100 * total['hit_1']:.1f} [" in table
    assert "MRR@10 +0.0 (p 1.0000)" in table


def test_a_run_of_other_questions_is_refused(
    few: Path, sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(few), str(ROOT / "corpus/samples"), "--index-dir", str(sample_index)]
    assert main([*asked, "--save", str(tmp_path / "run.json")]) == 0
    few.write_text("\n".join(few.read_text(encoding="utf-8").splitlines()[:2]) + "\n", encoding="utf-8")
    assert main([*asked, "--against", str(tmp_path / "run.json")]) == 1
    assert "không có kết quả của đúng bộ câu hỏi này" in capsys.readouterr().err
