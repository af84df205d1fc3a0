"""Members' accounts: who has one, who has an unused slip; slips printed, made anew and revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal import many
from gateway.portal.columns import Column, actions
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices, unit_name
from gateway.portal.service_calls import PASSED_ON, carry_out, go, tell
from gateway.portal.uploads import file_response
from gateway.subjects.own.accounts import slips
from services.chassis.errors import Problem, refuse_first
from services.chassis.rules.refusal import number_is_as_seen
from services.contracts.gateway.accounts import ACCOUNT_STATES, MOST_AT_ONCE, list_holders

PAGES = PageTable()


def _figures(shown: Shown) -> dict[str, Any]:
    """Return accounts and slips counted by unit, and summed."""
    unit: dict[str, Any] = {"unit_id": shown.values["unit_id"]} if "unit_id" in shown.values else {}
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


@PAGES.get("/console/accounts/slips")
@only("officer", "chair")
def confirm_slips() -> str:
    """Ask whether slips are to be printed for everybody of a unit, or of all, who has neither account nor slip."""
    unit: dict[str, Any] = {"unit_id": request.args["unit_id"]} if request.args.get("unit_id") else {}
    by_unit = slips.figures(unit)["items"]
    none, expired, slip = (sum(one[state] for one in by_unit) for state in ("none", "expired", "slip"))
    items = slips.list_holders({**unit, "state": "none" if none else "expired", "limit": many.SHOWN})["items"]
    return many.asked_again(
        many.Concerned(none + expired, _named(items)),
        title=gettext("打印开通单"),
        told=gettext("将为 %(count)s 人各印一张。", count=f"{none + expired:,}"),
        chosen=gettext(
            "%(unit)s：没有账号、也没有有效开通单的会员。"
            "A4 每页十张，带裁切线；开通码只在纸上，系统里查不到，请当面交给本人。",
            unit=_name_of(unit),
        ),
        button=gettext("排版并下载"),
        action=url_for("portal.print_account_slips"),
        back=url_for("portal.member_accounts", **unit),
        kept=unit,
        template="portal/console/print_slips.html",
        file=True,
        open_slips=slip,
    )


@PAGES.post("/console/accounts/slips")
@only("officer", "chair")
def print_account_slips() -> Response:
    """Hand out slips, if they are as many as were seen; many of them are long work."""
    wanted: dict[str, Any] = {**_whose(), "replace": request.form.get("replace") == "1"}
    try:
        total = slips.count(wanted)
        refuse_first(None if wanted["replace"] else number_is_as_seen(total, many.seen()))
        if total <= MOST_AT_ONCE:
            return file_response(slips.print_at_once(wanted))
        job = slips.start(wanted)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_back())
    flash(gettext("开通单较多，正在后台排版，好了在这里下载。"), "done")
    return go(url_for("portal.job", job_id=job["id"]))


@PAGES.get("/console/accounts/slips/revoke")
@only("officer", "chair")
def confirm_revocation() -> str:
    """Ask whether the unused slips of a unit, or of all, are to be ended."""
    unit: dict[str, Any] = {"unit_id": request.args["unit_id"]} if request.args.get("unit_id") else {}
    by_unit = slips.figures(unit)["items"]
    total = sum(one["slip"] + one["expired"] for one in by_unit)
    items = [
        item
        for state in ("slip", "expired")
        for item in slips.list_holders({**unit, "state": state, "limit": many.SHOWN})["items"]
    ]
    return many.asked_again(
        many.Concerned(total, _named(items[: many.SHOWN])),
        title=gettext("作废开通单"),
        told=gettext("将作废 %(count)s 张未用的开通单。", count=f"{total:,}"),
        chosen=gettext("%(unit)s：已开通的账号不受影响。", unit=_name_of(unit)),
        button=gettext("确认作废"),
        action=url_for("portal.revoke_account_slips"),
        back=url_for("portal.member_accounts", **unit),
        kept=unit,
        template="portal/console/revoke_slips.html",
    )


@PAGES.post("/console/accounts/slips/revoke")
@only("officer", "chair")
def revoke_account_slips() -> Response:
    """End unused slips, of one member or of a unit, if they are as many as were seen."""
    wanted = {**_whose(), "reason": request.form.get("reason", "").strip(), "expected": many.seen()}
    return carry_out(
        lambda: slips.revoke(wanted), then=_back(),
        done=lambda reply: gettext("已作废 %(count)s 张开通单。", count=reply["revoked"]),
    )  # fmt: skip


def _named(holders: list[dict[str, Any]]) -> list[tuple[str, str]]:
    people = names(holders, "member_id")
    return [
        (people.get(one["member_id"], one["number"]), f"{unit_name(one['unit_id'])} · {one['number']}")
        for one in holders
    ]


def _name_of(unit: Mapping[str, Any]) -> str:
    return unit_name(unit["unit_id"]) if unit else gettext("所辖全部分工会")


def _whose() -> dict[str, Any]:
    """Return the unit or the one member the form is about."""
    whose: dict[str, Any] = {"unit_id": request.form["unit_id"]} if request.form.get("unit_id") else {}
    return {**whose, "member_ids": [request.form["member_id"]]} if request.form.get("member_id") else whose


def _back() -> str:
    return url_for("portal.member_accounts", unit_id=request.form.get("unit_id") or None)
