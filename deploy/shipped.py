"""Loads the rules and visit types that ship with this release, as part of the preparation.

Governance loads every rule and publishes it; the other services keep copies by event. What ships is added or updated,
the union's own rules and visit types are not changed. Repeating it changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID

import sqlalchemy as sa

from deploy.union import all_services
from services.chassis.database.engine import Database
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.process.settings import settings
from services.chassis.rpc.context import CallContext
from services.chassis.rules.rulebook import PolicyRule, rule_sets
from services.chassis.security.principal import service_principal
from services.governance.rulebook.use_cases.shipping import bring_shipped_rules as bring_rules
from services.welfare.rulebook.use_cases.visit_types import bring_shipped_types

CONSUMER = "on_rule_published"
"""The handler of a service that keeps copies."""


def bring_shipped_rules() -> Iterator[str]:
    """Load governance's rules and welfare's visit types, each in a transaction; yields a line for each."""
    sets, heard = _copies()
    with _opened("governance") as tx:
        changed = bring_rules(tx, sets, heard)
    yield f"governance: shipped rules are up to date ({changed} changed)"
    with _opened("welfare") as tx:
        changed = bring_shipped_types(tx)
    yield f"welfare: shipped visit types are up to date ({changed} changed)"


def _copies() -> tuple[set[str], set[UUID]]:
    """Return the rule sets of which a service keeps copies, and the rules of which all keep one."""
    sets: set[str] = set()
    known: list[set[UUID]] = []
    for service in all_services():
        if hasattr(service, CONSUMER):
            with _opened(service.name) as tx:
                sets |= rule_sets(tx)
                known.append(set(tx.session.scalars(sa.select(PolicyRule.id))))
    return sets, set.intersection(*known)


@contextmanager
def _opened(service: str) -> Iterator[Transaction]:
    with (
        closing(Database(settings().database_url_of(service), pool_size=1)) as database,
        transaction(database, CallContext(principal=service_principal("migration"))) as tx,
    ):
        yield tx
