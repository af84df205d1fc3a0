"""What the calendar answers."""

from __future__ import annotations

from typing import Any

from services.activities.calendar.use_cases import following, organising, reading
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities import snapshot
from services.contracts.activities.calendar import operations as contract
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit

_FIVE_MINUTES = 300


class CalendarEntrypoints:
    """Activities over RPC."""

    @query(contract.list_activities)
    def list_activities(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.list_activities(tx, request)

    @query(snapshot.snapshot_activities)
    def snapshot_activities(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.snapshot_activities(tx, request)

    @query(contract.get_activity)
    def get_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.get_activity(tx, request)

    @query(contract.activity_history)
    def activity_history(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return reading.activity_history(tx, request)

    @command(contract.schedule_activity)
    def schedule_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.schedule_activity(tx, request)

    @command(contract.announce_activity)
    def announce_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.announce_activity(tx, request)

    @command(contract.update_activity)
    def update_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.update_activity(tx, request)

    @command(contract.cancel_activity)
    def cancel_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.cancel_activity(tx, request)

    @command(contract.hold_activity)
    def hold_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.hold_activity(tx, request)

    @on_event(UnitMerged)
    def on_unit_merged(self, tx: Transaction, event: ReceivedEvent) -> None:
        data = event.data
        following.take_over(tx, data["unit_id"], [data["into_unit_id"]], closed=True, happened_at=event.time)

    @on_event(UnitSplit)
    def on_unit_split(self, tx: Transaction, event: ReceivedEvent) -> None:
        data = event.data
        following.take_over(tx, data["unit_id"], data["new_unit_ids"], closed=data["closed"], happened_at=event.time)

    @every(_FIVE_MINUTES, "unit-heirs")
    def follow_known_heirs(self, tx: Transaction) -> None:
        """Bring in line what an earlier release left with a unit that was merged or split."""
        following.follow_known_heirs(tx)

    @command(contract.clone_activity)
    def clone_activity(self, tx: Transaction, request: dict[str, Any]) -> Any:
        return organising.clone_activity(tx, request)
