"""Who attended an activity: the list, marking by hand, adding, closing and opening again, figures by unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, only_in_file
from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.formats import span
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import Batch, ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices, unit_name
from gateway.portal.service_calls import act, attempt, go, part, send
from services.contracts.activities.check_in import operations as contract
from services.contracts.activities.check_in.shapes import MarkAttendance
from services.contracts.activities.check_in.vocabulary import MARKS

PAGES = PageTable()
_ORGANISES = frozenset({"officer", "chair"})
_SHOWN_UNITS = 12


def _companions(item: Mapping[str, Any]) -> str | None:
    expected, came = item["expected_companions"], item["companions"]
    return f"{came}/{expected}" if expected or came else None


def _beside(shown: Shown) -> dict[str, Any]:
    about = shown.about
    by_unit = part(contract.attendance_by_unit, shown.named)
    rows = [
        {
            "words": unit_name(str(one["unit_id"])), "first": one["present"], "second": one["absent"] + one["excused"],
            "whole": max(one["expected"], one["present"]), "text": f"{one['present']}/{one['expected']}",
        }
        for one in by_unit.items
    ]  # fmt: skip
    return {
        "title": gettext("出席：%(title)s", title=about["title"]),
        "lead": span(about["starts_at"], about["ends_at"]),
        "back": (url_for("portal.console_activity", activity_id=shown.named["activity_id"]), gettext("活动")),
        "by_unit": by_unit,
        "rows": sorted(rows, key=lambda row: -int(row["whole"]))[:_SHOWN_UNITS],
        "helpers": names([{"member_id": one} for one in about["helpers"]], "member_id"),
    }


def _may_mark(item: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    return True


ATTENDANCE = PAGES.add_list(
    ListPage(
        "activity_attendance", "/console/activities/<uuid:activity_id>/attendance", contract.list_attendance,
        _l("出席"),
        columns=(
            "member_id", "unit_id", Column("state", state=True), "arrived_at",
            Column("companions", heading=_l("同行"), how="text", optional=True, value=_companions),
            Column("flag", optional=True), Column("desk", optional=True), Column("note", optional=True),
            *only_in_file("walk_in", "method", Column("by_member", how="member")),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=(
            Field("state", blank=_l("全部")), Field("unit_id", choices=unit_choices), Field("flag", blank=_l("全部")),
        ),
        empty=_l("没有符合条件的会员。"),
        icon="people",
        about=contract.get_check_in,
        more=_beside,
        template="portal/console/attendance.html",
        export=ListExport(title=_l("出席名单")),
        batch=Batch(
            "mark_attendees", "member_ids", _l("标记勾选的会员"), _ORGANISES, key="member_id",
            takes=_may_mark, keeps=("activity_id", "state"),
        ),
    )
)  # fmt: skip


@PAGES.post("/console/attendance/mark")
@only("officer", "chair")
def mark_attendees() -> Response:
    """Mark the ticked members."""
    activity_id = request.form.get("activity_id", type=UUID)
    payload = {
        "activity_id": str(activity_id), "member_ids": request.form.getlist("member_ids"),
        "mark": request.form.get("mark", ""), "note": request.form.get("note", "").strip() or None,
    }  # fmt: skip
    kept: dict[str, Any] = {"state": state} if (state := request.form.get("state")) else {}
    then = url_for("portal.activity_attendance", activity_id=activity_id, **kept)
    return act(contract.mark_attendance, payload, done=_marked, then=then)


@PAGES.route("/console/activities/<uuid:activity_id>/attendance/new", methods=["GET", "POST"])
@only("officer", "chair")
def add_attendance(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Enter a member who is not on the list, such as from a paper list."""
    sought, here = sought_member(), url_for("portal.activity_attendance", activity_id=activity_id)
    fields = (
        Field("member_ids", label=_l("会员"), choices=sought.choices, control="select"),
        Field("mark", choices=MARKS, blank=None),
        Field("registered", hint=_l("按纸质报名表补录为已报名，占用一个名额；不勾选的记为现场加入。")),
        Field("note", hint=_l("例如请假的原因；只有组织者和本人所在分工会看得到。")),
    )
    posted = request.form if request.method == "POST" else None
    form = Form(MarkAttendance, fields, values={"mark": "present"}, posted=posted)
    if posted is None or (done := attempt(form, lambda: _entered(form, activity_id))) is None:
        return form_page(
            form, title=gettext("补登一位会员"), back=here, words=gettext("出席"), sought=sought,
            button=gettext("登记"),
        )  # fmt: skip
    flash(_marked(done), "done" if done["marked"] else "note")
    return go(here)


@PAGES.post("/console/activities/<uuid:activity_id>/attendance/close")
@only("officer", "chair")
def close_attendance(activity_id: UUID) -> Response:
    """Close the list."""
    payload = {"activity_id": str(activity_id)}
    done = gettext("出席名单已关闭，活动已登记为已举办，年度计划的进度随之更新。")
    return act(contract.close_attendance, payload, done=done, then=_here(activity_id))


@PAGES.post("/console/activities/<uuid:activity_id>/attendance/reopen")
@only("officer", "chair")
def reopen_attendance(activity_id: UUID) -> Response:
    """Open the list again."""
    payload = {"activity_id": str(activity_id), "reason": request.form.get("reason", "").strip()}
    done = gettext("出席名单已重新打开，更正后请再关闭。")
    return act(contract.reopen_attendance, payload, done=done, then=_here(activity_id))


def _entered(form: Form, activity_id: UUID) -> dict[str, Any]:
    filled = form.payload()
    one = filled.get("member_ids")
    member_ids = one if isinstance(one, list) else [one] if one else []
    return send(contract.mark_attendance, {**filled, "member_ids": member_ids, "activity_id": str(activity_id)})


def _marked(reply: Mapping[str, Any]) -> str:
    if reply["refused"]:
        return gettext("已登记 %(count)s 人，%(refused)s 人没有登记：不在会员名单里，或没有名额。",
                       count=reply["marked"], refused=len(reply["refused"]))  # fmt: skip
    return gettext("已登记 %(count)s 人。", count=reply["marked"])


def _here(activity_id: UUID) -> str:
    return url_for("portal.activity_attendance", activity_id=activity_id)
