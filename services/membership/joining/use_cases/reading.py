"""Reading applications: queue, own ones, one with its steps, one sensitive field in plain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.names import canonical_name
from services.chassis.security.principal import Principal, require_unit
from services.chassis.security.unit_scope import in_seen_units
from services.membership.base import begins
from services.membership.joining.tables import Application
from services.membership.joining.use_cases.applications import ROW, capacities, to_reply, unconfirmed


def list_applications(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the queue, oldest submission first."""
    columns = [getattr(Application, field) for field in ROW]
    statement = _queue(sa.select(*columns), request, tx.principal)
    page = page_of(tx, statement, request, [(Application.submitted_at, "asc"), (Application.id, "asc")])
    total = None
    if request["with_total"]:
        total = tx.session.scalar(_queue(sa.select(sa.func.count(Application.id)), request, tx.principal))
    return page.reply([row._asdict() for row in page.rows], total=total)


def application_figures(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Count the applications that wait, in one statement."""
    waiting = Application.state.in_(("submitted", "unit_reviewed"))
    counted = {
        "submitted": Application.state == "submitted",
        "unconfirmed": unconfirmed(),
        "unit_reviewed": Application.state == "unit_reviewed",
    }
    figures = [sa.func.count().filter(condition).label(name) for name, condition in counted.items()]
    statement = sa.select(*figures).select_from(Application).where(waiting)
    narrowed = _in_sight(statement, request["unit_id"], tx.principal)
    return dict(tx.session.execute(narrowed).one()._mapping)


def my_applications(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the asking account's applications, newest first."""
    columns = [getattr(Application, field) for field in ROW]
    statement = sa.select(*columns).where(Application.account_id == tx.principal.account_id)
    page = page_of(tx, statement, request, [(Application.id, "desc")])
    return page.reply([row._asdict() for row in page.rows])


def get_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One application for its applicant, the unit's chair, officers and auditors."""
    application = _found(tx, request["application_id"])
    known_as = capacities(tx.principal, application)
    if not known_as or (application.submitted_at is None and "applicant" not in known_as):
        raise NotAllowed("This is somebody else's application.", rule="own_application")
    return to_reply(tx, application)


def unmask_application(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One sensitive field in plain; the look is logged."""
    application = _found(tx, request["application_id"])
    if application.unit_id is None or application.submitted_at is None:
        raise NotAllowed("A draft is the applicant's own.", rule="own_application")
    require_unit(tx.principal, application.unit_id, also=("officer",))
    field = request["field"]
    note_access(tx, f"application/{application.id}", field, request["purpose"])
    return {"field": field, "value": getattr(application, field)}


def _queue(statement: sa.Select, request: Mapping[str, Any], principal: Principal) -> sa.Select:
    """Narrow to submitted applications that were asked for and may be seen; drafts are seen by their applicant only."""
    statement = _in_sight(statement, request["unit_id"], principal)
    if request["state"] is not None:
        statement = statement.where(Application.state == request["state"])
    if request["confirmed"] is not None:
        statement = statement.where(~unconfirmed() if request["confirmed"] else unconfirmed())
    if request["ids"] is not None:
        statement = statement.where(Application.id.in_(request["ids"]))
    if request["q"]:
        statement = statement.where(begins(Application.name, canonical_name(request["q"])))
    return statement


def _in_sight(statement: sa.Select, unit_id: UUID | None, principal: Principal) -> sa.Select:
    submitted = statement.where(Application.submitted_at.is_not(None))
    return in_seen_units(submitted, Application.unit_id, principal, unit_id)


def _found(tx: Transaction, application_id: UUID) -> Application:
    return tx.get(Application, application_id, "There is no such application.", field="application_id")
