"""The drafting desk: precedents of a draft's paragraphs, two documents side by side, outlines, the check."""

from __future__ import annotations

import io
import itertools
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import AppError, QueryError
from corpus.readers.registry import read_text
from corpus.text import collapse
from corpus.words.glossary import Glossary
from index.bundle import Bundle
from search.__main__ import main
from search.commands.precedents import (
    comparison_json,
    found_json,
    outline_json,
    run,
    show_findings,
    show_found,
)
from search.drafting.draftcheck import check_draft
from search.drafting.draftcitations import malformed
from search.drafting.draftparts import check_parts, is_party
from search.drafting.drafts import MAX_DRAFT, draft_from_text, paragraphs_of, read_draft
from search.drafting.findings import Finding
from search.drafting.outlinedocx import SOURCES, outline_docx, shown_words, write_outline
from search.drafting.outlinehead import MOTTO
from search.drafting.outlines import Borrowed, Outline, make_outline
from search.drafting.parts import usual_parts
from search.drafting.sectionkinds import kind_of, kinds_in
from search.drafting.sidebyside import compare_documents
from search.engine import Engine
from search.precedents import find_precedents, precedents_of
from tests.drafting import DRAFT, LIBRARY, MUSHROOM, NURSERY, desk, plan
from tests.fakes import HashEncoder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return desk(tmp_path_factory.mktemp("desk") / "index")


@pytest.mark.parametrize(
    ("address", "headings", "text", "expected"),
    [
        pytest.param("II.1", ("NHIỆM VỤ", "Yêu cầu"), "", "purpose", id="the-nearest-heading"),
        pytest.param("II", ("CHỈ TIÊU, NHIỆM VỤ",), "", "goals", id="goals-and-tasks"),
        pytest.param("IV.1", ("TỔ CHỨC THỰC HIỆN", "Ban Tuyên giáo"), "", "execution", id="above"),
        pytest.param("Mở đầu", (), "Căn cứ Luật Công đoàn;", "basis", id="basis"),
        pytest.param("Mở đầu", (), "Ban Thường vụ báo cáo như sau:", "opening", id="opening"),
        pytest.param("Nơi nhận", (), "", "recipients", id="recipients"),
        pytest.param("PL1.2", ("Chỉ tiêu",), "", "attached", id="appendix"),
        pytest.param("I.2", ("Kết quả của việc tuyên truyền …",), "", "other", id="first-words"),
        pytest.param("I.2", ("MỤC ĐÍCH", "Nâng cao kết quả hội thi."), "", "purpose", id="a-sentence"),
    ],
)  # fmt: skip
def test_kinds_of_section(address: str, headings: tuple[str, ...], text: str, expected: str) -> None:
    assert kind_of(address, headings, text) == expected


