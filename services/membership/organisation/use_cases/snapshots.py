"""Units for a system that copies the organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.events.snapshots import snapshot_page
from services.contracts.membership.organisation.operations import UnitFactData
from services.contracts.snapshots import MOST_ROWS
from services.membership.organisation.tables import Unit

_FACTS = tuple(name for name in UnitFactData().fields if name != "unit_id")


def snapshot_units(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of all units, closed ones too, as their events announce them."""
    columns = Unit.id.label("unit_id"), *(getattr(Unit, name) for name in _FACTS)
    return snapshot_page(tx, sa.select(*columns), Unit.id, "unit", request, MOST_ROWS)
