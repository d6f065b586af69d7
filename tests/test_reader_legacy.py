"""TCVN3 and VNI: every letter, capitals, by font and by guess; what is not theirs stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers import legacy
from corpus.readers.base import ReadText
from corpus.readers.registry import read_text
from corpus.readers.syllables import is_syllable

# The letters of each encoding in the order of the Vietnamese ones below, written out a second time.
VOWELS = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
TCVN3_BYTES = bytes.fromhex(
    "b8b5b6b7b9" "a8bebbbcbdc6" "a9cac7c8c9cb" "d0cccecfd1" "aad5d2d3d4d6" "ddd7d8dcde"
    "e3dfe1e2e4" "abe8e5e6e7e9" "acedeaebecee" "f3eff1f2f4" "adf8f5f6f7f9" "fdfafbfcfe" "ae"
)  # fmt: skip
VNI = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
).split()
SENTENCE = (
    "Ban Thường vụ Liên đoàn Lao động tỉnh đề nghị các cấp công đoàn tổ chức thực hiện tốt những nhiệm vụ"
    " trọng tâm, bảo đảm quyền và lợi ích hợp pháp, chính đáng của người lao động."
)


def as_tcvn3(text: str) -> str:
    """Spell `text` in TCVN3, as Latin-1 shows it; capitals with marks lose their case."""
    letters = dict(zip(VOWELS, TCVN3_BYTES.decode("latin-1"), strict=True))
    letters |= {c.upper(): letters[c] for c in VOWELS if c.upper() not in "ĂÂĐÊÔƠƯ"}
    letters |= dict(zip("ĂÂĐÊÔƠƯ", "¡¢§£¤¥¦", strict=True))
    return "".join(letters.get(c, c) for c in text)


def as_vni(text: str) -> str:
    letters = dict(zip(VOWELS, VNI, strict=True))
    letters |= {c.upper(): spelt.upper() for c, spelt in letters.items()}
    return "".join(letters.get(c, c) for c in text)


def test_every_letter_of_tcvn3() -> None:
    assert legacy.from_tcvn3(TCVN3_BYTES.decode("latin-1")) == VOWELS
    assert legacy.from_tcvn3("¡¢§£¤¥¦") == "ĂÂĐÊÔƠƯ"


def test_every_letter_of_vni() -> None:
    assert legacy.from_vni(" ".join(VNI)) == " ".join(VOWELS)
    assert legacy.from_vni(" ".join(VNI).upper()) == " ".join(VOWELS).upper()


@given(st.text(alphabet=VOWELS + "bcdghklmnpqrstvx ", max_size=60))
def test_there_and_back(text: str) -> None:
    assert legacy.from_tcvn3(as_tcvn3(text)) == text


@pytest.mark.parametrize("spell", [as_tcvn3, as_vni])
def test_text_without_fonts_is_recognised(spell) -> None:  # type: ignore[no-untyped-def]
    assert legacy.repair(spell(SENTENCE)) == SENTENCE


def test_capitals_of_tcvn3_are_capitals_again() -> None:
    text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n" + SENTENCE
    assert legacy.repair(as_tcvn3(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SENTENCE, id="unicode"),
        pytest.param("Le café où l'été naît déjà, ça et là", id="french"),
        pytest.param("Là và các ông bà, cô chú hôm nay thì ra đó", id="only-letters-of-latin-1"),
        pytest.param("© 2021 ® ± 5 °C « »", id="signs"),
        pytest.param("", id="empty"),
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert legacy.repair(text) is None


def test_one_old_line_in_a_modern_text() -> None:
    assert legacy.repair(f"{SENTENCE}\n{as_tcvn3(SENTENCE)}") == f"{SENTENCE}\n{SENTENCE}"


def test_an_encoding_we_do_not_know_is_told() -> None:
    read = legacy.repaired(ReadText("Tæp chÿ ñöng vëi thå nàng " * 20))
    assert read.warnings == ("Nhiều chữ không phải tiếng Việt: có thể tệp dùng một bảng mã cũ chưa nhận ra",)
    assert legacy.repaired(ReadText(SENTENCE * 3)).warnings == ()


@pytest.mark.parametrize("spell", [as_tcvn3, as_vni])
def test_pages_stay_where_they_were(spell) -> None:  # type: ignore[no-untyped-def]
    pages = [spell(f"{SENTENCE}\n"), spell(SENTENCE)]
    read = legacy.repaired(ReadText("".join(pages), (0, len(pages[0]))))
    assert (read.text, read.page_starts) == (f"{SENTENCE}\n{SENTENCE}", (0, len(SENTENCE) + 1))
    assert read.warnings == ("Văn bản dùng bảng mã cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode",)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("tcvn3.txt", as_tcvn3(SENTENCE).encode("latin-1"), id="tcvn3-bytes"),
        pytest.param("vni.txt", as_vni(SENTENCE).encode("latin-1"), id="vni-bytes"),
        pytest.param("saved.txt", as_tcvn3(SENTENCE).encode("utf-8"), id="tcvn3-saved-as-utf-8"),
    ],
)
def test_plain_files(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    assert read_text(tmp_path / name).text == SENTENCE


@pytest.mark.parametrize("word", "nghiêng khuya quyết giữ gì ưỡn yêu thuở oằn xoáy người ngoằn đường".split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("word", ["", "Ch©u", "strong", "ngd", "hoàtt", "két́", "cac", "w", "đâ" + "u" * 3])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
