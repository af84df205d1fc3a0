"""Optimistic locking: the version that a caller names must be the current one."""

from __future__ import annotations

from typing import Protocol

from services.chassis.errors import PreconditionFailed


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def require_version(row: Versioned, known: int | None) -> None:
    """Raise `PreconditionFailed` unless the caller knows the row as it is now; None skips the check."""
    if known is not None and known != row.version:
        raise PreconditionFailed(
            "Somebody changed this meanwhile; look at it again.",
            field="version",
            rule="version_is_current",
            params={"version": row.version},
        )
