"""Commitments: money of the budget that is reserved, with what it is for and what was paid of it."""

from __future__ import annotations

from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage
from gateway.portal.look_ups import recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.phrases import line_name
from gateway.portal.service_calls import act
from services.contracts.governance.funds.budget import list_commitments, release_commitment

PAGES = PageTable()

COMMITMENTS = PAGES.add_list(
    ListPage(
        "commitments", "/console/budget/commitments", list_commitments, _l("经费预留"),
        columns=(
            "description", Column("source_type", macro="source"),
            Column("line_code", value=lambda item: line_name(item["line_code"])), "amount", "paid",
            Column("state", macro="state"),
        ),
        roles=("officer", "auditor"),
        filters=(Field("year", choices=recent_years), "source", "state"),
        lead=_l("福利批次批准、疗休养成团等事项批准时预留经费，付款从预留中支出，办结后余额自动释放。"),
        empty=_l("没有符合条件的预留。"),
        icon="journal-check",
        back=("budget", _l("预算")),
        complete=lambda values: values if request.args else {"state": "open"},
        macros="portal/parts/commitments.html",
        export=ListExport(personal=False),
    )
)  # fmt: skip


@PAGES.post("/console/budget/commitments/<uuid:commitment_id>/release")
@only("officer")
def release_funds(commitment_id: UUID) -> Response:
    """Give what is left of a commitment back to its line."""
    wanted = {"commitment_id": str(commitment_id), "reason": request.form.get("reason", "").strip()}
    return act(release_commitment, wanted, done=gettext("已释放。"), then=url_for("portal.commitments"))
