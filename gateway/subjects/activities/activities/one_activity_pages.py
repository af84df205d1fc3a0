"""One activity for its organisers: registrations, turnout by unit, cancelling, marking as held, announcing, copying."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.columns import Column, actions
from gateway.portal.formats import in_china, span, title_of
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, unit_choices, unit_name
from gateway.portal.service_calls import PASSED_ON, act, go, part, tell
from gateway.rpc.calls import call
from services.chassis.errors import Problem
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import (
    activity_history,
    announce_activity,
    cancel_activity,
    clone_activity,
    get_activity,
    hold_activity,
)
from services.contracts.activities.clubs.work import club_of_activity
from services.contracts.activities.facts import count_audience, open_decision_basis
from services.contracts.activities.registration.operations import cancel_registration, list_registrations, turnout

PAGES = PageTable()

BY_FACTS = ("sex", "age_from", "age_to", "posts", "honours")
"""Parts of an audience that are decided by facts of members."""


def _beside(shown: Shown) -> dict[str, Any]:
    """Return what the page shows beside the registrations."""
    by_unit = part(turnout, shown.named)
    rows = [_chart_row(item) for item in by_unit.items]
    audience = shown.about["audience"] or {}
    return {
        "by_facts": current_principal().has("officer") and any(audience.get(name) for name in BY_FACTS),
        "counted": part(count_audience, shown.named) if request.args.get("count") == "audience" else None,
        "opened": None,
        "pending": bool(part(list_registrations, {**shown.named, "state": "pending", "limit": 1}).items),
        "title": title_of(shown.about),
        "lead": span(shown.about["starts_at"], shown.about["ends_at"]),
        "club": part(club_of_activity, shown.named),
        "turnout": by_unit,
        "rows": sorted(rows, key=lambda row: -row["whole"])[:12],
        "history": part(activity_history, {**shown.named, "limit": 20}),
    }


def _companions(item: Mapping[str, Any]) -> int | None:
    return item["companions"] or None


REGISTRATIONS = PAGES.add_list(
    ListPage(
        "console_activity", "/console/activities/<uuid:activity_id>", list_registrations, _l("报名名单"),
        columns=(
            "member_id", "unit_id", "registered_at", Column("option_names", optional=True),
            Column("companions", optional=True, value=_companions), Column("state", macro="state"),
            Column("position", on_page=False),
            actions("cancel"),
        ),
        roles=tuple(CONSOLE_ROLES),
        filters=("state", Field("unit_id", choices=unit_choices)),
        empty=_l("没有符合条件的报名。"),
        icon="people",
        back=("console_activities", _l("活动")),
        about=get_activity,
        more=_beside,
        template="portal/console/activity.html",
        macros="portal/parts/registrations.html",
        export=ListExport(name="registrations"),
    )
)  # fmt: skip


def _chart_row(item: dict[str, int]) -> dict[str, Any]:
    first, second = item["confirmed"], item["waitlisted"]
    text = f"{first} + {second}" if second else str(first)
    return {
        "words": unit_name(str(item["unit_id"])),
        "first": first,
        "second": second,
        "whole": first + second,
        "text": text,
    }


def _here(activity_id: UUID) -> str:
    return url_for("portal.console_activity", activity_id=activity_id)


@PAGES.post("/console/activities/<uuid:activity_id>/announce")
@only("officer", "chair")
def announce(activity_id: UUID) -> Response:
    """Announce a draft."""
    payload = {"activity_id": str(activity_id)}
    return act(announce_activity, payload, done=gettext("活动已发布，会员可以看到了。"), then=_here(activity_id))


@PAGES.post("/console/activities/<uuid:activity_id>/cancel")
@only("officer", "chair")
def call_off(activity_id: UUID) -> Response:
    """Cancel an activity."""
    payload = {
        "activity_id": str(activity_id),
        "reason_code": request.form.get("reason_code", "other"),
        "reason": request.form.get("reason", "").strip(),
    }
    return act(cancel_activity, payload, done=gettext("活动已取消，报名的会员会收到消息。"), then=_here(activity_id))


@PAGES.post("/console/activities/<uuid:activity_id>/hold")
@only("officer", "chair")
def mark_held(activity_id: UUID) -> Response:
    """Record that an activity took place."""
    payload = {
        "activity_id": str(activity_id),
        "held_on": request.form.get("held_on") or None,
        "attended": request.form.get("attended", type=whole_number),
    }
    return act(
        hold_activity, payload, done=gettext("已登记举办情况，年度计划的进度随之更新。"), then=_here(activity_id)
    )


@PAGES.post("/console/activities/<uuid:activity_id>/clone")
@only("officer", "chair")
def copy_activity(activity_id: UUID) -> Response:
    """Copy an activity to a new time, as a draft."""
    payload = {"activity_id": str(activity_id), "starts_at": [in_china(request.form.get("starts_at", ""))]}
    done = gettext("已复制为草稿，修改后再发布。")
    return act(clone_activity, payload, done=done, then=url_for("portal.console_activities", state="draft"))


@PAGES.post("/console/activities/<uuid:activity_id>/registrations/<uuid:member_id>/basis")
@only("officer")
def show_basis(activity_id: UUID, member_id: UUID) -> str | Response:
    """Show by which facts a member's registration was decided, once, for a purpose that is logged."""
    purpose = request.form.get("purpose", "").strip()
    payload = {"activity_id": str(activity_id), "member_id": str(member_id), "purpose": purpose}
    try:
        reply = call(open_decision_basis, payload)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(_here(activity_id))
    return REGISTRATIONS.show({"activity_id": str(activity_id)}, opened={"member_id": str(member_id), **reply})


@PAGES.post("/console/activities/<uuid:activity_id>/registrations/<uuid:member_id>/cancel")
@only("officer", "chair")
def cancel_for_member(activity_id: UUID, member_id: UUID) -> Response:
    """Cancel a member's registration, with the reason."""
    payload = {
        "activity_id": str(activity_id),
        "member_id": str(member_id),
        "reason": request.form.get("reason", "").strip() or None,
    }
    return act(cancel_registration, payload, done=gettext("已取消该会员的报名。"), then=_here(activity_id))
