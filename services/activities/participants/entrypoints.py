"""Events that keep the copy of the members up to date."""

from services.activities.participants.use_cases import inviting, member_copies
from services.chassis.entrypoints import every, on_event
from services.contracts.membership.joining.operations import MemberJoined
from services.contracts.membership.record.operations import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised

_ONE_MINUTE = 60


class ParticipantsEntrypoints:
    """Reactions to membership's events."""

    invite_by_facts = every(_ONE_MINUTE, "invite-by-facts", inviting.invite_by_facts, own_transaction=True)
    on_member_joined = on_event(MemberJoined, member_copies.on_member_joined, batch=True)
    on_member_updated = on_event(MemberUpdated, member_copies.on_member_updated)
    on_unit_changed = on_event(UnitChanged, member_copies.on_unit_changed, batch=True)
    on_member_anonymised = on_event(MemberAnonymised, member_copies.on_member_anonymised)
