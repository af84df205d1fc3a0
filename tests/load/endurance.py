"""A working day in an hour: sign-ins, reading, registering, imports, exports, cards, visits, all at once.

`python -m tests.load.endurance` runs the real stack under mixed load and then says, for each process, how much memory
it took at its peak, its children included, and whether that stays below the limit of the chart. The status is 0 only
when every process stays below its limit, none has ended, no outcome was wrong, and fewer than one answer in a hundred
was 503 or 504: these say that repeating is safe, and a machine with other work beside the run gives some.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import requests

from tests.load.figures import Figure, table
from tests.load.footprint import MemoryWatch, chart_limit, peak_of
from tests.load.ground import Ground
from tests.load.work import Caller, clerk, reader, signer
from tests.support.servers import own_amqp_server, own_database_server
from tests.support.stack import real_stack

MEMBERS = 2_100
READERS, CLERKS = 6, 2
LATE, MOST_LATE = (503, 504), 0.01
BURST_SHARE, BURST_CALLERS = 0.25, 50
"""A quarter of all sign-ins come at once, from so many callers, as on the morning an activity opens."""


class Load:
    """Callers in threads, each repeating its work until the time is over; counts the answers by status."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.statuses: Counter[str] = Counter()
        self.late: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self._lock = threading.Lock()

    def running(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self.end

    def note(self, what: str, response: requests.Response) -> None:
        """Count an answer."""
        with self._lock:
            self.statuses[f"{what} {response.status_code}"] += 1
            if response.status_code in LATE:
                self.late[what] += 1
            elif response.status_code >= 500:
                self.errors[f"{what} {response.status_code}: {response.text[:200]}"] += 1

    def broken(self, what: str, error: Exception) -> None:
        """Count a request that got no answer, or work whose outcome was wrong; work that met a late answer is late."""
        with self._lock:
            if any(f": {status} " in str(error) for status in LATE):
                self.late[what] += 1
                return
            self.errors[f"{what}: {type(error).__name__}: {str(error)[:200]}"] += 1

    def repeat(self, caller: Caller, work: Callable[[Caller], Iterator[float]]) -> None:
        """Do `work` over and over; it yields how many seconds to wait before it goes on."""
        while self.running():
            try:
                for pause in work(caller):
                    time.sleep(min(pause, max(0.0, self.end - time.monotonic())))
                    if not self.running():
                        return
            except Exception as error:
                self.broken(work.__name__, error)
                time.sleep(1)


def main() -> int:
    """Run the load and print what each process took."""
    options = _options()
    with ExitStack() as stack:
        ground = _ground(stack)
        pids = {name: process.pid for name, process in ground.stack.processes.items()}
        before = {name: peak_of(pid) for name, pid in pids.items()}
        load = Load(options.minutes * 60)
        with MemoryWatch(pids) as watch:
            _run(ground, load, options.sign_ins)
        ended = [name for name, process in ground.stack.processes.items() if process.why_ended()]
        found = [_figure(name, before[name], peak) for name, peak in watch.peaks.items()]
        found.append(_late(load))
        print(table(found))
        print("\n".join(f"{count:7,} {what}" for what, count in sorted(load.statuses.items())))
        for what, count in load.errors.most_common(20):
            print(f"ERROR {count}× {what}")
        for name in ended:
            print(f"ENDED {ground.stack.processes[name].why_ended()}")
    return 0 if all(figure.met for figure in found) and not (ended or load.errors) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.endurance", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long (default 60)")
    parser.add_argument("--sign-ins", type=int, default=2_000, help="sign-ins with a password in all (default 2,000)")
    return parser.parse_args()


def _ground(stack: ExitStack) -> Ground:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gonghui-endurance-")))
    broker = stack.enter_context(own_amqp_server())
    server = stack.enter_context(own_database_server())
    members: dict[str, Any] = {"members": MEMBERS, "accounts": MEMBERS - 100}
    union = stack.enter_context(real_stack(folder, broker, server, **members, GONGHUI_RATE_LIMIT="10000000 per minute"))
    ground = Ground(union, broker, server, constant_port=0, quick=True)
    ground.sign_members_in()
    return ground


def _run(ground: Ground, load: Load, sign_ins: int) -> None:
    """Let a quarter of the sign-ins come at once and spread the others over the whole time, beside all other work."""
    chance = random.Random(20261128)  # the same load at every run
    activities = [ground.schedule(capacity=40) for _ in range(5)]
    names = [f"m{chance.randrange(1, MEMBERS - 200):06d}" for _ in range(sign_ins)]
    burst = int(sign_ins * BURST_SHARE)
    every = (load.end - time.monotonic()) / max(1, sign_ins - burst)
    with ThreadPoolExecutor(BURST_CALLERS + READERS + CLERKS + 1) as threads:
        for place in range(READERS):
            tokens = ground.tokens[place::READERS]
            threads.submit(load.repeat, Caller(ground, load.note, place, tokens), lambda c: reader(c, activities))
        for place in range(CLERKS):
            threads.submit(load.repeat, Caller(ground, load.note, 100 + place), clerk)
        threads.submit(_spread, Caller(ground, load.note, 200), load, names[burst:], every)
        for name in names[:burst]:
            threads.submit(signer, Caller(ground, load.note, 300), name)


def _spread(caller: Caller, load: Load, names: list[str], every: float) -> None:
    began = time.monotonic()
    for place, name in enumerate(names):
        time.sleep(max(0.0, began + place * every - time.monotonic()))
        try:
            signer(caller, name)
        except Exception as error:
            load.broken("signing in", error)


def _figure(name: str, before: float, peak: float) -> Figure:
    limit = chart_limit(name)
    return Figure(
        f"memory of {name} and its children at its peak",
        f"{peak:.0f} MB",
        f"{limit:.0f} MB: limit of the chart",
        peak / limit,
        "< 1×",
        peak < limit,
        f"{before:.0f} MB before the load",
    )


def _late(load: Load) -> Figure:
    late, answers = load.late.total(), max(1, load.statuses.total())
    return Figure(
        "answers of 503 and 504",
        f"{late:,}",
        f"{answers:,} answers",
        late / answers,
        f"< {MOST_LATE}×",
        late / answers < MOST_LATE,
        ", ".join(f"{count} {what}" for what, count in load.late.most_common(4)),
    )


if __name__ == "__main__":
    sys.exit(main())
