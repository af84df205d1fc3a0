"""Changing only what one has seen: the version a caller knows must be the one that stands."""

from __future__ import annotations

from typing import Protocol

from services.chassis.errors import PreconditionFailed


class Versioned(Protocol):
    """A row that counts its changes."""

    version: int


def require_version(row: Versioned, known: int | None) -> None:
    """Raise `PreconditionFailed` unless the caller knows the row as it is now; None leaves the question out."""
    if known is not None and known != row.version:
        raise PreconditionFailed(
            "Somebody changed this meanwhile; look at it again.",
            field="version",
            rule="version_is_current",
            params={"version": row.version},
        )
