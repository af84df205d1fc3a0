"""One's own examinations: booking, moving, cancelling, and what was before."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, part
from services.contracts.welfare.examinations import operations as contract

PAGES = PageTable()


@PAGES.get("/me/examinations")
@only("member")
def my_examinations() -> str:
    """Show one's examinations, newest first, with what can be booked."""
    mine = part(contract.my_examinations, {"limit": 20})
    return render_template("portal/member/examinations.html", mine=mine)


@PAGES.post("/me/examinations/<uuid:examination_id>/book")
@only("member")
def book_examination(examination_id: UUID) -> Response:
    """Book a slot, or move there."""
    payload = {
        "examination_id": str(examination_id),
        **{name: request.form.get(name, "") for name in ("package_id", "slot_id")},
    }
    return act(contract.book_examination, payload, done=gettext("已预约。"), then=_here())


@PAGES.post("/me/examination-bookings/<uuid:examinee_id>/cancel")
@only("member")
def cancel_own_examination(examinee_id: UUID) -> Response:
    """Give one's appointment back."""
    payload, done = {"examinee_id": str(examinee_id)}, gettext("预约已取消，可以重新预约。")
    return act(contract.cancel_examination_booking, payload, done=done, then=_here())


def _here() -> str:
    return url_for("portal.my_examinations")
