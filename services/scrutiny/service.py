"""The scrutiny service, assembled: the second registrar of secret ballots."""

from __future__ import annotations

from typing import Any

from services.chassis.entrypoints import Service
from services.chassis.events.failed_events import failed_event_entrypoints
from services.chassis.events.published import event_accounting_entrypoints
from services.contracts.failed_events import OF_SERVICE
from services.contracts.published_events import PUBLISHED_OF, RECONCILIATION_OF
from services.scrutiny.registrar.entrypoints import RegistrarEntrypoints

FailedEventEntrypoints: Any = failed_event_entrypoints(OF_SERVICE["scrutiny"])
EventAccountingEntrypoints: Any = event_accounting_entrypoints(PUBLISHED_OF["scrutiny"], RECONCILIATION_OF["scrutiny"])


class Scrutiny(
    RegistrarEntrypoints,
    FailedEventEntrypoints,
    EventAccountingEntrypoints,
    Service,
):
    """监票: the second registrar of secret ballots."""

    name = "scrutiny"
