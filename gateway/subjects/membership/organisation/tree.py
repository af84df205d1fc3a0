"""The tree of the organisation as its page shows it: units with chairs and figures, narrowed to what is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_ALWAYS_OPEN = "union"
"""The kind of unit whose parts are shown at once; the parts of others are folded."""


@dataclass
class Branch:
    """A unit in the tree.

    Args:
        unit: as the service tells it.
        chairs: names of those who chair it today.
        figures: its members in figures; None where the reader may not see them.
        children: the units below it.
        opened: whether what is below it is shown at once.
    """

    unit: Mapping[str, Any]
    chairs: Sequence[str] = ()
    figures: Mapping[str, Any] | None = None
    children: list[Branch] = field(default_factory=list)
    opened: bool = False

    @property
    def kinds(self) -> Counter[str]:
        """How many units of each kind stand directly below."""
        return Counter(child.unit["kind"] for child in self.children)


def tree_of(
    units: Iterable[Mapping[str, Any]], chairs: Iterable[Mapping[str, Any]], figures: Iterable[Mapping[str, Any]]
) -> list[Branch]:
    """Return the units without parent, with what is below them.

    Args:
        units: in the order they are shown in.
        chairs: posts of chairs held today.
        figures: of units that the reader may see.
    """
    held: dict[str, list[str]] = {}
    for post in chairs:
        held.setdefault(post["unit_id"], []).append(post["member_name"])
    counted = {one["unit_id"]: one for one in figures}
    branches = {one["id"]: Branch(one, held.get(one["id"], ()), counted.get(one["id"])) for one in units}
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.unit["parent_id"] or "")
        (parent.children if parent else roots).append(branch)
        branch.opened = branch.unit["kind"] == _ALWAYS_OPEN
    return roots


def narrowed(branches: Iterable[Branch], q: str) -> list[Branch]:
    """Return the branches in which a name, code or chair contains `q`, with the way to them open."""
    found = []
    for branch in branches:
        below = narrowed(branch.children, q)
        if below or _matches(branch, q.casefold()):
            found.append(Branch(branch.unit, branch.chairs, branch.figures, below or branch.children, bool(below)))
    return found


def _matches(branch: Branch, q: str) -> bool:
    unit = branch.unit
    return any(q in (text or "").casefold() for text in (unit["name"], unit["name_en"], unit["code"], *branch.chairs))
