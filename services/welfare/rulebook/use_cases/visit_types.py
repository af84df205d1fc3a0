"""Visit types: which are offered on a day, bringing the shipped ones, setting and ending the union's own."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.english_names import with_english
from services.chassis.errors import NoRuleInForce, refuse_first
from services.chassis.rules.rule_file import OWN
from services.chassis.rules.rulebook import precedence
from services.contracts.welfare.visits.types import ShippedVisitType
from services.welfare.rulebook import rules
from services.welfare.rulebook.tables import VisitType

__all__ = ["VisitType", "bring_shipped_types", "list_visit_types", "type_begun_with", "type_of", "types_on"]

SHIPPED = Path(__file__).parents[1] / "data" / "visit-types.json"
_DAY = timedelta(days=1)
_SETTABLE = (
    "name", "name_en", "level", "union_posts", "due_within_hours", "remind_before_hours", "escalate_after_hours",
    "evidence_needed", "evidence_to_close", "benefit_key", "relations", "standings", "ahead_days", "apart_days",
    "back_days", "told_as", "told_as_en", "title", "number",
)  # fmt: skip
_ASKED_FIRST = (precedence(VisitType.ruleset), VisitType.valid_from.desc(), VisitType.id.desc())
MOST_OWN = 100
"""How many occasions a union may have."""


def bring_shipped_types(tx: Transaction) -> int:
    """Bring the visit types of this release; repeating it changes nothing, the union's own stay.

    Returns:
        How many were added or changed.

    Raises:
        marshmallow.ValidationError: a shipped type breaks its schema.
    """
    content = json.loads(SHIPPED.read_text(encoding="utf-8"))
    ruleset, loaded = content["ruleset"], ShippedVisitType(many=True).load(content["visit_types"])
    tx.lock("visit-types")
    known = tx.session.scalars(sa.select(VisitType).where(VisitType.ruleset == ruleset)).all()
    stored = {(row.occasion, row.valid_from): row for row in known}
    changed = 0
    for values in loaded:
        row = stored.get((values["occasion"], values["valid_from"]))
        if row is None:
            tx.session.add(VisitType(ruleset=ruleset, offered=True, **values))
            changed += 1
            continue
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in differing.items():
            setattr(row, name, value)
        changed += bool(differing)
    tx.session.flush()
    return changed


def list_visit_types(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """List the types offered on a day, or everything known about one occasion, newest first."""
    if request["occasion"] is None:
        return {"items": types_on(tx, request["on"] or tx.today)}
    statement = sa.select(VisitType).where(VisitType.occasion == request["occasion"])
    newest_first = statement.order_by(VisitType.valid_from.desc(), VisitType.id.desc()).limit(MOST_OWN)
    return {"items": list(tx.session.scalars(newest_first))}


def types_on(tx: Transaction, on: date) -> list[VisitType]:
    """Return the types offered on a day, one for each occasion, in the order they are offered."""
    deciding: dict[str, VisitType] = {}
    for row in tx.session.scalars(sa.select(VisitType).where(_holds(on)).order_by(*_ASKED_FIRST)):
        deciding.setdefault(row.occasion, row)
    return sorted((row for row in deciding.values() if row.offered), key=lambda row: (row.position, row.occasion))


def types_by_id(tx: Transaction) -> dict[UUID, VisitType]:
    """Return every visit type, also those that are no longer offered."""
    return {row.id: row for row in tx.session.scalars(sa.select(VisitType))}


def names_of_occasions(tx: Transaction) -> dict[str, tuple[str | None, str | None]]:
    """Return what every occasion known is called, also one that ended, as it was called last."""
    columns = (VisitType.occasion, VisitType.name, VisitType.name_en)
    rows = tx.session.execute(sa.select(*columns).order_by(*_ASKED_FIRST)).all()
    return {row.occasion: (row.name, row.name_en) for row in reversed(rows)}


def type_of(tx: Transaction, occasion: str, on: date) -> VisitType:
    """Return the visit type of an occasion on a day.

    Raises:
        NoRuleInForce: the union makes no such visits.
    """
    statement = sa.select(VisitType).where(VisitType.occasion == occasion, _holds(on))
    found = tx.session.scalars(statement.order_by(*_ASKED_FIRST).limit(1)).first()
    if found is None or not found.offered:
        raise NoRuleInForce(
            f"no rule in force for visit_type.{occasion} on {on.isoformat()}",
            rule=f"visit_type.{occasion}",
            field="occasion",
        )
    return found


def type_begun_with(tx: Transaction, type_id: str | None, occasion: str, on: date) -> VisitType:
    """Return the type a visit was begun with; one of the release before kept none, its day of report tells."""
    return tx.session.get_one(VisitType, UUID(type_id)) if type_id else type_of(tx, occasion, on)


def set_visit_type(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a visit type of the union's own in force; visits begun before keep theirs.

    Raises:
        Refused: the day is past, or there are too many occasions.
    """
    begins = request["valid_from"] or tx.today
    refuse_first(rules.type_begins_today_or_later(begins, tx.today))
    tx.lock("visit-types")
    occasion = request["occasion"]
    known = _last_known(tx, occasion)
    if known is None:
        refuse_first(rules.occasions_are_few(_count(tx), MOST_OWN))
    given = with_english({name: request[name] for name in _SETTABLE}, "name")
    made = _add(tx, occasion, begins, given, offered=True, like=known)
    return {"items": [made]}


