"""Two texts beside each other, line by line: revisions of minutes, and what somebody wrote meanwhile."""

from __future__ import annotations

from difflib import SequenceMatcher


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Return the lines of two texts as one list: each "same", "gone" or "new".

    Args:
        before: the earlier text.
        after: the later one.
    """
    old, new = before.splitlines(), after.splitlines()
    found: list[tuple[str, str]] = []
    for kind, first, last, from_, to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [("same", line) for line in old[first:last]]
            continue
        found += [("gone", line) for line in old[first:last]]
        found += [("new", line) for line in new[from_:to]]
    return found
