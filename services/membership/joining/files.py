"""The photo and documents of an application: taken by their content, kept encrypted, listed, forgotten with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from services.chassis.errors import Refused
from services.chassis.files import StoredFile, erase_files, files_of
from services.chassis.transaction import Transaction
from services.contracts.membership.attachments import MOST_DOCUMENTS
from services.membership.files import use_cases as attachments

PHOTO = attachments.PHOTO


def subject_of(application_id: UUID) -> str:
    """Return what the files of an application are kept under."""
    return f"application/{application_id}"


def take(tx: Transaction, application_id: UUID, photo: Mapping[str, Any] | None, documents: Collection[Any]) -> None:
    """Keep what came with an application; a refusal names the field that came with it."""
    if photo is not None:
        with _beside("photo"):
            take_photo(tx, application_id, photo)
    with _beside("documents"):
        for document in documents:
            take_document(tx, application_id, document)


def take_photo(tx: Transaction, application_id: UUID, upload: Mapping[str, Any]) -> None:
    """Keep a photo in place of the one before."""
    attachments.keep_photo(tx, subject_of(application_id), upload["content"])


def take_document(tx: Transaction, application_id: UUID, upload: Mapping[str, Any]) -> None:
    """Keep a document beside the others."""
    attachments.keep_document(tx, subject_of(application_id), upload, MOST_DOCUMENTS)


def attached(tx: Transaction, application_id: UUID) -> list[StoredFile]:
    """Return the files of an application, oldest first."""
    return files_of(tx, subject_of(application_id))


def kinds_attached(tx: Transaction, application_id: UUID) -> set[str]:
    """Return what is attached: "photo", and the kinds of the documents."""
    return {attachments.kind_of(file) for file in attached(tx, application_id)}


def listed(tx: Transaction, application_id: UUID) -> list[dict[str, Any]]:
    """Return the files as a list shows them."""
    return [attachments.shown(file) for file in attached(tx, application_id)]


def forget(tx: Transaction, applications: Collection[UUID]) -> None:
    """Erase every file of applications."""
    erase_files(tx, [subject_of(one) for one in applications])


@contextmanager
def _beside(field: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        refused.field = field
        raise
