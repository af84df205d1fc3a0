"""How a contest stands: who judges what, which sheets are in, scores, ranks, awards. Read in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.contests import rules, scoring_rules
from services.activities.contests.scoring_rules import Score
from services.activities.contests.tables import (
    Contest,
    ContestAdjustment,
    ContestEntry,
    ContestJudge,
    ContestSheet,
    SteppedAside,
)
from services.activities.contests.use_cases import store
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.transaction import Transaction


@dataclass
class Standing:
    """One contest with all that its scores follow from.

    Args:
        contest: the contest.
        entries: all, in their order.
        judges: all.
        sheets: by entry and judge, drafts among them.
        asides: (judge, entry) that were declared.
        adjustments: of entries that count.
        units: where members are now, as far as known.
    """

    contest: Contest
    entries: Sequence[ContestEntry]
    judges: Sequence[ContestJudge]
    sheets: dict[tuple[UUID, UUID], ContestSheet]
    asides: frozenset[tuple[UUID, UUID]]
    adjustments: dict[UUID, list[ContestAdjustment]]
    units: dict[UUID, UUID | None]
    _ranks: dict[UUID, int] | None = field(default=None, repr=False)

    def cause(self, judge: ContestJudge, entry: ContestEntry) -> str | None:
        """Return why a judge steps aside from an entry; the unit of now counts until the sheet is handed in."""
        units, of_entry = [judge.unit_id], [entry.unit_id]
        if not self.has_handed_in(judge, entry):
            units.append(self.units.get(judge.member_id) if judge.member_id else None)
            of_entry.append(self.units.get(entry.member_id) if entry.member_id else None)
        return rules.aside_cause(
            judge.member_id, [one for one in units if one], entry.member_id, [one for one in of_entry if one],
            (judge.id, entry.id) in self.asides,
        )  # fmt: skip

    def has_handed_in(self, judge: ContestJudge, entry: ContestEntry) -> bool:
        """Whether the sheet of a judge for an entry was handed in."""
        sheet = self.sheets.get((entry.id, judge.id))
        return sheet is not None and sheet.state == "handed_in"

    def due(self, entry: ContestEntry) -> list[ContestJudge]:
        """Return the judges whose sheets for an entry count."""
        of_group = (judge for judge in self.judges if entry.group_number in judge.groups)
        return [judge for judge in of_group if self.cause(judge, entry) is None]

    def counted(self, entry: ContestEntry) -> list[ContestSheet]:
        """Return the sheets of an entry that count."""
        return [self.sheets[entry.id, judge.id] for judge in self.due(entry) if self.has_handed_in(judge, entry)]

    def is_open(self, entry: ContestEntry) -> bool:
        """Whether sheets of an entry are seen by others than their judges: all are in, or the group is closed."""
        due = self.due(entry)
        whole = bool(due) and all(self.has_handed_in(judge, entry) for judge in due)
        return whole or store.is_closed(self.contest, entry.group_number)

    def total(self, sheet: ContestSheet) -> Fraction:
        """Return the total of a sheet, exact."""
        weights = {one["number"]: Decimal(str(one["weight"])) for one in self.contest.criteria}
        points = {int(number): Decimal(text) for number, text in sheet.points.items()}
        return scoring_rules.total_of(points, weights)

    def score(self, entry: ContestEntry) -> Score | None:
        """Return the score of an entry; None while sheets are waited for, or where it takes no part."""
        if entry.state != "entered" or not self.is_open(entry):
            return None
        raw = scoring_rules.raw_score([self.total(one) for one in self.counted(entry)], self.contest.scoring)
        if raw is None:
            return None
        amounts = (Fraction(one.amount) for one in self.adjustments.get(entry.id, []))
        return Score(raw, sum(amounts, Fraction()))

    def rank(self, entry: ContestEntry) -> int | None:
        """Return the rank of an entry in its group, among those that have a score."""
        if self._ranks is None:
            by_group: dict[int, dict[UUID, Fraction]] = defaultdict(dict)
            for one in self.entries:
                if (score := self.score(one)) is not None:
                    by_group[one.group_number][one.id] = score.final
            self._ranks = {
                entry_id: rank
                for scores in by_group.values()
                for entry_id, rank in scoring_rules.ranks(scores).items()
            }  # fmt: skip
        return self._ranks.get(entry.id)

    def award(self, rank: int | None) -> str | None:
        """Return the award of a rank."""
        counts = [(one["name"], one["count"]) for one in self.contest.awards]
        return None if rank is None else scoring_rules.award_of(rank, counts)

    def left_out(self, entry: ContestEntry) -> frozenset[UUID]:
        """Return the sheets of an entry that its score leaves out."""
        totals = {one.id: self.total(one) for one in self.counted(entry)}
        return scoring_rules.left_out(totals, self.contest.scoring)

    def result(self, entry: ContestEntry) -> dict[str, Any]:
        """Return scores, rank and award of an entry, rounded; as they were published, where they are."""
        if self.contest.state == "published":
            names = ("raw_score", "adjusted", "score", "rank", "award")
            return {name: getattr(entry, name) for name in names}
        score = self.score(entry)
        if score is None:
            return dict.fromkeys(("raw_score", "adjusted", "score", "rank", "award"))
        rank = self.rank(entry)
        return {
            "raw_score": scoring_rules.rounded(score.raw),
            "adjusted": scoring_rules.rounded(score.adjusted),
            "score": scoring_rules.rounded(score.final),
            "rank": rank,
            "award": self.award(rank) if self.contest.state == "provisional" else None,
        }


def standing_of(tx: Transaction, contest: Contest) -> Standing:
    """Return how a contest stands."""
    of_contest: dict[Any, Any] = {
        table: tx.session.scalars(sa.select(table).where(table.activity_id == contest.activity_id)).all()
        for table in (ContestEntry, ContestJudge, ContestSheet)
    }
    entries = sorted(of_contest[ContestEntry], key=lambda one: one.number)
    judges = sorted(of_contest[ContestJudge], key=lambda one: one.id)
    own = sa.select(ContestEntry.id).where(ContestEntry.activity_id == contest.activity_id)
    asides = tx.session.execute(
        sa.select(SteppedAside.judge_id, SteppedAside.entry_id).where(SteppedAside.entry_id.in_(own))
    )
    kept = ContestAdjustment.entry_id.in_(own), ContestAdjustment.taken_back_at.is_(None)
    adjustments: dict[UUID, list[ContestAdjustment]] = defaultdict(list)
    for one in tx.session.scalars(sa.select(ContestAdjustment).where(*kept).order_by(ContestAdjustment.made_at)):
        adjustments[one.entry_id].append(one)
    members = {one.member_id for one in (*entries, *judges) if one.member_id is not None}
    return Standing(
        contest, entries, judges,
        {(one.entry_id, one.judge_id): one for one in of_contest[ContestSheet]},
        frozenset((row.judge_id, row.entry_id) for row in asides),
        dict(adjustments),
        {member_id: one.unit_id for member_id, one in participants_of(tx, members).items()},
    )  # fmt: skip


def entry_reply(standing: Standing, entry: ContestEntry, *, shows_scores: bool = True) -> dict[str, Any]:
    """Return an entry as the contract has it."""
    names = ("id", "number", "member_id", "name", "unit_id", "subject", "state", "reason")
    due = standing.due(entry) if entry.state == "entered" else []
    result = standing.result(entry) if shows_scores else {}
    shown = standing.adjustments.get(entry.id, []) if shows_scores else []
    return {
        **{name: getattr(entry, name) for name in names},
        "group": entry.group_number,
        "group_name": store.group_names(standing.contest).get(entry.group_number, ""),
        "sheets_in": len(standing.counted(entry)) if due else 0,
        "sheets_due": len(due),
        **dict.fromkeys(("raw_score", "adjusted", "score", "rank", "award")),
        **result,
        "adjustments": [
            {"id": one.id, "amount": one.amount, "reason": one.reason, "made_at": one.made_at} for one in shown
        ],
    }
