"""One children's class in the console: who is in it, fees, taking out, the list of a day with who came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column, actions
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import PASSED_ON, act, go, send, tell
from gateway.rpc.calls import call
from services.chassis.clock import today
from services.chassis.errors import Problem
from services.contracts.activities.children_classes import children, classes
from services.contracts.activities.children_classes.vocabulary import ATTENDANCE

PAGES = PageTable()


def _more(shown: Shown) -> dict[str, Any]:
    return {
        "title": shown.about["name"],
        "lead": f"{shown.about['term_name']} · {shown.about['times']} · {shown.about['place']}",
        "today": today().isoformat(),
    }


REGISTRATIONS = PAGES.add_list(
    ListPage(
        "console_children_class", "/console/children-classes/<uuid:class_id>", children.list_child_registrations,
        _l("托班报名"),
        columns=(
            "child_name", "age", "member_id", "unit_id", Column("state", state=True),
            Column("position", optional=True), Column("fee_state", state=True), "days_present",
            Column("registered_at", on_page=False), Column("fee", on_page=False), Column("fee_note", on_page=False),
            Column("consent_version", on_page=False), actions("of_child"),
        ),
        roles=("officer", "auditor"),
        filters=("state", "fee_state"),
        empty=_l("没有符合条件的报名。"),
        icon="people",
        about=classes.get_children_class,
        back=("console_children_classes", _l("子女托班")),
        more=_more,
        template="portal/console/children_class.html",
        macros="portal/parts/children.html",
        export=ListExport(title=_l("托班报名")),
    )
)  # fmt: skip


@PAGES.post("/console/children-classes/<uuid:class_id>/day")
@only("officer")
def children_day(class_id: UUID) -> str | Response:
    """Show the list of a day with who may collect each child, for a purpose that is kept."""
    found = call(classes.get_children_class, {"class_id": str(class_id)})
    day = request.form.get("day", "")
    payload = {"class_id": str(class_id), "day": day, "purpose": request.form.get("purpose", "").strip()}
    try:
        listed = send(children.open_class_day, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(here(class_id))
    return render_template(
        "portal/console/children_day.html", found=found, day=day, children=listed["items"], words_of=ATTENDANCE.texts
    )


@PAGES.post("/console/children-classes/<uuid:class_id>/attendance")
@only("officer")
def record_child_attendance(class_id: UUID) -> Response:
    """Record who came on a day."""
    came = {name.removeprefix("came-"): word for name, word in request.form.items() if name.startswith("came-")}
    payload = {
        "class_id": str(class_id),
        "day": request.form.get("day", ""),
        "entries": [{"registration_id": one, "attendance": word} for one, word in came.items()],
    }
    return act(children.record_child_attendance, payload, done=_present, then=here(class_id))


@PAGES.post("/console/child-registrations/<uuid:registration_id>/open")
@only("officer")
def open_child(registration_id: UUID) -> str | Response:
    """Show a child's data for a purpose that is kept."""
    payload = {"registration_id": str(registration_id), "purpose": request.form.get("purpose", "").strip()}
    try:
        child = send(children.open_child, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_back())
    return render_template("portal/console/child.html", child=child, here=here(child["class_id"]))


@PAGES.post("/console/child-registrations/<uuid:registration_id>/fee")
@only("officer")
def record_child_fee(registration_id: UUID) -> Response:
    """Record that a fee was paid, or need not be."""
    payload = {
        "registration_id": str(registration_id),
        "fee_state": request.form.get("fee_state", ""),
        "fee_note": request.form.get("fee_note", "").strip() or None,
    }
    return act(children.record_child_fee, payload, done=gettext("缴费已登记。"), then=_back())


@PAGES.post("/console/child-registrations/<uuid:registration_id>/withdraw")
@only("officer")
def withdraw_child(registration_id: UUID) -> Response:
    """Take a child out of a class with a reason."""
    payload = {"registration_id": str(registration_id), "reason": request.form.get("reason", "").strip() or None}
    done = gettext("已退出，监护人已收到消息，孩子的资料已删除。")
    return act(children.withdraw_child, payload, done=done, then=_back())


def here(class_id: Any) -> str:
    """Return the address of a class in the console."""
    return url_for("portal.console_children_class", class_id=class_id)


def _back() -> str:
    try:
        return here(UUID(request.form.get("class_id", "")))
    except ValueError:
        return url_for("portal.console_children_classes")


def _present(reply: dict[str, Any]) -> str:
    return gettext("出勤已登记，到 %(count)s 人。", count=reply["present"])
