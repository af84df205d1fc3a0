"""The governance service, assembled: the year's plan, the union's funds, the dated rules, awards."""

from __future__ import annotations

from services.chassis.runtime import ServiceRuntime
from services.governance.awards.entrypoints import AwardEntrypoints
from services.governance.funds.entrypoints import FundEntrypoints
from services.governance.plan.entrypoints import PlanEntrypoints
from services.governance.rulebook.entrypoints import RulebookEntrypoints


class Governance(PlanEntrypoints, FundEntrypoints, RulebookEntrypoints, AwardEntrypoints):
    """治理: what the union plans, spends and answers for."""

    name = "governance"
    runtime = ServiceRuntime()
