"""A passage looked at closely without an index."""

from __future__ import annotations

from corpus.records import Document, Passage
from corpus.text import collapse
from corpus.words.abbreviated import with_abbreviations
from corpus.words.glossary import Glossary
from index.linestore import PassageLines, numbers_of, word_list
from search.ranking.evidence import View
from search.ranking.wordlist import WordList

SHIPPED = Glossary.shipped()


def view_of(document: Document, passage: Passage, glossary: Glossary = SHIPPED) -> View:
    """Return one passage as a library that holds nothing else would."""
    return views_of(document, [passage], glossary)[0]


def views_of(document: Document, passages: list[Passage], glossary: Glossary = SHIPPED) -> list[View]:
    """Return passages as a library that holds nothing else would."""
    places = word_list()
    lines = [
        PassageLines.from_numbers(numbers_of(document, p, with_abbreviations(collapse(p.text)), places))
        for p in passages
    ]
    words = WordList(places, glossary)
    return [View(p, found, words, lambda: document) for p, found in zip(passages, lines, strict=True)]
