"""Check-in for members: the code to show at the desk, what one attended, the certificate."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response

from gateway.pdf.codes import qr_svg
from gateway.portal.list_pages import ListPage
from gateway.portal.messages import explain
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, go, tell
from gateway.portal.uploads import file_response
from gateway.read_models import activities
from gateway.rpc.calls import call
from gateway.subjects.activities.check_in.certificates import certificate_of
from services.chassis.errors import Problem
from services.contracts.activities.check_in import operations as contract

PAGES = PageTable()

MINE = PAGES.add_list(
    ListPage(
        "my_attendance", "/me/attendance", contract.my_attendance, _l("参加记录"),
        columns=(),
        roles=("member",),
        empty=_l("还没有记录。活动的出席名单登记后，这里会显示。"),
        icon="clipboard-check",
        back=("me", _l("我的")),
        template="portal/member/my_attendance.html",
        layout="member",
    )
)  # fmt: skip


@PAGES.get("/activities/<uuid:activity_id>/code")
@only("member")
def my_check_in_code(activity_id: UUID) -> str:
    """Show the code by which one checks in."""
    return _with_code("portal/member/check_in_code.html", activity_id)


@PAGES.get("/activities/<uuid:activity_id>/code/new")
@only("member")
def new_check_in_code(activity_id: UUID) -> str:
    """Return a new code for the page that shows one, before the last one ends."""
    return _with_code("portal/parts/check_in_code.html", activity_id)


@PAGES.get("/me/attendance/<uuid:attendance_id>/certificate.pdf")
@only("member")
def attendance_certificate(attendance_id: UUID) -> Response:
    """Hand out the certificate of one's own attendance."""
    try:
        return file_response(certificate_of({"attendance_id": str(attendance_id)}))
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.my_attendance"))


def _with_code(template: str, activity_id: UUID) -> str:
    shown: dict[str, Any] = {"found": None, "problem": None, "code": None}
    try:
        found = call(contract.my_check_in_code, {"activity_id": str(activity_id)})
        shown["found"] = found
        shown["code"] = Markup(qr_svg(found["code"])) if found["code"] else None  # noqa: S704  made by segno here
    except PASSED_ON:
        raise
    except Problem as problem:
        shown["problem"] = explain(problem)
    return render_template(template, activity=activities.get(activity_id), activity_id=activity_id, **shown)
