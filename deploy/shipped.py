"""Loads the rules that ship with this release into every service's rulebook, as part of the preparation.

They are only loaded here, for new unions, the demonstration, and unions that upgrade: shipped rules are added or
updated, the union's own rules are not changed. Repeating it changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.security.principal import service_principal
from services.governance.rulebook.use_cases import setting as governance
from services.membership.rulebook.use_cases import rules_in_force as membership
from services.welfare.rulebook.use_cases import rules_in_force as welfare

RULEBOOKS: dict[str, Callable[[Transaction], int]] = {
    "membership": membership.bring_shipped_rules,
    "welfare": welfare.bring_shipped_rules,
    "governance": governance.bring_shipped_rules,
}
"""The services that use dated rules, and the function of each that loads the shipped ones."""


def bring_shipped_rules() -> Iterator[str]:
    """Load every service's shipped rules, each in a transaction; yields a line for each service."""
    for service, bring in RULEBOOKS.items():
        database = Database(settings().database_url_of(service), pool_size=1)
        try:
            with transaction(database, CallContext(principal=service_principal("migration"))) as tx:
                changed = bring(tx)
        finally:
            database.close()
        yield f"{service}: shipped rules are up to date ({changed} changed)"
