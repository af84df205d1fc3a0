"""Loading surveys, who runs and who sees them, moving them on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.surveys.tables import Survey, SurveyGroup, SurveyRoll
from services.activities.surveys.workflow import CLOCK, RUNS, SURVEY
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units

NO_SURVEY = "There is no such survey."


def survey_of(tx: Transaction, survey_id: UUID) -> Survey:
    """Return a survey. Raises `NotFound`."""
    return tx.get(Survey, survey_id, NO_SURVEY, field="survey_id")


def held(tx: Transaction, survey_id: UUID) -> Survey:
    """Return a survey for a change of its state: no answer is being taken, and none is until the transaction ends."""
    tx.lock(lock_of(survey_id))
    return tx.get(Survey, survey_id, NO_SURVEY, field="survey_id", lock=True)


def held_to_run(tx: Transaction, survey_id: UUID) -> Survey:
    """Return a held survey that the caller runs. Raises `NotAllowed`."""
    row = held(tx, survey_id)
    require_runs(tx.principal, row.unit_id)
    return row


def lock_of(survey_id: UUID) -> str:
    """Return the name of the lock that answers share and that changes of the state take alone."""
    return f"survey-{survey_id}"


def groups_of(tx: Transaction, survey_id: UUID) -> list[SurveyGroup]:
    """Return the groups of a survey, in order."""
    of_survey = sa.select(SurveyGroup).where(SurveyGroup.survey_id == survey_id)
    return list(tx.session.scalars(of_survey.order_by(SurveyGroup.number)))


def group_of(tx: Transaction, survey_id: UUID, member_id: UUID | None) -> int | None:
    """Return the group of a member on the roll; None where the member does not stand on it."""
    if member_id is None:
        return None
    mine = sa.select(SurveyRoll.group).where(SurveyRoll.survey_id == survey_id, SurveyRoll.member_id == member_id)
    return tx.session.scalar(mine)


def runs(principal: Principal, unit_id: UUID | None) -> bool:
    """Whether the caller runs surveys of this unit; those of the union are its officers'."""
    return principal.kind == "service" or principal.has("officer") or unit_id in principal.units("chair")


def looks(principal: Principal, unit_id: UUID | None) -> bool:
    """Whether the caller runs or audits surveys of this unit."""
    return sees_all_units(principal) or runs(principal, unit_id)


def require_runs(principal: Principal, unit_id: UUID | None) -> None:
    """Raise `NotAllowed` unless the caller runs surveys of this unit."""
    if not runs(principal, unit_id):
        raise NotAllowed("This belongs to another unit.", rule="own_unit")


def require_looks(principal: Principal, unit_id: UUID | None) -> None:
    """Raise `NotAllowed` unless the caller runs or audits surveys of this unit."""
    if not looks(principal, unit_id):
        raise NotAllowed("This belongs to another unit.", rule="own_unit")


def move(tx: Transaction, row: Survey, action: str, reason: str | None = None, *, by_clock: bool = False) -> None:
    """Take a survey on by an action and keep who did it. Raises `Refused` where its state forbids it."""
    state = SURVEY.apply(row.state, action, roles=frozenset({CLOCK if by_clock else RUNS}))
    note_change(tx, subject_of(row.id), {"step": (None, action), "state": (row.state, state)}, reason)
    row.state = state
    row.version += 1


def tell(row: Survey, what: str | None) -> None:
    """Let the recurring work tell those on the roll of something, from the first."""
    row.telling, row.reached = what, None


def subject_of(survey_id: UUID) -> str:
    """Return the name under which a survey's changes are kept."""
    return f"survey/{survey_id}"


def terms(row: Survey) -> dict[str, Any]:
    """Return what events tell of a survey."""
    return {"survey_id": row.id, "activity_id": row.activity_id, "entitled": row.entitled}
