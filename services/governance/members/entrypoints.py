"""Events that keep the copy of the members."""

from services.chassis.entrypoints import on_event
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.governance.members.use_cases import copies


class MemberEntrypoints:
    """Reactions to membership's events about members."""

    on_member_joined = on_event(MemberJoined, copies.keep_joined, batch=True)
    on_unit_changed = on_event(UnitChanged, copies.keep_units, batch=True)
    on_member_updated = on_event(MemberUpdated, copies.keep_standing)
