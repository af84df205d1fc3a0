"""Acting at the same moment, for tests of what happens then."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

from services.chassis.errors import Problem


def all_at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; return what each answered, a problem included."""
    start = Barrier(len(acts))

    def tried(act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return act()
        except Problem as problem:
            return problem

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(tried, acts))


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Let several act at the same moment, each with its order; see `all_at_once`."""
    return all_at_once(*(partial(act, order) for order in range(count)))
