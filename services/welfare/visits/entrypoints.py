"""Operations of visits, and their recurring work."""

from __future__ import annotations

from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, every, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.files.attachments import examined_before
from services.contracts.membership.organisation.unit_changes import UnitMerged, UnitSplit
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.contracts.welfare.visits import files
from services.contracts.welfare.visits import operations as contract
from services.welfare.care.use_cases import owing
from services.welfare.visits.use_cases import deadlines, evidence, figures, reading, reporting, retiring, visits


@answers(
    (contract.list_life_events, reporting.list_life_events),
    (contract.list_life_event_accesses, reporting.list_life_event_accesses),
    (contract.list_visits, reading.list_visits),
    (contract.my_visits, reading.my_visits),
    (contract.get_visit, reading.get_visit),
    (contract.visit_figures, figures.visit_figures),
    (contract.list_visit_statistics, figures.list_visit_statistics),
    (contract.assign_visit, visits.assign_visit),
    (contract.complete_visit, visits.complete_visit),
    (contract.add_visit_evidence, evidence.add_visit_evidence),
    (files.evidence_thumbnail, evidence.evidence_thumbnail),
    (files.remove_visit_evidence, evidence.remove_visit_evidence),
    (files.my_visit_evidence, evidence.my_visit_evidence),
    (contract.claim_visit_again, visits.claim_visit_again),
    (contract.cancel_visit, visits.cancel_visit),
)
@answers((contract.report_life_event, reporting.report_life_event), prepare=reporting.ask_posts)
@answers(
    (files.attach_visit_evidence, evidence.attach_visit_evidence),
    prepare=examined_before(evidence.may_attach, evidence.as_kept),
)
# A reply stored with an idempotency key would contain what is shown for a purpose.
@answers(
    (contract.unmask_life_event, reporting.unmask_life_event),
    (contract.unmask_evidence, evidence.unmask_evidence),
    (files.open_evidence_file, evidence.open_evidence_file),
    store_reply=False,
)
class VisitEntrypoints:
    """The operations on life events and visits."""

    watch_visit_deadlines = every(15, "visit-deadlines", deadlines.watch_deadlines)

    @on_event(MemberRetired)
    def on_member_retired(self, tx: Transaction, event: ReceivedEvent) -> None:
        """A retirement calls for a visit, and where the rules say so for a memento."""
        retiring.on_retired(tx, event)
        owing.on_retired(tx, event)

    @on_event(RetirementUndone)
    def on_retirement_undone(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The visit and the memento of a retirement that was undone are not due."""
        retiring.on_undone(tx, event)
        owing.on_retirement_undone(tx, event)

    @on_event(UnitMerged)
    def on_unit_merged(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The visits of a merged unit go to the unit it was merged into."""
        visits.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def on_unit_split(self, tx: Transaction, event: ReceivedEvent) -> None:
        """The visits of a unit that was split up go to its first part."""
        if event.data["closed"]:
            visits.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
