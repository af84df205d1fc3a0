"""Members' accounts: who has one, who has an unused slip; slips printed, made anew and revoked."""

from __future__ import annotations

from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only, own_unit_choices
from gateway.portal.service_calls import PASSED_ON, carry_out, go, tell
from gateway.portal.uploads import file_response
from gateway.subjects.own.accounts import slips
from services.chassis.errors import Problem
from services.contracts.gateway.accounts import ACCOUNT_STATES, MOST_AT_ONCE, list_holders

PAGES = PageTable()


def _figures(shown: Shown) -> dict[str, Any]:
    """Return accounts and slips counted by unit, and summed."""
    unit = {"unit_id": shown.values["unit_id"]} if "unit_id" in shown.values else {}
    by_unit = slips.figures(unit)["items"]
    figures = {state: sum(unit[state] for unit in by_unit) for state in (*ACCOUNT_STATES, "used")}
    return {"figures": figures, "by_unit": by_unit}


ACCOUNTS = PAGES.add_list(
    ListPage(
        "member_accounts", "/console/accounts", list_holders, _l("会员账号"),
        columns=(
            "member_id", "number", "unit_id", Column("state", state=True),
            Column("day", _l("日期"), macro="day", in_file=False),
            *(Column(key, on_page=False) for key in ("issued_at", "expires_at", "opened_at")), actions("handle"),
        ),
        roles=("officer", "chair"),
        filters=("q", Field("number", control="hidden"), Field("unit_id", choices=own_unit_choices), "state"),
        lead=_l("由名册或人事数据入会的会员没有账号，凭开通单自己开通；已有账号的不再发。"),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        link="member",
        argument="member_id",
        read=slips.list_holders,
        more=_figures,
        template="portal/console/accounts.html",
        macros="portal/parts/accounts.html",
        export=ListExport(name="accounts"),
    )
)  # fmt: skip


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
    wanted = {**_whose(), "reason": request.form.get("reason", "").strip()}
    return carry_out(
        lambda: slips.revoke(wanted), then=_back(),
        done=lambda reply: gettext("已作废 %(count)s 张开通单。", count=reply["revoked"]),
    )  # fmt: skip


def _whose() -> dict[str, Any]:
    """Return the unit or the one member the form is about."""
    whose: dict[str, Any] = {"unit_id": request.form["unit_id"]} if request.form.get("unit_id") else {}
    return {**whose, "member_ids": [request.form["member_id"]]} if request.form.get("member_id") else whose


def _back() -> str:
    return url_for("portal.member_accounts", unit_id=request.form.get("unit_id") or None)
