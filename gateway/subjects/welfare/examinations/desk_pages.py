"""The day of an examination: the desk's scanner, a slot's list, the list for the hospital, booking for a member."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, make_response, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.desks import scanned
from gateway.portal.exporting import as_file, written
from gateway.portal.formats import moment
from gateway.portal.list_pages import Batch, ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, send, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from services.chassis.errors import NotFound, Problem
from services.contracts.gateway.codes import LONGEST_CODE
from services.contracts.membership.card import read_card
from services.contracts.welfare.examinations import operations as contract

PAGES = PageTable()


def _of_slot(shown: Shown) -> dict[str, Any]:
    found = part(contract.get_examination, {"examination_id": shown.named["examination_id"]}).data or {"slots": []}
    slot = next((one for one in found["slots"] if one["id"] == shown.named["slot_id"]), None)
    title = {"title": f"{slot['hospital']} {moment(slot['starts_at'])}"} if slot else {}
    above = url_for("portal.examination", examination_id=shown.named["examination_id"])
    back = (above, found.get("title", gettext("体检")))
    return {"examination": found, "slot": slot, "back": back, **title}


PAGES.add_list(
    ListPage(
        "examination_slot", "/console/examinations/<uuid:examination_id>/slots/<uuid:slot_id>",
        contract.list_examinees, _l("体检时段"),
        columns=("member_id", "unit_id", "package", Column("state", state=True)),
        roles=("officer",),
        empty=_l("还没有人约这个时段。"),
        icon="people",
        more=_of_slot,
        template="portal/console/examination_slot.html",
        export=ListExport(title=_l("体检时段名单")),
        batch=Batch("mark_slot", "attended", _l("登记到检"), frozenset({"officer"}), key="member_id",
                    takes=lambda item, values: item["state"] != "attended"),
    )
)  # fmt: skip


@PAGES.post("/console/examination-slots/mark")
@only("officer")
def mark_slot() -> Response:
    """Mark by the list who came."""
    slot_id = request.form.get("slot_id", "")
    payload = {
        "slot_id": slot_id,
        "attended": request.form.getlist("attended"),
        "rest_absent": request.form.get("rest_absent") == "1",
    }
    then = url_for(
        "portal.examination_slot", examination_id=request.form.get("examination_id", type=UUID),
        slot_id=request.form.get("slot_id", type=UUID),
    )  # fmt: skip

    def done(reply: Any) -> str:
        return gettext("已登记：到检 %(attended)s 人，未到检 %(no_show)s 人。", **reply)

    return act(contract.mark_examination_slot, payload, done=done, then=then)


@PAGES.get("/console/examinations/<uuid:examination_id>/desk")
@only("officer")
def examination_desk(examination_id: UUID) -> str:
    """Show the scanner."""
    return _desk(examination_id, found=None, problem=None)


@PAGES.post("/console/examinations/<uuid:examination_id>/desk")
@only("officer")
def card_shown(examination_id: UUID) -> Response:
    """Show whose card was scanned and the appointment, with the button to mark; alone for the scanner's script."""

    def look_up(text: str) -> dict[str, Any]:
        asked = {"examination_id": str(examination_id), "member_id": _member_of(text)}
        found = call(contract.look_up_examinee, asked)
        return {"found": found, "people": names([found], "member_id")}

    return scanned(
        look_up,
        scope="look_up_examinee",
        result="portal/console/examination_scanned.html",
        page=lambda shown: _desk(**shown),
        shown={"found": None, "people": {}, "examination_id": examination_id},
    )


