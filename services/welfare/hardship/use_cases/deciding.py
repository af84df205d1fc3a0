"""What the unit and the union do with an application: forward, take up, give back, decide; and what they open."""

from __future__ import annotations

from typing import Any

from services.chassis.clock import day_of
from services.chassis.database.history import note_access
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, NotFound, refuse_first
from services.chassis.files.storage import file_of
from services.chassis.input_errors import REQUIRED
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.welfare.hardship.events import AidGranted
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import Case, decide, verdict_on
from services.welfare.hardship import rules
from services.welfare.hardship.tables import AidApplication
from services.welfare.hardship.use_cases import paying
from services.welfare.hardship.use_cases.applying import STANDINGS, paper_of_application
from services.welfare.hardship.use_cases.reading import cap_key, detail, given_in_year
from services.welfare.hardship.use_cases.store import (
    is_registered,
    load,
    move,
    note_step,
    others,
    require_sight,
    subject_of,
)
from services.welfare.hardship.workflow import AID
from services.welfare.members.use_cases.member_copies import member_of, standings_of

KIND = "hardship.aid"
COMMITTEE = "aid.committee_least"
AFTER_DEATH = "aid.after_death"
_OWN_LOOK = "查看本人提交的材料"

decider(KIND)(rules.decided)


def forward_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Forward an application to the union; the chair reads neither the reason nor the papers."""
    found = others(tx, request["application_id"], request["version"])
    found.forwarded_at = tx.now
    return _moved(tx, found, "forward")


def take_up_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take up a forwarded application for the committee."""
    return _moved(tx, others(tx, request["application_id"], request["version"]), "take_up")


def return_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give an application back to the applicant, who completes it and hands it in again."""
    found = others(tx, request["application_id"], request["version"])
    found.returned_because, found.forwarded_at = request["reason"], None
    return _moved(tx, found, "return")


def decide_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Store the committee's decision, and request the payment of what was granted.

    Raises:
        NoRuleInForce: a figure that decides is missing: how many must be present, the cap, who is covered, what
            follows a death, the budget line.
        Refused: the committee was not complete, or the sum is above the cap.
    """
    found = others(tx, request["application_id"], request["version"])
    granted = request["outcome"] == "granted"
    AID.apply(found.state, "grant" if granted else "refuse", roles=tx.principal.roles)
    _require_committee(tx, found, request)
    figures = _figures(tx, found, request)
    case = Case(found.id, found.member_id, _inputs(tx, found, request))
    if granted:
        refusal = verdict_on(KIND, figures, case.inputs).refusal
        refuse_first(sourced(refusal, figures["cap"] if refusal and refusal.field == "granted" else None))
    decided = decide(tx, KIND, request["decided_on"], figures, case)
    found.decision_id, found.decided_on = decided.id, request["decided_on"]
    found.present, found.note = [str(one) for one in request["present"]], request["note"]
    found.granted = decided.verdict.amount
    answer = _moved(tx, found, "grant" if granted else "refuse")
    if granted:
        tx.record(AidGranted(application_id=found.id, unit_id=found.unit_id, amount=found.granted))
        paying.put_to_the_funds(tx, found)
        answer = detail(tx, found)
    return answer


def pay_aid_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a payment that the funds refused or reversed to them again."""
    found = others(tx, request["application_id"], request["version"])
    AID.apply(found.state, "pay_again", roles=tx.principal.roles)
    refuse_first(rules.payment_can_be_put_again(found.claim_state))
    note_step(tx, found, "payment_requested")
    paying.put_to_the_funds(tx, found)
    tx.session.flush()
    return detail(tx, found)


def close_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close an application whose payment was handed over."""
    return _moved(tx, others(tx, request["application_id"], request["version"]), "close")


def unmask_aid_application(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show why aid is asked for, or what the committee said, and keep who looked and for what."""
    found = load(tx, request["application_id"])
    require_sight(tx.principal, found)
    refuse_first(rules.others_act_on_it(found.member_id, tx.principal.member_id))
    note_access(tx, subject_of(found), request["field"], request["purpose"])
    return {"field": request["field"], "value": getattr(found, request["field"])}


def open_aid_paper(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the file of a paper to the applicant, or to an officer for a purpose; the look is kept."""
    found = load(tx, request["application_id"])
    own = tx.principal.member_id == found.member_id
    if not own:
        if "officer" not in tx.principal.own_roles:
            raise NotAllowed("Only the applicant and officers open papers.", rule="hardship.papers_are_for_few")
        require_sight(tx.principal, found)
        if request["purpose"] is None:
            raise InvalidInput(errors={"purpose": [REQUIRED]})
    paper = paper_of_application(tx, found, request["evidence_id"])
    if paper.file_id is None:
        raise NotFound("This file is no longer kept.", rule="file_exists")
    note_access(tx, subject_of(found), "paper", request["purpose"] or _OWN_LOOK)
    file = file_of(tx, paper.file_id, subject=subject_of(found))
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def _moved(tx: Transaction, found: AidApplication, action: str) -> dict[str, Any]:
    move(tx, found, action)
    tx.session.flush()
    return detail(tx, found)


def _require_committee(tx: Transaction, found: AidApplication, request: dict[str, Any]) -> None:
    least = rule_in_force(tx, COMMITTEE, request["decided_on"])
    submitted_on = day_of(found.submitted_at) if found.submitted_at else tx.today
    refuse_first(
        rules.sum_is_named(request["outcome"], request["granted"]),
        rules.decided_by_today(request["decided_on"], submitted_on, tx.today),
        sourced(rules.committee_is_complete(request["present"], least.count), least),
        rules.applicant_was_not_present(request["present"], found.member_id),
    )
    for one in request["present"]:
        member_of(tx, one, "present")


def _figures(tx: Transaction, found: AidApplication, request: dict[str, Any]) -> dict[str, RuleInForce]:
    on = request["decided_on"]
    if request["outcome"] != "granted":
        return {}
    keys = {"cap": cap_key(found), "standings": STANDINGS}
    if _standing(tx, found) == rules.DECEASED:
        keys["after_death"] = AFTER_DEATH
    return {name: rule_in_force(tx, key, on) for name, key in keys.items()}


def _inputs(tx: Transaction, found: AidApplication, request: dict[str, Any]) -> dict[str, Any]:
    return {
        "committee": request["outcome"],
        "asked": f"{found.asked:.2f}",
        "granted": f"{request['granted']:.2f}" if request["granted"] is not None else None,
        "given_this_year": f"{given_in_year(tx, found, request['decided_on']):.2f}",
        "standing": _standing(tx, found),
        "registered": is_registered(tx, found.member_id),
    }


def _standing(tx: Transaction, found: AidApplication) -> str:
    return standings_of(tx, [found.member_id]).get(found.member_id, "active")
