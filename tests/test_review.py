"""`python -m corpus --glossary`: every abbreviation, where it comes from, in an order to look through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.__main__ import main
from corpus.library.review import glossary_lines, in_order
from corpus.words.glossary import Entry, Glossary

FIRST = "Bàn về thỏa ước lao động tập thể ngành (TƯNG) và người lao động (NLĐ) ở nhà máy."
SECOND = "Đề nghị lập tổ hòa giải vườn hồng (THGVH). Người lao động (NLĐ) được mời dự."
THIRD = "Ban quản trị khu phố mới họp. Ban quản trị khu phố mới ra thông báo. BQTKPM sẽ gửi sau."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
    (tmp_path / "sub" / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "c.txt").write_text(THIRD, encoding="utf-8")
    (tmp_path / "x.exe").write_bytes(b"MZ")
    return tmp_path


def listed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[dict[str, Any], str]:
    assert main(["--glossary", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    return json.loads(out), err


def test_without_a_folder_the_shipped_ones_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    found, err = listed(capsys)
    assert err == ""
    assert {(e["abbreviation"], e["expansion"]) for e in found["abbreviations"]} == {
        (e.abbreviation, e.expansion) for e in Glossary.shipped().entries
    }
    assert {e["how"] for e in found["abbreviations"]} == {"shipped"}


def test_what_documents_teach_stands_with_its_source_and_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, err = listed(capsys, str(folder))
    learnt = {
        (e["abbreviation"], e["how"], e["source"]): e for e in found["abbreviations"] if e["how"] != "shipped"
    }
    defined = learnt["THGVH", "defined", "b"]
    assert defined["quote"] == "tổ hòa giải vườn hồng (THGVH)"
    assert defined["quote"] in SECOND
    assert learnt["BQTKPM", "initials", "c"]["expansion"] == "Ban quản trị khu phố mới"
    assert {key[2] for key in learnt if key[0] == "NLĐ"} == {"b", "sub/a"}
    assert found["failed"][0]["file"] == "x.exe"
    assert "Không đọc được x.exe: " in err


def test_people_get_one_line_a_meaning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--glossary", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    (line,) = [one for one in lines if one.startswith("NLĐ = ") and "có sẵn" not in one]
    assert (
        line == "NLĐ = Người lao động  [văn bản tự giải thích; b và 1 văn bản khác: “Người lao động (NLĐ)”]"
    )
    (line,) = [one for one in lines if one.startswith("BQTKPM = ")]
    assert "[suy từ các chữ đầu; c: “Ban quản trị khu phố mới”]" in line
    assert lines[-1].startswith(f"{len(lines) - 1} nghĩa viết tắt: ")


def test_the_order_is_a_dictionarys() -> None:
    entries = [
        Entry("NLĐ", "người lao động", "b", "q", "defined"),
        Entry("ĐVCĐ", "đoàn viên công đoàn"),
        Entry("NLĐ", "người lao động"),
        Entry("BCH", "ban chấp hành"),
        Entry("NLĐ", "nhà lưu động", "a", "q", "initials"),
    ]
    assert [(e.abbreviation, e.how) for e in in_order(Glossary(entries))] == [
        ("BCH", "shipped"),
        ("ĐVCĐ", "shipped"),
        ("NLĐ", "shipped"),
        ("NLĐ", "defined"),
        ("NLĐ", "initials"),
    ]


def test_a_long_quote_is_cut_and_nothing_acts_on_a_terminal() -> None:
    quote = "a" * 200
    line = glossary_lines(Glossary([Entry("ABCD", "a b c d", "x\x1b[2J", quote, "initials")]))[0]
    assert "x\ufffd[2J" in line
    assert "“" + "a" * 159 + "…”" in line


def test_a_missing_folder_and_no_argument_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--glossary", str(tmp_path / "no")]) == 1
    assert "không tồn tại" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "--glossary" in capsys.readouterr().err
