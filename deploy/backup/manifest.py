"""The manifest of an archive: versions, schema, counts and digests, and fingerprints of the keys it needs.

Belongs here: the manifest and its calculation. Not: reading and writing rows (`postgresql`, `sqlite`).
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
    """A backup can't be created, used or trusted; the message says why."""


class Digest:
    """Counts rows and adds their hashes, so that the order of rows does not matter."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, row: bytes) -> None:
        """Add one row."""
        self.rows += 1
        self._sum = (self._sum + int.from_bytes(hashlib.sha256(row).digest(), "big")) % _MODULUS

    @property
    def text(self) -> str:
        """64 hex digits."""
        return f"{self._sum:064x}"


@dataclass
class TableNote:
    """One table: its columns in stored order, the number of rows, and their digest."""

    columns: list[str]
    rows: int
    digest: str


@dataclass
class ServiceNote:
    """One service's database: its migrations and its tables."""

    heads: list[str]
    tables: dict[str, TableNote] = field(default_factory=dict)


@dataclass
class Manifest:
    """The content of `manifest.json`."""

    kind: str
    made_at: str
    services: dict[str, ServiceNote]
    keys: dict[str, list[str]]
    with_keys: bool
    gonghui: str = ""
    format: int = FORMAT

    def to_json(self) -> str:
        """Return the JSON text."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> Manifest:
        """Read the manifest of an archive.

        Raises:
            BackupError: there is none, or it has a newer format.
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
        """Describe the content, one line for each service."""
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
    """Return the file to write: `target`, or a name with the present time if `target` is a folder.

    Raises:
        BackupError: the file exists.
    """
    if target.is_dir():
        target = target / f"gonghui-{clock.now():%Y%m%d-%H%M%S}.zip"
    if target.exists():
        raise BackupError(f"{target} exists; a backup never replaces another one.")
    return target


def fingerprints() -> dict[str, list[str]]:
    """Return fingerprints by which an archive identifies the keys it needs without containing them."""
    return {
        "encryption": [_fingerprint(key) for key in settings().encryption_keys],
        "scrutiny": [_fingerprint(key) for key in settings().scrutiny_keys],
        "hash": [_fingerprint(settings().hash_key)],
    }


def require_keys(manifest: Manifest) -> None:
    """Check that this process has the keys with which the values were encrypted and hashed.

    Raises:
        BackupError: it has others; then values could be neither decrypted nor found.
    """
    here = fingerprints()
    lacks = {
        "GONGHUI_ENCRYPTION_KEYS": not set(manifest.keys["encryption"]) <= set(here["encryption"]),
        "GONGHUI_SCRUTINY_KEYS": not set(manifest.keys.get("scrutiny", ())) <= set(here["scrutiny"]),
        "GONGHUI_HASH_KEY": manifest.keys["hash"] != here["hash"],
    }
    if names := [name for name, lacking in lacks.items() if lacking]:
        raise BackupError(f"The backup needs other keys than are set here ({', '.join(names)}): set the union's own.")


def _fingerprint(key: str) -> str:
    return hashlib.sha256(f"gonghui-backup {key}".encode()).hexdigest()[:16]


def release() -> str:
    """Return the release of the installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("gonghui")
    except PackageNotFoundError:
        return os.environ.get("GONGHUI_VERSION", "")
