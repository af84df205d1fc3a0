"""Qualifiers narrow a rule down: a rule with `festival=spring_festival` applies to that festival only.

They are one text everywhere, the names in alphabetical order, so that a rule set can't have the same rule twice.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

UNQUALIFIED = ""
"""The qualifiers of a rule that has none."""
PATTERN = r"([a-z][a-z_]{0,29}=[a-z][a-z0-9_]{0,39}(;(?=.)|\Z)){0,4}"
"""What the text must match in whole."""


def written(qualifiers: Mapping[str, str]) -> str:
    """Return qualifiers as a text: `destination=paired_aid;festival=spring_festival`."""
    return ";".join(f"{name}={word}" for name, word in sorted(qualifiers.items()))


def read(text: str) -> dict[str, str]:
    """Return qualifiers by name."""
    pairs = (each.partition("=") for each in text.split(";") if each)
    return {name: word for name, _, word in pairs}


def applying_to(facts: Mapping[str, str]) -> list[str]:
    """Return the qualifiers of every rule that may apply to these facts: each subset of them."""
    names = sorted(facts)
    subsets = (subset for size in range(len(names) + 1) for subset in combinations(names, size))
    return [written({name: facts[name] for name in subset}) for subset in subsets]


def number_of(text: str) -> int:
    """Return how many qualifiers a rule has; the more, the more specific it is."""
    return text.count("=")
