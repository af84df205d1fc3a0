"""Another host, made of a network namespace and a cable that can be pulled; needs root and iproute2."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Sequence

from tests.support.machine import Missing, find_program

DEBIAN_PACKAGES = ("iproute2",)


class Host:
    """A host that reaches ours at `our_address`, and nothing else. Programs run on it by `command`."""

    def __init__(self) -> None:
        ip = find_program("ip", folders=["/usr/sbin", "/sbin", "/usr/bin"])
        if os.geteuid() != 0 or ip is None:
            raise Missing(f"another host needs root and the package {DEBIAN_PACKAGES[0]}")
        self._ip = ip
        tag = f"{os.getpid() % 100000}{random.SystemRandom().randrange(100)}"
        self.name, self._ours, self._theirs = f"gonghui-{tag}", f"gha{tag}", f"ghb{tag}"
        net = random.SystemRandom().randrange(1, 250)
        self.our_address, self.address = f"10.213.{net}.1", f"10.213.{net}.2"

    def start(self) -> Host:
        """Put the host up and the cable in."""
        self._run("netns", "add", self.name)
        self._run("link", "add", self._ours, "type", "veth", "peer", "name", self._theirs, "netns", self.name)
        self._run("addr", "add", f"{self.our_address}/24", "dev", self._ours)
        self._run("link", "set", self._ours, "up")
        for arguments in (
            ("addr", "add", f"{self.address}/24", "dev", self._theirs),
            ("link", "set", self._theirs, "up"),
            ("link", "set", "lo", "up"),
        ):
            self._run("-n", self.name, *arguments)
        return self

    def command(self, command: Sequence[str]) -> list[str]:
        """Return the command that runs on this host."""
        return [self._ip, "netns", "exec", self.name, *command]

    def pull_cable(self) -> None:
        """Let the host vanish: nothing it sends arrives, nothing says that it is gone."""
        self._run("link", "set", self._ours, "down")

    def remove(self) -> None:
        """Take host and cable away."""
        for arguments in (("link", "del", self._ours), ("netns", "del", self.name)):
            subprocess.run([self._ip, *arguments], check=False, capture_output=True)

    def _run(self, *arguments: str) -> None:
        done = subprocess.run([self._ip, *arguments], check=False, capture_output=True, text=True)
        if done.returncode != 0:
            raise Missing(f"ip {' '.join(arguments)}: {done.stderr.strip()}")
