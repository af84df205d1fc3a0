"""Posts of whoever leaves: a unit, active membership, the union. They end with the transaction that takes him out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.chassis.history import note_change
from services.chassis.transaction import Transaction
from services.contracts.membership.organisation import ROLE_OF_POST, PostEnded
from services.membership.organisation.tables import Post


def end_posts(tx: Transaction, member_id: UUID, on: date, reason: str, *, unit_id: UUID | None = None) -> None:
    """End the posts a member holds or is to hold.

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
    for post in tx.session.scalars(statement.with_for_update()):
        last_day = max(on, post.starts_on - timedelta(days=1)) if post.starts_on > on else on
        note_change(tx, f"post/{post.id}", {"last_day": (post.last_day, last_day)}, reason)
        post.ended_on = post.last_day = last_day
        tx.record(
            PostEnded(
                post_id=post.id,
                member_id=post.member_id,
                unit_id=post.unit_id,
                kind=post.kind,
                role=ROLE_OF_POST[post.kind],
                ended_on=last_day,
            )
        )
