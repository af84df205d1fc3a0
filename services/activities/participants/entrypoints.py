"""Events that keep the copy of the members up to date."""

from services.activities.participants.use_cases import member_copies
from services.chassis.entrypoints import on_event
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised


class ParticipantsEntrypoints:
    """Reactions to membership's events."""

    on_member_joined = on_event(MemberJoined, member_copies.on_member_joined, batch=True)
    on_member_updated = on_event(MemberUpdated, member_copies.on_member_updated)
    on_unit_changed = on_event(UnitChanged, member_copies.on_unit_changed, batch=True)
    on_member_anonymised = on_event(MemberAnonymised, member_copies.on_member_anonymised)
