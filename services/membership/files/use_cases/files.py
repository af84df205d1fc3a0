"""Storing and reading files of a person, applicant or member, by subject and kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.files import attachment_rules as rules
from services.chassis.files import pictures
from services.chassis.files.attachments import examined
from services.chassis.files.storage import StoredFile, erase_files, files_of, store_file

PHOTO = "photo"
_DOCUMENT = "document."


def keep_photo(tx: Transaction, subject: str, upload: Mapping[str, Any]) -> StoredFile:
    """Store an examined photo in place of the previous one."""
    erase_files(tx, subject, purpose=PHOTO)
    return store_file(
        tx, name="photo.jpg", media_type="image/jpeg", content=examined(upload), subject=subject, purpose=PHOTO
    )


def require_room(tx: Transaction, subject: str, most: int) -> None:
    """Raise `Refused` where a subject has as many documents as it may."""
    refuse_first(rules.files_are_few(len(documents_of(tx, subject)), most))


def keep_document(tx: Transaction, subject: str, upload: Mapping[str, Any], most: int) -> StoredFile:
    """Store a further examined document of a kind, at most `most`.

    Raises:
        Refused: there are too many.
    """
    require_room(tx, subject, most)
    return store_file(
        tx,
        name=upload["name"],
        media_type=upload["media_type"],
        content=examined(upload),
        subject=subject,
        purpose=_DOCUMENT + upload["kind"],
    )


def photo_of(tx: Transaction, subject: str) -> StoredFile | None:
    """Return the photo stored under a subject; of several, from joining again, the newest."""
    return next(reversed(files_of(tx, subject, purpose=PHOTO)), None)


def documents_of(tx: Transaction, subject: str) -> list[StoredFile]:
    """Return the documents kept under a subject, oldest first."""
    return [file for file in files_of(tx, subject) if is_document(file)]


def is_document(file: StoredFile) -> bool:
    """Whether a file is a document somebody gave, and neither the photo nor something a job has made."""
    return file.purpose.startswith(_DOCUMENT)


def is_attachment(file: StoredFile) -> bool:
    """Whether a file is a photo or a document somebody gave."""
    return file.purpose == PHOTO or is_document(file)


def thumbnails(tx: Transaction, subjects: Collection[str], side: int) -> dict[str, bytes]:
    """Return small photos by subject, of those that have one, in one statement; at most 100 subjects."""
    statement = sa.select(StoredFile.subject, StoredFile.content)
    found = tx.session.execute(
        statement.where(StoredFile.subject.in_(subjects), StoredFile.purpose == PHOTO).order_by(StoredFile.id)
    )
    return {subject: pictures.small(content, side) for subject, content in found}


def kind_of(file: StoredFile) -> str:
    """Return what a file is: "photo", or the kind of a document."""
    return file.purpose.removeprefix(_DOCUMENT)


def to_reply(file: StoredFile) -> dict[str, Any]:
    """Return a file as it stands in a list."""
    columns = ("id", "name", "media_type", "size", "stored_at")
    return {**{column: getattr(file, column) for column in columns}, "kind": kind_of(file)}


def handed_out(file: StoredFile) -> dict[str, Any]:
    """Return a file with its content, decrypted inside the transaction."""
    return {"name": file.name, "media_type": file.media_type, "content": file.content}
