"""Deciding who may apply: facts from membership before the transaction, earlier trips, the dated figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, Refused
from services.chassis.fair_draw import MOST_WEIGHT
from services.chassis.process.runtime import Call
from services.chassis.rules.refusal import Verdict
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.membership.facts import facts_of_members
from services.welfare.decisions.use_cases.deciders import decider
from services.welfare.decisions.use_cases.deciding import verdict_on
from services.welfare.members.use_cases.member_copies import standings_of
from services.welfare.recuperation import rules
from services.welfare.recuperation.tables import RecuperationRound, Trip, TripApplication
from services.welfare.recuperation.use_cases.reading import UNPUBLISHED, own_member_id, round_of
from services.welfare.recuperation.workflow import PLACED, TRAVELLED

KIND = "recuperation.eligibility"
PURPOSE = "recuperation"

decider(KIND)(rules.eligible)


@dataclass(frozen=True)
class Facts:
    """What membership told of a member: the day of joining, and whether the member holds honours."""

    joined_on: str
    honoured: bool


@dataclass(frozen=True)
class Basis:
    """What a member is judged by: the inputs and the rules in force."""

    inputs: Mapping[str, Any]
    figures: Mapping[str, RuleInForce]

    def verdict(self) -> Verdict:
        """Return what the decider says."""
        return verdict_on(KIND, self.figures, self.inputs)


def my_trip_eligibility(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """Tell the caller whether an application would be accepted; nothing is stored."""
    with call.transaction(readonly=True) as tx:
        member_id, round_ = own_member_id(tx), round_of(tx, request["round_id"])
    facts = ask(call, round_.id, member_id, round_.apply_until)
    told: dict[str, Any] = {"round_id": round_.id, "eligible": False}
    with call.transaction(readonly=True) as tx:
        try:
            verdict = basis_of(tx, round_, member_id, facts, wants_outside=False, family=0).verdict()
            lots = lots_of(tx, tx.today, ["honours"] if facts.honoured else [])
        except NoRuleInForce as missing:
            return {**told, "rule": missing.rule, "detail": missing.detail, "missing_rule": missing.rule}
    if verdict.refusal is not None:
        return {**told, "rule": verdict.reason, "detail": verdict.refusal.detail, "params": verdict.params}
    return {**told, "eligible": True, "amount": verdict.amount, "lots": lots}


def ask(call: Call, round_id: UUID, member_id: UUID, on: date) -> Facts:
    """Ask membership for the facts about a member, outside of any transaction; the question is logged there.

    Raises:
        Refused: membership has no active member of this id.
        Unavailable: membership does not answer.
    """
    request = {
        "purpose": PURPOSE, "facts": ["joined_on", "honours"], "on": on.isoformat(),
        "about": f"recuperation_round/{round_id}", "member_ids": [str(member_id)],
    }  # fmt: skip
    items = call.rpc(facts_of_members, request)["items"]
    if not items:
        raise Refused("Recuperation is for members in employment.", rule="recuperation.member_is_in_service")
    return Facts(items[0]["joined_on"], bool(items[0]["honours"]))


def basis_of(
    tx: Transaction, round_: RecuperationRound, member_id: UUID, facts: Facts, *, wants_outside: bool, family: int
) -> Basis:
    """Return what a member is judged by today; figures that decide nothing are not looked up.

    Raises:
        NoRuleInForce: a figure that decides is missing.
    """
    outside_in = _outside_in(tx, member_id) if wants_outside else None
    inputs = {
        "standing": standings_of(tx, [member_id]).get(member_id, "active"),
        "joined_on": facts.joined_on,
        "year": round_.year,
        "turn_used_in": _turn_used_in(tx, round_, member_id),
        "outside_in": outside_in,
        "wants_outside": wants_outside,
        "family": family,
    }
    keys = ["period_cap", "family_most"]
    if rules.joined_in(facts.joined_on, round_.year):
        keys += ["newcomer_until", "newcomer_share"]
    if outside_in is not None:
        keys.append("outside_interval")
    return Basis(inputs, {key: rule_in_force(tx, f"recuperation.{key}", tx.today) for key in keys})


def lots_of(tx: Transaction, on: date, grounds: Iterable[str]) -> int:
    """Return the number of lots: one, and what the rules give for each ground. A ground without rule gives nothing."""
    lots = 1
    for ground in grounds:
        try:
            lots += rule_in_force(tx, f"recuperation.lots.{ground}", on).count
        except NoRuleInForce:
            continue
    return min(lots, MOST_WEIGHT)


def _turn_used_in(tx: Transaction, round_: RecuperationRound, member_id: UUID) -> int | None:
    """Return the year of another round of this period in which the member has, or may still get, the turn.

    Who applied or waits may get it while a trip of that round is still to come.
    """
    lost = _lost_turns(tx, member_id)
    to_come = sa.exists().where(
        Trip.round_id == TripApplication.round_id,
        Trip.starts_on > tx.today,
        Trip.state.not_in((*UNPUBLISHED, "failed")),
    )
    state = TripApplication.state
    uses = sa.or_(state.in_([*PLACED, *TRAVELLED, *lost]), sa.and_(state.in_(("applied", "waiting")), to_come))
    statement = (
        sa.select(TripApplication.year)
        .join(RecuperationRound, RecuperationRound.id == TripApplication.round_id)
        .where(
            TripApplication.member_id == member_id,
            TripApplication.round_id != round_.id,
            uses,
            RecuperationRound.period_from <= round_.period_to,
            RecuperationRound.period_to >= round_.period_from,
        )
    )
    return tx.session.scalar(statement.order_by(TripApplication.year.desc()).limit(1))


def _lost_turns(tx: Transaction, member_id: UUID) -> list[str]:
    """Return the outcomes that use up a turn; looked up only for who has such an outcome."""
    has_one = TripApplication.member_id == member_id, TripApplication.state.in_(("no_show", "cancelled_late"))
    if tx.session.scalar(sa.select(TripApplication.id).where(*has_one).limit(1)) is None:
        return []
    return list(rule_in_force(tx, "recuperation.lost_turns", tx.today).value)


def _outside_in(tx: Transaction, member_id: UUID) -> int | None:
    went = TripApplication.state.in_([*PLACED, *TRAVELLED])
    statement = sa.select(sa.func.max(TripApplication.year)).where(
        TripApplication.member_id == member_id, TripApplication.outside.is_(True), went
    )
    return tx.session.scalar(statement)
