"""Finding drives and gifts, the hash by which a giver's account finds its gifts, and how answers tell them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.security.encryption import pseudonym
from services.chassis.security.principal import Principal, require_member
from services.contracts.welfare.charity.events import CashToCount, DonationRecorded
from services.welfare.charity.tables import Drive, Gift
from services.welfare.charity.workflow import DRIVE, GIFT

_GIFT = (
    "id", "drive_id", "unit_id", "member_id", "way", "amount", "goods", "quantity", "given_on", "reference", "state",
    "receipt", "receipt_number", "receipt_on", "entered_at",
)  # fmt: skip
MONEY = ("cash", "payroll")
"""Ways whose money is handed over; who transfers gives it to the charity oneself."""


def drive_of(tx: Transaction, drive_id: UUID, *, lock: bool = False) -> Drive:
    """Return a drive. Raises `NotFound`."""
    return tx.get(Drive, drive_id, "There is no such drive.", field="drive_id", lock=lock)


def gift_of(tx: Transaction, gift_id: UUID) -> tuple[Gift, Drive]:
    """Return a gift and its drive, which is locked first, so that neither changes meanwhile. Raises `NotFound`."""
    gift = tx.get(Gift, gift_id, "There is no such gift.", field="gift_id")
    drive = drive_of(tx, gift.drive_id, lock=True)
    tx.session.refresh(gift)
    return gift, drive


def move_drive(tx: Transaction, drive: Drive, action: str, reason: str | None = None) -> None:
    """Take a drive on by an action, and keep the step. Raises `Refused` where its state does not allow it."""
    state = DRIVE.apply(drive.state, action, roles=tx.principal.roles)
    note_change(tx, f"drive/{drive.id}", {"state": (drive.state, state)}, reason)
    drive.state = state


def confirm(tx: Transaction, gifts: Sequence[Gift]) -> None:
    """Confirm gifts, and tell of each without who gave and how much, and without a trace of this call."""
    for gift in gifts:
        gift.state = GIFT.apply(gift.state, "confirm", roles=None)
        tx.record_uncorrelated(DonationRecorded(drive_id=gift.drive_id, way=gift.way))
    tx.session.flush()


def cash_waits(tx: Transaction, drive_id: UUID, unit_id: UUID) -> bool:
    """Whether a unit has cash that was not counted by two yet."""
    cash = Gift.drive_id == drive_id, Gift.unit_id == unit_id, Gift.way == "cash", Gift.state == "noted"
    return bool(tx.session.scalar(sa.select(sa.exists().where(*cash))))


def tell_of_cash(tx: Transaction, drive_id: UUID, unit_id: UUID, *, waited: bool) -> None:
    """Announce that a unit of a locked drive has cash to count, or has none left, where that has changed.

    Without a trace of this call: who withdraws one's own anonymous gift is in no event.
    """
    waits = cash_waits(tx, drive_id, unit_id)
    if waits != waited:
        tx.record_uncorrelated(CashToCount(drive_id=drive_id, unit_id=unit_id, open=waits))


def giver_of(drive_id: UUID, member_id: UUID) -> str:
    """Return the keyed hash that stands for a member as giver of a drive; of another drive it is another one."""
    return pseudonym(member_id, f"charity:{drive_id}")


def caller(tx: Transaction) -> UUID:
    """Return the caller's id as a member. Raises `NotAllowed`."""
    return require_member(tx.principal, "Only a member can do this.", rule="charity.caller_is_a_member")


def is_own(gift: Gift, principal: Principal) -> bool:
    """Whether a gift is the caller's own."""
    return principal.member_id is not None and gift.giver == giver_of(gift.drive_id, principal.member_id)


def gifts_in(tx: Transaction, drive_id: UUID, *conditions: Any) -> list[Gift]:
    """Return gifts of a drive in the order of entry; each use limits their number by its conditions."""
    statement = sa.select(Gift).where(Gift.drive_id == drive_id, *conditions).order_by(Gift.id)
    return list(tx.session.scalars(statement))


def gift_row(gift: Gift) -> dict[str, Any]:
    """Return a gift as lists tell it."""
    return {**{name: getattr(gift, name) for name in _GIFT}, "anonymous": gift.member_id is None}


def own_gift(gift: Gift, drive: Drive) -> dict[str, Any]:
    """Return a gift as its giver sees it."""
    return {
        **gift_row(gift),
        **{name: getattr(drive, name) for name in ("title", "charity_name", "credit_code")},
        **{name: getattr(gift, name) for name in ("wording_version", "consented_at", "receipt_title")},
        "certified": gift.state == "confirmed",
    }


def drive_reply(drive: Drive) -> dict[str, Any]:
    """Return a drive as answers tell it."""
    values = {column.key: getattr(drive, column.key) for column in sa.inspect(Drive).column_attrs}
    file_id = values.pop("receipt_file_id")
    return {**values, "has_receipt": file_id is not None}
