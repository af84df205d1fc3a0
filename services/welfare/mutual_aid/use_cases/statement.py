"""Mutual aid as lines of a statement: covers, claims with what the provider paid, refusals."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import values_on
from services.chassis.database.transaction import Transaction
from services.welfare.decisions.use_cases.dated import refusals_on
from services.welfare.mutual_aid.tables import Claim, Cover, CoverPeriod, MutualAidPlan
from services.welfare.mutual_aid.use_cases import claims, enrolling
from services.welfare.mutual_aid.use_cases.claim_store import subject_of
from services.welfare.statement.use_cases.lines import MOST_LINES, StatementLine, statement_source

_CLAIMS = {
    **dict.fromkeys(("submitted", "forwarded", "sent_on"), "pending"), "paid": "given", "refused": "refused",
}  # fmt: skip
"""What a claim's state is on a statement; one that was withdrawn is not on it."""


@statement_source("mutual_aid")
def lines_of(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    """Return the covers, claims and refusals of these years."""
    return [
        *_covers(tx, member_id, year_from, as_of),
        *_claims(tx, member_id, year_from, as_of),
        *_refusals(tx, member_id, year_from, as_of),
    ]


def _covers(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    statement = (
        sa.select(Cover, CoverPeriod.ends_on, MutualAidPlan.name)
        .join(CoverPeriod, CoverPeriod.id == Cover.period_id)
        .join(MutualAidPlan, MutualAidPlan.id == Cover.plan_id)
        .where(Cover.member_id == member_id, CoverPeriod.ends_on >= date(year_from, 1, 1))
        .order_by(Cover.starts_on.desc(), Cover.id)
        .limit(MOST_LINES)
    )
    rows = tx.session.execute(statement).all()
    states = values_on(tx, {_subject(cover): cover.state for cover, _, _ in rows}, "state", as_of)
    lines = []
    for cover, last_day, name in rows:
        state = states[_subject(cover)]
        if state not in ("covered", "ended"):
            continue
        until = cover.ends_on if state == "ended" else last_day
        told = "used" if until < as_of else "given"
        lines.append(StatementLine("mutual_aid", cover.id, told, name, None, cover.starts_on, until, cover.decision_id))
    return lines


def _claims(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    statement = (
        sa.select(Claim, MutualAidPlan.name)
        .join(MutualAidPlan, MutualAidPlan.id == Claim.plan_id)
        .where(Claim.member_id == member_id, Claim.event_on >= date(year_from, 1, 1))
        .order_by(Claim.submitted_at.desc(), Claim.id)
        .limit(MOST_LINES)
    )
    rows = tx.session.execute(statement).all()
    states = values_on(tx, {subject_of(claim): claim.state for claim, _ in rows}, "state", as_of)
    lines = []
    for claim, name in rows:
        step = states[subject_of(claim)]
        if step not in _CLAIMS:
            continue
        amount = claim.paid if step == "paid" else claim.asked
        lines.append(
            StatementLine(
                "mutual_aid", claim.id, _CLAIMS[step], name, amount, claim.event_on, None, claim.decision_id,
                params={"step": step},
            )
        )  # fmt: skip
    return lines


def _refusals(tx: Transaction, member_id: UUID, year_from: int, as_of: date) -> list[StatementLine]:
    kinds = (enrolling.KIND, claims.KIND)
    refused = [one for kind in kinds for one in refusals_on(tx, kind, member_id, as_of, MOST_LINES)]
    return [
        StatementLine(
            "mutual_aid", None, "refused", None, None, day_of(one.decided_at), None, one.id, one.reason, one.params
        )
        for one in refused
        if day_of(one.decided_at).year >= year_from
    ]


def _subject(cover: Cover) -> str:
    return f"mutual_aid_cover/{cover.id}"
