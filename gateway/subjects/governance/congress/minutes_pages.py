"""The minutes of a session in the console: written without overwriting others, compared; and its archive."""

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
from gateway.portal.people import OFFICE_ROLES, names, only
from gateway.portal.service_calls import go, part, submit
from gateway.rpc.calls import call
from gateway.subjects.governance.congress import archiving
from gateway.subjects.governance.congress.naming import session_name
from services.chassis.plain_text import whole_number
from services.contracts.governance.congress import minutes as contract
from services.contracts.governance.congress import sessions

PAGES = PageTable()
_TEXT = (
    Field("text", _l("会议记录"), "textarea", extra={"rows": "20"}),
    Field("note", _l("修改说明"), hint=_l("这一稿改了什么，可不填。"), wide=True),
)
_STALE = "minutes.nobody_saved_meanwhile"


@PAGES.get("/console/sessions/<uuid:session_id>/minutes")
@only(*OFFICE_ROLES)
def session_minutes(session_id: UUID) -> str:
    """Show the minutes, or one revision beside the one before it; they begin with what was noted and resolved."""
    number = request.args.get("number", type=whole_number)
    ref = {"session_id": str(session_id)}
    found = call(contract.get_session_minutes, {**ref, "number": number})
    earlier = number is not None and number > 1
    before = call(contract.get_session_minutes, {**ref, "number": number - 1}) if number and earlier else None
    return _page(session_id, found, against=before)


@PAGES.post("/console/sessions/<uuid:session_id>/minutes")
@only("officer")
def save_session_minutes(session_id: UUID) -> Response | tuple[str, int]:
    """Save the minutes; who was overtaken gets both versions and loses nothing that was typed."""
    form = Form(contract.SaveSessionMinutes, _TEXT, posted=request.form)
    base = request.form.get("base", type=whole_number) or 0
    saved = submit(form, contract.save_session_minutes, session_id=str(session_id), base=base)
    if saved is not None:
        flash(gettext("第 %(number)s 稿已保存。", number=saved["number"]), "done")
        return go(url_for("portal.session_minutes", session_id=session_id))
    found = call(contract.get_session_minutes, {"session_id": str(session_id)})
    stale = form.problem is not None and form.problem.rule == _STALE
    return _page(session_id, found, form, stale=stale, base=found["latest"] if stale else base), 422


@PAGES.post("/console/sessions/<uuid:session_id>/archives")
@only("officer")
def archive_session(session_id: UUID) -> Response:
    """Start a job that makes the archive, and show its progress."""
    started = archiving.start({"session_id": session_id})
    return go(url_for("portal.job", job_id=started["id"]))


def _page(
    session_id: UUID, found: dict[str, Any], form: Form | None = None, *, stale: bool = False, base: int | None = None,
    against: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    session = call(sessions.get_session, {"session_id": str(session_id)})
    revisions = part(contract.list_session_minutes, {"session_id": str(session_id), "limit": 50})
    mine = form["text"].value if form is not None else ""
    text = found["text"] or _draft(session)
    return render_template(
        "portal/console/session_minutes.html", session=session, name=session_name(session), it=found,
        form=form or Form(contract.SaveSessionMinutes, _TEXT, values={"text": text}), stale=stale,
        base=found["latest"] if base is None else base, revisions=revisions, against=against,
        names=names([*revisions.items, found], "member_id"),
        lines=compared(found["text"], mine) if stale else compared(against["text"], found["text"]) if against else [],
    )  # fmt: skip


def _draft(found: dict[str, Any]) -> str:
    """Return minutes to begin with: what was noted on each item, how votes came out, how leaders were assessed."""
    items = [f"{one['position']}. {one['title']} {one['note'] or ''}".rstrip() for one in found["agenda"]]
    votes = [_vote_words(one) for one in found["resolutions"] if one["state"] != "voting"]
    return "\n".join([*items, *votes, *archiving.contents.assessed(found)])


def _vote_words(one: dict[str, Any]) -> str:
    return gettext(
        "%(title)s：应到 %(delegates)s，实到 %(present)s，赞成 %(votes_for)s，反对 %(against)s，弃权 %(abstained)s",
        **one,
    )
