"""Covers that end early as their plan says, and run on where that was a mistake; forgetting former members."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import erase_logs, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.storage import erase_files
from services.contracts.welfare.mutual_aid.vocabulary import OPEN_CLAIMS
from services.welfare.mutual_aid.tables import Claim, Cover, CoverPeriod, MutualAidPlan
from services.welfare.mutual_aid.use_cases.claim_store import announce
from services.welfare.mutual_aid.use_cases.planning import changed
from services.welfare.mutual_aid.workflow import COVER

DECEASED = "deceased"


def end_on_leaving(tx: Transaction, event: ReceivedEvent) -> None:
    """A membership ended: covers end with a death, otherwise where the plan says so; what happened before counts."""
    if event.data["standing"] == DECEASED:
        _end(tx, event, event.data["on"], DECEASED, sa.true())
    else:
        _end(tx, event, event.data["on"], "left", MutualAidPlan.ends_with_leaving.is_(True))


def end_on_retirement(tx: Transaction, event: ReceivedEvent) -> None:
    """A member retired: covers end where the plan says so."""
    _end(tx, event, event.data["retired_on"], "retired", MutualAidPlan.ends_with_retirement.is_(True))


def run_on_after_leaving(tx: Transaction, event: ReceivedEvent) -> None:
    """The end of the membership was a mistake."""
    _run_on(tx, event, ("left", DECEASED))


def run_on_after_retirement(tx: Transaction, event: ReceivedEvent) -> None:
    """The retirement was a mistake."""
    _run_on(tx, event, ("retired",))


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Give the claims of a closed unit that have not reached the provider to another unit."""
    held = Claim.unit_id == unit_id, Claim.state.in_(OPEN_CLAIMS)
    for claim in tx.session.scalars(sa.select(Claim).where(*held).order_by(Claim.id).with_for_update()):
        claim.unit_id = to_unit_id
        announce(tx, claim)


def forget(tx: Transaction, member_id: UUID) -> None:
    """Erase what claims of a former member say and their documents and logs; states and sums stay."""
    claims = list(tx.session.scalars(sa.select(Claim.id).where(Claim.member_id == member_id)))
    if not claims:
        return
    words: dict[str, Any] = {"details": None, "reason": None}
    tx.session.execute(sa.update(Claim).where(Claim.id.in_(claims)).values(words))
    subjects = [f"mutual_aid_claim/{one}" for one in claims]
    erase_files(tx, subjects)
    erase_logs(tx, subjects)


def _end(tx: Transaction, event: ReceivedEvent, day: date, reason: str, of_plan: sa.ColumnElement[bool]) -> None:
    statement = (
        sa.select(Cover)
        .join(MutualAidPlan, MutualAidPlan.id == Cover.plan_id)
        .where(
            Cover.member_id == event.data["member_id"],
            Cover.ends_on > day,
            Cover.state == "covered",
            Cover.end_sequence < event.sequence,
            of_plan,
        )
        .order_by(Cover.id)
        .with_for_update(of=Cover)
    )
    for cover in tx.session.scalars(statement):
        state = COVER.apply(cover.state, "end_early", roles=None)
        note_change(tx, f"mutual_aid_cover/{cover.id}", {"state": (cover.state, state)})
        cover.state, cover.end_reason, cover.end_sequence = state, reason, event.sequence
        cover.ends_on = max(day, cover.starts_on)
        tx.record(changed(cover))


def _run_on(tx: Transaction, event: ReceivedEvent, reasons: tuple[str, ...]) -> None:
    statement = (
        sa.select(Cover, CoverPeriod)
        .join(CoverPeriod, CoverPeriod.id == Cover.period_id)
        .where(
            Cover.member_id == event.data["member_id"],
            Cover.end_reason.in_(reasons),
            Cover.end_sequence < event.sequence,
        )
        .with_for_update(of=Cover)
    )
    for cover, period in tx.session.execute(statement):
        state = COVER.apply(cover.state, "run_on", roles=None)
        note_change(tx, f"mutual_aid_cover/{cover.id}", {"state": (cover.state, state)})
        cover.state, cover.end_reason, cover.end_sequence = state, None, event.sequence
        cover.ends_on = period.ends_on
        tx.record(changed(cover))
