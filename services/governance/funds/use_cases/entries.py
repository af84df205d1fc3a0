"""Use cases of the ledger: entries, an officer's expense or income, reversals, refusals, months, verification."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Conflict, Refused, refuse_first
from services.chassis.identifiers import uuid7
from services.contracts.governance.funds.events import FundPeriodClosed
from services.governance.funds import entry_rules, period_rules, rules
from services.governance.funds.tables import Commitment, FundEntry, FundPeriod, FundRefusal
from services.governance.funds.use_cases import catalogue, expenses, finding, ledger, reversing
from services.governance.funds.use_cases.citing import decision_text
from services.governance.funds.use_cases.shapes import show_entry, show_entry_detail, show_refusal
from services.governance.funds.use_cases.sitting import Claim, Sitting

Reply = dict[str, Any]

PROVED_IN_ONE_GO = 5_000
"""Entries that a call verifies within its deadline; longer ledgers are verified part by part."""
PROVED_AT_ONCE = 2_000

_WRITTEN_BY_OFFICER = (
    "line_code", "amount", "description", "form", "funding_source", "benefit_key", "people", "unit_id", "decision",
    "evidence_kinds",
)  # fmt: skip


def needed_rules() -> tuple[str, ...]:
    """Return the keys of all dated rules that the funds use."""
    return catalogue.needed_rules()


def list_fund_entries(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return a page of the ledger's entries."""
    undoing = aliased(FundEntry)
    statement: sa.Select = sa.select(FundEntry, undoing.id.label("undone_by")).outerjoin(
        undoing, undoing.reverses == FundEntry.id
    )
    statement = statement.where(*finding.conditions(request))
    page = page_of(tx, statement, request, [(FundEntry.sequence, "desc")])
    return page.reply([show_entry(row, undone_by) for row, undone_by in page.rows])


