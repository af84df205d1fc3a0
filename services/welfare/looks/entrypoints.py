"""The operation that tells members who looked."""

from __future__ import annotations

from services.chassis.entrypoints import answers
from services.contracts.welfare import looks as contract
from services.welfare.looks.use_cases import telling


@answers((contract.my_welfare_looks, telling.my_welfare_looks))
class LookEntrypoints:
    """Looks over RPC."""
