"""Checking who the delegates are: teachers as their units said, women and young people as membership tells in bulk.

Only counts are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce
from services.chassis.process.runtime import Call
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.membership.facts import MOST_MEMBERS, facts_of_members
from services.contracts.membership.organisation.operations import unit_figures
from services.governance.congress import seat_rules
from services.governance.congress.tables import Delegate
from services.governance.congress.use_cases.store import SERVING, body_of, congress_of, open_congress_of
from services.governance.congress.use_cases.terms import detail

PURPOSE = "congress_shares"
TEACHERS, WOMEN, YOUNG = "congress.teachers_share", "congress.women_share", "congress.young_share"
YOUNG_AGE = "congress.young_age"


def check_shares(call: Call, request: dict[str, Any]) -> dict[str, Any]:
    """Count the shares among the delegates of a body and keep the counts.

    Membership is asked for the sex and age of the delegates and for the women of all units; the answers are not kept.
    """
    with call.transaction(readonly=True) as tx:
        body_of(tx, congress_of(tx, request["congress_id"]).id, request["body"])
        people = _delegates(tx, request)
        today, about = tx.today, f"congress/{request['congress_id']}"
    facts: dict[UUID, Any] = {}
    for start in range(0, len(people), MOST_MEMBERS):
        asked = {
            "purpose": PURPOSE, "facts": ["sex", "age"], "on": today.isoformat(), "about": about,
            "member_ids": [str(one) for one, _ in people[start : start + MOST_MEMBERS]],
        }  # fmt: skip
        facts |= {UUID(str(item["member_id"])): item for item in call.rpc(facts_of_members, asked)["items"]}
    figures = call.rpc(unit_figures, {"unit_id": None})["items"]
    women, staff = (sum(one[name] for one in figures) for name in ("women", "members"))
    with call.transaction() as tx:
        found = open_congress_of(tx, request["congress_id"])
        body = body_of(tx, found.id, request["body"])
        tx.session.refresh(body, with_for_update=True)
        body.shares, body.shares_missing_rules = _counted(tx, people, facts, women, staff)
        body.shares_checked_at = tx.now
        return detail(tx, found)


def _delegates(tx: Transaction, request: dict[str, Any]) -> Sequence[tuple[UUID, str]]:
    serving = sa.select(Delegate.member_id, Delegate.staff_kind).where(
        Delegate.congress_id == request["congress_id"], Delegate.body == request["body"], SERVING
    )
    return [(member_id, kind) for member_id, kind in tx.session.execute(serving.order_by(Delegate.member_id))]


def _counted(
    tx: Transaction, people: Sequence[tuple[UUID, str]], facts: dict[UUID, Any], women: int, staff: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the shares whose rules are in force, and the keys of the rules that are missing."""
    found: dict[str, RuleInForce] = {}
    missing = []
    for key in (TEACHERS, WOMEN, YOUNG, YOUNG_AGE):
        try:
            found[key] = rule_in_force(tx, key, tx.today)
        except NoRuleInForce:
            missing.append(key)
    total = len(people)
    counted = []
    if TEACHERS in found:
        teachers = sum(kind == "teacher" for _, kind in people)
        counted.append((seat_rules.share_found("teachers", teachers, total, found[TEACHERS].share), found[TEACHERS]))
    if WOMEN in found:
        seated = sum(facts.get(one, {}).get("sex") == "female" for one, _ in people)
        share = seat_rules.women_in_proportion(seated, total, women, staff, found[WOMEN].share)
        counted.append((share, found[WOMEN]))
    if YOUNG in found and YOUNG_AGE in found:
        ages = [facts.get(one, {}).get("age") for one, _ in people]
        young = sum(age is not None and age <= found[YOUNG_AGE].count for age in ages)
        counted.append((seat_rules.share_found("young", young, total, found[YOUNG].share), found[YOUNG]))
    names = ("share", "found", "of", "needed", "missing")
    rows = [{**{name: getattr(one, name) for name in names}, "rule": rule.explain()} for one, rule in counted]
    return rows, missing
