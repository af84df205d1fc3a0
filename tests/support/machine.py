"""What this machine has: free ports, programs, an unprivileged user, packages that may be installed.

Belongs here: finding, starting and stopping programs. What a server needs to be told stands in that server's module.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

# Below the kernel's ephemeral range, so that no outgoing connection takes a port between choosing and listening.
_PORTS = range(20000, 32000)


class Missing(RuntimeError):
    """Something that tests need is not on this machine; the text says exactly what to install."""


def free_port() -> int:
    """A loopback port on which nothing listens now."""
    for port in random.SystemRandom().sample(_PORTS, 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Missing(f"no free port on 127.0.0.1 between {_PORTS.start} and {_PORTS.stop}")


def find_program(*names: str, folders: Iterable[str] = (), root: Path = Path("/")) -> str | None:
    """Path of the first program found, looking in `folders` (glob patterns allowed) before PATH.

    Args:
        names: what it may be called.
        folders: where to look first.
        root: the system it is part of; the path is one within it. In another than ours only `folders` are looked in.
    """
    for pattern in folders:
        for folder in sorted(root.glob(pattern.lstrip("/")), reverse=True):
            for name in names:
                if os.access(folder / name, os.X_OK):
                    return f"/{(folder / name).relative_to(root)}"
    if root != Path("/"):
        return None
    return next((path for name in names if (path := shutil.which(name))), None)


def unprivileged() -> dict[str, object]:
    """Arguments for `subprocess` that drop root, which servers refuse; empty when we are not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def give_to_unprivileged(folder: Path) -> None:
    """Hand `folder` and all in it to the user whom `unprivileged` names."""
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    for path in (folder, *folder.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)


def apt_install(packages: Iterable[str], *, why: str) -> None:
    """Install Debian packages as root, or raise Missing naming them.

    Args:
        packages: package names.
        why: what needs them, for the message.
    """
    wanted = list(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Missing(
            f"{why} needs {' '.join(wanted)}: install these packages (on Debian: apt-get install {' '.join(wanted)})"
        )
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    done = subprocess.run(install, env=env, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise Missing(f"{why} needs {' '.join(wanted)}, and apt-get install failed:\n{done.stderr[-2000:]}")


class Program:
    """A program of ours, unprivileged and in a session of its own, that writes to a log file; ended by its own id.

    It gets SIGTERM when its parent process ends, on machines that have `setpriv`.
    """

    def __init__(
        self, command: list[str], *, env: Mapping[str, str] | None = None, log: Path, root: Path = Path("/")
    ) -> None:
        """Start it.

        Args:
            command: program and arguments, as paths within `root`.
            env: its environment; ours when absent.
            log: where its output goes, a path of ours.
            root: the system that it sees as its own, which needs root to arrange.
        """
        self.name = Path(command[0]).name
        self.log = log
        orphaned = [setpriv, "--pdeathsig", "TERM"] if (setpriv := shutil.which("setpriv")) else []
        nobody, elsewhere = unprivileged(), []
        if root != Path("/"):
            # Changing the root requires root, so rights are dropped inside of it.
            elsewhere, nobody = ["chroot", f"--userspec={nobody['user']}:{nobody['group']}", str(root)], {}
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*elsewhere, *orphaned, *command],
                env=env,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **nobody,  # type: ignore[call-overload]
            )

    def why_ended(self) -> str | None:
        """The end of the log when the program has ended, None while it runs."""
        if self.process.poll() is None:
            return None
        return f"{self.name} ended with {self.process.returncode}:\n{self.log.read_text(errors='replace')[-2000:]}"

    def stop(self, signal_number: int = signal.SIGTERM, *, seconds: float = 30) -> None:
        """Ask the program to end; after `seconds` kill what is left of its session."""
        if self.process.poll() is None:
            self.process.send_signal(signal_number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.kill()
        self._kill_session()

    def kill(self) -> None:
        """End the program and its children at once, as a crash would."""
        self._kill_session()
        self.process.wait(10)

    def _kill_session(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
