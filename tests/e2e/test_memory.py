"""A rush to sign in leaves the memory of the process as it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.load.footprint import memory_of
from tests.support.api import Api
from tests.support.stack import embedded_stack

MOST_GROWTH = 60
"""Megabytes: what the pages of twenty callers at once take, and not what four threads keep of hashing (76 MB)."""


def test_two_hundred_sign_ins_leave_no_memory_behind(tmp_path: Path) -> None:
    with embedded_stack(tmp_path, members=20) as union, ThreadPoolExecutor(20) as clients:
        pid = union.processes["union"].pid
        before, _ = memory_of(pid)
        _sign_in(clients, union.url, 200)
        after, _ = memory_of(pid)
    assert after - before < MOST_GROWTH


def _sign_in(clients: ThreadPoolExecutor, url: str, times: int) -> None:
    """Let somebody sign in many times at once."""
    assert len(list(clients.map(lambda _: Api(url).sign_in("officer"), range(times)))) == times
