"""Photo and documents of an application that was made: attached, opened, taken off, until the union has decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, refuse_first
from services.chassis.files.storage import StoredFile, file_of
from services.chassis.input_errors import REQUIRED
from services.membership.consents.use_cases import wordings as consents
from services.membership.files.use_cases import files as attachments
from services.membership.joining import rules
from services.membership.joining.tables import Application
from services.membership.joining.use_cases import files
from services.membership.joining.use_cases.applications import (
    APPLICANT,
    capacities,
    get_for_update,
    is_confirmed,
    require_own,
    to_reply,
)
from services.membership.versions import require_version

_SEES_FILES = frozenset({APPLICANT, "chair", "officer"})


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may attach a further document to this application."""
    application = _seen(tx, request["application_id"])
    refuse_first(rules.files_are_open(application.state))
    _require_confirmed(tx, application)
    files.require_room(tx, application.id)


def attach_to_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Attach a document, for the applicant or the unit it was handed to."""
    application = _open(tx, request)
    _require_confirmed(tx, application)
    add_document(tx, application, request)
    return to_reply(tx, application)


def add_document(tx: Transaction, application: Application, upload: Mapping[str, Any]) -> None:
    """Keep a document with an application that takes files."""
    files.take_document(tx, application.id, upload)
    _note(tx, application, upload["kind"], None, "attached")


def may_replace_photo(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may give this application a photo."""
    application = _seen(tx, request["application_id"])
    refuse_first(rules.files_are_open(application.state))
    require_own(tx.principal, application)
    _require_confirmed(tx, application)


def replace_application_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the applicant's photo, with the consent to its use."""
    application = _open(tx, request)
    require_own(tx.principal, application)
    _require_confirmed(tx, application)
    put_photo(tx, application, request)
    return to_reply(tx, application)


def put_photo(tx: Transaction, application: Application, upload: Mapping[str, Any]) -> None:
    """Keep the photo of an application that takes files, and the consent to its use."""
    given = {one["purpose"]: one["version"] for one in consents.given_with(tx, application.id)}
    given["photo"] = upload["consent_version"]
    consents.require_current(tx, {"photo": given["photo"]}, ["photo"])
    consents.keep(tx, [application.id], given)
    files.take_photo(tx, application.id, upload)
    _note(tx, application, files.PHOTO, None, "attached")


def detach_from_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove a file from the application."""
    application = _open(tx, request)
    take_off(tx, application, request["file_id"])
    return to_reply(tx, application)


def take_off(tx: Transaction, application: Application, file_id: UUID) -> None:
    """Drop a file of an application that takes files."""
    file = _file(tx, application, file_id)
    tx.session.delete(file)
    _note(tx, application, attachments.kind_of(file), "attached", None)


def open_application_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A document; a look by the unit or the union states its purpose and is logged."""
    application = _seen(tx, request["application_id"])
    file = _file(tx, application, request["file_id"])
    if APPLICANT not in capacities(tx.principal, application):
        if request["purpose"] is None:
            raise InvalidInput(errors={"purpose": [REQUIRED]})
        note_access(tx, files.subject_of(application.id), attachments.kind_of(file), request["purpose"])
    return attachments.handed_out(file)


def application_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the photo, to callers who may see the files."""
    photo = attachments.photo_of(tx, files.subject_of(_seen(tx, request["application_id"]).id))
    if photo is None:
        raise NotFound("This application has no photo.", rule="file_exists")
    return attachments.handed_out(photo)


def _open(tx: Transaction, request: Mapping[str, Any]) -> Application:
    application = _require_sight(tx, get_for_update(tx, request["application_id"]))
    require_version(application, request.get("version"))
    refuse_first(rules.files_are_open(application.state))
    return application


def _require_confirmed(tx: Transaction, application: Application) -> None:
    """Let the unit, which knows the person, attach at any time, and the applicant once it has looked."""
    of_the_unit = capacities(tx.principal, application) & {"chair", "officer"}
    refuse_first(rules.unit_confirms_first(bool(of_the_unit) or is_confirmed(tx, application.id)))


def _seen(tx: Transaction, application_id: UUID) -> Application:
    application = tx.get(Application, application_id, "There is no such application.", field="application_id")
    return _require_sight(tx, application)


def _require_sight(tx: Transaction, application: Application) -> Application:
    known_as = capacities(tx.principal, application)
    if not known_as & _SEES_FILES or (application.submitted_at is None and APPLICANT not in known_as):
        raise NotAllowed("This is somebody else's application.", rule="own_application")
    return application


def _file(tx: Transaction, application: Application, file_id: UUID) -> StoredFile:
    file = file_of(tx, file_id, subject=files.subject_of(application.id))
    if not attachments.is_attachment(file):
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return file


def _note(tx: Transaction, application: Application, kind: str, old: str | None, new: str | None) -> None:
    application.updated_at = tx.now
    application.version += 1
    note_change(tx, f"application/{application.id}", {f"file.{kind}": (old, new)})
