"""The registry of members in hardship: opening, reviewing each year, ending, and its due list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.chassis.database.history import note_access, note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.unit_scope import in_seen_units
from services.contracts.welfare.hardship.events import HardshipReviewDue
from services.welfare.hardship import rules
from services.welfare.hardship.tables import HardshipRecord, HardshipReview
from services.welfare.hardship.use_cases.store import is_registered, own_member_id, record_of, record_subject
from services.welfare.members.use_cases.member_copies import member_of

REVIEW_MONTHS = "aid.review_months"
BATCH = 200
MOST_REVIEWS = 100
_ROW = ("id", "member_id", "unit_id", "grade", "since", "reviewed_on", "review_due", "state", "ended_on", "version")


def open_hardship_record(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a member into the registry; the first review is due by the rule of today.

    Raises:
        NoRuleInForce: no rule says how often records are reviewed.
        Refused: the member has an open record, or it is the caller's own.
    """
    member = member_of(tx, request["member_id"], lock=True)
    months = rule_in_force(tx, REVIEW_MONTHS, tx.today)
    refuse_first(
        rules.others_review(member.member_id, tx.principal.member_id),
        rules.since_has_come(request["since"], tx.today),
        rules.member_is_not_on_record(is_registered(tx, member.member_id)),
    )
    record = HardshipRecord(
        member_id=member.member_id,
        unit_id=member.unit_id,
        grade=request["grade"],
        since=request["since"],
        circumstances=request["circumstances"],
        review_due=rules.months_after(request["since"], months.count),
        state="open",
        version=1,
    )
    tx.session.add(record)
    try:
        with tx.savepoint():
            tx.session.flush()
    except IntegrityError:
        refusal = rules.member_is_not_on_record(1)
        assert isinstance(refusal, Refusal)
        raise Refused.by(refusal) from None
    note_change(tx, record_subject(record), {"state": (None, "open"), "grade": (None, record.grade)})
    return _detail(tx, record)


def list_hardship_records(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the registry: by the next review, or the newest first."""
    statement = sa.select(HardshipRecord)
    for name in ("member_id", "grade", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(HardshipRecord, name) == request[name])
    if request["due"] is not None:
        is_due = sa.and_(HardshipRecord.state == "open", HardshipRecord.review_due <= tx.today)
        statement = statement.where(is_due if request["due"] else sa.not_(is_due))
    if request["ids"] is not None:
        statement = statement.where(HardshipRecord.id.in_(request["ids"]))
    statement = in_seen_units(statement, HardshipRecord.unit_id, tx.principal, request["unit_id"])
    keys: list[Any] = [(HardshipRecord.review_due, "asc"), (HardshipRecord.id, "asc")]
    if request["sort"] == "-since":
        keys = [(HardshipRecord.since, "desc"), (HardshipRecord.id, "desc")]
    page = page_of(tx, statement, request, keys)
    return page.reply([_row(tx, one) for one in page.rows])


def get_hardship_record(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one record with its reviews."""
    return _detail(tx, record_of(tx, request["record_id"]))


def my_hardship_records(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's own records."""
    statement = sa.select(HardshipRecord).where(HardshipRecord.member_id == own_member_id(tx.principal))
    page = page_of(tx, statement, request, [(HardshipRecord.id, "desc")])
    return page.reply([{**_row(tx, one), "circumstances": one.circumstances} for one in page.rows])


def review_hardship_record(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep the review of a record; the next is due by the rule of today, counted from today.

    Raises:
        NoRuleInForce: no rule says how often records are reviewed.
        Refused: the record was ended, is the caller's own, or the grade does not fit.
    """
    record = record_of(tx, request["record_id"], version=request["version"], lock=True)
    refuse_first(
        rules.record_is_open(record.state),
        rules.others_review(record.member_id, tx.principal.member_id),
        rules.grade_fits_outcome(request["outcome"], request["grade"], record.grade),
    )
    months = rule_in_force(tx, REVIEW_MONTHS, tx.today)
    grade = request["grade"] or record.grade
    ended = request["outcome"] == "ended"
    state = "closed" if ended else "open"
    note_change(tx, record_subject(record), {"state": (record.state, state), "grade": (record.grade, grade)})
    note_change(tx, record_subject(record), {"reviewed_on": (record.reviewed_on, tx.today)})
    record.grade, record.state, record.reviewed_on = grade, state, tx.today
    record.ended_on = tx.today if ended else None
    record.review_due = rules.months_after(tx.today, months.count)
    tx.session.add(
        HardshipReview(
            record_id=record.id, reviewed_on=tx.today, outcome=request["outcome"], grade=grade, note=request["note"],
            reviewed_by=tx.principal.account_id,
        )
    )  # fmt: skip
    _no_longer_due(tx, record)
    return _detail(tx, record)


def unmask_hardship_record(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Show what is written of a member's circumstances, and keep who looked and for what."""
    record = record_of(tx, request["record_id"])
    note_access(tx, record_subject(record), "circumstances", request["purpose"])
    return {"field": "circumstances", "value": record.circumstances}


def watch_reviews(tx: Transaction) -> None:
    """Announce, once each, the records whose review has come due."""
    due = (
        HardshipRecord.state == "open",
        HardshipRecord.review_due <= tx.today,
        sa.or_(HardshipRecord.told_due.is_(None), HardshipRecord.told_due < HardshipRecord.review_due),
    )
    statement = sa.select(HardshipRecord).where(*due).order_by(HardshipRecord.review_due, HardshipRecord.id)
    for record in tx.session.scalars(statement.limit(BATCH).with_for_update(skip_locked=True)):
        record.told_due = record.review_due
        tx.record(HardshipReviewDue(record_id=record.id, due_on=record.review_due, open=True))


def end_record_of(tx: Transaction, member_id: UUID) -> None:
    """End the open record of a member who left or died."""
    open_one = HardshipRecord.member_id == member_id, HardshipRecord.state == "open"
    record = tx.session.scalars(sa.select(HardshipRecord).where(*open_one).with_for_update()).one_or_none()
    if record is None:
        return
    note_change(tx, record_subject(record), {"state": (record.state, "closed")})
    record.state, record.ended_on = "closed", tx.today
    _no_longer_due(tx, record)


def members_on_record(tx: Transaction, most: int) -> list[UUID]:
    """Return the members with an open record, in the order of their records, `most` of them."""
    open_ones = sa.select(HardshipRecord.member_id).where(HardshipRecord.state == "open")
    return list(tx.session.scalars(open_ones.order_by(HardshipRecord.id).limit(most)))


def _no_longer_due(tx: Transaction, record: HardshipRecord) -> None:
    record.version += 1
    tx.session.flush()
    if record.told_due is not None:
        tx.record(HardshipReviewDue(record_id=record.id, due_on=record.told_due, open=False))


def _row(tx: Transaction, record: HardshipRecord) -> dict[str, Any]:
    row = {name: getattr(record, name) for name in _ROW}
    return {**row, "overdue": record.state == "open" and record.review_due < tx.today}


def _detail(tx: Transaction, record: HardshipRecord) -> dict[str, Any]:
    of_record = sa.select(HardshipReview).where(HardshipReview.record_id == record.id)
    newest = of_record.order_by(HardshipReview.id.desc()).limit(MOST_REVIEWS)
    names = ("reviewed_on", "outcome", "grade", "reviewed_by")
    reviews = [{name: getattr(one, name) for name in names} for one in tx.session.scalars(newest)]
    return {**_row(tx, record), "reviews": reviews}
