"""How audiences are stored: of activities and of surveys."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa


class AudienceColumn(sa.types.TypeDecorator[dict[str, Any]]):
    """The parts of an audience, as JSON; parts that restrict nothing are left out, except units and employments."""

    impl = sa.JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: sa.Dialect) -> dict[str, Any] | None:
        if value is None:
            return None
        stored = {**value, "units": [str(unit) for unit in value["units"]], "employments": list(value["employments"])}
        if "joined_since" in value:
            stored["joined_since"] = value["joined_since"].isoformat()
        return stored

    def process_result_value(self, value: dict[str, Any] | None, dialect: sa.Dialect) -> dict[str, Any] | None:
        if value is None:
            return None
        read = {**value, "units": [UUID(unit) for unit in value["units"]]}
        if "joined_since" in value:
            read["joined_since"] = date.fromisoformat(value["joined_since"])
        return read
