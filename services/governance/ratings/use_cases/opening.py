"""Opening: the rule of the day is fixed, groups are made, the roll is frozen, keys are made, then sheets are taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.ballot_board import encoded
from services.chassis.database.bulk import insert_rows
from services.chassis.database.due_rows import AT_ONCE, take_due
from services.chassis.database.transaction import Transaction
from services.chassis.process.native_threads import in_native_thread
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import cited
from services.chassis.security import blind_signatures as blinding
from services.contracts.governance.ratings.events import RatingOpened
from services.governance.members.use_cases import copies
from services.governance.ratings.tables import SMALL, RatingGroup, RatingRoll, RatingRound, RatingTerms
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.readiness import require_openable, units_named
from services.governance.ratings.use_cases.store import (
    groups_of,
    held,
    move,
    smallest_rule,
    terms_of,
    told_of,
)

FROZEN_AT_ONCE = 5000
"""Rows of a roll written in one transaction."""


def open_rating(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Begin to open a round; keys, and the rest of a large roll, are made by the recurring work.

    Raises:
        NoRuleInForce: no rule says how small a group may be.
        Refused: its time is over, or too few people may fill it in.
    """
    row = held(tx, request["rating_id"])
    begin(tx, row)
    return reading.detail(tx, row)


def open_now(tx: Transaction, rating_id: UUID) -> RatingRound:
    """Open a round that another subject called. Raises as `open_rating`."""
    row = held(tx, rating_id)
    begin(tx, row)
    return row


def begin(tx: Transaction, row: RatingRound, *, by_clock: bool = False) -> None:
    """Fix the rule of a held round, make its groups and freeze the first part of its roll."""
    beside = terms_of(tx, row.id)
    if row.state == "prepared":
        require_openable(tx, row)
    move(tx, row, "open", by_clock=by_clock)
    rule = smallest_rule(tx)
    row.smallest, beside.rules = rule.count, [cited(rule)]
    row.opened_at, row.reached = tx.now, None
    _make_groups(tx, row, beside)
    if row.way == "paper":
        _take_sheets(tx, row)
        return
    row.entitled = 0
    freeze_part(tx, row)


def freeze_part(tx: Transaction, row: RatingRound) -> None:
    """Write the next part of the roll of a round that is being opened."""
    beside = terms_of(tx, row.id)
    members = _next_members(tx, row, beside)
    if members:
        places = {one.unit_id: one.number for one in groups_of(tx, row.id) if one.unit_id is not None}
        columns = {"member_id": [one for one, _ in members]}
        groups = [places.get(unit_id, SMALL) if unit_id is not None else SMALL for _, unit_id in members]
        insert_rows(tx.session, RatingRoll.__table__, {**columns, "group_number": groups}, {"rating_id": row.id})
        row.entitled = (row.entitled or 0) + len(members)
        row.reached = members[-1][0]
    if len(members) < FROZEN_AT_ONCE:
        row.frozen, row.reached = True, None
        _count_groups(tx, row)


def prepare_opened(call: Call) -> None:
    """Freeze the rest of rolls that are being written, then make the keys of their groups, then take sheets."""
    with call.transaction(readonly=True) as tx:
        opening = sa.select(RatingRound.id).where(RatingRound.state == "opening").limit(AT_ONCE)
        waiting = list(tx.session.scalars(opening))
    for rating_id in waiting:
        while _freeze_next(call, rating_id):
            pass
        while _make_next_key(call, rating_id):
            pass
        with call.transaction() as tx:
            row = held(tx, rating_id)
            if row.state == "opening" and row.frozen and _missing_key(tx, rating_id) is None:
                _take_sheets(tx, row)


def open_due(call: Call) -> None:
    """Open rounds whose time has come."""
    take_due(
        call, RatingRound, "prepared", "opens_at", held=held, act=lambda tx, row: begin(tx, row, by_clock=True),
        refused="rating_not_opened",
    )  # fmt: skip


def _make_groups(tx: Transaction, row: RatingRound, beside: RatingTerms) -> None:
    """Make a group for each unit with members enough, and one for all others."""
    groups = [RatingGroup(rating_id=row.id, number=SMALL, unit_id=None)]
    if row.kind == "union":
        counts = copies.headcounts(tx, units_named(row, beside))
        least = 1 if row.way == "paper" else row.smallest or 1
        large = sorted(unit_id for unit_id, count in counts.items() if count >= least)
        groups += [
            RatingGroup(rating_id=row.id, number=number, unit_id=unit_id)
            for number, unit_id in enumerate(large, SMALL + 1)
        ]
    tx.session.add_all(groups)
    tx.session.flush()


def _count_groups(tx: Transaction, row: RatingRound) -> None:
    """Note how many of the frozen roll are in each group; groups without anybody go."""
    counted = sa.select(RatingRoll.group, sa.func.count().label("raters")).where(RatingRoll.rating_id == row.id)
    found = {one[0]: one.raters for one in tx.session.execute(counted.group_by(RatingRoll.group))}
    for group in groups_of(tx, row.id):
        group.entitled = found.get(group.number, 0)
        if not group.entitled:
            tx.session.delete(group)
    tx.session.flush()


def _freeze_next(call: Call, rating_id: UUID) -> bool:
    with call.transaction() as tx:
        row = held(tx, rating_id)
        if row.state != "opening" or row.frozen:
            return False
        freeze_part(tx, row)
        return not row.frozen


def _make_next_key(call: Call, rating_id: UUID) -> bool:
    """Make the key of a group that has none; return whether there was one. No transaction is open meanwhile."""
    with call.transaction(readonly=True) as tx:
        number = _missing_key(tx, rating_id)
    if number is None:
        return False
    key = in_native_thread(blinding.new_key)
    with call.transaction() as tx:
        row = held(tx, rating_id)
        group = tx.session.get(RatingGroup, (rating_id, number))
        if row.state == "opening" and group is not None and group.public_key is None:
            group.signing_key = blinding.private_text(key)
            group.public_key = encoded(blinding.public_bytes(key.public_key()))
    return row.state == "opening"


def _missing_key(tx: Transaction, rating_id: UUID) -> int | None:
    missing = sa.select(RatingGroup.number).where(RatingGroup.rating_id == rating_id, RatingGroup.public_key.is_(None))
    return tx.session.scalar(missing.order_by(RatingGroup.number).limit(1))


def _take_sheets(tx: Transaction, row: RatingRound) -> None:
    move(tx, row, "begin", by_clock=True)
    row.telling = "called" if row.way == "online" else None
    tx.record(RatingOpened(**told_of(row), closes_at=row.closes_at))


def _next_members(tx: Transaction, row: RatingRound, beside: RatingTerms) -> list[tuple[UUID, UUID | None]]:
    """Return the next members of the roll with their units, in the order of their ids."""
    if row.electorate in ("all", "units"):
        return list(copies.voting_members(tx, units_named(row, beside), row.reached, FROZEN_AT_ONCE))
    named = sorted({UUID(one) for one in beside.member_ids})
    rest = [one for one in named if row.reached is None or one > row.reached]
    return [(one, None) for one in rest[:FROZEN_AT_ONCE]]
