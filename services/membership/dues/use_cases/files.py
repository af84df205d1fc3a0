"""Files of dues on their way: uploaded, checked row by row, posted once or dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sized
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.chassis.database.engine import Database
from services.chassis.database.pagination import page_of
from services.chassis.database.transaction import Transaction, transaction
from services.chassis.errors import InvalidInput, NotFound, Problem, refuse_first
from services.chassis.files.spreadsheets import CSV, write_csv
from services.chassis.files.storage import store_file
from services.chassis.jobs.jobs import Job, start_job
from services.chassis.rpc.context import CallContext
from services.membership.dues import paying_rules, rules
from services.membership.dues.tables import DuesFile, DuesFileRow
from services.membership.dues.use_cases import columns, file_rows, forgetting, row_validation
from services.membership.imports.use_cases.table_files import Table, read_table

CHECK = columns.CHECK
POST = "post_dues_file"
KEPT = timedelta(days=180)
"""A file holds names and wages: it is erased half a year later; what was posted from it stays."""

PROBLEM_COLUMNS = (("row", "行"), ("column", "列"), ("value", "值"), ("reason", "原因"))
REASONS = {
    "over": "超过应缴金额", "unknown": "查无此会员", "twice": "文件中重复", "paid": "该月已缴清",
    "posted": "同一文件已入账", "not_charged": "该月未向其计收", "unchanged": "基数未变", "late": "已有更晚的基数",
    "conflict": "会员号与身份证号不是同一人", "beyond": "标题之外还有内容，可能是数字里的逗号把一格拆成了两格",
    "ambiguous": "数值有两种读法，请写成 1234.50", "bad": "不是有效的数值或缺少编号",
}  # fmt: skip


def upload_dues_file(tx: Transaction, request: Mapping[str, Any]) -> DuesFile:
    """Keep a file and ask for its check, or for its columns where the headings don't say them.

    Raises:
        InvalidInput: it can't be read.
        Refused: its month or day lies ahead.
    """
    refuse_first(paying_rules.paid_on_is_plausible(request["paid_on"] or tx.today, request["month"], tx.today))
    if request["kind"] == "payroll":
        refuse_first(rules.month_has_begun(request["month"], tx.today))
    headings = read_table(request["name"], request["content"]).headings
    file = DuesFile(
        **{name: request[name] for name in ("kind", "month", "paid_on", "name")},
        state="checking",
        counts={},
        rows=0,
        amount=rules.NOTHING,
        uploaded_at=tx.now,
        uploaded_by=tx.principal.actor,
    )
    tx.session.add(file)
    tx.session.flush()
    file.stored_id = store_file(
        tx, name=request["name"], media_type=request["media_type"], content=request["content"],
        subject=f"dues-file/{file.id}", purpose=request["kind"], keep=KEPT,
    ).id  # fmt: skip
    columns.take_columns(tx, file, headings)
    return file


@dataclass(frozen=True)
class Content:
    """What a file to be checked holds: its rows, and for the last step the table; or why it can't be read."""

    rows: list[file_rows.FileRow]
    table: Table | None = None
    problem: Problem | None = None


def read_file(database: Database, context: CallContext, job: Job) -> Content:
    """Read what a step of the check needs. No transaction is open meanwhile: a large file takes long."""
    try:
        with transaction(database, context) as tx:
            file = get_dues_file(tx, {"file_id": UUID(job.params["file_id"])})
            rows = file_rows.known_rows(file)
            content = None if rows and not _is_last(job, rows) else file_rows.stored(tx, file)
        rows = file_rows.rows_of(file, content) if content else rows or []
        return Content(rows, read_table(*content) if content and _is_last(job, rows) else None)
    except (NotFound, InvalidInput) as problem:
        return Content([], problem=problem)


def check_part(tx: Transaction, job: Job, content: Content) -> bool:
    """Judge the next rows; after the last one write the list of bad rows. A file that can't be read ends as failed."""
    file = file_rows.get_for_update(tx, UUID(job.params["file_id"]))
    if content.problem is not None:
        file.state = "failed"
        job.result = {"problem": content.problem.to_wire()}
        return True
    after = _after(job)
    part = content.rows[after : after + row_validation.JUDGED_AT_ONCE]
    job.problems += row_validation.judge(tx, file, part)
    job.done, job.total = after + len(part), len(content.rows)
    job.position = {"after": job.done}
    if content.table is None:
        return False
    _sum_up(tx, file, len(content.rows))
    if sum(count for verdict, count in file.counts.items() if verdict not in rules.GOOD):
        job.problem_file_id = _problem_file(tx, file, content.table)
    job.result = {"file_id": str(file.id), **file.counts}
    file_rows.forget(file)
    return True


def _is_last(job: Job, rows: Sized) -> bool:
    return _after(job) + row_validation.JUDGED_AT_ONCE >= len(rows)


