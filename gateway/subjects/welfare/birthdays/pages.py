"""Birthday care: the month's list, vouchers issued from it with progress, their collection by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal import many
from gateway.portal.columns import Column, actions
from gateway.portal.formats import first_of_month, month_name, plain_day
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from gateway.rpc.calls import call
from services.chassis.amounts import plain_amount
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.governance.rulebook.operations import list_missing_rules
from services.contracts.welfare.birthdays import (
    collect_birthday_voucher,
    draw_up_birthday_list,
    get_birthday_list,
    get_birthday_run,
    issue_birthday_vouchers,
    list_birthday_grants,
    list_birthday_runs,
    stop_birthday_run,
    withdraw_birthday_grant,
)

PAGES = PageTable()


def _month() -> dict[str, Any]:
    """Return the month asked for, else the present one."""
    year, month = (request.values.get(name, type=whole_number) for name in ("year", "month"))
    if year and month and 2000 <= year <= 2100 and 1 <= month <= 12:
        return {"year": year, "month": month}
    return {"year": today().year, "month": today().month}


def _stand(shown: Shown) -> dict[str, Any]:
    """Return how the month's birthday care stands, and the months before and after it."""
    month = _month()
    sees_runs = current_principal().roles & {"officer", "auditor"}
    others: dict[str, Any] = {name: value for name, value in shown.values.items() if name not in month}
    return {
        **month,
        "lead": gettext("%(year)s 年 %(month)s", year=month["year"], month=month_name(month["month"])),
        "summary": part(get_birthday_list, month),
        "lacking": _lacking() if sees_runs else [],
        "runs": part(list_birthday_runs, {**month, "limit": 5}) if sees_runs else None,
        "before": url_for("portal.birthdays", **_moved(month, -1), **others),
        "after": url_for("portal.birthdays", **_moved(month, 1), **others),
    }


def _lacking() -> list[str]:
    """Return the rules without which the funds refuse every voucher."""
    keys = (part(list_missing_rules).data or {}).get("keys", [])
    return [key for key in keys if key.startswith("benefit.birthday.")]


def _moved(month: Mapping[str, int], by: int) -> dict[str, Any]:
    first = first_of_month(month["year"], month["month"], by)
    return {"year": first.year, "month": first.month}


GRANTS = PAGES.add_list(
    ListPage(
        "birthdays", "/console/birthdays", list_birthday_grants, _l("生日慰问"),
        columns=(
            "member_id", "unit_id", Column("celebrated_on", macro="birthday"), Column("amount", macro="gift"),
            Column("form", on_page=False), Column("issued_at", on_page=False), Column("collected_at", on_page=False),
            Column("claim_state", macro="claim"), Column("state", state=True), actions("withdraw"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("year", control="hidden"), Field("month", control="hidden"), Field("unit_id", choices=unit_choices),
            "state",
        ),
        empty=_l("本月名单上没有符合条件的会员。"),
        icon="cake2",
        complete=lambda values: {**values, **{name: str(value) for name, value in _month().items()}},
        more=_stand,
        template="portal/console/birthdays.html",
        macros="portal/parts/birthdays.html",
        export=ListExport(),
    )
)  # fmt: skip


def _here() -> str:
    return url_for("portal.birthdays", **_month())


@PAGES.post("/console/birthdays/draw-up")
@only("officer")
def draw_up() -> Response:
    """Put the month's birthdays on the list; again adds only who is new."""
    return act(draw_up_birthday_list, _month(), done=gettext("本月生日名单已生成。"), then=_here())


@PAGES.get("/console/birthdays/issue")
@only("officer")
def confirm_issue() -> str:
    """Ask whether vouchers are to be issued to the whole list of a month."""
    month = _month()
    items, _ = many.first_of(list_birthday_grants, {**month, "state": "listed"})
    found = call(get_birthday_list, month)
    people = names(items, "member_id")
    rows = [
        (people.get(item["member_id"], ""), f"{unit_name(item['unit_id'])} · {plain_day(item['celebrated_on'])}")
        for item in items
    ]
    return many.asked_again(
        many.Concerned(found["listed"], rows),
        title=gettext("发放慰问"),
        told=gettext("将向 %(count)s 人发放。", count=f"{found['listed']:,}"),
        chosen=gettext(
            "%(year)s 年 %(month)s生日名单上待发放的会员，每人一份，并报工会经费入账。",
            year=month["year"], month=month_name(month["month"]),
        ),
        button=gettext("确认发放"),
        action=url_for("portal.issue"),
        back=_here(),
        kept=month,
        template="portal/console/issue_birthdays.html",
        summary=found,
    )  # fmt: skip


@PAGES.post("/console/birthdays/issue")
@only("officer")
def issue() -> Response:
    """Issue vouchers to the whole list, if it is as long as was seen, or to those that were ticked."""
    payload = {
        **_month(),
        "amount": plain_amount(request.form.get("amount", "")).strip(),
        "form": request.form.get("form") or "voucher",
        "collect_by": request.form.get("collect_by") or None,
        "grant_ids": request.form.getlist("grant_ids") or None,
        "expected": many.seen(),
    }
    done = gettext("开始发放，进度显示在下方。")
    return act(issue_birthday_vouchers, payload, done=done, then=_here())


@PAGES.get("/console/birthdays/runs/<uuid:run_id>")
@only("officer", "auditor")
def birthday_run(run_id: UUID) -> str:
    """Answer only the bar of one issue; the page asks again until it is done."""
    return render_template("portal/console/birthday_run.html", run=part(get_birthday_run, {"run_id": str(run_id)}).data)


@PAGES.post("/console/birthdays/runs/<uuid:run_id>/stop")
@only("officer")
def stop_run(run_id: UUID) -> Response:
    """Stop an issue; what was issued stays."""
    return act(stop_birthday_run, {"run_id": str(run_id)}, done=gettext("已停止发放。"), then=_here())


@PAGES.post("/console/birthdays/collect")
@only("officer", "chair")
def collect() -> Response:
    """Hand a voucher over by the code the member shows."""
    try:
        grant = send(collect_birthday_voucher, {"code": request.form.get("code", "").strip()})
    except PASSED_ON as problem:
        tell(problem)
    except Problem as problem:
        tell(problem)
    else:
        who = names([grant], "member_id").get(grant["member_id"], "")
        flash(gettext("%(name)s的慰问已领取。", name=who), "done")
    return go(_here())


@PAGES.post("/console/birthdays/<uuid:grant_id>/withdraw")
@only("officer")
def withdraw_grant(grant_id: UUID) -> Response:
    """Take a member off the list before a voucher was issued."""
    payload = {"grant_id": str(grant_id), "reason": request.form.get("reason", "").strip()}
    return act(withdraw_birthday_grant, payload, done=gettext("已从名单撤下。"), then=_here())
