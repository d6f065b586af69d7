"""The sample documents: they say what they are, parse as the originals do, and their questions are sound."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from corpus.numbers import find_numbers
from corpus.reading import read_document
from corpus.records import Document

SAMPLES = Path(__file__).parents[1] / "corpus" / "samples"
DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / "shared"
needs_shared = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="the shared judged data is not beside this checkout"
)
KINDS = frozenset(
    "fact_number year_sensitive fact_other lookup abbreviation no_diacritics paraphrase precedent "
    "topic_directive typo unanswerable".split()
)

# The first three characters of each original's file name -> the sample that restates it.
SAMPLE_OF = {
    "000": "ke-hoach-234-2021-lai-chau",
    "001": "bao-cao-757-2023-lai-chau",
    "002": "chuong-trinh-hanh-dong-nghi-quyet-02-quang-tri",
    "003": "ke-hoach-56-2020-bac-kan",
    "004": "ke-hoach-401-2023-lai-chau",
}
# doc_id -> number, date, type, place, signer, signer's role
LETTERHEADS = {
    "ke-hoach-234-2021-lai-chau": (
        "234/KH-LĐLĐ", "2021-03-19", "Kế hoạch", "Lai Châu", "Nguyễn Thị Thiện", "Chủ tịch",
    ),
    "bao-cao-757-2023-lai-chau": (
        "757/BC-LĐLĐ", "2023-09-12", "Báo cáo", "Lai Châu", "Lương Xuân Trường", "Phó Chủ tịch",
    ),
    "chuong-trinh-hanh-dong-nghi-quyet-02-quang-tri": (
        None, None, "Chương trình hành động", None, "Lê Quang Tùng", "Bí thư",
    ),
    "ke-hoach-56-2020-bac-kan": (
        "56/KH-LĐLĐ", "2020-09-08", "Kế hoạch", "Bắc Kạn", "Vi Văn Nghĩa", "Chủ tịch",
    ),
    "ke-hoach-401-2023-lai-chau": (
        "401/KH-LĐLĐ", "2023-01-09", "Kế hoạch", "Lai Châu", "Hoàng Văn Trinh", "Phó Chủ tịch",
    ),
}  # fmt: skip
# doc_id -> how many sections stand directly under each address; "" is the document itself.
NUMBERED = {
    "ke-hoach-234-2021-lai-chau": {"": 3, "I": 3, "II": 2, "II.1": 9, "II.2": 6, "III": 2},
    "bao-cao-757-2023-lai-chau": {"": 3, "II": 2, "II.1": 9, "III": 12},
    "chuong-trinh-hanh-dong-nghi-quyet-02-quang-tri": {
        "": 4, "I": 3, "II": 2, "III": 7, "III.1": 2, "III.2": 6, "III.3": 5, "III.4": 3, "III.5": 3,
        "III.6": 9, "III.7": 5, "IV": 5,
    },
    "ke-hoach-56-2020-bac-kan": {"": 3, "I": 3, "II": 5, "III": 2},
    "ke-hoach-401-2023-lai-chau": {"": 4, "I": 3, "II": 8, "III": 4, "IV": 2},
}  # fmt: skip


@cache
def samples() -> dict[str, Document]:
    return {d.doc_id: d for d in map(read_document, sorted(SAMPLES.iterdir()))}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def judged() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (id, question or turn) of every judged line that ships."""
    for row in rows("sample_questions.jsonl"):
        yield row["id"], row
    for row in rows("sample_conversations.jsonl"):
        for i, turn in enumerate(row["turns"], 1):
            yield f"{row['id']}, lượt {i}", turn


def addresses(numbered: dict[str, int], above: str = "") -> list[str]:
    """Return the addresses a tree of counts spells out, in document order."""
    found: list[str] = []
    for i in range(1, numbered.get(above, 0) + 1):
        address = f"{above}.{i}" if above else ("I", "II", "III", "IV")[i - 1]
        found += [address, *addresses(numbered, address)]
    return found


def section_text(document: Document, address: str) -> str:
    return "\n".join(document.text[s.start : s.end] for s in document.sections if s.address == address)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def test_five_samples_ship_in_two_formats() -> None:
    assert set(samples()) == set(SAMPLE_OF.values())
    assert {path.suffix for path in SAMPLES.iterdir()} == {".md", ".txt"}


