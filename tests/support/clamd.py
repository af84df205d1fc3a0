"""A ClamAV daemon on a socket, as far as INSTREAM goes: it reads the whole stream and answers as it is told."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

HARMFUL = b"harmful-sample"
"""Where these bytes are in a file, it is harmful."""


class Clamd:
    """The daemon, from the test's point of view.

    Args:
        listener: a bound socket that listens.
        most: bytes of a stream before it is ended, as `StreamMaxLength` says.
    """

    def __init__(self, listener: socket.socket, most: int = 25_000_000) -> None:
        self.answer: bytes | None = None
        """What it answers to every file; None for what it finds in it."""
        self.silent = False
        """It reads and never answers."""
        self.streams: list[bytes] = []
        """What it was sent, oldest first."""
        self._listener, self._most = listener, most
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """End it; clients that wait for an answer get none."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._open:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(line)
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError, EOFError):
            assert _exactly(line, len(b"zINSTREAM\0")) == b"zINSTREAM\0"
            stream = b""
            while length := struct.unpack("!I", _exactly(line, 4))[0]:
                stream += _exactly(line, length)
                if len(stream) > self._most:
                    line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    line.close()
                    return
            self.streams.append(stream)
            if not self.silent:
                line.sendall((self.answer or _verdict(stream)) + b"\0")
                line.close()


def _verdict(stream: bytes) -> bytes:
    return b"stream: Test.Harmful FOUND" if HARMFUL in stream else b"stream: OK"


def _exactly(line: socket.socket, length: int) -> bytes:
    received = b""
    while len(received) < length:
        piece = line.recv(length - len(received))
        if not piece:
            raise EOFError
        received += piece
    return received


@contextmanager
def clamd_at(path: Path, most: int = 25_000_000) -> Iterator[Clamd]:
    """Run the daemon at the path of a socket."""
    with _running(socket.AF_UNIX, str(path), most) as daemon:
        yield daemon


@contextmanager
def clamd_on_port(most: int = 25_000_000) -> Iterator[tuple[Clamd, int]]:
    """Run the daemon on a free port of this machine."""
    with _running(socket.AF_INET, ("127.0.0.1", 0), most) as daemon:
        yield daemon, daemon._listener.getsockname()[1]


@contextmanager
def _running(family: int, address: object, most: int) -> Iterator[Clamd]:
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.bind(address)  # type: ignore[arg-type]
    listener.listen()
    daemon = Clamd(listener, most)
    try:
        yield daemon
    finally:
        daemon.stop()
