"""Dues in the ledger: collected dues are income, refunds reduce it.

Booked when the money was received (收付实现制), bank against 会费收入; each posting once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.chassis.database.transaction import Transaction
from services.chassis.events.envelope import ReceivedEvent
from services.chassis.rules.optional import rule_or_none
from services.governance.funds import entry_rules
from services.governance.funds.use_cases import catalogue, ledger

SOURCE = "dues"
RULE = "fund.income.dues"
_CHANNELS = {"payroll": ("工资代扣", "payroll"), "single": ("单笔缴纳", "single payment")}
_WAYS_BACK = {"refund": ("退还会费", "Dues refunded"), "reversal": ("会费入账更正", "Dues taken out as a mistake")}


def book_collected(tx: Transaction, postings: Sequence[ReceivedEvent]) -> None:
    """Enter postings of dues as income."""
    with ledger.opened(tx) as books:
        for data in (event.data for event in postings):
            way, way_en = _CHANNELS[data["channel"]]
            books.add(
                _draft(
                    tx, data, "income", data["received_on"],
                    sides=entry_rules.income_sides(catalogue.income_account("dues"), data["amount"]),
                    description=f"{data['month']} 会费（{way}，{data['payments']} 笔）",
                    description_en=f"Dues of {data['month']} ({way_en}, {data['payments']} payments)",
                    people=data["payments"],
                )
            )  # fmt: skip


def book_refunded(tx: Transaction, postings: Sequence[ReceivedEvent]) -> None:
    """Enter refunds as reversed income."""
    with ledger.opened(tx) as books:
        for data in (event.data for event in postings):
            words, words_en = _WAYS_BACK[data["kind"]]
            income = entry_rules.income_sides(catalogue.income_account("dues"), data["amount"])
            books.add(
                _draft(
                    tx, data, "refund", data["refunded_on"],
                    sides=entry_rules.mirrored(income),
                    description=f"{words}（{data['month']}）",
                    description_en=f"{words_en} ({data['month']})",
                )
            )  # fmt: skip


def _draft(tx: Transaction, data: dict[str, Any], kind: str, day: date, **words: Any) -> ledger.Draft:
    amount: Decimal = data["amount"]
    return ledger.Draft(
        kind=kind,
        amount=amount,
        posted_on=_posting_day(tx, day),
        spent_on=day,
        funding_source="union",
        source_type=SOURCE,
        source_id=data["posting_id"],
        rule_key=RULE,
        rules=_rules(tx, day),
        **words,
    )


def _posting_day(tx: Transaction, day: date) -> date:
    """Return the day if its month is open, else today, because a closed month accepts no entries."""
    if day > tx.today or ledger.is_closed(tx, entry_rules.period_of(day)):
        return tx.today
    return day


def _rules(tx: Transaction, day: date) -> list[dict[str, Any]]:
    """Return the rule that names the account; income is booked also without such a rule."""
    rule = rule_or_none(tx, RULE, day)
    return [] if rule is None else [rule.explain()]