@pytest.mark.parametrize("doc_id", sorted(LETTERHEADS))
def test_first_line_says_it_is_a_restatement_and_of_what(doc_id: str) -> None:
    document = samples()[doc_id]
    first = document.text.split("\n", 1)[0]
    assert first.startswith("Bản viết lại để dùng thử chương trình, không phải văn bản gốc: ")
    assert document.restatement
    number, date, kind, place, *_ = LETTERHEADS[doc_id]
    assert kind is not None
    assert kind in first
    if number and date and place:
        year, month, day = date.split("-")
        assert number in first
        assert re.search(rf"ngày {day}/0?{int(month)}/{year} của LĐLĐ tỉnh {place}\.$", first)


@pytest.mark.parametrize("doc_id", sorted(LETTERHEADS))
def test_letterhead_is_read(doc_id: str) -> None:
    head = samples()[doc_id].letterhead
    role = (head.signer_role or "").rsplit(", ", 1)[-1]
    assert (head.number, head.date, head.type, head.place, head.signer, role) == LETTERHEADS[doc_id]


@pytest.mark.parametrize("doc_id", sorted(NUMBERED))
def test_section_addresses_are_those_of_the_original(doc_id: str) -> None:
    sections = samples()[doc_id].sections
    found = [s.address for s in sections if not s.continued]
    assert [a for a in found if re.match(r"[IVX]+(\.|$)", a)] == addresses(NUMBERED[doc_id])
    assert found[0] == "Mở đầu"
    assert {"Nơi nhận", "Ký"} <= set(found)
    assert ("Chú thích 1" in found) == (doc_id == "ke-hoach-401-2023-lai-chau")


@pytest.mark.parametrize(
    ("doc_id", "section", "value"),
    [("ke-hoach-234-2021-lai-chau", "II.1.4", "780"), ("ke-hoach-401-2023-lai-chau", "II.7", "500")],
)
def test_the_first_question_has_its_figure_in_place(doc_id: str, section: str, value: str) -> None:
    text = section_text(samples()[doc_id], section)
    assert re.search(rf"giới thiệu (ít nhất )?{value} đoàn viên công đoàn ưu tú để Đảng", text)


def test_there_are_enough_questions_of_every_kind() -> None:
    questions = rows("sample_questions.jsonl")
    assert len(questions) >= 80
    assert {q["kind"] for q in questions} == KINDS
    assert len(rows("sample_conversations.jsonl")) == 8
    assert all(2 <= len(c["turns"]) <= 4 for c in rows("sample_conversations.jsonl"))


def test_ids_and_questions_are_unique() -> None:
    questions = rows("sample_questions.jsonl")
    ids = [q["id"] for q in questions] + [c["id"] for c in rows("sample_conversations.jsonl")]
    assert len(set(ids)) == len(ids)
    assert len({q["question"].lower() for q in questions}) == len(questions)


def test_every_gold_quote_stands_in_its_section() -> None:
    astray = []
    for line, row in judged():
        for gold in row["gold"]:
            if gold["quote"] not in section_text(samples()[gold["doc"]], gold["section"]):
                astray.append((line, gold["section"], gold["quote"]))
    assert astray == []


def test_every_answer_is_said_by_its_gold() -> None:
    unsaid = []
    for line, row in judged():
        said = "\n".join(gold["quote"] for gold in row["gold"]).lower()
        unsaid += [(line, answer) for answer in row["answer"] if answer.lower() not in said]
    assert unsaid == []


def test_only_unanswerable_questions_have_no_gold() -> None:
    for row in rows("sample_questions.jsonl"):
        assert bool(row["gold"]) == (row["kind"] != "unanswerable"), row["id"]
        assert (row.get("mode") == "precedent") == (row["kind"] == "precedent"), row["id"]
        assert bool(row["answer"]) == (row["kind"] not in ("unanswerable", "precedent")), row["id"]


# What follows compares the samples with the originals, where these are at hand.

