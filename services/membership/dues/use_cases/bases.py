"""Bases of members' dues, and exemptions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_access, note_change, note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotAllowed, refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.rules.refusal import sourced
from services.chassis.rules.rulebook import rule_in_force
from services.membership.dues import rules
from services.membership.dues.tables import DuesBase, DuesCharge, DuesExemption
from services.membership.dues.use_cases import access, figures

MASK = "****"
"""The mask of every base; its length does not depend on the value."""


def set_dues_base(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Set a member's base from a month on, or correct the one of that month while it is not charged.

    Raises:
        Refused: not the first day of a month, a later base is known, or the month was charged.
    """
    member_id, starts_on = request["member_id"], request["starts_on"]
    access.require_member(tx, member_id)
    hold(tx)
    last = latest(tx, [member_id]).get(member_id)
    refuse_first(
        rules.base_is_possible(request["base"]),
        rules.base_begins_a_month(starts_on),
        rules.base_follows_the_last(
            starts_on, last[0] if last else None, charged=bool(charged_since(tx, [member_id], starts_on))
        ),
    )
    store(tx, [(member_id, request["base"])], starts_on, "single", request["reason"])
    base = tx.session.scalars(
        sa.select(DuesBase).where(DuesBase.member_id == member_id, DuesBase.starts_on == starts_on)
    ).one()
    return to_reply(tx, base, plain=True)


def hold(tx: Transaction) -> None:
    """Take the lock for setting bases, single ones or a part of a file; read existing bases after this only."""
    tx.lock("dues-bases")


def latest(tx: Transaction, member_ids: Sequence[UUID]) -> dict[UUID, tuple[date, Decimal]]:
    """Return (first day, base) of each member's latest base."""
    newest = (
        sa.select(DuesBase.member_id, sa.func.max(DuesBase.starts_on).label("starts_on"))
        .where(DuesBase.member_id.in_(member_ids))
        .group_by(DuesBase.member_id)
        .subquery()
    )
    statement = sa.select(DuesBase.member_id, DuesBase.starts_on, DuesBase.base).join(
        newest, sa.and_(newest.c.member_id == DuesBase.member_id, newest.c.starts_on == DuesBase.starts_on)
    )
    return {row.member_id: (row.starts_on, Decimal(row.base)) for row in tx.session.execute(statement)}


def charged_since(tx: Transaction, member_ids: Collection[UUID], starts_on: date) -> set[UUID]:
    """Return which of the members were charged for the month that begins on a day, or for a later one.

    Ask after `hold`: charging holds the bases too, so that no month is charged by a base while that is corrected.
    """
    charged = sa.select(DuesCharge.member_id).where(
        DuesCharge.member_id.in_(member_ids), DuesCharge.month >= rules.month_of(starts_on)
    )
    return set(tx.session.scalars(charged.distinct()))


def store(
    tx: Transaction, bases: Sequence[tuple[UUID, Decimal]], starts_on: date, source: str, reason: str | None
) -> None:
    """Store bases that begin on one day; those before them end the day before, those of the same day are replaced.

    In five statements, whatever their number.
    """
    member_ids = [member_id for member_id, _ in bases]
    same_day = sa.and_(DuesBase.member_id.in_(member_ids), DuesBase.starts_on == starts_on)
    corrected = set(tx.session.scalars(sa.delete(DuesBase).where(same_day).returning(DuesBase.member_id)))
    tx.session.execute(
        sa.update(DuesBase)
        .where(DuesBase.member_id.in_(member_ids), DuesBase.ends_on.is_(None))
        .values(ends_on=starts_on - timedelta(days=1))
        .execution_options(synchronize_session=False)
    )
    fixed = {
        "starts_on": starts_on, "ends_on": None, "source": source, "set_at": tx.now, "set_by": tx.principal.actor,
    }  # fmt: skip
    rows = [{"id": uuid7(), "member_id": member_id, "base": str(base), **fixed} for member_id, base in bases]
    tx.session.execute(sa.insert(DuesBase), rows)
    for ids, old in ((corrected, MASK), (set(member_ids) - corrected, None)):
        # Both values may be masked alike; the history still records that one replaced the other.
        new = f"{MASK} *" if old else MASK
        note_same_change(tx, [f"member/{one}" for one in member_ids if one in ids], {"dues_base": (old, new)}, reason)


