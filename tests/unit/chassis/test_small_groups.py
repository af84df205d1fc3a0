"""No group that is told, and no difference to the total, is of fewer people than the smallest group."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from services.chassis.rules.small_groups import hidden_groups

SMALLEST = 5


def people(groups: Sequence[int]) -> int:
    return sum(groups)


@given(sizes=st.dictionaries(st.integers(0, 30), st.integers(1, 12)))
def test_neither_a_group_nor_the_rest_tells_of_few(sizes: dict[int, int]) -> None:
    hidden = hidden_groups(sizes, SMALLEST, people)
    assert all(size >= SMALLEST for key, size in sizes.items() if key not in hidden)
    rest = sum(sizes[key] for key in hidden)
    assert not hidden or rest >= SMALLEST or len(hidden) == len(sizes)


def test_as_few_as_possible_are_hidden() -> None:
    assert hidden_groups({"a": 9, "b": 3, "c": 6, "d": 20}, SMALLEST, people) == {"b", "c"}
    assert hidden_groups({"a": 9, "b": 3, "c": 2, "d": 20}, SMALLEST, people) == {"b", "c"}
    assert hidden_groups({"a": 9, "d": 20}, SMALLEST, people) == frozenset()
    assert hidden_groups({}, SMALLEST, people) == frozenset()
