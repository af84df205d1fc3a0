"""Storing and reading files of a person, applicant or member, by subject and kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, Refused, refuse_first
from services.chassis.files.parser_process import MEGABYTE, Reading, parsed
from services.chassis.files.storage import StoredFile, erase_files, files_of, store_file
from services.chassis.rules.refusal import Refusal
from services.membership.files import rules
from services.membership.files.use_cases import papers, pictures

PHOTO = "photo"
_DOCUMENT = "document."


def _unreadable(refusal: Refusal | None) -> Callable[[str], Problem]:
    assert refusal is not None
    return lambda _why: Refused.by(refusal)


PICTURE = Reading(
    "picture", memory=256 * MEGABYTE, cpu_seconds=10, seconds=60, most_answer=4 * MEGABYTE,
    unreadable=_unreadable(rules.picture_is_readable(None)),
)  # fmt: skip
"""What a photo may take: one of 12 million pixels is some 100 MB for a moment."""
PAPER = Reading(
    "paper", memory=128 * MEGABYTE, cpu_seconds=10, seconds=60, most_answer=16 * MEGABYTE,
    unreadable=_unreadable(rules.paper_is_readable(False)),
)  # fmt: skip


def keep_photo(tx: Transaction, subject: str, content: bytes) -> StoredFile:
    """Store a re-encoded photo in place of the previous one.

    Raises:
        Refused: it is no photo that can be used.
    """
    (drawn,) = parsed(PICTURE, pictures.redraw, content)
    erase_files(tx, subject, purpose=PHOTO)
    return store_file(tx, name="photo.jpg", media_type="image/jpeg", content=drawn, subject=subject, purpose=PHOTO)


def keep_document(tx: Transaction, subject: str, upload: Mapping[str, Any], most: int) -> StoredFile:
    """Store a further document of a kind, at most `most`, without its metadata of places and cameras.

    Raises:
        Refused: its content is not what it says, or there are too many.
    """
    refuse_first(
        rules.file_is_what_it_says(upload["media_type"], upload["content"]),
        rules.files_are_few(len(documents_of(tx, subject)), most),
    )
    (cleaned,) = parsed(PAPER, papers.clean, upload["content"], media_type=upload["media_type"])
    return store_file(
        tx,
        name=upload["name"],
        media_type=upload["media_type"],
        content=cleaned,
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
