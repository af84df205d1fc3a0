"""Requests for correction: asked by the member, decided by an officer, applied with the record's history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from marshmallow import ValidationError

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, refuse_first
from services.chassis.files.storage import StoredFile, file_of
from services.contracts.membership.corrections import CorrectionAsked, CorrectionEnded
from services.contracts.membership.record.shapes import UpdateMember
from services.membership.files.use_cases import files as attachments
from services.membership.person.use_cases import persons as details
from services.membership.privacy import rules
from services.membership.privacy.tables import Correction
from services.membership.privacy.use_cases.consenting import own_member
from services.membership.record.use_cases import changing, filing, reading
from services.membership.record.use_cases.standing import Member, member_of
from services.membership.versions import require_version

_SAME_NAMED = (
    "id", "member_id", "field", "reason", "document_id", "state", "asked_at", "decided_at", "answer", "version",
)  # fmt: skip


def may_attach_evidence(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the member may attach a document to the own record with this request."""
    refuse_first(rules.evidence_comes_once(request["document_id"] is not None, True))
    filing.may_attach(tx, {"member_id": own_member(tx)})


def ask_correction(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a member's request; the value has the form the record wants, or is refused at once."""
    member = member_of(tx, own_member(tx))
    field = request["field"]
    value = _typed(tx, member, field, request["value"])
    tx.lock(f"correction-{member.id}-{field}")
    refuse_first(
        rules.evidence_comes_once(request["document_id"] is not None, request["evidence"] is not None),
        rules.value_differs(value, getattr(member, field)),
        rules.correction_is_asked_once(_is_asked(tx, member.id, field)),
    )
    correction = Correction(
        member_id=member.id, field=field, value=_text(value), reason=request["reason"],
        document_id=_evidence(tx, member.id, request), state="asked", asked_at=tx.now, version=1,
    )  # fmt: skip
    tx.session.add(correction)
    tx.session.flush()
    tx.record(CorrectionAsked(**_named(correction, member)))
    return _to_reply(tx, correction, member, plain=True)


def _evidence(tx: Transaction, member_id: UUID, request: Mapping[str, Any]) -> UUID | None:
    """Return the document a request rests on: one of the record, or a new one attached to it."""
    if request["evidence"] is not None:
        attached: UUID = filing.attach_to_member(tx, {"member_id": member_id, **request["evidence"]})["id"]
        return attached
    if request["document_id"] is not None:
        file_of(tx, request["document_id"], subject=f"member/{member_id}")
    return request["document_id"]


def take_back_correction(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """The member withdraws the request."""
    member = member_of(tx, own_member(tx))
    correction = _get_for_update(tx, request["correction_id"])
    if correction.member_id != member.id:
        raise NotFound("There is no such request.", field="correction_id")
    refuse_first(rules.correction_is_open(correction.state))
    _end(tx, correction, member, "taken_back", None)
    return _to_reply(tx, correction, member, plain=True)


def decide_correction(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Accept a request, which corrects the record like any officer's correction, or refuse it with the reason."""
    correction = _get_for_update(tx, request["correction_id"])
    member = member_of(tx, correction.member_id)
    refuse_first(
        rules.correction_is_open(correction.state),
        rules.decider_is_another(tx.principal.member_id, member.id),
        rules.refusal_says_why(request["decision"], request["answer"]),
    )
    require_version(correction, request["version"])
    if request["decision"] == "accept":
        changes = _loaded(member, correction.field, correction.value or "")
        reason = f"本人申请更正：{correction.reason}"[:200]
        changing.update_member(tx, {**changes, "reason": reason})
    _end(tx, correction, member, "accepted" if request["decision"] == "accept" else "refused", request["answer"])
    return _to_reply(tx, correction, member)


def open_correction(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One request with its value in plain, for the officer who decides; logged."""
    correction = _get_for_update(tx, request["correction_id"])
    member = reading.visible_member(tx, correction.member_id)
    note_access(tx, f"member/{member.id}", correction.field, "办理本人的更正申请")
    return _to_reply(tx, correction, member, plain=True)


def list_my_corrections(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the own requests, newest first."""
    return _page(tx, request, Correction.member_id == own_member(tx), plain=True)


def list_corrections(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of all requests, newest first; values masked where the field is."""
    return _page(tx, request, sa.true(), plain=False)


def _page(tx: Transaction, request: Mapping[str, Any], whose: sa.ColumnElement[bool], *, plain: bool) -> dict[str, Any]:
    statement = sa.select(Correction, Member).join(Member, Member.id == Correction.member_id).where(whose)
    if request["state"] is not None:
        statement = statement.where(Correction.state == request["state"])
    if request["ids"] is not None:
        statement = statement.where(Correction.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(Correction.id, "desc")])
    # Documents are the member's and the officers'; an auditor sees none.
    sees_documents = plain or tx.principal.has("officer")
    documents = _documents(tx, [correction for correction, _ in page.rows]) if sees_documents else {}
    items = [_told(correction, member, documents, plain=plain) for correction, member in page.rows]
    for item, (_, member) in zip(items, page.rows, strict=True):
        # A request shows no more of a field than the record does.
        if not plain and not reading.sees_field(tx, member, item["field"]):
            item |= {"value": None, "present": None}
    return page.reply(items)


def _end(tx: Transaction, correction: Correction, member: Member, outcome: str, answer: str | None) -> None:
    correction.state, correction.decided_at, correction.answer = outcome, tx.now, answer
    correction.version += 1
    tx.record(CorrectionEnded(**_named(correction, member), outcome=outcome))


def _to_reply(tx: Transaction, correction: Correction, member: Member, *, plain: bool = False) -> dict[str, Any]:
    return _told(correction, member, _documents(tx, [correction]), plain=plain)


def _documents(tx: Transaction, corrections: Iterable[Correction]) -> dict[UUID, dict[str, Any]]:
    """Return the documents requests rest on, by id, in one statement."""
    ids = [correction.document_id for correction in corrections if correction.document_id is not None]
    found = tx.session.scalars(sa.select(StoredFile).where(StoredFile.id.in_(ids))) if ids else ()
    return {file.id: attachments.to_reply(file) for file in found}


def _told(
    correction: Correction, member: Member, documents: Mapping[UUID, Mapping[str, Any]], *, plain: bool
) -> dict[str, Any]:
    field, value = correction.field, correction.value
    present = _text(getattr(member, field))
    told = {name: getattr(correction, name) for name in _SAME_NAMED}
    return {
        **told,
        "unit_id": member.unit_id,
        "document": documents.get(correction.document_id) if correction.document_id else None,
        "value": value if plain else reading.masked(field, value),
        "present": reading.masked(field, present),
    }


def _typed(tx: Transaction, member: Member, field: str, text: str) -> Any:
    """Return the value in the form of the record. Raises `InvalidInput` naming `value`."""
    loaded = _loaded(member, field, text)
    stated = details.in_written_form({field: loaded[field]})
    together = {name: getattr(member, name) for name in ("birth_date", "id_number", "hired_on")}
    found = [one for one in details.refusals_of({**together, **stated}, tx.today) if one.field == field]
    if found:
        raise InvalidInput(found[0].detail, field="value", rule=found[0].rule)
    return stated[field]


def _loaded(member: Member, field: str, text: str) -> dict[str, Any]:
    payload = {"member_id": str(member.id), "version": member.version, field: text}
    try:
        loaded: dict[str, Any] = UpdateMember().load(payload)
    except ValidationError as error:
        raise InvalidInput(errors={"value": error.normalized_messages().get(field, [])}) from None
    return loaded


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _named(correction: Correction, member: Member) -> dict[str, UUID]:
    return {"correction_id": correction.id, "member_id": member.id, "unit_id": member.unit_id}


def _is_asked(tx: Transaction, member_id: UUID, field: str) -> bool:
    same = Correction.member_id == member_id, Correction.field == field, Correction.state == "asked"
    return tx.session.scalar(sa.select(Correction.id).where(*same)) is not None


def _get_for_update(tx: Transaction, correction_id: UUID) -> Correction:
    return tx.get(Correction, correction_id, "There is no such request.", field="correction_id", lock=True)
