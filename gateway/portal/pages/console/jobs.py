"""The task centre: long work under way and done, its progress, stopping it, the files it made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.calls import call
from gateway.portal import words
from gateway.portal.blueprint import portal
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.seams import act, part
from gateway.portal.uploads import file_response
from services.chassis.schema import Operation
from services.contracts.membership.jobs import cancel_job, get_job, list_jobs, read_job_file, retry_job

SEES_JOBS = (*CONSOLE_ROLES, "ops")
FILTERS = (
    Field("kind", _l("类型"), "select", choices=words.JOB_KIND, blank=ALL),
    Field("state", _l("状态"), "select", choices=words.JOB, blank=ALL),
)


@portal.get("/console/jobs")
@only(*SEES_JOBS)
def jobs() -> str:
    """List long work, latest first."""
    values = chosen(FILTERS)
    found = part(list_jobs, asked(**values))
    return render_template("portal/console/jobs.html", list=listing(found), filters=FILTERS, values=values)


@portal.get("/console/jobs/<uuid:job_id>")
@only(*SEES_JOBS)
def job(job_id: UUID) -> str:
    """Show one job; a page that asks for its bar alone gets only that."""
    found: Any = part(get_job, {"job_id": str(job_id)})
    template = "job_progress" if request.headers.get("HX-Request") else "job"
    return render_template(f"portal/console/{template}.html", job=found.data, problem=found.problem)


@portal.post("/console/jobs/<uuid:job_id>/cancel")
@only(*SEES_JOBS)
def stop_job(job_id: UUID) -> Response:
    """Stop a job; what is done stays done."""
    return _act(cancel_job, job_id, gettext("任务将在当前一步完成后停止。"))


@portal.post("/console/jobs/<uuid:job_id>/retry")
@only(*SEES_JOBS)
def resume_job(job_id: UUID) -> Response:
    """Let a job go on where it was."""
    return _act(retry_job, job_id, gettext("任务已从停下的地方继续。"))


@portal.get("/console/jobs/<uuid:job_id>/<any(result, problems):which>")
@only(*SEES_JOBS)
def job_file(job_id: UUID, which: str) -> Response:
    """Hand out a file the job has made."""
    return file_response(call(read_job_file, {"job_id": str(job_id), "which": which}))


def _act(operation: Operation, job_id: UUID, done: str) -> Response:
    return act(operation, {"job_id": str(job_id)}, done=done, then=url_for("portal.job", job_id=job_id))
