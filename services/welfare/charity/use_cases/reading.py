"""Drives and gifts as lists and pages show them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound
from services.chassis.files.storage import file_of
from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import in_seen_units, sees_all_units
from services.contracts.welfare.charity.vocabulary import LISTED_WAYS
from services.welfare.charity.tables import Drive, Gift, Pledge
from services.welfare.charity.use_cases.store import (
    MONEY,
    caller,
    drive_of,
    drive_reply,
    gift_row,
    giver_of,
    is_own,
    own_gift,
)
from services.welfare.charity.workflow import PUBLISHED

_MOST_DRIVES = 200
"""Drives in which one's own gifts are looked for: the latest."""
NAME_OF_WAY = {"cash": "cash", "payroll": "payroll", "transfer": "transfers", "goods": "goods"}
_ORDERS: dict[str, list[tuple[Any, str]]] = {
    "given_on": [(Gift.given_on, "asc"), (Gift.id, "asc")],
    "-given_on": [(Gift.given_on, "desc"), (Gift.id, "desc")],
    "entered_at": [(Gift.entered_at, "asc"), (Gift.id, "asc")],
}


def list_drives(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of drives; who is no officer or auditor sees published ones."""
    statement = sa.select(Drive)
    if not sees_all_units(tx.principal):
        statement = statement.where(Drive.state.in_(PUBLISHED))
    if request["state"] is not None:
        statement = statement.where(Drive.state == request["state"])
    if request["ids"]:
        statement = statement.where(Drive.id.in_(request["ids"]))
    if request["charity"]:
        words = (column.icontains(request["charity"], autoescape=True) for column in (Drive.title, Drive.charity_name))
        statement = statement.where(sa.or_(*words))
    way = "desc" if request["sort"].startswith("-") else "asc"
    page = page_of(tx, statement, request, [(Drive.opens_on, way), (Drive.id, way)])
    return page.reply([drive_reply(one) for one in page.rows])


def get_drive(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one drive. Raises `NotFound` where it is not published and the caller is no officer or auditor."""
    return drive_reply(_seen(tx, request))


def drive_outstanding(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a drive with what is outstanding and what is to be handed over."""
    return for_office(tx, drive_of(tx, request["drive_id"]))


def charity_receipt(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the charity's receipt. Raises `NotFound` where there is none, or it is not disclosed to the caller."""
    drive = _seen(tx, request)
    if drive.receipt_file_id is None or (drive.state != "disclosed" and not sees_all_units(tx.principal)):
        raise NotFound("There is no such file, or it is not disclosed yet.", rule="file_exists")
    file = file_of(tx, drive.receipt_file_id, subject=f"drive/{drive.id}")
    return {"name": file.name, "media_type": file.media_type, "content": file.content}


def list_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of gifts of a drive. A chair sees cash and goods of the own unit, which pass through its hands."""
    statement = sa.select(Gift).where(Gift.drive_id == request["drive_id"])
    statement = in_seen_units(statement, Gift.unit_id, tx.principal, request["unit_id"])
    if not sees_all_units(tx.principal):
        statement = statement.where(Gift.way.in_(LISTED_WAYS))
    for name in ("way", "state", "receipt"):
        if request[name] is not None:
            statement = statement.where(getattr(Gift, name) == request[name])
    if request["q"]:
        columns = Gift.reference, Gift.receipt_number, Gift.goods
        statement = statement.where(sa.or_(*(one.icontains(request["q"], autoescape=True) for one in columns)))
    page = page_of(tx, statement, request, _ORDERS[request["sort"]])
    return page.reply([gift_row(one) for one in page.rows])


def my_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's gifts, anonymous ones too, newest first."""
    drives = _own_givers(tx, tx.principal)
    statement = sa.select(Gift, Drive).join(Drive, Drive.id == Gift.drive_id).where(Gift.giver.in_(drives))
    page = page_of(tx, statement, request, [(Gift.id, "desc")])
    return page.reply([own_gift(gift, drive) for gift, drive in page.rows])


def my_gift(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return one of the caller's gifts. Raises `NotFound`."""
    caller(tx)
    gift = tx.get(Gift, request["gift_id"], "There is no such gift.", field="gift_id")
    if not is_own(gift, tx.principal):
        raise NotFound("There is no such gift.", field="gift_id")
    return own_gift(gift, drive_of(tx, gift.drive_id))


def my_pledges(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the caller's pledges."""
    of_drive = sa.select(Pledge, Drive).join(Drive, Drive.id == Pledge.drive_id)
    page = page_of(tx, of_drive.where(Pledge.member_id == caller(tx)), request, [(Pledge.drive_id, "desc")])
    names = ("way", "amount", "drive_id")
    return page.reply(
        [{**{name: getattr(one, name) for name in names}, "title": drive.title} for one, drive in page.rows]
    )


def for_office(tx: Transaction, drive: Drive) -> dict[str, Any]:
    """Return a drive as officers and auditors see it."""
    return {**drive_reply(drive), "outstanding": outstanding_of(tx, drive), "to_hand_over": to_hand_over(tx, drive)}


def outstanding_of(tx: Transaction, drive: Drive) -> dict[str, int]:
    """Return how many gifts of each way are not confirmed, how many receipts are asked for, how many pledged."""
    noted = sa.select(Gift.way, sa.func.count()).where(Gift.drive_id == drive.id, Gift.state == "noted")
    counts = dict(tx.session.execute(noted.group_by(Gift.way)).all())
    asked = sa.select(sa.func.count()).where(Gift.drive_id == drive.id, Gift.receipt == "asked")
    pledges = sa.select(sa.func.count()).where(Pledge.drive_id == drive.id)
    return {
        **{name: counts.get(way, 0) for way, name in NAME_OF_WAY.items()},
        "receipts": tx.session.scalar(asked) or 0,
        "pledges": tx.session.scalar(pledges) or 0,
    }


def to_hand_over(tx: Transaction, drive: Drive) -> Decimal:
    """Return the confirmed money that passes through the union's hands: cash and deductions."""
    money = Gift.drive_id == drive.id, Gift.state == "confirmed", Gift.way.in_(MONEY)
    return tx.session.scalar(sa.select(sa.func.sum(Gift.amount)).where(*money)) or Decimal(0)


def _seen(tx: Transaction, request: dict[str, Any]) -> Drive:
    drive = drive_of(tx, request["drive_id"])
    if drive.state not in PUBLISHED and not sees_all_units(tx.principal):
        raise NotFound("There is no such drive.", field="drive_id")
    return drive


def _own_givers(tx: Transaction, principal: Principal) -> list[str]:
    member_id = caller(tx)
    newest = Drive.opens_on.desc(), Drive.id.desc()
    drives = tx.session.scalars(sa.select(Drive.id).order_by(*newest).limit(_MOST_DRIVES))
    return [giver_of(drive_id, member_id) for drive_id in drives]
