"""To-dos and messages in words: what each entry of the gateway's views is called, and the page it leads to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.identity.current import current_principal
from gateway.portal import words
from gateway.portal.formats import title_of
from gateway.portal.people import unit_name
from gateway.read_models import activities

_TASKS = {
    "visit_due": (_l("走访会员"), "heart-pulse", "visit", "visit_id"),
    "visit_escalated": (_l("逾期走访待处理"), "exclamation-triangle", "visit", "visit_id"),
    "visit_assigned": (_l("您被指派走访"), "heart-pulse", "visit", "visit_id"),
    "claim_refused": (_l("走访入账被拒，请更正"), "cash-stack", "visit", "visit_id"),
    "application_review": (_l("审核入会申请"), "person-plus", "application", "application_id"),
    "application_approval": (_l("批准入会申请"), "person-plus", "application", "application_id"),
    "application_returned": (_l("修改入会申请"), "pencil-square", "edit_application", None),
    "dues_owed": (_l("缴纳会费"), "piggy-bank", "my_dues", None),
    "transfer_release": (_l("办理转会：同意调出"), "arrow-left-right", "transfer", "transfer_id"),
    "transfer_acceptance": (_l("办理转会：接收会员"), "arrow-left-right", "transfer", "transfer_id"),
    "leave_declaration": (_l("办理退会申请"), "person", "standing_changes", None),
    "correction": (_l("答复更正申请"), "pencil-square", "corrections", None),
    "invitation": (_l("回复活动邀请"), "envelope", "activity", "activity_id"),
    "term_ending": (_l("任期将满，请筹备换届"), "calendar-event", "ending_terms", None),
}
_NEWS = {
    "dues_reminded": (_l("请缴纳会费"), "piggy-bank", "my_dues"),
    "member_joined": (_l("您已成为会员"), "person-badge", "me"),
    "entitlement_opened": (_l("福利账户已开通"), "gift", "my_benefits"),
    "member_invited": (_l("您收到活动邀请"), "envelope", "activity"),
    "registration_confirmed": (_l("报名成功"), "check-circle", "activity"),
    "registration_waitlisted": (_l("已进入候补"), "clock", "activity"),
    "registration_cancelled": (_l("报名已取消"), "x-circle", "activity"),
    "event_scheduled": (_l("新的活动"), "calendar-event", "activity"),
    "event_rescheduled": (_l("活动有变动"), "arrow-repeat", "activity"),
    "event_cancelled": (_l("活动已取消"), "x-circle", "activity"),
    "event_held": (_l("活动已举办"), "check2", "activity"),
    "unit_changed": (_l("您的分工会有变动"), "diagram-3", "me"),
    "transfer_requested": (_l("转会申请已提出"), "arrow-left-right", "my_membership"),
    "transfer_released": (_l("转会：调出单位已同意"), "arrow-left-right", "my_membership"),
    "transfer_approved": (_l("转会：调入单位已接收"), "arrow-left-right", "my_membership"),
    "transfer_ended": (_l("转会已办结"), "arrow-left-right", "my_membership"),
    "member_retired": (_l("退休已确认，会籍保留"), "sunset", "my_membership"),
    "retirement_undone": (_l("退休已撤销，会籍恢复在册"), "sunset", "my_membership"),
    "member_left": (_l("会籍已终止"), "person", "my_membership"),
    "member_reinstated": (_l("会籍已恢复"), "person", "my_membership"),
    "leave_requested": (_l("退会申请已提交"), "person", "my_membership"),
    "leave_ended": (_l("退会申请已办结"), "person", "my_membership"),
    "post_assigned": (_l("您担任了新的职务"), "person-badge", "me"),
    "post_ended": (_l("您的一项职务已结束"), "person-badge", "me"),
    "application_submitted": (_l("入会申请已提交"), "file-earmark-text", "my_application"),
    "application_reviewed": (_l("入会申请已通过分工会审核"), "file-earmark-text", "my_application"),
    "application_returned": (_l("入会申请被退回修改"), "file-earmark-text", "my_application"),
    "application_rejected": (_l("入会申请未通过"), "file-earmark-text", "my_application"),
    "application_withdrawn": (_l("入会申请已撤回"), "file-earmark-text", "my_application"),
    "visit_assigned": (_l("您被指派走访"), "heart-pulse", "visit"),
    "correction_ended": (_l("您的更正申请有了答复"), "pencil-square", "my_corrections"),
    "consent_withdrawn": (_l("您撤回了一项同意"), "shield-check", "my_data"),
    "award_granted": (_l("您获得了荣誉"), "award", "my_record"),
    "award_revoked": (_l("您的一项荣誉已撤销"), "award", "my_record"),
}


def told(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return to-dos with words, icon and the page they lead to; kinds this portal does not know are left out."""
    titles = _titles(items)
    found = []
    for item in items:
        if item["kind"] not in _TASKS:
            continue
        text, icon, endpoint, name = _TASKS[item["kind"]]
        address = url_for(f"portal.{endpoint}", **({name: item["subject_id"]} if name else {}))
        found.append({**item, "text": text, "icon": icon, "address": address, "about": _about(item, titles)})
    return found


