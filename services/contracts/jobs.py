"""Long work (任务): how far it is, stopping it, letting it go on, the files it has made. The same for all services.

Each subject says itself how its work is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import fields

from services.chassis.schema import (
    Choice,
    Operation,
    Page,
    PageRequest,
    Reach,
    Schema,
    Text,
    Timestamp,
    Vocabulary,
    label,
    labelled,
)
from services.contracts.files import FileContent
from services.contracts.per_service import Row, declared

JOB_STATES = Vocabulary(
    "job", waiting="排队中", running="进行中", done="已完成", failed="失败", cancelled="已停止",
)  # fmt: skip
JOB_FILES = Vocabulary("job_file", result="结果", problems="未处理清单")
JOB_FIELDS = Vocabulary(
    "job_field", kind="类型", state="状态", total="总数", done="已完成", problems="有问题", asked_at="提交时间",
)  # fmt: skip
_OFFICES = frozenset({"officer", "chair", "auditor"})
_OWN: dict[str, Reach] = {"chair": "own", "auditor": "own"}
"""Only officers and operators see the work of others."""
_SEE, _READ_FILES = _OFFICES | {"member", "ops"}, _OFFICES | {"member"}


@labelled(JOB_FIELDS)
class Job(Schema):
    """One piece of long work. `done` counts what was done of `total`, `problems` what could not be."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = Choice(JOB_STATES, required=True)
    total = fields.Integer(allow_none=True, required=True)
    done = fields.Integer(required=True)
    problems = fields.Integer(required=True, metadata=label("有问题"))
    params = fields.Dict(keys=fields.String(), required=True)
    result = fields.Dict(keys=fields.String(), allow_none=True, required=True)
    error = fields.Dict(keys=fields.String(), allow_none=True, required=True)
    cancelling = fields.Boolean(required=True)
    has_file = fields.Boolean(required=True)
    has_problem_file = fields.Boolean(required=True)
    asked_by = fields.String(required=True)
    asked_at = Timestamp(required=True)
    started_at = Timestamp(allow_none=True, required=True)
    ended_at = Timestamp(allow_none=True, required=True)


@labelled(JOB_FIELDS)
class JobFilter(PageRequest):
    """Which jobs to list; accounts see their own, officers and operators all."""

    kind = Text(40, load_default=None, allow_none=True, metadata=label("类型"))
    state = Choice(JOB_STATES, load_default=None, allow_none=True)


class JobRef(Schema):
    """Which job."""

    job_id = fields.UUID(required=True)


class JobFile(JobRef):
    """Which file of which job: what it made, or the list of what it could not do."""

    which = Choice(JOB_FILES, load_default="result")


@dataclass(frozen=True)
class JobOperations:
    """The five operations of one service."""

    list: Operation
    get: Operation
    cancel: Operation
    retry: Operation
    read_file: Operation


def job_operations(service: str) -> JobOperations:
    """Declare the operations of one service; the gateway answers its own itself, never over RPC.

    Members without an office ask for none of the gateway's long work.

    Args:
        service: its name.
    """
    rows = _ROWS
    if service == "gateway":
        rows = tuple(
            (name.replace("job", "own_job", 1), request, reply, allow - {"member"}, kind, doc, title, reach)
            for name, request, reply, allow, kind, doc, title, reach in _ROWS
        )
    return JobOperations(*declared(service, rows))


_ROWS: tuple[Row, ...] = (
    ("list_jobs", JobFilter, Page(Job), _SEE, "query",
     "Long work, latest first; accounts see their own, officers and operators all.", "查看后台任务", _OWN),
    ("get_job", JobRef, Job, _SEE, "query", "How far one job is.", "查看一项后台任务", _OWN),
    ("cancel_job", JobRef, Job, _SEE, "command", "Stop a job after the step under way; what is done stays done.",
     "停止后台任务", _OWN),
    ("retry_job", JobRef, Job, _SEE, "command", "Let a job that failed or was stopped go on where it was.",
     "继续后台任务", _OWN),
    ("read_job_file", JobFile, FileContent, _READ_FILES, "query", "A file a job has made, while it is kept.",
     "下载后台任务的文件", _OWN),
)  # fmt: skip

JOBS_OF = {service: job_operations(service) for service in ("gateway", "membership", "welfare")}
"""By service that has long work; declared once."""
