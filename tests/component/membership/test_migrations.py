"""The migrations build exactly the tables the code expects, on both kinds of database."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from services.chassis.database.engine import Database
from services.chassis.database.migrations import pending, upgrade
from services.membership.base import Base
from services.membership.consents import tables as _consents
from services.membership.dues import tables as _dues
from services.membership.family import tables as _family
from services.membership.honours import tables as _honours
from services.membership.hr_sync import tables as _hr_sync
from services.membership.imports import tables as _imports
from services.membership.joining import tables as _joining
from services.membership.organisation import tables as _organisation
from services.membership.privacy import tables as _privacy
from services.membership.record import tables as _record

assert {_consents, _dues, _family, _honours, _hr_sync, _imports, _joining, _organisation, _privacy, _record}


@pytest.mark.parametrize("kind", ["postgresql", "sqlite"])
def test_a_migrated_database_differs_in_nothing_from_the_tables(kind: str, request: pytest.FixtureRequest) -> None:
    database: Database = request.getfixturevalue(kind)
    ours = set(Base.metadata.tables)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, type_, _parents: type_ != "table" or name in ours, "compare_type": True},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_twice_changes_nothing(postgresql: Database) -> None:
    assert upgrade("membership", postgresql.url.render_as_string(hide_password=False)) == []
    assert pending("membership", postgresql) == []