def news(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return messages with words, icon and the page they lead to."""
    titles = _titles(items)
    found = []
    for item in items:
        if item["kind"] not in _NEWS:
            continue
        text, icon, endpoint = _NEWS[item["kind"]]
        subject = {"activity": "activity_id", "visit": "visit_id"}.get(endpoint)
        address = url_for(f"portal.{endpoint}", **({subject: item["subject_id"]} if subject else {}))
        about = titles.get(item["subject_id"], "") or (item.get("params") or {}).get("title", "")
        found.append({**item, "text": _shade(item) or text, "icon": icon, "address": address, "about": about})
    return found


_CAUSES = {
    "by_organiser": _l("主办方取消了您的报名"),
    "activity_cancelled": _l("活动取消，报名随之取消"),
    "left_the_union": _l("会籍终止，报名随之取消"),
    "takes_no_part": _l("会籍转为保留，候补随之取消"),
    "not_in_audience": _l("您已不在活动对象范围内，候补随之取消"),
}


def _shade(item: dict[str, Any]) -> str | None:
    """Return more exact words where the entry says more."""
    params = item.get("params") or {}
    if item["kind"] == "consent_withdrawn" and params.get("purpose") in words.CONSENT_PURPOSE:
        purpose = words.CONSENT_PURPOSE[params["purpose"]]
        return gettext("您撤回了同意：%(purpose)s。以此为依据的使用已停止", purpose=purpose)
    if item["kind"] == "registration_confirmed" and params.get("moved_up"):
        return gettext("您已从候补转为正式名额")
    if item["kind"] == "registration_cancelled" and params.get("cause") in _CAUSES:
        return str(_CAUSES[params["cause"]])
    if item["kind"] == "registration_waitlisted" and params.get("moved_back"):
        return gettext("名额减少，您已转入候补")
    if item["kind"] == "registration_waitlisted" and params.get("position"):
        return gettext("已进入候补，第 %(position)s 位", position=params["position"])
    return None


def _about(item: dict[str, Any], titles: dict[str, str]) -> str:
    if item["kind"] == "invitation":
        return titles.get(item["subject_id"], "")
    if item.get("unit_id") and current_principal().has("officer"):
        return unit_name(item["unit_id"])
    return ""


def _titles(items: list[dict[str, Any]]) -> dict[str, str]:
    """Return titles of the activities the entries are about."""
    ids = {
        item["subject_id"]
        for item in items
        if item["kind"].startswith(("registration", "event_", "member_inv", "invit"))
    }
    known = activities.several(UUID(found) for found in ids)
    return {str(activity_id): title_of(resource) for activity_id, resource in known.items()}
