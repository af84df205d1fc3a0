"""What is asked about the use of facts, and their forgetting."""

from __future__ import annotations

from services.activities.facts.use_cases import keeping, uses
from services.chassis.entrypoints import answers, every
from services.contracts.activities import facts as contract

_ONE_HOUR = 3600


@answers(
    (contract.my_fact_uses, uses.my_fact_uses),
    (contract.my_basis_looks, uses.my_basis_looks),
)
class FactEntrypoints:
    """The use of facts over RPC."""

    forget_old_facts = every(_ONE_HOUR, "forget-old-facts", keeping.forget_old)
