"""Rating replies, handling a proposal again, closing and archiving it, excellent proposals."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.proposals.events import ProposalClosed, ProposalRated
from services.governance.proposals import rules
from services.governance.proposals.tables import Assignment, Rating
from services.governance.proposals.use_cases.people import all_people, grades_of, is_dissatisfied, raters_of
from services.governance.proposals.use_cases.showing import detail
from services.governance.proposals.use_cases.store import Step, ids_of

SECOND_HANDLINGS = "proposals.second_handlings"


def rate_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Rate the published reply; again until the rating ends, which it does with the last one."""
    step = Step(tx, request["proposal_id"])
    step.require("rate")
    proposal, member_id = step.proposal, tx.principal.member_id
    rated = grades_of(tx, proposal)
    raters = raters_of(all_people(tx, proposal))
    assert member_id is not None
    refuse_first(rules.rater_seconded_it(member_id in raters))
    row = rated.get(member_id)
    if row is None:
        row = Rating(
            proposal_id=proposal.id, round=proposal.round, member_id=member_id, grade=request["grade"], at=tx.now
        )
        tx.session.add(row)
        rated[member_id] = row
    row.grade, row.comment, row.at = request["grade"], request["comment"], tx.now
    tx.session.flush()
    unrated = sum(one not in rated for one in raters)
    if not unrated:
        _summarise(step)
    step.take("rate", unrated=unrated)
    if not unrated:
        _announce_rating(step, len(rated))
    return detail(tx, proposal)


def end_rating(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End the rating with what was rated so far."""
    step = Step(tx, request["proposal_id"])
    step.require("end_rating")
    _summarise(step)
    step.take("end_rating")
    _announce_rating(step, len(grades_of(tx, step.proposal)))
    return detail(tx, step.proposal)


def reopen_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Have the department handle a proposal again; as often as the rule of the day allows.

    Raises:
        Refused: nobody who counts is dissatisfied, it was handled again often enough, or the day is past.
        NoRuleInForce: it is not set how often.
    """
    step = Step(tx, request["proposal_id"])
    step.require("reopen")
    most = rule_in_force(tx, SECOND_HANDLINGS, tx.today)
    proposal = step.proposal
    refuse_first(
        rules.reply_dissatisfies(_is_dissatisfied(step)),
        sourced(rules.second_handling_is_left(proposal.round, most.count), most),
        rules.day_is_ahead(request["due_on"], tx.today, "due_on"),
    )
    proposal.round += 1
    proposal.due_on, proposal.reminded, proposal.overdue_told = request["due_on"], False, False
    tx.session.execute(
        sa.update(Assignment).where(Assignment.proposal_id == proposal.id).values(text=None, signed_round=0)
    )
    step.take("reopen", why=request["why"])
    return detail(tx, proposal)


def close_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End a proposal whose promises are kept, or a suggestion, with words to the proposers where they are needed."""
    step = Step(tx, request["proposal_id"])
    step.require("close")
    proposal, why = step.proposal, request["why"]
    suggestion = proposal.state == "suggestion"
    refuse_first(
        None if suggestion else rules.implementation_is_done(proposal.outcome, proposal.percent),
        rules.closing_says_why(suggestion or _is_dissatisfied(step), why),
    )
    proposal.why, proposal.closed_on = why, tx.today
    step.take("close", why=why)
    tx.record(
        ProposalClosed(
            **ids_of(proposal, step.campaign), outcome=proposal.outcome, satisfaction=proposal.satisfaction,
            closed_on=tx.today,
        )
    )  # fmt: skip
    return detail(tx, proposal)


def archive_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Archive a proposal that is closed."""
    step = Step(tx, request["proposal_id"])
    step.take("archive")
    return detail(tx, step.proposal)


def praise_proposal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Award a proposal as excellent, or take that back."""
    step = Step(tx, request["proposal_id"])
    step.require("praise")
    if step.proposal.excellent != request["excellent"]:
        step.proposal.excellent = request["excellent"]
        step.take("praise", step="praise" if request["excellent"] else "unpraise")
    return detail(tx, step.proposal)


def _is_dissatisfied(step: Step) -> bool:
    return is_dissatisfied(step.tx, step.proposal, all_people(step.tx, step.proposal))


def _summarise(step: Step) -> None:
    step.proposal.satisfaction = rules.overall([one.grade for one in grades_of(step.tx, step.proposal).values()])


def _announce_rating(step: Step, raters: int) -> None:
    proposal = step.proposal
    step.tx.record(
        ProposalRated(
            **ids_of(proposal, step.campaign), round=proposal.round, satisfaction=proposal.satisfaction, raters=raters
        )
    )
