"""A scene fills one subject of the demo union; scenes are played in the order of what they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from graphlib import TopologicalSorter

from deploy.demo.union import DemoUnion


@dataclass(frozen=True)
class Scene:
    """What the demo union does in one subject.

    Args:
        name: the subject's name in the gateway, where it has one.
        play: does it; returns what was done, for the progress line.
        needs: names of the scenes that must be played before.
    """

    name: str
    play: Callable[[DemoUnion], str]
    needs: tuple[str, ...] = ()


def in_order(scenes: Iterable[Scene]) -> list[Scene]:
    """Return the scenes so that each comes after those it needs.

    Raises:
        graphlib.CycleError: scenes need each other.
        KeyError: a scene needs one that is not among them.
    """
    named = {scene.name: scene for scene in scenes}
    names = TopologicalSorter({name: scene.needs for name, scene in named.items()}).static_order()
    return [named[name] for name in names]
