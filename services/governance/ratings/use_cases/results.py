"""Results: the whole, the groups the caller may see, the comparison of units, remarks, the course of years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.chassis.security.principal import Principal
from services.chassis.security.unit_scope import in_seen_units
from services.governance.members.use_cases import copies
from services.governance.ratings import counting_rules, rules
from services.governance.ratings.tables import WHOLE, RatingFigure, RatingGroup, RatingRemark, RatingRound
from services.governance.ratings.use_cases import reading
from services.governance.ratings.use_cases.store import group_of, groups_of, round_of, sees, sees_all, terms_of

MOST_YEARS = 20
Figures = Mapping[tuple[int, int], Sequence[Sequence[int]]]
"""Counts of the criteria of each group and subject."""


def get_rating_result(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the result of a closed round, as far as the caller may see it.

    Officers and auditors see everything; a chair the union's result and the own unit's, as members
    do; a member who stood on no roll, as of a round on paper, the union's.

    Raises:
        Refused: it is not closed, the caller neither filled it in nor sees it by office, or it is not published.
    """
    row = round_of(tx, request["rating_id"])
    by_office = sees_all(tx.principal)
    refuse_first(
        rules.reader_is_entitled(sees(tx, row)),
        rules.result_is_out(row.state),
        rules.result_is_published(row.kind, row.published_at is not None, by_office),
    )
    return _result(tx, row, whole_only=not by_office and row.kind == "union", seen=_seen_groups(tx, row))


def cited_result(tx: Transaction, rating_id: UUID) -> dict[str, Any]:
    """Return a round of leaders as other subjects cite it; its result only once it is published, to who may see it.

    Raises:
        NotFound: there is no such round.
    """
    row = round_of(tx, rating_id)
    is_out = row.state == "closed" and row.published_at is not None and sees(tx, row)
    result = _result(tx, row, whole_only=False, seen=frozenset()) if is_out else None
    named = {name: getattr(row, name) for name in ("id", "title", "kind", "state", "entitled", "sheets", "smallest")}
    told = ("name", "post", "mean", "satisfied_percent")
    return {
        **named,
        "published": row.published_at is not None,
        "hidden": result is not None and not result["shown"],
        "leaders": [{name: one[name] for name in told} for one in result["subjects"]] if result else [],
    }


