"""Operations of the calendar."""

from __future__ import annotations

from services.activities.calendar.use_cases import following, organising, reading
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities import snapshot
from services.contracts.activities.calendar import operations as contract
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit

_FIVE_MINUTES = 300


@answers(
    (contract.list_activities, reading.list_activities),
    (snapshot.snapshot_activities, reading.snapshot_activities),
    (contract.get_activity, reading.get_activity),
    (contract.activity_history, reading.activity_history),
    (contract.schedule_activity, organising.schedule_activity),
    (contract.announce_activity, organising.announce_activity),
    (contract.update_activity, organising.update_activity),
    (contract.cancel_activity, organising.cancel_activity),
    (contract.hold_activity, organising.hold_activity),
    (contract.clone_activity, organising.clone_activity),
)
class CalendarEntrypoints:
    """Activities over RPC."""

    # Move what an earlier release left with a merged or split unit to its successor.
    follow_known_heirs = every(_FIVE_MINUTES, "unit-heirs", following.follow_known_heirs)

    @on_event(UnitMerged)
    def on_unit_merged(self, tx: Transaction, event: ReceivedEvent) -> None:
        data = event.data
        following.take_over(tx, data["unit_id"], [data["into_unit_id"]], closed=True, happened_at=event.time)

    @on_event(UnitSplit)
    def on_unit_split(self, tx: Transaction, event: ReceivedEvent) -> None:
        data = event.data
        following.take_over(tx, data["unit_id"], data["new_unit_ids"], closed=data["closed"], happened_at=event.time)
