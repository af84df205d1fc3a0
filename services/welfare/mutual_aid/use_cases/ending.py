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
    """A membership ended: covers end with a death, otherwise where the plan says so; what happened before counts.

    Called only where no newer end or return of the member was heard.
    """
    if event.data["standing"] == DECEASED:
        _end(tx, event, event.data["on"], DECEASED, sa.true())
    else:
        _end(tx, event, event.data["on"], "left", MutualAidPlan.ends_with_leaving.is_(True))


def end_on_retirement(tx: Transaction, event: ReceivedEvent) -> None:
    """A member retired: covers end where the plan says so, unless it was heard already that this was undone."""
    newer = Cover.end_sequence < event.sequence
    _end(tx, event, event.data["retired_on"], "retired", MutualAidPlan.ends_with_retirement.is_(True), newer)
    _heard(tx, event)


def run_on_after_leaving(tx: Transaction, event: ReceivedEvent) -> None:
    """The end of the membership was a mistake."""
    _run_on(tx, event, ("left", DECEASED))


def run_on_after_retirement(tx: Transaction, event: ReceivedEvent) -> None:
    """The retirement was a mistake."""
    _run_on(tx, event, ("retired",), Cover.end_sequence < event.sequence)
    _heard(tx, event)


def hand_over(tx: Transaction, unit_id: UUID, to_unit_id: UUID) -> None:
    """Give another unit the claims of a closed unit that have not reached the provider, and the covers that run."""
    held = Claim.unit_id == unit_id, Claim.state.in_(OPEN_CLAIMS)
    for claim in tx.session.scalars(sa.select(Claim).where(*held).order_by(Claim.id).with_for_update()):
        claim.unit_id = to_unit_id
        announce(tx, claim)
    running = sa.select(CoverPeriod.id).where(CoverPeriod.ends_on >= tx.today)
    covers = sa.update(Cover).where(Cover.unit_id == unit_id, Cover.period_id.in_(running)).values(unit_id=to_unit_id)
    tx.session.execute(covers.execution_options(synchronize_session=False))


def subjects_of_member(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the names under which looks at a member's claims are kept."""
    ids = tx.session.scalars(sa.select(Claim.id).where(Claim.member_id == member_id))
    return [f"mutual_aid_claim/{one}" for one in ids]


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


def _end(tx: Transaction, event: ReceivedEvent, day: date, reason: str, *conditions: sa.ColumnElement[bool]) -> None:
    """End covers on a day; one that had not begun on it covers nothing, and is taken off the list."""
    statement = (
        sa.select(Cover)
        .join(MutualAidPlan, MutualAidPlan.id == Cover.plan_id)
        .where(Cover.member_id == event.data["member_id"], Cover.ends_on > day, Cover.state == "covered", *conditions)
        .order_by(Cover.id)
        .with_for_update(of=Cover)
        .execution_options(populate_existing=True)
    )
    for cover in tx.session.scalars(statement):
        begun = cover.starts_on <= day
        _move(tx, cover, "end_early" if begun else "end_before", reason)
        cover.ends_on = day if begun else cover.ends_on


def _run_on(
    tx: Transaction, event: ReceivedEvent, reasons: tuple[str, ...], *conditions: sa.ColumnElement[bool]
) -> None:
    """Let covers run on that ended by mistake; one taken off its list before it began only while the list is open."""
    statement = (
        sa.select(Cover, CoverPeriod)
        .join(CoverPeriod, CoverPeriod.id == Cover.period_id)
        .where(
            Cover.member_id == event.data["member_id"],
            Cover.end_reason.in_(reasons),
            *conditions,
            sa.or_(Cover.state == "ended", sa.and_(Cover.state == "withdrawn", CoverPeriod.state == "open")),
        )
        .order_by(Cover.id)
        .with_for_update(of=Cover)
        .execution_options(populate_existing=True)
    )
    for cover, period in tx.session.execute(statement):
        cover.ends_on = period.ends_on
        _move(tx, cover, "run_on", None)


def _move(tx: Transaction, cover: Cover, action: str, reason: str | None) -> None:
    state = COVER.apply(cover.state, action, roles=None)
    note_change(tx, f"mutual_aid_cover/{cover.id}", {"state": (cover.state, state)})
    cover.state, cover.end_reason = state, reason
    tx.record(changed(cover))


def _heard(tx: Transaction, event: ReceivedEvent) -> None:
    """Keep with a member's covers which retirement, or undoing of one, was heard last: they may arrive in any order."""
    older = Cover.member_id == event.data["member_id"], Cover.end_sequence < event.sequence
    tx.session.flush()
    heard = sa.update(Cover).where(*older).values(end_sequence=event.sequence)
    tx.session.execute(heard.execution_options(synchronize_session=False))
