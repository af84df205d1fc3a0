"""The migrations arrive at the schema the models describe."""

from __future__ import annotations

from collections.abc import Callable

from services.scrutiny.base import Base
from services.scrutiny.service import Scrutiny  # noqa: F401  all tables are known once it is imported
from tests.support.schema_check import differences


def test_the_migrations_arrive_at_the_models(database_url: Callable[..., str]):
    assert differences("scrutiny", Base.metadata, database_url("scrutiny")) == []
