"""The membership service, put together from its subjects."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.chassis.jobs.entrypoints import job_entrypoints, own_roles
from services.contracts.failed_events import OF_SERVICE
from services.contracts.jobs import JOBS_OF
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF
from services.membership.card.entrypoints import CardEntrypoints
from services.membership.consents.entrypoints import ConsentEntrypoints
from services.membership.dues.entrypoints import DuesCollectingEntrypoints, DuesEntrypoints
from services.membership.facts.entrypoints import FactEntrypoints
from services.membership.family.entrypoints import FamilyEntrypoints
from services.membership.files.entrypoints import FileEntrypoints
from services.membership.honours.entrypoints import HonourEntrypoints
from services.membership.hr_sync.entrypoints import HrSyncEntrypoints
from services.membership.imports.entrypoints import ImportEntrypoints
from services.membership.joining.entrypoints import JoiningEntrypoints
from services.membership.organisation.entrypoints import OrganisationEntrypoints
from services.membership.organisation.use_cases.roles import roles_of
from services.membership.privacy.entrypoints import PrivacyEntrypoints
from services.membership.record.entrypoints import RecordEntrypoints
from services.membership.retirement.entrypoints import RetirementEntrypoints
from services.membership.rulebook.entrypoints import RulebookEntrypoints
from services.membership.standing.entrypoints import StandingEntrypoints
from services.membership.transfer.entrypoints import TransferEntrypoints

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["membership"])
JobEntrypoints: Any = job_entrypoints(JOBS_OF["membership"], own_roles(roles_of))
EventAccountingEntrypoints: Any = event_accounting_entrypoints(
    PUBLISHED_OF["membership"], RECONCILIATION_OF["membership"]
)


class Membership(
    OrganisationEntrypoints,
    JoiningEntrypoints,
    RecordEntrypoints,
    HonourEntrypoints,
    FamilyEntrypoints,
    FactEntrypoints,
    PrivacyEntrypoints,
    JobEntrypoints,
    RulebookEntrypoints,
    ImportEntrypoints,
    HrSyncEntrypoints,
    ConsentEntrypoints,
    CardEntrypoints,
    FileEntrypoints,
    StandingEntrypoints,
    RetirementEntrypoints,
    TransferEntrypoints,
    DuesEntrypoints,
    DuesCollectingEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """会员: who belongs to the union, where, and in which post."""

    name = "membership"
