"""Operations of the congress, and what membership's events mean for it."""

from __future__ import annotations

from services.chassis.entrypoints import answers, on_event
from services.contracts.governance.congress import delegates as delegate_contract
from services.contracts.governance.congress import terms as contract
from services.contracts.membership.organisation.unit_changes import UnitMerged
from services.contracts.membership.record.operations import UnitChanged
from services.contracts.membership.retirement import MemberRetired
from services.contracts.membership.standing.operations import MemberLeft
from services.governance.congress.use_cases import delegates, delegations, following, seats, shares, terms


@answers(
    (contract.list_congresses, terms.list_congresses),
    (contract.get_congress, terms.get_congress),
    (contract.add_congress, terms.add_congress),
    (contract.change_congress, terms.change_congress),
    (contract.begin_congress, terms.begin_congress),
    (contract.end_congress, terms.end_congress),
    (contract.allot_seats, seats.allot_seats),
    (contract.set_unit_seats, seats.set_unit_seats),
    (contract.list_seats, seats.list_seats),
    (delegate_contract.list_delegates, delegates.list_delegates),
    (delegate_contract.get_delegate, delegates.get_delegate),
    (delegate_contract.my_seats, delegates.my_seats),
    (delegate_contract.enter_delegates, delegates.enter_delegates),
    (delegate_contract.end_delegate, delegates.end_delegate),
    (delegate_contract.list_congress_delegations, delegations.list_congress_delegations),
    (delegate_contract.form_delegation, delegations.form_delegation),
    (delegate_contract.change_delegation, delegations.change_delegation),
    (delegate_contract.dissolve_delegation, delegations.dissolve_delegation),
)
# Its own transactions, because membership is asked between them. Checking again counts again.
@answers((contract.check_shares, shares.check_shares), own_transaction=True)
class CongressEntrypoints:
    """Terms, seats and delegates over RPC."""

    end_seats_of_leavers = on_event(MemberLeft, following.end_with_membership)
    end_seats_of_retired = on_event(MemberRetired, following.end_with_retirement)
    note_moved_delegates = on_event(UnitChanged, following.note_move)
    follow_merged_electors = on_event(UnitMerged, following.follow_merger)
