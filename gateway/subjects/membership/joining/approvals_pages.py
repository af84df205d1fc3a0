"""Batches of approvals: started for all that wait, followed with a live bar, each application's outcome told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import many
from gateway.portal.columns import Column
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, unit_name
from gateway.portal.service_calls import act, part
from gateway.portal.words import texts_of
from services.chassis.errors import Problem
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.joining.operations import (
    approval_outcomes,
    list_applications,
    start_approval,
)
from services.contracts.vocabulary import EMPLOYMENTS

PAGES = PageTable()


@PAGES.get("/console/applications/runs")
@only("officer")
def confirm_run() -> str:
    """Ask whether all that wait for the union are to be approved, of one unit or of all."""
    unit: dict[str, Any] = {"unit_id": request.args["unit_id"]} if request.args.get("unit_id") else {}
    items, total = many.first_of(list_applications, {"state": "unit_reviewed", **unit})
    employments = texts_of(EMPLOYMENTS)
    rows = [
        (item["name"] or "", f"{unit_name(item['unit_id'])} · {employments.get(item['employment'], '—')}")
        for item in items
    ]
    return many.asked_again(
        many.Concerned(total, rows),
        title=gettext("全部批准"),
        told=gettext("将批准 %(count)s 份申请。", count=f"{total:,}"),
        chosen=gettext(
            "%(unit)s：待校工会批准的全部申请，不受姓名筛选影响。"
            "按提交顺序在后台逐批办理，可以随时查看进度和每份申请的结果。",
            unit=unit_name(unit["unit_id"]) if unit else gettext("全部分工会"),
        ),
        button=gettext("开始批准"),
        action=url_for("portal.start_run"),
        back=url_for("portal.applications", state="unit_reviewed", **unit),
        kept=unit,
        template="portal/console/approve_all.html",
    )


@PAGES.post("/console/applications/runs")
@only("officer")
def start_run() -> Response:
    """Approve all that wait for the union, of one unit or of all, if they are as many as were seen."""
    wanted: dict[str, Any] = {name: request.form.get(name) or None for name in ("unit_id", "joined_on")}
    again = url_for("portal.confirm_run", unit_id=wanted["unit_id"])
    return act(
        start_approval, {**wanted, "expected": many.seen()}, done=None, then=again,
        opens=lambda job: url_for("portal.approval_run", job_id=job["id"]),
    )  # fmt: skip


def why_refused(outcome: Mapping[str, Any]) -> str | None:
    """Return in words why an application was refused; answers leave out what is empty."""
    detail = outcome.get("detail")
    return say(Problem(detail, rule=outcome.get("rule"))) if detail else None


def _progress(shown: Shown) -> dict[str, Any]:
    """Return how far the batch is."""
    job = part(JOBS_OF["membership"].get, dict(shown.named))
    return {"job": job.data, "problem": job.problem}


APPROVAL_RUN = PAGES.add_list(
    ListPage(
        "approval_run", "/console/applications/runs/<uuid:job_id>", approval_outcomes, _l("批量批准入会"),
        columns=(
            Column("name", macro="applicant"), "unit_id", Column("outcome", state=True),
            Column("number", macro="new_number"), Column("why", _l("原因"), value=why_refused),
        ),
        roles=("officer",),
        filters=("outcome",),
        empty=_l("没有符合条件的申请。"),
        icon="person-plus",
        link="application",
        argument="application_id",
        back=("applications", _l("入会审核")),
        more=_progress,
        template="portal/console/approval_run.html",
        macros="portal/parts/applications.html",
        export=ListExport(),
    )
)  # fmt: skip
