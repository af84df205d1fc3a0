"""The register of decisions: the list, and one decision with what the caller may do."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed
from services.chassis.security.unit_scope import sees_all_units
from services.governance.meetings.tables import MeetingDecision
from services.governance.meetings.use_cases.reading import seen_meetings
from services.governance.meetings.use_cases.store import body_of, meeting_of, names_of_bodies, roles_in
from services.governance.meetings.workflow import MANAGER
from services.governance.members.use_cases.copies import units_of

_ROW = (
    "id", "number", "meeting_id", "body_id", "title", "decided_on", "vote_way", "votes_for", "votes_against",
    "abstained", "outcome", "state", "published",
)  # fmt: skip
_MORE = (
    "text", "item_id", "motion_id", "ballot_id", "entitled", "present", "quorum", "base", "comparator", "needed",
    "replaces_id", "replaced_by_id", "reason", "recorded_at",
)  # fmt: skip


def list_meeting_decisions(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of decisions in sight, the latest first."""
    statement = sa.select(MeetingDecision)
    if not sees_all_units(tx.principal):
        statement = statement.where(_in_sight(tx))
    for name in ("body_id", "meeting_id", "outcome", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(MeetingDecision, name) == request[name])
    if request["ids"] is not None:
        statement = statement.where(MeetingDecision.id.in_(request["ids"]))
    if request["year"] is not None:
        first, last = date(request["year"], 1, 1), date(request["year"], 12, 31)
        statement = statement.where(MeetingDecision.decided_on.between(first, last))
    if request["q"]:
        said = (
            column.contains(request["q"], autoescape=True) for column in (MeetingDecision.title, MeetingDecision.number)
        )
        statement = statement.where(sa.or_(*said))
    page = page_of(tx, statement, request, [(MeetingDecision.decided_on, "desc"), (MeetingDecision.id, "desc")])
    names = names_of_bodies(tx, {one.body_id for one in page.rows})
    return page.reply([_row(one, names[one.body_id]) for one in page.rows])


def get_meeting_decision(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one decision, to those with a seat in its meeting, the offices, and members where it is published."""
    decision = tx.get(MeetingDecision, request["decision_id"], "There is no such decision.", field="decision_id")
    seen = sa.select(MeetingDecision.id).where(MeetingDecision.id == decision.id, _in_sight(tx))
    if not sees_all_units(tx.principal) and tx.session.scalar(seen) is None:
        raise NotAllowed("This decision is not published.", rule="meetings.decision_is_published")
    return decision_detail(tx, decision)


def decision_detail(tx: Transaction, decision: MeetingDecision) -> dict[str, Any]:
    """Return a decision whole."""
    meeting = meeting_of(tx, decision.meeting_id)
    manages = MANAGER in roles_in(tx, meeting)
    can = ["void"] if decision.state == "standing" and meeting.minutes_state != "approved" else []
    can += ["publish"] if decision.state != "voided" else []
    return {
        **_row(decision, body_of(tx, decision.body_id).name),
        **{name: getattr(decision, name) for name in _MORE},
        "rules": [{**rule, "valid_from": date.fromisoformat(rule["valid_from"])} for rule in decision.rules],
        "actions": can if manages else [],
    }


def _in_sight(tx: Transaction) -> Any:
    """Return which decisions a caller without an office sees."""
    member_id: UUID | None = tx.principal.member_id
    units = set(tx.principal.units("chair"))
    own_unit = units_of(tx, [member_id]).get(member_id) if member_id else None
    of_all = MeetingDecision.kind != "unit"
    of_unit = MeetingDecision.unit_id == own_unit if own_unit else sa.false()
    return sa.or_(
        MeetingDecision.meeting_id.in_(seen_meetings(tx)),
        MeetingDecision.unit_id.in_(units),
        sa.and_(MeetingDecision.published.is_(True), sa.or_(of_all, of_unit)),
    )


def _row(decision: MeetingDecision, body_name: str) -> dict[str, Any]:
    return {**{name: getattr(decision, name) for name in _ROW}, "body_name": body_name}
