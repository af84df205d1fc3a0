"""Preparing, publishing and cancelling drives."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.welfare.charity.events import DriveCancelled, DriveOpened
from services.contracts.welfare.charity.vocabulary import CHARITY_MARKS
from services.welfare.charity import rules
from services.welfare.charity.tables import Drive, Gift, Pledge
from services.welfare.charity.use_cases.store import drive_of, drive_reply, move_drive

RULE = "charity.marks"
_COLUMN_OF = {"name": "charity_name"}


def prepare_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Prepare a drive as a draft; the charity may still be missing."""
    refuse_first(rules.period_is_possible(request["opens_on"], request["closes_on"], tx.today))
    drive = Drive(**request, year=request["opens_on"].year, state="draft")
    tx.session.add(drive)
    tx.session.flush()
    return drive_reply(drive)


def change_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Change a draft. What members gave for never changes: once it is published, the terms stay."""
    drive = drive_of(tx, request.pop("drive_id"), lock=True)
    move_drive(tx, drive, "change")
    refuse_first(rules.period_is_possible(request["opens_on"], request["closes_on"], tx.today))
    for name, value in request.items():
        setattr(drive, name, value)
    drive.year = drive.opens_on.year
    tx.session.flush()
    return drive_reply(drive)


def open_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Publish a drive whose charity is named as the rule in force asks.

    Raises:
        NoRuleInForce: no rule says what must be named, so nobody knows whether the union may raise money.
        Refused: the charity is not named, or the period is past.
    """
    drive = drive_of(tx, request["drive_id"], lock=True)
    rule = rule_in_force(tx, RULE, max(drive.opens_on, tx.today))
    marks = {mark: getattr(drive, _COLUMN_OF.get(mark, mark)) for mark in CHARITY_MARKS}
    refuse_first(
        rules.charity_is_named(marks, rule.value, rule),
        rules.period_is_possible(drive.opens_on, drive.closes_on, tx.today),
    )
    move_drive(tx, drive, "open")
    told = {name: getattr(drive, name) for name in ("opens_on", "closes_on", "plan_item_id")}
    tx.record(DriveOpened(drive_id=drive.id, **told))
    tx.session.flush()
    return drive_reply(drive)


def cancel_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a drive for which nothing was given; its pledges go."""
    drive = drive_of(tx, request["drive_id"], lock=True)
    given = sa.select(sa.func.count()).where(Gift.drive_id == drive.id, Gift.state != "withdrawn")
    refuse_first(rules.nothing_was_given(tx.session.scalar(given) or 0))
    move_drive(tx, drive, "cancel", request["reason"])
    drive.reason = request["reason"]
    tx.session.execute(sa.delete(Pledge).where(Pledge.drive_id == drive.id))
    tx.record(DriveCancelled(drive_id=drive.id, on=tx.today, plan_item_id=drive.plan_item_id))
    tx.session.flush()
    return drive_reply(drive)
