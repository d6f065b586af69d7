"""The table: each row opens its source, one subject is one group, nothing is claimed that is not said."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from corpus.figures.quantities import find_quantities
from corpus.reading import read_document
from corpus.records import Document
from corpus.text import clean
from corpus.words.glossary import Glossary
from search.indicators import NATION, Chosen, Indicator, IndicatorTable
from search.tables.reported import find_conflicts, match_results, series_of
from tests.plans import plan, report

SAMPLES = sorted(p for p in (Path(__file__).parent.parent / "corpus" / "samples").iterdir())
PLAN_22 = plan(2022, ["Kết nạp mới 1.000 đoàn viên.", "Trên 80% CĐCS xếp loại hoàn thành tốt nhiệm vụ."])
PLAN_24 = plan(2024, ["Phát triển mới ít nhất 1.200 đoàn viên.", "Không quá 3% đoàn viên vi phạm kỷ luật."])
REPORT_22 = report(2022, ["Đã kết nạp mới 1.150 đoàn viên.", "78% CĐCS xếp loại hoàn thành tốt nhiệm vụ."])
ELSEWHERE = plan(2022, ["Phát triển mới 700 đoàn viên công đoàn."], place="Hòa Bình")


def table(*documents: Document) -> IndicatorTable:
    return IndicatorTable.of(documents, Glossary.shipped())


def values(rows: list[Indicator]) -> list[str]:
    return [row.target.value for row in rows]


# Sentences of our own writing: each paragraph says one subject in the words of several offices; one
# line alone is a subject close to another and not the same.
SUBJECTS = [
    paragraph.splitlines()
    for paragraph in (Path(__file__).parent / "data" / "same_subjects.txt").read_text("utf-8").split("\n\n")
]
WHOLE = table(PLAN_22, PLAN_24, REPORT_22, ELSEWHERE)


def test_every_row_opens_its_source_and_holds_its_figure() -> None:
    documents = {d.doc_id: d for d in (*map(read_document, SAMPLES), PLAN_22, REPORT_22)}
    rows = table(*documents.values()).rows
    assert len(rows) > 100
    for row in rows:
        quoted = row.quotation
        assert documents[quoted.doc_id].text[quoted.start : quoted.end] == quoted.quote
        said = {q.value for q in find_quantities(clean(quoted.quote).text)}
        assert row.target.value in said, quoted


def test_a_row_says_whose_and_for_when() -> None:
    row = WHOLE.rows[0]
    assert (row.issuer, row.place, row.scope) == ("LĐLĐ tỉnh Sơn La", "Sơn La", "Sơn La")
    assert (row.years, row.target.kind, row.target.unit) == (frozenset({2022}), "target", "đoàn viên")


def test_one_subject_is_one_group_in_other_words_and_other_provinces() -> None:
    groups = {
        row.group_id for row in WHOLE.rows if "đoàn viên" in row.target.subject and row.target.unit != "%"
    }
    assert len(groups) == 1
    assert values(list(WHOLE.group(groups.pop()))) == ["1000", "1200", "1150", "700"]
    assert WHOLE.group("none") == ()


def test_a_context_keeps_two_events_apart() -> None:
    both = table(
        report(2022, ["Tổ chức hội thi nấu ăn, thu hút 300 nữ đoàn viên khu công nghiệp tham gia."]),
        report(2023, ["Mở lớp học bơi, thu hút 350 nữ đoàn viên khu công nghiệp tham gia."]),
    )
    assert len({row.group_id for row in both.rows}) == 2


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen("kết nạp đoàn viên"), ["1000", "1200", "1150", "700"]),
        (Chosen("ket nap doan vien", year=2022), ["1000", "1150", "700"]),
        (Chosen("CĐCS xếp loại"), ["80", "78"]),
        (Chosen(place="Hòa Bình"), ["700"]),
        (Chosen(place="tỉnh hoà bình"), ["700"]),
        (Chosen(place="Phú Thọ"), ["700"]),  # Hòa Bình is part of it since July 2025
        (Chosen(issuer="Liên đoàn Lao động tỉnh Sơn La", kind="result"), ["1150", "78"]),
        (Chosen(unit="%"), ["80", "3", "78"]),
        (Chosen("tàu vũ trụ"), []),
        (Chosen(year=1999), []),
    ],
)
def test_filters(chosen: Chosen, expected: list[str]) -> None:
    assert values(WHOLE.choose(chosen)) == expected


def test_results_beside_the_targets_they_report_on() -> None:
    found = [
        (m.target.target.value, m.result.target.value, m.verdict, m.reason) for m in match_results(WHOLE.rows)
    ]
    assert found == [("1000", "1150", "reached", ""), ("80", "78", "missed", "")]


def test_no_verdict_across_units_or_on_part_of_the_time() -> None:
    goals = plan(2023, ["80% doanh nghiệp có tổ chức công đoàn ký kết thỏa ước."])
    other_unit = report(2023, ["Có 45 doanh nghiệp có tổ chức công đoàn ký kết thỏa ước."])
    (match,) = match_results(table(goals, other_unit).rows)
    assert match.verdict == "unknown"
    assert match.reason == "đơn vị khác nhau (80 %; 45 doanh nghiệp)"
    half = report(2023, ["Tính đến 30/6/2023, 85% doanh nghiệp có tổ chức công đoàn ký kết thỏa ước."])
    (match,) = match_results(table(goals, half).rows)
    assert match.verdict == "unknown"
    assert match.reason == "chỉ tiêu cho năm 2023, kết quả của đến ngày 30/6/2023"


def test_another_province_or_a_lesser_office_reports_on_its_own_targets_only() -> None:
    other = report(2022, ["Đã kết nạp mới 900 đoàn viên."], place="Hòa Bình")
    district = report(2022, ["Đã kết nạp mới 90 đoàn viên."], office="LIÊN ĐOÀN LAO ĐỘNG HUYỆN MỘC CHÂU")
    assert match_results(table(PLAN_22, other, district).rows) == []


def test_a_sum_over_years_is_not_judged_by_one_of_them() -> None:
    long = plan(2021, ["Đến năm 2025 kết nạp mới 5.000 đoàn viên."])
    (match,) = match_results(table(long, report(2025, ["Đã kết nạp mới 1.100 đoàn viên."])).rows)
    assert match.verdict == "unknown"


def test_two_documents_that_contradict_each_other() -> None:
    again = plan(2022, ["Kết nạp mới 1.300 đoàn viên.", "Trên 80% CĐCS xếp loại hoàn thành tốt nhiệm vụ."])
    (conflict,) = find_conflicts(table(PLAN_22, again, ELSEWHERE, REPORT_22).rows)
    assert {conflict.one.target.value, conflict.other.target.value} == {"1000", "1300"}
    assert conflict.one.quotation.doc_id != conflict.other.quotation.doc_id


def test_a_document_that_gives_two_figures_for_one_subject_is_not_compared() -> None:
    twice = report(2022, ["Đã kết nạp mới 1.150 đoàn viên.", "Kết nạp mới 400 đoàn viên."])
    rows = table(PLAN_22, twice, REPORT_22).rows
    assert [row.sure for row in rows if row.quotation.doc_id == twice.doc_id] == [False, False]
    assert all(m.result.quotation.doc_id != twice.doc_id for m in match_results(rows))
    assert find_conflicts(rows) == []


def test_lines_of_a_chart_keep_places_and_kinds_apart() -> None:
    rows = [r for r in WHOLE.rows if r.group_id == WHOLE.rows[0].group_id]
    lines = [
        (line.place, line.kind, [(p, r.target.value) for p, r in line.points]) for line in series_of(rows)
    ]
    assert lines == [
        ("Hòa Bình", "target", [("2022", "700")]),
        ("Sơn La", "result", [("2022", "1150")]),
        ("Sơn La", "target", [("2022", "1000"), ("2024", "1200")]),
    ]
    with pytest.raises(ValueError, match="groups cannot share one chart"):
        series_of(WHOLE.rows)


def test_central_offices_speak_for_the_nation_and_unknown_ones_for_nobody() -> None:
    central = plan(
        2022, ["Kết nạp mới 500.000 đoàn viên."], place="Hà Nội", office="TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"
    )
    bare = Document("bare", "bare.txt", PLAN_22.text, sections=PLAN_22.sections, targets=PLAN_22.targets)
    rows = table(central, bare).rows
    assert (rows[0].place, rows[0].scope) == (NATION, NATION)
    assert {row.scope for row in rows[1:]} == {None}
    assert find_conflicts(rows) == []


@pytest.mark.shared
def test_every_row_of_the_real_documents_opens_its_source(shared: Path) -> None:
    documents = {d.doc_id: d for d in map(read_document, sorted((shared / "documents").glob("*.txt")))}
    rows = table(*documents.values()).rows
    for row in rows:
        quoted = row.quotation
        assert documents[quoted.doc_id].text[quoted.start : quoted.end] == quoted.quote
    assert len(rows) >= 66
    assert find_conflicts(rows) == []


def test_one_subject_is_recognised_across_documents_in_other_words() -> None:
    """Two subjects are never joined; of the pairs that are one, most are."""
    rows = max(map(len, SUBJECTS))
    documents = []
    for i in range(rows):
        said = [sentences[i] for sentences in SUBJECTS if i < len(sentences)]
        office = report if i % 2 else plan
        documents.append(office(2023, said, place=("Sơn La", "Lào Cai", "Bến Tre", "Quảng Ninh")[i]))
    groups: dict[tuple[int, int], str] = {}
    at = {document.doc_id: i for i, document in enumerate(documents)}
    for row in table(*documents).rows:
        i = at[row.quotation.doc_id]
        text, start = documents[i].text, row.quotation.start
        line = text[text.rfind("\n", 0, start + 1) + 1 : text.find("\n", start)].removeprefix("- ")
        if subject := [n for n, sentences in enumerate(SUBJECTS) if sentences[i : i + 1] == [line]]:
            groups.setdefault((subject[0], i), row.group_id)  # by a sentence's first figure
    pairs = list(combinations(sorted(groups), 2))
    joined = [(a, b) for a, b in pairs if groups[a] == groups[b]]
    assert [(SUBJECTS[a[0]][a[1]], SUBJECTS[b[0]][b[1]]) for a, b in joined if a[0] != b[0]] == []
    same = [(a, b) for a, b in pairs if a[0] == b[0]]
    assert len(same) > 120
    assert len(joined) >= 0.95 * len(same)


def test_what_a_plan_tells_of_years_gone_by_is_a_result() -> None:
    said = [
        "Năm 2023, toàn tỉnh đã kết nạp được 1.700 đoàn viên mới (đạt 106% chỉ tiêu).",
        "Chỉ tiêu năm 2023 là thành lập mới 12 CĐCS.",
        "Kết nạp mới 1.900 đoàn viên.",
    ]
    rows = table(plan(2024, said)).rows
    kinds = {row.target.value: (row.target.kind, row.target.period) for row in rows}
    assert kinds["1700"] == ("result", "2023")
    assert kinds["12"] == ("target", "2023")
    assert kinds["1900"] == ("target", "2024")
    told = table(plan(2024, said), report(2023, ["Đã kết nạp được 1.835 đoàn viên mới."])).rows
    conflicts = {(c.one.target.value, c.other.target.value) for c in find_conflicts(told)}
    assert conflicts in ({("1700", "1835")}, {("1835", "1700")})


def test_a_subject_that_only_says_what_is_counted_is_shown_with_the_words_before_it() -> None:
    rows = table(report(2024, ["Ban Dân vận cho ý kiến 03 lần.", "Kết nạp 40 đoàn viên mới."])).rows
    shown = {row.target.value: row.shown for row in rows}
    assert "cho ý kiến" in shown["3"]
    assert shown["40"] == next(row.target.subject for row in rows if row.target.value == "40")
