"""The lists of the console that can be had as a file, with their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.jobs import slips
from gateway.portal.exporting import Column, Exportable
from services.chassis.plain_text import is_digits
from services.contracts.activities.calendar import list_activities
from services.contracts.activities.registration import list_registrations
from services.contracts.gateway.accounts import list_holders
from services.contracts.governance.funds import list_fund_entries
from services.contracts.membership.joining import list_applications
from services.contracts.membership.organisation import list_posts, list_units
from services.contracts.welfare.visits import list_visits

_ALL = frozenset({"officer", "chair", "auditor"})
_VISIT_FLAGS = ("open", "overdue", "escalated", "claim_refused")


def listed_applications(values: Mapping[str, str]) -> dict[str, Any]:
    """Return the filters of the console's list of applications.

    What no unit has looked at stands on a page of its own, and is found here by its name only.

    Args:
        values: the filters in the address.
    """
    leaves_out = values.get("state") in (None, "submitted") and not values.get("q")
    return {**values, **({"confirmed": True} if leaves_out else {})}


def _visits(values: dict[str, str]) -> dict[str, Any]:
    show = values.pop("show", "open")
    if show in _VISIT_FLAGS:
        return {**values, show: True}
    return values if show == "all" else {**values, "state": show}


def _funds(values: dict[str, str]) -> dict[str, Any]:
    return {**values, **({"year": int(values["year"])} if is_digits(values.get("year", "")) else {})}


EXPORTS: dict[str, Exportable] = {
    "applications": Exportable(
        _l("入会申请"), list_applications,
        (
            Column("name", _l("姓名")), Column("gender", _l("性别"), "gender"), Column("unit_id", _l("分工会"), "unit"),
            Column("employment", _l("用工形式"), "employment"), Column("hired_on", _l("入职日期"), "day"),
            Column("submitted_at", _l("提交时间"), "stamp"), Column("state", _l("状态"), "application"),
        ),
        roles=_ALL, payload=listed_applications,
    ),
    "accounts": Exportable(
        _l("会员账号"), list_holders,
        (
            Column("member_id", _l("姓名"), "member"), Column("number", _l("会员号")),
            Column("unit_id", _l("分工会"), "unit"), Column("state", _l("账号"), "account"),
            Column("issued_at", _l("发单时间"), "stamp"), Column("expires_at", _l("到期时间"), "stamp"),
            Column("opened_at", _l("开通时间"), "stamp"),
        ),
        roles=frozenset({"officer", "chair"}), read=slips.list_holders,
    ),
    "posts": Exportable(
        _l("职务"), list_posts,
        (
            Column("unit_id", _l("组织"), "unit"), Column("kind", _l("职务"), "post"),
            Column("member_name", _l("姓名")), Column("starts_on", _l("开始日期"), "day"),
            Column("ends_on", _l("届满日期"), "day"), Column("ended_on", _l("提前结束"), "day"),
            Column("term", _l("届次")),
        ),
        roles=_ALL,
    ),
    "units": Exportable(
        _l("组织"), list_units,
        (
            Column("code", _l("代码")), Column("name", _l("名称")), Column("name_en", _l("英文名称")),
            Column("kind", _l("类别"), "unit_kind"), Column("parent_id", _l("上级"), "unit"),
            Column("active", _l("在用"), "yes"),
        ),
        roles=_ALL, personal=False,
    ),
    "activities": Exportable(
        _l("活动"), list_activities,
        (
            Column("title", _l("名称")), Column("kind", _l("类型"), "activity_kind"), Column("place", _l("地点")),
            Column("starts_at", _l("开始时间"), "stamp"), Column("ends_at", _l("结束时间"), "stamp"),
            Column("capacity", _l("名额")), Column("seats_taken", _l("已报名")), Column("waiting", _l("候补")),
            Column("state", _l("状态"), "activity"),
        ),
        roles=_ALL, personal=False,
    ),
    "registrations": Exportable(
        _l("报名名单"), list_registrations,
        (
            Column("member_id", _l("姓名"), "member"), Column("unit_id", _l("分工会"), "unit"),
            Column("state", _l("状态"), "registration"), Column("position", _l("候补位次")),
            Column("registered_at", _l("报名时间"), "stamp"),
        ),
        roles=_ALL,
    ),
    "visits": Exportable(
        _l("走访"), list_visits,
        (
            Column("member_id", _l("会员"), "member"), Column("unit_id", _l("分工会"), "unit"),
            Column("level", _l("由谁走访"), "level"), Column("assignee_id", _l("走访人"), "member"),
            Column("due_at", _l("期限"), "stamp"), Column("visited_on", _l("走访日期"), "day"),
            Column("amount", _l("金额（元）"), "money"), Column("claim_state", _l("入账"), "claim"),
            Column("state", _l("状态"), "visit"),
        ),
        roles=_ALL, payload=_visits,
    ),
    "funds": Exportable(
        _l("经费账目"), list_fund_entries,
        (
            Column("number", _l("凭证号")), Column("posted_on", _l("入账日期"), "day"),
            Column("kind", _l("类别"), "entry"), Column("amount", _l("金额（元）"), "money"),
            Column("description", _l("摘要")), Column("line_code", _l("预算项目")),
            Column("unit_id", _l("分工会"), "unit"), Column("source_type", _l("来源"), "source"),
            Column("funding_source", _l("资金来源"), "funding"),
        ),
        personal=False, payload=_funds,
    ),
}  # fmt: skip
"""By the name in the address; members have an export of their own, which is long work when large."""
