"""What membership answers about facts."""

from services.chassis.entrypoints import answers, every
from services.contracts.membership import facts as contract
from services.membership.facts.use_cases import answering, uses

_ONE_HOUR = 3600


@answers((contract.list_fact_uses, uses.list_fact_uses))
# A reply stored with an idempotency key would keep the facts.
@answers((contract.facts_of_members, answering.facts_of_members), store_reply=False)
class FactEntrypoints:
    """Facts over RPC."""

    forget_fact_uses = every(_ONE_HOUR, "forget-fact-uses", uses.forget_old)
