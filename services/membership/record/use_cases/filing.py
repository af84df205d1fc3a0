"""Photo and documents of a record: stored, read, removed; changes are in the history, readings by officers logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, refuse_first
from services.chassis.files.storage import StoredFile, erase_files, file_of
from services.chassis.input_errors import REQUIRED
from services.contracts.membership.record import fields
from services.membership.consents.use_cases import consents as member_consents
from services.membership.consents.use_cases import wordings as consents
from services.membership.files.use_cases import files as attachments
from services.membership.record import rules
from services.membership.record.tables import Member
from services.membership.record.use_cases import visibility

MOST_DOCUMENTS = 30
_SEES_PHOTO = frozenset({fields.SELF, fields.CHAIR, fields.OFFICER})
_SEES_DOCUMENTS = frozenset({fields.SELF, fields.OFFICER})


def member_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The photo with its content."""
    member_id = request["member_id"]
    _require(tx, member_id, _SEES_PHOTO)
    photo = attachments.photo_of(tx, _subject(member_id))
    if photo is None:
        raise NotFound("This record has no photo.", rule="file_exists")
    return attachments.handed_out(photo)


def member_has_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Whether there is a photo."""
    member_id = request["member_id"]
    _require(tx, member_id, _SEES_PHOTO)
    return {"member_id": member_id, "has_photo": _has_photo(tx, member_id)}


def _has_photo(tx: Transaction, member_id: UUID) -> bool:
    return attachments.photo_of(tx, _subject(member_id)) is not None


def may_replace_photo(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may give this record a photo."""
    _, held = _require(tx, request["member_id"], _SEES_DOCUMENTS, stands=True)
    refuse_first(rules.reason_is_given(request["reason"], held))


def replace_member_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Replace the photo; using it needs the member's own consent (个人信息保护法 Art. 26, 29)."""
    member, held = _require(tx, request["member_id"], _SEES_DOCUMENTS, stands=True)
    _require_consent(tx, member.id, request["consent_version"] if fields.SELF in held else None)
    refuse_first(rules.reason_is_given(request["reason"], held))
    had = _has_photo(tx, member.id)
    attachments.keep_photo(tx, _subject(member.id), request)
    change = ("kept" if had else None, "replaced" if had else "kept")
    note_change(tx, _subject(member.id), {"photo": change}, request["reason"])
    return {"member_id": member.id, "has_photo": True}


def remove_member_photo(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Delete the photo at once."""
    member, held = _require(tx, request["member_id"], _SEES_PHOTO)
    refuse_first(rules.reason_is_given(request["reason"], held))
    if erase_files(tx, _subject(member.id), purpose=attachments.PHOTO):
        note_change(tx, _subject(member.id), {"photo": ("kept", None)}, request["reason"])
    return {"member_id": member.id, "has_photo": False}


def list_member_files(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The documents of a record."""
    member, _ = _require(tx, request["member_id"], _SEES_DOCUMENTS)
    return _documents(tx, member.id)


def _documents(tx: Transaction, member_id: UUID) -> dict[str, Any]:
    return {"items": [attachments.to_reply(file) for file in attachments.documents_of(tx, _subject(member_id))]}


def may_attach(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the caller may attach a further document to this record."""
    member, _ = _require(tx, request["member_id"], _SEES_DOCUMENTS, stands=True)
    attachments.require_room(tx, _subject(member.id), MOST_DOCUMENTS)


def attach_to_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Attach a document."""
    member, _ = _require(tx, request["member_id"], _SEES_DOCUMENTS, stands=True)
    file = attachments.keep_document(tx, _subject(member.id), request, MOST_DOCUMENTS)
    note_change(tx, _subject(member.id), {f"file.{attachments.kind_of(file)}": (None, file.name)})
    return attachments.to_reply(file)


def open_member_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A document with its content."""
    member, held = _require(tx, request["member_id"], _SEES_DOCUMENTS)
    file = _document(tx, member.id, request["file_id"])
    if fields.SELF not in held:
        if request["purpose"] is None:
            raise InvalidInput(errors={"purpose": [REQUIRED]})
        note_access(tx, _subject(member.id), f"file.{attachments.kind_of(file)}", request["purpose"])
    return attachments.handed_out(file)


def detach_from_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Remove a document."""
    member, held = _require(tx, request["member_id"], _SEES_DOCUMENTS)
    refuse_first(rules.reason_is_given(request["reason"], held))
    file = _document(tx, member.id, request["file_id"])
    note_change(tx, _subject(member.id), {f"file.{attachments.kind_of(file)}": (file.name, None)}, request["reason"])
    tx.session.delete(file)
    tx.session.flush()
    return _documents(tx, member.id)


def _require(
    tx: Transaction, member_id: UUID, allowed: frozenset[str], *, stands: bool = False
) -> tuple[Member, frozenset[str]]:
    member = tx.get(Member, member_id, "There is no such member.", field="member_id")
    held = visibility.capacities(tx.principal, member.id, member.unit_id)
    if not held & allowed:
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    if stands:
        refuse_first(rules.membership_stands(member.standing))
    return member, held


def _require_consent(tx: Transaction, member_id: UUID, version: str | None) -> None:
    """Raise `Refused` unless the member agreed to the use of a photo, now or before."""
    stand = member_consents.standing_purposes(tx, member_id)
    if version is not None and attachments.PHOTO not in stand:
        member_consents.give(tx, member_id, attachments.PHOTO, version)
    elif attachments.PHOTO not in stand:
        consents.require_given(stand, [attachments.PHOTO])


def _document(tx: Transaction, member_id: UUID, file_id: UUID) -> StoredFile:
    file = file_of(tx, file_id, subject=_subject(member_id))
    if not attachments.is_document(file):
        raise NotFound("There is no such file, or it is no longer kept.", rule="file_exists")
    return file


def _subject(member_id: UUID) -> str:
    return f"member/{member_id}"
