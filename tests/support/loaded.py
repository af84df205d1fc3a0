"""The demo union, loaded once in a run and copied: to load it takes longer than most files of tests."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from tests.support.waiting import RUN

VARIABLE = "TEST_LOADED_UNIONS"
"""Names the folder that several processes of a run share."""
LoadedDemo = Callable[[int], Path]


def demo_loader(tmp_path_factory: pytest.TempPathFactory) -> LoadedDemo:
    """Return what loads demo unions into the folder that the run's processes share, or into one of this process."""
    named = os.environ.get(VARIABLE)
    return partial(load_once, Path(named) if named else tmp_path_factory.mktemp("loaded"))


@contextmanager
def shared_by_processes() -> Iterator[None]:
    """Let the processes that are started while the block runs load each demo union once."""
    with (
        tempfile.TemporaryDirectory(prefix="loaded-unions-") as folder,
        mock.patch.dict(os.environ, {VARIABLE: folder}),
    ):
        yield


def load_once(folder: Path, members: int) -> Path:
    """Return a folder with the data of a demo union that nobody runs, to be copied.

    Args:
        folder: where loaded unions are, or will be; of two processes that want the same one, one loads it.
        members: how many the union has.
    """
    made, complete = folder / str(members), folder / f"{members}.complete"
    with (folder / f"{members}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not complete.exists():
            command = [sys.executable, "-m", "tests.support.load_demo", str(made), str(members)]
            subprocess.run(command, check=True, timeout=RUN)
            complete.touch()
    return made
