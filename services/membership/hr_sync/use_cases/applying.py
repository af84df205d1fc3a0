"""Applying differences, one by one or many as long work, and dismissing them. What HR says goes through the same rules
as what an officer does by hand: joining, correcting, moving, retirement and the end of a membership.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.bad_rows import may_be_a_row
from services.chassis.database.transaction import Transaction
from services.chassis.errors import Problem, refuse_first
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.process import logs
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.membership import hr as contract
from services.membership.hr_sync import rules
from services.membership.hr_sync.tables import HrRecord
from services.membership.hr_sync.use_cases import acts
from services.membership.hr_sync.use_cases.comparing import compare
from services.membership.hr_sync.use_cases.reading import found_record, to_reply
from services.membership.hr_sync.use_cases.receiving import snapshot_of, write_difference
from services.membership.organisation.use_cases import directory
from services.membership.record.use_cases import admission
from services.membership.record.use_cases.known_to_hr import versions_of
from services.membership.versions import require_version

log = logs.get_logger(__name__)

KIND = "apply_hr_differences"
_A_CHUNK = 50


def apply_hr_difference(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Apply one difference as the officer saw it."""
    _hold_first(tx)
    record = found_record(tx, request["record_id"], lock=True)
    require_version(record, request["version"])
    _apply(tx, record, request["member_version"])
    return _to_reply(tx, record)


def dismiss_hr_difference(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Leave the record as it is."""
    record = found_record(tx, request["record_id"], lock=True)
    require_version(record, request["version"])
    refuse_first(rules.difference_is_open(record.state))
    _settle(tx, record, "dismissed")
    record.reason = request["reason"]
    tx.record(contract.HrChangeDismissed(record_id=record.id, member_id=record.member_id, kind=record.kind))
    return _to_reply(tx, record)


def apply_hr_differences(tx: Transaction, request: Mapping[str, Any]) -> Job:
    """Ask for many to be applied."""
    ids = sorted({str(one) for one in request["record_ids"]})
    total = len(ids) or tx.session.scalar(sa.select(sa.func.count()).select_from(_open(request["kind"]).subquery()))
    refuse_first(number_is_as_seen(total or 0, request["expected"]))
    return start_job(tx, KIND, {"record_ids": ids, "kind": request["kind"]}, total=total)


def apply_some(tx: Transaction, job: Job) -> bool:
    """Apply the next differences of a job; a refused one stays open, with the name of the rule."""
    _hold_first(tx)
    position = job.position or {"after": None, "applied": 0}
    records = _next(tx, job.params, position["after"])
    refused = sum(not _try(tx, record) for record in records)
    applied = position["applied"] + len(records) - refused
    job.position = {"after": str(records[-1].id) if records else position["after"], "applied": applied}
    job.done += len(records)
    job.problems += refused
    if len(records) == _A_CHUNK:
        return False
    job.result = {"applied": applied}
    return True


def _hold_first(tx: Transaction) -> None:
    """Take every lock that applying may need, in the common order: one record admits, the next moves or ends."""
    directory.hold_organisation(tx, alone=True)
    admission.hold_series(tx)


def _next(tx: Transaction, params: Mapping[str, Any], after: str | None) -> list[HrRecord]:
    statement = _open(params["kind"]).order_by(HrRecord.id).limit(_A_CHUNK)
    if params["record_ids"]:
        statement = statement.where(HrRecord.id.in_([UUID(one) for one in params["record_ids"]]))
    if after is not None:
        statement = statement.where(HrRecord.id > UUID(after))
    return list(tx.session.scalars(statement.with_for_update()))


def _open(kind: str | None) -> sa.Select[HrRecord]:
    statement = sa.select(HrRecord).where(HrRecord.state == "open")
    return statement if kind is None else statement.where(HrRecord.kind == kind)


def _try(tx: Transaction, record: HrRecord) -> bool:
    """Apply one difference in a savepoint; of a refusal or a failure only the name of the rule is stored."""
    try:
        with tx.savepoint():
            _apply(tx, record, record.member_version)
    except Problem as problem:
        _leave_open(tx, record, problem.rule or problem.code)
    except Exception as error:
        if not may_be_a_row(error):
            raise
        log.warning("hr_difference_set_aside", record=str(record.id), error=type(error).__name__)
        _leave_open(tx, record, "hr_sync.record_can_be_applied")
    else:
        return True
    return False


def _leave_open(tx: Transaction, record: HrRecord, rule: str) -> None:
    (found,) = compare(tx, [snapshot_of(record)])
    write_difference(record, found)
    record.problem = rule[:80]
    record.version += 1


def _apply(tx: Transaction, record: HrRecord, seen: int | None) -> None:
    refuse_first(rules.difference_is_open(record.state))
    (found,) = compare(tx, [snapshot_of(record)])
    refuse_first(rules.member_is_unchanged(seen, found.member.version if found.member else None), found.refusal)
    kind = found.kind
    if kind is not None:
        record.member_id = acts.carry_out(tx, found)
        tx.record(contract.HrChangeApplied(record_id=record.id, member_id=record.member_id, kind=kind))
    _settle(tx, record, "applied" if kind else "same")


def _settle(tx: Transaction, record: HrRecord, state: str) -> None:
    record.state, record.settled_at, record.settled_by = state, tx.now, tx.principal.actor
    record.content = record.problem = None
    record.version += 1


def _to_reply(tx: Transaction, record: HrRecord) -> dict[str, Any]:
    tx.session.flush()
    return to_reply(record, versions_of(tx, {record.member_id} if record.member_id else set()))
