"""Questions made of what stands in a library, and what an answer to any of them must never do.

    python -m tests.asked_questions [DOCUMENTS] [--n 5000] [--seed 1]

The figures are read here by a rule of its own, digits and nothing else: a check that shared code with what
it checks could share its mistakes.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from corpus.records import Document
from search.documents.sources import document_name, place_name
from search.hits import Answer, Result

_TEMPLATES = (
    "{words}", "{words} là bao nhiêu?", "chỉ tiêu {words} năm {year}", "bao nhiêu phần trăm {words}?",
    "{place} có bao nhiêu {words}?", "{words} ở {place} năm {year} đạt mấy?", "có {number} {words} không?",
    "{words} năm {year} so với năm {other}", "khi nào {words}?", "hạn {words} là ngày nào?", "ai {words}?",
    "các văn bản nào nói về {words}?", "theo nghị quyết nào mà {words}?", "{kind} {serial} nói về gì?",
    "ai ký {kind} {code}?", "{kind} {code} ban hành ngày nào?", "nơi nhận {kind} {code}",
    "{words} bao nhiêu tiền?",
    "{number}% {words} phải không?", "đại hội lần thứ {roman} {words}", "trước ngày {day} phải {words}?",
    "{words} của {place} và {elsewhere}", "còn năm {year} thì {words} thế nào?", "vì sao {words}?",
    "{words}, không phải năm {other}", "tổng số {words} quý {roman} năm {year}", "{code} {words}",
    "bao lâu một lần {words}?", "liệt kê {words} {place}", "{words} {number} {words2}",
)  # fmt: skip
_PLACES = ("Lai Châu", "Quảng Trị", "Bắc Kạn", "Hà Giang", "Cà Mau", "Thái Nguyên", "Quảng Bình", "tỉnh")
_KINDS = ("kế hoạch", "báo cáo", "chương trình hành động", "nghị quyết", "quyết định", "văn bản")
_CODES = ("KH-LĐLĐ", "BC-LĐLĐ", "KH-TLĐ", "QĐ-TLĐ", "CTr-TU")
# Of the library or of the question, not of any document.
_NOTE = re.compile(
    r"Kho đang có \d+ văn bản\b.*:$|… và \d+ văn bản khác\.$|Chưa chắc đúng ý câu hỏi\b.*:$"
    r"|Mới đọc được .*; còn thiếu .*\.$|Trong bảng chỉ tiêu còn \d+ dòng khác của nội dung này\.$"
    r"|Chưa thấy nội dung này của .*\.$|Chưa thấy văn bản nào trong kho nói việc triển khai .*:$"
    r"|Kho không có văn bản .*; các văn bản sau nhắc tới:$"
)
_ROMANS = ("I", "II", "III", "IV", "IX", "XII", "XIII", "XIV", "XV")


def questions(documents: Sequence[Document], seed: int) -> Iterator[str]:
    """Yield questions without end: words, numbers and codes, of the documents and others."""
    rng = random.Random(seed)
    lines = [line for d in documents for line in d.text.split("\n") if len(line.split()) >= 6]
    numbers = sorted({n for d in documents for n in re.findall(r"\d[\d.,]*\d|\d", d.text)})
    codes = sorted({d.letterhead.number for d in documents if d.letterhead.number})

    def words() -> str:
        chosen = rng.choice(lines).split()
        length = rng.randint(2, 7)
        start = rng.randrange(max(1, len(chosen) - length))
        return " ".join(chosen[start : start + length]).strip("*#-+ .,;:")

    makers: dict[str, Callable[[], str]] = {
        "words": words,
        "words2": words,
        "year": lambda: str(rng.randint(2017, 2027)),
        "other": lambda: str(rng.randint(2017, 2027)),
        "number": lambda: rng.choice(numbers) if rng.random() < 0.7 else str(rng.randint(1, 9999)),
        "place": lambda: rng.choice(_PLACES),
        "elsewhere": lambda: rng.choice(_PLACES),
        "kind": lambda: rng.choice(_KINDS),
        "serial": lambda: str(rng.randint(1, 800)),
        "code": lambda: rng.choice([*codes, f"{rng.randint(1, 800)}/{rng.choice(_CODES)}"]),
        "roman": lambda: rng.choice(_ROMANS),
        "day": lambda: f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/{rng.randint(2019, 2026)}",
    }  # fmt: skip
    while True:
        template = rng.choice(_TEMPLATES)
        filled = re.sub(r"\{(\w+)\}", lambda m: makers[m[1]](), template)
        yield filled.replace("*", "") if rng.random() < 0.9 else filled


def numbers_in(text: str) -> list[str]:
    """Return every run of digits, without leading zeros and thousands dots.

    >>> numbers_in("01 lớp, 1.500 người, ngày 03/2/2021, 12,5%")
    ['1', '1500', '3', '2', '2021', '12', '5']
    """
    whole = re.sub(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.])", lambda m: m[0].replace(".", ""), text)
    return [run.lstrip("0") or "0" for run in re.findall(r"\d+", whole)]


def claims(answer: Answer, document_of: Callable[[str], Document]) -> str:
    """Return the words of an answer that claim something: without source lines, refusals and notes.

    A source line names a cited document, in brackets at the end of a line; a refusal, the doubt before an
    unsure answer and the note on what a comparison lacks repeat the question; how many documents the
    library holds is no document's figure.
    """
    if answer.abstained:
        return ""
    documents = {c.doc_id: document_of(c.doc_id) for c in answer.citations}
    sources = {document_name(document, brief=True) for document in documents.values()}
    sources |= {place_name(documents[c.doc_id], c.section, c.page, brief=True) for c in answer.citations}
    sources |= {c.source for c in answer.citations}
    kept = []
    for line in answer.text.split("\n"):
        if _NOTE.match(line):
            continue
        named = next((s for s in sources if line.endswith(f"({s})")), None)
        kept.append(line if named is None else line.removesuffix(f"({named})"))
    return "\n".join(kept)


def read_periods(answer: Answer, document_of: Callable[[str], Document]) -> set[str]:
    """Return the numbers of the periods read for the quoted chỉ tiêu, which label a comparison's lines."""
    return {
        n
        for c in answer.citations
        for target in document_of(c.doc_id).targets
        if target.start < c.end and c.start < target.end
        for n in numbers_in((target.period or "").replace("-Q", " "))
    }


