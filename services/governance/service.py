"""The governance service, assembled: plan, funds, dated rules, awards, ballots, proposals, mediation, members."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF
from services.governance.awards.entrypoints import AwardEntrypoints
from services.governance.ballots.entrypoints import BallotEntrypoints
from services.governance.congress.entrypoints import CongressEntrypoints
from services.governance.disclosures.entrypoints import DisclosureEntrypoints
from services.governance.dismissals.entrypoints import DismissalEntrypoints
from services.governance.funds.entrypoints import FundEntrypoints
from services.governance.mediation.entrypoints import MediationEntrypoints
from services.governance.meetings.entrypoints import MeetingEntrypoints
from services.governance.members.entrypoints import MemberEntrypoints
from services.governance.plan.entrypoints import PlanEntrypoints
from services.governance.proposals.entrypoints import ProposalEntrypoints
from services.governance.ratings.entrypoints import RatingEntrypoints
from services.governance.rulebook.entrypoints import RulebookEntrypoints
from services.governance.secret_ballots.entrypoints import SecretBallotEntrypoints
from services.governance.suggestions.entrypoints import SuggestionEntrypoints
from services.governance.unit_congresses.entrypoints import UnitCongressEntrypoints

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["governance"])
EventAccountingEntrypoints: Any = event_accounting_entrypoints(
    PUBLISHED_OF["governance"], RECONCILIATION_OF["governance"]
)


class Governance(
    PlanEntrypoints,
    FundEntrypoints,
    RulebookEntrypoints,
    AwardEntrypoints,
    BallotEntrypoints,
    ProposalEntrypoints,
    MemberEntrypoints,
    SecretBallotEntrypoints,
    MediationEntrypoints,
    MeetingEntrypoints,
    CongressEntrypoints,
    UnitCongressEntrypoints,
    RatingEntrypoints,
    DismissalEntrypoints,
    SuggestionEntrypoints,
    DisclosureEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """治理: plan, funds, rules, awards, proposals, mediation and the congress."""

    name = "governance"
