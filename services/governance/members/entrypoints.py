"""Events that keep the copy of the members."""

from services.chassis.entrypoints import every, on_event
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.governance.members.use_cases import copies, filling

_ONE_MINUTE = 60


class MemberEntrypoints:
    """Reactions to membership's events about members."""

    fill_member_copy = every(_ONE_MINUTE, "fill-member-copy", filling.fill_copy, own_transaction=True)
    on_member_joined = on_event(MemberJoined, copies.keep_joined, batch=True)
    on_unit_changed = on_event(UnitChanged, copies.keep_units, batch=True)
    on_member_updated = on_event(MemberUpdated, copies.keep_standing)
