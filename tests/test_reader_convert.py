"""Older formats through LibreOffice, PDF made by it, and its own text as an oracle that is not ours."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers import convert, system, word
from corpus.readers.isolation import _POOL
from corpus.readers.registry import read_text
from tests.make_fixtures import docx, level, numbering, para, run
from tests.make_pages import need, soffice, xlsx
from tests.make_plan import EXPECTED, INTRODUCTION, TABLE, plan

MARK = re.compile(r"<sup>\d+</sup>")


def words(text: str) -> list[str]:
    return re.findall(r"[\w%/.,;:()-]+", MARK.sub(" ", unicodedata.normalize("NFC", text)))


def edits(a: list[str], b: list[str]) -> int:
    """Levenshtein distance, the textbook way."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    need("soffice")
    made = tmp_path_factory.mktemp("plan")
    plan(made / "plan.docx")
    return made


def test_libreoffice_sees_the_same_text_and_numbers(folder: Path) -> None:
    ours = read_text(folder / "plan.docx").text
    theirs = soffice(folder / "plan.docx", "txt").read_text(encoding="utf-8-sig")
    without_note = re.sub(r"<sup>1</sup> Kể cả nghiệp đoàn\.", "", ours)  # their text export leaves notes out
    squeezed = [
        re.sub(r"[\s|]|---", "", t) for t in (MARK.sub("", without_note), theirs.replace("động1.", "động."))
    ]
    assert squeezed[0] == squeezed[1]
    assert [line for line in ours.split("\n\n") if line in EXPECTED] == [
        line for line in EXPECTED if "12 công đoàn" not in line
    ]


@pytest.mark.parametrize("ending", ["doc", "rtf", "odt"])
def test_older_formats_give_the_words_and_numbers_of_the_word_file(folder: Path, ending: str) -> None:
    read = read_text(soffice(folder / "plan.docx", ending))
    lines = [MARK.sub("", line) for line in read.text.split("\n\n")]
    assert [line for line in lines if line in EXPECTED] == EXPECTED
    assert "\n".join(f"| {' | '.join(row)} |" for row in TABLE[1:]) in read.text
    assert "Kể cả nghiệp đoàn." in read.text
    whole = words(read_text(folder / "plan.docx").text)
    assert edits(words(read.text), whole) <= 0.005 * len(whole)


@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_older_workbooks(tmp_path: Path, ending: str) -> None:
    need("soffice")
    rows = [["TT", "Đơn vị", "Số"], ["1", "Giáo dục", "|<v>320</v>"], ["2", "Y tế", "|<v>1.5</v>"]]
    made = soffice(xlsx(tmp_path / "a.xlsx", {"Biểu 1": rows}), ending)
    assert read_text(made).text.split("\n") == [
        *(
            "Biểu 1",
            "",
            "| TT | Đơn vị | Số |",
            "|---|---|---|",
            "| 1 | Giáo dục | 320 |",
            "| 2 | Y tế | 1,5 |",
        )
    ]


def test_a_pdf_gives_the_same_words_on_their_pages(folder: Path) -> None:
    read = read_text(soffice(folder / "plan.docx", "pdf"))
    whole = words(read_text(folder / "plan.docx").text.replace("|", " ").replace("---", " "))
    # A note stands at the foot of its page, and cells at the ends of their rows.
    assert sorted(words(read.text)) == sorted(whole)
    lines = [MARK.sub("", line) for line in re.split(r"\n+", read.text)]
    assert [line for line in lines if line in EXPECTED] == EXPECTED
    assert INTRODUCTION in lines
    assert len(read.page_starts) == 2


def test_hidden_and_deleted_text_stays_out_of_old_word_files(tmp_path: Path) -> None:
    need("soffice")
    who = 'w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z"'
    gone = f"<w:del {who}><w:r><w:delText>XÓA</w:delText></w:r></w:del>"
    path = docx(tmp_path / "a.docx", para("Giữ ", gone, run("ẨN ", "<w:vanish/>"), "lại."))
    assert read_text(soffice(path, "doc")).text == "Giữ lại."


