"""Change history and access log: two append-only logs, erased when their retention period ends.

An entry names who acted and, where that was possible for an absent colleague only, the delegation.
Values of encrypted or otherwise personal fields must not be handed in plain: note such a change as masked values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.clock import start_of
from services.chassis.database.bulk import insert_rows
from services.chassis.database.engine import ChassisBase, UuidKey
from services.chassis.database.pagination import DEFAULT_LIMIT, Page, paginate
from services.chassis.identifiers import uuid7

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction


class ChangeHistory(ChassisBase):
    """变更历史: one change to one subject, with old and new values."""

    __tablename__ = "change_history"
    __table_args__ = (Index("ix_change_history_subject_id", "subject", "id"),)

    id: Mapped[UuidKey]
    subject: Mapped[str] = mapped_column(String(120))
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(64))
    correlation_id: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(String(500))
    changes: Mapped[dict[str, Any]]
    delegation_id: Mapped[UUID | None]


class AccessLog(ChassisBase):
    """查阅记录: one look at one protected field of one subject, with its purpose."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_subject_id", "subject", "id"),)

    id: Mapped[UuidKey]
    subject: Mapped[str] = mapped_column(String(120))
    field: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(500))
    seen_at: Mapped[datetime]
    seen_by: Mapped[str] = mapped_column(String(64))
    correlation_id: Mapped[str] = mapped_column(String(64))
    delegation_id: Mapped[UUID | None]


def note_change(
    tx: Transaction, subject: str, changes: Mapping[str, tuple[Any, Any]], reason: str | None = None
) -> ChangeHistory | None:
    """Store a change in the transaction that makes it.

    Args:
        tx: the transaction; gives who, when and the correlation id.
        subject: what was changed, as `"member/<id>"`.
        changes: (old, new) by field; pairs that are equal are left out.
        reason: why, in the words of the person who made the change.

    Returns:
        The entry, or None when nothing differs.
    """
    differing = {
        field: {"old": _to_json(old), "new": _to_json(new)} for field, (old, new) in changes.items() if old != new
    }
    if not differing:
        return None
    entry = ChangeHistory(
        subject=subject,
        changed_at=tx.now,
        changed_by=tx.principal.actor,
        correlation_id=tx.correlation_id,
        reason=reason,
        changes=differing,
        delegation_id=tx.context.delegation,
    )
    tx.session.add(entry)
    return entry


def note_same_change(
    tx: Transaction, subjects: Iterable[str], changes: Mapping[str, tuple[Any, Any]], reason: str | None = None
) -> None:
    """Store the same change of many subjects in one statement; see `note_change`."""
    ids = [(uuid7(), subject) for subject in subjects]
    if not ids:
        return
    entry = {
        "changed_at": tx.now,
        "changed_by": tx.principal.actor,
        "correlation_id": tx.correlation_id,
        "reason": reason,
        "delegation_id": tx.context.delegation,
        "changes": {field: {"old": _to_json(old), "new": _to_json(new)} for field, (old, new) in changes.items()},
    }
    keys, named = zip(*ids, strict=True)
    insert_rows(tx.session, ChangeHistory.__table__, {"id": keys, "subject": named}, entry)


def history_of(tx: Transaction, subject: str, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page:
    """Return a page of `ChangeHistory` of a subject, newest first.

    Raises:
        InvalidInput: the cursor or the limit is not valid.
    """
    statement = select(ChangeHistory).where(ChangeHistory.subject == subject)
    return paginate(tx, statement, keys=[(ChangeHistory.id, "desc")], cursor=cursor, limit=limit)


def values_on(tx: Transaction, present: Mapping[str, Any], field: str, on: date) -> dict[str, Any]:
    """Return what a field of subjects was at the end of a day: what the first change after it replaced.

    Args:
        tx: the transaction.
        present: today's value by subject, as JSON has it; it stands where nothing changed since.
        field: whose changes were noted whenever it changed.
        on: the day.
    """
    after = (
        select(ChangeHistory.subject, ChangeHistory.changes)
        .where(ChangeHistory.subject.in_(sorted(present)), ChangeHistory.changed_at >= start_of(on + timedelta(days=1)))
        .order_by(ChangeHistory.id)
    )
    earliest: dict[str, Any] = {}
    for subject, changes in tx.session.execute(after):
        if field in changes:
            earliest.setdefault(subject, changes[field]["old"])
    return {**present, **earliest}


def note_access(tx: Transaction, subject: str, field: str, purpose: str) -> AccessLog:
    """Store in the transaction that shows a protected field that it was shown.

    Args:
        tx: the transaction; gives who, when and the correlation id.
        subject: whose field it is, as `"member/<id>"`.
        field: which field was shown.
        purpose: why, in the words of the person who looked.

    Source: 个人信息保护法 Art. 45 and 51.
    """
    entry = AccessLog(
        subject=subject,
        field=field,
        purpose=purpose,
        seen_at=tx.now,
        seen_by=tx.principal.actor,
        correlation_id=tx.correlation_id,
        delegation_id=tx.context.delegation,
    )
    tx.session.add(entry)
    return entry


def accesses_of(tx: Transaction, subject: str, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT) -> Page:
    """Return a page of `AccessLog` of a subject, newest first.

    Raises:
        InvalidInput: the cursor or the limit is not valid.
    """
    statement = select(AccessLog).where(AccessLog.subject == subject)
    return paginate(tx, statement, keys=[(AccessLog.id, "desc")], cursor=cursor, limit=limit)


def looks_of_others(
    tx: Transaction, subjects: Sequence[str], *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> Page:
    """Return a page of `AccessLog` of several subjects, newest first, without the caller's own looks.

    Args:
        tx: the transaction.
        subjects: whose fields were shown, a few thousand at most.
        cursor: of the page, as the page before gave it.
        limit: the most entries.

    Raises:
        InvalidInput: the cursor or the limit is not valid.
    """
    others = AccessLog.subject.in_(subjects), AccessLog.seen_by != tx.principal.actor
    return paginate(tx, select(AccessLog).where(*others), keys=[(AccessLog.id, "desc")], cursor=cursor, limit=limit)


def erase_logs(tx: Transaction, subjects: Sequence[str]) -> None:
    """Erase both logs of subjects whose retention period ended; nothing else deletes entries.

    Source: 个人信息保护法 Art. 19 and 47.
    """
    for log in (ChangeHistory, AccessLog):
        tx.session.execute(delete(log).where(log.subject.in_(subjects)))


def _to_json(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(_to_json(item) for item in value)
    if isinstance(value, Mapping):
        return {str(name): _to_json(item) for name, item in value.items()}
    return value
