"""Posts: of the demo accounts, of the other units' chairs, and the seats of the committees."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from deploy.demo.union import POSTS, DemoUnion
from deploy.demo.units import UNITS
from services.chassis.clock import today
from services.contracts.membership.organisation import operations as organisation
from services.contracts.membership.organisation.delegations import give_delegation
from services.contracts.membership.record.operations import list_members

FIRST_SEATED = 32
"""Row of the roster from which committee members are taken: chairs of units who have no demo account."""
_SEATS = ("committee_chair", "committee_deputy", "committee_member")


def play(union: DemoUnion) -> str:
    posts = {}
    for account, kind in POSTS:
        unit = union.units[union.holder(account)] if kind in ("unit_chair", "delegate") else union.union_id
        posts[account] = _assign(union, f"post-{account}", kind, unit, union.holder(account))
    for index, unit in enumerate(union.units):
        if index != union.holder("chair"):
            _assign(union, f"chair-{index}", "unit_chair", unit, len(UNITS) + index)
    seats = [(sort, kind) for sort in union.committees for kind in _SEATS]
    for row, (sort, kind) in enumerate(seats, FIRST_SEATED):
        # This term ends soon, so that an election is to be prepared.
        days_left = 60 if (sort, kind) == ("proposals", "committee_chair") else None
        _assign(union, f"seat-{row}", kind, union.committees[sort], row, days_left)
    deputies = _delegate(union, posts["chair"])
    return f"{len(POSTS)} kinds of posts held, {deputies} by a deputy, {len(seats)} seats on committees"


def _delegate(union: DemoUnion, post_id: str) -> int:
    """Let a member of the unit do the work of the demo chair, who is on a business trip; return how many do so."""
    known = {str(union.member_id(union.holder(name))) for name in ("chair", "member")}
    unit = {"unit_id": union.units[union.holder("chair")], "standing": "active", "sort": "number"}
    others = [one["id"] for one in union.ask("", list_members, unit)["items"] if one["id"] not in known]
    if not others:
        return 0
    days = {"starts_on": today(), "ends_on": today() + timedelta(days=12)}
    # The first one: the last one is asked to move to another unit.
    given = {"post_id": post_id, "deputy_id": others[0], **days, "reason": "trip"}
    union.ask("deputy-chair", give_delegation, given, union.as_chair())
    return 1


def _assign(union: DemoUnion, step: str, kind: str, unit: UUID, row: int, days_left: int | None = None) -> str:
    post = {
        "unit_id": unit,
        "kind": kind,
        "member_id": union.member_id(row),
        "starts_on": today() - timedelta(days=400),
        "ends_on": None if days_left is None else today() + timedelta(days=days_left),
    }
    return str(union.ask(step, organisation.assign_post, post)["id"])
