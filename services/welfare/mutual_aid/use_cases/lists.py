"""The list of a period after enrolment: taking somebody off it, fees, closing it, and the funds' answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change, note_same_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import require_unit
from services.contracts.welfare.mutual_aid.events import MutualAidListClosed
from services.contracts.welfare.mutual_aid.requests import MOST_AT_ONCE
from services.welfare.mutual_aid import rules
from services.welfare.mutual_aid.tables import Claim, Cover
from services.welfare.mutual_aid.use_cases import paying
from services.welfare.mutual_aid.use_cases.planning import changed
from services.welfare.mutual_aid.use_cases.reading import cover_reply, members_in, period_of, period_reply, plan_of
from services.welfare.mutual_aid.workflow import COVER, COVERED, PERIOD


def withdraw_cover(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take a member off an open list. Raises `Refused` where a claim rests on the cover."""
    cover = tx.get(Cover, request["cover_id"], "There is no such cover.", field="cover_id")
    require_unit(tx.principal, cover.unit_id, also=("officer",))
    period = period_of(tx, cover.period_id, lock=True)
    tx.session.refresh(cover, with_for_update=True)
    officer = tx.principal.has("officer")
    refuse_first(
        rules.list_is_open(period.state),
        rules.units_enrol_now(tx.today, period.enrol_from, period.enrol_until, officer=officer),
    )
    state = COVER.apply(cover.state, "withdraw", roles=tx.principal.roles)
    resting = sa.select(sa.func.count()).where(Claim.cover_id == cover.id, Claim.state != "withdrawn")
    refuse_first(rules.cover_is_not_claimed(tx.session.scalar(resting) or 0))
    note_change(tx, f"mutual_aid_cover/{cover.id}", {"state": (cover.state, state)})
    cover.state = state
    tx.record(changed(cover))
    return cover_reply(cover)


def note_cover_fees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note that fees were collected: of the covers named, or of all of the unit that are due; each once."""
    require_unit(tx.principal, request["unit_id"], also=("officer",))
    period = period_of(tx, request["period_id"])
    refuse_first(rules.members_pay(period.payer))
    due = (
        Cover.period_id == period.id, Cover.unit_id == request["unit_id"], Cover.state.in_(COVERED),
        Cover.fee_paid_on.is_(None),
    )  # fmt: skip
    statement = sa.select(Cover).where(*due)
    if request["cover_ids"] is not None:
        statement = statement.where(Cover.id.in_(request["cover_ids"]))
    covers = list(tx.session.scalars(statement.order_by(Cover.id).limit(MOST_AT_ONCE).with_for_update()))
    for cover in covers:
        cover.fee_paid_on = request["paid_on"]
    changes = {"fee_paid_on": (None, request["paid_on"])}
    note_same_change(tx, [f"mutual_aid_cover/{cover.id}" for cover in covers], changes)
    return {"noted": len(covers)}


def close_cover_list(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Close the list: number and sum are fixed, and where members do not pay themselves the payment is asked for.

    Raises:
        Refused: the list is closed already, nobody is on it, or no budget line is named.
    """
    period = period_of(tx, request["period_id"], lock=True)
    state = PERIOD.apply(period.state, "close_list", roles=tx.principal.roles)
    members = members_in(tx, [period.id]).get(period.id, 0)
    refuse_first(rules.somebody_is_covered(members))
    note_change(tx, f"mutual_aid_period/{period.id}", {"state": (period.state, state)})
    period.state, period.members = state, members
    period.amount = Decimal(plan_of(tx, period.plan_id).fee * members)
    tx.record(
        MutualAidListClosed(
            period_id=period.id, starts_on=period.starts_on, ends_on=period.ends_on, members=members,
            amount=period.amount, payer=period.payer,
        )
    )  # fmt: skip
    paying.ask(tx, period, request["line_code"])
    tx.session.flush()
    return period_reply(tx, period)


def ask_cover_payment_again(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask for a payment again that was refused."""
    period = period_of(tx, request["period_id"], lock=True)
    paying.ask_again(tx, period)
    note_change(tx, f"mutual_aid_period/{period.id}", {"payment asked again": (None, True)})
    return period_reply(tx, period)
