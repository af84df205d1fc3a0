"""A unit applies for its newcomers together: every row judged, all or none taken, few statements for any number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.consents import NEEDED_TO_JOIN
from services.contracts.membership.joining.applications import ApplicantFields
from services.contracts.membership.joining.operations import ApplicationReviewed, ApplicationSubmitted
from services.membership.consents.use_cases import wordings as consents
from services.membership.joining import rules
from services.membership.joining.tables import Application, ApplicationStep
from services.membership.joining.use_cases import queue
from services.membership.joining.use_cases.applying import new_receipt_code, receipt_hash
from services.membership.joining.use_cases.deciding import require_in_charge
from services.membership.joining.use_cases.terms import terms_of
from services.membership.joining.workflow import JOINING
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import roster

_STATED = tuple(ApplicantFields().fields)


def propose_newcomers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Make an application of each row, accepted by the unit already; the union approves them as it does others.

    Raises:
        NotAllowed: the asker doesn't speak for the unit.
        InvalidInput: `errors["rows"]` names each bad row by its place, with its fields; none is taken.
    """
    unit_id = request["unit_id"]
    require_in_charge(tx, unit_id)
    unit = directory.units_by_id(tx, {unit_id}, lock=True).get(unit_id)
    refuse_first(directory.refusal_to_take_members(unit))
    state = JOINING.apply(JOINING.initial, "propose", roles=tx.principal.roles)
    people = [details.completed(details.in_written_form({**row, "unit_id": unit_id})) for row in request["rows"]]
    for person in people:
        person["id_number_index"] = details.index_of(person["id_number"])
    agreed = consents.stated({"consents": request["consents"]})
    _require_consents(tx, people, agreed)
    _require_sound(tx, people, request["documents_seen"])
    codes = [new_receipt_code() for _ in people]
    seen = request["documents_seen"]
    rows = [
        {**_row(tx, person, code, state), "documents_seen": seen} for person, code in zip(people, codes, strict=True)
    ]
    tx.session.execute(sa.insert(Application), rows)
    tx.session.execute(sa.insert(ApplicationStep), [_step(tx, row) for row in rows])
    _keep_consents(tx, rows, agreed)
    for row in rows:
        told = {"application_id": row["id"], "unit_id": unit_id, "account_id": None}
        tx.record(ApplicationSubmitted(**told), ApplicationReviewed(**told))
    return {
        "items": [{"application_id": row["id"], "receipt_code": code} for row, code in zip(rows, codes, strict=True)]
    }


def _require_consents(tx: Transaction, people: list[dict[str, Any]], agreed: dict[str, str] | None) -> None:
    if agreed is not None:
        consents.require_current(tx, agreed, NEEDED_TO_JOIN)
        return
    for version in {person["consent_version"] for person in people}:
        consents.require_current(tx, dict.fromkeys(NEEDED_TO_JOIN, version), NEEDED_TO_JOIN)


def _keep_consents(tx: Transaction, rows: list[dict[str, Any]], agreed: dict[str, str] | None) -> None:
    """The unit passes on what the newcomers agreed to, most of them to the same wordings."""
    if agreed is not None:
        consents.keep(tx, [row["id"] for row in rows], agreed, by_unit=True)
        return
    by_version: dict[str, list[Any]] = {}
    for row in rows:
        by_version.setdefault(row["consent_version"], []).append(row["id"])
    for version, ids in by_version.items():
        consents.keep(tx, ids, dict.fromkeys(NEEDED_TO_JOIN, version), by_unit=True)


def _require_sound(tx: Transaction, people: list[dict[str, Any]], seen: bool) -> None:
    conditions = {one: terms_of(tx, one, tx.today) for one in {person["employment"] for person in people}}
    indexes = {person["id_number_index"] for person in people}
    members, applying = roster.standing_persons(tx, indexes), set(queue.applying_persons(tx, indexes))
    errors: dict[str, dict[str, list[str]]] = {}
    for place, person in enumerate(people):
        index = person["id_number_index"]
        answers: list[Refusal | None] = [*details.refusals_of(person, tx.today)]
        answers.append(roster.refusal_of_person(index, members))
        answers.append(rules.person_has_no_open_application(index in applying))
        asked = conditions[person["employment"]]
        answers += [asked.refusal_to_join(), asked.refusal_of_documents((), seen=seen)]
        applying.add(index)
        refusals = [answer for answer in answers if answer is not None]
        if refusals:
            errors[str(place)] = details.messages_of(refusals)
    if errors:
        raise InvalidInput(f"{len(errors)} of {len(people)} rows can't be taken.", errors={"rows": errors})


def _row(tx: Transaction, person: Mapping[str, Any], code: str, state: str) -> dict[str, Any]:
    return {
        **{field: person.get(field) for field in _STATED},
        "id": uuid7(),
        "id_number_index": person["id_number_index"],
        "state": state,
        "account_id": None,
        "receipt_hash": receipt_hash(code),
        "submitted_at": tx.now,
        "updated_at": tx.now,
        "version": 1,
    }


def _step(tx: Transaction, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "application_id": row["id"],
        "action": "propose",
        "state": row["state"],
        "at": tx.now,
        "account_id": tx.principal.account_id,
        "reason": None,
    }