NAMES = (
    "Đại hội đại biểu Đảng bộ tỉnh lần thứ XIV (nhiệm kỳ 2020 - 2025)",
    "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng",
    "Chương trình tổng thể cải cách hành chính nhà nước",
    "Chương trình Công tác Dân vận năm 2023",
    "Chương trình làm việc toàn khóa",
)
_ISSUER = (
    r"(?:Ban Thường vụ )?Tỉnh ủy(?: khóa XIV| Lai Châu)?|Bộ Chính trị(?: khóa XI+)?"
    r"|Ban Bí thư(?: Trung ương Đảng)?|Ban Chấp hành Trung ương(?: Đảng)?(?: khóa XI*)?"
    r"|(?:Ban Chấp hành )?Tổng (?:LĐLĐ|Liên đoàn Lao động) Việt Nam|(?:Thủ tướng )?Chính phủ"
)
# Names of documents and programmes: a title in quotation marks, or a number with its date and issuer.
_NAME = re.compile(
    rf"“[^”]+”|\S+[/-]\S+,? ngày \d+/\d+/\d+(?: của (?:{_ISSUER}))?|{'|'.join(map(re.escape, NAMES))}"
)


def shared_rows(name: str) -> list[dict[str, str]]:
    with (SHARED / "eval" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def place_of(document: Document, section: str) -> str:
    """Return the address under which the samples keep what a table calls `section`."""
    if section == "Trích yếu":
        return "Mở đầu"
    if section == "Kết thúc":  # the closing paragraph stands under the last numbered heading
        return [s.address for s in document.sections if re.match(r"[IVX]", s.address)][-1]
    return section


def figures(text: str) -> set[str]:
    """Return the figures in `text` in base units: "02/10" -> "2/10", "1.500" -> "1500", "một" -> "1".

    >>> sorted(figures("02/10 chỉ tiêu, 1.500 người, 90.6%, một nhiệm kỳ"))
    ['1', '1500', '2/10', '90.6']
    """
    found = {"1"} if re.search(r"\bmột\b", text) else set()
    for figure in re.findall(r"\d+(?:[./]\d+)*", text):
        plain = figure.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", figure) else figure
        found.add(plain.lstrip("0"))
    return found


@pytest.mark.shared
@needs_shared
def test_every_figure_of_a_target_stands_in_the_same_section() -> None:
    missing = []
    for row in shared_rows("targets.csv"):
        document = samples()[SAMPLE_OF[row["doc"]]]
        text = section_text(document, place_of(document, row["section"]))
        if row["value"] not in figures(text) and row["value"] not in text.lower():
            missing.append((row["doc"], row["section"], row["value"]))
    assert missing == []


@pytest.mark.shared
@needs_shared
def test_every_cited_number_stands_in_the_same_section() -> None:
    missing = []
    for row in shared_rows("references.csv"):
        document = samples()[SAMPLE_OF[row["doc"]]]
        text = section_text(document, place_of(document, row["section"]))
        full = {mention.number for mention in find_numbers(text)}
        short = set(re.findall(r"(?<![\w/.-])\d+(?![\w/.-]*\d)", text))  # "Quyết định 217, 218"
        serial = re.match(r"\d*", row["number"])
        assert serial is not None
        if row["number"] and row["number"] not in full and serial[0] not in short:
            missing.append((row["doc"], row["section"], row["number"]))
    assert missing == []


@pytest.mark.shared
@needs_shared
def test_every_date_of_a_cited_document_stands_in_the_same_section() -> None:
    missing = []
    for row in (r for r in shared_rows("references.csv") if r["date"]):
        document = samples()[SAMPLE_OF[row["doc"]]]
        year, month, day = (int(part) for part in row["date"].split("-"))
        text = section_text(document, place_of(document, row["section"]))
        if not re.search(rf"\b0?{day}/0?{month}/{year}\b", text):
            missing.append((row["doc"], row["section"], row["date"]))
    assert missing == []


@pytest.mark.shared
@needs_shared
def test_no_fourteen_words_are_copied_but_names() -> None:
    run, originals = 14, set()
    for path in (SHARED / "documents").glob("*.txt"):
        original = words(path.read_text(encoding="utf-8"))
        originals |= {tuple(original[i : i + run]) for i in range(len(original) - run + 1)}
    assert originals
    copied = []
    for document in samples().values():
        head = next(s.start for s in document.sections if s.level == 1)
        for line in document.text[head:].split("\n"):
            own = words(_NAME.sub(" tên_văn_bản ", line)) if not line.startswith("#") else []
            copied += [
                " ".join(own[i : i + run])
                for i in range(len(own) - run + 1)
                if tuple(own[i : i + run]) in originals
            ]
    assert copied == []