def to_reply(tx: Transaction, base: DuesBase, *, plain: bool) -> dict[str, Any]:
    """Return a base, masked; without its dues for callers who may not see amounts."""
    dues = figures.in_force(tx, base.starts_on).dues_of(Decimal(base.base)) if plain else None
    return {
        "id": base.id,
        "starts_on": base.starts_on,
        "ends_on": base.ends_on,
        "base": MASK if plain else None,
        "dues": dues,
        "source": base.source,
    }


def bases_of(tx: Transaction, member_id: UUID) -> list[DuesBase]:
    """Return a member's bases, latest first."""
    statement = sa.select(DuesBase).where(DuesBase.member_id == member_id).order_by(DuesBase.starts_on.desc())
    return list(tx.session.scalars(statement))


def unmask_dues_base(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """One base in plain; the look is logged and the member can see it."""
    base = tx.get(DuesBase, request["base_id"], "There is no such base.", field="base_id")
    if not (tx.principal.has("officer") or tx.principal.member_id == base.member_id):
        raise NotAllowed("Only the own base can be seen in plain.", rule="own_record")
    note_access(tx, f"member/{base.member_id}", "dues_base", request["purpose"])
    return {"field": "dues_base", "value": base.base}


def exempt_from_dues(tx: Transaction, request: Mapping[str, Any]) -> DuesExemption:
    """Waive a member's dues for a time.

    Raises:
        Refused: no rule in force names the reason.
    """
    access.require_member(tx, request["member_id"])
    known = rule_in_force(tx, "dues.exempt_reasons", request["starts_on"])
    refuse_first(
        sourced(rules.exemption_is_known(request["reason"], known.value), known),
        rules.days_are_in_order(request["starts_on"], request["ends_on"]),
    )
    exemption = DuesExemption(
        **{name: request[name] for name in ("member_id", "reason", "starts_on", "ends_on")},
        set_at=tx.now,
        set_by=tx.principal.actor,
    )
    tx.session.add(exemption)
    note_change(
        tx, f"member/{exemption.member_id}", {"dues_exempt_from": (None, exemption.starts_on)}, "dues exemption"
    )
    tx.session.flush()
    return exemption


def end_exemption(tx: Transaction, request: Mapping[str, Any]) -> DuesExemption:
    """Set the last day of an exemption."""
    exemption = tx.get(
        DuesExemption, request["exemption_id"], "There is no such exemption.", field="exemption_id", lock=True
    )
    if request["ends_on"] < exemption.starts_on:
        raise InvalidInput("It ends before it begins.", field="ends_on", rule="dues.days_are_in_order")
    changed = {"dues_exempt_until": (exemption.ends_on, request["ends_on"])}
    note_change(tx, f"member/{exemption.member_id}", changed, "dues exemption")
    exemption.ends_on = request["ends_on"]
    return exemption


def exemptions_of(tx: Transaction, member_id: UUID, *, reasons: bool) -> list[dict[str, Any]]:
    """Return a member's exemptions, latest first; `reasons` only to who may know of an illness or of hardship."""
    statement = sa.select(DuesExemption).where(DuesExemption.member_id == member_id)
    found = tx.session.scalars(statement.order_by(DuesExemption.starts_on.desc()))
    names = ("id", "member_id", "starts_on", "ends_on")
    return [
        {**{name: getattr(one, name) for name in names}, "reason": one.reason if reasons else None} for one in found
    ]
