"""The load generator: a process of its own with raw sockets and one epoll loop, so that it costs a few per cent.

Belongs here: sending prepared requests and clocking the answers. As a program it reads a plan from standard input and
prints what came of it, both as JSON; `fire` starts it so.

A plan: `port`, `connections`, `requests` (method, path, headers, body), `seconds` (repeat the requests until then;
null: each once), `keep` (return the bodies too).
"""

from __future__ import annotations

import json
import select
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any, NamedTuple

LONGEST_SILENCE = 60.0
"""Seconds without any answer after which the rest counts as unanswered."""


class Request(NamedTuple):
    """One HTTP request; the headers carry who asks."""

    method: str
    path: str
    headers: dict[str, str] = {}
    body: Any = None


@dataclass(frozen=True)
class Shot:
    """What came of a plan. Latencies in milliseconds, in order of size; `answers` in the order they came."""

    seconds: float
    statuses: dict[str, int]
    latencies: list[float]
    unanswered: int
    cpu_seconds: float
    answers: list[list[Any]]

    @property
    def count(self) -> int:
        """How many answers came."""
        return sum(self.statuses.values())

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.count / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that this share of answers stayed below, in milliseconds."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share))]


def fire(
    port: int, requests: list[Request], *, connections: int, seconds: float | None = None, keep: bool = False
) -> Shot:
    """Send requests from a process of its own.

    Args:
        port: on 127.0.0.1.
        requests: each sent once, or over and over while `seconds` last.
        connections: how many callers at once; each waits for its answer before it sends the next request.
        seconds: how long.
        keep: also return status and body of every answer.
    """
    plan = {"port": port, "connections": connections, "requests": requests, "seconds": seconds, "keep": keep}
    command = [sys.executable, "-m", "tests.load.client"]
    done = subprocess.run(command, input=json.dumps(plan).encode(), capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode()[-2000:])
    return Shot(**json.loads(done.stdout))


class _Connection:
    """One caller: at most one request in flight. `unsent` is None while it waits to be let in."""

    def __init__(self, port: int) -> None:
        # The clock of the first request runs from here: waiting to be let in is part of what a person in a rush waits.
        self.asked_at = time.perf_counter()
        self.unsent: bytes | None = None
        self.received = b""
        self.reading = False
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(("127.0.0.1", port))

    def push(self) -> bool:
        """Send on; whether all is sent."""
        if self.unsent:
            self.unsent = self.unsent[self.socket.send(self.unsent) :]
        return not self.unsent

    def answer(self) -> tuple[int, bytes] | None:
        """Read what has come; status and body once the answer is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("closed by the server")
        self.received += part
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return None
        lower = head.lower()
        at = lower.find(b"\r\ncontent-length:")
        wanted = int(lower[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(body) < wanted:
            return None
        self.received = b""
        return int(head[9:12]), body


class _Loop:
    """Drives all connections until the requests are used up or the time is over."""

    def __init__(self, plan: dict[str, Any]) -> None:
        made = [_bytes(Request(*request)) for request in plan["requests"]]
        self.requests: Iterator[bytes] = iter(made) if plan["seconds"] is None else cycle(made)
        self.plan = plan
        self.statuses: Counter[str] = Counter()
        self.latencies: list[float] = []
        self.answers: list[list[Any]] = []
        self.broken = 0
        self.poll = select.epoll()
        self.open: dict[int, _Connection] = {}

    def run(self) -> dict[str, Any]:
        """Send everything and return what came of it."""
        began = time.perf_counter()
        self.end = began + self.plan["seconds"] if self.plan["seconds"] else float("inf")
        for _ in range(self.plan["connections"]):
            connection = _Connection(self.plan["port"])
            self.open[connection.socket.fileno()] = connection
            self.poll.register(connection.socket.fileno(), select.EPOLLOUT)
        while self.open:
            ready = self.poll.poll(LONGEST_SILENCE)
            if not ready:
                break
            for number, _event in ready:
                try:
                    self._serve(number, self.open[number])
                except (ConnectionError, ValueError):
                    self.broken += 1
                    self._close(number)
        return self._result(time.perf_counter() - began)

    def _serve(self, number: int, connection: _Connection) -> None:
        if connection.reading:
            answer = connection.answer()
            if answer is None:
                return
            self._note(connection, *answer)
            connection.asked_at = time.perf_counter()
            connection.unsent = None
        if connection.unsent is None:
            connection.unsent = next(self.requests, None) if time.perf_counter() < self.end else None
            if connection.unsent is None:
                self._close(number)
                return
        sent = connection.push()
        if sent != connection.reading:
            connection.reading = sent
            self.poll.modify(number, select.EPOLLIN if sent else select.EPOLLOUT)

    def _note(self, connection: _Connection, status: int, body: bytes) -> None:
        self.latencies.append((time.perf_counter() - connection.asked_at) * 1000)
        self.statuses[str(status)] += 1
        if self.plan["keep"]:
            self.answers.append([status, json.loads(body) if body else None])

    def _close(self, number: int) -> None:
        self.poll.unregister(number)
        self.open.pop(number).socket.close()

    def _result(self, seconds: float) -> dict[str, Any]:
        return {
            "seconds": seconds,
            "statuses": dict(self.statuses),
            "latencies": sorted(self.latencies),
            "unanswered": self.broken + len(self.open),
            "cpu_seconds": time.process_time(),
            "answers": self.answers,
        }


def _bytes(request: Request) -> bytes:
    body = b"" if request.body is None else json.dumps(request.body).encode()
    lines = [f"{request.method} {request.path} HTTP/1.1", "Host: 127.0.0.1", "Accept: */*"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    if request.method != "GET":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


if __name__ == "__main__":
    json.dump(_Loop(json.load(sys.stdin)).run(), sys.stdout)
