"""Loading filings, who somebody is to one, the rules it is measured by, and keeping each step.

Belongs here: what several use cases need. Whether a part is enough for a step says the workflow.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, NotAllowed, NotFound, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.governance.unit_congresses import events
from services.contracts.governance.unit_congresses.vocabulary import CHECK_ITEMS, RECORDING
from services.governance.members.use_cases.copies import units_of
from services.governance.unit_congresses import rules
from services.governance.unit_congresses.tables import FilingGuidance, FilingResolution, FilingStep, UnitFiling
from services.governance.unit_congresses.workflow import FILING, OFFICE, UNIT

FilingEvent = type[
    events.FilingOpened | events.FilingSubmitted | events.FilingReviewed | events.FilingWaived | events.FilingDue
    | events.FilingOverdue
]  # fmt: skip
PLAN_DUE, RECORD_DUE = "unit_congress.plan_due", "unit_congress.record_due"
LEAST_DAYS, STAFF_LINE = "unit_congress.least_days", "unit_congress.staff_line"
QUORUM, CHECKLIST = "unit_congress.quorum", "unit_congress.checklist"
ADDED, DOCUMENTS = "unit_congress.checklist_added", "unit_congress.documents"
COMPARATOR, BASE = "ballot.staff_congress.comparator", "ballot.staff_congress.base"
READER = "reader"


def filing_of(tx: Transaction, filing_id: UUID, *, lock: bool = False) -> UnitFiling:
    """Return a filing. Raises `NotFound`."""
    return tx.get(UnitFiling, filing_id, "There is no such filing.", field="filing_id", lock=lock)


def roles_in(tx: Transaction, filing: UnitFiling) -> frozenset[str]:
    """Return who the caller is to a filing: of its unit, of the office, or one who only reads it."""
    principal = tx.principal
    held = {READER} if principal.has("officer", "auditor") else set()
    held |= {OFFICE} if principal.has("officer") else set()
    held |= {UNIT} if filing.unit_id in principal.units("chair") else set()
    if not held and filing.state == "accepted" and own_unit(tx) == filing.unit_id:
        held.add("member")
    return frozenset(held)


def own_unit(tx: Transaction) -> UUID | None:
    """Return the unit of the caller, as a member of the union."""
    me = tx.principal.member_id
    return units_of(tx, [me]).get(me) if me is not None else None


def seen(tx: Transaction, filing_id: UUID) -> tuple[UnitFiling, frozenset[str]]:
    """Return a filing the caller may read, and the caller's roles. Raises `NotAllowed`."""
    filing = filing_of(tx, filing_id)
    held = roles_in(tx, filing)
    if not held:
        raise NotAllowed("This belongs to another unit, or was not accepted yet.", rule="unit_congresses.are_for_few")
    return filing, held


def of_unit(tx: Transaction, filing_id: UUID, *states: str, lock: bool = True) -> UnitFiling:
    """Return a filing, locked, of a unit the caller chairs, in one of some states.

    Raises:
        NotAllowed: it is another unit's.
        Refused: it is in another state.
    """
    filing = filing_of(tx, filing_id, lock=lock)
    if UNIT not in roles_in(tx, filing):
        raise NotAllowed("This belongs to another unit.", rule="own_unit")
    if states:
        refuse_first(rules.can_be_edited(states, filing.state))
    return filing


def recorded(tx: Transaction, filing_id: UUID) -> UnitFiling:
    """Return a filing whose record the caller fills in now."""
    return of_unit(tx, filing_id, *RECORDING)


def move(tx: Transaction, filing: UnitFiling, action: str, note: str | None = None) -> None:
    """Take a filing on by an action of the caller. Raises `Refused` or `NotAllowed`."""
    filing.state = FILING.apply(filing.state, action, roles=roles_in(tx, filing))
    note_step(tx, filing, action, note)


def note_step(tx: Transaction, filing: UnitFiling, step: str, note: str | None = None) -> None:
    """Keep what was done, by which account."""
    account = tx.principal.account_id
    tx.session.add(FilingStep(filing_id=filing.id, step=step, note=note, account_id=account, at=tx.now))


