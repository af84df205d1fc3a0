"""Following what was promised: stages of the implementation, and the self-check of each December."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.contracts.governance.proposals.requests import MOST_MILESTONES
from services.governance.proposals import rules
from services.governance.proposals.tables import Check, Milestone
from services.governance.proposals.use_cases.showing import detail
from services.governance.proposals.use_cases.store import Step


def add_milestone(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Plan a stage."""
    step = Step(tx, request["proposal_id"])
    step.require("report")
    of_one = sa.select(sa.func.count()).select_from(Milestone).where(Milestone.proposal_id == step.proposal.id)
    refuse_first(
        rules.milestones_are_few(tx.session.scalar(of_one) or 0, MOST_MILESTONES),
        rules.day_is_ahead(request["due_on"], tx.today, "due_on"),
    )
    names = ("milestone", "due_on", "percent")
    tx.session.add(Milestone(proposal_id=step.proposal.id, **{name: request[name] for name in names}))
    step.take("report")
    return detail(tx, step.proposal)


def reach_milestone(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Report that a stage is reached; the proposal is done to its percent at least."""
    step, milestone = _milestone(tx, request)
    milestone.done_on = tx.today
    step.proposal.percent = max(step.proposal.percent, milestone.percent)
    step.take("report")
    return detail(tx, step.proposal)


def drop_milestone(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a stage out that is not reached."""
    step, milestone = _milestone(tx, request)
    tx.session.delete(milestone)
    step.take("report")
    return detail(tx, step.proposal)


def check_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Report how far an open proposal is this December."""
    step = Step(tx, request["proposal_id"])
    step.require("check")
    proposal, year = step.proposal, tx.today.year
    refuse_first(rules.check_is_in_december(tx.today, tx.session.get(Check, (proposal.id, year)) is not None))
    tx.session.add(Check(proposal_id=proposal.id, year=year, percent=request["percent"], why=request["why"]))
    proposal.percent = request["percent"]
    tx.session.flush()
    step.take("check", why=request["why"])
    return detail(tx, proposal)


def _milestone(tx: Transaction, request: dict[str, Any]) -> tuple[Step, Milestone]:
    step = Step(tx, request["proposal_id"])
    step.require("report")
    milestone_id: UUID = request["milestone_id"]
    milestone = tx.session.get(Milestone, milestone_id)
    if milestone is None or milestone.proposal_id != step.proposal.id:
        raise NotFound("There is no such stage.", field="milestone_id")
    refuse_first(rules.milestone_is_open(milestone.done_on))
    return step, milestone