@PAGES.post("/console/examinations/<uuid:examination_id>/desk/mark")
@only("officer")
def mark_at_desk(examination_id: UUID) -> Response:
    """Mark that the member whose card was scanned came."""
    here = url_for("portal.examination_desk", examination_id=examination_id)
    payload = {
        "examination_id": str(examination_id), "member_id": request.form.get("member_id", ""), "mark": "attended",
    }  # fmt: skip
    try:
        marked = send(contract.mark_examinee, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(here)
    who = names([marked], "member_id").get(marked["member_id"], "")
    flash(gettext("%(name)s已登记到检。", name=who), "done")
    return go(here)


@PAGES.post("/console/examinations/<uuid:examination_id>/hospital-list")
@only("officer")
def hospital_list(examination_id: UUID) -> Response:
    """Show the list for a hospital to be printed, or hand it out as a file; the look is logged."""
    payload = {
        "examination_id": str(examination_id),
        **{name: request.form.get(name, "").strip() for name in ("hospital_id", "day", "purpose")},
    }
    try:
        items = call(contract.read_hospital_list, payload)["items"]
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(url_for("portal.examination", examination_id=examination_id))
    people = names(items, "member_id")
    rows = [
        {
            "name": people.get(one["member_id"], ""),
            "unit": unit_name(one["unit_id"]),
            "package": one["package"],
            "time": moment(one["starts_at"]),
            "signature": "",
        }
        for one in items
    ]
    columns = [
        ("name", gettext("姓名")), ("unit", gettext("分工会")), ("package", gettext("套餐")),
        ("time", gettext("时间")), ("signature", gettext("签名")),
    ]  # fmt: skip
    if request.form.get("format") == "xlsx":
        return file_response(as_file(gettext("体检到检名单"), "xlsx", written(columns, rows, "xlsx")))
    found = call(contract.get_examination, {"examination_id": str(examination_id)})
    hospital = items[0]["hospital"] if items else ""
    page = {"examination": found, "columns": columns, "rows": rows, "day": payload["day"], "hospital": hospital}
    return make_response(render_template("portal/console/examination_sheet.html", **page))


@PAGES.route("/console/examinations/<uuid:examination_id>/people/<uuid:member_id>", methods=["GET", "POST"])
@only("officer")
def book_for_member(examination_id: UUID, member_id: UUID) -> str | Response:
    """Book, move or cancel for a member who cannot."""
    named = {"examination_id": str(examination_id), "member_id": str(member_id)}
    here = url_for("portal.book_for_member", examination_id=examination_id, member_id=member_id)
    if request.method == "POST":
        payload = {**named, **{name: request.form.get(name, "") for name in ("package_id", "slot_id")}}
        return act(contract.book_examination, payload, done=gettext("已预约。"), then=here)
    one = call(contract.look_up_examinee, named)
    found = call(contract.get_examination, {"examination_id": str(examination_id)})
    return render_template(
        "portal/console/examination_booking.html", one=one, examination=found, people=names([one], "member_id")
    )


@PAGES.post("/console/examination-bookings/<uuid:examinee_id>/cancel")
@only("officer")
def cancel_examination_for_member(examinee_id: UUID) -> Response:
    """Cancel for a member."""
    then = url_for(
        "portal.book_for_member", examination_id=request.form.get("examination_id", type=UUID),
        member_id=request.form.get("member_id", type=UUID),
    )  # fmt: skip
    payload = {"examinee_id": str(examinee_id)}
    return act(contract.cancel_examination_booking, payload, done=gettext("预约已取消。"), then=then)


def _member_of(text: str) -> str:
    """Return whose card was scanned. Raises `NotFound` where it is no card in force."""
    token = text.strip().rpartition("/")[2]
    read = call(read_card, {"token": token}) if token else {"state": "foreign"}
    if read["state"] != "good" or not read["subject_id"]:
        raise NotFound("This is no card in force.", rule="examinations.card_is_in_force", field="text")
    return str(read["subject_id"])


def _desk(examination_id: UUID, **shown: Any) -> str:
    found = call(contract.get_examination, {"examination_id": str(examination_id)})
    page = {"examination": found, "examination_id": examination_id, "longest": LONGEST_CODE, "people": {}, **shown}
    return render_template("portal/console/examination_desk.html", **page)
