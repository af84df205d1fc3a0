"""What stays of a session: its minutes as revisions, and the archives that were made of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.governance.congress import session_rules as rules
from services.governance.congress.session_tables import CongressSession, SessionArchive, SessionMinutes
from services.governance.congress.use_cases.session_store import held_session_of, session_of
from services.governance.minutes.use_cases.revisions import keep_revision, revision_of, revision_page

_ARCHIVE = ("id", "session_id", "manifest_sha256", "files", "size", "made_at", "member_id")


def get_session_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the minutes in their latest revision, or in the one of a number."""
    return _minutes(tx, session_of(tx, request["session_id"]), request["number"])


def list_session_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the revisions, the latest first."""
    return revision_page(tx, SessionMinutes.session_id, session_of(tx, request["session_id"]).id, request)


def save_session_minutes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the minutes as a new revision; the same text as before makes none.

    Raises:
        Conflict: somebody saved a later revision than the one these minutes were written from.
    """
    session = held_session_of(tx, request["session_id"])
    number = keep_revision(tx, SessionMinutes.session_id, session.id, session.minutes_number, request)
    if number != session.minutes_number:
        note_change(tx, f"congress_session/{session.id}", {"minutes": (session.minutes_number, number)})
        session.minutes, session.minutes_number = request["text"], number
        tx.session.flush()
    return _minutes(tx, session, None)


def list_session_archives(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the archives that were made of a session, the latest first."""
    session = session_of(tx, request["session_id"])
    made = sa.select(SessionArchive).where(SessionArchive.session_id == session.id)
    page = page_of(tx, made, request, [(SessionArchive.id, "desc")])
    return page.reply([_archive(one) for one in page.rows])


def note_session_archive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the digest of an archive. Raises `Refused` before the session is closed."""
    session = held_session_of(tx, request["session_id"])
    refuse_first(rules.session_is_over(session.state))
    same = SessionArchive.session_id == session.id, SessionArchive.manifest_sha256 == request["manifest_sha256"]
    found = tx.session.scalar(sa.select(SessionArchive).where(*same))
    if found is None:
        given = {name: request[name] for name in ("session_id", "manifest_sha256", "files", "size")}
        found = SessionArchive(**given, made_at=tx.now, member_id=tx.principal.member_id)
        tx.session.add(found)
        tx.session.flush()
        note_change(tx, f"congress_session/{session.id}", {"archive": (None, found.manifest_sha256)})
    return _archive(found)


def _minutes(tx: Transaction, session: CongressSession, number: int | None) -> dict[str, Any]:
    wanted = session.minutes_number if number is None else number
    found = revision_of(tx, SessionMinutes.session_id, session.id, wanted) if wanted else None
    return {
        "session_id": session.id, "number": wanted, "latest": session.minutes_number,
        "text": found.text if found else "", "at": found.at if found else None,
        "member_id": found.member_id if found else None,
    }  # fmt: skip


def _archive(one: SessionArchive) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _ARCHIVE}
