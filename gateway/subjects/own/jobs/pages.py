"""The task centre: long work under way and done, its progress, stopping it, the files it made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.jobs import requests
from gateway.portal import words
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import PART_SECONDS, carry_out, part, part_of
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.schema import Operation
from services.contracts.gateway.jobs import (
    cancel_own_job,
    get_own_job,
    list_own_jobs,
    read_own_job_file,
    retry_own_job,
)
from services.contracts.membership.jobs import cancel_job, get_job, list_jobs, read_job_file, retry_job

PAGES = PageTable()

SEES_JOBS = (*CONSOLE_ROLES, "ops")
MOST_OWN = 20
FILTERS = (
    Field("kind", _l("类型"), "select", choices=words.JOB_KIND, blank=ALL),
    Field("state", _l("状态"), "select", choices=words.JOB, blank=ALL),
)


@PAGES.get("/console/jobs")
@only(*SEES_JOBS)
def jobs() -> str:
    """List long work, latest first; the portal's own stands above that of the services."""
    values = chosen(FILTERS)
    found = part(list_jobs, asked(**values))
    own = requests.answer(list_own_jobs, {**values, "limit": MOST_OWN})["items"] if "cursor" not in request.args else []
    return render_template("portal/console/jobs.html", list=listing(found), own=own, filters=FILTERS, values=values)


@PAGES.get("/console/jobs/<uuid:job_id>")
@only(*SEES_JOBS)
def job(job_id: UUID) -> str:
    """Show one job; a page that asks for its bar alone gets only that."""
    found: Any = part_of(lambda: _ask(job_id, get_own_job, get_job))
    template = "job_progress" if request.headers.get("HX-Request") else "job"
    return render_template(f"portal/console/{template}.html", job=found.data, problem=found.problem)


@PAGES.post("/console/jobs/<uuid:job_id>/cancel")
@only(*SEES_JOBS)
def stop_job(job_id: UUID) -> Response:
    """Stop a job; what is done stays done."""
    return _act(job_id, cancel_own_job, cancel_job, gettext("任务将在当前一步完成后停止。"))


@PAGES.post("/console/jobs/<uuid:job_id>/retry")
@only(*SEES_JOBS)
def resume_job(job_id: UUID) -> Response:
    """Let a job go on where it was."""
    return _act(job_id, retry_own_job, retry_job, gettext("任务已从停下的地方继续。"))


@PAGES.get("/console/jobs/<uuid:job_id>/<any(result, problems):which>")
@only(*SEES_JOBS)
def job_file(job_id: UUID, which: str) -> Response:
    """Hand out a file the job has made."""
    return file_response(_ask(job_id, read_own_job_file, read_job_file, which=which))


def _ask(job_id: UUID, own: Operation, theirs: Operation, **values: str) -> dict[str, Any]:
    """Call the owner of the job: the gateway itself or membership."""
    payload = {"job_id": str(job_id), **values}
    return requests.answer(own, payload) if requests.is_own(job_id) else call(theirs, payload, seconds=PART_SECONDS)


def _act(job_id: UUID, own: Operation, theirs: Operation, done: str) -> Response:
    then = url_for("portal.job", job_id=job_id)
    return carry_out(lambda: _ask(job_id, own, theirs), done=done, then=then)
