"""The post of a delegate follows the seats in the congress, as governance announces them.

Somebody with a seat in either body holds one post of a delegate, from the first day of the seat to the last. Belongs
here: copying the seats, giving and ending the post. Not: who is elected (governance).
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.copies import keep_newest
from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.membership.organisation import operations as contract
from services.contracts.membership.organisation.posts import role_of
from services.membership.organisation.tables import DelegateSeat, Post, Unit
from services.membership.organisation.use_cases import ending
from services.membership.record.use_cases import roster

DELEGATE = "delegate"
_ONE_DAY = timedelta(days=1)
_REASON = "congress seat changed"


def follow_seat(tx: Transaction, event: ReceivedEvent) -> None:
    """Store a seat as it is now, and let its member's post last as long as the seats do."""
    data = event.data
    row = {
        "delegate_id": data["delegate_id"], "member_id": data["member_id"], "unit_id": data["unit_id"],
        "starts_on": data["starts_on"], "last_day": data["ends_on"], "sequence": event.sequence,
    }  # fmt: skip
    parts = {"sequence": ("member_id", "unit_id", "starts_on", "last_day")}
    tx.lock("posts")
    keep_newest(tx.session, DelegateSeat, [row], "delegate_id", parts)
    _fit_post(tx, data["member_id"], data["ends_on"])


def has_seat(tx: Transaction, member_id: UUID, on: date) -> bool:
    """Whether a member has a seat in the congress on a day or later."""
    return tx.session.scalar(sa.select(DelegateSeat.delegate_id).where(*_of(member_id, on)).limit(1)) is not None


def congress_serves(tx: Transaction, on: date) -> bool:
    """Whether anybody has a seat in the congress on a day."""
    serving = sa.select(DelegateSeat.delegate_id).where(DelegateSeat.starts_on <= on, DelegateSeat.last_day >= on)
    return tx.session.scalar(serving.limit(1)) is not None


def _fit_post(tx: Transaction, member_id: UUID, ended_on: date) -> None:
    """Give, prolong or end the post of a delegate by the member's seats that have not ended."""
    seats = tx.session.scalars(sa.select(DelegateSeat).where(*_of(member_id, tx.today))).all()
    held = sa.select(Post).where(Post.member_id == member_id, Post.kind == DELEGATE, Post.last_day >= tx.today)
    posts = list(tx.session.scalars(held.order_by(Post.last_day).with_for_update()))
    last_day = max((one.last_day for one in seats), default=min(ended_on, tx.today))
    too_long = [post for post in posts if post.last_day > last_day]
    ending.end_posts(tx, too_long, last_day, _REASON)
    if not seats:
        return
    covered = max((post.last_day for post in posts), default=None)
    starts_on = min(one.starts_on for one in seats)
    if covered is not None:
        starts_on = max(starts_on, covered + _ONE_DAY)
    if starts_on <= last_day:
        unit_id = max(seats, key=lambda one: one.last_day).unit_id
        _give(tx, member_id, unit_id, starts_on, last_day)


def _give(tx: Transaction, member_id: UUID, unit_id: UUID, starts_on: date, ends_on: date) -> None:
    """Give the post; a member or unit that is not there has none: the membership ended meanwhile."""
    holder = roster.people_by_id(tx, {member_id}).get(member_id)
    unit = tx.session.get(Unit, unit_id)
    if holder is None or unit is None or holder.standing not in ("active", "transferring"):
        return
    post = Post(
        unit_id=unit_id, kind=DELEGATE, member_id=member_id, starts_on=starts_on, ends_on=ends_on, last_day=ends_on
    )
    tx.session.add(post)
    tx.session.flush()
    changes = {"member_id": (None, member_id), "kind": (None, DELEGATE)}
    note_change(tx, f"post/{post.id}", changes, _REASON)
    tx.record(
        contract.PostAssigned(
            post_id=post.id, member_id=member_id, unit_id=unit_id, kind=DELEGATE,
            role=role_of(DELEGATE, unit.committee), starts_on=starts_on, ends_on=ends_on, succeeds_post_id=None,
        )
    )  # fmt: skip


def _of(member_id: UUID, on: date) -> tuple[sa.ColumnElement[bool], ...]:
    # A seat that was entered by mistake ends before it begins.
    lasts = DelegateSeat.last_day >= DelegateSeat.starts_on
    return DelegateSeat.member_id == member_id, DelegateSeat.last_day >= on, lasts
