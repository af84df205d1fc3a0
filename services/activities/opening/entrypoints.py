"""The opening of registration over RPC and by the clock."""

from services.activities.opening.use_cases import reminding, telling
from services.chassis.entrypoints import answers, every
from services.contracts.activities import opening as contract

_SECONDS = 15


@answers((contract.remind_me, reminding.remind_me))
class OpeningEntrypoints:
    """Reminders of the opening, and what tells it."""

    open_registrations = every(_SECONDS, "open-registrations", telling.open_registrations, own_transaction=True)
