"""What makes a gift due, and what undoes it: a reported wedding or birth, a retirement."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.refusal import Refusal
from services.welfare.care import rules
from services.welfare.care.tables import CareGift
from services.welfare.care.use_cases.store import MEMBER_DIED, add_gift, gift_for, index_of_kind, kinds_on, move
from services.welfare.members.use_cases.member_copies import hold_death_of

OF_LIFE_EVENTS = ("wedding", "birth")
"""Occasions whose gift may be standing care; a union's own occasions have theirs at the visit."""
RETIREMENT = "retirement"
_RETIREMENT_UNDONE, _REPORT_WITHDRAWN = "retirement_undone", "report_withdrawn"


def owe_for_life_event(
    tx: Transaction, occasion: str, event_id: UUID, member_id: UUID, unit_id: UUID, day: date, apart_days: int
) -> None:
    """A wedding or birth was reported: its gift is due once, also when the report is withdrawn and made again."""
    if occasion not in OF_LIFE_EVENTS or occasion not in kinds_on(tx, day):
        return
    standing = sa.select(CareGift.due_on).where(
        CareGift.member_id == member_id,
        CareGift.kind_index == index_of_kind(occasion),
        CareGift.state != rules.WITHDRAWN,
    )
    if rules.is_another_event(day, list(tx.session.scalars(standing)), apart_days):
        add_gift(tx, occasion, _source_of(event_id), member_id, unit_id, day)


def drop_for_life_event(tx: Transaction, event_id: UUID) -> None:
    """The report was wrong: a gift that was not given is not due; one that was given stays, and counts."""
    gift = gift_for(tx, _source_of(event_id))
    if gift is not None and gift.state == rules.DUE:
        move(tx, gift, rules.WITHDRAWN, _REPORT_WITHDRAWN)


def refusal_at_visit(tx: Transaction, benefit_key: str, day: date) -> Refusal | None:
    """Return why nothing is given at the visit of an event of a day: the rules make it standing care."""
    return rules.gift_is_not_given_twice(benefit_key, kinds_on(tx, day))


def on_retired(tx: Transaction, event: ReceivedEvent) -> None:
    """A member retired: the memento is due, once in a lifetime; due again where the retirement had been undone."""
    day = event.data["retired_on"]
    if RETIREMENT not in kinds_on(tx, day):
        return
    gift = _heard(tx, event, day)
    if gift is None:
        return
    if gift.state != rules.GIVEN:
        gift.due_on = day
    if gift.ended_by == _RETIREMENT_UNDONE:
        if hold_death_of(tx, gift.member_id) is None:
            move(tx, gift, rules.DUE)
        else:
            gift.ended_by = MEMBER_DIED


def on_retirement_undone(tx: Transaction, event: ReceivedEvent) -> None:
    """The retirement was a mistake: a memento that was not given is not due."""
    if RETIREMENT not in kinds_on(tx, tx.today):
        return
    gift = _heard(tx, event, tx.today)
    if gift is not None and (gift.state == rules.DUE or gift.ended_by == MEMBER_DIED):
        move(tx, gift, rules.WITHDRAWN, _RETIREMENT_UNDONE)


def _heard(tx: Transaction, event: ReceivedEvent, day: date) -> CareGift | None:
    """Return the memento an event is about; None where later news is known already.

    An undoing that comes before its retirement leaves a withdrawn gift, so that the retirement, when it comes, is known
    to be older.
    """
    member_id = event.data["member_id"]
    source = f"{RETIREMENT}/{member_id}"
    gift = gift_for(tx, source)
    if gift is None:
        return add_gift(tx, RETIREMENT, source, member_id, event.data["unit_id"], day, event.sequence)
    if event.sequence <= gift.source_sequence:
        return None
    gift.source_sequence = event.sequence
    return gift


def _source_of(event_id: UUID) -> str:
    return f"life_event/{event_id}"