def get_fund_entry(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return one entry with its sides."""
    return _detail(tx, request["entry_id"])


def record_expense(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Enter an officer's expense, or refuse it with the rule.

    Raises:
        Refused: a rule refuses.
        NotFound: there is no such commitment.
    """
    posted_on = request["posted_on"] or tx.today
    refuse_first(rules.posting_day_is_plausible(posted_on, tx.today))
    with ledger.opened(tx) as books:
        commitment = _open_commitment(tx, request, posted_on.year)
        claim = Claim(
            source_type="manual",
            source_id=commitment.source_id if commitment else uuid7(),
            spent_on=posted_on,
            posted_on=posted_on,
            **{**{name: request[name] for name in _WRITTEN_BY_OFFICER}, "decision": decision_text(tx, request)},
        )
        sitting = Sitting(books)
        decided = expenses.decide(sitting, claim, set_aside=commitment.amount if commitment else rules.NOTHING)
        refuse_first(decided.refusal)
        entered = expenses.enter(sitting, claim, decided, commitment)
    return _detail(tx, entered.id)


def record_income(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Enter income."""
    posted_on = request["posted_on"] or tx.today
    period = entry_rules.period_of(posted_on)
    refuse_first(rules.posting_day_is_plausible(posted_on, tx.today))
    with ledger.opened(tx) as books:
        refuse_first(rules.period_is_open(period, ledger.is_closed(tx, period)))
        entered = books.add(
            ledger.Draft(
                kind="income",
                amount=request["amount"],
                sides=entry_rules.income_sides(catalogue.income_account(request["kind"]), request["amount"]),
                description=request["description"],
                posted_on=posted_on,
                spent_on=posted_on,
                funding_source="union",
                source_type="income",
                source_id=uuid7(),
            )
        )
    return _detail(tx, entered.id)


def reverse_entry(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Reverse an entry, posted today; its amount is available again on its line."""
    period = entry_rules.period_of(tx.today)
    with ledger.opened(tx) as books:
        wrong = ledger.require_entry(tx, request["entry_id"])
        refuse_first(
            rules.entry_is_reversible(wrong.kind, ledger.reversal_of(tx, wrong.id) is not None),
            rules.dues_go_back_where_they_were_paid(wrong.source_type),
            rules.period_is_open(period, ledger.is_closed(tx, period)),
        )
        undone = reversing.undo(books, wrong, request["reason"])
    return _detail(tx, undone.id)


def list_refusals(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return a page of refused expenses, with the reasons."""
    columns = {
        "state": FundRefusal.state,
        "reason_code": FundRefusal.reason_code,
        "source": FundRefusal.source_type,
        "rule": FundRefusal.rule,
    }
    chosen = [column == request[name] for name, column in columns.items() if request[name] is not None]
    page = page_of(tx, sa.select(FundRefusal).where(*chosen), request, [(FundRefusal.id, "desc")])
    total = None
    if request["with_total"]:
        total = tx.session.scalar(sa.select(sa.func.count(FundRefusal.id)).where(*chosen))
    return page.reply([show_refusal(refusal) for refusal in page.rows], total=total)


def list_fund_periods(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Return the months of a year: open or closed, and how many entries each has."""
    counts = _entries_by_period(tx, FundEntry.year == request["year"])
    closed = {row.period: row for row in tx.session.scalars(sa.select(FundPeriod))}
    months = [f"{request['year']:04d}-{month:02d}" for month in range(1, 13)]
    return {"items": [_show_period(month, counts.get(month, 0), closed.get(month)) for month in months]}


def close_fund_period(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Close a past month, if no earlier month with entries is open."""
    period = request["period"]
    with ledger.opened(tx):
        if ledger.is_closed(tx, period):
            raise Conflict(f"The month {period} is closed already.", rule="fund.period_is_open", field="period")
        counts = _entries_by_period(tx, FundEntry.period <= period)
        closed = set(tx.session.scalars(sa.select(FundPeriod.period)))
        behind = min((month for month in counts if month < period and month not in closed), default=None)
        refuse_first(
            period_rules.period_is_over(period, entry_rules.period_of(tx.today)),
            period_rules.periods_close_in_order(period, behind),
        )
        row = FundPeriod(
            period=period,
            closed_at=tx.now,
            closed_by=tx.principal.actor,
            entries=counts.get(period, 0),
            last_hash=ledger.end(tx).digest,
        )
        tx.session.add(row)
    tx.record(FundPeriodClosed(period=period, entries=row.entries, last_hash=row.last_hash))
    return _show_period(period, row.entries, row)


def verify_ledger(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Verify a short ledger at once: numbers, balance, digests, and that no entries are missing at its end."""
    before = ledger.end(tx)
    refuse_first(period_rules.ledger_is_short(before.place, PROVED_IN_ONE_GO))
    return _verdict(tx, entry_rules.verify(ledger.recorded(tx)), before, ended=True)


def verify_ledger_part(tx: Transaction, request: dict[str, Any]) -> Reply:
    """Verify the next entries of a ledger of any length; the request and the answer contain the result so far."""
    begun = request["begun"]
    before = entry_rules.End(begun["place"], begun["digest"]) if begun is not None else ledger.end(tx)
    places = {int(year): place for year, place in request["places"].items()}
    so_far = entry_rules.Verdict(request["entries"], request["last_hash"], places=places)
    verdict = entry_rules.verify(ledger.recorded(tx, so_far.entries, PROVED_AT_ONCE), so_far)
    ended = verdict.finding is not None or verdict.entries - so_far.entries < PROVED_AT_ONCE
    return {
        **_verdict(tx, verdict, before, ended=ended),
        "places": {str(year): place for year, place in verdict.places.items()},
        "begun": {"place": before.place, "digest": before.digest},
        "ended": ended,
        "total": max(before.place, verdict.entries),
    }


def _verdict(tx: Transaction, verdict: entry_rules.Verdict, before: entry_rules.End, *, ended: bool) -> Reply:
    finding = verdict.finding
    if finding is None and ended:
        finding = entry_rules.finding_at_the_end(verdict, before, ledger.end(tx))
    return {
        "intact": finding is None,
        "entries": verdict.entries,
        "last_hash": verdict.last,
        "broken_at": verdict.broken_at,
        "finding": finding,
    }


def _detail(tx: Transaction, entry_id: UUID) -> Reply:
    return show_entry_detail(ledger.require_entry(tx, entry_id), ledger.reversal_of(tx, entry_id))


def _open_commitment(tx: Transaction, request: dict[str, Any], year: int) -> Commitment | None:
    if request["commitment_id"] is None:
        return None
    commitment = tx.get(
        Commitment,
        request["commitment_id"],
        "There is no such commitment.",
        rule="fund.commitment_exists",
        field="commitment_id",
        lock=True,
    )
    if commitment.state != "open" or (commitment.year, commitment.line_code) != (year, request["line_code"]):
        raise Refused(
            "This commitment is closed, or was made on another line or year.",
            rule="fund.commitment_fits",
            field="commitment_id",
            params={"state": commitment.state, "line": commitment.line_code, "year": commitment.year},
        )
    return commitment


def _entries_by_period(tx: Transaction, condition: sa.ColumnElement[bool]) -> dict[str, int]:
    statement = (
        sa.select(FundEntry.period, sa.func.count().label("entries")).where(condition).group_by(FundEntry.period)
    )
    return {row.period: row.entries for row in tx.session.execute(statement)}


def _show_period(period: str, entries: int, closed: FundPeriod | None) -> Reply:
    return {
        "period": period,
        "state": "closed" if closed else "open",
        "entries": entries,
        "closed_at": closed.closed_at if closed else None,
    }
