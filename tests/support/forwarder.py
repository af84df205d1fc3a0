"""A port that leads to whichever of some servers is alive, as a service's address does in a cluster.

A program of its own, so that it forwards however busy the test is: `python -m tests.support.forwarder PORT TARGET…`.
"""

from __future__ import annotations

import contextlib
import itertools
import socket
import sys
import threading

_CHUNK = 65_536


def forward(port: int, targets: list[int]) -> None:
    """Accept connections on a loopback port and lead each to the next target that takes it; never returns."""
    turns = itertools.cycle(range(len(targets)))
    with socket.create_server(("127.0.0.1", port), backlog=256) as server:
        while True:
            here, _ = server.accept()
            first = next(turns)
            there = _first_that_answers(targets[first:] + targets[:first])
            if there is None:
                here.close()
                continue
            for source, target in ((here, there), (there, here)):
                threading.Thread(target=_pump, args=(source, target), daemon=True).start()


def _first_that_answers(targets: list[int]) -> socket.socket | None:
    for target in targets:
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", target), timeout=2)
    return None


def _pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on what arrives until either end is gone, then end both."""
    source.settimeout(None)
    with contextlib.suppress(OSError):
        while data := source.recv(_CHUNK):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


if __name__ == "__main__":
    forward(int(sys.argv[1]), [int(argument) for argument in sys.argv[2:]])
