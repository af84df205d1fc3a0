"""Running something in a worker of the container, with the service's dependencies, and waiting for its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from eventlet.event import Event as Signal
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint


def in_worker(entrypoint: Entrypoint, run: Callable[[Callable[..., Any]], Any]) -> Any:
    """Run in a worker and return its answer; None when the container is being killed or the worker raised.

    Args:
        entrypoint: whose method is meant.
        run: gets what the method does with a body, `react(body)`, and says how it is called.
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
