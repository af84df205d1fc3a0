"""Ends posts and deputyships of members who leave a unit, active membership or the union, in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.membership.organisation.tables import Delegation, Post
from services.membership.organisation.use_cases import ending


def end_posts(tx: Transaction, member_id: UUID, on: date, reason: str, *, unit_id: UUID | None = None) -> None:
    """End the posts a member holds or is to hold, and what the member does for absent colleagues.

    Args:
        tx: the transaction.
        member_id: whose posts.
        on: the last day they are held; one that has not begun by then ends the day before it begins.
        reason: stands in each post's history.
        unit_id: only those in this unit; None for all.
    """
    end_posts_of(tx, {member_id}, on, reason, unit_id=unit_id)


def end_posts_of(
    tx: Transaction, member_ids: Collection[UUID], on: date, reason: str, *, unit_id: UUID | None = None
) -> None:
    """End the posts of several members, found in one statement; see `end_posts`."""
    statement = sa.select(Post).where(Post.member_id.in_(member_ids), Post.last_day > on).order_by(Post.id)
    if unit_id is not None:
        statement = statement.where(Post.unit_id == unit_id)
    ending.end_posts(tx, list(tx.session.scalars(statement.with_for_update())), on, reason)
    held = sa.select(Delegation).where(Delegation.deputy_id.in_(member_ids), Delegation.last_day > on)
    if unit_id is not None:
        held = held.where(Delegation.unit_id == unit_id)
    ending.end_delegations(tx, list(tx.session.scalars(held.order_by(Delegation.id).with_for_update())), on, reason)
