"""What people do with a visit: assign, complete, claim again, cancel."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, refuse_first
from services.contracts.welfare.visits.events import VisitAssigned, VisitCancelled
from services.welfare.care.use_cases.owing import drop_for_life_event, refusal_at_visit
from services.welfare.members.use_cases.member_copies import hold_death_of, member_of
from services.welfare.rulebook.use_cases import rules_in_force as rulebook
from services.welfare.rulebook.use_cases.visit_types import VisitType
from services.welfare.visits import rules
from services.welfare.visits.tables import Visit
from services.welfare.visits.use_cases import claims
from services.welfare.visits.use_cases.access import require_hand, sees_all
from services.welfare.visits.use_cases.answers import unnamed, visit_answer
from services.welfare.visits.use_cases.evidence import erase_files_of
from services.welfare.visits.use_cases.store import (
    add_evidence,
    evidence_of,
    load_visit,
    move,
    note_step,
    occasion_of,
    visit_type_of,
)
from services.welfare.visits.workflow import MEMBER_DIED, OPEN_STATES, VISIT


def assign_visit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Say who goes; saying the same again changes nothing."""
    visit = load_visit(tx, request["visit_id"], version=request["version"], to_change=True)
    state = VISIT.apply(visit.state, "assign", roles=require_hand(tx.principal, visit))
    refuse_first(rules.visited_does_not_direct(tx.principal.member_id, visit.member_id))
    assignee_id, before = request["assignee_id"], visit.assignee_id
    _require_fit_to_go(tx, visit, assignee_id)
    if before == assignee_id:
        return visit_answer(tx, visit)
    visit.assignee_id = assignee_id
    if before is None:
        move(tx, visit, state)
    else:
        note_step(tx, visit, "reassigned")
    tx.record(
        VisitAssigned(
            visit_id=visit.id,
            unit_id=visit.unit_id,
            level=visit.level,
            due_at=visit.due_at,
            assignee_member_id=assignee_id,
            previous_assignee_id=before,
        )
    )
    return _saved(tx, visit)


def complete_visit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep that a visit was made; an amount becomes a claim on the funds."""
    died_on = hold_death_of(tx, load_visit(tx, request["visit_id"]).member_id)
    visit = load_visit(tx, request["visit_id"], version=request["version"], to_change=True)
    roles = require_hand(tx.principal, visit)
    after_all = visit.cancel_cause == MEMBER_DIED
    state = (
        VISIT.apply(visit.state, "complete_after_all", roles=None)
        if after_all
        else VISIT.apply(visit.state, "complete", roles=roles)
    )
    visit_type = visit_type_of(tx, visit)
    occasion = occasion_of(visit_type)
    amount = request["amount"] or claims.NOTHING
    given = {piece.kind for piece in evidence_of(tx, visit)} | {piece["kind"] for piece in request["evidence"]}
    refuse_first(
        rules.visitor_is_not_the_visited(tx.principal.member_id, visit.member_id),
        rules.visit_day_fits(occasion, request["visited_on"], visit.life_event.happened_on, tx.today),
        rules.member_was_alive(occasion, request["visited_on"], died_on, "visited_on"),
        rules.evidence_is_given(occasion, given, amount),
    )
    visit.visited_on = request["visited_on"]
    _put_gift(tx, visit, visit_type, amount, request["form"])
    add_evidence(tx, visit, request["evidence"], late=False)
    visit.completed_at = tx.now
    visit.cancel_cause = visit.closed_at = None
    visit.assignee_id = visit.assignee_id or tx.principal.member_id
    move(tx, visit, state)
    claims.put_to_the_funds(tx, visit, visit_type)
    return _saved(tx, visit)


def claim_visit_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a refused or reversed claim to the funds again, put right; the reason is kept as a note of evidence."""
    died_on = hold_death_of(tx, load_visit(tx, request["visit_id"]).member_id)
    visit = load_visit(tx, request["visit_id"], to_change=True)
    state = VISIT.apply(visit.state, "claim_again", roles=require_hand(tx.principal, visit))
    visit_type = visit_type_of(tx, visit)
    made_on = visit.visited_on or tx.today
    given = {piece.kind for piece in evidence_of(tx, visit)}
    refuse_first(
        rules.visitor_is_not_the_visited(tx.principal.member_id, visit.member_id),
        rules.claim_can_be_put_again(visit.claim_state),
        rules.member_was_alive(occasion_of(visit_type), made_on, died_on, "visit_id"),
        rules.evidence_is_given(occasion_of(visit_type), given, request["amount"]),
    )
    _put_gift(tx, visit, visit_type, request["amount"], request["form"])
    visit.state = state
    add_evidence(tx, visit, [{"kind": "note", "text": request["reason"]}], late=True)
    note_step(tx, visit, "claimed_again")
    claims.put_to_the_funds(tx, visit, visit_type)
    return _saved(tx, visit)


def cancel_visit(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep that no visit will be made; a wrong report is withdrawn with it. Files are no longer needed, and erased."""
    visit = load_visit(tx, request["visit_id"], version=request["version"], to_change=True)
    state = VISIT.apply(visit.state, "cancel", roles=require_hand(tx.principal, visit))
    refuse_first(rules.visited_does_not_direct(tx.principal.member_id, visit.member_id))
    visit.cancel_reason = request["reason"]
    visit.closed_at = tx.now
    erase_files_of(tx, visit)
    if request["report_was_wrong"]:
        visit.life_event.live_key = None
        drop_for_life_event(tx, visit.life_event_id)
    move(tx, visit, state)
    tx.record(VisitCancelled(visit_id=visit.id, unit_id=visit.unit_id))
    return _saved(tx, visit)


def _require_fit_to_go(tx: Transaction, visit: Visit, assignee_id: UUID) -> None:
    assignee = member_of(tx, assignee_id, "assignee_id")
    answer = rules.assignee_may_go(
        level=visit.level,
        unit_id=visit.unit_id,
        visited=visit.member_id,
        assignee=assignee_id,
        assignee_unit=assignee.unit_id,
        standing=assignee.standing,
    )
    refuse_first(answer)


def _put_gift(tx: Transaction, visit: Visit, visit_type: VisitType, amount: Decimal, form: str | None) -> None:
    """Note what was given, if the rules of the day of the visit allow it.

    Raises:
        NoRuleInForce: no rule speaks about it; the key, which tells why the visit is made, only to those who see all.
        Refused: above the cap, or not in this form; its article, which tells why, only to those who see all.
    """
    on = visit.visited_on or day_of(tx.now)
    visit.amount, visit.form, visit.rule_key = amount, None, None
    if amount == 0:
        return
    refuse_first(refusal_at_visit(tx, visit_type.benefit_key, visit.life_event.happened_on))
    try:
        cap = rulebook.require_gift_allowed(
            tx, visit_type.benefit_key, amount, form or "", on, with_article=sees_all(tx.principal)
        )
    except NoRuleInForce:
        if sees_all(tx.principal):
            raise
        raise NoRuleInForce(unnamed(on), rule="benefit.has_a_rule", params={"on": on.isoformat()}) from None
    visit.form, visit.rule_key = form, cap.key


def _saved(tx: Transaction, visit: Visit) -> dict[str, Any]:
    tx.session.flush()
    return visit_answer(tx, visit)


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Visits still open in a unit that was closed are another unit's now."""
    statement = sa.update(Visit).where(Visit.unit_id == unit_id, Visit.state.in_(OPEN_STATES))
    tx.session.execute(
        statement.values(unit_id=to_unit_id, version=Visit.version + 1).execution_options(synchronize_session=False)
    )
