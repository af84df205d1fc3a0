"""What governance answers and reacts to about the year's plan."""

from __future__ import annotations

from typing import Any

from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities.calendar.operations import (
    EventCancelled,
    EventHeld,
    EventRescheduled,
    EventScheduled,
)
from services.contracts.governance.plan import operations as contract
from services.contracts.welfare.visits.events import VisitCancelled, VisitCompleted, VisitRequired
from services.governance.plan.use_cases import beginning, importing, plan, progress

Reply = dict[str, Any]


class PlanEntrypoints:
    """The plan's queries, commands and reactions."""

    @query(contract.list_plans)
    def list_plans(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.list_plans(tx, request)

    @query(contract.get_plan)
    def get_plan(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.get_plan(tx, request)

    @query(contract.list_plan_items)
    def list_plan_items(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.list_plan_items(tx, request)

    @query(contract.get_plan_item)
    def get_plan_item(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.get_plan_item(tx, request)

    @command(contract.import_plan)
    def import_plan(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return importing.import_plan(tx, request)

    @command(contract.begin_plan)
    def begin_plan(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return beginning.begin_plan(tx, request)

    @command(contract.discard_plan)
    def discard_plan(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return beginning.discard_plan(tx, request)

    @command(contract.publish_plan)
    def publish_plan(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.publish_plan(tx, request)

    @command(contract.add_plan_item)
    def add_plan_item(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.add_plan_item(tx, request)

    @command(contract.update_plan_item)
    def update_plan_item(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.update_plan_item(tx, request)

    @command(contract.remove_plan_item)
    def remove_plan_item(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.remove_plan_item(tx, request)

    @command(contract.complete_plan_item)
    def complete_plan_item(self, tx: Transaction, request: dict[str, Any]) -> Reply:
        return plan.complete_plan_item(tx, request)

    @on_event(EventScheduled)
    def link_scheduled_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_activity(tx, event)

    @on_event(EventRescheduled)
    def follow_rescheduled_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_activity(tx, event)

    @on_event(EventCancelled)
    def drop_cancelled_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.end_activity(tx, event, "cancelled")

    @on_event(EventHeld)
    def count_held_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.end_activity(tx, event, "held", event.data["held_on"])

    @on_event(VisitRequired)
    def count_due_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "due", clock.day_of(event.data["due_at"]))

    @on_event(VisitCompleted)
    def count_completed_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "done", event.data["completed_on"])

    @on_event(VisitCancelled)
    def drop_cancelled_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "cancelled")
