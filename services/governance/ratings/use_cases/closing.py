"""Closing: sheets are counted and erased; what would tell of few people is never stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from services.chassis.anonymous_sheets import in_random_order
from services.chassis.database.due_rows import AT_ONCE, take_due
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.process.runtime import Call
from services.contracts.governance.ratings.events import RatingCancelled, RatingClosed
from services.governance.ratings import rules
from services.governance.ratings.counting_rules import Tally, hidden_of, people_told
from services.governance.ratings.tables import (
    WHOLE,
    RatingFigure,
    RatingMark,
    RatingPaper,
    RatingRemark,
    RatingRound,
    RatingSheet,
)
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.sheets import erase
from services.governance.ratings.use_cases.store import (
    given,
    groups_of,
    held,
    move,
    received,
    round_of,
    subjects_of,
    terms_of,
    told_of,
)

COUNTED_AT_ONCE = 2000
"""Sheets that are counted when a round is closed; more are counted by the recurring work."""


@dataclass
class Count:
    """What was counted so far: a tally for each group, and the remarks with their groups."""

    shape: Sequence[int]
    grades: int
    tallies: dict[int, Tally]
    remarks: list[tuple[int, str]] = field(default_factory=list)

    def add(self, rows: Sequence[Any]) -> None:
        """Count a page of sheets."""
        for row in rows:
            content = json.loads(row.content)
            self.tallies[row.group].add_sheet(content["answers"])
            if content["remark"]:
                self.remarks.append((row.group, content["remark"]))

    @property
    def whole(self) -> Tally:
        """All groups together."""
        whole = Tally(self.shape, self.grades)
        for tally in self.tallies.values():
            whole.add(tally)
        return whole


def close_rating(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Close a round and count it; one of many sheets is counted by the recurring work.

    Raises:
        Refused: it is not open, or there are more sheets than tokens.
    """
    row = held(tx, request["rating_id"])
    _close(tx, row)
    return reading.detail(tx, row)


def close_now(tx: Transaction, rating_id: UUID) -> RatingRound:
    """Close a round that another subject called. Raises as `close_rating`."""
    row = held(tx, rating_id)
    _close(tx, row)
    return row


