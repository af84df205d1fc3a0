"""Inviting a guest to a meeting, who is searched for by name."""

from __future__ import annotations

from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.meetings.meeting_pages import here
from services.contracts.governance.meetings import meetings
from services.contracts.governance.meetings.vocabulary import SEAT_ROLES

PAGES = PageTable()


@PAGES.route("/console/meetings/<uuid:meeting_id>/guests/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_guest(meeting_id: UUID) -> str | Response | tuple[str, int]:
    """Invite somebody who is not of the body."""
    found, sought = call(meetings.get_meeting, {"meeting_id": str(meeting_id)}), sought_member()
    fields = (
        Field("member_id", choices=sought.choices, control="select"),
        Field("role", choices=SEAT_ROLES.only("guest", "secretary"), hint=_l("都没有表决权，不计入到会人数。")),
    )
    posted = request.form if request.method == "POST" else None
    form = Form(meetings.SetSeat, fields, values={"role": "guest"}, posted=posted)
    if posted is None or submit(form, meetings.set_meeting_seat, meeting_id=str(meeting_id)) is None:
        return form_page(
            form, title=gettext("邀请列席"), back=here(meeting_id), words=found["title"], sought=sought,
            button=gettext("邀请"),
        )  # fmt: skip
    flash(gettext("已列入参会名单。"), "done")
    return go(here(meeting_id, "seats"))
