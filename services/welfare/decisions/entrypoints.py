"""What can be asked about decisions."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import decisions as contract
from services.welfare.decisions.use_cases import reading


@answers((contract.get_decision, reading.get_decision))
class DecisionEntrypoints:
    """Decisions over RPC."""
