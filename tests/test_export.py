"""An answer taken along says the same in every form, and opens in other programs than ours."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from corpus.readers.registry import read_text
from search.answering.export import NOTE, TITLE, to_docx, to_markdown, to_plain
from search.engine import Engine
from search.hits import Answer, Quotation, Result
from tests.make_pages import need, soffice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cited(
    quote: str, source: str = "Kế hoạch số 5/KH-LĐLĐ ngày 1/2/2024 của LĐLĐ tỉnh A, mục II.1, trang 3"
) -> Quotation:
    return Quotation("kh-5", "5/KH-LĐLĐ", None, "II.1", 3, quote, 0, len(quote), source)


def result(text: str, *quotes: str, question: str = "Chỉ tiêu kết nạp là bao nhiêu?") -> Result:
    return Result(question, Answer(text, not quotes, tuple(map(cited, quotes))), ())


GOOD = result(
    "Kết nạp **120** đoàn viên\n(Kế hoạch 5/KH-LĐLĐ, mục II.1)", "- Kết nạp *120* đoàn viên;\n\ntrong quý I."
)


def read_back(data: bytes, tmp_path: Path) -> str:
    path = tmp_path / "tra-cuu.docx"
    path.write_bytes(data)
    return read_text(path).text


def document_xml(data: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))


def test_plain_text_carries_its_sources() -> None:
    assert to_plain([GOOD]) == (
        "Câu hỏi: Chỉ tiêu kết nạp là bao nhiêu?\n"
        "Trả lời: Kết nạp 120 đoàn viên\n"
        "(Kế hoạch 5/KH-LĐLĐ, mục II.1)\n"
        "Căn cứ:\n"
        "1. Kế hoạch số 5/KH-LĐLĐ ngày 1/2/2024 của LĐLĐ tỉnh A, mục II.1, trang 3:\n"
        "“- Kết nạp 120 đoàn viên;\n"
        "trong quý I.”\n"
        "\n"
        f"({NOTE})\n"
    )


def test_a_refusal_has_no_sources() -> None:
    refused = to_plain([result("Không tìm thấy. Kho văn bản chưa có nội dung này.")])
    assert "Không tìm thấy." in refused
    assert "Căn cứ" not in refused


def test_a_list_begins_on_a_line_of_its_own() -> None:
    assert "Trả lời:\n- một\n- hai\n" in to_plain([result("- một\n- hai", "a")])


def test_markdown_says_the_same_and_no_more() -> None:
    html = MarkdownIt().render(
        to_markdown([GOOD], lambda c: f"http://127.0.0.1:7860/?vb={c.doc_id}&muc={c.section}")
    )
    assert "<strong>120</strong>" in html
    assert 'href="http://127.0.0.1:7860/?vb=kh-5&amp;muc=II.1"' in html
    assert re.search(r"<ol>\n<li>.*<blockquote>", html, re.DOTALL)


HOSTILE = (
    "# a\n<script>alert(1)</script> [x](javascript:1) ![p](http://far.example/p) *b* _c_ `d` | ~~e~~ &amp; 1."
    "\n- g\n\\"
)


@pytest.mark.parametrize("where", ["question", "answer", "quote", "source"])
def test_markdown_of_a_document_comes_out_as_letters(where: str) -> None:
    words = {"question": "Hỏi", "answer": "Đáp", "quote": "Trích", "source": "Nguồn"} | {where: HOSTILE}
    hostile = Result(
        words["question"], Answer(words["answer"], False, (cited(words["quote"], words["source"]),)), ()
    )
    html = MarkdownIt("commonmark").render(to_markdown([hostile]))
    assert set(re.findall(r"<(\w+)", html)) <= {"h1", "p", "strong", "em", "ol", "ul", "li", "blockquote"}
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:1) ![p](http://far.example/p)" in shown


def test_word_reads_back_the_same(tmp_path: Path) -> None:
    text = read_back(to_docx([GOOD], date(2026, 11, 21)), tmp_path)
    assert text.split("\n\n") == [
        TITLE,
        "Ngày tra cứu: 21/11/2026",
        "Câu hỏi: Chỉ tiêu kết nạp là bao nhiêu?",
        "Trả lời:",
        "Kết nạp 120 đoàn viên",
        "(Kế hoạch 5/KH-LĐLĐ, mục II.1)",
        "Căn cứ:",
        "1. Kế hoạch số 5/KH-LĐLĐ ngày 1/2/2024 của LĐLĐ tỉnh A, mục II.1, trang 3:",
        "“- Kết nạp 120 đoàn viên;\ntrong quý I.”",
        f"({NOTE})",
    ]


def test_the_layout_is_that_of_offices() -> None:
    data = to_docx([GOOD])
    root = document_xml(data)
    size, margins = root.find(f".//{W}pgSz"), root.find(f".//{W}pgMar")
    assert size is not None
    assert margins is not None
    twips = {
        name: round(int(margins.get(W + name, "0")) / 56.7) for name in ("top", "bottom", "left", "right")
    }
    assert twips == {"top": 20, "bottom": 20, "left": 30, "right": 15}  # mm
    assert [round(int(size.get(W + name, "0")) / 56.7) for name in ("w", "h")] == [210, 297]
    styles = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml"))
    normal = styles.find(f".//{W}style[@{W}styleId='Normal']")
    assert normal is not None
    assert normal.find(f".//{W}rFonts").attrib[W + "eastAsia"] == "Times New Roman"
    assert normal.find(f".//{W}sz").get(W + "val") == "28"  # half points
    assert normal.find(f".//{W}jc").get(W + "val") == "both"
    bold = [run for run in root.iter(W + "r") if _is_on(run.find(f"{W}rPr/{W}b"))]
    assert [run.findtext(W + "t") for run in bold] == [TITLE, "Câu hỏi:", "Trả lời:", "120", "Căn cứ:"]


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get(W + "val") is None


def test_a_link_reopens_the_document() -> None:
    data = to_docx([GOOD], link_of=lambda c: f"http://127.0.0.1:7860/?vb={c.doc_id}&muc={c.section}")
    (link,) = document_xml(data).iter(W + "hyperlink")
    assert "".join(link.itertext()).startswith("Kế hoạch số 5/KH-LĐLĐ")
    relations = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels").decode()
    assert 'Target="http://127.0.0.1:7860/?vb=kh-5&amp;muc=II.1" TargetMode="External"' in relations


@settings(max_examples=25, deadline=None)
@given(
    st.text(alphabet="aễ <>&\"'\x00\x08\x0b\x0c\x1b\x7f\u202e\u2028\ufffe\n\t*_#1.", min_size=1, max_size=60)
)
def test_whatever_a_document_holds_gives_a_file_that_opens(quote: str) -> None:
    root = document_xml(to_docx([result(f"x{quote}", f"a{quote}", question=quote)]))
    kept = "".join(root.itertext())
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]", kept)
    assert kept.count("ễ") >= 2 * quote.count("ễ")
    assert kept.count("&") >= 2 * quote.count("&")


def test_other_programs_open_it(tmp_path: Path) -> None:
    need("soffice")
    footnote = "Theo Quyết định<sup>1</sup> & “Quy chế” <số> 5\x0b: " + "đoàn viên công đoàn cơ sở " * 12
    path = tmp_path / "tra-cuu.docx"
    path.write_bytes(
        to_docx([result("Kết nạp **120** đoàn viên", *[footnote[:400]] * 9)], link_of=lambda c: "http://a.b/")
    )
    pdf = read_text(soffice(path, "pdf"))
    words = " ".join(pdf.text.split())
    assert "Kết nạp 120 đoàn viên" in words
    assert words.count("& “Quy chế” <số> 5 :") == 9
    assert len(pdf.page_starts) >= 2


def test_a_real_answer_reads_back_with_every_quotation(engine: Engine, tmp_path: Path) -> None:
    answered = engine.ask("chỉ tiêu giới thiệu đảng viên năm 2021")
    text = " ".join(read_back(to_docx([answered]), tmp_path).split())
    for c in answered.answer.citations:
        assert " ".join(re.sub(r"[*#]", "", c.quote).split()) in text
        assert c.source in text
