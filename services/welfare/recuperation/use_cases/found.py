"""Rounds and trips of recuperation in the search; trips that are not published only to who works on them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import sees_all_units
from services.welfare.finding.use_cases.sources import found
from services.welfare.recuperation.tables import RecuperationRound, RecuperationRoute, Trip
from services.welfare.recuperation.use_cases.reading import UNPUBLISHED

_SEES = ("chair", "member")


def found_by(principal: Principal) -> list[sa.Select[Any]]:
    """Return rounds, and trips by the names of their routes."""
    if not (sees_all_units(principal) or principal.has(*_SEES)):
        return []
    of_round = RecuperationRound
    rounds = found("round", of_round.id, of_round.title, on=of_round.apply_until, state=of_round.state)
    trips = found(
        "trip", Trip.id, RecuperationRoute.name, text=of_round.title, on=Trip.starts_on, state=Trip.state
    ).select_from(Trip)
    trips = trips.join(RecuperationRoute, RecuperationRoute.id == Trip.route_id)
    trips = trips.join(of_round, of_round.id == Trip.round_id)
    return [rounds, trips if sees_all_units(principal) else trips.where(Trip.state.not_in(UNPUBLISHED))]
