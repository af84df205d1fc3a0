"""Members' accounts: who has one, who has an unused slip; slips printed, made anew and revoked."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.forms import Field
from gateway.portal.listing import ALL, asked, chosen, listing
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices
from gateway.portal.service_calls import PASSED_ON, Part, go, tell
from gateway.portal.uploads import file_response
from gateway.subjects.own.accounts import slips
from services.chassis.errors import Problem
from services.contracts.gateway.accounts import ACCOUNT_STATES, MOST_AT_ONCE, ListHolders

PAGES = PageTable()

FILTERS = (
    Field("number", _l("会员号"), "search"),
    Field("unit_id", _l("分工会"), "select", choices=own_unit_choices, blank=ALL),
    Field("state", _l("账号"), "select", choices=ACCOUNT_STATES, blank=ALL),
)


@PAGES.get("/console/accounts")
@only("officer", "chair")
def member_accounts() -> str:
    """Show accounts and slips by unit, and the members one by one."""
    values = {name: value for name, value in chosen(FILTERS).items() if not ListHolders().validate({name: value})}
    found = Part(data=slips.list_holders(asked(**values)))
    counted = slips.figures({"unit_id": values["unit_id"]} if "unit_id" in values else {})["items"]
    return render_template(
        "portal/console/accounts.html",
        list=listing(found),
        people=names(found.items, "member_id"),
        figures={state: sum(unit[state] for unit in counted) for state in (*ACCOUNT_STATES, "used")},
        by_unit=counted,
        filters=FILTERS,
        values=values,
    )


@PAGES.post("/console/accounts/slips")
@only("officer", "chair")
def print_account_slips() -> Response:
    """Hand out slips; many of them are long work."""
    wanted: dict[str, Any] = {**_whose(), "replace": request.form.get("replace") == "1"}
    try:
        if slips.count(wanted) <= MOST_AT_ONCE:
            return file_response(slips.print_at_once(wanted))
        job = slips.start(wanted)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_back())
    flash(gettext("开通单较多，正在后台排版，好了在这里下载。"), "done")
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.post("/console/accounts/slips/revoke")
@only("officer", "chair")
def revoke_account_slips() -> Response:
    """End unused slips, of one member or of a unit."""
    try:
        ended = slips.revoke({**_whose(), "reason": request.form.get("reason", "").strip()})["revoked"]
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
    else:
        flash(gettext("已作废 %(count)s 张开通单。", count=ended), "done")
    return go(_back())


def _whose() -> dict[str, Any]:
    """Return the unit or the one member the form is about."""
    whose: dict[str, Any] = {"unit_id": request.form["unit_id"]} if request.form.get("unit_id") else {}
    return {**whose, "member_ids": [request.form["member_id"]]} if request.form.get("member_id") else whose


def _back() -> str:
    return url_for("portal.member_accounts", unit_id=request.form.get("unit_id") or None)
