"""What members do themselves: pledge, give by payroll or transfer, claim an anonymous gift. Nobody is reminded."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.chassis.security.encryption import fingerprint
from services.welfare.charity import rules
from services.welfare.charity.tables import Drive, Gift, Pledge
from services.welfare.charity.use_cases.store import caller, drive_of, giver_of, own_gift
from services.welfare.members.use_cases.member_copies import member_of

CODES = "charity gift"
"""Scope of the hashes of codes."""
_NONE = {"way": None, "amount": None}


def pledge_to_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Keep what the caller means to give; again changes it."""
    drive, member_id = drive_of(tx, request["drive_id"], lock=True), caller(tx)
    _require_open_today(tx, drive)
    pledge = tx.session.get(Pledge, (drive.id, member_id)) or Pledge(drive_id=drive.id, member_id=member_id)
    pledge.way, pledge.amount = request["way"], request["amount"]
    tx.session.add(pledge)
    tx.session.flush()
    return _pledge(pledge)


def my_pledge(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's pledge, with nulls when there is none."""
    pledge = tx.session.get(Pledge, (request["drive_id"], caller(tx)))
    return _pledge(pledge) if pledge is not None else _NONE


def withdraw_pledge(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove the caller's pledge, at any time and without reason."""
    own = Pledge.drive_id == request["drive_id"], Pledge.member_id == caller(tx)
    tx.session.execute(sa.delete(Pledge).where(*own))
    return _NONE


def give_to_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record the caller's consent to a deduction, or the caller's own transfer.

    A deduction that stands is changed, and a transfer with the same receipt number is the same one.

    Raises:
        Refused: the drive takes no gifts that day, the consent or the receipt number is missing.
    """
    drive, member_id = drive_of(tx, request["drive_id"], lock=True), caller(tx)
    way, anonymous = request["way"], request["anonymous"]
    given_on = (request["given_on"] if way == "transfer" else None) or tx.today
    refuse_first(
        rules.gifts_are_taken(drive.state, drive.opens_on, drive.closes_on, given_on, tx.today),
        rules.payroll_gift_has_a_name(way, anonymous=anonymous),
        rules.transfer_has_its_receipt(way, request["reference"]),
        rules.wording_is_current(request["wording_version"], drive.wording_version) if way == "payroll" else None,
    )
    gift = _known(tx, drive, way, giver_of(drive.id, member_id), request["reference"])
    if gift is None:
        unit_id = member_of(tx, member_id).unit_id
        gift = Gift(drive_id=drive.id, unit_id=unit_id, giver=giver_of(drive.id, member_id), way=way, state="noted")
        gift.receipt, gift.entered_at = "none", tx.now
        tx.session.add(gift)
    elif gift.state == "confirmed":
        return own_gift(gift, drive)
    gift.member_id = None if anonymous else member_id
    gift.amount, gift.given_on = request["amount"], given_on
    if way == "transfer":
        gift.reference = request["reference"]
    else:
        gift.wording_version, gift.consented_at, gift.listed_at = drive.wording_version, tx.now, None
    tx.session.flush()
    if not anonymous:
        note_change(tx, f"gift/{gift.id}", {"amount": (None, "***")})
    return own_gift(gift, drive)


def claim_gift(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take an anonymous gift into the caller's account; it stays anonymous, and a second claim finds nothing.

    Raises:
        Refused: no unclaimed gift of this drive has this code.
    """
    drive, member_id = drive_of(tx, request["drive_id"], lock=True), caller(tx)
    giver = giver_of(drive.id, member_id)
    coded = Gift.drive_id == drive.id, Gift.claim == hash_of(request["code"])
    gift = tx.session.scalars(sa.select(Gift).where(*coded)).one_or_none()
    if gift is None or gift.giver not in (None, giver):
        raise Refused("No gift of this drive has this code.", field="code", rule="charity.code_is_known")
    gift.giver = giver
    tx.session.flush()
    return own_gift(gift, drive)


def hash_of(code: str) -> str:
    """Return the keyed hash of a code as it is typed: case, spaces and hyphens do not matter."""
    return fingerprint("".join(one for one in code.upper() if one.isalnum()), CODES)


def _require_open_today(tx: Transaction, drive: Drive) -> None:
    refuse_first(rules.gifts_are_taken(drive.state, drive.opens_on, drive.closes_on, tx.today, tx.today))


def _known(tx: Transaction, drive: Drive, way: str, giver: str, reference: str | None) -> Gift | None:
    """Return the gift that the caller records again. Raises `Refused` where the receipt is of another gift."""
    stands = Gift.drive_id == drive.id, Gift.way == way, Gift.state != "withdrawn"
    which = Gift.giver == giver if way == "payroll" else Gift.reference == reference
    gift = tx.session.scalars(sa.select(Gift).where(*stands, which)).one_or_none()
    refuse_first(rules.reference_is_new(gift is not None and gift.giver != giver))
    return gift


def _pledge(pledge: Pledge) -> dict[str, Any]:
    return {"way": pledge.way, "amount": pledge.amount}
