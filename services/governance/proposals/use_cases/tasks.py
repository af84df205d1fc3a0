"""What waits for whom: computed from the state of a proposal, told with every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.governance.proposals.tables import Campaign, Check, Proposal, Reply
from services.governance.proposals.use_cases.people import (
    Person,
    assignments_of,
    contacts_of,
    grades_of,
    leader_of,
    raters_of,
)
from services.governance.proposals.workflow import DUE_STATES, HANDLED, OPEN_STATES

_OF_OFFICE = {
    "submitted": "review", "review": "review", "disputed": "rule", "filed": "assign", "rated": "finish",
    "suggestion": "finish",
}  # fmt: skip
_DECEMBER = 12
Task = dict[str, Any]


def tasks_of(tx: Transaction, proposal: Proposal, campaign: Campaign, people: Sequence[Person]) -> list[Task]:
    """Return what waits now: the task, for which members (none: the office), until when."""
    state = proposal.state
    if state in _OF_OFFICE:
        found = [_task(_OF_OFFICE[state])]
    elif state == "seconding":
        found = _for("confirm", (one.member_id for one in people if not one.current))
    elif state in ("assigned", *HANDLED, "co_signing"):
        found = _of_departments(tx, proposal)
    elif state == "approving":
        leader = leader_of(tx, proposal)
        found = _for("approve", [leader] if leader else [])
    elif state == "inspecting":
        inspector = campaign.inspector_id
        found = _for("inspect", contacts_of(tx, [inspector])[inspector] if inspector else [])
    elif state == "approved":
        found = [] if _is_scheduled(tx, proposal) else [_task("publish")]
    elif state == "replied":
        rated = grades_of(tx, proposal)
        found = _for("rate", (one for one in raters_of(people) if one not in rated))
    else:
        found = []
    due = _due(proposal, tx.today)
    return [{**one, **due} if one["task"] in ("handle", "help", "co_sign", "approve") else one for one in found] + (
        _checks(tx, proposal, campaign)
    )


def _task(task: str, members: Iterable[UUID] = ()) -> Task:
    return {"task": task, "member_ids": list(dict.fromkeys(members)), "due_on": None, "overdue": False}


def _for(task: str, members: Iterable[UUID]) -> list[Task]:
    """Return a task of members; none where there are no members, since that would be the office's."""
    found = _task(task, members)
    return [found] if found["member_ids"] else []


def _of_departments(tx: Transaction, proposal: Proposal) -> list[Task]:
    parts = [assignment for assignment, _ in assignments_of(tx, proposal.id)]
    contacts = contacts_of(tx, [one.department_id for one in parts])

    def members(fits: Callable[[Any], bool]) -> list[UUID]:
        return [member for one in parts if fits(one) for member in contacts[one.department_id]]

    if proposal.state == "co_signing":
        return _for("co_sign", members(lambda one: one.part == "assisting" and one.signed_round < proposal.round))
    return [
        *_for("handle", members(lambda one: one.part == "lead")),
        *_for("help", members(lambda one: one.part == "assisting" and one.text is None)),
    ]


def _due(proposal: Proposal, today: date) -> Task:
    if proposal.state not in DUE_STATES or proposal.due_on is None:
        return {}
    return {"due_on": proposal.due_on, "overdue": proposal.due_on < today}


def _is_scheduled(tx: Transaction, proposal: Proposal) -> bool:
    reply = tx.session.get(Reply, (proposal.id, proposal.round))
    return reply is not None and reply.publish_on is not None


def _checks(tx: Transaction, proposal: Proposal, campaign: Campaign) -> list[Task]:
    """Return the self-check of this December, until it is made."""
    if tx.today.month != _DECEMBER or "self_check" not in campaign.switches or proposal.department_id is None:
        return []
    if proposal.state not in OPEN_STATES or proposal.state == "filed":
        return []
    made = sa.select(Check).where(Check.proposal_id == proposal.id, Check.year == tx.today.year)
    if tx.session.scalar(made) is not None:
        return []
    contacts = contacts_of(tx, [proposal.department_id])[proposal.department_id]
    return [{**one, "due_on": date(tx.today.year, _DECEMBER, 31)} for one in _for("check", contacts)]
