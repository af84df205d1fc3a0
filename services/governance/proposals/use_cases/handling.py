"""Handling filed proposals: assigning, handing back, gathering, replying, co-signing, approving, publishing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.proposals.events import ProposalAssigned, ProposalReplied
from services.governance.proposals import rules
from services.governance.proposals.tables import Assignment, Campaign, Department, Proposal, Reply
from services.governance.proposals.use_cases.people import assignments_of, own_departments
from services.governance.proposals.use_cases.showing import detail
from services.governance.proposals.use_cases.store import Step, ids_of, note_step
from services.governance.proposals.workflow import workflow_of

_DONE = 100


def assign_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Assign a filed proposal. Raises `Refused` for departments that do not fit, or a day that is past."""
    step = Step(tx, request["proposal_id"])
    step.require("assign")
    lead, assisting = request["department_id"], request["assisting_ids"]
    active = tx.session.scalars(
        sa.select(Department.id).where(Department.id.in_([lead, *assisting]), Department.active)
    )
    refuse_first(
        rules.departments_are_fit(lead, assisting, set(active)),
        rules.day_is_ahead(request["due_on"], tx.today, "due_on"),
    )
    proposal = step.proposal
    for department_id in (lead, *assisting):
        part = "lead" if department_id == lead else "assisting"
        tx.session.add(Assignment(proposal_id=proposal.id, department_id=department_id, part=part, signed_round=0))
    proposal.department_id, proposal.due_on = lead, request["due_on"]
    proposal.reminded = proposal.overdue_told = False
    tx.session.flush()
    step.take("assign")
    tx.record(
        ProposalAssigned(
            **ids_of(proposal, step.campaign), department_id=lead, assisting_ids=assisting, due_on=request["due_on"]
        )
    )
    return detail(tx, proposal)


def hand_back_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Hand an assignment back; the office assigns it anew."""
    step = Step(tx, request["proposal_id"])
    step.require("hand_back")
    tx.session.execute(sa.delete(Assignment).where(Assignment.proposal_id == step.proposal.id))
    step.proposal.department_id = step.proposal.due_on = None
    step.take("hand_back", why=request["why"])
    return detail(tx, step.proposal)


def accept_assignment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Accept an assignment as lead department."""
    step = Step(tx, request["proposal_id"])
    step.take("accept")
    return detail(tx, step.proposal)


def contribute_to_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep what the caller's assisting departments say; the lead department answers once, with all of it."""
    step = Step(tx, request["proposal_id"])
    step.require("contribute")
    for part in _own_parts(step):
        part.text = request["text"]
    step.take("contribute")
    return detail(tx, step.proposal)


def reply_to_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the reply of this round; nobody but those who decide about it sees it."""
    step = Step(tx, request["proposal_id"])
    parts = [part for part, _ in assignments_of(tx, step.proposal.id) if part.part == "assisting"]
    step.require("reply")
    refuse_first(rules.outcome_is_classed(request["outcome"], "outcome_class" in step.campaign.switches))
    key = step.proposal.id, step.proposal.round
    reply = tx.session.get(Reply, key)
    if reply is None:
        reply = Reply(proposal_id=key[0], round=key[1], text=request["text"])
        tx.session.add(reply)
    reply.text, reply.outcome, reply.publish_on = request["text"], request["outcome"], None
    for part in parts:
        part.signed_round = 0
    tx.session.flush()
    step.take("reply", assisting=len(parts))
    return detail(tx, step.proposal)


def co_sign_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Sign the reply for the caller's assisting departments; after the last one it goes to the leader."""
    step = Step(tx, request["proposal_id"])
    step.require("co_sign")
    for part in _own_parts(step):
        part.signed_round = step.proposal.round
    tx.session.flush()
    parts = [part for part, _ in assignments_of(tx, step.proposal.id) if part.part == "assisting"]
    step.take("co_sign", unsigned=sum(part.signed_round < step.proposal.round for part in parts))
    return detail(tx, step.proposal)


def object_to_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Send the reply back to the lead department instead of signing it."""
    step = Step(tx, request["proposal_id"])
    step.take("object", why=request["why"])
    return detail(tx, step.proposal)


def approve_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Approve the reply as the leader in charge."""
    step = Step(tx, request["proposal_id"])
    step.take("approve")
    return detail(tx, step.proposal)


def refuse_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Send the reply back to the lead department, as the leader in charge or the inspecting office."""
    step = Step(tx, request["proposal_id"])
    step.take("refuse_reply", why=request["why"])
    return detail(tx, step.proposal)


def pass_inspection(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Let the reply pass as the inspecting office."""
    step = Step(tx, request["proposal_id"])
    step.take("pass_inspection")
    return detail(tx, step.proposal)


def publish_reply(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Publish the approved reply today, or let it be published on a later day."""
    step = Step(tx, request["proposal_id"])
    step.require("publish")
    day = request["publish_on"] or tx.today
    refuse_first(rules.day_is_ahead(day, tx.today, "publish_on"))
    proposal = step.proposal
    if day == tx.today:
        make_public(tx, proposal, step.campaign)
    else:
        tx.session.get_one(Reply, (proposal.id, proposal.round)).publish_on = day
        tx.session.flush()
        note_step(tx, proposal, step.campaign, "schedule", None, proposal.state)
    return detail(tx, proposal)


def make_public(tx: Transaction, proposal: Proposal, campaign: Campaign) -> None:
    """Publish the reply of this round; what it promises is the proposal's outcome from now on."""
    reply = tx.session.get_one(Reply, (proposal.id, proposal.round))
    before = proposal.state
    proposal.state = workflow_of(campaign.switches).apply(before, "publish", roles=None)
    reply.publish_on = reply.published_on = tx.today
    proposal.outcome = reply.outcome
    if reply.outcome == "solved":
        proposal.percent = _DONE
    note_step(tx, proposal, campaign, "publish", None, before)
    tx.record(
        ProposalReplied(**ids_of(proposal, campaign), round=reply.round, outcome=reply.outcome, published_on=tx.today)
    )


def _own_parts(step: Step) -> list[Assignment]:
    """Return the assisting parts of the caller's departments."""
    own: set[UUID] = own_departments(step.tx)
    parts = assignments_of(step.tx, step.proposal.id)
    return [part for part, department in parts if part.part == "assisting" and department.id in own]
