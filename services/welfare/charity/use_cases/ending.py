"""After the giving: totals that are fixed, the hand-over to the charity, what it did with the money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.files.attachments import store_examined
from services.contracts.welfare.charity.events import DriveClosed, DriveDisclosed, DriveHandedOver
from services.contracts.welfare.charity.vocabulary import GIFT_WAYS
from services.welfare.charity import rules
from services.welfare.charity.tables import Drive, Gift, Pledge
from services.welfare.charity.use_cases.payroll import forget_list
from services.welfare.charity.use_cases.reading import NAME_OF_WAY, outstanding_of, to_hand_over
from services.welfare.charity.use_cases.store import drive_of, drive_reply, move_drive
from services.welfare.charity.workflow import DRIVE

MOST_GOODS = 200
"""Lines of goods that the totals name."""
RECEIPT = "charity_receipt"


def close_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close a drive and fix its totals; pledges and withdrawn consents go.

    Raises:
        Refused: a gift is not confirmed yet.
    """
    drive = drive_of(tx, request["drive_id"], lock=True)
    waiting = outstanding_of(tx, drive)
    refuse_first(rules.nothing_is_outstanding({name: waiting[name] for name in NAME_OF_WAY.values()}))
    move_drive(tx, drive, "close")
    drive.closed_on, drive.totals = tx.today, _totals(tx, drive)
    tx.session.execute(sa.delete(Pledge).where(Pledge.drive_id == drive.id))
    forget_list(tx, drive)
    tx.record(DriveClosed(drive_id=drive.id, on=tx.today, plan_item_id=drive.plan_item_id))
    tx.session.flush()
    return drive_reply(drive)


def may_hand_over(tx: Transaction, request: Mapping[str, Any]) -> None:
    """Raise unless the hand-over may be recorded."""
    _require_hand_over(tx, drive_of(tx, request["drive_id"]), request)


def hand_over_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record the hand-over to the charity with its receipt.

    Raises:
        Refused: the drive is not closed, or a difference is not explained.
    """
    drive = drive_of(tx, request["drive_id"], lock=True)
    _require_hand_over(tx, drive, request)
    move_drive(tx, drive, "hand_over")
    for name in ("handed_on", "handed_amount", "difference", "charity_receipt"):
        setattr(drive, name, request[name])
    file = store_examined(tx, request, "charity-receipt", subject=f"drive/{drive.id}", purpose=RECEIPT)
    drive.receipt_file_id = file.id
    tx.record(DriveHandedOver(drive_id=drive.id, on=request["handed_on"]))
    tx.session.flush()
    return drive_reply(drive)


def disclose_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Disclose what the charity did; from now on everybody who is signed in reads it and opens the receipt."""
    drive = drive_of(tx, request["drive_id"], lock=True)
    move_drive(tx, drive, "disclose")
    drive.report, drive.disclosed_on = request["report"], tx.today
    tx.record(DriveDisclosed(drive_id=drive.id, on=tx.today))
    tx.session.flush()
    return drive_reply(drive)


def _require_hand_over(tx: Transaction, drive: Drive, request: Mapping[str, Any]) -> None:
    DRIVE.apply(drive.state, "hand_over", roles=tx.principal.roles)
    refuse_first(
        rules.hand_over_follows(request["handed_on"], drive.closed_on, tx.today),
        rules.hand_over_is_explained(request["handed_amount"], to_hand_over(tx, drive), request["difference"]),
    )


def _totals(tx: Transaction, drive: Drive) -> dict[str, Any]:
    """Return what is told of a drive: no number of givers, no sum that tells of few."""
    columns = Gift.unit_id, Gift.way, Gift.giver, Gift.amount
    of_drive = Gift.drive_id == drive.id, Gift.state == "confirmed"
    rows = tx.session.execute(sa.select(*columns).where(*of_drive, Gift.amount.is_not(None))).all()
    unknown = sum(row.giver is None for row in rows)
    givers = len({row.giver for row in rows if row.giver is not None}) + unknown
    units, ways = _grouped((row.unit_id, row) for row in rows), _grouped((row.way, row) for row in rows)
    told_units, told_ways = rules.told_amounts(units), rules.told_amounts(ways)
    amount = sum((row.amount for row in rows), Decimal(0))
    return {
        "amount": str(amount) if givers >= rules.SMALLEST_GROUP else None,
        "units": [{"unit_id": str(key), "amount": _text(told_units[key])} for key in sorted(told_units)],
        "ways": [{"way": way, "amount": _text(told_ways[way])} for way in GIFT_WAYS if way in told_ways],
        "goods": _goods(tx, drive),
    }


def _grouped(rows: Iterable[tuple[Any, Any]]) -> dict[Any, rules.Group]:
    """Return sums and givers by key. Unclaimed anonymous gifts of a unit count as of one giver."""
    amounts: dict[Any, Decimal] = defaultdict(Decimal)
    givers: dict[Any, set[str]] = defaultdict(set)
    for key, row in rows:
        amounts[key] += row.amount
        givers[key].add(row.giver or f"?{row.unit_id}")
    return {key: rules.Group(amount, frozenset(givers[key])) for key, amount in amounts.items()}


def _goods(tx: Transaction, drive: Drive) -> list[dict[str, str]]:
    given = Gift.drive_id == drive.id, Gift.state == "confirmed", Gift.way == "goods"
    statement = sa.select(Gift.goods, Gift.quantity).where(*given).order_by(Gift.goods, Gift.quantity).limit(MOST_GOODS)
    return [{"goods": row.goods, "quantity": row.quantity} for row in tx.session.execute(statement)]


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
