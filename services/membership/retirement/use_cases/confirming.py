"""Confirming that members have retired, one by one or many as long work, and undoing a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from services.chassis.database.transaction import Transaction
from services.chassis.errors import NotFound, Problem, refuse_first
from services.chassis.files.spreadsheets import CSV, write_csv
from services.chassis.files.storage import store_file
from services.chassis.jobs.jobs import Job, start_job
from services.contracts.membership.retirement import MemberRetired, RetirementUndone
from services.membership.organisation.use_cases import leaving
from services.membership.record.use_cases.standing import (
    Member,
    get_member_for_update,
    members_for_update,
    set_standing,
)
from services.membership.retirement import rules
from services.membership.retirement.use_cases.dates import explained
from services.membership.standing.use_cases import changes
from services.membership.transfer.use_cases.ending import lapse_open
from services.membership.versions import require_version

KIND = "confirm_retirements"
_A_CHUNK = 100


def confirm_retirement(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Confirm that one member has retired."""
    member = get_member_for_update(tx, request["member_id"])
    require_version(member, request["version"])
    confirm(tx, member, request["retired_on"])
    return explained(tx, member)


def confirm(tx: Transaction, member: Member, retired_on: date | None) -> None:
    """Retain the membership of a locked member: an open transfer lapses, posts end, `member_retired` is recorded.

    Raises:
        Refused: the member is not active, the day has not come, or there is neither a day nor a month to take it from.
    """
    refuse_first(rules.member_may_retire(member.standing))
    day = retired_on
    if day is None:
        month = explained(tx, member)["month"]
        refuse_first(rules.class_is_known(None) if month is None else None)
        day = rules.day_to_confirm(month, tx.today)
    refuse_first(rules.day_has_come(day, member.joined_on, tx.today))
    lapse_open(tx, member, "retired")
    leaving.end_posts(tx, member.id, tx.today, "retired")
    changes.note(tx, member, "retirement", "retained", day)
    set_standing(tx, member, "retained", "retirement", retired_on=day)
    tx.record(MemberRetired(member_id=member.id, unit_id=member.unit_id, retired_on=day))


def undo_retirement(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Undo a wrong confirmation: the member is active again, and the roster uses HR's or the law's month."""
    member = get_member_for_update(tx, request["member_id"])
    refuse_first(rules.retirement_can_be_undone(member.standing))
    require_version(member, request["version"])
    changes.note(tx, member, "retirement_undone", "active", tx.today, {"reason": request["reason"]})
    set_standing(tx, member, "active", "retirement undone", retired_on=None)
    tx.record(RetirementUndone(member_id=member.id, unit_id=member.unit_id))
    return explained(tx, member)


def confirm_retirements(tx: Transaction, request: Mapping[str, Any]) -> Job:
    """Start the confirmation of many retirements, done chunk by chunk."""
    ids = list(dict.fromkeys(str(one) for one in request["member_ids"]))
    day = request["retired_on"].isoformat() if request["retired_on"] else None
    return start_job(tx, KIND, {"member_ids": ids, "retired_on": day}, total=len(ids))


def confirm_some(tx: Transaction, job: Job) -> bool:
    """Confirm the next retirements of a job; refused ones are stored with the rule and not changed."""
    ids = [UUID(one) for one in job.params["member_ids"]]
    position = job.position or {"next": 0, "refused": []}
    chunk = ids[position["next"] : position["next"] + _A_CHUNK]
    day = date.fromisoformat(job.params["retired_on"]) if job.params["retired_on"] else None
    members = members_for_update(tx, chunk)
    refused = [*position["refused"]]
    for member_id in chunk:
        refusal = _try(tx, members.get(member_id), day)
        if refusal is not None:
            refused.append([str(member_id), members[member_id].number if member_id in members else "", *refusal])
    job.position = {"next": position["next"] + len(chunk), "refused": refused}
    job.done += len(chunk)
    job.problems = len(refused)
    if job.position["next"] < len(ids):
        return False
    job.result = {"confirmed": len(ids) - len(refused)}
    if refused:
        job.problem_file_id = _list_of(tx, job, refused)
    return True


def _try(tx: Transaction, member: Member | None, day: date | None) -> tuple[str, str] | None:
    """Return rule and detail of a refusal; rules refuse before anything is written."""
    try:
        if member is None:
            raise NotFound("There is no such member.", rule="member_exists")
        confirm(tx, member, day)
    except Problem as problem:
        return problem.rule or problem.code, problem.detail
    return None


def _list_of(tx: Transaction, job: Job, refused: list[list[str]]) -> UUID:
    columns = (("number", "会员号"), ("rule", "规则"), ("detail", "说明"))
    rows = [{"number": number, "rule": rule, "detail": detail} for _, number, rule, detail in refused]
    file = store_file(
        tx,
        name="retirements-refused.csv",
        media_type=CSV,
        content=write_csv(columns, rows),
        subject=f"job/{job.id}",
        purpose="job_problems",
    )
    return file.id