def end_visit_type(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """End visits of an occasion after a day, whatever rule set its type came from.

    Raises:
        NoRuleInForce: there are none on that day.
        Refused: the day is past.
    """
    occasion, last = request["occasion"], request["last_day"]
    refuse_first(rules.type_ends_yesterday_at_the_earliest(last, tx.today))
    tx.lock("visit-types")
    ending = type_of(tx, occasion, max(last, tx.today))
    values = {name: getattr(ending, name) for name in _SETTABLE}
    made = _add(tx, occasion, last + _DAY, values, offered=False, like=ending, reason=request["reason"])
    return {"items": [made]}


def _add(
    tx: Transaction,
    occasion: str,
    begins: date,
    values: dict[str, Any],
    *,
    offered: bool,
    like: VisitType | None,
    reason: str | None = None,
) -> VisitType:
    """Add a row of the union's own; its earlier ones end the day before, and a later one ends it."""
    own = sa.select(VisitType).where(VisitType.occasion == occasion, VisitType.ruleset == OWN)
    following = None
    for row in tx.session.scalars(own.order_by(VisitType.valid_from, VisitType.id)).all():
        if row.valid_to is not None and row.valid_to < row.valid_from:
            continue
        if row.valid_from > begins and following is None:
            following = row.valid_from
        if row.valid_from <= begins and (row.valid_to is None or row.valid_to >= begins):
            row.valid_to = begins - _DAY
    made = VisitType(
        occasion=occasion,
        ruleset=OWN,
        offered=offered,
        position=like.position if like else _following_position(tx),
        valid_from=begins,
        valid_to=following - _DAY if following else None,
        **values,
    )
    tx.session.add(made)
    tx.session.flush()
    shown = {name: (getattr(like, name) if like else None, values[name]) for name in _SETTABLE}
    changes = {**shown, "offered": (like.offered if like else None, offered), "valid_from": (None, begins)}
    note_change(tx, f"visit_type/{occasion}", changes, reason)
    return made


def _last_known(tx: Transaction, occasion: str) -> VisitType | None:
    statement = sa.select(VisitType).where(VisitType.occasion == occasion).order_by(*_ASKED_FIRST)
    return tx.session.scalars(statement.limit(1)).first()


def _count(tx: Transaction) -> int:
    return tx.session.scalar(sa.select(sa.func.count(VisitType.occasion.distinct()))) or 0


def _following_position(tx: Transaction) -> int:
    return (tx.session.scalar(sa.select(sa.func.max(VisitType.position))) or 0) + 1


def _holds(on: date) -> sa.ColumnElement[bool]:
    return sa.and_(VisitType.valid_from <= on, sa.or_(VisitType.valid_to.is_(None), VisitType.valid_to >= on))
