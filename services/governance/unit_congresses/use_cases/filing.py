"""What a unit's chair does: plan, record, resolutions, checklist, submission, answers to guidance."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.majorities import counted_of, votes_needed
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.governance.unit_congresses import events
from services.contracts.governance.unit_congresses.requests import MOST_RESOLUTIONS
from services.governance.members.use_cases.copies import headcounts
from services.governance.unit_congresses import rules
from services.governance.unit_congresses.tables import (
    FilingCheck,
    FilingDocument,
    FilingGuidance,
    FilingResolution,
    UnitFiling,
)
from services.governance.unit_congresses.use_cases.reading import detail
from services.governance.unit_congresses.use_cases.store import (
    BASE,
    COMPARATOR,
    DOCUMENTS,
    QUORUM,
    STAFF_LINE,
    announce,
    checklist,
    move,
    of_unit,
    one_of,
    open_guidance,
    recorded,
    resolutions_of,
    rule_of,
)

Request = dict[str, Any]
_PLAN = ("form", "planned_on", "place", "agenda", "delegates")
_RECORD = ("held_on", "entitled", "present", "summary")


def submit_filing_plan(tx: Transaction, request: Request) -> dict[str, Any]:
    """File a unit's plan; the unit's number of that day decides between congress and meeting of all.

    Raises:
        Refused: the form does not fit the unit's size, a number or the day is wrong, or guidance waits.
        NoRuleInForce: no rule draws the line.
    """
    filing = of_unit(tx, request["filing_id"])
    members = headcounts(tx, [filing.unit_id]).get(filing.unit_id, 0)
    line = rule_in_force(tx, STAFF_LINE, request["planned_on"])
    move(tx, filing, "submit_plan")
    refuse_first(
        rules.planned_in_year(request["planned_on"], filing.year),
        sourced(rules.form_fits_size(request["form"], members, line.count), line),
        rules.delegates_fit(request["form"], request["delegates"], members),
        rules.guidance_is_answered(open_guidance(tx, [filing.id]).get(filing.id, 0)),
    )
    for name in _PLAN:
        setattr(filing, name, request[name])
    filing.members = members
    _submitted(tx, filing)
    return detail(tx, filing)


def save_filing_record(tx: Transaction, request: Request) -> dict[str, Any]:
    """Keep the record of what was held; resolutions are measured anew by its numbers.

    Raises:
        Refused: the record can't be changed now, or its numbers do not fit each other, the plan, or the quorum.
        NoRuleInForce: no rule says the quorum or the majority.
    """
    filing = recorded(tx, request["filing_id"])
    entitled, present = request["entitled"], request["present"]
    share = rule_in_force(tx, QUORUM, request["held_on"])
    assert filing.form is not None
    assert filing.members is not None
    refuse_first(
        rules.planned_in_year(request["held_on"], filing.year),
        rules.day_is_past(request["held_on"], tx.today),
        rules.people_fit(entitled, present),
        rules.entitled_fit_plan(entitled, filing.form, filing.delegates, filing.members),
        sourced(rules.quorum_is_there(present, rules.quorum_of(entitled, share.share)), share),
    )
    for name in _RECORD:
        setattr(filing, name, request[name])
    for one in resolutions_of(tx, filing):
        cast = one.votes_for + one.votes_against + one.abstained
        refuse_first(rules.votes_fit(cast, present))
        one.needed = _needed(tx, filing, cast)
    return detail(tx, filing)


def add_filing_resolution(tx: Transaction, request: Request) -> dict[str, Any]:
    """Add a resolution; whether it passed says the rule of the staff congress.

    Raises:
        Refused: the record is not begun, there are too many, or more votes than people.
        NoRuleInForce: no rule says the majority.
    """
    filing = recorded(tx, request["filing_id"])
    votes = {name: request[name] for name in ("votes_for", "votes_against", "abstained")}
    count = len(resolutions_of(tx, filing))
    refuse_first(
        rules.record_is_begun(filing.held_on),
        rules.are_few("unit_congresses.resolutions_are_few", count, MOST_RESOLUTIONS),
        rules.votes_fit(sum(votes.values()), filing.present or 0),
    )
    needed = _needed(tx, filing, sum(votes.values()))
    tx.session.add(FilingResolution(filing_id=filing.id, title=request["title"], needed=needed, **votes))
    tx.session.flush()
    return detail(tx, filing)


def remove_filing_resolution(tx: Transaction, request: Request) -> dict[str, Any]:
    """Take a resolution off the record."""
    filing = recorded(tx, request["filing_id"])
    key = request["resolution_id"]
    tx.session.delete(one_of(tx, FilingResolution, key, filing, "There is no such resolution.", "resolution_id"))
    tx.session.flush()
    return detail(tx, filing)


def answer_filing_checks(tx: Transaction, request: Request) -> dict[str, Any]:
    """Answer items of the checklist.

    Raises:
        Refused: an item is not on the list, or one that was not done has no reason.
        NoRuleInForce: no rule says the items.
    """
    filing = recorded(tx, request["filing_id"])
    items = checklist(tx, filing)
    for answer in request["answers"]:
        refuse_first(
            rules.item_is_listed(answer["item"], items), rules.omission_is_explained(answer["done"], answer["note"])
        )
        tx.session.merge(FilingCheck(filing_id=filing.id, **answer))
    tx.session.flush()
    return detail(tx, filing)


def submit_filing_record(tx: Transaction, request: Request) -> dict[str, Any]:
    """File the record.

    Raises:
        Refused: it is not begun, the checklist has open items, documents are missing, or guidance waits.
        NoRuleInForce: no rule says the items or the documents.
    """
    filing = of_unit(tx, request["filing_id"])
    move(tx, filing, "submit_record")
    items, wanted = checklist(tx, filing), rule_of(tx, filing, DOCUMENTS)
    answered = set(tx.session.scalars(sa.select(FilingCheck.item).where(FilingCheck.filing_id == filing.id)))
    kinds = set(tx.session.scalars(sa.select(FilingDocument.kind).where(FilingDocument.filing_id == filing.id)))
    refuse_first(
        rules.record_is_begun(filing.held_on),
        rules.checklist_is_answered(items, answered),
        sourced(rules.documents_are_there(wanted.value, kinds), wanted),
        rules.guidance_is_answered(open_guidance(tx, [filing.id]).get(filing.id, 0)),
    )
    gone = sa.delete(FilingCheck).where(FilingCheck.filing_id == filing.id, FilingCheck.item.not_in(items))
    tx.session.execute(gone.execution_options(synchronize_session=False))
    _submitted(tx, filing)
    return detail(tx, filing)


def answer_filing_guidance(tx: Transaction, request: Request) -> dict[str, Any]:
    """Answer guidance, once."""
    filing = of_unit(tx, request["filing_id"])
    key = request["guidance_id"]
    guidance = one_of(tx, FilingGuidance, key, filing, "There is no such guidance.", "guidance_id")
    refuse_first(rules.guidance_is_open(guidance.answered_at is not None))
    guidance.answer, guidance.answered_at = request["answer"], tx.now
    tx.record(events.FilingGuidanceAnswered(guidance_id=guidance.id, filing_id=filing.id, unit_id=filing.unit_id))
    tx.session.flush()
    return detail(tx, filing)


def _submitted(tx: Transaction, filing: UnitFiling) -> None:
    filing.submitted_by, filing.reason = tx.principal.account_id, None
    filing.late = filing.late or rules.came_late(tx.today, filing.asked_on, filing.due_on)
    announce(tx, events.FilingSubmitted, filing)
    tx.session.flush()


def _needed(tx: Transaction, filing: UnitFiling, cast: int) -> int:
    comparator, base = rule_of(tx, filing, COMPARATOR).value, rule_of(tx, filing, BASE).value
    whole = counted_of(base, entitled=filing.entitled or 0, present=filing.present or 0, cast=cast)
    return votes_needed(comparator, whole)
