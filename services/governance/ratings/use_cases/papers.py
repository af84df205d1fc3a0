"""The counts of paper sheets, entered as an aggregate and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from services.chassis.database.history import note_change
from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, refuse_first
from services.governance.ratings import rules
from services.governance.ratings.tables import RatingGroup, RatingPaper
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.store import given, held, subject_of, subjects_of, terms_of


def enter_papers(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store the counts of a group's paper sheets; they replace those entered before.

    Raises:
        NotFound: there is no such group.
        Refused: the round is not open, the counts do not fit, or there are more than were given out.
    """
    row, number, sheets = held(tx, request["rating_id"]), request["group"], request["sheets"]
    refuse_first(rules.round_is_open(row.state, None, tx.now))
    group = tx.session.get(RatingGroup, (row.id, number))
    if group is None:
        raise NotFound("There is no such group.", field="group")
    counts = request["counts"] if sheets else []
    asked = [0 if one.kind == "chair" and group.unit_id is None else len(one.criteria) for one in _subjects(tx, row.id)]
    limit = request["issued"] if row.way == "paper" else given(tx, row.id, paper=True).get(number, 0)
    refuse_first(
        rules.papers_fit(asked, len(terms_of(tx, row.id).grades), sheets, counts),
        rules.papers_were_given(sheets, sheets if limit is None else limit),
    )
    before = tx.session.get(RatingPaper, (row.id, number))
    note_change(tx, subject_of(row), {f"papers of group {number}": (before.sheets if before else None, sheets)})
    tx.session.execute(
        sa.delete(RatingPaper)
        .where(RatingPaper.rating_id == row.id, RatingPaper.group == number)
        .execution_options(synchronize_session="fetch")
    )
    if sheets:
        tx.session.add(RatingPaper(rating_id=row.id, group=number, sheets=sheets, counts=counts))
    if row.way == "paper":
        group.entitled = request["issued"]
        tx.session.flush()
        issued = sa.select(sa.func.sum(RatingGroup.entitled)).where(RatingGroup.rating_id == row.id)
        row.entitled = tx.session.scalar(issued)
    tx.session.flush()
    return reading.detail(tx, row)


def _subjects(tx: Transaction, rating_id: Any) -> list[Any]:
    return list(subjects_of(tx, rating_id))
