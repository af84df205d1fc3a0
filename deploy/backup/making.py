"""Creates an archive of a running union, and verifies archives."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.backup import cut, postgresql, sqlite
from deploy.backup.manifest import (
    NAME,
    BackupError,
    Manifest,
    fingerprints,
    open_archive,
    place_for,
    release,
)
from deploy.home import SECRETS
from services.chassis import clock
from services.chassis.process.settings import SERVICES, settings

POSTGRESQL, SQLITE = "postgresql", "sqlite"


def kind_of_store() -> str:
    """Return the database engine of the settings.

    Raises:
        BackupError: there are two.
    """
    kinds = {SQLITE if settings().database_url_of(name).startswith(SQLITE) else POSTGRESQL for name in SERVICES}
    if len(kinds) > 1:
        raise BackupError("The services' databases are of different kinds; back them up with their own tools.")
    return kinds.pop()


def back_up(target: Path, *, keys_of: Path | None = None) -> Iterator[str]:
    """Write all databases into one archive, yielding lines to show. The union may be running.

    Args:
        target: the file to create, or a folder to create it in.
        keys_of: the folder of an embedded union whose keys are to be included.

    Raises:
        BackupError: it can't be created; no file is left.
    """
    path = place_for(target)
    unfinished = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, postgresql.blocking():
            manifest = _write(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3), keys_of)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    yield from manifest.lines()
    yield f"written: {path} ({path.stat().st_size:,} bytes)"
    if keys_of is None:
        yield "Not in it: the keys. Keep them in another place; without them nobody can read the archive."
    else:
        yield "The keys are in it: whoever has this file can read everything."


def _write(archive: zipfile.ZipFile, keys_of: Path | None) -> Manifest:
    snapshot: Any = sqlite.Snapshot if (kind := kind_of_store()) == SQLITE else postgresql.Snapshot
    made_at = clock.now()
    with archive:
        snapshots: list[Any] = cut.together(
            lambda: [snapshot(name, settings().database_url_of(name)) for name in SERVICES]
        )
        try:
            services = {taken.service: taken.write(archive) for taken in snapshots}
        finally:
            for taken in snapshots:
                taken.close()
        manifest = Manifest(kind, made_at.isoformat(), services, fingerprints(), keys_of is not None, release())
        if keys_of is not None:
            archive.write(keys_of / SECRETS, SECRETS)
        archive.writestr(NAME, manifest.to_json())
    return manifest


def verify(path: Path) -> Iterator[str]:
    """Read a whole archive and compare it with its manifest, yielding lines to show. Needs neither keys nor database.

    Raises:
        BackupError: something is missing or different; the message names it.
    """
    with open_archive(path) as archive:
        manifest = Manifest.read(archive)
        yield from require_whole(archive, manifest)
        yield f"{path}: of {manifest.made_at}, {manifest.kind}, as its manifest says"


def require_whole(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    """Yield a line for each service after verifying its part of the archive.

    Raises:
        BackupError: something is missing or different.
    """
    check = sqlite.check if manifest.kind == SQLITE else postgresql.check
    for (name, note), line in zip(manifest.services.items(), manifest.lines(), strict=True):
        if wrong := check(archive, name, note):
            raise BackupError("The archive is damaged: " + "; ".join(wrong))
        yield line
