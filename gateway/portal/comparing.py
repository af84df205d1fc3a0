"""Two texts beside each other, line by line: revisions of minutes and articles, and what somebody wrote meanwhile."""

from __future__ import annotations

from difflib import SequenceMatcher

_MOST_LINES = 3_000
"""Of a text, between what is the same at its beginning and end; more are not compared but shown as written anew."""


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of two texts as one list: each "same", "gone" or "new".

    Args:
        before: the earlier text.
        after: the later one.
    """
    old, new = before.splitlines(), after.splitlines()
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    middle = _changes(old[head : len(old) - tail], new[head : len(new) - tail])
    return [*_marked("same", old[:head]), *middle, *_marked("same", old[len(old) - tail :])]


def _same(old: list[str], new: list[str]) -> int:
    """Return with how many same lines two lists begin."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))


def _changes(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    if max(len(old), len(new)) > _MOST_LINES:
        return [*_marked("gone", old), *_marked("new", new)]
    found: list[tuple[str, str]] = []
    # Lines that stand everywhere, such as empty ones, are no beginning of a match: with them, time grows by the square.
    for kind, first, last, from_, to in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found += _marked("same", old[first:last])
            continue
        found += [*_marked("gone", old[first:last]), *_marked("new", new[from_:to])]
    return found


def _marked(kind: str, lines: list[str]) -> list[tuple[str, str]]:
    return [(kind, line) for line in lines]
