"""The locks: complete, hashed, naming no registry; and nothing asked for that nobody imports."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.source import ROOT, modules

REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run", "test", "dev")
# Used without being imported by name in the product's source.
NOT_IMPORTED = {
    "setuptools": "installs the project",
    "psycopg2-binary": "SQLAlchemy loads it by the URL's name",
}

# Packages that several distributions fill: which module is whose.
SHARED_NAMESPACES = {"opentelemetry"}
SHARED_NAMESPACES_HOLD = {
    "opentelemetry-api": "opentelemetry",
    "opentelemetry-sdk": "opentelemetry.sdk",
    "opentelemetry-exporter-otlp-proto-http": "opentelemetry.exporter.otlp.proto.http",
}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str):
    entries = _entries(name)

    assert len(entries) > 50
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_registry(name: str):
    text = (REQUIREMENTS / f"{name}.lock").read_text()

    assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host", text.partition("\n\n")[2]) == []
    assert not re.search(r"https?://", text)


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_all_that_is_asked_for(name: str):
    assert _asked(name) - set(_versions(name)) == set()


def test_larger_locks_agree_with_smaller_ones():
    run, test, dev = (_versions(name) for name in LOCKS)

    assert run.items() <= test.items() <= dev.items()


def test_everything_asked_for_to_run_is_used():
    """By an import, or by naming the package whose files are served."""
    text = _source_text()
    words = set(re.findall(r"\w+", text))
    used = {
        _normal(distribution)
        for package, distributions in packages_distributions().items()
        if package in words
        for distribution in distributions
        if package not in SHARED_NAMESPACES
    }
    used |= {name for name, module in SHARED_NAMESPACES_HOLD.items() if module in text}

    assert _asked("run") - used - set(NOT_IMPORTED) == set()


def test_the_version_is_told_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert re.fullmatch(r"\d+\.\d+\.\d+", project["version"])
    assert "dependencies" in project["dynamic"]


def _source_text() -> str:
    return "\n".join(module.text for module in modules())


def _entries(name: str) -> list[str]:
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    return re.findall(r"^[a-z0-9][^\s]*==(?:.*\\\n)*.*$", text, flags=re.MULTILINE)


def _versions(name: str) -> dict[str, str]:
    pins = (entry.split()[0].partition("==") for entry in _entries(name))
    return {_normal(package): version for package, _, version in pins}


def _asked(name: str) -> set[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return {_normal(re.split(r"[<>=!~ \[;]", line)[0]) for line in lines if line and line[0] not in "#-"}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
