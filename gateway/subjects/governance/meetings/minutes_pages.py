"""The minutes of a meeting: reading, writing without overwriting others, comparing revisions, approving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.comparing import compared
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only
from gateway.portal.service_calls import act, go, part, submit
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from gateway.subjects.governance.meetings.frames import frame
from gateway.subjects.governance.meetings.meeting_pages import ALL, RUNS
from gateway.subjects.governance.meetings.papers import minutes_paper_of
from services.chassis.plain_text import whole_number
from services.contracts.governance.meetings import meetings
from services.contracts.governance.meetings import minutes as contract

PAGES = PageTable()
_PATH = "/meetings/<uuid:meeting_id>/minutes"
_TEXT = (
    Field("text", _l("纪要"), "textarea", extra={"rows": "18"}),
    Field("note", _l("修改说明"), hint=_l("这一稿改了什么，可不填。"), wide=True),
)
_DONE = {
    "circulate": (contract.circulate_minutes, _l("纪要已送审，参会人可以看到。")),
    "approve": (contract.approve_minutes, _l("纪要已审签。")),
}
STALE = "minutes.nobody_saved_meanwhile"


@PAGES.get(_PATH)
@only(*ALL)
def minutes(meeting_id: UUID) -> str:
    """Show the minutes, or one revision beside the one it was written from."""
    number = request.args.get("number", type=whole_number)
    found = call(contract.get_minutes, {**_ref(meeting_id), "number": number})
    base = _base_of(meeting_id, number) if number and number > 1 else None
    return _page(meeting_id, found, against=base)


@PAGES.post(_PATH)
@only(*RUNS)
def save_minutes(meeting_id: UUID) -> Response | tuple[str, int]:
    """Save the minutes; who was overtaken gets both versions and loses nothing that was typed."""
    form = Form(contract.SaveMinutes, _TEXT, posted=request.form)
    base = request.form.get("base", type=whole_number) or 0
    saved = submit(form, contract.save_minutes, meeting_id=str(meeting_id), base=base)
    if saved is not None:
        flash(gettext("第 %(number)s 稿已保存。", number=saved["number"]), "done")
        return go(_here(meeting_id))
    found = call(contract.get_minutes, _ref(meeting_id))
    stale = form.problem is not None and form.problem.rule == STALE
    return _page(meeting_id, found, form, stale=stale, base=found["latest"] if stale else base), 422


@PAGES.post(f"{_PATH}/<any(circulate, approve):what>")
@only(*RUNS)
def move_minutes(meeting_id: UUID, what: str) -> Response:
    """Send the minutes out, or approve them."""
    operation, done = _DONE[what]
    return act(operation, _ref(meeting_id), done=str(done), then=_here(meeting_id))


@PAGES.post(f"{_PATH}/return")
@only(*RUNS)
def return_minutes(meeting_id: UUID) -> Response:
    """Send the minutes back."""
    payload = {**_ref(meeting_id), "reason": request.form.get("reason", "").strip()}
    return act(contract.return_minutes, payload, done=gettext("纪要已退回修改。"), then=_here(meeting_id))


@PAGES.get("/meetings/<uuid:meeting_id>/minutes.pdf")
@only(*ALL)
def minutes_file(meeting_id: UUID) -> Response:
    """Hand out the minutes as a PDF."""
    return file_response(minutes_paper_of(_ref(meeting_id)))


def _page(
    meeting_id: UUID, found: dict[str, Any], form: Form | None = None, *, stale: bool = False, base: int | None = None,
    against: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    revisions = part(contract.list_minutes_revisions, {**_ref(meeting_id), "limit": 50})
    mine = form["text"].value if form is not None else ""
    return render_template(
        "portal/meetings/minutes.html", frame=frame(), meeting=call(meetings.get_meeting, _ref(meeting_id)), it=found,
        form=form or Form(contract.SaveMinutes, _TEXT, values={"text": found["text"]}), stale=stale,
        base=found["latest"] if base is None else base, revisions=revisions,
        names=names([*revisions.items, found], "member_id", "approved_by"), against=against,
        lines=compared(found["text"], mine) if stale else compared(against["text"], found["text"]) if against else [],
    )  # fmt: skip


def _base_of(meeting_id: UUID, number: int) -> dict[str, Any]:
    """Return the revision before one."""
    return call(contract.get_minutes, {**_ref(meeting_id), "number": number - 1})


def _ref(meeting_id: UUID) -> dict[str, Any]:
    return {"meeting_id": str(meeting_id)}


def _here(meeting_id: UUID) -> str:
    return url_for("portal.minutes", meeting_id=meeting_id)
