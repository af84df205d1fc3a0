"""Applications no unit has looked at yet: listed apart, rejected many at once, lapsed after the time the rules give."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from services.chassis.clock import start_of
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.optional import rule_or_none
from services.chassis.security.principal import Principal, require_unit
from services.contracts.membership.joining.operations import ApplicationRejected, ApplicationWithdrawn
from services.contracts.membership.joining.unconfirmed import MOST_UNCONFIRMED
from services.membership.joining import rules
from services.membership.joining.tables import Application, ApplicationStep
from services.membership.joining.use_cases.applications import ROW, erase_sensitive, note_step, unconfirmed
from services.membership.joining.use_cases.applying import facts
from services.membership.joining.workflow import JOINING

LAPSES = "joining.unconfirmed_days"
"""The rule that says after how many days an application lapses that no unit has looked at."""
_A_TURN = 500


def list_unconfirmed(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of them, oldest submission first."""
    found = _filtered(request, tx.principal)
    columns = [getattr(Application, field) for field in ROW]
    page = page_of(
        tx,
        sa.select(*columns, Application.origin).where(*found),
        request,
        [(Application.submitted_at, "asc"), (Application.id, "asc")],
    )
    rows = [row._asdict() for row in page.rows]
    places = _from_each_place(tx, {row["origin"] for row in rows if row["origin"]})
    for row in rows:
        row["from_same_place"] = places.get(row.pop("origin"))
    total = tx.session.scalar(sa.select(sa.func.count(Application.id)).where(*found)) if request["with_total"] else None
    return page.reply(rows, total=total)


def reject_unconfirmed(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Reject all that the filter finds but the asker's own, for the unit by its chair or for the union by an officer.

    Raises:
        Refused: they are not as many as the asker was told.
    """
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    statement = sa.select(Application).where(*_filtered(request, tx.principal))
    chosen = statement.order_by(Application.id).limit(MOST_UNCONFIRMED + 1).with_for_update()
    found = list(tx.session.scalars(chosen))
    refuse_first(rules.number_is_as_told(len(found), request["expected"]))
    asker = tx.principal.account_id
    applications = [one for one in found if rules.decider_is_not_applicant(one.account_id, asker) is None]
    state = JOINING.apply("submitted", "reject", roles=tx.principal.roles)
    _move(tx, applications, state, request["reason"])
    by = "union" if tx.principal.has("officer") else "unit"
    tx.record(*(ApplicationRejected(**facts(one), by=by) for one in applications))
    return {"rejected": len(applications)}


def let_lapse(tx: Transaction) -> int:
    """Let applications lapse that no unit has looked at for as long as the rule says; without a rule none lapses."""
    rule = rule_or_none(tx, LAPSES, tx.today)
    if rule is None:
        return 0
    old = sa.select(Application).where(unconfirmed(), Application.submitted_at < tx.now - timedelta(days=rule.count))
    turn = old.order_by(Application.submitted_at, Application.id).limit(_A_TURN).with_for_update(skip_locked=True)
    found = list(tx.session.scalars(turn))
    for application in found:
        application.state = JOINING.apply(application.state, "lapse", roles=None)
        erase_sensitive(tx, application)
        note_step(tx, application, "lapse")
        tx.record(ApplicationWithdrawn(**facts(application)))
    return len(found)


def _filtered(request: Mapping[str, Any], principal: Principal) -> list[sa.ColumnElement[bool]]:
    """Return the conditions of a request, narrowed to what the asker may see."""
    found = [unconfirmed()]
    if request["unit_id"] is not None:
        require_unit(principal, request["unit_id"])
        found.append(Application.unit_id == request["unit_id"])
    elif not principal.has("officer", "auditor"):
        found.append(Application.unit_id.in_(principal.units("chair")))
    if request["submitted_from"] is not None:
        found.append(Application.submitted_at >= start_of(request["submitted_from"]))
    if request["submitted_until"] is not None:
        found.append(Application.submitted_at < start_of(request["submitted_until"] + timedelta(days=1)))
    if request["same_place_as"] is not None:
        other = sa.select(Application.origin).where(Application.id == request["same_place_as"])
        found.append(Application.origin == other.scalar_subquery())
    return found


def _from_each_place(tx: Transaction, origins: Collection[str]) -> dict[str | None, int]:
    if not origins:
        return {}
    counted = sa.select(Application.origin, sa.func.count()).where(unconfirmed(), Application.origin.in_(origins))
    return {row[0]: row[1] for row in tx.session.execute(counted.group_by(Application.origin))}


def _move(tx: Transaction, applications: Sequence[Application], state: str, reason: str) -> None:
    """Put all into a state, with a step each, in two statements."""
    if not applications:
        return
    ids = [one.id for one in applications]
    changed = {"state": state, "origin": None, "updated_at": tx.now, "version": Application.version + 1}
    tx.session.execute(
        sa.update(Application)
        .where(Application.id.in_(ids))
        .values(**changed)
        .execution_options(synchronize_session=False)
    )
    step = {"action": "reject", "state": state, "at": tx.now, "account_id": tx.principal.account_id, "reason": reason}
    tx.session.execute(sa.insert(ApplicationStep), [{**step, "application_id": one} for one in ids])