def _after(job: Job) -> int:
    return int((job.position or {"after": 0})["after"])


def _sum_up(tx: Transaction, file: DuesFile, rows: int) -> None:
    statement = (
        sa.select(DuesFileRow.verdict, sa.func.count(), sa.func.sum(DuesFileRow.amount))
        .where(DuesFileRow.file_id == file.id)
        .group_by(DuesFileRow.verdict)
    )
    found = {verdict: (count, amount) for verdict, count, amount in tx.session.execute(statement)}
    file.counts = dict(Counter({verdict: count for verdict, (count, _) in found.items()}))
    file.amount = sum((found[good][1] or rules.NOTHING for good in rules.GOOD if good in found), rules.NOTHING)
    file.rows, file.state = rows, "checked"


def _problem_file(tx: Transaction, file: DuesFile, table: Table) -> UUID:
    bad = sa.select(DuesFileRow.row, DuesFileRow.verdict).where(
        DuesFileRow.file_id == file.id, DuesFileRow.verdict.not_in(rules.GOOD)
    )
    verdicts = {found.row: found.verdict for found in tx.session.execute(bad)}
    content = write_csv(PROBLEM_COLUMNS, _problems(tx, file, table, verdicts))
    return store_file(
        tx, name=f"{file.name.rpartition('.')[0]}-problems.csv", media_type=CSV, content=content,
        subject=f"dues-file/{file.id}", purpose="problems", keep=KEPT,
    ).id  # fmt: skip


def _problems(tx: Transaction, file: DuesFile, table: Table, verdicts: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    cells = list(file_rows.cells_at_fault(file, table, verdicts))
    named = row_validation.numbers_of(tx, {cell.person for cell in cells if cell.person})
    for cell in cells:
        reason = REASONS[verdicts[cell.row]]
        whose = named.get(cell.person or "")
        reason += f"，身份证号属于 {whose}" if whose else ""
        yield {"row": cell.row, "column": cell.column, "value": cell.value, "reason": reason}


def post_dues_file(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the sound rows of a checked file to be posted, rows of more than is owed only where that is said."""
    file = file_rows.get_for_update(tx, request["file_id"])
    refuse_first(rules.file_can("posted", file.state, "checked"))
    file.state = "posting"
    total = sum(file.counts.get(good, 0) for good in _postable(file, request["overpaid"]))
    params = {"file_id": str(file.id), "overpaid": request["overpaid"]}
    file.post_job_id = start_job(tx, POST, params, total=total).id
    return {"job_id": file.post_job_id}


def _postable(file: DuesFile, overpaid: str) -> tuple[str, ...]:
    return rules.CREDITED if file.kind == "payroll" and overpaid == "credit" else rules.GOOD


def post_part(tx: Transaction, job: Job) -> bool:
    """Post the next rows; True when none is left."""
    file = file_rows.get_for_update(tx, UUID(job.params["file_id"]))
    after = (job.position or {"after": 0})["after"]
    good = _postable(file, job.params.get("overpaid", "leave"))
    statement = (
        sa.select(DuesFileRow)
        .where(DuesFileRow.file_id == file.id, DuesFileRow.verdict.in_(good), DuesFileRow.row > after)
        .order_by(DuesFileRow.row)
        .limit(row_validation.POSTED_AT_ONCE)
    )
    found = list(tx.session.scalars(statement))
    posted = row_validation.post(tx, file, found, good)
    job.done += posted
    job.problems += len(found) - posted
    job.position = {"after": found[-1].row if found else after}
    if len(found) == row_validation.POSTED_AT_ONCE:
        return False
    file.state, file.posted_at = "posted", tx.now
    forgetting.forget_rows(tx, file.id)
    job.result = {"file_id": str(file.id), "posted": job.done}
    return True


def drop_dues_file(tx: Transaction, request: Mapping[str, Any]) -> DuesFile:
    """Drop a checked file."""
    file = file_rows.get_for_update(tx, request["file_id"])
    if file.state != "uploaded":
        refuse_first(rules.file_can("dropped", file.state, "checked"))
    file.state = "dropped"
    forgetting.forget_rows(tx, file.id)
    return file


def get_dues_file(tx: Transaction, request: Mapping[str, Any]) -> DuesFile:
    """One file."""
    file = tx.session.get(DuesFile, request["file_id"])
    if file is None:
        raise NotFound("There is no such file.", field="file_id")
    return file


def list_dues_files(tx: Transaction, request: Mapping[str, Any]) -> dict[str, Any]:
    """A page of files, latest first."""
    statement = sa.select(DuesFile)
    if request["kind"] is not None:
        statement = statement.where(DuesFile.kind == request["kind"])
    return page_of(tx, statement, request, [(DuesFile.id, "desc")]).reply()
