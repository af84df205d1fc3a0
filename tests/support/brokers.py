"""The component suite on every broker a union may stand on: this machine's RabbitMQ and RabbitMQ 4, quorum queues on.

`python -m tests.support.brokers [PYTEST ARGUMENTS]`, run by `make test-brokers`. RabbitMQ 4 is that of Debian 13: its
packages are unpacked with debootstrap into a folder of their own, which is the nodes' whole system (chroot, as root on
Debian) and goes with the run. TEST_RABBITMQ_4 names a folder to keep it in. Every vhost has the default queue type
`quorum`, as the platform chart makes it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import rabbitmq
from tests.support.machine import Missing, apt_install

WITH_RABBITMQ_4 = "trixie"
DEBIAN_PACKAGES = ("debootstrap",)
ADDRESSES = ("TEST_AMQP_URL", "TEST_AMQP_MANAGEMENT_URL")
TESTS = ("tests/component",)


def main(arguments: list[str]) -> int:
    """Run the tests on one broker after the other; 0 when all of them passed."""
    ended = {}
    with rabbitmq_4() as newer:
        for root in (newer, Path("/")):
            broker = f"RabbitMQ {version(root)}, quorum queues"
            print(f"== {broker}", flush=True)
            env = {name: value for name, value in os.environ.items() if name not in ADDRESSES}
            env |= {"TEST_RABBITMQ_ROOT": str(root), "TEST_QUEUE_TYPE": "quorum"}
            command = [sys.executable, "-m", "pytest", "--durations=5", *(arguments or TESTS)]
            ended[broker] = subprocess.run(command, env=env, check=False).returncode
    for broker, status in ended.items():
        print(f"{broker}: {'passed' if status == 0 else f'pytest ended with {status}'}")
    return max(ended.values())


@contextmanager
def rabbitmq_4() -> Iterator[Path]:
    """A system of its own, in a folder, that has RabbitMQ 4.

    Raises:
        Missing: we may not make one.
    """
    kept = os.environ.get("TEST_RABBITMQ_4")
    root = Path(kept or tempfile.mkdtemp(prefix="gonghui-rabbitmq4-"))
    try:
        if not (root / "usr/lib/rabbitmq").is_dir():
            _unpack(root)
        yield root
    finally:
        if not kept:
            shutil.rmtree(root)


def version(root: Path) -> str:
    """Return the version of the RabbitMQ package in a system."""
    query = ["dpkg-query", f"--admindir={root}/var/lib/dpkg", "--show", "--showformat=${Version}"]
    done = subprocess.run([*query, *rabbitmq.DEBIAN_PACKAGES], capture_output=True, text=True, check=False)
    return done.stdout.partition("-")[0] or "of this machine"


def _unpack(root: Path) -> None:
    if os.geteuid() != 0:
        raise Missing("RabbitMQ 4 is unpacked and run by root; elsewhere name one by TEST_AMQP_URL and run the tests")
    if not shutil.which("debootstrap"):
        apt_install(DEBIAN_PACKAGES, why="RabbitMQ 4 for tests")
    print(f"Unpacking RabbitMQ of Debian's {WITH_RABBITMQ_4} ...", flush=True)
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o755)  # the node's user looks into its root
    packages = f"--include={','.join(rabbitmq.DEBIAN_PACKAGES)}"
    command = ["debootstrap", "--variant=minbase", packages, WITH_RABBITMQ_4, str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Missing(f"debootstrap failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
