"""A unit's list of cash and goods, with duplicates first; confirming transfers and goods; withdrawing."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.chassis.security.principal import require_unit
from services.contracts.welfare.charity.vocabulary import LISTED_WAYS
from services.welfare.charity import rules
from services.welfare.charity.tables import CashCount, Drive, Gift
from services.welfare.charity.use_cases.giving import hash_of
from services.welfare.charity.use_cases.store import (
    cash_waits,
    confirm,
    drive_of,
    gift_of,
    gift_row,
    gifts_in,
    giver_of,
    is_own,
    tell_of_cash,
)
from services.welfare.charity.workflow import GIFT, GIVER
from services.welfare.members.use_cases.member_copies import units_of

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike."""
_CODE_LENGTH = 12


def enter_gifts(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Enter a unit's list; while it has duplicates that were not confirmed, nothing is stored.

    Raises:
        Refused: the drive takes no gifts that day, a line is incomplete, or names a member of another unit.
    """
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    drive, lines = drive_of(tx, request["drive_id"], lock=True), request["gifts"]
    given_on = request["given_on"]
    refuse_first(
        rules.gifts_are_taken(drive.state, drive.opens_on, drive.closes_on, given_on, tx.today),
        *(rules.line_is_complete(request["way"], one["amount"], one["goods"], one["quantity"]) for one in lines),
        rules.givers_are_of_the_unit(_strangers(tx, request["unit_id"], lines)),
    )
    duplicates, repeated = _duplicates(tx, drive, request)
    if request["only_new"]:
        lines, duplicates = rules.new_lines(lines, [_told(one) for one in duplicates]), []
        refuse_first(rules.something_is_new(len(lines)))
    if (duplicates or repeated) and not request["again"]:
        told = [gift_row(one) for one in duplicates]
        return {"stored": False, "duplicates": told, "repeated": repeated, "gifts": [], "codes": []}
    gifts, codes, waited = [], [], cash_waits(tx, drive.id, request["unit_id"])
    for line in lines:
        code = None if line["member_id"] else new_code()
        gifts.append(_gift(tx, drive, request, line, code))
        codes += [code] if code else []
    tx.session.add_all(gifts)
    if request["way"] == "cash":
        drop_open_count(tx, drive.id, request["unit_id"])
    tx.session.flush()
    tell_of_cash(tx, drive.id, request["unit_id"], waited=waited)
    for one in gifts:
        note_change(tx, f"gift/{one.id}", {"state": (None, "noted")})
    return {"stored": True, "duplicates": [], "repeated": [], "gifts": [gift_row(one) for one in gifts], "codes": codes}


def confirm_gift(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Confirm a transfer that the charity's statement shows, or goods that came."""
    gift, _ = gift_of(tx, request["gift_id"])
    GIFT.apply(gift.state, "confirm", roles=tx.principal.roles)
    refuse_first(rules.gift_can_be_confirmed(gift.way))
    confirm(tx, [gift])
    note_change(tx, f"gift/{gift.id}", {"state": ("noted", "confirmed")})
    return gift_row(gift)


def withdraw_gift(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a gift before it is confirmed: one's own without reason, else a line of a list."""
    gift, _ = gift_of(tx, request["gift_id"])
    own = is_own(gift, tx.principal)
    if not own:
        _require_hand(tx, gift)
    if gift.state == "withdrawn":
        return gift_row(gift)
    state = GIFT.apply(gift.state, "withdraw", roles={GIVER} if own else tx.principal.roles)
    if gift.member_id is not None or not own:  # the history names who acted: for one's own anonymous gift, the giver
        note_change(tx, f"gift/{gift.id}", {"state": (gift.state, state)}, request["reason"])
    gift.state = state
    tx.session.flush()
    if gift.way == "cash":
        drop_open_count(tx, gift.drive_id, gift.unit_id)
        tell_of_cash(tx, gift.drive_id, gift.unit_id, waited=True)
    return gift_row(gift)


def drop_open_count(tx: Transaction, drive_id: UUID, unit_id: UUID) -> None:
    """Forget what the first of two counted: the list is another one now."""
    waits = CashCount.drive_id == drive_id, CashCount.unit_id == unit_id, CashCount.second_by.is_(None)
    tx.session.execute(sa.delete(CashCount).where(*waits))


def new_code() -> str:
    """Return a code that is handed out with an anonymous gift."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def _gift(tx: Transaction, drive: Drive, request: Mapping[str, Any], line: Mapping[str, Any], code: str | None) -> Gift:
    member_id = line["member_id"]
    return Gift(
        drive_id=drive.id,
        unit_id=request["unit_id"],
        member_id=member_id,
        giver=giver_of(drive.id, member_id) if member_id else None,
        claim=hash_of(code) if code else None,
        way=request["way"],
        amount=line["amount"],
        goods=line["goods"],
        quantity=line["quantity"],
        given_on=request["given_on"],
        state="noted",
        receipt="none",
        entered_at=tx.now,
    )


def _duplicates(tx: Transaction, drive: Drive, request: Mapping[str, Any]) -> tuple[list[Gift], list[UUID]]:
    """Return the gifts that stand of the same members and way, or anonymous ones alike; and who is named twice."""
    lines: Sequence[Mapping[str, Any]] = request["gifts"]
    named = Counter(one["member_id"] for one in lines if one["member_id"])
    alike = {(one["amount"], one["goods"]) for one in lines if not one["member_id"]}
    conditions: list[sa.ColumnElement[bool]] = [Gift.member_id.in_(named)]
    if alike:
        conditions.append(sa.and_(Gift.member_id.is_(None), Gift.given_on == request["given_on"]))
    of_list = Gift.unit_id == request["unit_id"], Gift.way == request["way"], Gift.state != "withdrawn"
    found = gifts_in(tx, drive.id, *of_list, sa.or_(*conditions))
    same = [one for one in found if one.member_id is not None or (one.amount, one.goods) in alike]
    return same, [member_id for member_id, times in named.items() if times > 1]


def _told(gift: Gift) -> dict[str, Any]:
    return {"member_id": gift.member_id, "amount": gift.amount, "goods": gift.goods}


def _strangers(tx: Transaction, unit_id: UUID, lines: Sequence[Mapping[str, Any]]) -> int:
    named = {one["member_id"] for one in lines if one["member_id"]}
    units = units_of(tx, named)
    return sum(units.get(member_id) != unit_id for member_id in named)


def _require_hand(tx: Transaction, gift: Gift) -> None:
    """Raise unless the caller keeps the list the gift is in: an officer, or the unit's chair for cash and goods."""
    if tx.principal.has("officer"):
        return
    if gift.way not in LISTED_WAYS:
        raise NotAllowed("This is somebody else's gift.", rule="charity.gift_is_ones_own")
    require_unit(tx.principal, gift.unit_id, also=("officer",))
