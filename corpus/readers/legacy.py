"""The encodings before Unicode: TCVN3 (ABC, fonts ".VnTime") and VNI ("VNI-Times").

Such text is Latin letters until a special font shows it as Vietnamese: "Lai Ch©u" is
"Lai Châu" in .VnTime. Where the font is known, each run is converted by it; where it is
not, the text is converted if that turns nonsense into Vietnamese syllables.

Tables: TCVN 5712:1993 (third variant) and VNI Windows, as in the converters UniKey and VietUni.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from corpus.readers.base import ReadText
from corpus.readers.syllables import is_syllable

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
# A VNI letter is a base and a mark after it: "aâ" is "â", "aá" is "ấ"; a few stand alone.
_VNI_MARKS = {
    "a": ("ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"),
    "e": ("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    "o": ("ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    "ô": ("ùøûõï", "ớờởỡợ"),
    "u": ("ùøûõï", "úùủũụ"),
    "ö": ("ùøûõï", "ứừửữự"),
    "y": ("ùøûõ", "ýỳỷỹ"),
}
_VNI_ALONE = dict(zip("íìæóòôöîñÍÌÆÓÒÔÖÎÑ", "íìỉĩịơưỵđÍÌỈĨỊƠƯỴĐ", strict=True))
_VNI = {
    cased_base + cased_mark: letter.upper() if cased_base.isupper() else letter
    for base, (marks, letters) in _VNI_MARKS.items()
    for mark, letter in zip(marks, letters, strict=True)
    for cased_base in (base, base.upper())
    for cased_mark in (mark, mark.upper())
} | _VNI_ALONE
_VNI_LETTER = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_FONT_NAMES = re.compile(rb'"(\.Vn|VNI[- ])', re.IGNORECASE)
_TCVN3_FONT = re.compile(r"\.Vn", re.IGNORECASE)
_TCVN3_CAPITALS = re.compile(r"\.Vn.*H$")
_VNI_FONT = re.compile(r"VNI[- ]", re.IGNORECASE)
_UNICODE_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0-\u01b0\u1ea0-\u1ef9]"
)
# What Windows shows for bytes 0xC3 ... when it takes them for its Vietnamese code page 1258.
_FROM_1258 = {
    ord(bytes([byte]).decode("cp1258")): byte
    for byte in (0xC3, 0xCC, 0xD0, 0xD2, 0xD5, 0xDD, 0xDE, 0xE3, 0xEC, 0xF0, 0xF2, 0xF5, 0xFD, 0xFE)
}
_WORD = re.compile(r"[^\W\d_]+")
_SPELT = re.compile(r"[A-Za-z\u00a1-\u00b9\u00bb-\u00ff]+")  # words as the old encodings spell them
_HIGH = re.compile("[\u00a1-\u00ff]")
_CONVERTED = "Văn bản dùng bảng mã cũ (TCVN3 hoặc VNI), đã chuyển sang Unicode"
_GARBLED = "Nhiều chữ không phải tiếng Việt: có thể tệp dùng một bảng mã cũ chưa nhận ra"
_GARBLED_SAMPLE, _GARBLED_WORDS, _GARBLED_SHARE = 200_000, 30, 0.4
_ENOUGH_WORDS = 4  # accented words a verdict needs
_SAMPLE_WORDS = 2000
_MOST, _CLEARLY = 0.8, 0.4  # shares of accented words that are syllables: after, and gained


def names_legacy_font(xml: bytes) -> bool:
    """Whether a part of an office file names a font of the old encodings."""
    return _FONT_NAMES.search(xml) is not None


def is_legacy_font(font: str) -> bool:
    """Whether a font shows Latin letters as Vietnamese: ".VnTime", "VNI-Times"."""
    return bool(_encoding_of(font))


def from_tcvn3(text: str, capitals: bool = False) -> str:
    """Convert TCVN3 letters, given as Latin-1; `capitals` for fonts like .VnTimeH that show only capitals.

    >>> from_tcvn3("Lai Ch©u"), from_tcvn3("c«ng ®oµn", capitals=True)
    ('Lai Châu', 'CÔNG ĐOÀN')
    """
    converted = "".join(_TCVN3.get(char, char) for char in text)
    return converted.upper() if capitals else converted


def from_vni(text: str) -> str:
    """Convert VNI letters, given as Latin-1.

    >>> from_vni("Coâng ñoaøn"), from_vni("COÂNG ÑOAØN")
    ('Công đoàn', 'CÔNG ĐOÀN')
    """
    return _VNI_LETTER.sub(lambda match: _VNI[match[0]], text)


def convert_pieces(pieces: Sequence[tuple[str, str | None]]) -> str:
    """Join the runs of a paragraph, each converted by its font.

    Neighbouring runs of one encoding are converted together: VNI may part a letter from its mark.

    >>> convert_pieces([("c«ng ", ".VnTimeH"), ("Ch©u", ".VnTime"), (" é", "Arial")])
    'CÔNG Châu é'
    """
    return "".join(
        _convert("".join(text for text, _ in group), encoding)
        for encoding, group in groupby(pieces, key=lambda piece: _encoding_of(piece[1]))
    )


def _encoding_of(font: str | None) -> str:
    if font and _TCVN3_FONT.match(font):
        return "tcvn3 capitals" if _TCVN3_CAPITALS.match(font) else "tcvn3"
    return "vni" if font and _VNI_FONT.match(font) else ""


def _convert(text: str, encoding: str) -> str:
    if not encoding:
        return text
    if _UNICODE_VIETNAMESE.search(text.translate(_FROM_1258)):
        return text  # real Vietnamese that merely names the font; Word shows it in another one
    text = text.translate(_FROM_1258)
    return from_vni(text) if encoding == "vni" else from_tcvn3(text, encoding == "tcvn3 capitals")


def repair(text: str) -> str | None:
    """Convert text whose font is not known, line by line; None where nothing had to be done.

    A stretch is converted when most of its accented words become Vietnamese syllables and
    most of them were none before; French names in a Vietnamese text stay as they are.

    >>> repair("§¹i héi C«ng ®oµn tØnh Lai Ch©u lÇn thø nhÊt")
    'Đại hội Công đoàn tỉnh Lai Châu lần thứ nhất'
    """
    if len(_HIGH.findall(text)) < _ENOUGH_WORDS:
        return None
    convert = _verdict(text)
    if convert is not None and not _UNICODE_VIETNAMESE.search(text):
        return _fix_case(convert(text)) if convert is from_tcvn3 else convert(text)
    changed = False
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if not _UNICODE_VIETNAMESE.search(line) and (convert := _verdict(line)) is not None:
            lines[i] = _fix_case(convert(line)) if convert is from_tcvn3 else convert(line)
            changed = True
    return "\n".join(lines) if changed else None


def repaired(read: ReadText) -> ReadText:
    """Return `read` in Unicode, its pages where they were; what is garbled otherwise gets a warning."""
    text = repair(read.text)
    if text is None:
        return replace(read, warnings=(*read.warnings, _GARBLED)) if _is_garbled(read.text) else read
    text, starts = unicodedata.normalize("NFC", text), read.page_starts
    if len(text) != len(read.text) and starts:  # VNI spells a letter with two
        ends = (*starts[1:], len(read.text))
        pages = [read.text[start:end] for start, end in zip(starts, ends, strict=True)]
        whole = _verdict(read.text)
        pages = [
            unicodedata.normalize("NFC", whole(page) if whole else repair(page) or page) for page in pages
        ]
        text, starts = "".join(pages), tuple(accumulate(map(len, pages[:-1]), initial=0))
    return ReadText(text, starts, (*read.warnings, _CONVERTED))


def _is_garbled(text: str) -> bool:
    """Whether the accented words spell neither Vietnamese nor anything we can turn into it."""
    words = [word for word in _WORD.findall(text[:_GARBLED_SAMPLE]) if not word.isascii()]
    return len(words) >= _GARBLED_WORDS and sum(map(is_syllable, words)) < _GARBLED_SHARE * len(words)


def _verdict(text: str) -> Callable[[str], str] | None:
    """The conversion that turns the accented words of `text` into Vietnamese; None where none is due."""
    words = [word for word in _SPELT.findall(text) if len(word) > 1 and _HIGH.search(word)][:_SAMPLE_WORDS]
    if len(words) < _ENOUGH_WORDS:
        return None
    as_read = sum(map(is_syllable, words)) / len(words)
    if 1 - as_read < _CLEARLY:  # nothing can gain so much any more
        return None
    for convert in (from_tcvn3, from_vni):
        share = sum(is_syllable(convert(word)) for word in words) / len(words)
        if share >= _MOST and share - as_read >= _CLEARLY:
            return convert
    return None


def _fix_case(text: str) -> str:
    """Write words of capitals wholly in capitals: TCVN3 has accented capitals only by font.

    >>> _fix_case("CộNG HOà Xã HộI, Xã viên")
    'CỘNG HOÀ XÃ HỘI, Xã viên'
    """
    words = list(_WORD.finditer(text))
    kinds = [_case_of(match[0]) for match in words]
    pieces: list[str] = []
    at = 0
    for i, match in enumerate(words):
        pieces.append(text[at : match.start()])
        before = next((k for k in reversed(kinds[max(0, i - 3) : i]) if k), None)
        after = next((k for k in kinds[i + 1 : i + 4] if k), None)
        upper = kinds[i] == "upper" or (
            kinds[i] == "" and "upper" in (before, after) and "lower" not in (before, after)
        )
        pieces.append(match[0].upper() if upper else match[0])
        at = match.end()
    return "".join(pieces) + text[at:]


def _case_of(word: str) -> str:
    """ "upper", "lower", or "" where the plain letters do not tell."""
    plain = [c for c in word if c.isascii()]
    if any(c.islower() for c in plain):
        return "lower"
    return "upper" if len(plain) > 1 else ""
