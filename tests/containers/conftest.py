"""The image, built once for all tests of this folder; TEST_GONGHUI_IMAGE names one that is built already."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import containers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def image() -> str:
    """Name of the product's image, built from the tree as it is."""
    assert containers.engine_answers(), "no Docker engine answers: run `make test-containers`"
    if given := os.environ.get("TEST_GONGHUI_IMAGE"):
        return given
    name = "gonghui-local/gonghui:test"
    base = [f"--build-arg=PYTHON_IMAGE={given}"] if (given := os.environ.get("TEST_PYTHON_IMAGE")) else []
    network = [f"--network={given}"] if (given := os.environ.get("TEST_BUILD_NETWORK")) else []
    run("docker", "build", *base, *network, "--file=deploy/image/Dockerfile", f"--tag={name}", ".")
    return name


@pytest.fixture(scope="module")
def no_other_servers() -> Iterator[None]:
    """Addresses in the environment come first everywhere else; here, servers are to be containers."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TEST_AMQP_URL", "TEST_AMQP_MANAGEMENT_URL", "TEST_DATABASE_URL"):
            patch.delenv(name, raising=False)
        yield


def run(*command: str, seconds: float = 600, **env: str) -> str:
    """Run a command in the project's root and return what it printed.

    Raises:
        AssertionError: it failed; says what it printed.
    """
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout
