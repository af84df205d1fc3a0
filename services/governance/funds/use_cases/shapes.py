"""Converts stored rows of the funds to the contract's shapes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.governance.funds.tables import BudgetLine, Commitment, FundEntry, FundRefusal
from services.governance.funds.use_cases import catalogue

_ENTRY = (
    "id", "number", "kind", "posted_on", "spent_on", "period", "amount", "description", "description_en", "line_code",
    "unit_id", "form", "funding_source", "source_type", "source_id", "claim", "benefit_key", "rule_key",
    "override_reason", "reverses", "recorded_by", "recorded_at",
)  # fmt: skip
_REFUSAL = (
    "id", "source_type", "source_id", "claim", "unit_id", "benefit_key", "line_code", "amount", "form", "spent_on",
    "rule", "reason_code", "detail", "state", "entry_id", "refused_at",
)  # fmt: skip
_COMMITMENT = (
    "id", "source_type", "source_id", "line_code", "year", "amount", "paid", "state", "description", "unit_id",
    "created_at",
)  # fmt: skip
_LINE = (
    "id", "year", "code", "name", "name_en", "management_code", "accounting_code", "funding_source", "amount",
    "committed", "spent", "available", "version",
)  # fmt: skip


def show_entry(entry: FundEntry, reversed_by: UUID | None) -> dict[str, Any]:
    """Return an entry for lists."""
    return {name: getattr(entry, name) for name in _ENTRY} | {"reversed_by": reversed_by}


def show_entry_detail(entry: FundEntry, reversed_by: UUID | None) -> dict[str, Any]:
    """Return an entry with its sides, rules and position in the chain; the sides must be loaded."""
    sides = []
    for side in entry.sides:
        name, name_en = catalogue.account_names(side.account)
        sides.append(
            {
                "account": side.account,
                "account_name": name,
                "account_name_en": name_en,
                "debit": side.debit,
                "credit": side.credit,
            }
        )
    return show_entry(entry, reversed_by) | {
        "lines": sides,
        "rules": [show_rule(rule) for rule in entry.rules],
        "people": entry.people,
        "evidence_kinds": entry.evidence_kinds,
        "decision": entry.decision,
        "sequence": entry.sequence,
        "previous_hash": entry.previous_hash,
        "hash": entry.hash,
    }


def show_rule(explained: dict[str, Any]) -> dict[str, Any]:
    """Return a rule stored with a decision, its value as text and its dates as dates."""
    value = explained["value"]
    ends = explained["valid_to"]
    return {name: explained[name] for name in ("key", "unit", "ruleset", "document", "number", "article")} | {
        "value": ", ".join(str(each) for each in value) if isinstance(value, list) else str(value),
        "valid_from": date.fromisoformat(explained["valid_from"]),
        "valid_to": date.fromisoformat(ends) if ends else None,
    }


def show_refusal(refusal: FundRefusal) -> dict[str, Any]:
    """Return a refusal with the rules that were used."""
    return {name: getattr(refusal, name) for name in _REFUSAL} | {
        "rules": [show_rule(rule) for rule in refusal.rules],
        "overridable": refusal.state == "open" and refusal.reason_code == "no_rule_in_force",
    }


def show_commitment(commitment: Commitment) -> dict[str, Any]:
    """Return a commitment."""
    return {name: getattr(commitment, name) for name in _COMMITMENT}


def show_line(line: BudgetLine) -> dict[str, Any]:
    """Return a budget line with the names of its categories in both code sets."""
    management = catalogue.management_categories()[line.management_code]
    accounting = catalogue.accounting_categories()[line.accounting_code]
    return {name: getattr(line, name) for name in _LINE} | {
        "management_name": management["name"],
        "management_name_en": management["name_en"],
        "accounting_name": accounting["name"],
        "accounting_name_en": accounting["name_en"],
    }


def sums_of(lines: list[BudgetLine]) -> dict[str, Decimal]:
    """Return the sums of several lines."""
    return {
        name: sum((getattr(line, name) for line in lines), Decimal("0.00"))
        for name in ("amount", "committed", "spent", "available")
    }
