"""Delegations: given by the holder of a post, ended by either side, listed for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotAllowed, NotFound, refuse_first
from services.contracts.membership.organisation import delegations as contract
from services.contracts.membership.organisation.posts import role_of
from services.membership.organisation import delegation_rules as rules
from services.membership.organisation.tables import Delegation, Post, Unit
from services.membership.organisation.use_cases import ending
from services.membership.record.use_cases import roster

_SEES_ALL = ("officer", "chair", "auditor")


def list_delegations(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of delegations by their last day; members see those that have not ended, and the own ones."""
    statement, principal = sa.select(Delegation), tx.principal
    if not (principal.kind == "service" or principal.has(*_SEES_ALL)):
        statement = statement.where(sa.or_(Delegation.last_day >= tx.today, _concerns(principal.member_id)))
    if request["member_id"] is not None:
        statement = statement.where(_concerns(request["member_id"]))
    for field in ("unit_id", "kind"):
        if request[field] is not None:
            statement = statement.where(getattr(Delegation, field) == request[field])
    if request["state"] is not None:
        statement = statement.where(*_in_state(request["state"], tx.today))
    page = page_of(tx, statement, request, [(Delegation.last_day, "desc"), (Delegation.id, "desc")])
    return page.reply(_to_replies(tx, page.rows))


def give_delegation(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let a member do the work of the caller's post."""
    tx.lock("posts")
    post = tx.get(Post, request["post_id"], "There is no such post.", field="post_id", lock=True)
    deputy = roster.people_by_id(tx, {request["deputy_id"]}).get(request["deputy_id"])
    if deputy is None:
        raise NotFound("There is no such member.", field="deputy_id")
    days: tuple[date, date] = request["starts_on"], request["ends_on"]
    refuse_first(
        rules.post_is_own(post.member_id == tx.principal.member_id),
        rules.post_is_delegable(post.kind, contract.DELEGABLE_POSTS),
        rules.deputy_is_another(deputy.id == post.member_id),
        rules.deputy_is_active(deputy.standing),
        rules.deputy_belongs_to_unit(post.kind, deputy.unit_id == post.unit_id),
        rules.delegation_days_fit(days, (post.starts_on, post.last_day), tx.today, contract.LONGEST_DELEGATION_DAYS),
        rules.post_has_one_deputy(_has_deputy(tx, post.id, days)),
        rules.deputy_does_not_audit(_audits(tx, deputy.id, days)),
    )
    given = Delegation(
        post_id=post.id,
        unit_id=post.unit_id,
        kind=post.kind,
        giver_id=post.member_id,
        deputy_id=deputy.id,
        starts_on=days[0],
        ends_on=days[1],
        last_day=days[1],
        reason=request["reason"],
    )
    tx.session.add(given)
    tx.session.flush()
    note_change(tx, f"delegation/{given.id}", {"deputy_id": (None, deputy.id)}, given.reason)
    tx.record(contract.DelegationGiven(**ending.facts_of(given)))
    return _to_replies(tx, [given])[0]


def end_delegation(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End a delegation at once."""
    detail = "There is no such delegation."
    given = tx.get(Delegation, request["delegation_id"], detail, field="delegation_id", lock=True)
    if not (tx.principal.member_id in (given.giver_id, given.deputy_id) or tx.principal.has("officer")):
        raise NotAllowed("This is somebody else's delegation.", rule="organisation.own_delegation")
    refuse_first(rules.delegation_is_open(given.last_day, tx.today))
    ending.end_delegations(tx, [given], ending.day_before(tx), "ended")
    return _to_replies(tx, [given])[0]


def deputises(tx: Transaction, member_id: UUID, days: tuple[date, date]) -> bool:
    """Whether a member does the work of somebody's post in a time."""
    meanwhile = Delegation.starts_on <= days[1], Delegation.last_day >= days[0]
    found = sa.select(Delegation.id).where(Delegation.deputy_id == member_id, *meanwhile)
    return tx.session.scalar(found.limit(1)) is not None


def _concerns(member_id: UUID | None) -> sa.ColumnElement[bool]:
    return sa.or_(Delegation.giver_id == member_id, Delegation.deputy_id == member_id)


def _in_state(state: str, today: date) -> tuple[sa.ColumnElement[bool], ...]:
    if state == "over":
        return (Delegation.last_day < today,)
    begun = Delegation.starts_on > today if state == "coming" else Delegation.starts_on <= today
    return Delegation.last_day >= today, begun


def _has_deputy(tx: Transaction, post_id: UUID, days: tuple[date, date]) -> bool:
    meanwhile = Delegation.starts_on <= days[1], Delegation.last_day >= days[0]
    found = sa.select(Delegation.id).where(Delegation.post_id == post_id, *meanwhile)
    return tx.session.scalar(found.limit(1)) is not None


def _audits(tx: Transaction, member_id: UUID, days: tuple[date, date]) -> bool:
    held = (
        sa.select(Post.kind, Unit.committee)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.member_id == member_id, Post.starts_on <= days[1], Post.last_day >= days[0])
    )
    return any(role_of(row.kind, row.committee) == "auditor" for row in tx.session.execute(held))


def _to_replies(tx: Transaction, found: list[Delegation]) -> list[dict[str, Any]]:
    people = roster.people_by_id(tx, {one for row in found for one in (row.giver_id, row.deputy_id)})
    columns = (
        "id", "post_id", "unit_id", "kind", "giver_id", "deputy_id", "starts_on", "ends_on", "ended_on", "reason",
    )  # fmt: skip
    return [
        {
            **{name: getattr(row, name) for name in columns},
            "giver_name": people[row.giver_id].name,
            "deputy_name": people[row.deputy_id].name,
            "state": "over" if row.last_day < tx.today else "coming" if row.starts_on > tx.today else "in_force",
        }
        for row in found
    ]
