"""Runs a function in a worker of the container, with the service's dependencies, and waits for its result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlet.event import Event as Signal
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint


def in_worker(entrypoint: Entrypoint, run: Callable[[Callable[..., Any]], Any]) -> Any:
    """Run in a worker and return the result; None when the container is being killed or the worker raised.

    Args:
        entrypoint: of the method to run.
        run: gets the method as `react(body)` and calls it.
    """
    done = Signal()

    def finish(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        done.send(result if exc_info is None else None)
        return result, exc_info

    try:
        entrypoint.container.spawn_worker(entrypoint, (run,), {}, context_data={}, handle_result=finish)
    except ContainerBeingKilled:
        return None
    return done.wait()
