"""Operations of recuperation."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare.recuperation import operations as contract
from services.welfare.recuperation.use_cases import applying, drawing, eligibility, going, planning, reading


@answers(
    (contract.add_recuperation_route, planning.add_recuperation_route),
    (contract.end_recuperation_route, planning.end_recuperation_route),
    (contract.list_recuperation_routes, reading.list_recuperation_routes),
    (contract.open_recuperation_round, planning.open_recuperation_round),
    (contract.list_recuperation_rounds, reading.list_recuperation_rounds),
    (contract.get_recuperation_round, reading.get_recuperation_round),
    (contract.add_trip, planning.add_trip),
    (contract.publish_trip, planning.publish_trip),
    (contract.cancel_trip, planning.cancel_trip),
    (contract.list_trips, reading.list_trips),
    (contract.get_trip, reading.get_trip),
    (contract.my_trip_applications, reading.my_trip_applications),
    (contract.list_trip_applications, reading.list_trip_applications),
    (contract.list_people_on_trip, reading.list_trip_applications),
    (contract.confirm_priority_grounds, applying.confirm_priority_grounds),
    (contract.withdraw_trip_application, going.withdraw_trip_application),
    (contract.move_trip_application, going.move_trip_application),
    (contract.close_trip_entries, drawing.close_trip_entries),
    (contract.commit_draw, drawing.commit_draw),
    (contract.enter_public_value, drawing.enter_public_value),
    (contract.draw_file, drawing.draw_file),
    (contract.decide_trip, going.decide_trip),
    (contract.note_travelled, going.note_travelled),
    (contract.settle_trip, going.settle_trip),
)
# Replies with names of the family are not stored with a key: repeating changes nothing.
@answers((contract.rate_trip, going.rate_trip), (contract.read_travellers, going.read_travellers), store_reply=False)
# Membership is asked first, and a refusal is stored as a decision.
@answers(
    (contract.my_trip_eligibility, eligibility.my_trip_eligibility),
    (contract.apply_for_trip, applying.apply_for_trip),
    own_transaction=True,
)
class RecuperationEntrypoints:
    """Recuperation over RPC."""
