"""The migrations build exactly the tables the code expects, on both kinds of database."""

from __future__ import annotations

from collections.abc import Callable

from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending, upgrade
from services.welfare.base import Base
from services.welfare.service import Welfare
from tests.support.schema_check import differences

assert Welfare.name == "welfare"


def test_a_migrated_database_differs_in_nothing_from_the_tables(database_url: Callable[..., str]) -> None:
    assert differences("welfare", Base.metadata, database_url("welfare")) == []


def test_migrating_twice_changes_nothing(postgresql: Database) -> None:
    assert upgrade("welfare", postgresql.url.render_as_string(hide_password=False)) == []
    assert pending("welfare", postgresql) == []