def list_rating_units(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of the groups of a closed round with their figures. Raises `Refused` before it is closed."""
    row = round_of(tx, request["rating_id"])
    refuse_first(rules.result_is_out(row.state))
    statement = sa.select(RatingGroup).where(RatingGroup.rating_id == row.id)
    if request["unit_id"] is not None:
        statement = statement.where(RatingGroup.unit_id == request["unit_id"])
    page = page_of(tx, statement, request, [(RatingGroup.number, "asc")])
    figures = _figures(tx, row.id, [one.number for one in page.rows])
    kinds = {one["kind"]: one["number"] for one in reading.subjects(tx, row.id)}
    return page.reply([_unit(row, one, figures, kinds) for one in page.rows])


def list_rating_remarks(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of remarks in random order; to a chair those of the own unit. Raises `Refused` before the end."""
    row = round_of(tx, request["rating_id"])
    refuse_first(rules.reader_is_entitled(sees(tx, row)), rules.result_is_out(row.state))
    statement = sa.select(RatingRemark).where(RatingRemark.rating_id == row.id)
    statement = in_seen_units(statement, RatingRemark.unit_id, tx.principal, request["unit_id"])
    page = page_of(tx, statement, request, [(RatingRemark.id, "asc")])
    return page.reply([{"id": one.id, "unit_id": one.unit_id, "text": one.text} for one in page.rows])


def rating_trend(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return how satisfied the members were over the years, with one unit beside the whole.

    Raises:
        Refused: the unit is neither the caller's own nor in sight by office.
    """
    unit_id = _unit_in_sight(tx, request["unit_id"])
    closed = sa.select(RatingRound).where(RatingRound.kind == "union", RatingRound.state == "closed")
    latest = list(tx.session.scalars(closed.order_by(RatingRound.year.desc(), RatingRound.id.desc()).limit(MOST_YEARS)))
    numbers = _groups_of_unit(tx, [row.id for row in latest], unit_id)
    items = [_year(tx, row, numbers.get(row.id)) for row in reversed(latest)]
    return {"unit_id": unit_id, "items": items}


def _seen_groups(tx: Transaction, row: RatingRound) -> frozenset[int] | None:
    """Return the groups whose results the caller sees; None for all."""
    principal = tx.principal
    if sees_all(principal):
        return None
    units = principal.units("chair")
    seen = {one.number for one in groups_of(tx, row.id) if one.unit_id in units}
    own = group_of(tx, row.id, principal.member_id) if principal.member_id is not None else None
    return frozenset(seen if own is None else {*seen, own})


def _result(tx: Transaction, row: RatingRound, *, whole_only: bool, seen: frozenset[int] | None) -> dict[str, Any]:
    beside, subjects = terms_of(tx, row.id), reading.subjects(tx, row.id)
    told = [one for one in groups_of(tx, row.id) if seen is None or one.number in seen]
    figures = _figures(tx, row.id, [WHOLE, *(one.number for one in told)])
    # Of all chairs together only who compares them is told.
    of_whole = [one for one in subjects if not (whole_only and one["kind"] == "chair")]
    is_shown = any(group == WHOLE for group, _ in figures)
    sheets, paper = row.sheets or 0, row.paper or 0
    return {
        "rating_id": row.id,
        "entitled": row.entitled,
        "sheets": sheets,
        "paper": paper,
        "turnout": counting_rules.share(sheets, row.entitled),
        "smallest": row.smallest or 0,
        "grades": beside.grades,
        "satisfied": row.satisfied,
        "shown": is_shown,
        "subjects": [_subject(row, one, figures[WHOLE, one["number"]]) for one in of_whole] if is_shown else [],
        "groups": [_group(row, one, subjects, figures) for one in told] if row.kind == "union" else [],
        "rules": beside.rules,
    }


def _figures(tx: Transaction, rating_id: UUID, numbers: Iterable[int]) -> Figures:
    stored = sa.select(RatingFigure).where(RatingFigure.rating_id == rating_id, RatingFigure.group.in_(list(numbers)))
    found: dict[tuple[int, int], list[Sequence[int]]] = defaultdict(list)
    for one in tx.session.scalars(stored.order_by(RatingFigure.group, RatingFigure.subject, RatingFigure.criterion)):
        found[one.group, one.subject].append(one.counts)
    return dict(found)


def _subject(
    row: RatingRound, subject: Mapping[str, Any], rows: Sequence[Sequence[int]], sheets: int | None = None
) -> Any:
    handed = (row.sheets or 0) if sheets is None else sheets
    results = [
        {
            "criterion": criterion,
            "counts": list(counts),
            "abstained": handed - sum(counts),
            "mean": counting_rules.mean(counts),
            "satisfied_percent": counting_rules.satisfied_percent(counts, row.satisfied),
        }
        for criterion, counts in zip(subject["criteria"], rows, strict=True)
    ]
    return {**subject, "results": results, **_over_all(row, rows)}


def _over_all(row: RatingRound, rows: Sequence[Sequence[int]]) -> dict[str, Any]:
    counts = counting_rules.over_all(rows)
    return {
        "mean": counting_rules.mean(counts) if counts else None,
        "satisfied_percent": counting_rules.satisfied_percent(counts, row.satisfied),
    }


def _group(row: RatingRound, group: RatingGroup, subjects: Sequence[Mapping[str, Any]], figures: Figures) -> Any:
    graded = [one for one in subjects if group.unit_id is not None or one["kind"] != "chair"] if group.shown else []
    return {
        "group": group.number,
        "unit_id": group.unit_id,
        "entitled": group.entitled,
        "sheets": group.sheets,
        "paper": group.paper,
        "shown": group.shown,
        "subjects": [_subject(row, one, figures[group.number, one["number"]], group.sheets) for one in graded],
    }


def _unit(row: RatingRound, group: RatingGroup, figures: Figures, kinds: Mapping[str, int]) -> dict[str, Any]:
    names = ("unit_id", "entitled", "sheets", "paper")
    union = _over_all(row, figures.get((group.number, kinds.get("union", 1)), []))
    chair = _over_all(row, figures.get((group.number, kinds.get("chair", 0)), []))
    return {
        "group": group.number,
        **{name: getattr(group, name) for name in names},
        "turnout": counting_rules.share(group.sheets or 0, group.entitled) if group.shown else None,
        **union,
        "chair_percent": chair["satisfied_percent"],
        "chair_mean": chair["mean"],
    }


def _unit_in_sight(tx: Transaction, unit_id: UUID | None) -> UUID | None:
    """Return the unit of a trend: the one asked for, or the caller's own."""
    principal: Principal = tx.principal
    if sees_all(principal):
        return unit_id
    own = copies.units_of(tx, [principal.member_id]).get(principal.member_id) if principal.member_id else None
    seen = {*principal.units("chair"), *([own] if own else [])}
    refuse_first(rules.reader_is_entitled(unit_id is None or unit_id in seen))
    return unit_id or own


def _groups_of_unit(tx: Transaction, rating_ids: Sequence[UUID], unit_id: UUID | None) -> dict[UUID, int]:
    if unit_id is None:
        return {}
    of_unit = sa.select(RatingGroup.rating_id, RatingGroup.number).where(
        RatingGroup.rating_id.in_(rating_ids), RatingGroup.unit_id == unit_id
    )
    return {one.rating_id: one.number for one in tx.session.execute(of_unit)}


def _year(tx: Transaction, row: RatingRound, number: int | None) -> dict[str, Any]:
    figures = _figures(tx, row.id, [WHOLE] if number is None else [WHOLE, number])
    union = _over_all(row, figures.get((WHOLE, 1), []))
    of_unit = _over_all(row, figures.get((number or -1, 1), []))
    of_chair = _over_all(row, figures.get((number or -1, 2), []))
    return {
        "rating_id": row.id,
        "year": row.year,
        "title": row.title,
        "sheets": row.sheets or 0,
        **union,
        "unit_percent": of_unit["satisfied_percent"],
        "chair_percent": of_chair["satisfied_percent"],
    }
