"""When a member retires, explained; and the month HR approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, NotAllowed, refuse_first
from services.chassis.rules.refusal import sourced
from services.chassis.security.principal import require_unit
from services.membership.record.use_cases.standing import Member, get_member_for_update, member_of, set_standing
from services.membership.retirement import rules
from services.membership.retirement.use_cases import curves
from services.membership.versions import require_version


def member_retirement(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """When a member retires, for the member and for callers who may see the record."""
    member_id = request["member_id"] or tx.principal.member_id
    if member_id is None:
        raise NotAllowed("Only a member retires.", rule="own_record")
    member = member_of(tx, member_id)
    if tx.principal.member_id != member.id:
        require_unit(tx.principal, member.unit_id)
    return explained(tx, member)


def explained(tx: Transaction, member: Member) -> dict[str, Any]:
    """Return the month that counts with the rule, the article and the figures it was computed by."""
    law, why_not = _by_law(tx, member)
    statutory = law.get("statutory_month")
    names = ("standing", "original_age", "approved_month", "retired_on", "version")
    return {
        "member_id": member.id,
        **{name: getattr(member, name) for name in names},
        "birth_month": rules.first_day(member.birth_date),
        "rules": [],
        **law,
        "month": rules.month_of_retirement(member.retired_on, member.approved_month, statutory),
        "counted_by": counted_by(member, statutory),
        "why_not": why_not,
    }


def counted_by(member: Member, statutory: Any) -> str | None:
    """Return which of the three days counts: HR's date wins."""
    if member.retired_on is not None:
        return "retired_on"
    if member.approved_month is not None:
        return "approved_month"
    return "statutory_month" if statutory is not None else None


def set_approved_month(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """HR approved a month, earlier or later within the law's limits, or takes it back."""
    member = get_member_for_update(tx, request["member_id"])
    month = request["approved_month"]
    refuse_first(rules.member_may_retire(member.standing), rules.class_is_known(member.original_age))
    require_version(member, request["version"])
    if month is not None and member.original_age is not None:
        month = rules.first_day(month)
        curve, flexible = curves.rules_of(tx, member.original_age, tx.today)
        figures = curves.curve_of(curve.value, flexible.value)
        refuse_first(sourced(rules.approved_month_is_within_reach(month, member.birth_date, figures), flexible))
    set_standing(tx, member, member.standing, request["reason"], approved_month=month)
    return explained(tx, member)


def _by_law(tx: Transaction, member: Member) -> tuple[dict[str, Any], str | None]:
    refusal = rules.class_is_known(member.original_age)
    if refusal is not None or member.original_age is None:
        return {}, refusal.rule if refusal else None
    try:
        found = curves.rules_of(tx, member.original_age, tx.today)
    except NoRuleInForce as missing:
        return {}, missing.rule
    curve = curves.curve_of(found[0].value, found[1].value)
    birth = member.birth_date
    return {
        "base_month": rules.base_month(birth, curve),
        "delay_months": rules.delay_months(birth, curve),
        "statutory_month": rules.statutory_month(birth, curve),
        "earliest_month": rules.earliest_month(birth, curve),
        "latest_month": rules.latest_month(birth, curve),
        "rules": [asdict(rule) for rule in found],
    }, None
