"""Sheets: drafts, handing in, correcting, reading what one may see."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from services.activities.contests import rules, scoring_rules
from services.activities.contests.tables import Contest, ContestEntry, ContestJudge, ContestSheet
from services.activities.contests.use_cases import store
from services.activities.contests.use_cases.judges import acting_judge, to_judge
from services.activities.contests.use_cases.standing import Standing, standing_of
from services.chassis.database.pagination import Key, page_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import InvalidInput, NotFound, refuse_first
from services.chassis.input_errors import InputError

_SORTS: dict[str, list[Key]] = {
    "-handed_in_at": [(ContestSheet.handed_in_at, "desc"), (ContestSheet.id, "desc")],
    "handed_in_at": [(ContestSheet.handed_in_at, "asc"), (ContestSheet.id, "asc")],
}


def save_sheet(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a sheet as a draft; criteria without points stay open.

    Raises:
        InvalidInput: points above the scale, all of them told.
        NotAllowed: the caller is no judge of the contest.
        Refused: judging is not open, the judge steps aside, or the sheet was handed in.
    """
    return _write(tx, request, complete=False)


def hand_in_sheet(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Hand a sheet in: it is locked, and counts; the raises of `save_sheet`, also for points that are missing."""
    return _write(tx, request, complete=True)


def correct_sheet(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Correct a sheet that others may see by now, as the head judge; what was there before stays in the history.

    Raises:
        InvalidInput: points are missing or above the scale.
        NotAllowed: the caller is no judge of the contest.
        NotFound: there is no such sheet, or not all sheets of its entry are in.
        Refused: the caller is not the head, or the results are published.
    """
    _, seen = store.seen(tx, request["activity_id"])
    head = store.own_judge(tx, seen)
    contest = store.contest_of(tx, request["activity_id"], lock=True)
    refuse_first(rules.is_head(head.head), rules.results_are_open(contest.state))
    sheet = tx.session.get(ContestSheet, request["sheet_id"])
    standing = standing_of(tx, contest)
    entries = {one.id: one for one in standing.entries}
    entry = entries.get(sheet.entry_id) if sheet is not None else None
    if sheet is None or entry is None or not (standing.is_open(entry) or sheet.judge_id == head.id):
        raise NotFound("There is no such sheet.", field="sheet_id")
    refuse_first(rules.sheet_is_handed_in(sheet.state))
    before = _line(contest, sheet.points)
    sheet.points = _points(contest, request, complete=True)
    sheet.corrected = True
    store.note(tx, contest, f"sheet/{entry.number}", before, _line(contest, sheet.points), request["reason"])
    tx.session.flush()
    store.moved(tx, contest)
    judges = {one.id: one for one in standing.judges}
    return _reply(standing, sheet, entry, judges[sheet.judge_id])


def list_sheets(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page of sheets that were handed in, as far as the caller may see them.

    Raises:
        NotAllowed: the caller neither judges nor organises the contest.
    """
    activity, contest = store.seen(tx, request["activity_id"])
    own = store.judge_of_member(tx, contest, tx.principal.member_id)
    if own is None and not store.organises_or_audits(tx, activity):
        own = store.own_judge(tx, contest)
    standing = standing_of(tx, contest)
    entries, judges = {one.id: one for one in standing.entries}, {one.id: one for one in standing.judges}
    opened = [one.id for one in standing.entries if standing.is_open(one) and _reads(activity, own, one, tx)]
    own_too = [ContestSheet.judge_id == own.id] if own is not None else []
    may = sa.or_(ContestSheet.entry_id.in_(opened), *own_too)
    of_contest = ContestSheet.activity_id == contest.activity_id, ContestSheet.state == "handed_in", may
    statement = sa.select(ContestSheet).where(*of_contest)
    for name in ("entry_id", "judge_id"):
        if request[name] is not None:
            statement = statement.where(getattr(ContestSheet, name) == request[name])
    if request["group"] is not None:
        of_group = [one.id for one in standing.entries if one.group_number == request["group"]]
        statement = statement.where(ContestSheet.entry_id.in_(of_group))
    page = page_of(tx, statement, request, _SORTS[request["sort"]])
    return page.reply([_reply(standing, one, entries[one.entry_id], judges[one.judge_id]) for one in page.rows])


def _reads(activity: Any, own: ContestJudge | None, entry: ContestEntry, tx: Transaction) -> bool:
    """Whether the caller reads others' sheets of an entry: of all as the organiser, of the own groups as a judge."""
    return store.organises_or_audits(tx, activity) or (
        own is not None and (own.head or entry.group_number in own.groups)
    )


def _write(tx: Transaction, request: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    contest, judge = acting_judge(tx, request, on_paper=True)
    entry = store.entry_of(tx, contest, request["entry_id"])
    standing = standing_of(tx, contest)
    sheet = standing.sheets.get((entry.id, judge.id))
    refuse_first(
        rules.judging_is_open(contest.state),
        rules.entry_takes_part(entry.state),
        rules.judges_group(entry.group_number in judge.groups),
        rules.judges_entry(standing.cause(judge, entry)),
        rules.sheet_is_open(sheet.state if sheet else None),
        rules.group_is_open(store.is_closed(contest, entry.group_number)),
    )
    points = _points(contest, request, complete=complete)
    if sheet is None:
        sheet = ContestSheet(activity_id=contest.activity_id, entry_id=entry.id, judge_id=judge.id, corrected=False)
        tx.session.add(sheet)
        standing.sheets[entry.id, judge.id] = sheet
    sheet.points, sheet.comment, sheet.saved_at = points, request["comment"], tx.now
    sheet.written_by = tx.principal.actor
    sheet.state, sheet.handed_in_at = ("handed_in", tx.now) if complete else ("draft", None)
    tx.session.flush()
    if complete and standing.is_open(entry):
        store.moved(tx, contest)
    return to_judge(standing, judge, entry)


def _points(contest: Contest, request: Mapping[str, Any], *, complete: bool) -> dict[str, str]:
    """Return the points to store, by number of the criterion.

    Raises:
        InvalidInput: what is wrong with each criterion, all at once, by its place in the request.
    """
    given: dict[int, Decimal | None] = {one["number"]: one["points"] for one in request["points"]}
    numbers = [one["number"] for one in contest.criteria]
    wrong = rules.wrong_points(given, numbers, contest.scale, complete)
    if wrong:
        placed = {number: place for place, number in enumerate(given)}
        errors = {
            str(placed.get(number, len(placed))): {"points": [_error(what, scale=contest.scale, number=number)]}
            for number, what in wrong.items()
        }
        raise InvalidInput(errors={"points": errors})
    return {str(number): f"{points}" for number, points in given.items() if points is not None}


def _line(contest: Contest, points: Mapping[str, str]) -> str:
    """Return points in a line, for the history."""
    return " ".join(f"{one['name']} {points.get(str(one['number']), '')}" for one in contest.criteria)


def _reply(standing: Standing, sheet: ContestSheet, entry: ContestEntry, judge: ContestJudge) -> dict[str, Any]:
    names = ("id", "entry_id", "judge_id", "state", "comment", "handed_in_at", "corrected")
    return {
        **{name: getattr(sheet, name) for name in names},
        "entry_name": entry.name,
        "entry_member_id": entry.member_id,
        "judge_name": judge.name,
        "judge_member_id": judge.member_id,
        "number": entry.number,
        "group": entry.group_number,
        "group_name": store.group_names(standing.contest).get(entry.group_number, ""),
        "points": [{"number": int(number), "points": text} for number, text in sheet.points.items()],
        "total": scoring_rules.exact(standing.total(sheet)),
        "left_out": standing.is_open(entry) and sheet.id in standing.left_out(entry),
    }


def _error(what: str, **params: int) -> InputError:
    """Return what is wrong with the points for a criterion."""
    if what == "missing":
        return InputError("contests.points_missing", "Give points for each criterion.", **params)
    if what == "above":
        return InputError("contests.points_above", "Points are between 0 and the scale.", **params)
    return InputError("contests.points_unknown", "The contest has no such criterion.", **params)
