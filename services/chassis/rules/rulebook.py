"""Figures that rules use, as dated data: which one is in force on a day, and in which document it is written.

Several rule sets may have a rule for the same key, scope, qualifiers and day. Then the first of these decides: the
union's own rules (`own`), a province's or another set, the national rules, the demonstration's. Within a set only one
rule is in force on a day. A rule of a scope takes precedence over one that applies everywhere, then a rule with more
qualifiers over one with fewer.

Governance owns the rules; the other services keep copies (`rule_copies`) and define what a rule means. `rule_file`
defines the format of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ColumnElement, String, UniqueConstraint, and_, case, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column

from services.chassis.database.engine import ChassisBase, UuidKey
from services.chassis.errors import Conflict, NoRuleInForce
from services.chassis.rules import qualifiers as qualifying
from services.chassis.rules.rule_file import EVERY_SCOPE, OWN, read_rules

if TYPE_CHECKING:
    from services.chassis.database.transaction import Transaction

_PRECEDENCE = {OWN: 0, "national": 2, "demo": 3}
_OTHER_SETS = 1
_SUPPOSED = "supposed_rules"


class PolicyRule(ChassisBase):
    """制度规定: one figure of one rule, from a day and optionally to a day (both inclusive).

    A rule that ends before it begins was withdrawn: it is never in force. `basis` is what the value is counted by
    (per member and year, per occasion), `qualifiers` narrow the rule down, `certainty` says how sure a shipped figure
    is. `sequence` is the number of the latest event about the rule, published by the owner or received for a copy; None
    for a rule loaded from a file.
    """

    __tablename__ = "policy_rule"
    __table_args__ = (UniqueConstraint("key", "scope", "qualifiers", "valid_from", "ruleset"),)

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
    sequence: Mapped[int | None] = mapped_column(BigInteger)
    basis: Mapped[str | None] = mapped_column(String(30))
    qualifiers: Mapped[str] = mapped_column(String(200), default=qualifying.UNQUALIFIED, server_default=text("''"))
    certainty: Mapped[str | None] = mapped_column(String(10))


@dataclass(frozen=True)
class RuleInForce:
    """The rule in force on a day: the figure and where it is written."""

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
    basis: str | None = None
    qualifiers: str = qualifying.UNQUALIFIED
    rule_id: UUID | None = field(default=None, compare=False)

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

    @property
    def share(self) -> Fraction:
        """The value as an exact part of a whole, written as `1/3` or `0.5`.

        Raises:
            ValueError: the rule's value is not a fraction.
        """
        if isinstance(self.value, bool):
            raise ValueError(f"the value of rule {self.key} is not a fraction")
        return Fraction(str(self.value))

    def explain(self) -> dict[str, Any]:
        """Return the rule as JSON values, to be stored and shown with the decision; basis and qualifiers if any."""
        told = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(self).items()}
        del told["rule_id"]
        return {name: value for name, value in told.items() if value or name not in ("basis", "qualifiers")}


@dataclass(frozen=True)
class Supposed:
    """The union's own rules of one key, scope and qualifiers as a change that is only considered would leave them."""

    key: str
    scope: str
    qualifiers: str
    rules: tuple[PolicyRule, ...]

    def replaces(self, row: PolicyRule) -> bool:
        """Whether a stored rule would be replaced by these."""
        identity = (row.ruleset, row.key, row.scope, row.qualifiers)
        return identity == (OWN, self.key, self.scope, self.qualifiers)


@contextmanager
def supposing(tx: Transaction, supposed: Supposed) -> Iterator[None]:
    """Let decisions of the block use rules that are not stored, to see what a change of them would alter."""
    tx.session.info[_SUPPOSED] = supposed
    try:
        yield
    finally:
        del tx.session.info[_SUPPOSED]


def load_rules(tx: Transaction, source: Path | str | Iterable[Mapping[str, Any]], ruleset: str | None = None) -> int:
    """Load the rules of a file, or a list of them, into the rulebook; repeating it changes nothing.

    A rule of a set is identified by key, scope, qualifiers and first day; its other columns are overwritten, rules of
    other sets are not changed. A rule that is no longer in force gets a last day and is not deleted: earlier decisions
    used it.

    Args:
        tx: the transaction.
        source: the path of a rule file, or rules as in such a file.
        ruleset: the rule set of a list; for a file, what its head must say.

    Returns:
        How many rules were added or changed.

    Raises:
        InvalidInput: the file or a rule is not valid.
        Conflict: two rules of the set for the same key and scope are in force on the same day.
    """
    name, rules = read_rules(source, ruleset)
    tx.lock("rulebook")
    keys = {rule["key"] for rule in rules}
    stored = tx.session.scalars(select(PolicyRule).where(PolicyRule.key.in_(keys), PolicyRule.ruleset == name)).all()
    by_identity = {(row.key, row.scope, row.qualifiers, row.valid_from): row for row in stored}
    changed = 0
    for rule in rules:
        identity = (rule["key"], rule["scope"], rule["qualifiers"], rule["valid_from"])
        row = by_identity.get(identity)
        if row is None:
            row = PolicyRule(ruleset=name, **rule)
            by_identity[identity] = row
            tx.session.add(row)
            changed += 1
            continue
        differing = {name: value for name, value in rule.items() if getattr(row, name) != value}
        for column, value in differing.items():
            setattr(row, column, value)
        changed += bool(differing)
    _require_no_overlap(by_identity.values())
    tx.session.flush()
    return changed


