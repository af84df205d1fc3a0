"""Batches of approvals: started for all that wait, followed with a live bar, each application's outcome told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from services.chassis.errors import Problem
from services.contracts.jobs import JOBS_OF
from services.contracts.membership.joining.operations import approval_outcomes, start_approval

PAGES = PageTable()


@PAGES.post("/console/applications/runs")
@only("officer")
def start_run() -> Response:
    """Approve all that wait for the union, of one unit or of all."""
    wanted = {name: request.form.get(name) or None for name in ("unit_id", "joined_on")}
    return act(
        start_approval, wanted, done=None, then=url_for("portal.applications"),
        opens=lambda job: url_for("portal.approval_run", job_id=job["id"]),
    )  # fmt: skip


def _why(item: Mapping[str, Any]) -> str | None:
    """Return in words why an application was refused."""
    return say(Problem(item["detail"], rule=item["rule"])) if item["detail"] else None


def _progress(shown: Shown) -> dict[str, Any]:
    """Return how far the batch is."""
    job = part(JOBS_OF["membership"].get, dict(shown.named))
    return {"job": job.data, "problem": job.problem}


APPROVAL_RUN = PAGES.add_list(
    ListPage(
        "approval_run", "/console/applications/runs/<uuid:job_id>", approval_outcomes, _l("批量批准入会"),
        columns=(
            Column("name", macro="applicant"), "unit_id", Column("outcome", state=True),
            Column("number", macro="new_number"), Column("why", _l("原因"), value=_why),
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
