"""The welfare service: its subjects put together."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.chassis.jobs.entrypoints import job_entrypoints, roles_by_rpc
from services.contracts.failed_events import OF_SERVICE
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.organisation.operations import get_roles
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF
from services.welfare.birthdays.entrypoints import BirthdayEntrypoints
from services.welfare.care.entrypoints import CareEntrypoints
from services.welfare.care_campaigns.entrypoints import CareCampaignEntrypoints
from services.welfare.charity.entrypoints import CharityEntrypoints
from services.welfare.claims.entrypoints import ClaimEntrypoints
from services.welfare.decisions.entrypoints import DecisionEntrypoints
from services.welfare.entitlements.entrypoints import EntitlementEntrypoints
from services.welfare.examinations.entrypoints import ExaminationEntrypoints
from services.welfare.finding.entrypoints import FindingEntrypoints
from services.welfare.hardship.entrypoints import HardshipEntrypoints
from services.welfare.looks.entrypoints import LookEntrypoints
from services.welfare.members.entrypoints import MemberEntrypoints
from services.welfare.mutual_aid.entrypoints import MutualAidEntrypoints
from services.welfare.payments.entrypoints import PaymentEntrypoints
from services.welfare.procurement.entrypoints import ProcurementEntrypoints
from services.welfare.programmes.entrypoints import ProgrammeEntrypoints
from services.welfare.recuperation.entrypoints import RecuperationEntrypoints
from services.welfare.requests.entrypoints import RequestEntrypoints
from services.welfare.rulebook.entrypoints import RulebookEntrypoints
from services.welfare.statement.entrypoints import StatementEntrypoints
from services.welfare.visits.entrypoints import VisitEntrypoints

JobEntrypoints: Any = job_entrypoints(JOBS_OF["welfare"], roles_by_rpc(get_roles))
FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["welfare"])
EventAccountingEntrypoints: Any = event_accounting_entrypoints(PUBLISHED_OF["welfare"], RECONCILIATION_OF["welfare"])


class Welfare(
    RulebookEntrypoints,
    MemberEntrypoints,
    EntitlementEntrypoints,
    VisitEntrypoints,
    BirthdayEntrypoints,
    CareEntrypoints,
    DecisionEntrypoints,
    RecuperationEntrypoints,
    ProgrammeEntrypoints,
    CharityEntrypoints,
    RequestEntrypoints,
    StatementEntrypoints,
    LookEntrypoints,
    FindingEntrypoints,
    ExaminationEntrypoints,
    ProcurementEntrypoints,
    HardshipEntrypoints,
    CareCampaignEntrypoints,
    MutualAidEntrypoints,
    ClaimEntrypoints,
    PaymentEntrypoints,
    JobEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """What the union does for its members: visits, birthday care, goods, recuperation, mutual aid, accounts."""

    name = "welfare"
