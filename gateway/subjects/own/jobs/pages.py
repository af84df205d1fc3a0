"""The task centre: long work of all services under way and done, its progress, stopping it, the files it made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import current_app, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.jobs.requests import ask
from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import Across, ListPage
from gateway.portal.listing import ALL
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only
from gateway.portal.service_calls import carry_out, part_of
from gateway.portal.uploads import file_response
from gateway.portal.words import WORK_OF, words
from gateway.rpc.deadlines import part_seconds
from gateway.subject import JobKind, installed
from services.chassis.errors import NotFound, Unavailable
from services.chassis.schema import Operation
from services.contracts.jobs import JOBS_OF, JobOperations

PAGES = PageTable()

SEES_JOBS = (*CONSOLE_ROLES, "ops")


def _kinds() -> dict[str, Any]:
    return {name: kind.words for name, kind in installed().jobs.items()}


def _work(item: Mapping[str, Any]) -> Any:
    return _kinds().get(item["kind"], item["kind"])


def _progress(item: Mapping[str, Any]) -> str:
    return f"{item['done']:,}" + (f" / {item['total']:,}" if item["total"] is not None else "")


JOBS = PAGES.add_list(
    ListPage(
        "jobs", "/console/jobs", JOBS_OF["gateway"].list, _l("任务中心"),
        columns=(
            Column("kind", _l("任务"), value=_work),
            Column("service", _l("来源"), "work_of", value=lambda item: item["service"]),
            Column("done", _l("进度"), "text", value=_progress),
            Column("problems", value=lambda item: item["problems"] or None),
            "asked_at",
            Column("state", state=True),
        ),
        roles=SEES_JOBS,
        filters=(
            Field("service", _l("来源"), choices=WORK_OF.only(*JOBS_OF), blank=ALL),
            Field("kind", choices=_kinds),
            "state",
        ),
        lead=_l("导入、导出和批量处理在这里排队进行，关闭页面不会中断。"),
        empty=_l("还没有任务。"),
        icon="list-task",
        link="job",
        argument="job_id",
        along=("service",),
        across=Across(
            {name: one.list for name, one in JOBS_OF.items()}, ask, "asked_at",
            lambda service: gettext("%(service)s暂时没有回应，它的任务未列出。", service=words(service, "service")),
            lambda service: gettext("%(work)s的全部任务", work=words(service, "work_of")),
        ),
    )
)  # fmt: skip


@PAGES.get("/console/jobs/<uuid:job_id>")
@only(*SEES_JOBS)
def job(job_id: UUID) -> str:
    """Show one job; a page that asks for its bar alone gets only that."""
    found: Any = part_of(lambda: _ask(lambda operations: operations.get, job_id))
    template = "job_progress" if request.headers.get("HX-Request") else "job"
    kind = installed().jobs.get(found.data["kind"]) if found.data else None
    return render_template(
        f"portal/console/{template}.html", job=found.data, problem=found.problem, kind=kind, seen_on=_page_of(kind)
    )


def _page_of(kind: JobKind | None) -> str | None:
    """Return the page where a job's work is seen, for a reader who may open it."""
    if kind is None or kind.page is None:
        return None
    needed: frozenset[str] = getattr(current_app.view_functions[f"portal.{kind.page}"], "roles", frozenset())
    return kind.page if current_principal().has(*needed) else None


@PAGES.post("/console/jobs/<uuid:job_id>/cancel")
@only(*SEES_JOBS)
def stop_job(job_id: UUID) -> Response:
    """Stop a job; what is done stays done."""
    return _act(lambda operations: operations.cancel, job_id, gettext("任务将在当前一步完成后停止。"))


@PAGES.post("/console/jobs/<uuid:job_id>/retry")
@only(*SEES_JOBS)
def resume_job(job_id: UUID) -> Response:
    """Let a job go on where it was."""
    return _act(lambda operations: operations.retry, job_id, gettext("任务已从停下的地方继续。"))


@PAGES.get("/console/jobs/<uuid:job_id>/<any(result, problems):which>")
@only(*CONSOLE_ROLES)
def job_file(job_id: UUID, which: str) -> Response:
    """Hand out a file the job has made."""
    return file_response(_ask(lambda operations: operations.read_file, job_id, which=which))


def _ask(operation: Callable[[JobOperations], Operation], job_id: UUID, **values: str) -> dict[str, Any]:
    """Ask the service that does the job: the one that the address names, else each in turn.

    Raises:
        NotFound: none of them knows the job.
        Unavailable: a service that may know it does not answer.
    """
    named = request.args.get("service", "")
    missing: NotFound | Unavailable = NotFound("There is no such job.")
    for service in [named] if named in JOBS_OF else JOBS_OF:
        try:
            reply = ask(operation(JOBS_OF[service]), {"job_id": str(job_id), **values}, part_seconds())
            return {**reply, "service": service}
        except NotFound as problem:
            if problem.rule != "job_exists":
                raise
        except Unavailable as problem:
            missing = problem
    raise missing


def _act(operation: Callable[[JobOperations], Operation], job_id: UUID, done: str) -> Response:
    then = url_for("portal.job", job_id=job_id, service=request.args.get("service"))
    return carry_out(lambda: _ask(operation, job_id), done=done, then=then)
