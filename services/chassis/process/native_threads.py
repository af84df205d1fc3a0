"""Runs long computations in native threads, so that green threads go on: in a shared pool or in a smaller one."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from eventlet import tpool
from eventlet.hubs import trampoline
from eventlet.patcher import original
from eventlet.semaphore import Semaphore

_queue: Any = original("queue")
_threading: Any = original("threading")
_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")


def in_native_thread(function: Callable[_Given, _Answer], *args: _Given.args, **kwargs: _Given.kwargs) -> _Answer:
    """Return the result of a function run in one of the shared threads; it must use neither database nor broker."""
    answer: _Answer = tpool.execute(function, *args, **kwargs)
    return answer


class NativeThreads:
    """A pool of at most `count` native threads; they start with the first call.

    Args:
        count: how many functions run at the same time; further calls wait.
        name: names the threads.
    """

    def __init__(self, count: int, name: str) -> None:
        self._count, self._name = count, name
        self._places = Semaphore(count)
        self._work = _queue.SimpleQueue()
        self._started = 0

    def run(self, function: Callable[..., _Answer], *args: Any) -> _Answer:
        """Return the result of a function or raise its exception; it must use neither database nor broker."""
        with self._places:
            self._start_one()
            reading, writing = os.pipe()
            outcome: list[Any] = []
            self._work.put((function, args, outcome, writing))
            try:
                trampoline(reading, read=True)
            finally:
                os.close(reading)
        answer, error = outcome
        if error is not None:
            raise error
        return answer

    def _start_one(self) -> None:
        if self._started < self._count:
            self._started += 1
            _threading.Thread(target=self._compute, name=f"{self._name}-{self._started}", daemon=True).start()

    def _compute(self) -> None:
        while True:
            function, args, outcome, writing = self._work.get()
            try:
                outcome.extend((function(*args), None))
            except BaseException as error:
                outcome.extend((None, error))
            # Closing the pipe wakes the waiting green thread.
            os.close(writing)
