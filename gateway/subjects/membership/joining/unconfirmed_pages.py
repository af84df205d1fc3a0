"""Applications no unit has looked at yet: listed apart, and rejected many at once."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, go, part, send, tell
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.membership.joining.operations import list_unconfirmed, reject_unconfirmed
from services.contracts.membership.joining.unconfirmed import MOST_UNCONFIRMED

PAGES = PageTable()

FILTERS = (
    Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=ALL),
    Field("submitted_from", _l("提交日期从"), "date"),
    Field("submitted_until", _l("到"), "date"),
)
SAME_PLACE = "same_place_as"


@PAGES.get("/console/applications/unconfirmed")
@only(*CONSOLE_ROLES)
def unconfirmed_applications() -> str:
    """List them, with how many came from one network, and offer to reject those of one unit together."""
    values = chosen((*FILTERS, Field(SAME_PLACE, "")))
    found = part(list_unconfirmed, asked(with_total=True, **values))
    total = found.total or 0
    may_reject = bool(current_principal().roles & {"officer", "chair"})
    return render_template(
        "portal/console/unconfirmed.html",
        list=listing(found),
        filters=FILTERS,
        values=values,
        may_reject=may_reject,
        rejectable=may_reject and "unit_id" in values and 0 < total <= MOST_UNCONFIRMED,
    )


@PAGES.post("/console/applications/unconfirmed/reject")
@only("officer", "chair")
def reject_unconfirmed_applications() -> Response:
    """Reject all the filter finds, if they are as many as the page told."""
    names = ("unit_id", "submitted_from", "submitted_until", SAME_PLACE)
    payload: dict[str, Any] = {name: request.form[name] for name in names if request.form.get(name)}
    payload["expected"] = request.form.get("expected", type=whole_number)
    payload["reason"] = request.form.get("reason", "").strip()
    try:
        reply = send(reject_unconfirmed, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        flash(gettext("已将 %(count)s 份申请定为不通过。", count=reply["rejected"]), "done")
    return go(url_for("portal.unconfirmed_applications", unit_id=request.form.get("unit_id")))
