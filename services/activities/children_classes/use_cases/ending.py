"""What happens by itself: terms end, members leave, what is kept of children is erased."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.activities.children_classes import rules
from services.activities.children_classes.tables import ChildRegistration, ChildrenTerm
from services.activities.children_classes.use_cases import places
from services.activities.children_classes.use_cases.classes import class_of, term_of
from services.activities.children_classes.use_cases.reading import locked, subject_of
from services.chassis.clock import months_until
from services.chassis.database.history import erase_logs
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.optional import count_or_none
from services.contracts.activities.children_classes.vocabulary import LIVE

AT_ONCE = 200
_ERASED = {"child": None, "child_key": None, "age": None}


def end_waiting_children(tx: Transaction) -> None:
    """End the next places on waiting lists of terms that are over; their data are erased at once."""
    over = sa.select(ChildrenTerm.id).where(ChildrenTerm.ends_on < tx.today)
    late = sa.select(ChildRegistration.id, ChildRegistration.class_id).where(
        ChildRegistration.state == "waiting", ChildRegistration.term_id.in_(over)
    )
    for row in tx.session.execute(late.order_by(ChildRegistration.class_id, ChildRegistration.ticket).limit(AT_ONCE)):
        found, one = locked(tx, row.id)
        if one.state == "waiting":
            places.end(tx, found, one, "not_reached")


def forget_children(tx: Transaction) -> None:
    """Erase the next children's data of terms that ended longer ago than the rule says; figures stay."""
    months = count_or_none(tx, "children.keep_months")
    if months is None:
        return
    before = months_until(tx.today, months + 1)[0]
    over = sa.select(ChildrenTerm.id).where(ChildrenTerm.ends_on < before)
    old = sa.select(ChildRegistration.id).where(
        ChildRegistration.child.is_not(None), ChildRegistration.term_id.in_(over)
    )
    erased = sa.update(ChildRegistration).where(ChildRegistration.id.in_(old.limit(AT_ONCE * 5))).values(**_ERASED)
    tx.session.execute(erased.execution_options(synchronize_session=False))


def release_children(tx: Transaction, member_id: UUID, standing: str | None) -> None:
    """Take out the children of a member who left the union; those of a member who died stay until the term ends.

    Args:
        tx: the transaction in which the copy of the member got this standing.
        member_id: the member.
        standing: the member's.
    """
    if standing not in rules.KEEPS:
        _release(tx, member_id)


def forget_guardian(tx: Transaction, event: ReceivedEvent) -> None:
    """Erase whose children those of a former member were, and what is kept of them."""
    member_id = event.data["member_id"]
    _release(tx, member_id)
    tx.session.flush()
    known = tx.session.scalars(sa.select(ChildRegistration.id).where(ChildRegistration.member_id == member_id)).all()
    mine = sa.update(ChildRegistration).where(ChildRegistration.id.in_(known))
    erased = mine.values(**_ERASED, member_id=None, unit_id=None, note=None, fee_note=None)
    tx.session.execute(erased.execution_options(synchronize_session=False))
    erase_logs(tx, [subject_of(one) for one in known])


def _release(tx: Transaction, member_id: UUID) -> None:
    mine = sa.select(ChildRegistration.class_id).where(
        ChildRegistration.member_id == member_id, ChildRegistration.state.in_(LIVE)
    )
    for class_id in sorted(set(tx.session.scalars(mine))):
        found = class_of(tx, class_id, lock=True)
        term = term_of(tx, found.term_id)
        if tx.today > term.ends_on:
            continue
        own = sa.select(ChildRegistration).where(
            ChildRegistration.class_id == class_id, ChildRegistration.member_id == member_id,
            ChildRegistration.state.in_(LIVE),
        )  # fmt: skip
        for one in tx.session.scalars(own.with_for_update().execution_options(populate_existing=True)).all():
            places.end(tx, found, one, "no_member")
        places.fill(tx, found, term)
