"""Operations of standings."""

from services.chassis.entrypoints import answers
from services.contracts.membership.standing import operations as contract
from services.membership.standing.use_cases import deciding, leaving, reading


@answers(
    (contract.member_standing, reading.member_standing),
    (contract.list_standing_changes, reading.list_standing_changes),
    (contract.record_decision, deciding.record_decision),
    (contract.reinstate_member, deciding.reinstate_member),
    (contract.request_leave, leaving.request_leave),
    (contract.take_back_leave, leaving.take_back_leave),
    (contract.list_leave_requests, leaving.list_leave_requests),
)
class StandingEntrypoints:
    """Standings, decisions and requests to leave over RPC."""
