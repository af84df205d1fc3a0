"""Files stored by a service: encrypted at rest, found by id, erased when their retention period ends.

Belongs here: storing and reading bytes. The subject that stores a file decides what it may be (a photo, a roster).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis import clock
from services.chassis.database.engine import ChassisBase, Database, UuidKey, rows_changed
from services.chassis.errors import NotFound
from services.chassis.files.names import plain_file_name
from services.chassis.security.encryption import EncryptedBytes

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

_EXPIRES = sa.text("expires_at IS NOT NULL")


class StoredFile(ChassisBase):
    """文件: one file, its subject and how long it is kept."""

    __tablename__ = "stored_file"
    __table_args__ = (
        sa.Index("ix_stored_file_subject_id", "subject", "id"),
        sa.Index("ix_stored_file_expires_at", "expires_at", postgresql_where=_EXPIRES, sqlite_where=_EXPIRES),
    )

    id: Mapped[UuidKey]
    subject: Mapped[str] = mapped_column(sa.String(120))
    purpose: Mapped[str] = mapped_column(sa.String(60))
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    content: Mapped[bytes] = mapped_column(EncryptedBytes, deferred=True)
    stored_at: Mapped[datetime]
    stored_by: Mapped[str] = mapped_column(sa.String(64))
    expires_at: Mapped[datetime | None]


def store_file(
    tx: Transaction,
    *,
    name: str,
    media_type: str,
    content: bytes,
    subject: str,
    purpose: str,
    keep: timedelta | None = None,
) -> StoredFile:
    """Store a file in the transaction.

    Args:
        tx: the transaction.
        name: as people see it; invisible and forbidden characters are removed (`names`).
        media_type: as it is served, such as "image/jpeg".
        content: the bytes.
        subject: what it belongs to, as `"member/<id>"`; those who may see the subject may see the file.
        purpose: a code of the subject, such as "photo".
        keep: how long; None until the subject erases it.
    """
    file = StoredFile(
        subject=subject,
        purpose=purpose,
        name=plain_file_name(name),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        stored_at=tx.now,
        stored_by=tx.principal.actor,
        expires_at=tx.now + keep if keep is not None else None,
    )
    tx.session.add(file)
    tx.session.flush()
    return file


def file_of(tx: Transaction, file_id: UUID, *, subject: str | None = None) -> StoredFile:
    """Return a file that has not expired.

    Args:
        tx: the transaction.
        file_id: which one.
        subject: what it must belong to; a file of another subject is not found.

    Raises:
        NotFound: there is none, or it has expired.
    """
    file = tx.session.get(StoredFile, file_id)
    expired = file is not None and file.expires_at is not None and file.expires_at <= tx.now
    if file is None or expired or (subject is not None and file.subject != subject):
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return file


def files_of(tx: Transaction, subject: str, *, purpose: str | None = None) -> list[StoredFile]:
    """Return the files of a subject, oldest first, without their content; each subject limits their number."""
    statement = sa.select(StoredFile).where(StoredFile.subject == subject).order_by(StoredFile.id)
    if purpose is not None:
        statement = statement.where(StoredFile.purpose == purpose)
    return list(tx.session.scalars(statement))


def files_of_each(tx: Transaction, subjects: Collection[str], *, purpose: str) -> dict[str, list[StoredFile]]:
    """Return the files of several subjects by subject, oldest first, without their content."""
    wanted = StoredFile.subject.in_(subjects), StoredFile.purpose == purpose
    found: dict[str, list[StoredFile]] = {}
    for file in tx.session.scalars(sa.select(StoredFile).where(*wanted).order_by(StoredFile.id)):
        found.setdefault(file.subject, []).append(file)
    return found


def move_files(tx: Transaction, subjects: Mapping[str, str]) -> None:
    """Assign the files of subjects to other subjects, such as those of an application to the new member.

    Args:
        tx: the transaction.
        subjects: new subject by old one, at most 1,000.
    """
    kept = tx.session.scalars(sa.select(StoredFile.subject).where(StoredFile.subject.in_(subjects)).distinct()).all()
    if kept:
        table = StoredFile.__table__
        assert isinstance(table, sa.Table)
        statement = table.update().where(table.c.subject == sa.bindparam("of")).values(subject=sa.bindparam("to"))
        tx.session.execute(statement, [{"of": old, "to": subjects[old]} for old in kept])


def erase_files(tx: Transaction, subject: str | Collection[str], *, purpose: str | None = None) -> int:
    """Erase the files of a subject, or of several, of one purpose or all; return how many."""
    subjects = [subject] if isinstance(subject, str) else list(subject)
    statement = sa.delete(StoredFile).where(StoredFile.subject.in_(subjects))
    if purpose is not None:
        statement = statement.where(StoredFile.purpose == purpose)
    return rows_changed(tx.session, statement)


def erase_stored(tx: Transaction, *file_ids: UUID | None) -> None:
    """Erase files by their ids, at most 1,000; None, and the id of a file that is gone, erases nothing."""
    if file_ids:
        tx.session.execute(sa.delete(StoredFile).where(StoredFile.id.in_(file_ids)))


def erase_expired(database: Database) -> int:
    """Erase every expired file; return how many."""
    with database.session() as session:
        return rows_changed(session, sa.delete(StoredFile).where(StoredFile.expires_at <= clock.now()))
