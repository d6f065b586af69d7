"""Copies, drafts and re-scans of one document: found, told, kept, and nothing lost because of them."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import build_index
from corpus.library.copies import NEAR, Copies, Traits, find_copies, likeness, traits_of
from corpus.readers.base import ReadText
from corpus.reading import document_from
from corpus.records import Document, Letterhead
from index import encoder, folder
from index.bundle import Bundle
from tests.fakes import HashEncoder
from tests.make_pages import need, scan, soffice
from tests.make_plan import plan

SUBJECTS = "tổ trồng cây|lớp học bơi|đội văn nghệ|nhóm thợ hàn|ca trực đêm|bếp ăn nhỏ|xe đưa đón|khu nhà trọ"
DOES = "dọn sạch|sửa lại|ghi sổ|chia đều|kiểm đếm|mời thêm|đổi giờ|mua sắm|sắp xếp|trang trí"
THINGS = "bàn ghế gỗ|vườn rau xanh|sân bóng chuyền|kho dụng cụ|phòng đọc sách|bảng tin chung|giếng nước"
WHEN = "mỗi sáng thứ hai|trước mùa mưa|sau giờ tan ca|vào dịp cuối tháng|khi trời nắng|trong kỳ nghỉ hè"

HEAD = """LĐLĐ TỈNH HÒA BÌNH
Số: {number}/KH-LĐLĐ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hòa Bình, ngày {day} tháng {month} năm {year}

KẾ HOẠCH
Chăm sóc khuôn viên năm {year}

"""
SIGNED = "\n\nTM. BAN THƯỜNG VỤ\nCHỦ TỊCH\n\nLê Văn Tám\n"


def sentences(n: int, seed: int) -> list[str]:
    """Sentences of nobody's document."""
    rng = random.Random(seed)
    parts = [part.split("|") for part in (SUBJECTS, DOES, THINGS, WHEN, SUBJECTS)]
    one, two, three, four, five = parts
    return [
        f"{i}. {rng.choice(one)} {rng.choice(two)} {rng.choice(three)} {rng.choice(four)} "
        f"cùng {rng.choice(five)} số {rng.randint(1, 900)}."
        for i in range(1, n + 1)
    ]


def letter(
    body: list[str],
    number: str = "27",
    day: str = "05",
    month: str = "3",
    year: int = 2024,
    end: str = SIGNED,
) -> str:
    return HEAD.format(number=number, day=day, month=month, year=year) + "\n\n".join(body) + end


def read(text: str, name: str = "a", *warnings: str) -> Document:
    return document_from(ReadText(text, warnings=warnings), name, f"{name}.txt")


def rewritten(body: list[str], share: float, seed: int) -> list[str]:
    """Replace a share of the sentences by others."""
    rng, other = random.Random(seed), sentences(len(body), seed + 1000)
    return [other[i] if rng.random() < share else line for i, line in enumerate(body)]


def misread(text: str, share: float, seed: int) -> str:
    """Spoil a letter in a share of the syllables of the body, and lose marks in as many."""
    rng = random.Random(seed)
    head, first, rest = text.partition("\n1. ")
    words = rest.split(" ")
    for i, word in enumerate(words):
        if len(word) > 2 and rng.random() < share:
            words[i] = word[0] + rng.choice("cknqrx") + word[2:]
        elif rng.random() < share:
            words[i] = word.replace("ă", "a").replace("ổ", "ô").replace("ộ", "ô")
    return head + first + " ".join(words)


DRAFT = {"number": "    ", "day": "    ", "month": "    "}


def groups(**texts: Document) -> list[Copies]:
    return find_copies({f"{name}.txt": traits_of(document) for name, document in texts.items()})


def test_the_traits_of_a_document() -> None:
    signed = traits_of(read(letter(sentences(40, 1))))
    assert (signed.number, signed.type, signed.issuer, signed.date, signed.years) == (
        "27/kh-ldld", "ke hoach", "lien doan lao dong tinh hoa binh", "2024-03-05", "2024",
    )  # fmt: skip
    assert signed.signed
    assert signed.complete
    assert len(signed.sketch) == 1280
    draft = traits_of(read(letter(sentences(40, 1), **DRAFT)))
    assert (draft.number, draft.date, draft.complete) == (None, None, False)
    assert traits_of(read("")) == Traits()
    assert traits_of(read("x", "a", "Văn bản được nhận dạng từ ảnh quét: hãy đối chiếu")).scanned


def test_the_same_content_is_told_whatever_the_file() -> None:
    text = letter(sentences(40, 1))
    assert groups(
        a=read(text), b=read(text.replace("\n\n", "\n\n\n")), c=read(letter(sentences(40, 2), "9"))
    ) == [Copies(("a.txt", "b.txt"), "trùng nội dung", 1.0)]


