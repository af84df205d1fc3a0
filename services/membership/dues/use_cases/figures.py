"""The dated figures of the dues, and who pays by them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.rulebook import RuleInForce, rule_in_force
from services.membership.base import is_one_of
from services.membership.dues import rules
from services.membership.dues.tables import DuesBase, DuesCharge, DuesExemption
from services.membership.record.use_cases import roster

_SHOWN = ("key", "unit", "ruleset", "document", "number", "article", "valid_from")


@dataclass(frozen=True)
class InForce:
    """What holds for the dues of a month: the figures, who pays, and the rules that say so."""

    figures: rules.Figures
    standings: tuple[str, ...]
    sources: tuple[RuleInForce, ...]

    def dues_of(self, base: Decimal) -> Decimal:
        """Return the dues a base leads to."""
        return rules.dues_of(base, self.figures)

    def told(self) -> list[dict[str, Any]]:
        """Return the rules as the contract's `DuesRule`."""
        return [to_reply(rule) for rule in self.sources]


def in_force(tx: Transaction, on: date) -> InForce:
    """Return what holds for dues on a day.

    Raises:
        NoRuleInForce: a figure is missing; nothing is assumed in its place.
    """
    percent = rule_in_force(tx, "dues.percent", on)
    step = rule_in_force(tx, "dues.base_step", on)
    standings = rule_in_force(tx, "dues.paying_standings", on)
    figures = rules.Figures(percent.amount, step.amount)
    return InForce(figures, tuple(standings.value), (percent, step, standings))


def to_reply(rule: RuleInForce) -> dict[str, Any]:
    """Return a rule as the contract's `DuesRule`."""
    shown = asdict(rule)
    value = rule.value
    text = ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
    return {**{name: shown[name] for name in _SHOWN}, "value": text}


class Payers:
    """Who may owe a month's dues, as selects: joined and hired by then, in a standing that pays.

    Who joined the union of an earlier employer owes nothing here for months before the day of hiring.
    """

    def __init__(self, month: str, standings: tuple[str, ...]) -> None:
        self.month = month
        self.people = roster.everybody().c
        day = rules.first_day(month)
        last_day = rules.last_day(month)
        employed = sa.or_(self.people.hired_on.is_(None), self.people.hired_on <= last_day)
        self._owe = sa.and_(is_one_of(self.people.standing, standings), self.people.joined_on <= last_day, employed)
        self.base = sa.and_(
            DuesBase.member_id == self.people.id,
            DuesBase.starts_on <= day,
            sa.or_(DuesBase.ends_on.is_(None), DuesBase.ends_on >= day),
        )
        self._exempt = (
            sa.select(DuesExemption.id)
            .where(
                DuesExemption.member_id == self.people.id,
                DuesExemption.starts_on <= day,
                sa.or_(DuesExemption.ends_on.is_(None), DuesExemption.ends_on >= day),
            )
            .exists()
        )
        # Looked up by key for each payer: as NOT EXISTS it may be a join over the whole month, anew at every step.
        self._not_charged = (
            sa.select(DuesCharge.month)
            .where(DuesCharge.member_id == self.people.id, DuesCharge.month == month)
            .scalar_subquery()
            .is_(None)
        )

    def to_charge(self, *columns: Any) -> sa.Select:
        """Select from those who have a base and were not charged yet."""
        joined = sa.select(*columns).select_from(self.people.id.table).join(DuesBase, self.base)
        return joined.where(self._owe, ~self._exempt, self._not_charged)

    def without_base(self, *columns: Any) -> sa.Select:
        """Select from those who should pay but have no base."""
        has_base = sa.select(DuesBase.id).where(self.base).exists()
        people = sa.select(*columns).select_from(self.people.id.table)
        return people.where(self._owe, ~self._exempt, self._not_charged, ~has_base)

    def exempt(self, *columns: Any) -> sa.Select:
        """Select from those who are exempt."""
        return sa.select(*columns).select_from(self.people.id.table).where(self._owe, self._exempt)
