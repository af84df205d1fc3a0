"""What the union takes before it does anything: memory of each process, time until each is ready."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml

from tests.load.client import Request
from tests.load.figures import Figure
from tests.load.ground import Ground
from tests.support.stack import PASSWORD, SERVICES, EmbeddedStack, Process
from tests.support.waiting import wait_until

_KILOBYTES = re.compile(r"^(Rss|Pss|Private_Clean|Private_Dirty):\s+(\d+) kB", re.MULTILINE)
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_CHART = Path("deploy/kubernetes/gonghui/values.yaml")
MOST_MEGABYTES = {"gateway": 160}
MOST_OF_A_SERVICE = 120
"""Megabytes resident: of processes with a limit of their own, and of the others."""
MOST_OF_IMPORTS = 3.0
"""How many times the time of its imports `gonghui run` may take until it answers."""
STARTS = 3
SIGN_INS = 500
AT_ONCE = 20


def memory_figures(ground: Ground) -> Iterator[Figure]:
    """Yield the memory of each process of the stack, after all that was measured before and 500 sign-ins."""
    names = [f"m{number:06d}" for number in range(1, SIGN_INS + 1)]
    sign_ins = [Request("POST", "/api/v1/sessions", {}, {"username": name, "password": PASSWORD}) for name in names]
    done = ground.fire(sign_ins, connections=AT_ONCE)
    # A busy machine may answer "later" to some; whatever else is wrong.
    if set(done.statuses) - {"201", "503"}:
        raise RuntimeError(f"sign-ins were answered {done.statuses}")
    for service, process in ground.stack.processes.items():
        resident, share = memory_of(process.pid)
        most = MOST_MEGABYTES.get(service, MOST_OF_A_SERVICE)
        yield Figure(
            f"memory of {service}, after the load and {done.statuses['201']} sign-ins",
            f"{resident:.0f} MB resident",
            aim=f"≤ {most} MB",
            met=resident <= most,
            note=f"{share:.0f} MB when what processes share is divided among them",
        )


def memory_of(pid: int) -> tuple[float, float]:
    """Return resident and proportional memory of a process, in megabytes."""
    found = dict(_KILOBYTES.findall(Path(f"/proc/{pid}/smaps_rollup").read_text()))
    return int(found["Rss"]) / 1024, int(found["Pss"]) / 1024


def peak_of(pid: int) -> float:
    """Return the most resident memory a process has had since it started, in megabytes."""
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


class MemoryWatch:
    """Watches what processes take with their children, as a container's limit counts them; use it in a `with`.

    Args:
        pids: of the processes, by name.

    `peaks` has the most each took, in megabytes: of the process itself exactly, beside children as sampled; pages
    that a process shares with its children are counted twice.
    """

    def __init__(self, pids: dict[str, int]) -> None:
        self._pids = pids
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._with_children = dict.fromkeys(pids, 0.0)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    @property
    def peaks(self) -> dict[str, float]:
        """The most each process took that still runs."""
        running = {name: pid for name, pid in self._pids.items() if Path(f"/proc/{pid}").exists()}
        return {name: max(peak_of(pid), self._with_children[name]) for name, pid in running.items()}

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            for name, pid in self._pids.items():
                self._with_children[name] = max(self._with_children[name], _with_children(pid))


def _with_children(pid: int) -> float:
    """Return what a process and its children take now, in megabytes; 0 when it has ended."""
    total = 0.0
    with suppress(OSError):
        total = _resident(pid)
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                with suppress(OSError):
                    total += _resident(int(child))
    return total


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() / 1024 / 1024


def chart_limit(process: str) -> float:
    """Return the memory limit of a process in the chart's own values, in megabytes."""
    values = yaml.safe_load(_CHART.read_text())
    own = values["processes"].get(process) or {}
    resources = own.get("resources") or values["defaults"]["resources"]
    number, unit = re.fullmatch(r"(\d+)(Mi|Gi)", resources["limits"]["memory"]).groups()  # type: ignore[union-attr]
    return int(number) * (1024 if unit == "Gi" else 1)


def start_figures(ground: Ground) -> Iterator[Figure]:
    """Yield how long each process takes from its start until it is ready, alone, and `gonghui run` until it answers."""
    for service in SERVICES:
        seconds = sorted(_start(ground, service) for _ in range(1 if ground.quick else STARTS))
        yield Figure(f"start of {service}", f"{seconds[len(seconds) // 2]:.1f} s until ready")
    yield from _embedded_figures(ground)


def _start(ground: Ground, service: str) -> float:
    process: Process = ground.stack.processes[service]
    process.stop()
    began = time.perf_counter()
    process.start()
    wait_until(lambda: ground.stack.is_ready(service), what=service, failed=process.why_ended)
    return time.perf_counter() - began


def _embedded_figures(ground: Ground) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="gonghui-load-") as folder:
        union = EmbeddedStack(Path(folder), 1263)
        try:
            first = _answers_after(union)
            demo = time.perf_counter()
            union.wait_for_demo()
            demo = time.perf_counter() - demo
            resident, _share = memory_of(union.processes["union"].pid)
            union.stop()
            again = sorted(_answers_after(union, stop=True) for _ in range(1 if ground.quick else STARTS))
        finally:
            union.stop()
    imports = _import_seconds()
    yield _start_figure("first start", first, imports, f"the demo union of 1,263 stands {demo:.0f} s later")
    yield _start_figure("next start", again[len(again) // 2], imports, "")
    yield Figure("memory of `gonghui run`, all services in one process", f"{resident:.0f} MB resident")


def _start_figure(which: str, seconds: float, imports: float, note: str) -> Figure:
    return Figure(
        f"`gonghui run`, {which}, until it answers",
        f"{seconds:.1f} s",
        f"{imports:.1f} s (importing its modules)",
        seconds / imports,
        f"≤ {MOST_OF_IMPORTS:g}×",
        seconds <= MOST_OF_IMPORTS * imports,
        note,
    )


def _import_seconds() -> float:
    """Return how long Python takes to import the modules of `gonghui run`; the median of several."""
    program = (
        "from services.chassis.process import eventlet_setup; eventlet_setup.patch(); "
        "import deploy.cli, deploy.embedded; from deploy.union import all_services; all_services()"
    )
    found = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        found.append(time.perf_counter() - began)
    return sorted(found)[STARTS // 2]


def _answers_after(union: EmbeddedStack, *, stop: bool = False) -> float:
    began = time.perf_counter()
    union.start()
    seconds = time.perf_counter() - began
    if stop:
        union.stop()
    return seconds
