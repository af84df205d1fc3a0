"""The folder of an embedded union: SQLite files, and the secrets that are created at the first start."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from services.chassis.process.settings import EMBEDDED_AMQP_URL

SECRETS = "secrets.env"


def settle_in(folder: Path) -> None:
    """Use `folder` for this process's union: create it, and set environment variables that are not set.

    Secrets are created once and kept: without them the encrypted data are lost. All files that this process creates
    from now on are readable by their owner only.
    """
    os.umask(0o077)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / SECRETS
    _write_secrets(path)
    for line in path.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)
    os.environ.setdefault("GONGHUI_AMQP_URL", EMBEDDED_AMQP_URL)
    os.environ.setdefault("GONGHUI_DATABASE_URL", f"sqlite:///{folder.resolve()}/{{service}}.sqlite3")
    if "PORT" in os.environ:
        os.environ.setdefault("GONGHUI_PORT", os.environ["PORT"])


def _write_secrets(path: Path) -> None:
    """Write the secrets that the file lacks: all at first, later those that a release has added."""
    values = {
        "GONGHUI_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "GONGHUI_SCRUTINY_KEYS": Fernet.generate_key().decode(),
        "GONGHUI_HASH_KEY": secrets.token_urlsafe(32),
        "GONGHUI_SIGNING_KEY": secrets.token_urlsafe(32),
        "GONGHUI_SECRET_KEY": secrets.token_urlsafe(32),
    }
    present = path.read_text() if path.exists() else ""
    have = {line.partition("=")[0] for line in present.splitlines()}
    missing = {name: value for name, value in values.items() if name not in have}
    if missing:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n" if present and not present.endswith("\n") else "")
            file.writelines(f"{name}={value}\n" for name, value in missing.items())
