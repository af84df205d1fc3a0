"""Figures that rules work by, as dated data: which one is in force on a day, and where it is written.

What a rule means belongs in the services; what a rule file looks like, in `rulefile`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database import ChassisBase, UuidKey
from services.chassis.errors import Conflict, NoRuleInForce
from services.chassis.rulefile import EVERY_SCOPE, read_rules

if TYPE_CHECKING:
    from services.chassis.transaction import Transaction


class PolicyRule(ChassisBase):
    """制度规定: one figure of one rule, from a day and perhaps to a day (both included)."""

    __tablename__ = "policy_rule"
    __table_args__ = (UniqueConstraint("key", "scope", "valid_from"),)

    id: Mapped[UuidKey]
    ruleset: Mapped[str] = mapped_column(String(60))
    key: Mapped[str] = mapped_column(String(120))
    scope: Mapped[str] = mapped_column(String(60), default=EVERY_SCOPE)
    value: Mapped[Any] = mapped_column(JSON)
    unit: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(String(100))
    article: Mapped[str | None] = mapped_column(String(100))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


@dataclass(frozen=True)
class RuleInForce:
    """The answer to "what holds on this day": the figure and where it is written."""

    key: str
    value: Any
    unit: str
    scope: str | None
    document: str
    number: str | None
    article: str | None
    ruleset: str
    valid_from: date
    valid_to: date | None

    @property
    def amount(self) -> Decimal:
        """The value as an exact number.

        Raises:
            ValueError: the rule's value is not a number.
        """
        try:
            if isinstance(self.value, bool):
                raise InvalidOperation
            return Decimal(str(self.value))
        except InvalidOperation:
            raise ValueError(f"the value of rule {self.key} is not a number") from None

    @property
    def count(self) -> int:
        """The value as a whole number.

        Raises:
            ValueError: the rule's value is not a whole number.
        """
        amount = self.amount
        if amount != amount.to_integral_value():
            raise ValueError(f"the value of rule {self.key} is not a whole number")
        return int(amount)

    def explain(self) -> dict[str, Any]:
        """Return the rule as JSON values, to be stored and shown beside what it decided."""
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}


def load_rules(tx: Transaction, source: Path | str | Iterable[Mapping[str, Any]], ruleset: str | None = None) -> int:
    """Put the rules of a file, or a list of them, into the rulebook; repeating it changes nothing.

    A rule is known by key, scope and first day; the other columns are overwritten. A rule that no longer holds is
    given its last day, never left out: earlier decisions were made by it.

    Args:
        tx: the transaction.
        source: the path of a rule file, or rules as in such a file.
        ruleset: the rule set of a list; for a file, what its head must say.

    Returns:
        How many rules were added or changed.

    Raises:
        InvalidInput: the file or a rule is not valid.
        Conflict: two rules for the same key and scope hold on the same day, here or with another rule set.
    """
    name, rules = read_rules(source, ruleset)
    tx.lock("rulebook")
    keys = {rule["key"] for rule in rules}
    stored = tx.session.scalars(select(PolicyRule).where(PolicyRule.key.in_(keys))).all()
    by_identity = {(row.key, row.scope, row.valid_from): row for row in stored}
    changed = 0
    for rule in rules:
        row = by_identity.get((rule["key"], rule["scope"], rule["valid_from"]))
        if row is None:
            row = PolicyRule(ruleset=name, **rule)
            by_identity[(row.key, row.scope, row.valid_from)] = row
            tx.session.add(row)
            changed += 1
        elif row.ruleset != name:
            raise _two_rules(row, name)
        else:
            differing = {field: value for field, value in rule.items() if getattr(row, field) != value}
            for field, value in differing.items():
                setattr(row, field, value)
            changed += bool(differing)
    _require_no_overlap(by_identity.values(), name)
    tx.session.flush()
    return changed


def rule_in_force(tx: Transaction, key: str, on: date, scope: str | None = None) -> RuleInForce:
    """Return the rule for `key` on a day.

    Args:
        tx: the transaction.
        key: the rule's key.
        on: the Chinese day that counts.
        scope: prefer the rule of this scope to the one that holds everywhere; another scope's never applies.

    Raises:
        NoRuleInForce: there is none; nothing is assumed in its place.
    """
    scopes = {scope or EVERY_SCOPE, EVERY_SCOPE}
    found = tx.session.scalars(
        select(PolicyRule)
        .where(PolicyRule.key == key, PolicyRule.scope.in_(scopes), PolicyRule.valid_from <= on)
        .where(or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= on))
        .order_by(PolicyRule.scope.desc())
        .limit(1)
    ).first()
    if found is None:
        place = f" in {scope}" if scope else ""
        raise NoRuleInForce(
            f"no rule in force for {key} on {on.isoformat()}{place}",
            rule=key,
            params={"key": key, "on": on.isoformat(), "scope": scope},
        )
    return RuleInForce(
        key=found.key,
        value=found.value,
        unit=found.unit,
        scope=found.scope or None,
        document=found.title,
        number=found.number,
        article=found.article,
        ruleset=found.ruleset,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
    )


def _require_no_overlap(rows: Iterable[PolicyRule], ruleset: str) -> None:
    ordered = sorted(rows, key=lambda row: (row.key, row.scope, row.valid_from))
    for earlier, later in pairwise(ordered):
        same = (earlier.key, earlier.scope) == (later.key, later.scope)
        if same and (earlier.valid_to is None or earlier.valid_to >= later.valid_from):
            raise _two_rules(later if earlier.ruleset == ruleset else earlier, ruleset)


def _two_rules(row: PolicyRule, ruleset: str) -> Conflict:
    return Conflict(
        f"two rules for {row.key} hold on {row.valid_from.isoformat()} (rule sets {row.ruleset} and {ruleset})",
        rule=row.key,
        params={"key": row.key, "scope": row.scope or None, "valid_from": row.valid_from.isoformat()},
    )
