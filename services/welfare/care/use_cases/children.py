"""The list of a children's day: membership tells members' children by an opaque key and their age, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bulk import ROWS_PER_STATEMENT
from services.chassis.database.engine import upsert
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.identifiers import uuid7
from services.chassis.process.runtime import Call
from services.chassis.rules.rulebook import rule_in_force
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members
from services.welfare.care import rules
from services.welfare.care.tables import CareGift
from services.welfare.care.use_cases.reading import of_month
from services.welfare.care.use_cases.store import index_of_kind, index_of_source, kinds_on
from services.welfare.members.use_cases.member_copies import standings_of

KIND = "children_day"
AGE_BELOW, COUNTED_BY = "care.children_day.age_below", "care.children_day.counted_by"
_STANDINGS = frozenset({"active", "transferring"})


def draw_up_children_day(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """Put the gifts of this year's children's day on the list; existing ones are not changed.

    The rules of the day itself decide, so that every page of every run is counted alike. Membership is called outside
    of transactions, and after an interruption it can be repeated.

    Raises:
        NoRuleInForce: a figure is missing: up to which age, counted by what.
        Refused: the union gives nothing on children's day, or it is another year's.
    """
    year = request["year"]
    day = rules.children_day(year)
    with call.transaction() as tx:
        refuse_first(
            rules.year_can_be_drawn_up(year, tx.today),
            rules.kind_is_offered(KIND, kinds_on(tx, day)),
        )
        below, shares = rule_in_force(tx, AGE_BELOW, day).count, tuple(rule_in_force(tx, COUNTED_BY, day).value)
    added, cursor = 0, None
    asked = {"purpose": KIND, "facts": ["children", "unit_id"], "on": day.isoformat(), "about": f"children_day/{year}"}
    while True:
        page = call.rpc(facts_of_members, {**asked, "unit_ids": [], "cursor": cursor, "limit": MOST_MEMBERS})
        with call.transaction() as tx:
            added += _put_on_list(tx, year, shares, _young(page["items"], below))
        cursor = page.get("next_cursor")
        if cursor is None:
            break
    with call.transaction() as tx:
        listed = sa.select(sa.func.count()).select_from(CareGift).where(
            *of_month(day.year, day.month), CareGift.kind_index == index_of_kind(KIND),
            CareGift.state != rules.WITHDRAWN,
        )  # fmt: skip
        return {"year": year, "added": added, "listed": tx.session.scalar(listed) or 0}


def _young(items: Iterable[Mapping[str, Any]], below: int) -> Iterable[tuple[UUID, UUID, str]]:
    """Yield member, unit and key of each child that is young enough."""
    for item in items:
        for child in item["children"]:
            if rules.child_has_age(child["age"], below):
                yield UUID(item["member_id"]), UUID(item["unit_id"]), child["key"]


def _put_on_list(
    tx: Transaction, year: int, shares: tuple[str, ...], children: Iterable[tuple[UUID, UUID, str]]
) -> int:
    """Add the gifts that are not on the list yet. Returns how many were added."""
    found = list(children)
    known = standings_of(tx, {member_id for member_id, _, _ in found})
    rows: dict[str, dict[str, Any]] = {}
    for member_id, unit_id, key in found:
        if known.get(member_id, "active") in _STANDINGS:
            index = index_of_source(rules.source_of_child(year, shares, str(member_id), key))
            rows.setdefault(index, _row(index, member_id, unit_id, year))
    listed, added = [rows[index] for index in sorted(rows)], 0
    for start in range(0, len(listed), ROWS_PER_STATEMENT):
        statement = (
            upsert(tx.session, CareGift)
            .values(listed[start : start + ROWS_PER_STATEMENT])
            .on_conflict_do_nothing(index_elements=["source_index"])
            .returning(CareGift.id)
        )
        added += len(tx.session.execute(statement).all())
    return added


def _row(source_index: str, member_id: UUID, unit_id: UUID, year: int) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "kind": KIND,
        "kind_index": index_of_kind(KIND),
        "source_index": source_index,
        "source_sequence": 0,
        "member_id": member_id,
        "unit_id": unit_id,
        "due_on": rules.children_day(year),
        "state": rules.DUE,
        "claim": 0,
        "claim_state": "none",
        "claim_sequence": 0,
    }
