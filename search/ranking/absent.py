"""What a question speaks of and the library never does: a sign that no passage can answer it plainly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus.numbers import find_numbers
from corpus.text import clean, fold, segment_words
from corpus.words.colloquial import Colloquial
from corpus.words.glossary import Glossary
from corpus.words.spelling import spelt_alike
from corpus.words.tokens import syllables
from search.asking.asks import QUESTION_WORDS
from search.asking.matching import without_places
from search.asking.shortened import in_full
from search.query import Query

# Words of asking, of degree and of courtesy: no document need say them to answer.
_OF_ASKING = frozenset(
    phrase.strip()
    for phrase in """
    phần trăm|tỷ lệ|tỉ lệ|tối thiểu|tối đa|ít nhất|nhiều nhất|bao lâu|bao nhiêu|bao giờ|tất cả|toàn bộ
    tóm tắt|tóm|tắt|chức vụ|chức danh|hiệu lực|giao ban|trăm|mét|mét vuông|tên|nhau|gồm|có|là
    cụ thể|chi tiết|thế nào|như thế nào|ra sao|vì sao|tại sao|làm sao|hiện nay|hiện tại|cho biết|cho hỏi
    liệt kê|trích dẫn|nội dung|văn bản|tài liệu|kho|số lượng|tổng số|tổng cộng|giá trị|trung bình
    bình quân|so sánh|chênh lệch|khác nhau|giống nhau|ví dụ|nghĩa là|gồm có|bao gồm|được không|hay không
    ghi|tiền|khoản|mục|kiểu|vừa|hôm|nhìn|xem|cảm ơn|cám ơn|đại diện|chẳng hạn|nghe nói|thắc mắc|thế thì
    có không|làm gì|nhắc|nhắc tới|nhắc đến|xong|hết|tốn
    lúc nào|khi nào|ngày nào|năm nào|chỗ nào|ở đâu|người nào|mức nào|thay mặt|vui lòng|xin hỏi|làm ơn
    """.strip()
    .replace("\n", "|")
    .split("|")
)
# What bodies, funds and contests are called by: the word behind one of these is part of a name.
_NAMED = re.compile(
    r"\b(?P<head>ban|quỹ|hội đồng|ủy ban|câu lạc bộ|cuộc thi|hội thi|tuần lễ|cúp|diễn đàn)"
    r"\s(?P<name>[^\W\d_]+(?:\s[^\W\d_]+)?)",
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(r"\b(?P<head>[Tt]háng)\s(?P<name>[A-ZĐÂĂÊÔƠƯ][^\W\d_]+(?:\s[^\W\d_]+)?)")
_BEHIND_A_SUBJECT = frozenset(("là", "thì", "mà"))  # no document need say these to answer
_VOWEL = re.compile("[aeiouy]")  # what has none is an abbreviation
# Letters, and so syllables, of an abbreviation that is no other's: "CT" is chỉ thị, công ty and chủ tịch.
_SHORTENED, _MOST_SHORTENED = 3, 8
# "Nhóm nhiệm vụ", "nhóm giải pháp": a word of counting, which headings leave out.
_GROUPS = re.compile(
    r"\bnhóm(?= (?:nhiệm vụ|giải pháp|chỉ tiêu|nội dung|công việc|việc|vấn đề)\b)", re.IGNORECASE
)
_HOW_MANY = re.compile(r"\b(?:bao nhiêu|mấy)\b", re.IGNORECASE)
_INSERTED = ("quốc gia", "trung ương", "công đoàn")  # "quỹ giải quyết việc làm" is "Quỹ quốc gia ..." in full
_PERCENT = re.compile(r"(?<![\d.,])\d+(?:[.,]\d+)*\s?%")


def absent_words(
    query: Query, glossary: Glossary, lexicon: Colloquial, frequency: Callable[[str], int]
) -> tuple[str, ...]:
    """Return the words that a question says and no document of the library does.

    Abbreviations are written out first; places, document numbers, words of asking, spoken words with an
    official term and words the library only abbreviates are left out, for those are matched in other ways.

    Args:
        frequency: In how many passages a folded key ("dien_thoai") stands.
    """
    line = without_places(query, clean(query.words).text)
    for mention in reversed(list(find_numbers(line, typed=True))):
        line = line[: mention.start] + " " + line[mention.end :]
    line = _GROUPS.sub(" ", line)
    # An abbreviation that the library writes itself is said there, whether or not anyone writes it out.
    line = re.sub(r"\w+", lambda m: " " if _abbreviates(m[0]) and frequency(fold(m[0])) else m[0], line)
    line = _HOW_MANY.sub(",", line)  # or the segmenter joins them with what is counted
    spoken = {s for said in lexicon.find(query.words) for s in said.syllables}
    absent: list[str] = []
    words = segment_words([in_full(line, glossary, query.kept_short)])[0].lower().split()
    for n, word in enumerate(words):
        single = word.split("_")
        if not all(s.isalpha() and _VOWEL.search(fold(s)) for s in single) or " ".join(single) in _OF_ASKING:
            continue
        if set(single) & spoken or set(single) <= QUESTION_WORDS or (word.isalpha() and len(word) < 3):
            continue
        if not _said(single, frequency) and not cut_wrongly(words, n, frequency):
            absent.append(" ".join(single))
    names = [name for name in _absent_names(line, frequency) if not set(name.split()) & spoken]
    if absent or names:  # few questions get here, and what follows takes a millisecond
        shortened = _abbreviated(line, glossary, frequency)
        absent, names = ([w for w in said if not set(w.split()) & shortened] for said in (absent, names))
    absent += [name for name in names if not any(word in name for word in absent)]
    return tuple(dict.fromkeys(absent))


def _abbreviated(line: str, glossary: Glossary, frequency: Callable[[str], int]) -> set[str]:
    """Return the syllables of a question's phrases that the library writes as abbreviations: "SXKD"."""
    single, found = syllables(line), set[str]()
    for start in range(len(single)):
        for end in range(start + _SHORTENED, min(start + _MOST_SHORTENED, len(single)) + 1):
            short = glossary.abbreviate(" ".join(single[start:end]))
            if any(len(one) >= _SHORTENED and frequency(fold(one)) for one in short):
                found.update(single[start:end])
    return found


