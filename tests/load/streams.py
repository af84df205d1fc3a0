"""A thousand open streams at one gateway: how soon a change reaches all of them, and what they take of its memory.

As a program it is the readers: it opens the streams of a plan (`port`, `path`, `tokens`, `marker`) given as a line of
JSON, prints `open`, and then for each event that contains the marker a line, once every stream has it: the moments at
which the first, half, 99 in a hundred, and the last had it, by the monotonic clock that all processes share.
"""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

import requests

from tests.load import constant
from tests.load.figures import Figure
from tests.load.footprint import memory_of
from tests.load.ground import Ground
from tests.support.api import Api

STREAMS = 1_000
PAGE_READERS = 4
MOST_OF_SPREAD = 4.0
"""How many times the bare server's time between the first and the last stream the gateway may take."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about streams: alone, while pages are read, and what they take of the memory."""
    rounds = 3 if ground.quick else 10
    bare = _bare_spread(ground, rounds)
    activity_id = ground.schedule(capacity=None)
    tokens = iter(ground.tokens)
    before, _ = memory_of(ground.stack.processes["gateway"].pid)
    port = int(ground.stack.url.rpartition(":")[2])
    with _readers(port, "/api/v1/me/stream", ground.tokens[:STREAMS], activity_id) as arrivals:
        alone = [_told(ground, next(tokens), activity_id, arrivals) for _ in range(rounds)]
        with _pages_being_read(ground):
            loaded = [_told(ground, next(tokens), activity_id, arrivals) for _ in range(rounds)]
        after, _ = memory_of(ground.stack.processes["gateway"].pid)
    spread = median(one.last - one.first for one in alone)
    yield Figure(
        f"a change of seats at {STREAMS:,} open streams, from the first to the last",
        f"{1000 * spread:.0f} ms",
        f"{1000 * bare:.0f} ms (bare server)",
        spread / bare,
        f"≤ {MOST_OF_SPREAD:g}×",
        spread <= MOST_OF_SPREAD * bare,
        f"after the registration was sent: {_medians(alone)}; seats are told twice a second",
    )
    last, last_loaded = (median(one.last for one in found) for found in (alone, loaded))
    yield Figure(
        f"  the last stream, while {PAGE_READERS} clients read pages",
        f"{1000 * last_loaded:.0f} ms",
        f"{1000 * last:.0f} ms (nobody reads)",
        last_loaded / last,
        note=f"after the registration was sent: {_medians(loaded)}",
    )
    yield Figure(f"memory of {STREAMS:,} open streams", f"{after - before:.0f} MB", note=f"gateway {after:.0f} MB")


class Arrival(NamedTuple):
    """Seconds after which an event was at the first, at half, at 99 in a hundred, and at the last of the streams."""

    first: float
    half: float
    most: float
    last: float


def _told(ground: Ground, token: str, activity_id: str, arrivals: Iterator[list[float]]) -> Arrival:
    """Let a member register, and return when the streams had the change of seats."""
    caller = Api(ground.stack.url)
    caller.http.headers["Authorization"] = f"Bearer {token}"
    told = time.monotonic()
    caller.post(f"/activities/{activity_id}/registrations", status=201)
    return Arrival(*(moment - told for moment in next(arrivals)))


def _medians(found: list[Arrival]) -> str:
    named = zip(("first", "p50", "p99", "last"), zip(*found, strict=True), strict=True)
    return ", ".join(f"{name} {1000 * median(times):.0f} ms" for name, times in named)


@contextmanager
def _pages_being_read(ground: Ground) -> Iterator[None]:
    """Let clients read the list of activities, one page after the other, while the block runs."""
    over = threading.Event()

    def read() -> None:
        reader = Api(ground.stack.url)
        reader.http.headers["Authorization"] = f"Bearer {ground.tokens[-1]}"
        while not over.is_set():
            reader.get("/activities", limit=20)

    threads = [threading.Thread(target=read, daemon=True) for _ in range(PAGE_READERS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _bare_spread(ground: Ground, rounds: int) -> float:
    """Return the seconds between the first and the last stream of a server that only passes a constant on."""
    with _readers(ground.constant_port, constant.STREAM, [""] * STREAMS, constant.TICK) as arrivals:
        spreads = []
        for _ in range(rounds):
            requests.get(f"http://127.0.0.1:{ground.constant_port}{constant.TICK}", timeout=60).raise_for_status()
            found = Arrival(*next(arrivals))
            spreads.append(found.last - found.first)
    return median(spreads)


@contextmanager
def _readers(port: int, path: str, tokens: list[str], marker: str) -> Iterator[Iterator[list[float]]]:
    """Open the streams in a process of their own; the block gets the moments of `Arrival` for each event."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.load.streams"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        plan = {"port": port, "path": path, "tokens": tokens, "marker": marker}
        process.stdin.write(json.dumps(plan) + "\n")
        process.stdin.flush()
        said = process.stdout.readline().strip()
        if said != "open":
            raise RuntimeError(f"streams could not be opened: {said}")
        yield (json.loads(line) for line in process.stdout)
    finally:
        process.kill()
        process.wait()


def _read(plan: dict[str, Any], say: Callable[[str], None]) -> None:
    poll = select.epoll()
    streams: dict[int, socket.socket] = {}
    for token in plan["tokens"]:
        stream = socket.create_connection(("127.0.0.1", plan["port"]), timeout=60)
        stream.sendall(
            f"GET {plan['path']} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
            if token
            else f"GET {plan['path']} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
        )
        streams[stream.fileno()] = stream
        poll.register(stream, select.EPOLLIN)
    marker, begun = plan["marker"].encode(), set()
    reached: dict[int, list[float]] = {}
    seen = dict.fromkeys(streams, 0)
    while True:
        for number, _ in poll.poll():
            piece = streams[number].recv(65_536)
            now = time.monotonic()
            if not piece:
                say("a stream ended")
                return
            if number not in begun and not piece.startswith(b"HTTP/1.1 200 "):
                say(piece.partition(b"\r\n")[0].decode(errors="replace"))
                return
            if b"retry:" in piece and number not in begun:
                begun.add(number)
                if len(begun) == len(streams):
                    say("open")
            for _ in range(piece.count(marker)):
                arrived = reached.setdefault(seen[number], [])
                seen[number] += 1
                arrived.append(now)
                if len(arrived) == len(streams):
                    arrived.sort()
                    say(
                        json.dumps(
                            [arrived[0], arrived[len(arrived) // 2], arrived[len(arrived) * 99 // 100], arrived[-1]]
                        )
                    )


if __name__ == "__main__":
    _read(json.loads(sys.stdin.readline()), lambda text: print(text, flush=True))
