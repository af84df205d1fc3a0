"""Mediators who serve or step aside, an extension, meetings, the agreement, and the steps of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.mediation.events import DisputeRegistered
from services.contracts.governance.mediation.requests import MOST_HEARINGS, MOST_MEDIATORS
from services.governance.mediation import rules
from services.governance.mediation.tables import DisputeCase, DisputeHearing, DisputeMediator
from services.governance.mediation.use_cases.reading import row
from services.governance.mediation.use_cases.store import (
    case_of,
    is_party,
    mediators_of,
    move,
    note_entry,
    parties_of,
    tell,
    tell_all,
)

Request = Mapping[str, Any]
_MARKS = ("applicant_mark", "respondent_mark", "mediator_signed_on", "sealed_on")
_NEEDS_DAYS = ("register", "ask_consent", "begin")


def move_dispute(tx: Transaction, request: Request) -> dict[str, Any]:
    """Take a case on by a step; registering announces that there is one.

    Raises:
        Refused: the state does not allow it (with what is possible), or its days are over.
        NotAllowed: the step is for another part in the case.
    """
    case, held = case_of(tx, request["dispute_id"])
    action = request["move"]
    serving = sum(one.state == "serving" for one in mediators_of(tx, case))
    move(tx, case, action, held, request["note"], serving=serving)
    if action in _NEEDS_DAYS:
        refuse_first(rules.days_are_left(case.due_on, tx.today))
    if action == "register":
        tx.record_uncorrelated(DisputeRegistered(case_id=case.case_id))
    if action == "confirm":
        refuse_first(rules.mark_is_not_ahead({"on": request["on"]}, tx.today))
        case.confirmed_on, case.document_number = request["on"] or tx.today, request["document_number"]
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def assign_mediator(tx: Transaction, request: Request) -> dict[str, Any]:
    """Ask a mediator, who sees nothing of the case but its number and matter before answering.

    Raises:
        Refused: a party or somebody who was asked before.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk")
    mediator_id, asked = request["mediator_id"], mediators_of(tx, case)
    refuse_first(
        rules.case_is_open(case.closed_on is not None),
        rules.mediator_is_no_party(is_party(tx, case, mediator_id)),
        rules.mediator_is_new(mediator_id in {one.member_id for one in asked}),
        rules.mediators_are_few(sum(one.state in ("asked", "serving") for one in asked), MOST_MEDIATORS),
    )
    tx.session.add(DisputeMediator(dispute_id=case.id, member_id=mediator_id, state="asked"))
    note_entry(tx, case, "assign", held)
    tell(tx, [mediator_id])
    tx.session.flush()
    return row(tx, case)


def answer_assignment(tx: Transaction, request: Request) -> dict[str, Any]:
    """Serve, having no interest, or step aside for a ground of the rule.

    Raises:
        NotFound: the caller is not asked.
        Refused: the ground does not fit the answer.
    """
    case = tx.session.get(DisputeCase, request["dispute_id"], with_for_update=True, populate_existing=True)
    me = tx.principal.member_id
    own = tx.session.get(DisputeMediator, (request["dispute_id"], me)) if me is not None else None
    if case is None or own is None or own.state != "asked" or is_party(tx, case, me):
        raise NotFound("There is no such case.", field="dispute_id")
    grounds = rule_in_force(tx, "mediation.step_aside", tx.today)
    refuse_first(sourced(rules.ground_fits_answer(request["answer"], request["ground"], grounds.value), grounds))
    own.state, own.ground = ("serving", None) if request["answer"] else ("stepped_aside", request["ground"])
    note_entry(tx, case, "serve" if request["answer"] else "step_aside", {"mediator"})
    tell(tx, [case.clerk_id] if case.clerk_id else [])
    tx.session.flush()
    return row(tx, case)


def remove_mediator(tx: Transaction, request: Request) -> dict[str, Any]:
    """Replace a mediator, who sees the case no more."""
    case, held = case_of(tx, request["dispute_id"], "clerk")
    asked = tx.session.get(DisputeMediator, (case.id, request["mediator_id"]))
    if asked is None or asked.state not in ("asked", "serving"):
        raise NotFound("This member mediates no such case.", field="mediator_id")
    refuse_first(rules.case_is_open(case.closed_on is not None))
    asked.state = "removed"
    note_entry(tx, case, "remove_mediator", held, request["reason"])
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def propose_extension(tx: Transaction, request: Request) -> dict[str, Any]:
    """Ask both sides for a later last day, while days are left."""
    case, held = case_of(tx, request["dispute_id"], "clerk", "mediator")
    refuse_first(
        rules.case_is_open(case.closed_on is not None),
        rules.days_are_left(case.due_on, tx.today),
        rules.extension_is_later(request["until"], case.due_on),
    )
    case.extension_until = request["until"]
    for party in parties_of(tx, case):
        party.extension = None
    note_entry(tx, case, "propose_extension", held)
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def schedule_hearing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Fix a meeting of the parties; they are told."""
    case, held = case_of(tx, request["dispute_id"], "clerk", "mediator")
    count = sa.select(sa.func.count()).where(DisputeHearing.dispute_id == case.id)
    refuse_first(
        rules.is_being_mediated(case.state), rules.hearings_are_few(tx.session.scalar(count) or 0, MOST_HEARINGS)
    )
    tx.session.add(DisputeHearing(dispute_id=case.id, held_at=request["held_at"], place=request["place"]))
    note_entry(tx, case, "hearing", held)
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def record_hearing(tx: Transaction, request: Request) -> dict[str, Any]:
    """Write down a meeting that has begun."""
    case, held = case_of(tx, request["dispute_id"], "clerk", "mediator")
    hearing = tx.session.get(DisputeHearing, request["hearing_id"])
    if hearing is None or hearing.dispute_id != case.id:
        raise NotFound("The case has no such meeting.", field="hearing_id")
    refuse_first(rules.is_being_mediated(case.state), rules.hearing_has_begun(hearing.held_at <= tx.now))
    hearing.attended, hearing.notes = request["attended"], request["notes"]
    note_entry(tx, case, "hearing_notes", held)
    tx.session.flush()
    return row(tx, case)


def write_agreement(tx: Transaction, request: Request) -> dict[str, Any]:
    """Write the text to be signed; a new text takes marks of an older one away."""
    case, held = case_of(tx, request["dispute_id"], "clerk", "mediator")
    refuse_first(rules.is_being_mediated(case.state), rules.days_are_left(case.due_on, tx.today))
    case.agreement, case.perform_by = request["text"], request["perform_by"]
    for name in _MARKS:
        setattr(case, name, None)
    note_entry(tx, case, "draft", held)
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)


def conclude_agreement(tx: Transaction, request: Request) -> dict[str, Any]:
    """Record signatures and seals; with all of them the agreement is in force.

    Raises:
        Refused: one is missing, is of a day to come, or the days are over.
    """
    case, held = case_of(tx, request["dispute_id"], "clerk", "mediator")
    marks = {name: request[name] for name in _MARKS}
    days = {name: marks[name] for name in ("mediator_signed_on", "sealed_on")}
    refuse_first(rules.mark_is_not_ahead(days, tx.today))
    move(tx, case, "agree", held, marks={"text": bool(case.agreement), **marks})
    refuse_first(rules.days_are_left(case.due_on, tx.today))
    for name, mark in marks.items():
        setattr(case, name, mark)
    case.in_force_on = max(day for day in days.values() if day is not None)
    tell_all(tx, case)
    tx.session.flush()
    return row(tx, case)
