"""What the use cases of a renewal share: when it opens and by which rules, how far it is, its steps and events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.transaction import Transaction
from services.chassis.rules.months import months_before
from services.chassis.rules.optional import rule_or_none
from services.chassis.rules.refusal import cited
from services.chassis.rules.rulebook import RuleInForce
from services.contracts.governance.congress.renewal_events import RenewalChanged, RenewalLate, RenewalOpened
from services.contracts.governance.congress.vocabulary import RENEWAL_PARTS
from services.governance.congress.renewal_tables import RenewalItem, RenewalStep
from services.governance.congress.tables import Congress

MONTHS, ITEMS = "congress.renewal_months", "congress.renewal_items"


@dataclass(frozen=True)
class Opening:
    """From which day a term has a checklist with which items, and by which rules; `missing`: keys without a rule."""

    opens_on: date | None
    items: Sequence[str]
    months: RuleInForce | None
    listed: RuleInForce | None
    missing: list[str] = field(default_factory=list)

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules as they are kept and shown."""
        return [cited(rule) for rule in (self.months, self.listed) if rule is not None]


@dataclass(frozen=True)
class Counts:
    """How many items a checklist has, how many are done, how many late; the next last day of those that wait."""

    items: int
    done: int
    late: int
    next_due_on: date | None


def opening_of(tx: Transaction, found: Congress) -> Opening:
    """Return when the renewal of a term opens, by the rules of today."""
    months, listed = rule_or_none(tx, MONTHS, tx.today), rule_or_none(tx, ITEMS, tx.today)
    return Opening(
        opens_on=months_before(found.ends_on, months.count) if months else None,
        items=[one for one in listed.value if one in RENEWAL_PARTS] if listed else [],
        months=months, listed=listed,
        missing=[key for key, rule in ((MONTHS, months), (ITEMS, listed)) if rule is None],
    )  # fmt: skip


def counts_of(tx: Transaction, congress_id: UUID) -> Counts:
    """Return how far a checklist is."""
    waits = RenewalItem.done_at.is_(None)
    late = sa.and_(waits, RenewalItem.due_on < tx.today)
    counted = sa.select(
        sa.func.count(), sa.func.count(RenewalItem.done_at), sa.func.sum(sa.case((late, 1), else_=0)),
        sa.func.min(sa.case((waits, RenewalItem.due_on))),
    ).where(RenewalItem.congress_id == congress_id)  # fmt: skip
    items, done, overdue, next_due_on = tx.session.execute(counted).one()
    return Counts(items, done, int(overdue or 0), next_due_on)


def announce(
    tx: Transaction,
    found: Congress,
    event: type[RenewalOpened | RenewalChanged | RenewalLate] = RenewalChanged,
) -> None:
    """Record how far the renewal of a term is now."""
    counts = counts_of(tx, found.id)
    tx.record(
        event(
            congress_id=found.id, number=found.number, ends_on=found.ends_on, items=counts.items, done=counts.done,
            late=counts.late, next_due_on=counts.next_due_on, over=found.state == "ended",
        )
    )  # fmt: skip


def note_step(tx: Transaction, one: RenewalItem, step: str, note: str | None = None) -> None:
    """Keep what was done with an item, and by whom."""
    who = tx.principal
    tx.session.add(
        RenewalStep(
            congress_id=one.congress_id, step=step, item=one.item, own=one.own, note=note,
            account_id=who.account_id, member_id=who.member_id, at=tx.now,
        )
    )  # fmt: skip
