"""Every test, in lanes that run side by side: the tests wait for servers and browsers more than they compute.

`python -m tests.support.lanes` runs a pytest of its own for each lane, four at a time, prints their lines as they
come, and fails when one of them does; lines about failures are repeated at the end. Each lane has its own servers; the
demo unions are loaded once for all of them. The browser's lane is alone for another reason too: see `green`. With
`--changed` only the tests that the change since `main` can reach are run: see `changed`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from typing import NamedTuple
from unittest import mock

from tests.support.loaded import shared_by_processes

AT_ONCE = 4
LANES = {
    "stories": ("tests/e2e",),
    "browser": ("tests/browser",),
    "walks": ("tests/browser/test_dead_ends.py", "tests/browser/test_every_page.py"),
    "unions": (
        "tests/e2e/test_commands.py",
        "tests/e2e/test_founded.py",
        "tests/e2e/test_founded_care.py",
        "tests/e2e/test_founded_pages.py",
        "tests/e2e/test_founded_walks.py",
        "tests/e2e/test_founded_welfare.py",
        "tests/e2e/test_memory.py",
        "tests/e2e/test_prepare.py",
        "tests/e2e/test_servers_away.py",
        "tests/e2e/test_snapshot.py",
        "tests/e2e/test_two_gateways.py",
        "tests/e2e/test_upgrade.py",
    ),
    "component": ("tests/component",),
    "chassis": ("tests/component/chassis",),
    "faults": (
        "tests/e2e/test_backup.py",
        "tests/e2e/test_faults_embedded.py",
        "tests/e2e/test_faults_real.py",
        "tests/e2e/test_watched.py",
    ),
    "units": ("tests/architecture", "tests/unit", "tests/contract"),
}
"""The longest first, so that the last to end is a short one. Files that start unions of their own are lanes, too."""
TOLD_AGAIN = ("E   ", "FAILED ", "ERROR ")
"""How lines begin that are repeated at the end, when their lane failed."""
MOST_TOLD_AGAIN = 20


class Ended(NamedTuple):
    """How a lane ended: pytest's exit status, the minutes it took, and its lines about failures."""

    status: int
    minutes: float
    failures: list[str]


def chosen(name: str, reached: list[str] | None = None) -> list[str]:
    """Return the files and folders of a lane, or those among `reached` that are in it and in no other lane."""
    if reached is None:
        return list(LANES[name])
    elsewhere = _elsewhere(name)
    return [path for path in reached if _within(path, LANES[name]) and not _within(path, elsewhere)]


def command(name: str, reached: list[str] | None = None) -> list[str]:
    """Return what runs one lane, without the files that are a lane of their own."""
    ignored = [f"--ignore={path}" for path in _elsewhere(name)]
    return [sys.executable, "-m", "pytest", "--durations=8", *ignored, *chosen(name, reached)]


def _elsewhere(name: str) -> list[str]:
    """What lies in a lane's folders and is another lane's."""
    others = (path for other in LANES if other != name for path in LANES[other])
    return [path for path in others if path not in LANES[name] and _within(path, LANES[name])]


def _within(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders)


def run(name: str, reached: list[str] | None = None) -> Ended:
    """Run one lane to its end."""
    begun = time.monotonic()
    failures: list[str] = []
    lane_command = command(name, reached)
    with subprocess.Popen(lane_command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as lane:
        assert lane.stdout is not None
        for line in lane.stdout:
            print(f"{name:9} | {line}", end="", flush=True)
            if line.startswith(TOLD_AGAIN):
                failures.append(line.rstrip()[:200])
    return Ended(lane.returncode, (time.monotonic() - begun) / 60, failures)


def main(only_changed: bool = False) -> int:
    """Run all lanes, or what the change since `main` can reach in them; 0 when all of it passed."""
    reached = reached_since_main() if only_changed else None
    names = [name for name in LANES if chosen(name, reached)]
    with shared_by_processes(), _compiled_modules_kept(), ThreadPoolExecutor(AT_ONCE) as lanes:
        ended = dict(zip(names, lanes.map(run, names, repeat(reached)), strict=True))
    for name, (status, _, failures) in ended.items():
        for line in failures[-MOST_TOLD_AGAIN:] if status else ():
            print(f"{name:9} | {line}")
    for name, (status, minutes, _) in ended.items():
        print(f"{name}: {'passed' if status == 0 else f'pytest ended with {status}'} after {minutes:.1f} minutes")
    return max((lane.status for lane in ended.values()), default=0)


@contextmanager
def _compiled_modules_kept() -> Iterator[None]:
    """Let the processes that start while the block runs keep what they compiled, though an image tells them not to.

    A run starts the product some hundred times; each time takes a second of processor time less.
    """
    with mock.patch.dict(os.environ):
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        yield


def reached_since_main() -> list[str] | None:
    """Say and return which tests the change since `main` can reach; None for all of them."""
    from tests.support.changed import Reach, changed_files

    files = changed_files()
    reached = Reach().tests(files) if files else []
    told = "every test" if reached is None else f"{len(reached)} files and folders of tests"
    print(f"{len(files)} files changed since main; they reach {told}.", flush=True)
    return reached


if __name__ == "__main__":
    sys.exit(main(only_changed="--changed" in sys.argv[1:]))
