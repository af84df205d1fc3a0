"""Long work (任务): how far it is, stopping it, letting it go on, the files it has made.

Belongs here: what is the same for all long work. Each subject says itself how its work is asked for.
"""

from __future__ import annotations

from marshmallow import fields

from services.chassis.schema import Choice, Page, PageRequest, Schema, Text, Timestamp, command, query
from services.contracts.files import FileContent

STATES = ("waiting", "running", "done", "failed", "cancelled")
_ALLOW = frozenset({"officer", "chair", "auditor", "member", "ops"})


class Job(Schema):
    """One piece of long work. `done` counts what was done of `total`, `problems` what could not be."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True)
    state = Choice(STATES, required=True)
    total = fields.Integer(allow_none=True, required=True)
    done = fields.Integer(required=True)
    problems = fields.Integer(required=True)
    params = fields.Dict(keys=fields.String(), required=True)
    result = fields.Dict(keys=fields.String(), allow_none=True, required=True)
    error = fields.Dict(keys=fields.String(), allow_none=True, required=True)
    cancelling = fields.Boolean(required=True)
    has_file = fields.Function(lambda job: job.file_id is not None, metadata={"type": "boolean"})
    has_problem_file = fields.Function(lambda job: job.problem_file_id is not None, metadata={"type": "boolean"})
    asked_by = fields.String(required=True)
    asked_at = Timestamp(required=True)
    started_at = Timestamp(allow_none=True, required=True)
    ended_at = Timestamp(allow_none=True, required=True)


class JobFilter(PageRequest):
    """Which jobs to list; accounts see their own, officers and operators all."""

    kind = Text(40, load_default=None, allow_none=True)
    state = Choice(STATES, load_default=None, allow_none=True)


class JobRef(Schema):
    """Which job."""

    job_id = fields.UUID(required=True)


class JobFile(JobRef):
    """Which file of which job: what it made, or the list of what it could not do."""

    which = Choice(("result", "problems"), load_default="result")


list_jobs = query(
    "membership", "list_jobs", request=JobFilter, reply=Page(Job), allow=_ALLOW, doc="Long work, latest first."
)
get_job = query("membership", "get_job", request=JobRef, reply=Job, allow=_ALLOW, doc="How far one job is.")
cancel_job = command(
    "membership", "cancel_job", request=JobRef, reply=Job, allow=_ALLOW,
    doc="Stop a job after the step under way; what is done stays done.",
)  # fmt: skip
retry_job = command(
    "membership", "retry_job", request=JobRef, reply=Job, allow=_ALLOW,
    doc="Let a job that failed or was stopped go on where it was.",
)  # fmt: skip
read_job_file = query(
    "membership", "read_job_file", request=JobFile, reply=FileContent, allow=_ALLOW - {"ops"},
    doc="A file a job has made, while it is kept.",
)  # fmt: skip