def rule_sets(tx: Transaction) -> set[str]:
    """Return the names of the rule sets that rules came from."""
    return set(tx.session.scalars(select(PolicyRule.ruleset).distinct()))


def rule_in_force(tx: Transaction, key: str, on: date, scope: str | None = None, **facts: str) -> RuleInForce:
    """Return the rule for `key` on a day.

    Args:
        tx: the transaction.
        key: the rule's key.
        on: the day, in China.
        scope: prefer the rule of this scope to the one that applies everywhere; another scope's never applies.
        facts: by the name of a qualifier; a rule whose qualifiers are all among them applies.

    Raises:
        NoRuleInForce: there is none; no default is assumed.
    """
    scopes, qualifiers = {scope or EVERY_SCOPE, EVERY_SCOPE}, qualifying.applying_to(facts)
    wanted = and_(PolicyRule.key == key, PolicyRule.scope.in_(scopes), PolicyRule.qualifiers.in_(qualifiers))
    rows = tx.session.scalars(select(PolicyRule).where(wanted, holds_on(on))).all()
    found = [row for row in _supposed(tx, rows, on) if row.key == key and row.scope in scopes]
    deciding = min((row for row in found if row.qualifiers in qualifiers), key=_rank, default=None)
    if deciding is None:
        place = f" in {scope}" if scope else ""
        raise NoRuleInForce(
            f"no rule in force for {key} on {on.isoformat()}{place}",
            rule=key,
            params={"key": key, "on": on.isoformat(), "scope": scope, **facts},
        )
    return _answer(deciding)


def rules_in_force(tx: Transaction, on: date) -> list[RuleInForce]:
    """Return for every key, scope and qualifiers the rule that decides on a day, in this order."""
    rows = tx.session.scalars(select(PolicyRule).where(holds_on(on))).all()
    deciding: dict[tuple[str, str, str], PolicyRule] = {}
    for row in sorted(_supposed(tx, rows, on), key=_rank):
        deciding.setdefault((row.key, row.scope, row.qualifiers), row)
    return [_answer(deciding[identity]) for identity in sorted(deciding)]


def precedence(ruleset: Any) -> ColumnElement[int]:
    """Return the precedence of rule sets, lowest first: own, a province's or another, national, demonstration."""
    return case(_PRECEDENCE, value=ruleset, else_=_OTHER_SETS)


def holds_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a rule is in force on a day."""
    return and_(PolicyRule.valid_from <= day, or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= day))


def was_not_withdrawn() -> ColumnElement[bool]:
    """Return the condition that a rule is in force on at least one day."""
    return or_(PolicyRule.valid_to.is_(None), PolicyRule.valid_to >= PolicyRule.valid_from)


def _supposed(tx: Transaction, rows: Sequence[PolicyRule], on: date) -> list[PolicyRule]:
    """Return the rules in force on a day; what is supposed takes the place of what is stored."""
    supposed: Supposed | None = tx.session.info.get(_SUPPOSED)
    if supposed is None:
        return list(rows)
    stored = [row for row in rows if not supposed.replaces(row)]
    return stored + [row for row in supposed.rules if row.valid_from <= on and (row.valid_to or on) >= on]


def _rank(row: PolicyRule) -> tuple[Any, ...]:
    """Return what rules in force are ordered by; the first decides."""
    precedence_of_set = _PRECEDENCE.get(row.ruleset, _OTHER_SETS)
    specific = (row.scope == EVERY_SCOPE, -qualifying.number_of(row.qualifiers))
    return (*specific, precedence_of_set, -row.valid_from.toordinal(), row.ruleset)


def _answer(rule: PolicyRule) -> RuleInForce:
    return RuleInForce(
        key=rule.key,
        value=rule.value,
        unit=rule.unit,
        scope=rule.scope or None,
        document=rule.title,
        number=rule.number,
        article=rule.article,
        ruleset=rule.ruleset,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        basis=rule.basis,
        qualifiers=rule.qualifiers,
        rule_id=rule.id,
    )


def _require_no_overlap(rows: Iterable[PolicyRule]) -> None:
    ordered = sorted(rows, key=lambda row: (row.key, row.scope, row.qualifiers, row.valid_from))
    for earlier, later in pairwise(ordered):
        same = (earlier.key, earlier.scope, earlier.qualifiers) == (later.key, later.scope, later.qualifiers)
        if same and (earlier.valid_to is None or earlier.valid_to >= later.valid_from):
            raise Conflict(
                f"two rules for {later.key} hold on {later.valid_from.isoformat()} (rule set {later.ruleset})",
                rule=later.key,
                params={"key": later.key, "scope": later.scope or None, "valid_from": later.valid_from.isoformat()},
            )
