"""The operation that finds in welfare."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import finding as contract
from services.welfare.finding.use_cases import finding


@answers((contract.find_in_welfare, finding.find_in_welfare))
class FindingEntrypoints:
    """The search over RPC."""