def test_a_draft_is_cut_into_its_paragraphs() -> None:
    draft = draft_from_text(DRAFT)
    found = paragraphs_of(draft)
    assert [(p.section, p.kind) for p in found] == [
        ("Mở đầu", "basis"), ("I.1", "purpose"), ("II.1", "goals"), ("III.1", "tasks"), ("IV.1", "execution"),
    ]  # fmt: skip
    assert all(draft.text[p.start : p.end] == p.text for p in found)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["từ ngữ " * 60, "I. MỤC ĐÍCH", "- Mở lớp học nghề", "x" * 2500, ". ", "\n\n"]),
        min_size=1,
    )
)
def test_paragraphs_fit_a_question_and_do_not_overlap(parts: list[str]) -> None:
    if not "".join(parts).strip():
        return
    draft = draft_from_text("\n".join(parts))
    found = paragraphs_of(draft)
    assert all(draft.text[p.start : p.end] == p.text and len(p.text) <= 2000 for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_an_empty_or_endless_draft_is_refused() -> None:
    with pytest.raises(QueryError, match="trống"):
        draft_from_text(" \n")
    with pytest.raises(QueryError, match=f"{MAX_DRAFT + 1} ký tự"):
        draft_from_text("a" * (MAX_DRAFT + 1))


def test_precedents_are_verbatim_best_first_and_marked(small: Engine) -> None:
    found = find_precedents(small, draft_from_text(DRAFT))
    task = next(p for p in found.paragraphs if p.paragraph.kind == "tasks")
    best = task.precedents[0]
    assert NURSERY in best.text
    assert best.same_kind
    assert best.same_type
    assert small.document(best.doc_id).text[best.start : best.end] == best.text
    assert best.quotation.source.startswith("Kế hoạch số 15/KH-LĐLĐ")
    assert best.quotation.quote in best.text
    assert best.copied.startswith(f"“{best.text}” (Kế hoạch số 15/KH-LĐLĐ")
    assert ("added", "03 ", "figure") in [(d.op, d.ours, d.about) for d in best.differences]
    goal = next(p for p in found.paragraphs if p.paragraph.kind == "goals").precedents[0]
    assert ("changed", "700 ", "500 ") in [(d.op, d.ours, d.theirs) for d in goal.differences]


def test_the_same_kind_of_section_in_the_same_type_comes_first(small: Engine) -> None:
    text = "Nâng cao nhận thức của cán bộ công đoàn về công tác nữ công trong tình hình mới."
    (paragraph,) = paragraphs_of(draft_from_text(f"I. MỤC ĐÍCH\n\n1. {text}"))
    found = precedents_of(small, paragraph, "Kế hoạch")
    assert found[0].kind == "purpose"
    assert found[0].same_type
    assert len(found[0].also) == 1  # both plans say it to the letter, so it is shown once


@pytest.mark.parametrize(("heading", "kind"), [("CHỈ TIÊU", "goals"), ("NHIỆM VỤ", "tasks")])
def test_of_the_same_words_those_in_the_same_kind_of_section_come_first(
    heading: str, kind: str, tmp_path: Path
) -> None:
    words = "Mở hội thi nấu ăn ở các khu nhà trọ công nhân."
    documents = [
        plan("a", 2023, "31/KH-LĐLĐ", "Hội thi năm 2023", f"1. {words}", "1. Mời ban giám khảo."),
        plan("b", 2024, "32/KH-LĐLĐ", "Hội thi năm 2024", "1. Có 20 đội dự thi.", f"1. {words}"),
    ]
    Bundle.build(tmp_path, documents, HashEncoder())
    engine = Engine(Bundle.open(tmp_path, HashEncoder()), Glossary.shipped())
    (paragraph,) = paragraphs_of(draft_from_text(f"I. {heading}\n\n1. {words}"))
    assert precedents_of(engine, paragraph)[0].kind == kind


def test_what_no_document_says_has_no_precedent(small: Engine) -> None:
    draft = draft_from_text("Khai thác dầu khí ngoài thềm lục địa bằng giàn khoan bán chìm thế hệ thứ sáu.")
    assert [p.precedents for p in find_precedents(small, draft).paragraphs] == [()]


def test_a_document_is_no_precedent_of_itself(small: Engine) -> None:
    found = find_precedents(small, draft_from_text(LIBRARY[0].text))
    assert found.left_out == ("nu-cong-2023",)
    assert all(one.doc_id != "nu-cong-2023" for p in found.paragraphs for one in p.precedents)


def test_k_below_one_is_refused(small: Engine) -> None:
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        find_precedents(small, draft_from_text(DRAFT), 0)


def test_two_documents_side_by_side() -> None:
    one, other = LIBRARY[0], draft_from_text(DRAFT)
    compared = compare_documents(one, other)
    pairs = [(s.one and s.one.address, s.other and s.other.address, s.status) for s in compared.sections]
    assert ("II.1", "II.1", "changed") in pairs
    assert ("II.2", None, "removed") in pairs
    assert ("IV.1", "IV.1", "same") in pairs
    assert ("Nơi nhận", "Nơi nhận", "same") in pairs
    figure = next(f for f in compared.figures if f.before == "500")
    assert (figure.after, figure.section) == ("700", "mục II.1")
    assert (figure.words, figure.then) == ("1. Kết nạp mới", "đoàn viên nữ trong năm 2023.")
    assert one.text[figure.before_at or 0 :].startswith("500")
    assert other.text[figure.after_at or 0 :].startswith("700")


def test_a_document_beside_itself_has_not_changed() -> None:
    compared = compare_documents(LIBRARY[0], LIBRARY[0])
    assert {s.status for s in compared.sections} == {"same"}
    assert not compared.figures


def test_a_section_inserted_moves_no_other() -> None:
    before = draft_from_text("I. MỤC ĐÍCH\n\nHọc nghề may.\n\nII. KINH PHÍ\n\nChi 20 triệu đồng.")
    after = draft_from_text(
        "I. MỤC ĐÍCH\n\nHọc nghề may.\n\nII. THỜI GIAN\n\nHọc buổi tối.\n\n"
        "III. KINH PHÍ\n\nChi 20 triệu đồng."
    )
    found = [
        (s.one and s.one.address, s.other and s.other.address, s.status)
        for s in compare_documents(before, after).sections
    ]
    assert found == [("I", "I", "same"), (None, "II", "added"), ("II", "III", "same")]


def test_sections_unlike_each_other_are_not_set_side_by_side() -> None:
    one = draft_from_text("I. MỤC ĐÍCH\n\nHọc nghề may.")
    other = draft_from_text("I. KINH PHÍ\n\nChi 20 triệu đồng.")
    assert [s.status for s in compare_documents(one, other).sections] == ["removed", "added"]


@pytest.mark.parametrize("flipped", [False, True])
def test_every_paragraph_of_both_is_shown_once(flipped: bool) -> None:
    one, other = (LIBRARY[1], LIBRARY[0]) if flipped else (LIBRARY[0], LIBRARY[1])
    rows = [row for section in compare_documents(one, other).sections for row in section.rows]
    for document, parts in ((one, [r.one for r in rows]), (other, [r.other for r in rows])):
        shown = [word for part in parts if part for word in re.findall(r"\w+", part.text)]
        assert shown == re.findall(r"\w+", document.text)


def said(engine: Engine, text: str) -> list[tuple[str, str, str]]:
    draft = draft_from_text(text)
    return [(f.kind, f.severity, draft.text[f.start : f.end]) for f in check_draft(engine, draft)]


def of(found: list[tuple[str, str, str]], kind: str) -> list[tuple[str, str]]:
    return [(severity, words) for one, severity, words in found if one == kind]


@pytest.mark.parametrize(
    ("words", "severity", "marked", "mended"),
    [
        pytest.param("Kế hoạch số 27/CTr-TU", "warning", "27/CTr-TU", "27-CTr/TU", id="party-form"),
        pytest.param("Kế hoạch số 56 /KH-LĐLĐ", "warning", "56 /KH-LĐLĐ", "56/KH-LĐLĐ", id="space"),
        pytest.param("Nghị định 145/2020/ND-CP", "warning", "145/2020/ND-CP", "145/2020/NĐ-CP", id="no-bar"),
        pytest.param("Quyết định số QĐ217.TLĐ", "error", "QĐ217.TLĐ", "thể thức", id="no-form"),
        pytest.param("Thông báo số 45 của huyện", "warning", "45", "thiếu ký hiệu", id="no-code"),
        pytest.param("Kế hoạch số 5/KH-LĐLĐ", "info", "5/KH-LĐLĐ", "05/KH-LĐLĐ", id="no-zero"),
    ],
)
def test_malformed_numbers(words: str, severity: str, marked: str, mended: str) -> None:
    draft = draft_from_text(f"Thực hiện {words} về công tác nữ công.")
    (found,) = malformed(draft)
    assert (found.severity, draft.text[found.start : found.end]) == (severity, marked)
    assert mended in found.message


def test_good_numbers_are_not_malformed() -> None:
    text = "Theo Quyết định số 217, 218-QĐ/TW, Nghị định số 145/2020/NĐ-CP, Luật số 12/2012/QH13 và 02-NQ/TW."
    assert list(malformed(draft_from_text(text))) == []


def test_citations_against_the_library(small: Engine) -> None:
    basis = (
        "Căn cứ Quyết định số 12/QĐ-TLĐ ngày 01/02/2018 của Tổng Liên đoàn Lao động Việt Nam;\n\n"
        "Thực hiện Kế hoạch số 15/KH-LĐLĐ ngày 12/01/2023 của Liên đoàn Lao động tỉnh Sơn La;\n\n"
        "Thực hiện Kế hoạch số 99/KH-LĐLĐ ngày 10/01/2024 của Liên đoàn Lao động tỉnh Sơn La;\n\n"
        "Thực hiện Chương trình số 03-CTr/TU ngày 05/01/2024 của Tỉnh ủy Sơn La;"
    )
    draft = draft_from_text(
        plan("x", 2026, "……/KH-LĐLĐ", "Công tác nữ công", "1. Mở 02 lớp.", f"1. {MUSHROOM}", basis).text
    )
    found = [f for f in check_draft(small, draft) if f.kind.startswith("citation")]
    assert [(f.kind, f.severity) for f in found] == [
        ("citation-replaced", "error"), ("citation-mismatch", "error"), ("citation-unknown", "warning"),
    ]  # fmt: skip
    assert "77/QĐ-TLĐ" in found[0].message
    assert "thay thế" in found[0].evidence[0].quote
    assert "ngày 10/1/2023" in found[1].message
    assert found[1].evidence[0].quote == "15/KH-LĐLĐ"
    assert "22/KH-LĐLĐ" in found[2].message  # of the same office, type and day


def test_what_is_cited_again_is_told_once(small: Engine) -> None:
    text = "I. MỤC ĐÍCH\n\nThực hiện Kế hoạch số 61/KH-LĐLĐ ngày 02/3/2019 của LĐLĐ tỉnh Sơn La.\n\n"
    once = of(said(small, text), "citation-unknown")
    twice = of(said(small, text + text.replace("I. MỤC ĐÍCH", "II. NHIỆM VỤ")), "citation-unknown")
    assert len(once) == 1
    assert once == twice


def test_forms_have_no_parts_to_lack() -> None:
    head = replace(LIBRARY[0].letterhead, type="Đơn")
    assert (
        list(check_parts(replace(LIBRARY[0], text="Tôi xin gia nhập.", sections=(), letterhead=head))) == []
    )


def test_abbreviations(small: Engine) -> None:
    text = (
        "I. MỤC ĐÍCH\n\nHỗ trợ NLĐ và QTVCX ở cơ sở; người lao động (NLĐ) được học nghề; công đoàn "
        "cơ sở (CĐCS); CĐCS báo cáo LĐLĐ tỉnh theo mục II.\n\nII. TỔ CHỨC THỰC HIỆN\n\nGiao Ban Tuyên giáo."
    )
    assert of(said(small, text), "abbreviation") == [
        ("warning", "NLĐ"),
        ("warning", "QTVCX"),
        ("info", "LĐLĐ"),
    ]


def test_a_figure_unlike_the_library(small: Engine) -> None:
    found = [f for f in check_draft(small, draft_from_text(DRAFT)) if f.kind == "figure"]
    assert [f.severity for f in found] == ["error"]
    assert "700" in found[0].message
    assert "500" in found[0].message
    assert [("700" in q.quote, "500" in q.quote) for q in found[0].evidence] == [(True, False), (False, True)]


def test_a_whole_plan_lacks_nothing() -> None:
    assert list(check_parts(draft_from_text(LIBRARY[0].text))) == []


@pytest.mark.parametrize(
    ("cut", "message"),
    [
        pytest.param(("Nơi nhận:", "TM. BAN"), "Nơi nhận", id="recipients"),
        pytest.param(("TM. BAN", "\x00"), "phần ký", id="signature"),
        pytest.param(("IV. TỔ CHỨC", "Nơi nhận:"), "Tổ chức thực hiện", id="execution"),
        pytest.param(("Căn cứ", "I. MỤC"), "căn cứ ban hành", id="basis"),
        pytest.param(("CỘNG HÒA", "Sơn La, ngày"), "Quốc hiệu", id="motto"),
    ],
)
def test_what_is_missing_is_said_and_nothing_else(cut: tuple[str, str], message: str) -> None:
    text = LIBRARY[0].text
    start = text.index(cut[0])
    end = text.find(cut[1], start) if cut[1] in text else len(text)
    found = list(check_parts(draft_from_text(text[:start] + text[end:])))
    assert [message in f.message for f in found] == [True]


def test_a_fragment_is_not_asked_for_parts() -> None:
    assert [f.severity for f in check_parts(draft_from_text("Kết nạp 20 đoàn viên."))] == ["info"]


def test_party_documents_have_a_layout_of_their_own() -> None:
    text = (
        "ĐẢNG BỘ TỈNH SƠN LA\nBAN THƯỜNG VỤ\n*\nSố 03-CTr/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Sơn La, ngày 05 tháng 01 năm 2024\n\nCHƯƠNG TRÌNH\nvề việc làm cho lao động\n\n"
        "Thực hiện Nghị quyết Đại hội, Tỉnh ủy ban hành Chương trình.\n\nI. MỤC TIÊU\n\n"
        "Giải quyết việc làm.\n\nII. NHIỆM VỤ\n\nDạy nghề.\n\nIII. TỔ CHỨC THỰC HIỆN\n\n"
        "Các cấp ủy triển khai.\n\nNơi nhận:\n- Các huyện ủy;\n- Lưu Văn phòng.\n\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\nTrần Văn Thử\n"
    )
    draft = draft_from_text(text)
    assert is_party(draft)
    assert not is_party(LIBRARY[0])
    assert list(check_parts(draft)) == []
    (found,) = check_parts(draft_from_text(text.replace("ĐẢNG CỘNG SẢN VIỆT NAM\n", "")))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in found.message


@pytest.fixture(scope="module")
def outline(small: Engine) -> Outline:
    return make_outline(small, "kế hoạch", "công tác nữ công", place="Sơn La", year=2026)


def borrowed_in(outline: Outline) -> list[Borrowed]:
    return [*outline.basis, *(one for part in outline.parts for one in part.items)]


def test_an_outline_has_the_usual_parts_and_borrows_verbatim(small: Engine, outline: Outline) -> None:
    assert [part.kind for part in outline.parts] == ["purpose", "goals", "tasks", "execution"]
    found = borrowed_in(outline)
    assert any(NURSERY in one.quotation.quote for one in found)
    assert not any("trồng nấm" in one.quotation.quote for one in found)  # of another topic
    for one in found:
        quoted = one.quotation
        assert small.document(quoted.doc_id).text[quoted.start : quoted.end] == quoted.quote
        assert outline.sources[one.source - 1] == quoted.source


def test_what_is_to_be_replaced_is_marked(outline: Outline) -> None:
    marked = {one.quotation.quote[a:b] for one in borrowed_in(outline) for a, b in one.to_replace}
    assert {"12/QĐ-TLĐ", "01/02/2018", "85%", "500"} <= marked
    for one in borrowed_in(outline):  # no digit is left unmarked but of the year asked for
        rest = list(one.quotation.quote.replace("2026", "    "))
        for a, b in one.to_replace:
            rest[a:b] = " " * (b - a)
        assert not re.search(r"\d", "".join(rest))


def test_an_outline_says_that_its_basis_was_replaced(outline: Outline) -> None:
    (note,) = outline.notes
    assert "12/QĐ-TLĐ" in note
    assert "đã được thay thế bởi Quyết định số 77/QĐ-TLĐ" in note


def test_ordinals_are_of_their_time(tmp_path: Path) -> None:
    goals = "1. Tổ chức hội thi nấu ăn chào mừng Đại hội Công đoàn tỉnh lần thứ XVI trong quý II."
    document = plan(
        "thi", 2024, "31/KH-LĐLĐ", "Hội thi nấu ăn", goals, "1. Mở hội thi nấu ăn ở các khu nhà trọ."
    )
    Bundle.build(tmp_path, [document], HashEncoder())
    engine = Engine(Bundle.open(tmp_path, HashEncoder()), Glossary.shipped())
    (one,) = make_outline(engine, "Kế hoạch", "hội thi nấu ăn").parts[1].items
    assert [one.quotation.quote[a:b] for a, b in one.to_replace] == ["XVI", "II"]


def test_no_outline_is_made_up(small: Engine) -> None:
    made = make_outline(small, "Hướng dẫn", "khai thác dầu khí ngoài khơi")
    assert not borrowed_in(made)
    assert len(made.notes) == 2
    assert [part.kind for part in made.parts] == ["purpose", "tasks", "execution"]
    with pytest.raises(QueryError, match="Chưa biết loại văn bản “Bài thơ”"):
        make_outline(small, "Bài thơ", "công tác nữ công")
    with pytest.raises(QueryError, match="trống"):
        make_outline(small, "Kế hoạch", " ")


def test_usual_parts_are_in_the_usual_order() -> None:
    parts = usual_parts("Kế hoạch", LIBRARY[:2])
    assert parts[0] == ("MỤC ĐÍCH, YÊU CẦU", "purpose")
    assert parts[-1] == ("TỔ CHỨC THỰC HIỆN", "execution")


def test_the_file_says_the_same_when_read_back(outline: Outline, tmp_path: Path) -> None:
    path = tmp_path / "de-cuong.docx"
    write_outline(outline, path)
    text = collapse(read_text(path).text)
    for one in borrowed_in(outline):
        assert f"{collapse(shown_words(one))} [{one.source}]" in text
        assert collapse(shown_words(one)) == collapse(one.quotation.quote)
    for number, source in enumerate(outline.sources, 1):
        assert f"[{number}] {collapse(source)}" in text
    for words in (MOTTO, "KẾ HOẠCH", outline.title, "Nơi nhận:", SOURCES, "Số: ……/KH-……"):
        assert words in text
    draft = read_draft(path)
    assert draft.letterhead.type == "Kế hoạch"
    assert "execution" in kinds_in(draft)


def test_the_file_highlights_what_is_to_be_replaced(outline: Outline) -> None:
    file = docx.Document(io.BytesIO(outline_docx(outline)))
    lit = {run.text for p in file.paragraphs for run in p.runs if run.font.highlight_color is not None}
    expected = {one.quotation.quote[a:b] for one in borrowed_in(outline) for a, b in one.to_replace}
    assert lit == {" ".join(words.split()) for words in expected}


def test_a_folder_that_is_not_there(outline: Outline, tmp_path: Path) -> None:
    with pytest.raises(AppError, match="Không ghi được"):
        write_outline(outline, tmp_path / "khong-co" / "de-cuong.docx")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_file(outline: Outline, tmp_path: Path) -> None:
    write_outline(outline, tmp_path / "de-cuong.docx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*command, str(tmp_path / "de-cuong.docx")], capture_output=True, text=True, timeout=120, check=True
    )
    assert "error" not in done.stderr.lower()
    text = collapse(read_text(tmp_path / "de-cuong.pdf").text)
    assert MOTTO in text
    assert all(f"[{n}]" in text for n in range(1, len(outline.sources) + 1))


def test_what_other_programs_read(small: Engine, outline: Outline) -> None:
    found = json.loads(json.dumps(found_json(find_precedents(small, draft_from_text(DRAFT)))))
    best = found["paragraphs"][3]["precedents"][0]
    assert best["source"].startswith("Kế hoạch số 15/KH-LĐLĐ")
    assert "".join(d["theirs"] for d in best["differences"]) == best["text"]
    compared = json.loads(json.dumps(comparison_json(compare_documents(*LIBRARY[:2]))))
    assert set(compared["figures"][0]) >= {"before", "after", "section"}
    assert json.loads(json.dumps(outline_json(outline)))["parts"][0]["items"][0]["quote"]


def test_what_people_read(small: Engine) -> None:
    draft = draft_from_text(DRAFT)
    assert "700 / 500" in re.sub(r"\s+", " ", show_found(find_precedents(small, draft)))
    shown = show_findings(draft.text, [Finding("missing-part", "error", 0, 0, "Chưa có “Nơi nhận”.")])
    assert shown == "dòng 1: [cần sửa] Thiếu phần: Chưa có “Nơi nhận”."


def test_two_files_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for name, text in (("cu.txt", LIBRARY[0].text), ("moi.txt", DRAFT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))
    assert main(["precedents", "--compare", *paths]) == 0
    assert "500 -> 700" in capsys.readouterr().out
    assert main(["precedents", str(tmp_path / "khong-co.docx")]) == 1
    assert "khong-co.docx" in capsys.readouterr().err
    assert json.loads(run(["--compare", *paths, "--json"]))["counts"]["removed"] >= 1


@pytest.mark.parametrize(
    "argv",
    [[], ["a.txt", "--compare", "b.txt", "c.txt"], ["a.txt", "--out", "d.docx"], ["a.txt", "--k", "0"]],
)
def test_wrong_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        run(argv)
    assert exit_.value.code == 2
    assert "error" in capsys.readouterr().err


@pytest.mark.parametrize(
    "day", ["31/11/2026", "29/02/2025", "00/5/2026", "12/13/2026", "31 tháng 9 năm 2026"]
)
def test_a_day_that_no_calendar_has(small: Engine, day: str) -> None:
    found = of(said(small, f"I. MỤC ĐÍCH\n\nNộp báo cáo trước {day}."), "date")
    assert found == [("error", day)]


@pytest.mark.parametrize("day", ["30/11/2026", "29/02/2024", "ngày 31 tháng 8 năm 2026", "19/12/2026"])
def test_a_day_of_the_calendar_is_none_of_its_business(small: Engine, day: str) -> None:
    assert of(said(small, f"I. MỤC ĐÍCH\n\nNộp báo cáo trước {day}."), "date") == []


def test_words_written_in_full_without_their_abbreviation_are_not_said_to_be_missing(small: Engine) -> None:
    text = "I. MỤC ĐÍCH\n\nLiên đoàn Lao động tỉnh báo cáo.\n\nII. THỰC HIỆN\n\nGiao LĐLĐ tỉnh theo dõi."
    [message] = [f.message for f in check_draft(small, draft_from_text(text)) if f.kind == "abbreviation"]
    assert (
        message
        == "“LĐLĐ” chưa được chú thích; nên ghi ở chỗ viết đầy đủ lần đầu: “Liên đoàn Lao động (LĐLĐ)”."
    )


def test_the_same_number_with_another_date_is_told_by_its_dates(small: Engine) -> None:
    text = "I. MỤC ĐÍCH\n\nThực hiện Chương trình số 03-CTr/TU, ngày 05/01/2023 của Tỉnh ủy Sơn La."
    [found] = [f for f in check_draft(small, draft_from_text(text)) if f.kind.startswith("citation")]
    assert found.kind == "citation-mismatch"
    assert "5/1/2023" in found.message
    assert "5/1/2024" in found.message
    assert "chưa văn bản nào" not in found.message


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("Phấn đấu 120% đoàn viên được tập huấn.", ["120% đoàn viên"]),
        ("Trên 100,5% số CĐCS xếp loại tốt.", ["100,5% số CĐCS"]),
        ("100% đoàn viên được tập huấn.", []),
        ("Thu kinh phí đạt 120% kế hoạch; 95% CĐCS nộp đủ.", []),
    ],
)
def test_no_share_of_people_is_more_than_all_of_them(small: Engine, words: str, marked: list[str]) -> None:
    found = of(said(small, f"I. CHỈ TIÊU\n\n{words}"), "figure")
    assert found == [("warning", words) for words in marked]
