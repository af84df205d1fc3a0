"""Operations of the year's plan, and the events it reacts to."""

from __future__ import annotations

from services.chassis import clock
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import answers, on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities.calendar.events import EventCancelled, EventHeld, EventRescheduled, EventScheduled
from services.contracts.governance.plan import operations as contract
from services.contracts.welfare.care_campaigns.events import CareCampaignEnded, CareCampaignOpened
from services.contracts.welfare.examinations.events import ExaminationProgressed
from services.contracts.welfare.visits.events import VisitCancelled, VisitCompleted, VisitRequired
from services.governance.plan.use_cases import beginning, importing, plan, progress


@answers(
    (contract.list_plans, plan.list_plans),
    (contract.get_plan, plan.get_plan),
    (contract.list_plan_items, plan.list_plan_items),
    (contract.get_plan_item, plan.get_plan_item),
    (contract.import_plan, importing.import_plan),
    (contract.begin_plan, beginning.begin_plan),
    (contract.discard_plan, beginning.discard_plan),
    (contract.publish_plan, plan.publish_plan),
    (contract.add_plan_item, plan.add_plan_item),
    (contract.update_plan_item, plan.update_plan_item),
    (contract.remove_plan_item, plan.remove_plan_item),
    (contract.complete_plan_item, plan.complete_plan_item),
    (contract.drop_plan_item, plan.drop_plan_item),
)
class PlanEntrypoints:
    """The plan's queries, commands and reactions."""

    link_scheduled_activity = on_event(EventScheduled, progress.learn_of_activity)
    follow_rescheduled_activity = on_event(EventRescheduled, progress.learn_of_activity)

    @on_event(EventCancelled)
    def drop_cancelled_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.end_activity(tx, event, "cancelled")

    @on_event(EventHeld)
    def count_held_activity(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.end_activity(tx, event, "held", event.data["held_on"])

    link_opened_campaign = on_event(CareCampaignOpened, progress.learn_of_campaign)
    count_ended_campaign = on_event(CareCampaignEnded, progress.end_campaign)
    count_examined = on_event(ExaminationProgressed, progress.learn_of_examination)

    @on_event(VisitRequired)
    def count_due_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "due", clock.day_of(event.data["due_at"]))

    @on_event(VisitCompleted)
    def count_completed_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "done", event.data["completed_on"])

    @on_event(VisitCancelled)
    def drop_cancelled_visit(self, tx: Transaction, event: ReceivedEvent) -> None:
        progress.learn_of_visit(tx, event, "cancelled")
