"""Web pages: what shows, in what order, in which encoding."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import web


def page(folder: Path, body: str, head: str = '<meta charset="utf-8">', encoding: str = "utf-8") -> Path:
    path = folder / "a.html"
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return path


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        pytest.param(
            "chữ trước<h1>Đề mục</h1>chữ sau", ["chữ trước", "Đề mục", "chữ sau"], id="text-between"
        ),
        pytest.param(
            "<p>một  câu\n với <b>chữ</b> <i>nghiêng</i></p>", ["một câu với chữ nghiêng"], id="spaces"
        ),
        pytest.param("<p>dòng một<br>dòng hai</p>", ["dòng một\ndòng hai"], id="line-break"),
        pytest.param("<script>alert(1)</script><style>p{}</style><p>chữ</p>", ["chữ"], id="script"),
        pytest.param("<p hidden>ẩn</p><p style='display: none'>ẩn</p><p>rõ</p>", ["rõ"], id="hidden"),
        pytest.param("<p>giữ <del>xóa</del><ins>thêm</ins></p>", ["giữ thêm"], id="deleted"),
        pytest.param("<ol start=3><li>ba<li>bốn</ol>", ["3. ba", "4. bốn"], id="numbered-list"),
        pytest.param(
            "<ol type=I><li>một<li value=5>năm<li>sáu</ol>", ["I. một", "V. năm", "VI. sáu"], id="roman"
        ),
        pytest.param("<ul><li>ý một<ul><li>ý con</ul></ul>", ["- ý một", "- ý con"], id="nested-list"),
        pytest.param("<pre>hai\n  dòng</pre>", ["hai\n  dòng"], id="preformatted"),
        pytest.param("<p>ghi chú<sup>1</sup></p>", ["ghi chú<sup>1</sup>"], id="footnote-mark"),
        pytest.param("<p>5 &lt; 6 &amp; &nbsp;7</p>", ["5 < 6 & \u00a07"], id="entities"),
        pytest.param(
            "<table><tr><th>TT<th>Việc</tr><tr><td>1<td>Họp</table>",
            ["| TT | Việc |\n|---|---|\n| 1 | Họp |"],
            id="table",
        ),
        pytest.param(
            "<table border=1><tr><td rowspan=2>A<td>b<tr><td>c<tr><td>d<td>e</table>",
            ["| A | b |\n|---|---|\n|  | c |\n| d | e |"],
            id="row-span",
        ),
        pytest.param(
            "<table><tr><td>UBND TỈNH<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<tr><td>Số: 1<td>ngày 2</table>",
            ["UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 1", "ngày 2"],
            id="letterhead",
        ),
    ],
)
def test_blocks(tmp_path: Path, body: str, blocks: list[str]) -> None:
    assert web.read(page(tmp_path, body)).text.split("\n\n") == blocks


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        pytest.param("utf-8", "", id="utf-8-not-declared"),
        pytest.param("utf-8-sig", '<meta charset="windows-1252">', id="the-mark-wins"),
        pytest.param("utf-16", "", id="utf-16"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, head: str) -> None:
    text = "Kế hoạch công tác năm 2021 của Liên đoàn Lao động"
    assert web.read(page(tmp_path, f"<p>{text}</p>", head, encoding)).text == text


def test_the_vietnamese_code_page_of_windows(tmp_path: Path) -> None:
    typed = "Ban Th\u01b0\u01a1\u0300ng vu\u0323"  # it has letters and marks, not letters with two marks
    path = page(tmp_path, f"<p>{typed}</p>", '<meta charset="windows-1258">', "windows-1258")
    assert web.read(path).text == "Ban Thường vụ"


def test_a_page_without_words(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<!-- -->")
    with pytest.raises(DocumentError, match=r"a\.html: trang web không có nội dung"):
        web.read(tmp_path / "a.html")