def cancel_rating(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Cancel a round that is not closed, with the reason; its sheets are erased, who was called is told."""
    row = held(tx, request["rating_id"])
    was_called = row.state in ("open", "counting") and row.way == "online"
    move(tx, row, "cancel", request["reason"])
    terms_of(tx, row.id).reason = request["reason"]
    row.closed_at, row.reached = tx.now, None
    row.telling = "cancelled" if was_called else None
    _erase(tx, row)
    tx.record(RatingCancelled(rating_id=row.id))
    return reading.detail(tx, row)


def close_due(call: Call) -> None:
    """Close rounds whose time is over."""
    take_due(
        call, RatingRound, "open", "closes_at", held=held, act=lambda tx, row: _close(tx, row, by_clock=True),
        refused="rating_not_closed",
    )  # fmt: skip


def count_closed(call: Call) -> None:
    """Count closed rounds of many sheets; no sheet is taken any more, so that pages may be read one by one."""
    with call.transaction(readonly=True) as tx:
        counting = sa.select(RatingRound.id).where(RatingRound.state == "counting").limit(AT_ONCE)
        waiting = list(tx.session.scalars(counting))
    for rating_id in waiting:
        with call.transaction(readonly=True) as tx:
            count = _begun(tx, round_of(tx, rating_id))
        after: str | None = ""
        while after is not None:
            with call.transaction(readonly=True) as tx:
                rows = _page(tx, rating_id, after)
            count.add(rows)
            after = rows[-1].token_hash if rows else None
        with call.transaction() as tx:
            row = held(tx, rating_id)
            if row.state == "counting":
                _finish(tx, row, count)


def _close(tx: Transaction, row: RatingRound, *, by_clock: bool = False) -> None:
    move(tx, row, "close", by_clock=by_clock)
    row.closed_at = tx.now
    _require_tokens(tx, row)
    if received(tx, row.id) > COUNTED_AT_ONCE:
        return
    count = _begun(tx, row)
    count.add(_page(tx, row.id, ""))
    _finish(tx, row, count)


def _require_tokens(tx: Transaction, row: RatingRound) -> None:
    """Refuse to count where a group has more sheets than tokens: its key was misused."""
    tokens = given(tx, row.id, paper=False)
    counted = sa.select(RatingSheet.group, sa.func.count().label("sheets")).where(RatingSheet.rating_id == row.id)
    for one in tx.session.execute(counted.group_by(RatingSheet.group)):
        refuse_first(rules.sheets_match_tokens(one.sheets, tokens.get(one[0], 0)))


def _begun(tx: Transaction, row: RatingRound) -> Count:
    """Return the count of a round with its paper sheets."""
    shape = [len(one.criteria) for one in subjects_of(tx, row.id)]
    grades = len(terms_of(tx, row.id).grades)
    count = Count(shape, grades, {one.number: Tally(shape, grades) for one in groups_of(tx, row.id)})
    for paper in tx.session.scalars(sa.select(RatingPaper).where(RatingPaper.rating_id == row.id)):
        rows = [given_ or [[0] * grades] * size for size, given_ in zip(shape, paper.counts, strict=True)]
        count.tallies[paper.group].add_papers(paper.sheets, rows)
    return count


def _page(tx: Transaction, rating_id: UUID, after: str) -> list[Any]:
    columns = RatingSheet.token_hash, RatingSheet.group.label("group"), RatingSheet.content
    page = sa.select(*columns).where(RatingSheet.rating_id == rating_id, RatingSheet.token_hash > after)
    return list(tx.session.execute(page.order_by(RatingSheet.token_hash).limit(COUNTED_AT_ONCE)))


def _finish(tx: Transaction, row: RatingRound, count: Count) -> None:
    """Store what may be told and erase the sheets."""
    smallest, whole = row.smallest or 1, count.whole
    is_told = people_told([whole.handed]) >= smallest
    hidden = hidden_of({number: tally.handed for number, tally in count.tallies.items()}, smallest)
    units: dict[int, UUID | None] = {}
    for group in groups_of(tx, row.id):
        tally = count.tallies[group.number]
        group.shown = is_told and group.number not in hidden and bool(tally.online or tally.paper)
        if group.shown:
            units[group.number] = group.unit_id
            group.sheets, group.paper = tally.online + tally.paper, tally.paper
            tx.session.add_all(_figures(row.id, group.number, tally))
    if is_told:
        tx.session.add_all(_figures(row.id, WHOLE, whole))
        tx.session.add_all(_remarks(row.id, count.remarks, units))
    row.sheets, row.paper = whole.online + whole.paper, whole.paper
    _erase(tx, row)
    move(tx, row, "count", by_clock=True)
    row.reached, row.telling = None, "closed" if row.kind == "union" and row.way == "online" else None
    tx.record(RatingClosed(**told_of(row), sheets=row.sheets))
    tx.session.flush()


def _erase(tx: Transaction, row: RatingRound) -> None:
    """Erase sheets, marks and keys of a round that ended."""
    erase(tx, row.id, RatingSheet, RatingMark, RatingPaper)
    for group in groups_of(tx, row.id):
        group.signing_key = None


def _figures(rating_id: UUID, number: int, tally: Tally) -> Iterator[RatingFigure]:
    for subject, rows in enumerate(tally.counts, 1):
        for criterion, counts in enumerate(rows, 1):
            yield RatingFigure(
                rating_id=rating_id, group=number, subject=subject, criterion=criterion, counts=list(counts)
            )


def _remarks(
    rating_id: UUID, remarks: list[tuple[int, str]], units: Mapping[int, UUID | None]
) -> Iterator[RatingRemark]:
    """Yield remarks in random order; those of hidden groups, which are enough together, without their unit."""
    for number, text in in_random_order(remarks):
        yield RatingRemark(id=uuid4(), rating_id=rating_id, unit_id=units.get(number), text=text)