def violations(result: Result, document_of: Callable[[str], Document]) -> list[str]:
    """Return what an answer does that none may: a number no quotation says, a quotation not verbatim."""
    answer, found = result.answer, []
    for c in answer.citations:
        if document_of(c.doc_id).text[c.start : c.end] != c.quote:
            found.append(f"not verbatim: {c.doc_id} [{c.start}, {c.end})")
    if not answer.abstained and not answer.citations:
        found.append("an answer without a citation")
    said = {n for c in answer.citations for n in numbers_in(c.quote)}
    for line in claims(answer, document_of).split("\n"):
        label = re.match(r"- (?:Đến |Từ |Năm |Quý |Tháng |Giai đoạn )[^“:]*:", line)
        if label and not set(numbers_in(label[0])) - read_periods(answer, document_of):
            line = line[label.end() :]
        found += [f"{n} stands in no quotation" for n in numbers_in(line) if n not in said]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path, nargs="?", default=Path("corpus/samples"))
    parser.add_argument("--n", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    import build_index
    from search.engine import Engine

    with tempfile.TemporaryDirectory() as folder:
        build_index.main([str(args.documents), "--index-dir", folder])
        engine = Engine.open(Path(folder))
        bad, kinds = 0, Counter[str]()
        for question in islice(questions(engine.documents(), args.seed), args.n):
            result = engine.ask(question)
            answer = result.answer
            kinds["refused" if answer.abstained else "unsure" if answer.unsure else "plain"] += 1
            for what in violations(result, engine.document):
                bad += 1
                print(f"{question!r}: {what}\n    {answer.text!r}")
    print(f"{args.n} questions ({dict(kinds)}), {bad} violations")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
