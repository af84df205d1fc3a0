"""Bringing the rules that ship with this release into every service's rulebook, as part of the preparation.

The one way they come in, for a union that is about to be founded, the demonstration, and one that runs since an older
release: what is shipped is added or brought up to date, what the union set itself is left alone. Repeating it changes
nothing.
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
"""The services that decide by dated rules, and how each brings what ships."""


def bring_shipped_rules() -> Iterator[str]:
    """Bring every service's shipped rules, each in a transaction; yields a line for each service."""
    for service, bring in RULEBOOKS.items():
        database = Database(settings().database_url_of(service), pool_size=1)
        try:
            with transaction(database, CallContext(principal=service_principal("migration"))) as tx:
                changed = bring(tx)
        finally:
            database.close()
        yield f"{service}: shipped rules are up to date ({changed} changed)"
