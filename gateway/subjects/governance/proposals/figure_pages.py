"""Figures of proposals in the console: by department, kind, year, satisfaction, outcome or state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.form_fields import Field, completed_fields
from gateway.portal.look_ups import recent_years
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import part
from gateway.portal.words import words
from gateway.subjects.governance.proposals.list_pages import campaign_choices
from services.contracts.governance.proposals.operations import proposal_figures as asked
from services.contracts.governance.proposals.requests import ProposalFiguresAsked
from services.contracts.governance.proposals.vocabulary import FIGURE_GROUPS

PAGES = PageTable()
_VOCABULARIES = {
    "kind": "proposal_kind", "satisfaction": "proposal_grade", "outcome": "proposal_outcome", "state": "proposal",
}  # fmt: skip


@PAGES.get("/console/proposal-figures")
@only("officer", "auditor", "chair")
def proposal_figures() -> str:
    """Show how many proposals were filed and closed, and how they satisfy."""
    group = request.args.get("group", "department")
    group = group if group in FIGURE_GROUPS else "department"
    fields = (
        Field("group", control="select", choices=FIGURE_GROUPS),
        Field("year", control="select", choices=recent_years, blank=_l("全部")),
        Field("campaign_id", control="select", choices=campaign_choices, blank=_l("全部")),
    )
    filters = completed_fields(fields, ProposalFiguresAsked().fields, of_filter=True)
    year = request.args.get("year", type=int)
    payload: dict[str, Any] = {"group": group, "year": year, "campaign_id": request.args.get("campaign_id") or None}
    found = part(asked, payload)
    rows = [{**one, "words": _words(group, one)} for one in found.items]
    shown = {"filters": filters, "values": {**request.args, "group": group}, "found": found, "rows": rows}
    return render_template("portal/console/proposal_figures.html", heading=words(group, "proposal_figure"), **shown)


def _words(group: str, row: Mapping[str, Any]) -> str:
    if row["word"] is None:
        return gettext("（没有）")
    if group in _VOCABULARIES:
        return str(words(row["word"], _VOCABULARIES[group]))
    return str(row["name"] or row["word"])
