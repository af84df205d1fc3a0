"""What the views react to. A method's name is part of its queue's name: never rename one."""

from __future__ import annotations

from gateway.identity import grants, members
from gateway.read_models import (
    activities,
    applications,
    dues_todos,
    entitlements,
    forgetting,
    honours,
    plan,
    privacy,
    registrations,
    terms,
    timeline,
    todos,
    units,
    visit_todos,
)
from services.chassis.database.transaction import Transaction
from services.chassis.entrypoints import on_event
from services.chassis.events.envelope import ReceivedEvent
from services.contracts.activities.calendar_events import EventCancelled, EventHeld, EventRescheduled, EventScheduled
from services.contracts.activities.registration_events import (
    MemberInvited,
    RegistrationCancelled,
    RegistrationConfirmed,
    RegistrationWaitlisted,
)
from services.contracts.governance.awards import AwardGranted, AwardRevoked
from services.contracts.governance.plan_events import PlanItemProgressed, PlanItemUpdated, PlanPublished
from services.contracts.membership.corrections import CorrectionAsked, CorrectionEnded
from services.contracts.membership.dues_events import DuesReminded, DuesSettled
from services.contracts.membership.joining import (
    ApplicationRejected,
    ApplicationReturned,
    ApplicationReviewed,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    MemberJoined,
)
from services.contracts.membership.organisation import (
    PostAssigned,
    PostEnded,
    PostTermEnding,
    UnitCreated,
    UnitUpdated,
)
from services.contracts.membership.privacy import ConsentWithdrawn
from services.contracts.membership.record import MemberUpdated, UnitChanged
from services.contracts.membership.retention import MemberAnonymised
from services.contracts.membership.unit_changes import UnitMerged, UnitSplit
from services.contracts.welfare.entitlements import EntitlementOpened
from services.contracts.welfare.visit_events import (
    VisitAssigned,
    VisitCancelled,
    VisitClaimRefused,
    VisitClosed,
    VisitCompleted,
    VisitEscalated,
    VisitOverdue,
    VisitRequired,
)


