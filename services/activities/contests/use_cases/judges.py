"""Judges: naming and taking out, stepping aside, what each has to judge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.activities.contests import rules, scoring_rules
from services.activities.contests.tables import Contest, ContestEntry, ContestJudge, ContestSheet, SteppedAside
from services.activities.contests.use_cases import store
from services.activities.contests.use_cases.standing import Standing, standing_of
from services.activities.participants.use_cases.reading import participants_of
from services.chassis.database.transaction import Transaction
from services.chassis.errors import refuse_first
from services.contracts.activities.contests.events import JudgeNamed


def list_judges(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the judges of a contest, the head first, with how many sheets each handed in."""
    _, contest = store.looked_at(tx, request["activity_id"])
    standing = standing_of(tx, contest)
    ordered = sorted(standing.judges, key=lambda one: (not one.head, one.named_at, one.id))
    return {"items": [_judge(standing, one) for one in ordered]}


def add_judge(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Name a judge of some groups; a member is told.

    Raises:
        Refused: a group is unknown, there is a head already, or the judge is named or no member.
    """
    _, contest = store.managed(tx, request["activity_id"])
    member_id, name = request["member_id"], request["name"]
    refuse_first(rules.results_are_open(contest.state), rules.entry_is_named_one_way(member_id, name))
    known = participants_of(tx, [member_id]).get(member_id) if member_id else None
    if member_id is not None:
        taken = store.judge_of_member(tx, contest, member_id) is not None
        standing = known.standing if known else None
        refuse_first(rules.standing_takes_part(standing), rules.judge_is_named_once(taken))
    heads = sa.select(ContestJudge.id).where(ContestJudge.activity_id == contest.activity_id, ContestJudge.head)
    names = store.group_names(contest)
    refuse_first(
        *(rules.group_is_known(number in names) for number in request["groups"]),
        rules.head_is_a_member(request["head"], member_id),
        rules.one_head(request["head"] and tx.session.scalar(heads.limit(1)) is not None),
    )
    judge = ContestJudge(
        activity_id=contest.activity_id, member_id=member_id, name=name, unit_id=known.unit_id if known else None,
        groups=sorted(set(request["groups"])), head=request["head"], named_at=tx.now,
    )  # fmt: skip
    tx.session.add(judge)
    tx.session.flush()
    if member_id is not None:
        tx.record(JudgeNamed(activity_id=contest.activity_id, judge_id=judge.id, member_id=member_id))
    return _judge(standing_of(tx, contest), judge)


def remove_judge(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Take a judge out, with the drafts.

    Raises:
        Refused: sheets of the judge were handed in, or the results are published.
    """
    _, contest = store.managed(tx, request["activity_id"])
    judge = store.judge_of(tx, contest, request["judge_id"])
    handed_in = sa.select(sa.func.count()).where(ContestSheet.judge_id == judge.id, ContestSheet.state == "handed_in")
    refuse_first(rules.results_are_open(contest.state), rules.judge_has_no_sheets(tx.session.scalar(handed_in) or 0))
    for table in (ContestSheet, SteppedAside):
        tx.session.execute(sa.delete(table).where(table.judge_id == judge.id))
    tx.session.delete(judge)
    store.moved(tx, contest)
    return {"judge_id": request["judge_id"]}


def step_aside(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Let a judge not judge an entry; a sheet that was handed in counts no more where the organiser says so.

    Raises:
        NotAllowed: the caller is neither the judge nor the organiser.
        Refused: the judge's own sheet was handed in, or the results are published.
    """
    contest, judge = acting_judge(tx, request, on_paper=False)
    entry = store.entry_of(tx, contest, request["entry_id"])
    refuse_first(
        rules.results_are_open(contest.state),
        rules.entry_takes_part(entry.state),
        rules.judges_group(entry.group_number in judge.groups),
    )
    standing = standing_of(tx, contest)
    handed_in = standing.has_handed_in(judge, entry)
    refuse_first(
        rules.sheet_is_open("handed_in" if handed_in and request["judge_id"] is None else None),
        rules.judges_entry(standing.cause(judge, entry)),
    )
    said = SteppedAside(
        judge_id=judge.id, entry_id=entry.id, reason=request["reason"], said_at=tx.now, said_by=tx.principal.actor
    )
    tx.session.add(said)
    store.note(tx, contest, f"aside/{entry.number}", None, "declared")
    tx.session.flush()
    store.moved(tx, contest)
    return to_judge(standing_of(tx, contest), judge, entry)


def judging(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of a judge's groups with the judge's own sheets."""
    contest, judge = acting_judge(tx, request, on_paper=True, lock=False)
    standing = standing_of(tx, contest)
    of_groups = [one for one in standing.entries if one.group_number in judge.groups and one.state == "entered"]
    return {
        "judge_id": judge.id,
        "head": judge.head,
        "items": [to_judge(standing, judge, one) for one in of_groups],
    }


def acting_judge(
    tx: Transaction, request: Mapping[str, Any], *, on_paper: bool, lock: bool = True
) -> tuple[Contest, ContestJudge]:
    """Return a contest, locked, and the judge for whom the caller acts: oneself, or the one whom the organiser names.

    Args:
        tx: the transaction.
        request: with the contest, and the judge where it is not the caller.
        on_paper: whether the organiser may act only for judges from outside, who have paper sheets.
        lock: whether the contest is locked.

    Raises:
        NotAllowed: the caller is no judge, or does not organise the contest.
    """
    activity_id: UUID = request["activity_id"]
    if request["judge_id"] is None:
        activity, contest = store.seen(tx, activity_id)
        judge = store.own_judge(tx, contest)
        if lock:
            refuse_first(rules.activity_stands(activity.state))
            contest = store.contest_of(tx, activity_id, lock=True)
        return contest, judge
    _, contest = store.managed(tx, activity_id) if lock else store.looked_at(tx, activity_id)
    judge = store.judge_of(tx, contest, request["judge_id"])
    if on_paper:
        refuse_first(rules.paper_is_of_a_guest(judge.member_id))
    return contest, judge


def to_judge(standing: Standing, judge: ContestJudge, entry: ContestEntry) -> dict[str, Any]:
    """Return an entry as it stands with a judge, with the judge's own sheet."""
    sheet, cause = standing.sheets.get((entry.id, judge.id)), standing.cause(judge, entry)
    state = sheet.state if sheet is not None else "waiting"
    if state != "handed_in" and store.is_closed(standing.contest, entry.group_number):
        state = "closed"
    if cause is not None:
        state = "aside"
    points = sheet.points if sheet is not None else {}
    whole = sheet is not None and sheet.state == "handed_in"
    return {
        **{name: getattr(entry, name) for name in ("number", "member_id", "name", "unit_id", "subject")},
        "entry_id": entry.id,
        "group": entry.group_number,
        "group_name": store.group_names(standing.contest).get(entry.group_number, ""),
        "state": state,
        "cause": cause,
        "points": [{"number": int(number), "points": text} for number, text in points.items()],
        "comment": sheet.comment if sheet is not None else None,
        "total": scoring_rules.exact(standing.total(sheet)) if whole and sheet is not None else None,
    }


def _judge(standing: Standing, judge: ContestJudge) -> dict[str, Any]:
    entries = [one for one in standing.entries if one.state == "entered" and one.group_number in judge.groups]
    due = [one for one in entries if standing.cause(judge, one) is None]
    return {
        **{name: getattr(judge, name) for name in ("id", "member_id", "name", "groups", "head")},
        "sheets_in": sum(standing.has_handed_in(judge, one) for one in due),
        "sheets_due": len(due),
    }
