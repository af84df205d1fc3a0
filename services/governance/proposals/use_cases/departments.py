"""The register of departments that handle proposals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import PreconditionFailed, refuse_first
from services.governance.proposals import rules
from services.governance.proposals.tables import Assignment, Campaign, Department, DepartmentContact, Proposal
from services.governance.proposals.use_cases.people import contacts_of
from services.governance.proposals.workflow import OPEN_STATES

_COLUMNS = ("name", "leader_id", "note")


def load_department(tx: Transaction, department_id: UUID, *, lock: bool = False) -> Department:
    """Return a department. Raises `NotFound`."""
    return tx.get(Department, department_id, "There is no such department.", lock=lock, field="department_id")


def list_departments(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of departments by name."""
    statement = sa.select(Department)
    if request["active"] is not None:
        statement = statement.where(Department.active == request["active"])
    if request["q"]:
        statement = statement.where(Department.name.icontains(request["q"], autoescape=True))
    if request["ids"] is not None:
        statement = statement.where(Department.id.in_(request["ids"]))
    page = page_of(tx, statement, request, [(Department.name, "asc"), (Department.id, "asc")])
    return page.reply(_shown(tx, page.rows))


def get_department(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one department."""
    return _shown(tx, [load_department(tx, request["department_id"])])[0]


def add_department(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Enter a department; its name is free."""
    tx.lock("departments")
    refuse_first(rules.name_is_free(_is_taken(tx, request["name"], None)))
    department = Department(**{name: request[name] for name in _COLUMNS}, active=True, version=1)
    tx.session.add(department)
    tx.session.flush()
    _set_contacts(tx, department.id, request["contact_ids"])
    note_change(tx, f"department/{department.id}", {"name": (None, department.name)})
    return _shown(tx, [department])[0]


def change_department(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a department; what waits for its leader and contacts is told to the new ones."""
    tx.lock("departments")
    department = load_department(tx, request["department_id"], lock=True)
    if department.version != request["version"]:
        raise PreconditionFailed("Somebody changed this meanwhile; look at it again.", rule="version_is_current")
    refuse_first(
        rules.name_is_free(_is_taken(tx, request["name"], department.id)),
        rules.department_is_free(_handled(tx, department.id), request["active"]),
    )
    names = (*_COLUMNS, "active")
    changes = {name: (getattr(department, name), request[name]) for name in names}
    before = contacts_of(tx, [department.id])[department.id]
    after = sorted(request["contact_ids"])
    for name in names:
        setattr(department, name, request[name])
    department.version += 1
    if before != after:
        _set_contacts(tx, department.id, request["contact_ids"])
    note_change(tx, f"department/{department.id}", {**changes, "contact_ids": (before, after)})
    if before != after or changes["leader_id"][0] != changes["leader_id"][1]:
        _tell_again(tx, department.id)
    tx.session.flush()
    return _shown(tx, [department])[0]


def _set_contacts(tx: Transaction, department_id: UUID, member_ids: Sequence[UUID]) -> None:
    tx.session.execute(sa.delete(DepartmentContact).where(DepartmentContact.department_id == department_id))
    for member_id in dict.fromkeys(member_ids):
        tx.session.add(DepartmentContact(department_id=department_id, member_id=member_id))
    tx.session.flush()


def _tell_again(tx: Transaction, department_id: UUID) -> None:
    handled = sa.select(Assignment.proposal_id).where(Assignment.department_id == department_id)
    inspected = sa.select(Campaign.id).where(Campaign.inspector_id == department_id)
    concerned = sa.or_(Proposal.id.in_(handled), Proposal.campaign_id.in_(inspected))
    tx.session.execute(
        sa.update(Proposal)
        .where(concerned, Proposal.state.in_(OPEN_STATES))
        .values(retell=True)
        .execution_options(synchronize_session=False)
    )


def _handled(tx: Transaction, department_id: UUID) -> int:
    handled = (
        sa.select(sa.func.count())
        .select_from(Assignment)
        .join(Proposal, Proposal.id == Assignment.proposal_id)
        .where(Assignment.department_id == department_id, Proposal.state.in_(OPEN_STATES))
    )
    return tx.session.scalar(handled) or 0


def _is_taken(tx: Transaction, name: str, besides: UUID | None) -> bool:
    found = tx.session.scalar(sa.select(Department.id).where(Department.name == name))
    return found is not None and found != besides


def _shown(tx: Transaction, departments: Sequence[Department]) -> list[dict[str, Any]]:
    contacts = contacts_of(tx, [one.id for one in departments])
    names = ("id", *_COLUMNS, "active", "version")
    return [{**{name: getattr(one, name) for name in names}, "contact_ids": contacts[one.id]} for one in departments]
