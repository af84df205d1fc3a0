"""Answering what other services ask about members, in a number of statements that does not depend on their number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, refuse_first
from services.contracts.membership.facts import PURPOSES
from services.membership.facts import rules
from services.membership.facts.use_cases.uses import note_use
from services.membership.family.use_cases.children import children_of
from services.membership.honours.use_cases.records import categories_by_member
from services.membership.organisation.use_cases.posts import kinds_held_by_member
from services.membership.privacy.use_cases.erasing import births_erased
from services.membership.record.use_cases import many

Fact = Callable[[Any], Any]


def facts_of_members(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a purpose, and log their use.

    Raises:
        NotAllowed: the purpose belongs to another service.
        Refused: a fact is asked for that the purpose may not have.
    """
    purpose = PURPOSES[request["purpose"]]
    refusal = rules.purpose_is_the_askers_own(tx.principal.name, purpose.service)
    if refusal is not None:
        raise NotAllowed(refusal.detail, rule=refusal.rule, params=refusal.params)
    refuse_first(rules.facts_are_of_the_purpose(request["facts"], purpose.facts))
    rows, next_cursor = _members(tx, request)
    told = _facts(tx, request, rows)
    items = [{"member_id": row.id, **{name: fact(row) for name, fact in told.items()}} for row in rows]
    note_use(tx, request, len(items))
    known = {row.id for row in rows}
    unknown = [one for one in dict.fromkeys(request["member_ids"] or ()) if one not in known]
    return {"items": items, "unknown_ids": unknown, "next_cursor": next_cursor}


def _members(tx: Transaction, request: Mapping[str, Any]) -> tuple[Sequence[Any], str | None]:
    if request["member_ids"] is not None:
        return many.standing_among(tx, request["member_ids"]), None
    page = many.active_in(tx, request["unit_ids"], cursor=request["cursor"], limit=request["limit"])
    return page.rows, page.next_cursor


def _facts(tx: Transaction, request: Mapping[str, Any], rows: Sequence[Any]) -> dict[str, Fact]:
    """Return how each fact that is asked for is read from a member's row; what needs another table is read here."""
    asked, ids = set(request["facts"]), [row.id for row in rows]
    posts = kinds_held_by_member(tx, ids) if "posts" in asked else {}
    honours = categories_by_member(tx, ids) if "honours" in asked else {}
    erased: Collection[UUID] = births_erased(tx, _born_on_new_year(rows)) if "age" in asked else ()
    children = children_of(tx, ids, request["on"]) if "children" in asked else {}
    readers: dict[str, Fact] = {
        "sex": lambda row: row.gender,
        "age": lambda row: rules.age_of(row.birth_date, request["on"], erased=row.id in erased),
        "posts": lambda row: posts.get(row.id, []),
        "honours": lambda row: honours.get(row.id, []),
        "joined_on": lambda row: row.joined_on,
        "unit_id": lambda row: row.unit_id,
        "employment": lambda row: row.employment,
        "standing": lambda row: row.standing,
        "children": lambda row: children.get(row.id, []),
    }
    return {name: reader for name, reader in readers.items() if name in asked}


def _born_on_new_year(rows: Sequence[Any]) -> list[UUID]:
    """Return whose date of birth may be what is left of an erased one."""
    return [row.id for row in rows if (row.birth_date.month, row.birth_date.day) == (1, 1)]
