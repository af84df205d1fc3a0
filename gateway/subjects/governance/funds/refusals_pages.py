"""Refused expenses: the rule, checking again, an officer's override if there is no rule."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.phrases import refusal_words
from gateway.portal.service_calls import PASSED_ON, go, part, send, tell
from services.chassis.errors import Problem
from services.chassis.schema import Operation
from services.contracts.governance.funds.operations import (
    REFUSAL_STATES,
    list_refusals,
    override_refusal,
    retry_refusal,
)
from services.contracts.governance.funds.vocabulary import SOURCE_TYPES

PAGES = PageTable()

FILTERS = (
    Field("state", _l("状态"), "select", choices=REFUSAL_STATES, blank=ALL),
    Field("source", _l("来源"), "select", choices=SOURCE_TYPES, blank=ALL),
)


@PAGES.get("/console/funds/refusals")
@only("officer", "auditor")
def fund_refusals() -> str:
    """List refused expenses, newest first; at first those still open."""
    values = chosen(FILTERS) if request.args else {"state": "open"}
    found = part(list_refusals, asked(**values))
    return render_template("portal/console/refusals.html", list=listing(found), filters=FILTERS, values=values)


@PAGES.post("/console/funds/refusals/<uuid:refusal_id>/retry")
@only("officer")
def retry(refusal_id: UUID) -> Response:
    """Check a refused expense again."""
    return _again(retry_refusal, {"refusal_id": str(refusal_id)})


@PAGES.post("/console/funds/refusals/<uuid:refusal_id>/override")
@only("officer")
def override(refusal_id: UUID) -> Response:
    """Record an expense for which no rule exists, with the reason and the decision behind it."""
    payload = {
        "refusal_id": str(refusal_id),
        "reason": request.form.get("reason", "").strip(),
        "decision": request.form.get("decision", "").strip(),
    }
    return _again(override_refusal, payload)


def _again(operation: Operation, payload: dict[str, Any]) -> Response:
    try:
        reply = send(operation, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        if reply["outcome"] == "recorded":
            flash(gettext("已入账。"), "done")
        else:
            refusal = reply["refusal"]
            tell(Problem(refusal_words(refusal), rule=refusal["rule"]))
    return go(url_for("portal.fund_refusals"))
