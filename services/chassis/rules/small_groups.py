"""Which groups are told and which are hidden, where a total is told beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

Key = TypeVar("Key")
Group = TypeVar("Group")


def hidden_groups(groups: Mapping[Key, Group], smallest: int, size: Callable[[Sequence[Group]], int]) -> frozenset[Key]:
    """Return the groups that are not told, so that neither they nor the total less the others tell of few people.

    Groups below the size are hidden. What is hidden can be had as a sum, so it must have the size too: else the
    smallest of the others are hidden as well.

    Args:
        groups: by their keys.
        smallest: how many people a figure is about at least.
        size: how many people some groups have together.
    """
    by_size: list[Any] = sorted(groups, key=lambda key: (size([groups[key]]), str(key)))
    hidden = [key for key in by_size if size([groups[key]]) < smallest]
    shown = by_size[len(hidden) :]
    while hidden and shown and size([groups[key] for key in hidden]) < smallest:
        hidden.append(shown.pop(0))
    return frozenset(hidden)
