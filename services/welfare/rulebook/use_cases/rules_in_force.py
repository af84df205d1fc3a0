"""Telling which rules are in force, and deciding what may be given by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NoRuleInForce, refuse_first
from services.chassis.rules.optional import rule_or_reason, told_in_force
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.contracts.governance.rulebook.keys import asked_for_by, is_used_by
from services.welfare.rulebook import rules
from services.welfare.rulebook.use_cases.visit_types import types_on

ITEMS = "entitlement.items"
"""The rule that lists the benefits of an entitlement account."""
_USED = partial(is_used_by, service="welfare")
NO_FACTS: Mapping[str, str] = {}


@dataclass(frozen=True)
class Gift:
    """What may be given on a day: the rules in force, or which one is missing."""

    cap: RuleInForce | None
    forms: RuleInForce | None
    missing: NoRuleInForce | None


def list_welfare_rules(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Return the rules in force on a day, and which are missing."""
    return told_in_force(tx, request["on"], used=_USED, wanted=partial(_wanted, tx))


def what_may_be_given(tx: Transaction, benefit_key: str, on: date) -> Gift:
    """Return the cap and the forms in force for a benefit; a missing rule is named, never replaced."""
    cap, no_cap = rule_or_reason(tx, f"benefit.{benefit_key}.cap", on)
    forms, no_forms = rule_or_reason(tx, f"benefit.{benefit_key}.forms", on)
    return Gift(cap, forms, no_cap or no_forms)


def require_gift_allowed(
    tx: Transaction,
    benefit_key: str,
    amount: Decimal,
    form: str,
    on: date,
    *,
    with_article: bool = True,
    facts: Mapping[str, str] = NO_FACTS,
) -> RuleInForce:
    """Return the cap's rule when an amount in a form may be given on a day.

    Args:
        tx: the transaction.
        benefit_key: what is given.
        amount: in yuan.
        form: goods, voucher or cash.
        on: the day.
        with_article: whether a refusal names the article, which tells what is given for.
        facts: what qualifies the rules, by name, such as the festival.

    Raises:
        NoRuleInForce: no rule speaks about it, so nothing may be given.
        Refused: the amount is above the cap, or the form is not one of those allowed.
    """
    cap = rule_in_force(tx, f"benefit.{benefit_key}.cap", on, **facts)
    forms = rule_in_force(tx, f"benefit.{benefit_key}.forms", on, **facts)
    refuse_first(
        rules.form_is_allowed(form, forms.value, source_of(forms, with_article=with_article)),
        rules.amount_is_within_cap(amount, cap.amount, source_of(cap, with_article=with_article)),
    )
    return cap


def why_not(missing: NoRuleInForce | None) -> dict[str, str | None]:
    """Return what answers tell of a missing rule: the sentence, and the rule's key."""
    return {"why_not": missing.detail, "missing_rule": missing.rule} if missing else {"why_not": None}


def explained(rule: RuleInForce) -> dict[str, Any]:
    """Return a rule as the contract's `RuleInForceExplained` wants it."""
    return asdict(rule)


def source_of(rule: RuleInForce, *, with_article: bool = True) -> rules.Source:
    """Return where a rule is written."""
    return rules.Source(rule.document, rule.number, rule.article if with_article else None, rule.ruleset)


def _wanted(tx: Transaction, on: date) -> frozenset[str]:
    figures = {f"benefit.{benefit}.{figure}" for benefit in _benefits(tx, on) for figure in ("cap", "forms")}
    return asked_for_by("welfare") | figures


def _benefits(tx: Transaction, on: date) -> set[str]:
    items, _ = rule_or_reason(tx, ITEMS, on)
    return {visit_type.benefit_key for visit_type in types_on(tx, on)} | set(items.value if items else ())
