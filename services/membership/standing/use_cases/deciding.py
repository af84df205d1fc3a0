"""Decisions about a membership: its end, and its coming back after a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.rules.refusal import Refusal
from services.contracts.membership.standing.operations import MemberReinstated
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import numbering, roster
from services.membership.record.use_cases.standing import Member, get_member_for_update, set_standing
from services.membership.standing import rules
from services.membership.standing.tables import StandingChange
from services.membership.standing.use_cases import changes, ends
from services.membership.standing.use_cases.reading import to_reply
from services.membership.versions import require_version


def record_decision(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """End a membership by a decision that was taken and is kept with it."""
    member = get_member_for_update(tx, request["member_id"])
    kind, on = request["kind"], request["effective_on"] or request["decided_on"]
    refuse_first(
        rules.decider_is_another(tx.principal.member_id, member.id),
        rules.decision_fits_standing(kind, member.standing),
        rules.decision_is_recorded(kind, request),
        rules.days_are_in_order(request["decided_on"], on, member.joined_on, tx.today),
        rules.six_months_have_passed(kind, request, request["decided_on"]),
        rules.grounds_lie_in_membership(request, member.joined_on),
    )
    require_version(member, request["version"])
    change = ends.end_membership(tx, member, kind, rules.STANDING_AFTER[kind], on, request)
    return to_reply(tx, change, member)


def reinstate_member(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Undo a wrong end: the membership stands as before, in its unit or, where that has closed, in another."""
    directory.hold_organisation(tx, alone=True)
    # Joining again locks the series first, too.
    numbering.hold_series(tx)
    member = get_member_for_update(tx, request["member_id"])
    unit_id = request["unit_id"] or member.unit_id
    units = directory.units_by_id(tx, {unit_id}, lock=True)
    refuse_first(
        rules.decider_is_another(tx.principal.member_id, member.id),
        rules.membership_has_ended(member.standing),
        _refusal_of_another(tx, member),
        directory.refusal_to_take_members(units.get(unit_id)),
        rules.days_are_in_order(request["decided_on"], request["decided_on"], member.joined_on, tx.today),
    )
    require_version(member, request["version"])
    standing = rules.standing_before(_ended_from(tx, member))
    change = changes.note(tx, member, "reinstatement", standing, tx.today, request)
    group = member.group_id if unit_id == member.unit_id else None
    set_standing(tx, member, standing, "reinstated", left_on=None, unit_id=unit_id, group_id=group)
    tx.record(MemberReinstated(member_id=member.id, unit_id=unit_id, standing=standing, on=tx.today))
    tx.session.flush()
    return to_reply(tx, change, member)


def _refusal_of_another(tx: Transaction, member: Member) -> Refusal | None:
    """A record as deceased prevents joining again, but not reinstatement."""
    if member.standing == "deceased":
        return None
    return roster.refusal_of_second_membership(tx, member.id_number_index)


def _ended_from(tx: Transaction, member: Member) -> str:
    """Return the standing the membership ended from; active where no decision of ours is known."""
    statement = (
        sa.select(StandingChange.old_standing)
        .where(StandingChange.member_id == member.id, StandingChange.new_standing == member.standing)
        .order_by(StandingChange.id.desc())
        .limit(1)
    )
    return tx.session.scalar(statement) or "active"
