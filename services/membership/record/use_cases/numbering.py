"""Member numbers: taken from the series in force under a lock, so that they follow each other without gap or clash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, refuse_first
from services.contracts.membership.numbering import NumberSeriesOpened
from services.membership.record import rules
from services.membership.record.tables import NumberSeries


def hold_series(tx: Transaction) -> None:
    """Keep everybody else from admitting until the transaction ends.

    The row locks are what makes numbers follow each other without gap: a number is only taken by who commits. All
    series are held, in one order, so that two admissions exclude each other also around a new series' first midnight.
    Whatever is checked after it (is this person a member?) stays true until the commit.
    """
    tx.session.execute(sa.select(NumberSeries.last).order_by(NumberSeries.name).with_for_update())


def take_numbers(tx: Transaction, count: int) -> list[str]:
    """Return the next numbers of the series in force today.

    Raises:
        NoRuleInForce: no series is in force; numbers are not made up.
    """
    series = _in_force(tx)
    if series is None:
        raise NoRuleInForce(
            f"no series of numbers in force on {tx.today.isoformat()}",
            rule="number_series",
            params={"key": "number_series"},
        )
    statement = (
        sa.update(NumberSeries)
        .where(NumberSeries.name == series.name)
        .values(last=NumberSeries.last + count)
        .returning(NumberSeries.last)
        .execution_options(synchronize_session=False)
    )
    last = tx.session.execute(statement).scalar_one()
    return [rules.member_number(place, series.prefix, series.width) for place in range(last - count + 1, last + 1)]


def open_number_series(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A new series from a day on."""
    hold_series(tx)
    known = tx.session.scalars(sa.select(NumberSeries)).all()
    refuse_first(
        rules.number_series_is_new(request["name"], {one.name for one in known}),
        rules.number_prefix_is_free(request["prefix"], {one.prefix for one in known}),
        rules.number_series_begins_ahead(
            request["in_force_from"], tx.today, max((one.in_force_from for one in known), default=None)
        ),
    )
    series = NumberSeries(**request, last=request["start"] - 1)
    tx.session.add(series)
    tx.session.flush()
    note_change(tx, f"number_series/{series.name}", {"prefix": (None, series.prefix)}, request["document"])
    told = ("name", "prefix", "width", "in_force_from")
    tx.record(NumberSeriesOpened(**{field: request[field] for field in told}))
    return _to_reply(series, _in_force(tx))


def list_number_series(tx: Transaction, _request: Mapping[str, Any]) -> dict[str, Any]:
    """Every series, the latest first."""
    current = _in_force(tx)
    ordered = tx.session.scalars(sa.select(NumberSeries).order_by(NumberSeries.in_force_from.desc()))
    return {"items": [_to_reply(series, current) for series in ordered]}


def _in_force(tx: Transaction) -> NumberSeries | None:
    statement = sa.select(NumberSeries).where(NumberSeries.in_force_from <= tx.today)
    return tx.session.scalars(statement.order_by(NumberSeries.in_force_from.desc()).limit(1)).first()


def _to_reply(series: NumberSeries, current: NumberSeries | None) -> dict[str, Any]:
    columns = ("name", "prefix", "width", "start", "last", "in_force_from", "document")
    return {
        **{column: getattr(series, column) for column in columns},
        "next": rules.member_number(series.last + 1, series.prefix, series.width),
        "current": current is not None and current.name == series.name,
    }
