"""Restores an archive into databases that no service uses, and repeats events that were not yet handled."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from deploy.backup import cut, postgresql, sqlite
from deploy.backup.making import SQLITE, kind_of_store, require_whole
from deploy.backup.manifest import BackupError, Manifest, open_archive, require_keys
from deploy.home import SECRETS
from deploy.preparation import bring_schemas_up_to_date
from deploy.shipped import bring_shipped_rules
from deploy.union import all_services
from services.chassis.database.engine import Database
from services.chassis.database.migrations import revisions_of, upgrade
from services.chassis.process.runner import event_queues
from services.chassis.process.settings import SERVICES, settings

LATER = ("scrutiny",)
"""Services that an archive of an earlier release may lack; they begin empty."""


def bring_keys(path: Path, folder: Path) -> None:
    """Store the keys of an archive in the folder of an embedded union that has none yet.

    Raises:
        BackupError: neither archive, folder nor environment has keys: restored data could not be decrypted.
    """
    secrets = folder / SECRETS
    if secrets.exists() or "GONGHUI_ENCRYPTION_KEYS" in os.environ:
        return
    with open_archive(path) as archive:
        if SECRETS not in archive.namelist():
            raise BackupError(f"The archive holds no keys: put the union's {SECRETS} into {folder} first.")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(secrets, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(archive.read(SECRETS))


def restore(path: Path, *, replace: bool = False) -> Iterator[str]:
    """Load an archive into the databases the settings name and bring them up to this release, yielding lines to show.

    Afterwards they have this release's schema, consumers and shipped rules. The broker is not touched: its queues are
    declared by `gonghui migrate`, before a service starts.

    Args:
        path: the archive.
        replace: delete the present content of the databases.

    Raises:
        BackupError: the archive is damaged, of another engine, of a later release or needs other keys; or a database is
            in use, or not empty without `replace`. Then nothing was changed. Also when loaded rows differ from the
            manifest; then restore again with `replace`.
    """
    with open_archive(path) as archive, postgresql.blocking():
        manifest = Manifest.read(archive)
        _require_fit(manifest)
        yield from require_whole(archive, manifest)
        databases = {name: Database(settings().database_url_of(name), pool_size=1) for name in SERVICES}
        try:
            _require_room(databases, replace=replace)
            for name, database in databases.items():
                _fill(archive, manifest, name, database)
                yield f"{name}: restored, counts and digests as in the manifest"
            again = cut.send_again(databases, _consumers())
        finally:
            for database in databases.values():
                database.close()
    yield f"{again} events were under way and will be sent again"
    yield from bring_schemas_up_to_date()
    yield from bring_shipped_rules()
    if settings().embedded:
        yield "Next: start the union; `gonghui run` declares its queues by itself"
    else:
        yield "Next: `gonghui migrate`, which declares the broker's queues; then start the services, not before"


def _require_fit(manifest: Manifest) -> None:
    if manifest.kind != kind_of_store():
        raise BackupError(f"The archive is of {manifest.kind}, the databases set here are of {kind_of_store()}.")
    if not set(SERVICES) - set(LATER) <= set(manifest.services) <= set(SERVICES):
        raise BackupError("The archive has other services than this release.")
    require_keys(manifest)
    for name, note in manifest.services.items():
        if unknown := set(note.heads) - set(revisions_of(name)):
            raise BackupError(
                f"{name} has migrations this release does not know ({', '.join(unknown)}): use a later one."
            )


def _require_room(databases: dict[str, Database], *, replace: bool) -> None:
    for name, database in databases.items():
        if not database.is_sqlite:
            postgresql.require_alone(name, database)
        if not (replace or _is_empty(database)):
            raise BackupError(f"The database of {name} is not empty; --replace gives up what is in it.")


def _is_empty(database: Database) -> bool:
    if database.is_sqlite:
        return not _file_of(database).exists()
    return postgresql.is_empty(database)


def _file_of(database: Database) -> Path:
    return Path(str(database.url.database))


def _fill(archive: zipfile.ZipFile, manifest: Manifest, name: str, database: Database) -> None:
    url = settings().database_url_of(name)
    if name not in manifest.services:
        _empty(database)
        upgrade(name, url)
        return
    note = manifest.services[name]
    if manifest.kind == SQLITE:
        sqlite.load(archive, name, _file_of(database))
        if sqlite.note_of(_file_of(database)) != note:
            raise BackupError(f"The file of {name} is not what the manifest says.")
    else:
        postgresql.clear(database)
        upgrade(name, url, to=note.heads[0])
        postgresql.load(archive, name, note, database)
    upgrade(name, url)


def _empty(database: Database) -> None:
    """Delete what is in the database of a service that the archive's release did not have."""
    if database.is_sqlite:
        sqlite.clear(_file_of(database))
    else:
        postgresql.clear(database)


def _consumers() -> list[tuple[str, str, str]]:
    """Return source, type and consumer of every event queue."""
    return [
        (queue.exchange.name.removesuffix(".events"), queue.routing_key, queue.name.partition("--")[2])
        for service in all_services()
        for queue in event_queues(service)
    ]
