"""Programmes, and what a cycle consists of before it is approved: days, audience, packages, slots."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.chassis.database.history import note_change
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, Refused, refuse_first
from services.chassis.rules.refusal import Refusal
from services.chassis.rules.rulebook import rule_in_force
from services.welfare.programmes import rules
from services.welfare.programmes.tables import Cycle, GoodsEntitlement, Package, PickUpSlot, Programme
from services.welfare.programmes.use_cases.checks import cycle_detail
from services.welfare.programmes.use_cases.computing import stop_computing
from services.welfare.programmes.use_cases.store import cycle_reply, load_cycle, move, packages_of, slots_of
from services.welfare.programmes.workflow import GIVEN_STATES

FESTIVALS = "holiday.festivals"
MOST_PACKAGES = 30
MOST_SLOTS = 300


def create_programme(tx: Transaction, request: dict[str, Any]) -> Programme:
    """Begin a programme; a festival must be one that the rules of today list."""
    if request["festival"] is not None:
        listed = rule_in_force(tx, FESTIVALS, tx.today)
        refuse_first(rules.festival_is_traditional(request["festival"], listed.value))
    programme = Programme(**{name: request[name] for name in ("name", "benefit_key", "festival", "funding")})
    tx.session.add(programme)
    try:
        with tx.savepoint():
            tx.session.flush()
    except IntegrityError:
        raise Conflict("A programme has this name.", rule="programmes.name_is_new", field="name") from None
    return programme


def list_programmes(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of programmes, newest first."""
    return page_of(tx, sa.select(Programme), request, [(Programme.id, "desc")]).reply()


def create_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin a year's cycle. Raises `Refused` when the programme has one in that year already."""
    programme = tx.get(Programme, request["programme_id"], "There is no such programme.", field="programme_id")
    tx.lock(f"cycle-{programme.id}-{request['year']}")
    same = sa.and_(Cycle.programme_id == programme.id, Cycle.year == request["year"], Cycle.state != "cancelled")
    if tx.session.scalar(sa.select(Cycle.id).where(same)) is not None:
        raise Refused("The programme has a cycle in this year.", rule="programmes.one_cycle_a_year", field="year")
    audience = request["audience"]
    columns = ("programme_id", "year", "title", "as_of", "price", "choose_until", "collect_from", "collect_until")
    cycle = Cycle(
        **{name: request[name] for name in columns},
        state="draft",
        audience={
            "unit_ids": [str(one) for one in audience["unit_ids"]],
            "employments": list(audience["employments"]),
            "standings": list(audience["standings"]),
            "joined_by": audience["joined_by"].isoformat() if audience["joined_by"] else None,
        },
        rules=[],
        total=0,
        done=0,
        entitled=0,
        excluded=0,
        told=0,
        version=1,
    )
    tx.session.add(cycle)
    tx.session.flush()
    note_change(tx, f"cycle/{cycle.id}", {"state": (None, "draft")})
    return cycle_detail(tx, cycle)


def list_cycles(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a page of cycles, newest first."""
    statement = sa.select(Cycle)
    for name in ("programme_id", "state"):
        if request[name] is not None:
            statement = statement.where(getattr(Cycle, name) == request[name])
    page = page_of(tx, statement, request, [(Cycle.id, "desc")])
    return page.reply([cycle_reply(cycle) for cycle in page.rows])


def get_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return a cycle with packages, slots and the checks of its approval."""
    return cycle_detail(tx, load_cycle(tx, request["cycle_id"]))


def add_package(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add a package; a new default takes the place of the one before."""
    cycle = _changeable(tx, request["cycle_id"])
    refuse_first(rules.choices_are_few(len(packages_of(tx, cycle.id)), MOST_PACKAGES))
    refuse_first(rules.price_fits(request["price"], request["paired_aid"], cycle.price))
    if request["is_default"]:
        others = sa.update(Package).where(Package.cycle_id == cycle.id).values(is_default=False)
        tx.session.execute(others.execution_options(synchronize_session="fetch"))
    names = ("name", "contents", "price", "paired_aid", "stock", "is_default")
    tx.session.add(Package(cycle_id=cycle.id, chosen=0, **{name: request[name] for name in names}))
    tx.session.flush()
    return cycle_detail(tx, cycle)


def set_package_stock(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the stock of a package: never below what was chosen, nor after approval below what the list needs."""
    cycle_id = tx.get(Package, request["package_id"], "There is no such package.", field="package_id").cycle_id
    cycle = load_cycle(tx, cycle_id, lock=True)
    package = tx.session.get_one(Package, request["package_id"], with_for_update=True, populate_existing=True)
    refuse_first(
        rules.stock_can_be_set(cycle.state),
        rules.stock_covers_chosen(request["stock"], package.chosen),
        _covers_list(tx, cycle, package, request["stock"]),
    )
    note_change(tx, f"cycle/{package.cycle_id}", {f"stock of {package.name}": (package.stock, request["stock"])})
    package.stock = request["stock"]
    return cycle_detail(tx, cycle)


def add_pick_up_slot(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Add where and when goods can be fetched."""
    cycle = _changeable(tx, request["cycle_id"])
    refuse_first(rules.choices_are_few(len(slots_of(tx, cycle.id)), MOST_SLOTS))
    names = ("point", "starts_at", "ends_at", "capacity")
    tx.session.add(PickUpSlot(cycle_id=cycle.id, taken=0, **{name: request[name] for name in names}))
    tx.session.flush()
    return cycle_detail(tx, cycle)


def cancel_cycle(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Cancel a cycle before it is approved, with its list."""
    cycle = load_cycle(tx, request["cycle_id"], lock=True)
    stop_computing(tx, cycle)
    move(tx, cycle, "cancel")
    note_change(tx, f"cycle/{cycle.id}", {"cancelled": (False, True)}, request["reason"])
    return cycle_detail(tx, cycle)


def _covers_list(tx: Transaction, cycle: Cycle, package: Package, stock: int) -> Refusal | None:
    if cycle.state not in GIVEN_STATES:
        return None
    others = sum(one.stock for one in packages_of(tx, cycle.id) if one.id != package.id)
    in_need = GoodsEntitlement.cycle_id == cycle.id, GoodsEntitlement.state.in_(("entitled", "chosen", "collected"))
    entitled = tx.session.scalar(sa.select(sa.func.count()).where(*in_need)) or 0
    return rules.stock_covers_list(others + stock, entitled)


def _changeable(tx: Transaction, cycle_id: UUID) -> Cycle:
    cycle = load_cycle(tx, cycle_id, lock=True)
    refuse_first(rules.cycle_can_be_changed(cycle.state))
    return cycle
