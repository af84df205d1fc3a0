"""Admitting a roster: every row judged, all or none admitted, few statements whatever the number of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput
from services.chassis.rules.refusal import Refusal
from services.membership.organisation.use_cases import directory
from services.membership.person.use_cases import persons as details
from services.membership.record.use_cases import admission, roster


def admit_members(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> list[tuple[UUID, str]]:
    """Admit a roster and return (member id, number) in the order of its rows.

    Args:
        tx: the transaction.
        rows: typed rows of the contract's `NewMember`, at most 1,000.

    Raises:
        InvalidInput: `errors["rows"]` names each bad row by its place, with its fields; nobody is admitted.
    """
    people = [_prepared(tx, row) for row in rows]
    units = directory.units_by_id(
        tx, {one for person in people for one in (person["unit_id"], person["group_id"])}, lock=True
    )
    admission.hold_series(tx)
    persons = {person["id_number_index"] for person in people}
    taken, left = set(roster.standing_persons(tx, persons)), roster.days_left(tx, persons)
    errors: dict[str, dict[str, list[str]]] = {}
    for place, person in enumerate(people):
        refusals = _refusals(tx, person, units, taken, left)
        taken.add(person["id_number_index"])
        if refusals:
            errors[str(place)] = details.messages_of(refusals)
    if errors:
        raise InvalidInput(f"{len(errors)} of {len(rows)} rows can't be admitted.", errors={"rows": errors})
    return admission.admit(tx, people, "admitted from a roster")


def _prepared(tx: Transaction, row: Mapping[str, Any]) -> dict[str, Any]:
    person = details.in_written_form(row)
    person["id_number_index"] = details.index_of(person["id_number"])
    person["joined_on"] = person["joined_on"] or tx.today
    person["application_id"] = None
    return person


def _refusals(
    tx: Transaction, person: dict[str, Any], units: dict[UUID, directory.Unit], taken: set[str], left: dict[str, date]
) -> list[Refusal]:
    group = units.get(person["group_id"])
    answers = details.refusals_of(person, tx.today)
    answers += admission.refusals(person, units.get(person["unit_id"]), taken, tx.today, left)
    if person["group_id"] is not None:
        misplaced = directory.refusal_of_group(group, person["unit_id"])
        answers += [misplaced] if misplaced else []
    return answers