def test_old_fonts_survive_the_way_through_libreoffice(tmp_path: Path) -> None:
    need("soffice")
    spelt = "C\u00a8n c\u00f8 \u00a7i\u00d2u l\u00d6; ng\u00ad\u00eai \u00adu ti\u00aan"
    faces = [
        f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>' for name in (".VnTime", ".VnTimeH", "VNI-Times")
    ]
    body = [para(run(spelt, face)) for face in faces[:2]] + [para(run("Coâng ñoaøn cô sôû", faces[2]))]
    read = read_text(soffice(docx(tmp_path / "a.docx", *body), "doc"))
    expected = "Căn cứ Điều lệ; người ưu tiên"
    assert read.text.split("\n\n") == [expected, expected.upper(), "Công đoàn cơ sở"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(
            "<html><body><p>Trang web đuôi .doc</p></body></html>".encode(), "Trang web đuôi .doc", id="html"
        ),
        pytest.param(None, "Tệp mới đuôi cũ", id="docx"),
    ],
)
def test_what_the_file_is_decides_not_its_ending(tmp_path: Path, data: bytes | None, text: str) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(docx(tmp_path / "new.docx", "Tệp mới đuôi cũ").read_bytes() if data is None else data)
    assert read_text(path).text == text


def test_antiword_reads_where_libreoffice_is_missing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("antiword")
    path = soffice(folder / "plan.docx", "doc")
    find = system.find
    monkeypatch.setattr(system, "find", lambda program: None if program == "soffice" else find(program))
    read = convert.read(path)
    assert "Thành lập 12 công đoàn cơ sở trong các doanh nghiệp" in read.text
    assert read.warnings == ("Đọc bằng antiword: số thứ tự tự động (Điều, Khoản, mục) có thể bị thiếu",)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a.doc", "libreoffice-writer-nogui libreoffice-calc-nogui"),
        ("a.xls", "libreoffice-writer-nogui libreoffice-calc-nogui"),
        ("a.png", "tesseract-ocr tesseract-ocr-vie"),
    ],
)
def test_a_missing_program_is_named_with_its_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, remedy: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    _POOL.close()  # children know the PATH they were started with
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(DocumentError, match=rf"{name}: cần .+ Hãy cài đặt: sudo apt-get install {remedy} "):
        read_text(tmp_path / name)
    _POOL.close()


def test_libreoffice_counts_random_lists_as_we_do(tmp_path: Path) -> None:
    need("soffice")
    chance = random.Random(3)
    texts = (
        ("Điều %1.", "%1.", "Chương %1:"),
        ("%2.", "%1.%2.", "%2)"),
        ("%3)", "%1.%2.%3."),
        ("(%4)", "%3.%4."),
    )
    forms = ("decimal", "upperRoman", "lowerRoman", "lowerLetter", "upperLetter")
    lists = {
        key: "".join(
            level(ilvl, chance.choice(kinds), chance.choice(forms), start=chance.choice((1, 1, 3)))
            for ilvl, kinds in enumerate(texts)
        )
        for key in (1, 2, 3)
    }
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = {1: (1, ""), 2: (2, ""), 3: (3, ""), 4: (1, ""), 5: (2, restart)}
    body, num, ilvl = [], 1, 0
    for number in range(150):
        num = chance.choice(list(nums)) if chance.random() < 0.15 else num
        ilvl = max(0, min(3, ilvl + chance.choice((-1, -1, 0, 0, 0, 1))))
        body.append(para(f"#{number}", num=(num, ilvl)))
    path = docx(tmp_path / "a.docx", *body, parts={"numbering": numbering(lists, nums)})
    theirs = soffice(path, "txt").read_text(encoding="utf-8-sig").split("\n")
    ours = word.read(path).text.split("\n\n")
    assert [line.strip() for line in theirs if line.strip()] == ours


@pytest.mark.shared
@pytest.mark.parametrize("ending", ["docx", "doc"])
def test_real_office_files_give_the_words_libreoffice_sees(tmp_path: Path, ending: str) -> None:
    need("soffice")
    files = sorted((Path(__file__).parents[2] / "shared" / "office").glob(f"*.{ending}"))
    if not files:
        pytest.skip("the shared office files are not here")
    for file in files:
        copy = tmp_path / f"a{len(list(tmp_path.iterdir()))}.{ending}"
        copy.write_bytes(file.read_bytes())
        theirs = words(re.sub(r"(?<=[^\W\d_])\d\b", "", soffice(copy, "txt").read_text(encoding="utf-8-sig")))
        ours = words(re.sub(r"(?<=[^\W\d_])\d\b", "", read_text(copy).text))
        missing = Counter(theirs) - Counter(ours)  # of theirs; we have the footnotes besides
        assert sum(missing.values()) <= 0.005 * len(theirs), file.name
