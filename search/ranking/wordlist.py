"""The words of a library told apart by numbers, and where the keys of a question stand among them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from corpus.words.abbreviated import words_of_abbreviation
from corpus.words.glossary import Glossary
from corpus.words.tokens import fold_tokens

Ints = npt.NDArray[np.int64]

_NO_PLACE = -1


class WordList:
    """The words of a library's lines, told apart by their places; abbreviations are read written out."""

    def __init__(self, words: Iterable[str], glossary: Glossary) -> None:
        """Take the words as an index holds them, see `index.bundle.Passages.word_list`."""
        self._place = {word: place for place, word in enumerate(words)}
        written_out = {
            place: [self._place_of(w) for w in words_of_abbreviation(word, glossary)]
            for word, place in list(self._place.items())
            if word[0].isupper()
        }
        known = list(self._place)
        bare = [self._place_of(word) for word in fold_tokens(known)]
        self._words = list(self._place)
        n = len(self._words)
        self._bare = np.array([*bare, *range(len(known), n)], dtype=np.int64)
        # Of every word how many it is read as, and where these begin in `_read_as`.
        self._length = np.ones(n, dtype=np.int64)
        for place, read in written_out.items():
            self._length[place] = len(read)
        self._first = np.cumsum(self._length) - self._length
        self._read_as = np.repeat(np.arange(n), self._length)
        for place, read in written_out.items():
            self._read_as[self._first[place] : self._first[place] + len(read)] = read

    def __len__(self) -> int:
        return len(self._place)

    def place(self, word: str) -> int:
        """Return where a word stands; -1 where no line holds it."""
        return self._place.get(word, _NO_PLACE)

    def bare(self, tokens: Ints) -> Ints:
        """Return the places of the same words without diacritics."""
        return self._bare[tokens]

    def written_out(self, tokens: Ints) -> tuple[Ints, Ints]:
        """Return (places, for each the token it comes from), each abbreviation as the words it stands for."""
        lengths = self._length[tokens]
        if (lengths == 1).all():
            return self._read_as[self._first[tokens]], np.arange(len(tokens))
        source = np.repeat(np.arange(len(tokens)), lengths)
        within = np.arange(len(source)) - (np.cumsum(lengths) - lengths)[source]
        return self._read_as[self._first[tokens][source] + within], source

    def bare_words(self, tokens: Ints) -> list[str]:
        """Return the words themselves without diacritics, abbreviations written out."""
        return [self._words[place] for place in self._bare[self.written_out(tokens)[0]].tolist()]

    def _place_of(self, word: str) -> int:
        return self._place.setdefault(word, len(self._place))


class Keys:
    """Syllables and adjacent pairs, looked for in lines end to end.

    Attributes:
        number: Of each key.
    """

    def __init__(self, keys: Iterable[str], words: WordList) -> None:
        self.number = {key: n for n, key in enumerate(dict.fromkeys(keys))}
        parts = [key.split("_") for key in self.number]
        self._held = {place for part in parts for s in part if (place := words.place(s)) != _NO_PLACE}
        known = {place: n for n, place in enumerate(sorted(self._held))}
        self._of_word = np.full(len(words), _NO_PLACE, dtype=np.int16)
        self._of_word[list(known)] = list(known.values())
        self._single = np.full(len(known), _NO_PLACE, dtype=np.int64)
        self._pair = np.full((len(known), len(known)), _NO_PLACE, dtype=np.int64)
        for n, part in enumerate(parts):
            places = [words.place(s) for s in part]
            if _NO_PLACE in places or len(places) > 2:
                continue
            if len(places) == 1:
                self._single[known[places[0]]] = n
            else:
                self._pair[known[places[0]], known[places[1]]] = n

    def __len__(self) -> int:
        return len(self.number)

    def found(self, tokens: Ints, line: Ints) -> tuple[Ints, Ints]:
        """Return where keys stand, and which; a pair stands where it begins and spans no two lines."""
        of_token = self._of_word[tokens]
        at = np.flatnonzero(of_token >= 0)
        here = of_token[at]
        beside = np.flatnonzero((np.diff(at) == 1) & (np.diff(line[at]) == 0))
        single, pair = self._single[here], self._pair[here[beside], here[beside + 1]]
        places = np.concatenate([at[single >= 0], at[beside[pair >= 0]]])
        return places, np.concatenate([single[single >= 0], pair[pair >= 0]])
