"""Deductions: the list for the payroll office, and what it reports back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access, note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Refused, refuse_first
from services.welfare.charity import rules
from services.welfare.charity.tables import Drive, Gift
from services.welfare.charity.use_cases.reading import for_office
from services.welfare.charity.use_cases.store import confirm, drive_of, gifts_in
from services.welfare.charity.workflow import GIFT

_LINE = ("member_id", "unit_id", "amount", "wording_version", "consented_at")


def read_payroll_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the consents that stand, and those withdrawn after an earlier list; the look is logged."""
    drive = drive_of(tx, request["drive_id"], lock=True)
    note_access(tx, f"drive/{drive.id}", "payroll_list", request["purpose"])
    stands = gifts_in(tx, drive.id, Gift.way == "payroll", Gift.state == "noted")
    gone = gifts_in(tx, drive.id, Gift.way == "payroll", Gift.state == "withdrawn", Gift.listed_at.is_not(None))
    listed = sa.update(Gift).where(Gift.drive_id == drive.id, Gift.way == "payroll", Gift.state == "noted")
    tx.session.execute(listed.values(listed_at=tx.now).execution_options(synchronize_session=False))
    return {"items": _lines(stands), "withdrawn": _lines(gone)}


def confirm_payroll(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Confirm what the payroll office deducted of the last list; what it did not is withdrawn.

    Consents that came after the list wait for the next one.

    Raises:
        Refused: no list was taken, or a gift named is not on it.
    """
    drive = drive_of(tx, request["drive_id"], lock=True)
    refuse_first(rules.deduction_was_made(request["deducted_on"], tx.today))
    listed = gifts_in(tx, drive.id, Gift.way == "payroll", Gift.state == "noted", Gift.listed_at.is_not(None))
    missing = set(request["missing"])
    if not listed or not missing <= {one.id for one in listed}:
        raise Refused(
            "Take the list for the payroll office first; every gift named must be on it.",
            rule="charity.deductions_are_listed",
            field="missing",
        )
    for one in listed:
        if one.id in missing:
            one.state = GIFT.apply(one.state, "withdraw", roles=None)
        else:
            one.given_on = max(drive.opens_on, request["deducted_on"])
    confirm(tx, [one for one in listed if one.id not in missing])
    note_change(tx, f"drive/{drive.id}", {"deducted": (None, len(listed) - len(missing))})
    return for_office(tx, drive)


def withdraw_consents(tx: Transaction, member_id: UUID) -> None:
    """Withdraw the consents of a member whose membership has ended."""
    own = Gift.member_id == member_id, Gift.way == "payroll", Gift.state == "noted"
    statement = sa.update(Gift).where(*own).values(state="withdrawn")
    tx.session.execute(statement.execution_options(synchronize_session=False))


def forget_list(tx: Transaction, drive: Drive) -> None:
    """Forget who withdrew a consent once the drive is closed: the payroll office was told."""
    gone = Gift.drive_id == drive.id, Gift.way == "payroll", Gift.state == "withdrawn"
    tx.session.execute(sa.delete(Gift).where(*gone).execution_options(synchronize_session=False))


def _lines(gifts: list[Gift]) -> list[dict[str, Any]]:
    by_unit = sorted(gifts, key=lambda one: (one.unit_id, one.id))
    return [{"gift_id": one.id, **{name: getattr(one, name) for name in _LINE}} for one in by_unit]