def test_one_number_and_day_with_another_text() -> None:
    one, other = read(letter(sentences(40, 1))), read(letter(sentences(40, 2)))
    (found,) = groups(a=one, b=other)
    assert (found.files, found.kind) == (("a.txt", "b.txt"), "cùng số và ngày")
    assert found.likeness < 0.3


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("TỈNH HÒA BÌNH", "TỈNH LAI CHÂU"), id="other-issuer"),
        pytest.param(lambda text: text.replace("ngày 05", "ngày 06"), id="other-day"),
        pytest.param(
            lambda text: text.replace("KẾ HOẠCH\n", "BÁO CÁO\n").replace("/KH", "/BC"), id="other-type"
        ),
        pytest.param(lambda text: text.replace("27/KH", "28/KH"), id="other-number"),
    ],
)
def test_documents_that_say_who_they_are_are_never_taken_for_others(change: Callable[[str], str]) -> None:
    text = letter(sentences(40, 1))
    assert change(text) != text
    assert groups(a=read(text), b=read(change(text))) == []


def test_a_draft_is_shown_with_what_was_signed() -> None:
    body = sentences(40, 1)
    signed = read(letter(body))
    draft = read(letter(rewritten(body, 0.1, 3), **DRAFT))
    unsigned = read(letter(rewritten(body, 0.1, 4), end=""))
    (found,) = groups(ban_ky=signed, du_thao=draft, chua_ky=unsigned)
    assert (found.kind, found.drafts) == ("bản thảo và bản ký", ("chua_ky.txt", "du_thao.txt"))
    assert found.files == ("ban_ky.txt", "chua_ky.txt", "du_thao.txt")
    assert NEAR <= found.likeness < 1


def test_a_draft_goes_with_the_likest_of_several_and_with_all_its_copies() -> None:
    body = sentences(40, 1)
    draft = read(letter(rewritten(body, 0.05, 3), **DRAFT))
    signed, other = read(letter(body)), read(letter(rewritten(body, 0.15, 5), "35", "9"))
    found = groups(a=signed, a2=signed, other=other, draft=draft)
    assert [(one.kind, one.files) for one in found] == [
        ("trùng nội dung", ("a.txt", "a2.txt")),
        ("bản thảo và bản ký", ("a.txt", "a2.txt", "draft.txt")),
    ]


def test_last_years_plan_is_not_this_years_draft() -> None:
    body = sentences(40, 1)
    last_year = read(letter(body, "11", year=2023))
    assert groups(a=last_year, b=read(letter(body, **DRAFT))) == []
    half_new = read(letter(rewritten(body, 0.5, 3), **DRAFT).replace(" năm 2024\n\n1.", "\n\n1."))
    assert groups(a=last_year, b=half_new) == []


def test_two_drafts_may_be_of_two_documents() -> None:
    body = sentences(40, 1)
    assert groups(a=read(letter(body, **DRAFT)), b=read(letter(rewritten(body, 0.1, 2), **DRAFT))) == []


@pytest.mark.parametrize("number", ["27", "    "], ids=["number-read", "number-by-hand-and-lost"])
def test_a_scan_is_shown_with_the_file_it_was_made_from(number: str) -> None:
    text = letter(sentences(40, 1))
    scanned = misread(letter(sentences(40, 1), number), 0.04, 7)
    (found,) = groups(a=read(text), b=read(scanned, "b", "Văn bản được nhận dạng từ ảnh quét"))
    assert (found.kind, found.drafts, found.files) == ("bản quét lại", (), ("a.txt", "b.txt"))


@pytest.mark.parametrize("seed", range(25))  # of hashes: of thousands of seeds one or two would be outside
def test_the_threshold_lies_between_drafts_and_scans_and_what_is_made_from_a_template(seed: int) -> None:
    body = sentences(60, seed)
    text = traits_of(read(letter(body)))

    def like(other: str) -> float:
        return likeness(text, traits_of(read(other)))

    tenth, half = body.copy(), body.copy()
    other = sentences(60, seed + 1)
    tenth[::10], half[::2] = other[::10], other[::2]
    assert like(letter(tenth, **DRAFT)) > NEAR + 0.05
    assert like(misread(letter(body), 0.04, seed)) > NEAR
    assert like(letter(half)) < NEAR - 0.02
    assert like(letter(other)) < 0.4  # the letterhead and the few words the sentences are made of


