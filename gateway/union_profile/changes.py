"""Changing the union's profile: by officers, one after the other, noted in the history."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from gateway.union_profile import colours, profile
from gateway.union_profile.profile import TEXTS
from gateway.union_profile.tables import THE_ROW, UnionProfile
from services.chassis.database.engine import upsert
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, Refused

SUBJECT = "union_profile/1"


def change(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set names, colour and contact.

    Raises:
        Conflict: somebody else changed the profile since `version`.
        Refused: the colour can't be read.
    """
    wanted = {name: request[name] or None for name in TEXTS}
    if wanted["colour"] == colours.DEFAULT:
        wanted["colour"] = None
    _require_readable(wanted["colour"])
    row = _locked(tx)
    if row.version != request["version"]:
        raise Conflict("The profile was changed meanwhile; read it again.", rule="union_profile.version_is_current")
    changes = {name: (getattr(row, name), text) for name, text in wanted.items()}
    for name, text in wanted.items():
        setattr(row, name, text)
    return _changed(tx, row, changes)


def set_emblem(tx: Transaction, picture: bytes) -> dict[str, Any]:
    """Set the emblem, a PNG that was redrawn."""
    row, digest = _locked(tx), hashlib.sha256(picture).hexdigest()[:16]
    changes = {"emblem_digest": (row.emblem_digest, digest)}
    row.emblem, row.emblem_digest = picture, digest
    return _changed(tx, row, changes)


def remove_emblem(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove the emblem; pages draw the plain mark again."""
    row = _locked(tx)
    changes = {"emblem_digest": (row.emblem_digest, None)}
    row.emblem, row.emblem_digest = None, None
    return _changed(tx, row, changes)


def _require_readable(colour: str | None) -> None:
    if colour is None or colours.is_readable(colour):
        return
    nearest = colours.readable(colour)
    raise Refused(
        f"White text on {colour}, or it as text, can't be read (WCAG 2.2, 1.4.3: 4.5:1); {nearest} can.",
        rule="union_profile.colour_is_readable",
        field="colour",
        params={"nearest": nearest},
    )


def _locked(tx: Transaction) -> UnionProfile:
    """Return the row, locked; of two officers who change it at once, the second waits."""
    first = upsert(tx.session, UnionProfile).values(id=THE_ROW, version=0, changed_at=tx.now)
    tx.session.execute(first.on_conflict_do_nothing())
    return tx.get(UnionProfile, THE_ROW, "The profile is missing.", lock=True)


def _changed(tx: Transaction, row: UnionProfile, changes: Mapping[str, tuple[Any, Any]]) -> dict[str, Any]:
    if note_change(tx, SUBJECT, changes) is not None:
        row.version, row.changed_at = row.version + 1, tx.now
        tx.session.flush()
        tx.after_commit(profile.forget)
    return profile.to_reply(profile.read(tx.session))
