"""Roles of the day, derived from copies of posts and standings.

Belongs here: the copies of posts, and reading roles. Not: what a role may do (contracts).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from gateway.identity.look_ups import forget_look_ups
from gateway.identity.tables import Account, HeldPost, KnownMember
from gateway.read_models.upserts import keep_newest
from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.security.principal import Grant
from services.contracts.membership.organisation.posts import UNIT_ROLES

APPLICANT = Grant("applicant")
OWN_ROLES = ("member", "applicant")
"""Roles that need no post; they are kept whatever role somebody works in."""
MEMBER_STANDINGS = ("active", "transferring", "retained")
"""Standings of members; retained (退休保留会籍) members keep their membership."""


def grants_of(session: Session, member_ids: Iterable[UUID], today: date) -> dict[UUID, tuple[Grant, ...]]:
    """Return the roles held today by each member; members without copy have the role of a member."""
    wanted = list(dict.fromkeys(member_ids))
    if not wanted:
        return {}
    grants: dict[UUID, list[Grant]] = {member_id: [Grant("member")] for member_id in wanted}
    known = sa.select(KnownMember.member_id, KnownMember.unit_id, KnownMember.standing)
    left: set[UUID] = set()
    for member_id, unit_id, standing in session.execute(known.where(KnownMember.member_id.in_(wanted))):
        if standing in MEMBER_STANDINGS:
            grants[member_id] = [Grant("member", unit_id)]
        else:
            grants[member_id] = []
            left.add(member_id)
    for member_id, unit_id, role, delegation in session.execute(held_on(today).where(HeldPost.member_id.in_(wanted))):
        if member_id not in left and role != "member":
            grants[member_id].append(Grant(role, unit_id if role in UNIT_ROLES else None, delegation))
    return {member_id: tuple(dict.fromkeys(held)) for member_id, held in grants.items()}


def narrowed(held: Iterable[Grant], acting: Grant | None) -> tuple[Grant, ...]:
    """Return the grants of somebody who works in one role; that of a post that has ended gives nothing."""
    return tuple(grant for grant in held if acting is None or grant == acting or grant.role in OWN_ROLES)


def roles_of_account(session: Session, account_id: UUID | None, today: date) -> tuple[Grant, ...]:
    """Return the roles of an account today: a program's own, else those of its member; none when it is closed."""
    found = sa.select(Account.member_id, Account.program_role, Account.program_scopes)
    account = session.execute(found.where(Account.id == account_id, Account.disabled_at.is_(None))).one_or_none()
    if account is None:
        return ()
    if account.program_role is not None:
        return grants_of_program(account.program_role, account.program_scopes)
    if account.member_id is None:
        return (APPLICANT,)
    return grants_of(session, [account.member_id], today).get(account.member_id, ())


def grants_of_program(role: str, scopes: str | None) -> tuple[Grant, ...]:
    """Return the grants of a program's account: its role and each of its scopes."""
    return (Grant(role), *(Grant(scope) for scope in (scopes or "").split()))


def held_on(day: date) -> sa.Select[UUID, UUID, str, UUID | None]:
    """Return the select of posts held on a day, own ones first: member, unit, role, and the delegation of deputies.

    What is held by delegation is held no longer than the post itself, in whatever order their events arrive.
    """
    own = aliased(HeldPost)
    last_day, own_last_day = (sa.func.coalesce(one.ended_on, one.ends_on) for one in (HeldPost, own))
    ended = sa.exists().where(own.post_id == HeldPost.delegated_post_id, own_last_day < day)
    delegation = sa.case((HeldPost.delegated_post_id.is_not(None), HeldPost.post_id))
    return (
        sa.select(HeldPost.member_id, HeldPost.unit_id, HeldPost.role, delegation)
        .where(HeldPost.starts_on <= day, last_day >= day, ~ended)
        .order_by(HeldPost.delegated_post_id.is_not(None), HeldPost.post_id)
    )


def note_assigned(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store assigned posts."""
    names = ("post_id", "member_id", "unit_id", "role", "starts_on", "ends_on")
    rows = [
        {**{name: event.data[name] for name in names}, "ended_on": None, "sequence": event.sequence} for event in events
    ]
    keep_newest(tx, HeldPost, rows, key=["post_id"])
    tx.after_commit(forget_look_ups)


def note_delegations(tx: Transaction, events: Sequence[ReceivedEvent]) -> None:
    """Store what deputies hold for others, from when it is given and from when it ends early."""
    same = ("unit_id", "role", "starts_on", "ends_on")
    rows = [
        {
            **{name: event.data[name] for name in same},
            "post_id": event.data["delegation_id"],
            "member_id": event.data["deputy_id"],
            "delegated_post_id": event.data["post_id"],
            "ended_on": event.data.get("ended_on"),
            "sequence": event.sequence,
        }
        for event in events
    ]
    keep_newest(tx, HeldPost, rows, key=["post_id"])
    tx.after_commit(forget_look_ups)


def note_ended(tx: Transaction, event: ReceivedEvent) -> None:
    """Store that a post ended, also when its assignment hasn't arrived yet."""
    data = event.data
    names = ("post_id", "member_id", "unit_id", "role", "ended_on")
    row = {name: data[name] for name in names}
    begun = sa.select(HeldPost.starts_on, HeldPost.ends_on).where(HeldPost.post_id == data["post_id"])
    starts_on, ends_on = tx.session.execute(begun).one_or_none() or (date.min, data["ended_on"])
    row |= {"starts_on": starts_on, "ends_on": ends_on, "sequence": event.sequence}
    keep_newest(tx, HeldPost, [row], key=["post_id"])
    tx.after_commit(forget_look_ups)