def test_the_estimate_agrees_with_the_exact_share() -> None:
    rng = random.Random(5)
    words = [f"từ{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(600)]
    one = rng.choices(words, k=1500)
    for kept in (300, 750, 1200):
        other = one[:kept] + rng.choices(words, k=1500 - kept)
        sets = [{tuple(text[i : i + 3]) for i in range(len(text) - 2)} for text in (one, other)]
        exact = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
        traits = [traits_of(Document(str(n), "", " ".join(text))) for n, text in enumerate((one, other))]
        assert likeness(*traits) == pytest.approx(exact, abs=0.13)  # three standard errors


def test_printed_forms_by_the_thousand_pair_with_nothing() -> None:
    form = sentences(30, 1)
    files = {}
    for n in range(400):
        traits = traits_of(
            Document("", "", " ".join([*form, f"Gửi phòng {n}, lô {n}, kho {n}."]), Letterhead(signer="A"))
        )
        files[f"{n}.txt"] = replace(traits, number=f"{n}/qd", type="quyet dinh")
        if n % 2:
            files[f"{n}.txt"] = replace(files[f"{n}.txt"], number=None)
    assert find_copies(files) == []


# --- Through the program, on files ---


@pytest.fixture
def build(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(folder, "load_encoder", lambda: HashEncoder())
    monkeypatch.setattr(encoder, "load_encoder", lambda name: HashEncoder())
    monkeypatch.setattr(folder, "is_current", lambda name: True)
    (tmp_path / "in").mkdir()

    def run(*options: str) -> str:
        assert build_index.main([str(tmp_path / "in"), "--index-dir", str(tmp_path / "out"), *options]) == 0
        return capsys.readouterr().out

    return run


def test_the_program_tells_and_keeps_them(tmp_path: Path, build: Callable[..., str]) -> None:
    body, files = sentences(40, 1), tmp_path / "in"
    (files / "ký.txt").write_text(letter(body), encoding="utf-8")
    (files / "khác.txt").write_text(letter(sentences(40, 2), "99"), encoding="utf-8")
    assert json.loads(build("--json"))["copies"] == []
    (files / "thảo.txt").write_text(letter(rewritten(body, 0.1, 3), **DRAFT), encoding="utf-8")
    (files / "lưu").mkdir()
    shutil.copy(files / "ký.txt", files / "lưu" / "bản sao.txt")
    report = json.loads(build("--json"))
    draft, same = sorted(report["copies"], key=lambda group: str(group["kind"]))
    assert draft["kind"] == "bản thảo và bản ký"
    assert draft["files"] == ["ký.txt", "lưu/bản sao.txt", "thảo.txt"]
    assert draft["drafts"] == ["thảo.txt"]
    assert same == {
        "files": ["ký.txt", "lưu/bản sao.txt"], "kind": "trùng nội dung", "likeness": 1.0, "drafts": []
    }  # fmt: skip
    # All are kept, also in what the page reads; a run in which nothing changed knows it still.
    bundle = Bundle.open(tmp_path / "out", HashEncoder())
    assert set(bundle.documents) == {"ký", "khác", "thảo", "lưu/bản sao"}
    assert [group.kind for group in bundle.copies] == [group["kind"] for group in report["copies"]]
    assert [group.kind for group in bundle.copies_of("thảo")] == ["bản thảo và bản ký"]
    assert bundle.copies_of("khác") == []
    again = json.loads(build("--json"))
    assert (again["published"], again["copies"]) == (False, report["copies"])
    # The traits of what is not read again stay known.
    (files / "khác.txt").unlink()
    (files / "lưu" / "bản sao.txt").rename(files / "bản sao.txt")
    (files / "lưu").rmdir()
    told = build().splitlines()
    assert told[1] == "Các tệp là cùng một văn bản (2 nhóm, tệp nào cũng được giữ):"
    assert told[2] == "  trùng nội dung, giống 100%: bản sao.txt; ký.txt"
    assert told[3].startswith("  bản thảo và bản ký, giống ")
    assert told[3].endswith("%: bản sao.txt; ký.txt; thảo.txt (bản thảo)")


def test_a_word_file_its_pdf_and_its_scan(tmp_path: Path, build: Callable[..., str]) -> None:
    need("tesseract")
    source = plan(tmp_path / "kế hoạch.docx")
    pages = scan(soffice(source, "pdf"))
    shutil.copy(source, tmp_path / "in")
    pages[0].save(tmp_path / "in" / "quét.pdf", save_all=True, append_images=pages[1:], resolution=200)
    (found,) = json.loads(build("--json"))["copies"]
    assert (found["kind"], found["files"]) == ("bản quét lại", ["kế hoạch.docx", "quét.pdf"])
    assert found["likeness"] > NEAR
