"""Enrolling a unit's members: everybody listed, a list typed or uploaded, or last period's; checked, then enrolled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.forms import Field
from gateway.portal.list_pages import Batch, ListExport, ListPage, Shown, Values
from gateway.portal.messages import say_rule
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, own_unit_choices
from gateway.portal.service_calls import PASSED_ON, ask_again, go, part, send, tell
from gateway.portal.uploads import takes_file, upload_of
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.contracts.membership.member_lists import LARGEST_LIST, read_member_list
from services.contracts.welfare.mutual_aid import operations as contract
from services.contracts.welfare.mutual_aid.requests import MOST_AT_ONCE

PAGES = PageTable()
_LISTS = ("officer", "chair")


def _whose_list(values: Values) -> Values:
    """Return the filters with a unit: a list is always one unit's; and with those not covered yet."""
    units = own_unit_choices()
    first = {"unit_id": next(iter(units))} if units else {}
    return {"covered": "false", **first, **values}


def _of_list(shown: Shown) -> dict[str, Any]:
    period_id = shown.named["period_id"]
    period: dict[str, Any] = part(contract.get_cover_period, {"period_id": period_id}).data or {}
    of_plan = {"plan_id": period.get("plan_id"), "limit": 20}
    others = part(contract.list_cover_periods, of_plan).items if period else []
    plan = period.get("plan", {})
    return {
        "period": period,
        "back": (
            url_for("portal.cover_period", period_id=period_id),
            f"{plan.get('name', '')} {period.get('title', '')}".strip() or gettext("互助保障"),
        ),
        "earlier": [one for one in others if one["id"] != period_id and one["state"] != "cancelled"],
        "unit_id": shown.values.get("unit_id"),
        "most": MOST_AT_ONCE,
    }


CANDIDATES = PAGES.add_list(
    ListPage(
        "enrol_in_period", "/console/mutual-aid/periods/<uuid:period_id>/enrol", contract.list_cover_candidates,
        _l("登记参保"),
        columns=("member_id", "unit_id", Column("state", state=True, blank=_l("未参保"))),
        roles=_LISTS,
        filters=(
            Field("unit_id", choices=own_unit_choices),
            Field("covered", _l("范围"), "select", choices={"false": _l("未参保"), "true": _l("已参保")}),
        ),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        complete=_whose_list,
        more=_of_list,
        template="portal/console/enrol.html",
        export=ListExport(name="cover_candidates", title=_l("可参保会员")),
        batch=Batch(
            "enrol_checked", "member_ids", _l("核对勾选的会员"), frozenset(_LISTS), "member_id",
            takes=lambda item, values: item.get("state") in (None, "withdrawn"), keeps=("period_id", "unit_id"),
        ),
    )
)  # fmt: skip


@PAGES.post("/console/mutual-aid/enrol/check")
@takes_file(LARGEST_LIST)
@only(*_LISTS)
def enrol_checked() -> str | Response:
    """Show line by line what would become of a list; nothing is stored."""
    ref: dict[str, Any] = {name: request.form.get(name, "") for name in ("period_id", "unit_id")}
    back = url_for("portal.enrol_in_period", **ref)
    try:
        period = call(contract.get_cover_period, {"period_id": ref["period_id"]})
        lines, meant = _meant(ref["unit_id"])
        checked = call(contract.check_cover_list, {**ref, **meant}) if meant else _nobody()
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(back)
    if not lines and not checked["items"]:
        ask_again(gettext("名单上没有人：请勾选会员，或粘贴、上传名单。"))
        return go(back)
    return render_template(
        "portal/console/enrol_check.html", period=period, unit_id=ref["unit_id"], back=back, checked=checked,
        unread=[one for one in lines if not one.get("member_id")], rows=_rows(checked["items"], lines),
        new=[one["member_id"] for one in checked["items"] if one["outcome"] == "new"],
    )  # fmt: skip


@PAGES.post("/console/mutual-aid/enrol")
@only(*_LISTS)
def enrol_members() -> Response:
    """Enrol the members of a list that was checked."""
    ref: dict[str, Any] = {name: request.form.get(name, "") for name in ("period_id", "unit_id")}
    try:
        reply = send(contract.enrol_members, {**ref, "member_ids": request.form.getlist("member_ids")})
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.enrol_in_period", **ref))
    told = {name: reply[name] for name in ("new", "duplicates", "refused")}
    flash(gettext("已参保 %(new)s 人；%(duplicates)s 人早已参保，%(refused)s 人不能参保。", **told), "done")
    return go(url_for("portal.cover_period", **ref))


def _meant(unit_id: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return the lines of a list that was typed or uploaded, and how the request says who is meant."""
    which = request.form.get("which", "")
    if which == "all":
        return [], {"everybody": True}
    if which == "renew":
        return [], {"from_period_id": request.form.get("from_period_id") or None}
    if which != "list":
        ticked = request.form.getlist("member_ids")
        return [], {"member_ids": ticked} if ticked else {}
    asked = {"unit_id": unit_id, "text": request.form.get("lines", ""), "file": upload_of("list")}
    lines: list[dict[str, Any]] = call(read_member_list, asked)["items"]
    ids = list(dict.fromkeys(one["member_id"] for one in lines if one.get("member_id")))
    return [
        {**one, "why": say_rule(one["rule"], one.get("params") or {})} if one.get("rule") else one for one in lines
    ], ({"member_ids": ids} if ids else {})


def _nobody() -> dict[str, Any]:
    return {"items": [], "new": 0, "duplicates": 0, "refused": 0, "left": 0}


def _rows(items: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the members of a list with names, the line each stands in, and why one can't be covered."""
    people = names([dict(one) for one in items], "member_id")
    places = {one["member_id"]: one["row"] for one in lines if one.get("member_id")}
    return [
        {
            "name": people.get(one["member_id"], "—"),
            "row": places.get(one["member_id"]),
            "outcome": one["outcome"],
            "why": say_rule(one["rule"], one.get("params") or {}) if one.get("rule") else None,
        }
        for one in items
    ]
