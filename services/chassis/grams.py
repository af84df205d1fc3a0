"""Words of a text, and the pairs of characters under which an index finds them.

Chinese has no blanks between words, so each pair of neighbouring characters is indexed, and each character alone.
Other words are found by their beginning: the first pair is a blank and the first letter. Not here: tables, rights.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from services.chassis.names import HAN

MOST_WORDS = 8
"""Words of a search; more are not read."""
_MOST_GRAMS = 4
_WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_CHINESE = re.compile(f"[{HAN}]")
_AROUND = 36


def folded(text: str) -> str:
    """Return the words of a text in the one form they are compared in, each after a blank.

    Capital and full-width letters become small plain ones; punctuation, symbols and control characters end a word.
    """
    return "".join(f" {word}" for word in _WORD.findall(_plain(text)))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words somebody searches for, each once, as `folded` writes them; empty when there are none."""
    return tuple(dict.fromkeys(_WORD.findall(_plain(text))))[:MOST_WORDS]


def grams_of(text: str) -> frozenset[str]:
    """Return what a folded text is found under."""
    words = text.split()
    alone = {character for word in words if _is_chinese(word) for character in word}
    return frozenset(alone.union(*map(_pairs, words)))


def grams_to_find(words: Sequence[str]) -> list[str]:
    """Return a few grams that every text with these words has; `needle` says the rest."""
    grams = list(dict.fromkeys(gram for word in words for gram in _pairs(word) or [word]))
    step = max(1, -(-len(grams) // _MOST_GRAMS))
    return grams[::step]


def needle(word: str) -> str:
    """Return what a folded text that has the word holds: Chinese anywhere, other words at their beginning."""
    return word if _is_chinese(word) else f" {word}"


def count_of(text: str, words: Iterable[str]) -> int:
    """Return how many of the words a text has."""
    line = folded(text)
    return sum(needle(word) in line for word in words)


def marked(text: str, words: Iterable[str]) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is one of the words that were searched for."""
    spans: list[tuple[int, int]] = []
    for start, stop in sorted(_hits(text, words)):
        if spans and start <= spans[-1][1]:
            begun, ended = spans.pop()
            start, stop = begun, max(stop, ended)
        spans.append((start, stop))
    cuts = [0, *(place for span in spans for place in span), len(text)]
    pieces = [(text[start:stop], place % 2 == 1) for place, (start, stop) in enumerate(pairwise(cuts))]
    return [piece for piece in pieces if piece[0]]


def excerpt(text: str, words: Iterable[str]) -> str:
    """Return the part of a text around the first word that was searched for, else its beginning."""
    line = " ".join(text.split())
    first = min((start for start, _ in _hits(line, words)), default=0)
    start, stop = max(0, first - _AROUND), first + 2 * _AROUND
    return f"{'…' if start else ''}{line[start:stop].strip()}{'…' if stop < len(line) else ''}"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _is_chinese(word: str) -> bool:
    return _CHINESE.match(word) is not None


def _pairs(word: str) -> list[str]:
    return ["".join(pair) for pair in pairwise(needle(word))]


def _hits(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the words stand in a text; each character is folded alone, so that places stay known."""
    characters, places = [], []
    for place, character in enumerate(text):
        for one in _plain(character):
            characters.append(one)
            places.append(place)
    line, found = "".join(characters), []
    for word in words:
        start = line.find(word)
        while start >= 0:
            if _is_chinese(word) or not _inside_a_word(line, start):
                found.append((places[start], places[start + len(word) - 1] + 1))
            start = line.find(word, start + len(word))
    return found


def _inside_a_word(line: str, start: int) -> bool:
    before = line[start - 1 : start]
    return bool(before) and not _is_chinese(before) and _WORD.match(before) is not None