def is_name(word: str) -> bool:
    """Whether an absent word is the name of a body, a fund or a contest.

    >>> is_name("ban thanh tra"), is_name("giấy tờ")
    (True, False)
    """
    return bool(_NAMED.match(word)) or word.startswith("tháng ")


def names_in(line: str) -> list[tuple[str, str, str]]:
    """Return (name, the pair of syllables that makes it one, its initials) of bodies, funds and contests.

    >>> names_in("Quỹ Xã hội Công đoàn tỉnh")
    [('quỹ xã hội', 'quỹ xã', 'qxh')]
    """
    found: list[tuple[str, str, str]] = []
    for match in (*_NAMED.finditer(line), *_MONTH_NAMED.finditer(line)):
        words = f"{match['head']} {match['name']}".lower().split()
        n = len(match["head"].split())
        if words[n] not in QUESTION_WORDS and len(words[n]) > 1:
            found.append((" ".join(words), " ".join(words[n - 1 : n + 1]), "".join(w[0] for w in words)))
    return found


def names_another(asked: Sequence[tuple[str, str, str]], text: str) -> bool:
    """Whether a text names a body or a fund of a kind asked for, and none of those asked for.

    Args:
        asked: What `names_in` finds in the question.

    >>> names_another(names_in("Quỹ quốc gia về việc làm"), "Quỹ trợ vốn có 9 dự án")
    True
    """
    if not asked:
        return False
    pairs, kinds = {pair for _, pair, _ in asked}, {name.split()[0] for name, _, _ in asked}
    told = [pair for name, pair, _ in names_in(text) if name.split()[0] in kinds and pair != "ban hành"]
    if any(all(part in text.lower() for part in parts) for pair in pairs for parts in in_longer_names(pair)):
        return False
    initials = {short.upper() for _, _, short in asked}
    return bool(told) and pairs.isdisjoint(told) and not any(word in initials for word in text.split())


def _absent_names(line: str, frequency: Callable[[str], int]) -> list[str]:
    """Return the names of bodies, funds and contests that no document says or abbreviates."""
    return [
        name
        for name, pair, initials in names_in(line)
        if not frequency(fold(initials))
        and not _said(pair.split(), frequency)
        and not _longer(pair, frequency)
    ]


def _longer(pair: str, frequency: Callable[[str], int]) -> bool:
    return any(all(_said(p.split(), frequency) for p in pairs) for pairs in in_longer_names(pair))


def in_longer_names(pair: str) -> list[tuple[str, str]]:
    """Return the pairs of syllables that a name has where documents put a word more behind its head.

    >>> in_longer_names("quỹ giải")[0]
    ('quỹ quốc', 'gia giải')
    """
    head, name = pair.split()
    return [(f"{head} {more.split()[0]}", f"{more.split()[-1]} {name}") for more in _INSERTED]


def _said(single: Sequence[str], frequency: Callable[[str], int]) -> bool:
    """Whether a word's syllables stand side by side in some document, however they are spelt."""
    keys = [f"{a}_{b}" for a, b in pairwise(single)] or single
    return any(frequency(fold(spelt)) for key in keys for spelt in (key, *spelt_alike(key)))


def cut_wrongly(words: Sequence[str], n: int, frequency: Callable[[str], int]) -> bool:
    """Whether both halves of a word are said with their other neighbours: "nữ | công_quý | III".

    A half that is a word of asking need not be: "dân | bàn_là | gì".
    """
    single = words[n].split("_")
    if len(single) != 2 or n == 0:
        return False
    before = words[n - 1].split("_")[-1]
    after = words[n + 1].split("_")[0] if n + 1 < len(words) else ""
    if not _said((before, single[0]), frequency):
        return False
    return single[1] in _BEHIND_A_SUBJECT or (bool(after) and _said((single[1], after), frequency))


def _abbreviates(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and (word.isupper() or not _VOWEL.search(fold(word)))


def absent_percents(query: Query, text: str) -> tuple[str, ...]:
    """Return the percentages a question names and `text` does not.

    >>> absent_percents(Query("Ai đóng 2 % kinh phí?", "Ai đóng 2 % kinh phí?"), "kinh phí 75%")
    ('2%',)
    """
    said = {p.replace(" ", "") for p in _PERCENT.findall(text)}
    return tuple(p for p in (m.replace(" ", "") for m in _PERCENT.findall(query.words)) if p not in said)
