"""The photo and documents of an application: taken by their content, kept encrypted, listed, forgotten with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.files.storage import StoredFile, erase_files, files_of
from services.contracts.membership.record.attachments import MOST_DOCUMENTS
from services.membership.files.use_cases import files as attachments

PHOTO = attachments.PHOTO


def subject_of(application_id: UUID) -> str:
    """Return what the files of an application are kept under."""
    return f"application/{application_id}"


def take_photo(tx: Transaction, application_id: UUID, upload: Mapping[str, Any]) -> None:
    """Keep a photo in place of the one before."""
    attachments.keep_photo(tx, subject_of(application_id), upload)


def take_document(tx: Transaction, application_id: UUID, upload: Mapping[str, Any]) -> None:
    """Keep a document beside the others."""
    attachments.keep_document(tx, subject_of(application_id), upload, MOST_DOCUMENTS)


def require_room(tx: Transaction, application_id: UUID) -> None:
    """Raise `Refused` where an application has as many documents as it may."""
    attachments.require_room(tx, subject_of(application_id), MOST_DOCUMENTS)


def attached(tx: Transaction, application_id: UUID) -> list[StoredFile]:
    """Return the files of an application, oldest first."""
    return files_of(tx, subject_of(application_id))


def kinds_attached(tx: Transaction, application_id: UUID) -> set[str]:
    """Return what is attached: "photo", and the kinds of the documents."""
    return {attachments.kind_of(file) for file in attached(tx, application_id)}


def kinds_of_each(tx: Transaction, application_ids: Collection[UUID]) -> dict[UUID, set[str]]:
    """Return what is attached to each of many applications; those without files are left out."""
    subjects = {subject_of(one): one for one in application_ids}
    found: dict[UUID, set[str]] = {}
    for file in tx.session.scalars(sa.select(StoredFile).where(StoredFile.subject.in_(list(subjects)))):
        found.setdefault(subjects[file.subject], set()).add(attachments.kind_of(file))
    return found


def listed(tx: Transaction, application_id: UUID) -> list[dict[str, Any]]:
    """Return the files as a list shows them."""
    return [attachments.to_reply(file) for file in attached(tx, application_id)]


def forget(tx: Transaction, applications: Collection[UUID]) -> None:
    """Erase every file of applications."""
    erase_files(tx, [subject_of(one) for one in applications])
