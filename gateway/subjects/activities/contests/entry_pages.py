"""Entries in the console: entering, changing, withdrawing, adjusting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page, sought_member
from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import names, only, unit_choices
from gateway.portal.refusals import name_of_rule
from gateway.portal.service_calls import act, go, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.contests.naming import groups_of
from services.chassis.amounts import plain_amount
from services.chassis.plain_text import whole_number
from services.contracts.activities.contests import entries as contract
from services.contracts.activities.contests.settings import get_contest

PAGES = PageTable()
_ENTRY = "/console/activities/<uuid:activity_id>/contest/entries"
_MOST_TOLD = 5


@PAGES.route(f"{_ENTRY}/new", methods=["GET", "POST"])
@only("officer", "chair")
def new_contest_entry(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Enter a member who is searched for, or a name such as a unit's choir."""
    found, sought = call(get_contest, {"activity_id": str(activity_id)}), sought_member(optional=True)
    fields = (
        Field("group", control="select", choices=groups_of),
        Field("member_id", control="select", choices=sought.choices, blank=_l("不是会员个人")),
        Field("name", hint=_l("合唱队、代表队等填名称；会员个人不填。")),
        Field("unit_id", control="select", choices=unit_choices, blank=_l("没有"),
              hint=_l("代表队的单位，同单位的评委自动回避；会员个人按会籍。")),
        "subject",
    )  # fmt: skip
    form = Form(contract.EnterContest, fields, posted=request.form if request.method == "POST" else None)
    if form.posted is None or submit(form, contract.enter_contest, activity_id=str(activity_id)) is None:
        return form_page(
            form, title=gettext("登记参赛"), back=_here(activity_id), words=found["title"], sought=sought,
            button=gettext("登记"),
        )  # fmt: skip
    flash(gettext("已登记参赛。"), "done")
    return go(_here(activity_id))


@PAGES.post(f"{_ENTRY}/registered")
@only("officer", "chair")
def enter_registered(activity_id: UUID) -> Response:
    """Enter those who are registered for the activity."""
    payload = {"activity_id": str(activity_id), "group": request.form.get("group", type=whole_number)}
    return act(contract.enter_registered, payload, done=_outcome, then=_here(activity_id))


@PAGES.post(f"{_ENTRY}/<uuid:entry_id>/change")
@only("officer", "chair")
def change_contest_entry(activity_id: UUID, entry_id: UUID) -> Response:
    """Change number, group or subject."""
    given: dict[str, Any] = {
        name: value for name in ("number", "group") if (value := request.form.get(name, type=whole_number)) is not None
    }
    if "subject" in request.form:
        given["subject"] = request.form["subject"].strip() or None
    payload = {"activity_id": str(activity_id), "entry_id": str(entry_id), **given}
    return act(contract.change_entry, payload, done=gettext("参赛登记已修改。"), then=_here(activity_id))


@PAGES.post(f"{_ENTRY}/<uuid:entry_id>/withdraw")
@only("officer", "chair")
def withdraw_contest_entry(activity_id: UUID, entry_id: UUID) -> Response:
    """Take an entry out."""
    payload = {"activity_id": str(activity_id), "entry_id": str(entry_id), "reason": _reason()}
    return act(contract.withdraw_entry, payload, done=gettext("已登记退赛。"), then=_here(activity_id))


@PAGES.post(f"{_ENTRY}/<uuid:entry_id>/adjust")
@only("officer", "chair")
def adjust_contest_entry(activity_id: UUID, entry_id: UUID) -> Response:
    """Add points or take them off."""
    amount = plain_amount(request.form.get("amount", "").strip())
    payload = {"activity_id": str(activity_id), "entry_id": str(entry_id), "amount": amount, "reason": _reason()}
    return act(contract.adjust_entry, payload, done=gettext("加减分已登记。"), then=_here(activity_id))


@PAGES.post(f"{_ENTRY}/<uuid:entry_id>/adjustments/<uuid:adjustment_id>/withdraw")
@only("officer", "chair")
def take_contest_adjustment_back(activity_id: UUID, entry_id: UUID, adjustment_id: UUID) -> Response:
    """Take an adjustment back."""
    payload = {
        "activity_id": str(activity_id), "entry_id": str(entry_id), "adjustment_id": str(adjustment_id),
        "reason": _reason(),
    }  # fmt: skip
    return act(contract.take_adjustment_back, payload, done=gettext("加减分已撤销。"), then=_here(activity_id))


def _outcome(reply: dict[str, Any]) -> str:
    """Say how many were entered, and of the first who were not by which rule."""
    told = gettext("登记了 %(count)s 人。", count=reply["entered"])
    if reply["refused"]:
        people = names(reply["refused"], "member_id")
        wrong = gettext("、").join(
            gettext(
                "%(name)s（不符合：%(rule)s）",
                name=people.get(one["member_id"]) or gettext("会员"),
                rule=name_of_rule(one["rule"]),
            )
            for one in reply["refused"][:_MOST_TOLD]
        )
        told += gettext("未登记 %(count)s 人：%(wrong)s。", count=len(reply["refused"]), wrong=wrong)
    if reply["more"]:
        told += gettext("还有报名的人没有登记，请再点一次。")
    return told


def _reason() -> str:
    return request.form.get("reason", "").strip()


def _here(activity_id: UUID) -> str:
    return url_for("portal.console_contest", activity_id=activity_id)
