"""Which words of a passage answer a question's words, and the part of it worth showing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.text import fold

_WORD = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_SENTENCE_START = re.compile(r"(?:^|[.;:!?]\s|\n)\s*(?=\S)")
SHOWN = 320  # characters of a passage shown in a list

Span = tuple[int, int]


def matched_words(text: str, keywords: Iterable[str], *, diacritics: bool = True) -> list[Span]:
    """Return the spans of `text` that are words of a question, in order.

    Syllables are shared by too many words to be marked alone ("công", "đoàn"): of several
    keywords, at least two must stand side by side. A figure counts alone.

    Args:
        keywords: The question's syllables that carry its subject (`Query.keywords`).
        diacritics: False where the question was typed without: then "chi tieu" is "chỉ tiêu".

    >>> text = "Chỉ tiêu năm 2021: công nhân; chỉ một công trình"
    >>> [text[a:b] for a, b in matched_words(text, ["chỉ", "tiêu", "công", "nhân"])]
    ['Chỉ tiêu', 'công nhân']
    """

    def key(word: str) -> str:
        return word.lower() if diacritics else fold(word)

    wanted = {key(word) for word in keywords}
    runs: list[list[re.Match[str]]] = []
    last_end = -1
    for match in _WORD.finditer(text):
        if key(match[0]) not in wanted:
            continue
        if runs and text[last_end : match.start()].isspace():
            runs[-1].append(match)
        else:
            runs.append([match])
        last_end = match.end()
    alone = len(wanted) == 1
    return [
        (run[0].start(), run[-1].end()) for run in runs if len(run) > 1 or alone or run[0][0][0].isdigit()
    ]


def phrase_spans(text: str, phrase: str) -> list[Span]:
    """Return where `phrase` stands in `text`, whatever the case, the spaces and the missing marks.

    A phrase typed with diacritics is looked for with them.

    >>> phrase_spans("Đoàn viên, đoàn\\nviên", "doan vien"), phrase_spans("hoa hòa", "hòa")
    ([(0, 9), (11, 20)], [(4, 7)])
    """
    words = phrase.split()
    if not words:
        return []
    plain = fold(phrase) == phrase.lower()
    where = fold(text) if plain else text.lower()
    if len(where) != len(text):  # a letter whose lower case is two characters: rare, and no Vietnamese
        where = text
    pattern = r"\s+".join(re.escape(fold(w) if plain else w.lower()) for w in words)
    return [match.span() for match in re.finditer(pattern, where)]


def best_window(text: str, spans: list[Span], shown: int = SHOWN) -> Span:
    """Return the part of `text`, at most about `shown` characters, that holds the most marked letters.

    It begins at a sentence or a line where one begins near by, else at a word.
    """
    if len(text) <= shown:
        return 0, len(text)
    starts = [0, *(match.end() for match in _SENTENCE_START.finditer(text))]
    starts += [max(text.rfind(" ", 0, start) + 1, 0) for start, _ in spans]

    def marked(begin: int) -> int:
        return sum(max(min(end, begin + shown) - max(start, begin), 0) for start, end in spans)

    begin = max(sorted(set(starts)), key=lambda at: (marked(at), -at))
    end = min(begin + shown, len(text))
    if end < len(text):
        end = max(text.rfind(" ", begin + 1, end), begin + 1)
    return begin, end
