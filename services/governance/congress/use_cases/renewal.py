"""The renewal of a term (换届): reading its checklist, ticking and moving items, adding the union's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import sourced
from services.contracts.governance.congress.renewal import MOST_RENEWAL_ITEMS
from services.governance.congress import renewal_rules as rules
from services.governance.congress import rules as term_rules
from services.governance.congress.renewal_tables import CongressRenewal, RenewalItem, RenewalStep
from services.governance.congress.tables import Congress
from services.governance.congress.use_cases.renewal_store import (
    announce,
    counts_of,
    note_step,
    opening_of,
)
from services.governance.congress.use_cases.store import congress_of

_SHOWN = {
    "waiting": lambda tx: RenewalItem.done_at.is_(None),
    "late": lambda tx: sa.and_(RenewalItem.done_at.is_(None), RenewalItem.due_on < tx.today),
    "done": lambda tx: RenewalItem.done_at.is_not(None),
}


def get_renewal(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return how far the renewal of a term is; before it opens, the day from which it does."""
    found = congress_of(tx, request["congress_id"])
    renewal = tx.session.get(CongressRenewal, found.id)
    opening = opening_of(tx, found)
    counts = counts_of(tx, found.id)
    works = tx.principal.has("officer") and renewal is not None and found.state != "ended"
    return {
        "id": found.id, "number": found.number, "ends_on": found.ends_on, "opens_on": opening.opens_on,
        "opened_on": renewal.opened_on if renewal else None,
        "items": counts.items, "done": counts.done, "late": counts.late,
        "rules": renewal.rules if renewal else opening.rules,
        "missing_rules": [] if renewal else opening.missing,
        "actions": ["add", "tick"] if works else [],
    }  # fmt: skip


def list_renewal_items(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of the checklist of a term; none before it opens."""
    congress_of(tx, request["congress_id"])
    statement = sa.select(RenewalItem).where(RenewalItem.congress_id == request["congress_id"])
    if request["show"] in _SHOWN:
        statement = statement.where(_SHOWN[request["show"]](tx))
    page = page_of(tx, statement, request, [(RenewalItem.due_on, "asc"), (RenewalItem.id, "asc")])
    return page.reply([_reply(tx, one) for one in page.rows])


def list_renewal_steps(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of what was done, the latest first."""
    congress_of(tx, request["congress_id"])
    statement = sa.select(RenewalStep).where(RenewalStep.congress_id == request["congress_id"])
    page = page_of(tx, statement, request, [(RenewalStep.id, "desc")])
    return page.reply([_step_reply(one) for one in page.rows])


def add_renewal_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add an item of the union's own."""
    found = _held(tx, request["congress_id"])
    known = set(tx.session.scalars(sa.select(RenewalItem.item).where(RenewalItem.congress_id == found.id)))
    refuse_first(
        rules.day_is_ahead(request["due_on"], tx.today),
        rules.item_is_new(request["item"] in known),
        rules.items_are_few(len(known), MOST_RENEWAL_ITEMS),
    )
    made = RenewalItem(
        congress_id=found.id, item=request["item"], own=True, due_on=request["due_on"], moved=True, late_told=False
    )
    tx.session.add(made)
    return _changed(tx, found, made, "add")


def remove_renewal_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Remove an item of the union's own that is not done. Raises `Refused` for one the rules ask for."""
    found, one = _item(tx, request["item_id"])
    listed = opening_of(tx, found).listed
    refuse_first(sourced(rules.item_is_own(one.own), listed), rules.item_waits(one.done_at is not None))
    note_step(tx, one, "remove")
    tx.session.delete(one)
    tx.session.flush()
    announce(tx, found)
    return {}


def tick_renewal_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that an item is done, when and by whom. Raises `Refused` where somebody noted it already."""
    found, one = _item(tx, request["item_id"])
    refuse_first(rules.item_waits(one.done_at is not None))
    one.done_at, one.done_by, one.note = tx.now, tx.principal.member_id, request["note"]
    return _changed(tx, found, one, "tick", request["note"])


def untick_renewal_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take back that an item is done; where its last day has passed it is told of again."""
    found, one = _item(tx, request["item_id"])
    refuse_first(rules.item_is_done(one.done_at is not None))
    one.done_at = one.done_by = one.note = None
    one.late_told = False
    return _changed(tx, found, one, "untick", request["reason"])


def move_renewal_item(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give an item another last day; it stays when the term's end is moved."""
    found, one = _item(tx, request["item_id"])
    refuse_first(rules.item_waits(one.done_at is not None), rules.day_is_ahead(request["due_on"], tx.today))
    one.due_on, one.moved, one.late_told = request["due_on"], True, False
    return _changed(tx, found, one, "move", request["reason"])


def _held(tx: Transaction, congress_id: UUID) -> Congress:
    """Return a term whose renewal is worked on, held until the transaction ends."""
    found = congress_of(tx, congress_id, lock=True)
    renewal = tx.session.get(CongressRenewal, found.id)
    opening = opening_of(tx, found)
    refuse_first(
        term_rules.congress_is_open(found.state),
        sourced(rules.renewal_is_open(renewal is not None, opening.opens_on), opening.months),
    )
    return found


def _item(tx: Transaction, item_id: UUID) -> tuple[Congress, RenewalItem]:
    """Return an item whose renewal is worked on, as it is stored now, held until the transaction ends."""
    missing = "There is no such item."
    congress_id = tx.get(RenewalItem, item_id, missing, field="item_id").congress_id
    found = _held(tx, congress_id)
    return found, tx.get(RenewalItem, item_id, missing, field="item_id", lock=True)


def _changed(tx: Transaction, found: Congress, one: RenewalItem, step: str, note: str | None = None) -> dict[str, Any]:
    note_step(tx, one, step, note)
    tx.session.flush()
    announce(tx, found)
    return _reply(tx, one)


def _reply(tx: Transaction, one: RenewalItem) -> dict[str, Any]:
    told = ("id", "congress_id", "item", "own", "due_on", "done_at", "done_by", "note")
    state = rules.state_of(one.done_at is not None, one.due_on, tx.today)
    return {**{name: getattr(one, name) for name in told}, "state": state}


def _step_reply(one: RenewalStep) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in ("id", "step", "item", "own", "note", "at")}
    return {**told, "done_by": one.member_id}
