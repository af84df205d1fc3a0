"""What can be asked and done about visits, and what the clock does to them."""

from __future__ import annotations

from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import command, every, on_event, query
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.process.runtime import Call
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare.visits import operations as contract
from services.welfare.visits.use_cases import deadlines, reading, reporting, retiring, visits

Request = dict[str, Any]


class VisitEntrypoints:
    """The operations on life events and visits."""

    @command(contract.report_life_event)
    def report_life_event(self, tx: Transaction, request: Request) -> Request:
        """Report a life event."""
        return reporting.report_life_event(tx, request)

    @query(contract.list_life_events)
    def list_life_events(self, tx: Transaction, request: Request) -> Request:
        """List life events."""
        return reporting.list_life_events(tx, request)

    @command(contract.unmask_life_event, own_transaction=True)
    def unmask_life_event(self, call: Call, request: Request) -> Request:
        """Show a protected field for a purpose; what was shown is not remembered with an idempotency key."""
        with call.transaction() as tx:
            return reporting.unmask_life_event(tx, request)

    @query(contract.list_life_event_accesses)
    def list_life_event_accesses(self, tx: Transaction, request: Request) -> Request:
        """List who looked."""
        return reporting.list_life_event_accesses(tx, request)

    @query(contract.list_visits)
    def list_visits(self, tx: Transaction, request: Request) -> Request:
        """List visits."""
        return reading.list_visits(tx, request)

    @query(contract.my_visits)
    def my_visits(self, tx: Transaction, request: Request) -> Request:
        """List one's own visits to make."""
        return reading.my_visits(tx, request)

    @query(contract.get_visit)
    def get_visit(self, tx: Transaction, request: Request) -> Request:
        """Show one visit."""
        return reading.get_visit(tx, request)

    @query(contract.visit_figures)
    def visit_figures(self, tx: Transaction, request: Request) -> Request:
        """Count visits."""
        return reading.visit_figures(tx, request)

    @command(contract.assign_visit)
    def assign_visit(self, tx: Transaction, request: Request) -> Request:
        """Say who goes."""
        return visits.assign_visit(tx, request)

    @command(contract.complete_visit)
    def complete_visit(self, tx: Transaction, request: Request) -> Request:
        """Keep that a visit was made."""
        return visits.complete_visit(tx, request)

    @command(contract.add_visit_evidence)
    def add_visit_evidence(self, tx: Transaction, request: Request) -> Request:
        """Add evidence."""
        return visits.add_visit_evidence(tx, request)

    @command(contract.unmask_evidence, own_transaction=True)
    def unmask_evidence(self, call: Call, request: Request) -> Request:
        """Show evidence for a purpose; what was shown is not remembered with an idempotency key."""
        with call.transaction() as tx:
            return visits.unmask_evidence(tx, request)

    @command(contract.claim_visit_again)
    def claim_visit_again(self, tx: Transaction, request: Request) -> Request:
        """Claim again."""
        return visits.claim_visit_again(tx, request)

    @command(contract.cancel_visit)
    def cancel_visit(self, tx: Transaction, request: Request) -> Request:
        """Cancel a visit."""
        return visits.cancel_visit(tx, request)

    @on_event(UnitMerged)
    def on_unit_merged(self, tx: Transaction, event: ReceivedEvent) -> None:
        """What a merged unit had to visit falls to the unit it became."""
        visits.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def on_unit_split(self, tx: Transaction, event: ReceivedEvent) -> None:
        """What a unit that was split up had to visit falls to its first part."""
        if event.data["closed"]:
            visits.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])

    @every(15, "visit-deadlines")
    def watch_visit_deadlines(self, tx: Transaction) -> None:
        """Announce overdue and escalated visits."""
        deadlines.watch_deadlines(tx)

    @on_event(MemberRetired)
    def on_member_retired(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Require the visit to who retired."""
        retiring.on_retired(tx, event)

    @on_event(RetirementUndone)
    def on_retirement_undone(self, tx: Transaction, event: ReceivedEvent) -> None:
        """Cancel the visit to who has not retired after all."""
        retiring.on_undone(tx, event)
