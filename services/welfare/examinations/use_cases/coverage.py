"""Lists of who is examined, and how many of each unit were: towards everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.examinations.events import ExaminationProgressed
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examination, Examinee
from services.welfare.examinations.use_cases.reminding import not_booked
from services.welfare.examinations.use_cases.store import examination_of, examinee_replies
from services.welfare.examinations.workflow import NOT_BOOKED, ON_LIST

_AT_ONCE = 20


def list_examinees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the members on a campaign's list."""
    statement = sa.select(Examinee).where(Examinee.examination_id == request["examination_id"])
    for name in ("state", "slot_id", "unit_id"):
        if request[name] is not None:
            statement = statement.where(getattr(Examinee, name) == request[name])
    page = page_of(tx, statement, request, [(Examinee.id, "asc")])
    return page.reply(examinee_replies(tx, page.rows))


def list_unbooked_examinees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the members without appointment, of the units the caller sees."""
    statement = sa.select(Examinee).where(*not_booked(request["examination_id"]))
    statement = in_seen_units(statement, Examinee.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(Examinee.unit_id, "asc"), (Examinee.id, "asc")])
    names = ("member_id", "unit_id", "reminded")
    return page.reply([{name: getattr(one, name) for name in names} for one in page.rows])


def examination_coverage(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """How many of each unit the caller sees are on the list, came, and have an appointment or none; lowest first."""
    examination = examination_of(tx, request["examination_id"])
    statement = (
        sa.select(Examinee.unit_id, Examinee.state, sa.func.count())
        .where(Examinee.examination_id == examination.id, Examinee.state.in_(ON_LIST))
        .group_by(Examinee.unit_id, Examinee.state)
    )
    statement = in_seen_units(statement, Examinee.unit_id, tx.principal, request["unit_id"])
    by_unit: dict[Any, dict[str, int]] = {}
    for unit_id, state, count in tx.session.execute(statement):
        by_unit.setdefault(unit_id, {})[state] = int(count)
    units = [{"unit_id": unit_id, **_figures(states)} for unit_id, states in by_unit.items()]
    states = {state: sum(of.get(state, 0) for of in by_unit.values()) for state in ON_LIST}
    units.sort(key=lambda unit: (unit["percent"], str(unit["unit_id"])))
    return {"examination_id": examination.id, **_figures(states), "units": units}


def tell_progress(tx: Transaction) -> None:
    """Announce how many of each open campaign's list came, where that has changed."""
    going_on = sa.select(Examination).where(Examination.state == "open").order_by(Examination.id.desc())
    for examination in tx.session.scalars(going_on.limit(_AT_ONCE).with_for_update(skip_locked=True)):
        tell_progress_of(tx, examination)


def tell_progress_of(tx: Transaction, examination: Examination) -> None:
    """Announce how many of a locked campaign's list came, where that has changed."""
    counted = (
        sa.select(Examinee.state, sa.func.count())
        .where(Examinee.examination_id == examination.id, Examinee.state.in_(ON_LIST))
        .group_by(Examinee.state)
    )
    figures = _figures({state: int(count) for state, count in tx.session.execute(counted)})
    told = f"{figures['attended']}/{figures['eligible']}"
    if told == examination.progress_told:
        return
    examination.progress_told = told
    tx.record(
        ExaminationProgressed(
            examination_id=examination.id,
            year=examination.year,
            kind=examination.kind,
            eligible=figures["eligible"],
            attended=figures["attended"],
        )
    )


def _figures(states: Mapping[str, int]) -> dict[str, int]:
    eligible, attended = sum(states.values()), states.get("attended", 0)
    return {
        "eligible": eligible,
        "attended": attended,
        "booked": states.get("booked", 0),
        "no_show": states.get("no_show", 0),
        "unbooked": sum(states.get(state, 0) for state in NOT_BOOKED),
        "percent": rules.percent(attended, eligible),
    }
