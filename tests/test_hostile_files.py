"""Files that are broken, encrypted, mislabelled or made to harm: one polite error each, and no harm done."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers import isolation, ocr, word
from corpus.readers.base import ReadText
from corpus.readers.isolation import Limits, read_apart
from corpus.readers.registry import read_text, supported_suffixes
from tests.make_fixtures import docx, para, run, write_zip
from tests.make_pages import need, pptx, shape, soffice, write_pdf, xlsx
from tests.make_pages import pdf as make_pdf

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
APART = [suffix for suffix in supported_suffixes() if suffix not in (".txt", ".md")]


@pytest.fixture(autouse=True)
def _nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a file does, it adds nothing to its own folder or to the folder we stand in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    yield
    assert not list(here.iterdir())
    assert not (tmp_path.parent / "evil").exists()
    isolation._POOL.close()


def outcome(path: Path, limits: Limits | None = None) -> ReadText | DocumentError:
    """What comes of reading `path`; any other error fails the test."""
    try:
        return read_apart(path, limits)
    except DocumentError as error:
        return error


def refused(path: Path, message: str, limits: Limits | None = None) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        read_apart(path, limits)
    assert caught.value.path == path
    assert caught.value.remedy.startswith(("Hãy", "Nếu"))


@pytest.mark.parametrize("suffix", APART)
def test_empty_files(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"")
    with pytest.raises(DocumentError, match=rf"a\{suffix}: .+ Hãy "):
        read_text(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", APART)
def test_random_bytes(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(random.Random(7).randbytes(20_000))
    with pytest.raises(DocumentError, match=rf"a\{suffix}: .+ Hãy "):
        read_text(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", APART)
def test_a_picture_with_another_ending(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(500))
    with pytest.raises(DocumentError, match=rf"a\{suffix}: .+ Hãy "):
        read_text(tmp_path / f"a{suffix}")


def samples(folder: Path) -> list[Path]:
    body = [para(run(f"Khoản {i}. Nội dung thực hiện", "<w:b/>")) for i in range(60)]
    return [
        docx(folder / "a.docx", *body),
        xlsx(folder / "a.xlsx", {"Sheet1": [["TT", "Việc"], ["1", "Họp"]]}),
        pptx(folder / "a.pptx", [shape("Một"), shape("Hai")]),
        make_pdf(folder / "a.pdf", [[(72, 700, "Kế hoạch công tác")], [(72, 700, "trang hai")]]),
    ]


def test_truncated_and_flipped_files_are_read_or_refused(tmp_path: Path) -> None:
    chance = random.Random(11)
    refusals = 0
    for path in samples(tmp_path):
        whole = path.read_bytes()
        for trial in range(25):
            data = bytearray(whole[: chance.randrange(len(whole))] if trial % 2 else whole)
            for _ in range(chance.randrange(1, 30)):
                if data:
                    data[chance.randrange(len(data))] = chance.randrange(256)
            path.write_bytes(data)
            refusals += isinstance(outcome(path), DocumentError)
    assert refusals > 40


def test_an_encrypted_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(OLE + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    refused(path, r"a\.docx: tệp có mật khẩu\. Hãy mở tệp bằng mật khẩu")


def test_an_old_word_file_with_the_new_ending(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(OLE + bytes(1000))
    refused(tmp_path / "a.docx", r"định dạng Office cũ.*Hãy đổi đuôi tệp thành \.doc")


def test_an_encrypted_old_word_file(tmp_path: Path) -> None:
    header = b"\xec\xa5\xc1\x00" + bytes(7) + b"\x13" + bytes(500)  # fEncrypted among the flags
    (tmp_path / "a.doc").write_bytes(OLE + bytes(504) + header)
    refused(tmp_path / "a.doc", r"a\.doc: tệp có mật khẩu\. Hãy mở tệp bằng mật khẩu")


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32),
    ]
    path = write_pdf(tmp_path / "a.pdf", objects)
    path.write_bytes(path.read_bytes().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 3 0 R /ID [<00> <00>]"))
    refused(path, r"a\.pdf: tệp có mật khẩu\. Hãy mở tệp bằng mật khẩu")


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, suffix: str) -> None:
    path = write_zip(tmp_path / f"a{suffix}", {"word/document.xml": b"\x20" * 250_000_000})
    assert path.stat().st_size < 400_000
    refused(path, r"tệp nén giải ra quá lớn \(238 MB, 1 phần\)", Limits(memory_bytes=200 * 1024**2))


def test_a_zip_that_is_too_dense_or_has_too_many_parts(tmp_path: Path) -> None:
    refused(write_zip(tmp_path / "a.docx", {"a": bytes(20_000_000)}), "tệp nén giải ra quá lớn")
    many = {f"part{i}": b"" for i in range(10_001)}
    refused(write_zip(tmp_path / "b.docx", many), r"0 MB, 10001 phần")


def test_a_zip_whose_directory_lies_about_sizes(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "x" * 3_000_000)
    with zipfile.ZipFile(path) as package:
        real = package.getinfo("word/document.xml").file_size
    data = path.read_bytes().replace(real.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    path.write_bytes(data)
    refused(path, "hỏng|không phải XML hợp lệ")


def test_three_million_paragraphs_stop_at_the_limit(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_500_000)
    assert path.stat().st_size < 600_000
    refused(path, "đọc quá lâu, đã dừng|quá nhiều bộ nhớ|giải ra quá lớn", Limits(seconds=2))


def test_tables_nested_three_thousand_deep(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000
    refused(docx(tmp_path / "a.docx", deep), "không phải XML hợp lệ|lồng nhau quá sâu")


ENTITIES = {
    "outside": '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "network": '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">',
    "laughs": '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;">]>',
}


@pytest.mark.parametrize("kind", ENTITIES)
def test_document_type_declarations_are_refused(tmp_path: Path, kind: str) -> None:
    body = "<w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body>"
    xml = (
        f'{ENTITIES[kind]}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    )
    path = write_zip(tmp_path / "a.docx", {"word/document.xml": f"{xml}{body}</w:document>"})
    refused(path, r"phần word/document\.xml không phải XML hợp lệ")


def test_names_in_a_zip_that_lead_out_of_it(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "chữ")
    with zipfile.ZipFile(path, "a") as package:
        for name in ("../evil", "../../evil", "/tmp/evil", "..\\evil"):
            package.writestr(name, "hại")
    assert read_apart(path).text == "chữ"
    assert not Path("/tmp/evil").exists()


def test_a_relation_that_leads_out_of_the_package(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", "chữ")
    link = '<Relationship Id="x" Type="a/styles" Target="../../../../etc/passwd"/>'
    rels = f'<Relationships xmlns="r">{link}<Relationship Id="y" Type="a/header" TargetMode="External" Target="http://x"/></Relationships>'
    write_zip(
        tmp_path / "b.docx",
        {name: zipfile.ZipFile(path).read(name) for name in ("_rels/.rels", "word/document.xml")}
        | {"word/_rels/document.xml.rels": rels},
    )
    assert read_apart(tmp_path / "b.docx").text == "chữ"


def test_a_pdf_that_unpacks_to_more_than_its_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    data = b"".join([packer.compress(b"0 0 m " * 1_000_000) for _ in range(50)]) + packer.flush()
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(data), data)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream,
    ]
    path = write_pdf(tmp_path / "a.pdf", objects)
    found = outcome(path, Limits(seconds=10, memory_bytes=250 * 1024**2))
    assert isinstance(found, DocumentError)
    assert found.reason.startswith(("đọc quá lâu", "chương trình đọc tệp dừng", "tệp cần quá nhiều bộ nhớ"))


@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_a_letter_with_a_million_accents(tmp_path: Path, name: str) -> None:
    accents = "\u0301\u0323" * 500_000  # composing them all would take hours
    path = tmp_path / name
    if name == "a.txt":
        path.write_text(f"Kế hoạch a{accents}", encoding="utf-8")
    else:
        docx(path, f"Kế hoạch a{accents}")
    read = read_text(path).text
    assert read.startswith("Kế hoạch ạ\u0323")  # marks below come first in the agreed order
    assert read.endswith("\u0301")
    assert len(read) < 60


def test_a_hundred_thousand_pages(tmp_path: Path) -> None:
    kids = b" ".join([b"3 0 R"] * 100_000)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % kids,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ]
    refused(write_pdf(tmp_path / "a.pdf", objects), r"tệp có 100000 trang, nhiều quá mức")


def test_a_page_as_large_as_a_town_is_drawn_small(tmp_path: Path) -> None:
    import pypdfium2

    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1000000 1000000] >>",
    ]
    document = pypdfium2.PdfDocument(write_pdf(tmp_path / "a.pdf", objects))
    width, height = ocr.render(document[0]).size
    document.close()
    assert width * height <= ocr.MAX_PIXELS * 1.01


def test_a_picture_of_a_billion_points(tmp_path: Path) -> None:
    from PIL import Image

    need("tesseract")
    data = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(data, "PNG")
    (tmp_path / "a.png").write_bytes(data.getvalue())
    refused(tmp_path / "a.png", "ảnh quá lớn")


def test_one_bad_file_does_not_stop_the_folder(tmp_path: Path) -> None:
    paths = [docx(tmp_path / f"{i}.docx", f"văn bản {i}") for i in range(20)]
    paths[7].write_bytes(b"PK\x03\x04 poison")
    read, failed = [], []
    for path in paths:
        try:
            read.append(read_text(path).text)
        except DocumentError as error:
            failed.append(error.path.name)
    assert read == [f"văn bản {i}" for i in range(20) if i != 7]
    assert failed == ["7.docx"]


NAMES = {
    "dash": "-rf.docx",
    "new-line": "hai\r\ndòng.docx",
    "right-to-left": "\u202exslx.docx",
    "emoji": "📄 kế hoạch.docx",
    "decomposed": "ke\u0302\u0301 hoa\u0323ch.docx",
    "html": "<img src=x onerror=alert(1)>.docx",
    "dots": "..…...docx",
    "reserved": "CON.docx",
    "capitals": "KH.DOCX",
    "quotes": "a'b\"c;$(id)`x`.docx",
    "long": "đ" * 120 + ".docx",
}


@pytest.mark.parametrize("kind", NAMES)
def test_strange_file_names(tmp_path: Path, kind: str) -> None:
    assert read_text(docx(tmp_path / NAMES[kind], "chữ")).text == "chữ"


def test_a_name_that_looks_like_an_option_reaches_no_program(tmp_path: Path) -> None:
    need("soffice")
    path = tmp_path / "--convert-to.rtf"
    path.write_bytes(rb"{\rtf1\ansi Ke hoach so 12\par}")
    assert read_text(path).text == "Ke hoach so 12"


def test_a_document_that_asks_for_the_network_and_runs_macros(tmp_path: Path) -> None:
    need("soffice")
    link = (
        '<text:p><draw:frame><draw:image xlink:href="http://127.0.0.1:9/leak.png"/></draw:frame>chữ</text:p>'
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "text": "text", "draw": "drawing", "script": "script"}.items()
    )
    event = (
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"'
        ' script:event-name="dom:load" xlink:href="vnd.sun.star.script:A.B.C?language=Basic"/>'
        "</office:event-listeners></office:scripts>"
    )
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"{event}<office:body><office:text>{link}</office:text></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.text"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": manifest}
    assert read_text(write_zip(tmp_path / "a.odt", parts)).text == "chữ"


def test_damaged_old_word_files_are_read_or_refused(tmp_path: Path) -> None:
    whole = soffice(
        docx(tmp_path / "a.docx", *[f"Khoản {i}. Nội dung" for i in range(40)]), "doc"
    ).read_bytes()
    chance = random.Random(5)
    for _ in range(2):
        data = bytearray(whole)
        for _ in range(40):
            data[chance.randrange(600, len(data))] = chance.randrange(256)
        (tmp_path / "b.doc").write_bytes(data)
        found = outcome(tmp_path / "b.doc")
        assert isinstance(found, ReadText) or found.remedy


WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029"),
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(WORDS.filter(lambda text: text.strip(" \u00a0")), min_size=1, max_size=5))
def test_every_character_of_a_paragraph_comes_back(tmp_path: Path, texts: list[str]) -> None:
    import unicodedata

    found = word.read(docx(tmp_path / "a.docx", *(para(run(text)) for text in texts))).text
    expected = "\n\n".join(text.strip(" ") for text in texts)
    assert found.strip() == unicodedata.normalize("NFC", expected).strip()
