"""How many of each unit are on a campaign's list, were examined, and have an appointment or none."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examinee
from services.welfare.examinations.workflow import NOT_BOOKED, ON_LIST

States = Mapping[str, int]
"""How many members are in each state."""


def counted_by_unit(examination_id: UUID) -> sa.Select[UUID, str, int]:
    """Return the select of how many members of each unit are in each state."""
    return (
        sa.select(Examinee.unit_id, Examinee.state, sa.func.count())
        .where(Examinee.examination_id == examination_id, Examinee.state.in_(ON_LIST))
        .group_by(Examinee.unit_id, Examinee.state)
    )


def counted_of_units(examination_id: UUID) -> sa.Select:
    """Return the select of the figures of each unit, a row each; see `figures_of`."""
    count, state = sa.func.count, Examinee.state
    attended = count().filter(state == "attended")
    return (
        sa.select(
            Examinee.unit_id,
            count().label("eligible"),
            attended.label("attended"),
            count().filter(state == "booked").label("booked"),
            count().filter(state == "no_show").label("no_show"),
            count().filter(state.in_(NOT_BOOKED)).label("unbooked"),
            (attended * 100 // count()).label("percent"),
        )
        .where(Examinee.examination_id == examination_id, state.in_(ON_LIST))
        .group_by(Examinee.unit_id)
    )


def by_unit(tx: Transaction, examination_id: UUID) -> dict[UUID, States]:
    """Return how many members of each unit are in each state."""
    return sorted_out(tx, counted_by_unit(examination_id))


def sorted_out(tx: Transaction, counted: sa.Select[UUID, str, int]) -> dict[UUID, States]:
    """Return what a select of `counted_by_unit`, narrowed to some units, found."""
    found: dict[UUID, dict[str, int]] = {}
    for unit_id, state, count in tx.session.execute(counted):
        found.setdefault(unit_id, {})[state] = int(count)
    return dict(found)


def in_all(units: Mapping[UUID, States]) -> States:
    """Return how many members of all units are in each state."""
    return {state: sum(states.get(state, 0) for states in units.values()) for state in ON_LIST}


def figures_of(states: States) -> dict[str, int]:
    """Return the figures of a coverage; `unbooked` includes who did not come."""
    eligible, attended = sum(states.values()), states.get("attended", 0)
    return {
        "eligible": eligible,
        "attended": attended,
        "booked": states.get("booked", 0),
        "no_show": states.get("no_show", 0),
        "unbooked": sum(states.get(state, 0) for state in NOT_BOOKED),
        "percent": rules.percent(attended, eligible),
    }