def announce(tx: Transaction, event: FilingEvent, *filings: UnitFiling, part: str | None = None) -> None:
    """Record an event about filings; `part` is the one that is due unless it is named."""
    tx.record(
        *(
            event(
                filing_id=filing.id,
                unit_id=filing.unit_id,
                year=filing.year,
                part=part or part_of(filing),
                state=filing.state,
                due_on=filing.due_on,
            )
            for filing in filings
        )
    )


def part_of(filing: UnitFiling) -> str:
    """Return which part of a filing is due or in review."""
    return "plan" if filing.state in ("awaited", "plan_filed", "plan_returned") else "record"


def last_day(tx: Transaction, year: int, key: str) -> date:
    """Return the last day of a part that becomes due now.

    Raises:
        NoRuleInForce: no rule says the day, or how many days a unit has at least.
        Refused: the rule's value is no day.
    """
    rule, least = rule_in_force(tx, key, tx.today), rule_in_force(tx, LEAST_DAYS, tx.today)
    day = rules.day_of_year(year, str(rule.value))
    refuse_first(sourced(rules.due_is_a_day(day, str(rule.value)), rule))
    assert day is not None
    return rules.last_day(day, tx.today, least.count, past=year < tx.today.year)


def begin_part(tx: Transaction, filing: UnitFiling, key: str) -> None:
    """Give a part its last day, and let it be reminded of anew. A year that is over is not reminded of."""
    filing.asked_on, filing.due_on = tx.today, last_day(tx, filing.year, key)
    filing.reminded = filing.overdue_told = filing.year < tx.today.year


def rule_of(tx: Transaction, filing: UnitFiling, key: str) -> RuleInForce:
    """Return the rule of a filing's figure: of the day it was held, else of today. Raises `NoRuleInForce`."""
    return rule_in_force(tx, key, filing.held_on or filing.planned_on or tx.today)


def checklist(tx: Transaction, filing: UnitFiling) -> list[str]:
    """Return the items of the checklist: the ministry's, then the union's own. Raises `NoRuleInForce`."""
    listed = rule_of(tx, filing, CHECKLIST).value
    try:
        added = rule_of(tx, filing, ADDED).value
    except NoRuleInForce:
        added = []
    return list(dict.fromkeys([*(one for one in listed if one in CHECK_ITEMS), *added]))


def resolutions_of(tx: Transaction, filing: UnitFiling) -> list[FilingResolution]:
    """Return the resolutions of a filing in the order they were added."""
    of_filing = sa.select(FilingResolution).where(FilingResolution.filing_id == filing.id)
    return list(tx.session.scalars(of_filing.order_by(FilingResolution.id)))


def guidance_of(tx: Transaction, filing: UnitFiling) -> list[FilingGuidance]:
    """Return the guidance on a filing in the order it was given."""
    of_filing = sa.select(FilingGuidance).where(FilingGuidance.filing_id == filing.id)
    return list(tx.session.scalars(of_filing.order_by(FilingGuidance.id)))


def open_guidance(tx: Transaction, filing_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how much guidance waits for an answer, by filing."""
    waiting = FilingGuidance.filing_id.in_(filing_ids), FilingGuidance.answered_at.is_(None)
    counted = sa.select(FilingGuidance.filing_id, sa.func.count()).where(*waiting)
    return {row[0]: row[1] for row in tx.session.execute(counted.group_by(FilingGuidance.filing_id))}


def subject_of(filing_id: UUID) -> str:
    """Return the name under which a filing's documents are kept."""
    return f"filing/{filing_id}"


def one_of(tx: Transaction, table: Any, key: UUID, filing: UnitFiling, detail: str, field: str) -> Any:
    """Return a row of a filing. Raises `NotFound`, also for another filing's."""
    row = tx.session.get(table, key)
    if row is None or row.filing_id != filing.id:
        raise NotFound(detail, field=field)
    return row