class MembershipViews:
    """Units, members and applications."""

    @on_event(UnitCreated, batch=True)
    def on_unit_created(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        units.note(tx, events)

    @on_event(UnitUpdated, batch=True)
    def on_unit_updated(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        units.note(tx, events)

    @on_event(MemberJoined, batch=True)
    def on_member_joined(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        members.note_joined(tx, events)
        applications.note_approved(tx, events)
        timeline.note_joined(tx, events)

    @on_event(MemberUpdated, batch=True)
    def on_member_updated(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        members.note_updated(tx, events)

    @on_event(UnitChanged, batch=True)
    def on_unit_changed(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        members.note_moved(tx, events)
        timeline.note_moved(tx, events)

    @on_event(UnitMerged)
    def on_unit_merged(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])
        todos.hand_over(tx, event.data["unit_id"], event.data["into_unit_id"])

    @on_event(UnitSplit)
    def on_unit_split(self, tx: Transaction, event: ReceivedEvent) -> None:
        if event.data["closed"]:
            applications.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])
            todos.hand_over(tx, event.data["unit_id"], event.data["new_unit_ids"][0])

    @on_event(PostTermEnding)
    def on_post_term_ending(self, tx: Transaction, event: ReceivedEvent) -> None:
        terms.note_ending(tx, event)

    @on_event(PostAssigned, batch=True)
    def on_post_assigned(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        grants.note_assigned(tx, events)
        terms.note_succeeded(tx, events)

    @on_event(PostEnded)
    def on_post_ended(self, tx: Transaction, event: ReceivedEvent) -> None:
        grants.note_ended(tx, event)
        terms.note_ended(tx, event)

    @on_event(ApplicationSubmitted)
    def on_application_submitted(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.note(tx, event)

    @on_event(ApplicationReviewed)
    def on_application_reviewed(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.note(tx, event)

    @on_event(ApplicationReturned)
    def on_application_returned(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.note(tx, event)

    @on_event(ApplicationRejected)
    def on_application_rejected(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.note(tx, event)

    @on_event(ApplicationWithdrawn)
    def on_application_withdrawn(self, tx: Transaction, event: ReceivedEvent) -> None:
        applications.note(tx, event)

    @on_event(DuesReminded, batch=True)
    def on_dues_reminded(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        dues_todos.on_reminded(tx, events)

    @on_event(DuesSettled, batch=True)
    def on_dues_settled(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        dues_todos.on_settled(tx, events)


class PrivacyViews:
    """Consents withdrawn, corrections asked for and answered; who is to be forgotten."""

    @on_event(ConsentWithdrawn)
    def on_consent_withdrawn(self, tx: Transaction, event: ReceivedEvent) -> None:
        privacy.note_withdrawal(tx, event)

    @on_event(CorrectionAsked)
    def on_correction_asked(self, tx: Transaction, event: ReceivedEvent) -> None:
        privacy.note_correction(tx, event)

    @on_event(CorrectionEnded)
    def on_correction_ended(self, tx: Transaction, event: ReceivedEvent) -> None:
        privacy.note_correction(tx, event)

    @on_event(MemberAnonymised)
    def on_member_anonymised(self, tx: Transaction, event: ReceivedEvent) -> None:
        forgetting.forget(tx, event)


class ActivityViews:
    """Activities, registrations and invitations."""

    @on_event(EventScheduled, batch=True)
    def on_event_scheduled(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        activities.note_facts(tx, events)

    @on_event(EventRescheduled, batch=True)
    def on_event_rescheduled(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        activities.note_facts(tx, events)
        timeline.note_activities(tx, events)

    @on_event(EventCancelled, batch=True)
    def on_event_cancelled(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        activities.note_cancelled(tx, events)

    @on_event(EventHeld, batch=True)
    def on_event_held(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        activities.note_held(tx, events)
        timeline.note_activities(tx, events)

    @on_event(RegistrationConfirmed, batch=True)
    def on_registration_confirmed(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        registrations.note(tx, events)

    @on_event(RegistrationWaitlisted, batch=True)
    def on_registration_waitlisted(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        registrations.note(tx, events)

    @on_event(RegistrationCancelled, batch=True)
    def on_registration_cancelled(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        registrations.note(tx, events)

    @on_event(MemberInvited, batch=True)
    def on_member_invited(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        todos.open_invitations(tx, events)
        timeline.note_registrations(tx, events)


class WelfareViews:
    """Visits to make, entitlement accounts opened."""

    @on_event(VisitRequired)
    def on_visit_required(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_required(tx, event)

    @on_event(VisitAssigned)
    def on_visit_assigned(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_assigned(tx, event)

    @on_event(VisitOverdue)
    def on_visit_overdue(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_required(tx, event, overdue=True)

    @on_event(VisitEscalated)
    def on_visit_escalated(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_escalated(tx, event)

    @on_event(VisitCompleted)
    def on_visit_completed(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_over(tx, event)

    @on_event(VisitClaimRefused)
    def on_visit_claim_refused(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_claim_refused(tx, event)

    @on_event(VisitClosed)
    def on_visit_closed(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_over(tx, event)

    @on_event(VisitCancelled)
    def on_visit_cancelled(self, tx: Transaction, event: ReceivedEvent) -> None:
        visit_todos.on_over(tx, event)

    @on_event(EntitlementOpened, batch=True)
    def on_entitlement_opened(self, tx: Transaction, events: list[ReceivedEvent]) -> None:
        entitlements.note_opened(tx, events)


class GovernanceViews:
    """The year's plan, and awards."""

    @on_event(AwardGranted)
    def on_award_granted(self, tx: Transaction, event: ReceivedEvent) -> None:
        honours.note(tx, event)

    @on_event(AwardRevoked)
    def on_award_revoked(self, tx: Transaction, event: ReceivedEvent) -> None:
        honours.note(tx, event)

    @on_event(PlanPublished)
    def on_plan_published(self, tx: Transaction, event: ReceivedEvent) -> None:
        plan.note_published(tx, event)

    @on_event(PlanItemUpdated)
    def on_plan_item_updated(self, tx: Transaction, event: ReceivedEvent) -> None:
        plan.note_item(tx, event)

    @on_event(PlanItemProgressed)
    def on_plan_item_progressed(self, tx: Transaction, event: ReceivedEvent) -> None:
        plan.note_progress(tx, event)
