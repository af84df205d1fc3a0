"""Reviewing proposals: filing, refusing, merging, un-merging, the presidium's ruling, key proposals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.governance.proposals.events import ProposalFiled
from services.governance.proposals import rules
from services.governance.proposals.tables import Proposal
from services.governance.proposals.use_cases.people import all_people, joined_proposals
from services.governance.proposals.use_cases.showing import detail
from services.governance.proposals.use_cases.store import Step, announce, ids_of, load_proposal
from services.governance.proposals.workflow import UNDER_REVIEW


def review_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a proposal up, file it, make it a suggestion, refuse it, or send it back to be revised.

    Raises:
        Refused: it is not under review, or what the proposer is to be told is missing.
    """
    step = Step(tx, request["proposal_id"])
    verdict, ground, why = request["verdict"], request["ground"], request["why"]
    step.require(verdict)
    refuse_first(rules.refusal_has_a_ground(verdict, ground, why))
    if verdict == "send_back":
        refuse_first(rules.merger_comes_first(len(joined_proposals(tx, step.proposal))))
    if verdict != "take_up":
        step.proposal.why, step.proposal.ground = why, ground if verdict == "not_file" else None
    if verdict == "file":
        _file(step, "file", why)
    else:
        step.take(verdict, why=why)
    return detail(tx, step.proposal)


def merge_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Merge a proposal into another one under review; the people of both are those of the joint proposal."""
    _lock_both(tx, request["proposal_id"], request["into_id"])
    step = Step(tx, request["proposal_id"])
    step.require("merge")
    proposal, into = step.proposal, load_proposal(tx, request["into_id"], lock=True)
    same_campaign = proposal.campaign_id == into.campaign_id
    refuse_first(
        rules.merges_into_another(proposal.id == into.id, same_campaign, into.state, UNDER_REVIEW),
        rules.joint_is_not_merged(len(joined_proposals(tx, proposal))),
    )
    proposal.merged_into, proposal.why = into.id, request["why"]
    step.take("merge", why=request["why"])
    announce(tx, into, step.campaign, None)
    return detail(tx, proposal)


def unmerge_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Undo a merger before the joint proposal is filed; the proposal is under review again, with its own people."""
    found = load_proposal(tx, request["proposal_id"])
    if found.merged_into is not None:
        _lock_both(tx, found.id, found.merged_into)
    step = Step(tx, request["proposal_id"])
    step.require("unmerge")
    proposal = step.proposal
    into = tx.session.get_one(Proposal, proposal.merged_into)
    refuse_first(rules.joint_is_not_filed(into.filed_on is not None))
    proposal.merged_into = proposal.why = None
    step.take("unmerge", why=request["why"])
    announce(tx, into, step.campaign, None)
    return detail(tx, proposal)


def rule_on_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record what the presidium ruled on a disputed filing."""
    step = Step(tx, request["proposal_id"])
    step.require(request["ruling"])
    step.proposal.why = request["why"]
    if request["ruling"] == "overturn":
        step.proposal.ground = None
        _file(step, "overturn", request["why"])
    else:
        step.take("uphold", why=request["why"])
    return detail(tx, step.proposal)


def dispute_filing(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Bring before the presidium that the own proposal is not filed."""
    step = Step(tx, request["proposal_id"])
    step.take("dispute", why=request["why"])
    return detail(tx, step.proposal)


def mark_key_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a proposal under a school leader, who approves its replies, or take that back."""
    step = Step(tx, request["proposal_id"])
    step.require("mark_key")
    step.proposal.key_leader_id = request["key_leader_id"]
    step.take("mark_key")
    return detail(tx, step.proposal)


def _file(step: Step, action: str, why: str | None) -> None:
    proposal, tx = step.proposal, step.tx
    proposal.filed_on = tx.today
    step.take(action, why=why)
    proposers = [one.member_id for one in all_people(tx, proposal) if one.proposes]
    tx.record(
        ProposalFiled(**ids_of(proposal, step.campaign), proposer_ids=list(dict.fromkeys(proposers)), filed_on=tx.today)
    )


def _lock_both(tx: Transaction, one: UUID, other: UUID) -> None:
    """Lock two proposals in the order of their ids, so that two mergers never wait for each other."""
    both = sa.select(Proposal).where(Proposal.id.in_({one, other})).order_by(Proposal.id)
    tx.session.scalars(both.with_for_update().execution_options(populate_existing=True)).all()
