"""Receipts of the charity for those who ask for one (慈善法 Art. 38)."""

from __future__ import annotations

from typing import Any

from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.welfare.charity import rules
from services.welfare.charity.tables import Gift
from services.welfare.charity.use_cases.store import drive_of, gift_of, gift_row, gifts_in, is_own, own_gift


def ask_receipt(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask for a receipt with a title; again changes the title."""
    gift, drive = gift_of(tx, request["gift_id"])
    if not is_own(gift, tx.principal):
        raise NotFound("There is no such gift.", field="gift_id")
    refuse_first(rules.receipt_can_be_asked(gift.state, gift.receipt))
    gift.receipt, gift.receipt_title = "asked", request["receipt_title"]
    tx.session.flush()
    return own_gift(gift, drive)


def read_receipt_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the receipts asked for, with their titles, for the charity; the look is logged."""
    drive = drive_of(tx, request["drive_id"])
    note_access(tx, f"drive/{drive.id}", "receipt_title", request["purpose"])
    names = ("way", "amount", "goods", "given_on")
    asked = gifts_in(tx, drive.id, Gift.receipt == "asked")
    return {
        "items": [
            {
                "gift_id": one.id,
                **{name: getattr(one, name) for name in names},
                "receipt_title": one.receipt_title or "—",
            }
            for one in asked
        ]
    }


def give_receipt(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Record that the charity's receipt was passed on; the title is no longer needed and goes."""
    gift, _ = gift_of(tx, request["gift_id"])
    refuse_first(rules.receipt_was_asked(gift.receipt))
    gift.receipt, gift.receipt_title = "given", None
    gift.receipt_number, gift.receipt_on = request["receipt_number"], request["receipt_on"]
    note_change(tx, f"gift/{gift.id}", {"receipt": ("asked", "given")})
    tx.session.flush()
    return gift_row(gift)
