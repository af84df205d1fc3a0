"""A union is saved, restored elsewhere, and is the same there, row for row."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.support.stack import SERVICES, RealStack, Stack


@pytest.fixture
def elsewhere(union: Stack, tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings that name empty databases, with the union's own keys."""
    if isinstance(union, RealStack):
        make = request.getfixturevalue("database_url")
        return {f"GONGHUI_{service.upper()}_DATABASE_URL": make(service) for service in SERVICES}
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(union.folder / "secrets.env", home)
    return {"DATA": str(home)}


def test_what_is_restored_is_what_was_saved(union: Stack, elsewhere: dict[str, str], tmp_path: Path):
    saved, again = tmp_path / "saved.zip", tmp_path / "again.zip"
    union.run("backup", "--online", str(saved))
    told = union.run("restore", str(saved), **elsewhere)
    union.run("backup", str(again), **elsewhere)

    assert told.count("digests equal") == len(SERVICES)
    assert _tables(again) == _tables(saved)
    assert _tables(saved)["membership"]["member"]["rows"] >= 100
    assert saved.stat().st_mode & 0o077 == 0
    assert "secrets" not in zipfile.ZipFile(saved).namelist()


def test_nothing_is_restored_over_a_union_that_lives(union: Stack, tmp_path: Path):
    saved = tmp_path / "saved.zip"
    union.run("backup", "--online", str(saved))

    with pytest.raises(AssertionError, match="restored into"):
        union.run("restore", str(saved))
    with pytest.raises(AssertionError, match="exists already"):
        union.run("backup", "--online", str(saved))


def test_a_running_service_is_saved_only_when_asked_to(union: Stack, tmp_path: Path):
    if not isinstance(union, RealStack):
        return  # one file at a time, each whole: SQLite has no lock that would tell
    with pytest.raises(AssertionError, match="membership runs"):
        union.run("backup", str(tmp_path / "saved.zip"))


def _tables(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    return {service: saved["tables"] for service, saved in manifest["services"].items()}
