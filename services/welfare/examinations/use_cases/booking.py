"""Appointments: booking, moving and cancelling, each in one transaction that keeps the places of slots right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.clock import day_of
from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, Refused, refuse_first
from services.chassis.rules.refusal import Refusal, sourced
from services.chassis.rules.rulebook import rule_in_force
from services.chassis.security.principal import require_member
from services.welfare.examinations import rules
from services.welfare.examinations.tables import Examination, ExaminationPackage, ExaminationSlot, Examinee
from services.welfare.examinations.use_cases.store import (
    examinee_of,
    examinee_replies,
    examinee_reply,
    exchange,
    facts_of,
    fits,
    held_examination,
    package_reply,
    packages_of,
    slots_of,
)
from services.welfare.examinations.workflow import EXAMINEE

SHOWN = ("listing", "open", "closed")


def book_examination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Book a slot for a package, or move there from another one; the same again changes nothing.

    Raises:
        NotFound: the member is not on the list.
        NoRuleInForce: no rule says until when an appointment can be moved.
        Refused: booking is over, the package is for others, the slot is full or past, or it is too late to move.
    """
    examination = held_examination(tx, request["examination_id"])
    one = examinee_of(tx, examination.id, _for_whom(tx, request["member_id"]), lock=True)
    package = _of_campaign(tx, ExaminationPackage, request["package_id"], examination, "package_id")
    slot = _of_campaign(tx, ExaminationSlot, request["slot_id"], examination, "slot_id")
    refuse_first(
        rules.booking_is_open(examination.state, examination.book_until, tx.today),
        rules.package_is_for_member(fits(facts_of(one), package)),
    )
    state = EXAMINEE.apply(one.state, "book", roles=None)
    if one.slot_id != slot.id or one.state != "booked":
        ahead = rules.slot_is_ahead(slot.starts_at, tx.now, day_of(slot.starts_at))
        refuse_first(_too_late(tx, one), ahead)
    if not exchange(tx, one.slot_id, slot.id):
        raise Refused("This slot is full.", rule="examinations.slot_has_places", field="slot_id")
    change = {"state": (one.state, state), "slot": (str(one.slot_id) if one.slot_id else None, str(slot.id))}
    note_change(tx, f"examinee/{one.id}", change)
    one.state, one.package_id, one.slot_id = state, package.id, slot.id
    one.booked_at, one.marked_at = tx.now, None
    return examinee_reply(tx, one)


def cancel_examination_booking(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give an appointment back.

    Raises:
        NoRuleInForce: no rule says until when.
        Refused: it is too late, or there is no appointment.
    """
    found = tx.get(Examinee, request["examinee_id"], "There is no such appointment.", field="examinee_id")
    if found.member_id != tx.principal.member_id and not tx.principal.has("officer"):
        raise NotAllowed("This is the appointment of somebody else.", rule="examinations.appointment_is_ones_own")
    held_examination(tx, found.examination_id)
    one = examinee_of(tx, found.examination_id, found.member_id, lock=True)
    state = EXAMINEE.apply(one.state, "cancel", roles=None)
    refuse_first(_too_late(tx, one))
    release(tx, one)
    note_change(tx, f"examinee/{one.id}", {"state": (one.state, state)})
    one.state = state
    return examinee_reply(tx, one)


def my_examinations(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """A page of the caller's examinations, newest first, with the packages for the caller and the slots."""
    member_id = require_member(tx.principal, "Only a member is examined.", rule="examinations.caller_is_a_member")
    statement = (
        sa.select(Examinee, Examination)
        .join(Examination, Examination.id == Examinee.examination_id)
        .where(Examinee.member_id == member_id, Examinee.state != "withdrawn", Examination.state.in_(SHOWN))
    )
    page = page_of(tx, statement, request, [(Examinee.id, "desc")])
    rows = [(row[0], row[1]) for row in page.rows]
    open_ids = [of.id for _, of in rows if _is_open(tx, of)]
    packages, slots = _by_campaign(tx, open_ids)
    told = examinee_replies(tx, [one for one, _ in rows])
    return page.reply(
        [
            {
                **reply,
                **{name: getattr(of, name) for name in ("title", "year", "kind", "book_until")},
                "is_open": of.id in open_ids,
                "packages": [package_reply(it) for it in packages.get(of.id, []) if fits(facts_of(one), it)],
                "slots": slots.get(of.id, []),
            }
            for reply, (one, of) in zip(told, rows, strict=True)
        ]
    )


def release(tx: Transaction, one: Examinee) -> None:
    """Give the place of an appointment back."""
    if one.slot_id is not None:
        exchange(tx, one.slot_id, None)
    one.slot_id = one.package_id = one.booked_at = None


def _by_campaign(
    tx: Transaction, examination_ids: list[UUID]
) -> tuple[dict[UUID, list[ExaminationPackage]], dict[UUID, list[dict[str, Any]]]]:
    packages: dict[UUID, list[ExaminationPackage]] = {}
    for package in packages_of(tx, examination_ids):
        packages.setdefault(package.examination_id, []).append(package)
    return packages, {one: slots_of(tx, [one]) for one in examination_ids}


def _is_open(tx: Transaction, examination: Examination) -> bool:
    return rules.booking_is_open(examination.state, examination.book_until, tx.today) is None


def _for_whom(tx: Transaction, member_id: UUID | None) -> UUID:
    """Return whom an appointment is for: the caller, or somebody an officer names."""
    if member_id is not None and member_id != tx.principal.member_id:
        if not tx.principal.has("officer"):
            raise NotAllowed("Only an officer books for others.", rule="examinations.appointment_is_ones_own")
        return member_id
    return require_member(tx.principal, "Only a member is examined.", rule="examinations.caller_is_a_member")


def _too_late(tx: Transaction, one: Examinee) -> Refusal | None:
    """Return why an appointment can't be given up any more; None where there is none, or it was missed."""
    if one.state != "booked" or one.slot_id is None:
        return None
    slot = tx.session.get_one(ExaminationSlot, one.slot_id)
    rule = rule_in_force(tx, "examinations.change_days", tx.today)
    return sourced(rules.place_can_be_given_up(day_of(slot.starts_at), tx.today, rule.count), rule)


def _of_campaign(tx: Transaction, table: Any, row_id: UUID, examination: Examination, field: str) -> Any:
    row = tx.session.get(table, row_id)
    if row is None or row.examination_id != examination.id:
        raise NotFound("The examination has no such choice.", field=field)
    return row
