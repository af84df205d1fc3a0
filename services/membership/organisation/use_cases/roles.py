"""The roles a member has today: they follow from the posts held and from the standing."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.security.principal import Grant
from services.contracts.membership.organisation.posts import UNIT_ROLES, role_of
from services.membership.organisation.tables import Delegation, Post, Unit
from services.membership.record.use_cases import roster


def roles_of(tx: Transaction, member_id: UUID) -> tuple[Grant, ...]:
    """Return the roles of a member today, none where the membership has ended or never was."""
    own_unit = roster.unit_of_standing(tx, member_id)
    if own_unit is None:
        return ()
    held = (
        sa.select(Post.unit_id, Post.kind, Unit.committee)
        .join(Unit, Unit.id == Post.unit_id)
        .where(Post.member_id == member_id, Post.starts_on <= tx.today, Post.last_day >= tx.today)
        .order_by(Post.id)
    )
    given = sa.select(Delegation.id, Delegation.unit_id, Delegation.kind).where(
        Delegation.deputy_id == member_id, Delegation.starts_on <= tx.today, Delegation.last_day >= tx.today
    )
    for_others = [
        Grant(role, row.unit_id if role in UNIT_ROLES else None, row.id)
        for row in tx.session.execute(given.order_by(Delegation.id))
        for role in (role_of(row.kind, None),)
    ]
    roles = [(row.unit_id, role_of(row.kind, row.committee)) for row in tx.session.execute(held)]
    offices = [Grant(role, unit_id if role in UNIT_ROLES else None) for unit_id, role in roles if role != "member"]
    return tuple(dict.fromkeys([Grant("member", own_unit), *offices, *for_others]))
