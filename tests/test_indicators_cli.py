"""`python -m search indicators`: the table, its export, results beside targets, conflicts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from search.__main__ import main
from search.commands.indicators import HEAD, cells
from tests.test_indicators import PLAN_22, PLAN_24, REPORT_22, WHOLE


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["indicators", *words])
    return code, *capsys.readouterr()


def test_rows_with_their_sources(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "giới thiệu đảng viên", "--index-dir", str(sample_index))
    assert code == 0
    assert "chỉ tiêu năm 2021: 780 đoàn viên" in out
    assert "chỉ tiêu năm 2023: ≥ 500 đoàn viên" in out
    assert "— Kế hoạch số 234/KH-LĐLĐ ngày 19/3/2021 của LĐLĐ tỉnh Lai Châu, mục II.1.4 (bản viết lại)" in out


def test_json_names_rows_by_place(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--year", "2021", "--json", "--index-dir", str(sample_index))
    found = json.loads(out)
    assert set(found) == {"rows", "matches", "conflicts", "series"}
    assert {row["period"] for row in found["rows"]} == {"2021"}
    row = found["rows"][0]
    assert (row["doc"], row["comparator"], row["value"], row["unit"]) == (
        "ke-hoach-234-2021-lai-chau", ">", "98", "%",
    )  # fmt: skip
    assert row["end"] - row["start"] == len(row["quote"])


def test_export_and_what_cannot_be_exported(
    sample_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bang.csv"
    code, out, _ = run(capsys, "--place", "Quảng Trị", "--csv", str(path), "--index-dir", str(sample_index))
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (code, out) == (0, f"Đã ghi {len(rows)} dòng -> {path}\n")
    assert tuple(rows[0]) == HEAD
    assert {row["Địa phương"] for row in rows} == {"Quảng Trị"}
    code, _, err = run(capsys, "--year", "1990", "--xlsx", str(path), "--index-dir", str(sample_index))
    assert (code, "Không có dòng nào khớp" in err) == (1, True)
    with pytest.raises(SystemExit, match="2"):
        main(["indicators", "--matches", "--csv", str(path)])


def test_without_an_index_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--index-dir", str(tmp_path))
    assert (code, "Hãy tạo chỉ mục" in err) == (1, True)


def test_results_and_conflicts_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.commands.indicators.open_table", lambda index_dir: WHOLE)
    _, out, _ = run(capsys, "kết nạp đoàn viên", "--matches")
    assert out.split("\n")[0] == "đạt"
    assert "“Kết nạp mới 1.000 đoàn viên” — Kế hoạch" in out
    assert "“Đã kết nạp mới 1.150 đoàn viên” — Báo cáo" in out
    assert run(capsys, "--conflicts")[1] == "Không thấy số liệu nào mâu thuẫn nhau.\n"
    found = json.loads(run(capsys, "--json")[1])
    assert [m["verdict"] for m in found["matches"]] == ["reached", "missed"]
    assert found["series"][0]["lines"][-1]["points"] == [["2022", 0], ["2024", 2]]


def test_cells_never_begin_a_formula_with_a_comparator() -> None:
    assert {PLAN_22.doc_id, PLAN_24.doc_id, REPORT_22.doc_id} < {row.quotation.doc_id for row in WHOLE.rows}
    for row in WHOLE.rows:
        assert len(cells(row)) == len(HEAD)
        assert cells(row)[3] in ("", "trên", "từ ... trở lên", "không quá")
