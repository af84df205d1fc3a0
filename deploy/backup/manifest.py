"""What an archive says of itself: versions, schema, counts and digests, and by which keys its values can be read.

Belongs here: the manifest and what is computed for it. How rows get in and out stands in the engines' modules.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from services.chassis import clock
from services.chassis.process.settings import settings

FORMAT = 1
NAME = "manifest.json"
_MODULUS = 1 << 256


class BackupError(Exception):
    """Why a backup can't be made, used or trusted, in words."""


class Digest:
    """Counts rows and sums their hashes, so that the order in which a database gives them does not matter."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: bytes) -> None:
        """Note one row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(row).digest(), "big")) % _MODULUS

    @property
    def text(self) -> str:
        """64 hex digits."""
        return f"{self._sum:064x}"


@dataclass
class TableNote:
    """One table: its columns in the order stored, how many rows, and their digest."""

    columns: list[str]
    rows: int
    digest: str


@dataclass
class ServiceNote:
    """One service's database: the migrations it has seen, and its tables."""

    heads: list[str]
    tables: dict[str, TableNote] = field(default_factory=dict)


@dataclass
class Manifest:
    """What stands in `manifest.json`."""

    kind: str
    made_at: str
    services: dict[str, ServiceNote]
    keys: dict[str, list[str]]
    with_keys: bool
    gonghui: str = ""
    format: int = FORMAT

    def to_json(self) -> str:
        """As it is written."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> Manifest:
        """Read the manifest of an archive.

        Raises:
            BackupError: there is none, or it is of a format made later.
        """
        try:
            stored: dict[str, Any] = json.loads(archive.read(NAME))
        except (KeyError, ValueError) as error:
            raise BackupError("This is no backup of Gonghui: it has no readable manifest.") from error
        if stored.get("format") != FORMAT:
            raise BackupError(f"The archive has format {stored.get('format')}, this release reads {FORMAT}.")
        services = {
            name: ServiceNote(note["heads"], {table: TableNote(**told) for table, told in note["tables"].items()})
            for name, note in stored.pop("services").items()
        }
        return cls(services=services, **stored)

    def lines(self) -> Iterable[str]:
        """Say what is in it, a line a service."""
        for name, note in self.services.items():
            rows = sum(table.rows for table in note.tables.values())
            yield f"{name}: schema {', '.join(note.heads)}, {len(note.tables)} tables, {rows:,} rows"


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open an archive for reading.

    Raises:
        BackupError: the file is no archive.
    """
    try:
        return zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} is no archive that can be read ({error}).") from error


def place_for(target: Path) -> Path:
    """Return the file to write: `target`, or a name made of the moment where `target` is a folder.

    Raises:
        BackupError: the file exists.
    """
    if target.is_dir():
        target = target / f"gonghui-{clock.now():%Y%m%d-%H%M%S}.zip"
    if target.exists():
        raise BackupError(f"{target} exists; a backup never replaces another one.")
    return target


def fingerprints() -> dict[str, list[str]]:
    """Return by which an archive recognises the keys it needs without telling them."""
    return {
        "encryption": [_fingerprint(key) for key in settings().encryption_keys],
        "hash": [_fingerprint(settings().hash_key)],
    }


def require_keys(manifest: Manifest) -> None:
    """Check that this process has the keys its values were encrypted and hashed with.

    Raises:
        BackupError: it has others; then nobody could be read nor recognised.
    """
    here = fingerprints()
    lacks = {
        "GONGHUI_ENCRYPTION_KEYS": not set(manifest.keys["encryption"]) <= set(here["encryption"]),
        "GONGHUI_HASH_KEY": manifest.keys["hash"] != here["hash"],
    }
    if names := [name for name, lacking in lacks.items() if lacking]:
        raise BackupError(f"The backup needs other keys than are set here ({', '.join(names)}): set the union's own.")


def _fingerprint(key: str) -> str:
    return hashlib.sha256(f"gonghui-backup {key}".encode()).hexdigest()[:16]


def release() -> str:
    """Return the release that runs, as its package says."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gonghui")
    except PackageNotFoundError:
        return os.environ.get("GONGHUI_VERSION", "")
