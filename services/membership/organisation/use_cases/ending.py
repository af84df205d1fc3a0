"""Ending posts with what they belong to: a unit that is merged, a member who leaves; and telling of ending terms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.contracts.membership.organisation import delegations as delegation_contract
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.organisation.posts import role_of
from services.membership.organisation import rules
from services.membership.organisation.tables import Delegation, Post, Unit

_AT_ONCE = 500
_ONE_DAY = timedelta(days=1)


def posts_in(
    tx: Transaction, unit_ids: Collection[UUID], holders: Collection[UUID] | None = None, *, lock: bool = False
) -> list[Post]:
    """Return posts of these units that are held today or later, by some holders or by anybody; `hold` locks them."""
    statement = sa.select(Post).where(Post.unit_id.in_(unit_ids), Post.last_day >= tx.today)
    posts = tx.session.scalars(statement.with_for_update() if lock else statement)
    mine = None if holders is None else set(holders)
    return [post for post in posts if mine is None or post.member_id in mine]


def end_posts(tx: Transaction, posts: Sequence[Post], last_day: date, reason: str) -> int:
    """End posts on a day and announce each; one that begins later is never held. Return how many."""
    committees = committees_of(tx, {post.unit_id for post in posts})
    for post in posts:
        ended_on = max(last_day, post.starts_on - _ONE_DAY) if post.starts_on > last_day else last_day
        note_change(tx, f"post/{post.id}", {"last_day": (post.last_day, ended_on)}, reason)
        post.ended_on = post.last_day = ended_on
        tx.record(
            contract.PostEnded(
                post_id=post.id,
                member_id=post.member_id,
                unit_id=post.unit_id,
                kind=post.kind,
                role=role_of(post.kind, committees.get(post.unit_id)),
                ended_on=ended_on,
            )
        )
    _end_with_posts(tx, posts, reason)
    return len(posts)


def end_delegations(tx: Transaction, delegations: Sequence[Delegation], last_day: date, reason: str) -> None:
    """End delegations on a day and announce each; one that begins later is never valid."""
    for one in delegations:
        ended_on = max(last_day, one.starts_on - _ONE_DAY) if one.starts_on > last_day else last_day
        note_change(tx, f"delegation/{one.id}", {"last_day": (one.last_day, ended_on)}, reason)
        one.ended_on = one.last_day = ended_on
        tx.record(delegation_contract.DelegationEnded(**facts_of(one), ended_on=ended_on))


def facts_of(delegation: Delegation) -> dict[str, Any]:
    """Return what the events of a delegation tell."""
    names = ("post_id", "giver_id", "deputy_id", "unit_id", "kind", "starts_on", "ends_on")
    # Posts in committees are not delegable, so the kind alone says which role it is.
    role = role_of(delegation.kind, None)
    return {"delegation_id": delegation.id, "role": role, **{name: getattr(delegation, name) for name in names}}


def _end_with_posts(tx: Transaction, posts: Sequence[Post], reason: str) -> None:
    """A delegation ends with its post."""
    last_days = {post.id: post.last_day for post in posts}
    if not last_days:
        return
    given = sa.select(Delegation).where(
        Delegation.post_id.in_(last_days), Delegation.last_day > min(last_days.values())
    )
    for one in tx.session.scalars(given.order_by(Delegation.id).with_for_update()):
        if one.last_day > last_days[one.post_id]:
            end_delegations(tx, [one], last_days[one.post_id], reason)


def committees_of(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, str | None]:
    """Return the sort of committee of each unit, None for what is none."""
    if not unit_ids:
        return {}
    statement = sa.select(Unit.id, Unit.committee).where(Unit.id.in_(unit_ids))
    return {row.id: row.committee for row in tx.session.execute(statement)}


def day_before(tx: Transaction) -> date:
    """Return yesterday: the last day of posts whose unit exists no more today."""
    return tx.today - _ONE_DAY


def tell_ending_terms(tx: Transaction) -> int:
    """Announce terms that end within 90 days, each once; return how many."""
    statement = (
        sa.select(Post)
        .where(Post.last_day >= tx.today, Post.last_day <= tx.today + rules.ENDS_SOON, Post.ending_told.is_(False))
        .order_by(Post.last_day, Post.id)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    posts = list(tx.session.scalars(statement))
    for post in posts:
        _tell(tx, post)
    return len(posts)


def tell_if_ending(tx: Transaction, post: Post) -> None:
    """Announce at once that a post just given ends soon, as one for the rest of a term may."""
    if tx.today <= post.last_day <= tx.today + rules.ENDS_SOON:
        _tell(tx, post)


def _tell(tx: Transaction, post: Post) -> None:
    post.ending_told = True
    tx.record(contract.PostTermEnding(post_id=post.id, unit_id=post.unit_id, kind=post.kind, ends_on=post.last_day))
