"""What happens to renewals by themselves: they open before a term's end, follow its last day, and tell what is late."""

from __future__ import annotations

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.contracts.governance.congress.renewal_events import RenewalLate, RenewalOpened
from services.contracts.governance.congress.vocabulary import RENEWAL_PARTS
from services.governance.congress import renewal_rules as rules
from services.governance.congress.renewal_tables import CongressRenewal, RenewalItem
from services.governance.congress.tables import Congress
from services.governance.congress.use_cases.renewal_store import announce, opening_of
from services.governance.congress.use_cases.store import congress_of

_AT_ONCE = 200


def open_renewals(tx: Transaction) -> None:
    """Open the checklist of each term that comes to its end. Without a rule none opens; its page names the rule."""
    opened = sa.select(CongressRenewal.congress_id)
    going_on = sa.select(Congress.id).where(Congress.state == "in_term", Congress.id.not_in(opened))
    for congress_id in tx.session.scalars(going_on.order_by(Congress.id)).all():
        open_renewal(tx, congress_of(tx, congress_id, lock=True))


def open_renewal(tx: Transaction, found: Congress) -> None:
    """Open the checklist of a term, which is locked, where it comes to its end and has none."""
    opening = opening_of(tx, found)
    if found.state != "in_term" or opening.opens_on is None or opening.missing or tx.today < opening.opens_on:
        return
    if tx.session.get(CongressRenewal, found.id) is not None:
        return
    tx.session.add(CongressRenewal(congress_id=found.id, opened_on=tx.today, rules=opening.rules))
    tx.session.flush()
    tx.session.add_all(
        RenewalItem(
            congress_id=found.id, item=item, own=False, moved=False, late_told=False,
            due_on=rules.due_day(tx.today, found.ends_on, RENEWAL_PARTS[item]),
        )
        for item in opening.items
    )  # fmt: skip
    tx.session.flush()
    announce(tx, found, RenewalOpened)


def tell_late_items(tx: Transaction) -> None:
    """Tell once of each item whose last day has passed, those of a term together."""
    going_on = sa.select(Congress.id).where(Congress.state == "in_term")
    past = RenewalItem.done_at.is_(None), RenewalItem.due_on < tx.today, RenewalItem.late_told.is_(False)
    late = sa.select(RenewalItem).where(*past, RenewalItem.congress_id.in_(going_on))
    ordered = late.order_by(RenewalItem.due_on, RenewalItem.id).limit(_AT_ONCE).with_for_update(skip_locked=True)
    told = set()
    for one in tx.session.scalars(ordered):
        one.late_told = True
        told.add(one.congress_id)
    for congress_id in sorted(told):
        announce(tx, congress_of(tx, congress_id), RenewalLate)


def follow_end(tx: Transaction, found: Congress) -> None:
    """After a term got another last day or was ended: the days of items follow it, unless an officer set them.

    A term whose end was brought forward may have its checklist from now on.
    """
    renewal = tx.session.get(CongressRenewal, found.id)
    if renewal is None:
        open_renewal(tx, found)
        return
    if found.state != "ended":
        _plan_anew(tx, renewal, found)
    announce(tx, found)


def _plan_anew(tx: Transaction, renewal: CongressRenewal, found: Congress) -> None:
    waits = RenewalItem.congress_id == found.id, RenewalItem.done_at.is_(None), RenewalItem.moved.is_(False)
    ordered = sa.select(RenewalItem).where(*waits).order_by(RenewalItem.id).with_for_update()
    for one in tx.session.scalars(ordered):
        one.due_on = rules.due_day(renewal.opened_on, found.ends_on, RENEWAL_PARTS[one.item])
        one.late_told = one.late_told and one.due_on < tx.today
    tx.session.flush()
