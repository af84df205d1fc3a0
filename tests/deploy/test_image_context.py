"""What `.dockerignore` lets into the build of the image: all that the command imports, nothing private."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import PurePosixPath

import pytest

from deploy import broker_users
from tests.deploy.charts import ROOT

PACKAGES = ("services", "gateway", "deploy")
LINES = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]


def let_in(path: str) -> bool:
    """Whether a file gets into the build, by Docker's rule: the last line decides that fits it or a folder above."""
    candidates = [path, *(str(above) for above in PurePosixPath(path).parents if above.name)]
    outcome = True
    for line in LINES:
        pattern, inside = line.removeprefix("!"), line.startswith("!")
        anywhere = pattern.startswith("**/")
        names = [PurePosixPath(one).name for one in candidates] if anywhere else candidates
        if any(_fits(one, pattern.removeprefix("**/")) for one in names):
            outcome = inside
    return outcome


def _fits(path: str, pattern: str) -> bool:
    return path.count("/") == pattern.count("/") and fnmatch(path, pattern)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_gets_into_the_image(package: str):
    modules = [path for path in (ROOT / package).rglob("*.py") if (path.parent / "__init__.py").exists()]
    left_out = [str(path.relative_to(ROOT)) for path in modules if not let_in(str(path.relative_to(ROOT)))]

    assert len(modules) > 10
    assert left_out == []


def test_what_the_dockerfile_copies_and_installs_gets_in():
    for name in ("requirements/run.lock", "requirements/run.in", "pyproject.toml", "README.md", "LICENSE"):
        assert let_in(name), name
    assert let_in("deploy/image/sbom.py")
    assert let_in(str(broker_users.RIGHTS.relative_to(ROOT)))


def test_secrets_data_and_history_stay_out():
    for name in ("deploy/.env", "var/secrets.env", ".git/config", ".venv/bin/python", "tests/conftest.py"):
        assert not let_in(name), name
