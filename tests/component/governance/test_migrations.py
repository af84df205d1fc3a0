"""The migrations build exactly the tables the code expects, on both kinds of database."""

from __future__ import annotations

from collections.abc import Callable

from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending, upgrade
from services.governance.awards import tables as _awards
from services.governance.base import Base
from services.governance.funds import tables as _funds
from services.governance.plan import tables as _plan
from services.governance.proposals import tables as _proposals
from tests.support.schema_check import differences

assert {_awards, _funds, _plan, _proposals}


def test_a_migrated_database_differs_in_nothing_from_the_tables(database_url: Callable[..., str]):
    assert differences("governance", Base.metadata, database_url("governance")) == []


def test_migrating_twice_changes_nothing(postgresql: Database):
    assert upgrade("governance", postgresql.url.render_as_string(hide_password=False)) == []
    assert pending("governance", postgresql) == []
