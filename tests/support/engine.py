"""A container engine for tests of images: the one that answers, else a private one without a registry.

`python -m tests.support.engine COMMAND...` runs a command beside an engine. Where none answers and we are root on
Debian, it installs Docker, starts a daemon of its own that touches neither firewall nor routes, makes the base image
with debootstrap and the servers' images from Debian's packages, names them all in the environment, and ends the daemon
afterwards. Elsewhere the images are the official ones, unless the same variables name others.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import containers
from tests.support.machine import apt_install
from tests.support.waiting import wait_until

DEBIAN_PACKAGES = ("docker.io", "iptables", "debootstrap")
BASE = "gonghui-local/python:debian"
SERVERS = ("rabbitmq", "postgres", "prometheus")
_IMAGES = Path(__file__).resolve().parents[1] / "containers" / "images"
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


@contextmanager
def engine() -> Iterator[dict[str, str]]:
    """The environment in which `docker` answers and test images are named.

    Raises:
        Missing: no engine answers and none can be installed.
    """
    if containers.engine_answers():
        yield dict(os.environ)
        return
    if not all(shutil.which(program) for program in ("dockerd", "debootstrap", "iptables")):
        apt_install(DEBIAN_PACKAGES, why="Tests of images (or start a Docker engine)")
    home = Path(os.environ.get("TEST_ENGINE_HOME") or tempfile.mkdtemp(prefix="gonghui-engine-"))
    env = {**os.environ, **_names(home)}
    daemon = _start_daemon(home, env)
    try:
        _make_images(home, env)
        yield env
    finally:
        daemon.terminate()
        daemon.wait(60)
        if "TEST_ENGINE_HOME" not in os.environ:
            shutil.rmtree(home, ignore_errors=True)


def _names(home: Path) -> dict[str, str]:
    return {
        "DOCKER_HOST": f"unix://{home}/docker.sock",
        # Containers reach the network, and tests reach containers, without NAT, which this daemon does not set up.
        "TEST_BUILD_NETWORK": "host",
        "TEST_PYTHON_IMAGE": BASE,
        **{f"TEST_{server.upper()}_IMAGE": f"gonghui-local/{server}:debian" for server in SERVERS},
        "TESTCONTAINERS_RYUK_DISABLED": "true",
        "TESTCONTAINERS_HOST_OVERRIDE": "127.0.0.1",
        "TESTCONTAINERS_CONNECTION_MODE": "docker_host",
    }


def _start_daemon(home: Path, env: dict[str, str]) -> subprocess.Popen[bytes]:
    home.mkdir(parents=True, exist_ok=True)
    flags = ["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--ip=127.0.0.1"]
    places = [f"--data-root={home}/data", f"--exec-root={home}/exec", f"--pidfile={home}/pid"]
    with (home / "dockerd.log").open("ab") as log:
        daemon = subprocess.Popen(
            ["dockerd", "--host", env["DOCKER_HOST"], *places, *flags], stdout=log, stderr=subprocess.STDOUT
        )

    def ended() -> str | None:
        return None if daemon.poll() is None else (home / "dockerd.log").read_text(errors="replace")[-2000:]

    wait_until(lambda: _succeeds(env, "version"), what="dockerd", failed=ended)
    return daemon


def _make_images(home: Path, env: dict[str, str]) -> None:
    if not _succeeds(env, "image", "inspect", BASE):
        print("Making the base image with debootstrap ...", flush=True)
        root = home / "base"
        packages = "--include=python3,python3-venv,ca-certificates"
        subprocess.run(
            ["debootstrap", "--variant=minbase", packages, _release(), str(root)],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        # A builder behind a proxy that intercepts TLS trusts its certificate also in the image.
        shutil.copy(_CERTIFICATES, root / str(_CERTIFICATES).lstrip("/"))
        archive = subprocess.Popen(["tar", "-C", str(root), "-c", "."], stdout=subprocess.PIPE)
        subprocess.run(["docker", "import", "-", BASE], env=env, stdin=archive.stdout, check=True)
        shutil.rmtree(root)
    for server in SERVERS:
        print(f"Making the image of {server} ...", flush=True)
        image = env[f"TEST_{server.upper()}_IMAGE"]
        given = ("--network", "host", "--build-arg", f"BASE={BASE}", "--target", server, "--tag", image)
        build = ["docker", "build", *given, str(_IMAGES)]
        done = subprocess.run(build, env=env, check=False, capture_output=True, text=True)
        assert done.returncode == 0, f"{image} cannot be built:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def _release() -> str:
    return platform.freedesktop_os_release()["VERSION_CODENAME"]


def _succeeds(env: dict[str, str], *arguments: str) -> bool:
    return subprocess.run(["docker", *arguments], env=env, check=False, capture_output=True).returncode == 0


def main() -> int:
    """Run the command given on the command line beside an engine; its exit status."""
    with engine() as env:
        return subprocess.run(sys.argv[1:], env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
