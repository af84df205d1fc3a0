"""A thousand open streams at one gateway: how soon a change reaches all of them, and what they take of its memory.

As a program it is the readers: it opens the streams of a plan (`port`, `path`, `tokens`, `marker`) given as a line of
JSON, prints `open`, and then for each event that contains the marker a line, once every stream has it: the moments of
first and of the last arrival, by the monotonic clock that all processes of a machine share.
"""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import requests

from tests.load import constant
from tests.load.figures import Figure
from tests.load.footprint import memory_of
from tests.load.ground import Ground
from tests.support.api import Api

STREAMS = 1_000
MOST_OF_SPREAD = 4.0
"""How many times the bare server's time between the first and the last stream the gateway may take."""


def figures(ground: Ground) -> Iterator[Figure]:
    """Yield the rows about streams."""
    rounds = 3 if ground.quick else 10
    bare = _bare_spread(ground, rounds)
    activity_id = ground.schedule(capacity=None)
    before, _ = memory_of(ground.stack.processes["gateway"].pid)
    port = int(ground.stack.url.rpartition(":")[2])
    with _readers(port, "/api/v1/me/stream", ground.tokens[:STREAMS], activity_id) as arrivals:
        found = []
        for token in ground.tokens[:rounds]:
            caller = Api(ground.stack.url)
            caller.http.headers["Authorization"] = f"Bearer {token}"
            told = time.monotonic()
            caller.post(f"/activities/{activity_id}/registrations", status=201)
            first, last = next(arrivals)
            found.append((first - told, last - told, last - first))
        after, _ = memory_of(ground.stack.processes["gateway"].pid)
    spread = median(one[2] for one in found)
    first, last = (1000 * median(one[place] for one in found) for place in (0, 1))
    yield Figure(
        f"a change of seats at {STREAMS:,} open streams, from the first to the last",
        f"{1000 * spread:.0f} ms",
        f"{1000 * bare:.0f} ms (bare server)",
        spread / bare,
        f"≤ {MOST_OF_SPREAD:g}×",
        spread <= MOST_OF_SPREAD * bare,
        f"after the registration was sent: first {first:.0f} ms, last {last:.0f} ms; seats are told twice a second",
    )
    yield Figure(f"memory of {STREAMS:,} open streams", f"{after - before:.0f} MB", note=f"gateway {after:.0f} MB")


def _bare_spread(ground: Ground, rounds: int) -> float:
    """Return the seconds between the first and the last stream of a server that only passes a constant on."""
    with _readers(ground.constant_port, constant.STREAM, [""] * STREAMS, constant.TICK) as arrivals:
        spreads = []
        for _ in range(rounds):
            requests.get(f"http://127.0.0.1:{ground.constant_port}{constant.TICK}", timeout=60).raise_for_status()
            first, last = next(arrivals)
            spreads.append(last - first)
    return median(spreads)


@contextmanager
def _readers(port: int, path: str, tokens: list[str], marker: str) -> Iterator[Iterator[tuple[float, float]]]:
    """Open the streams in a process of their own; the block gets the moments of first and last arrival, by event."""
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
        yield (tuple(json.loads(line)) for line in process.stdout)
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
            if b"retry:" in piece and number not in begun:
                begun.add(number)
                if len(begun) == len(streams):
                    say("open")
            for _ in range(piece.count(b"data:") if marker in piece else 0):
                arrived = reached.setdefault(seen[number], [])
                seen[number] += 1
                arrived.append(now)
                if len(arrived) == len(streams):
                    say(json.dumps([min(arrived), max(arrived)]))


if __name__ == "__main__":
    _read(json.loads(sys.stdin.readline()), lambda text: print(text, flush=True))
