"""Histories in words: why something changed where the system itself says so, and what a changed value reads like."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.formats import money, plain_day, stamp
from gateway.portal.people import unit_name
from gateway.portal.phrases import audience_words
from gateway.portal.template_globals import add_globals
from gateway.portal.words import texts_of
from services.contracts.activities.calendar.shapes import ACTIVITY_KINDS, ACTIVITY_STATES
from services.contracts.membership.consents import PURPOSES
from services.contracts.membership.family import FAMILY_RELATIONS
from services.contracts.membership.person import GENDERS, ORIGINAL_AGES
from services.contracts.membership.record.particulars import (
    DEGREES,
    EDUCATIONS,
    EMERGENCY_RELATIONS,
    MARITAL_STATUSES,
    POLITICAL_STATUSES,
)
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.membership.standing.shapes import STANDING_CHANGES
from services.contracts.vocabulary import EMPLOYMENTS

CHANGE_REASON = {
    **texts_of(STANDING_CHANGES),
    "admitted from a roster": _l("名册导入"),
    "application approved": _l("入会申请获批准"),
    "from the HR system": _l("采用人事系统的信息"),
    "dues exemption": _l("登记会费免缴"),
    "retirement undone": _l("撤销退休"),
    "reinstated": _l("恢复会籍"),
    "transfer": _l("转会生效"),
    "transfer requested": _l("提出转会"),
    "transfer refused": _l("转会未获同意"),
    "transfer withdrawn": _l("撤回转会"),
    "transfer lapsed: the unit is closed": _l("调入单位已停用，转会失效"),
    "units merged": _l("分工会合并"),
    "unit merged or split": _l("分工会合并或分立"),
}
"""Reasons the services write themselves; what a person wrote stands as it was written."""

_RECORD = {
    "gender": texts_of(GENDERS),
    "employment": texts_of(EMPLOYMENTS),
    "standing": texts_of(STANDINGS),
    "original_age": texts_of(ORIGINAL_AGES),
    "education": texts_of(EDUCATIONS),
    "degree": texts_of(DEGREES),
    "political_status": texts_of(POLITICAL_STATUSES),
    "marital_status": texts_of(MARITAL_STATUSES),
    "emergency_relation": texts_of(EMERGENCY_RELATIONS),
    "consent": texts_of(PURPOSES),
    "family": texts_of(FAMILY_RELATIONS),
    "photo": {"kept": _l("有照片"), "replaced": _l("新照片")},
}
_ACTIVITY = {"state": texts_of(ACTIVITY_STATES), "kind": texts_of(ACTIVITY_KINDS)}


def change_reason(reason: str | None) -> str:
    """Return why something changed."""
    if reason and reason.startswith("dues file "):
        return gettext("缴费基数文件")
    return str(CHANGE_REASON.get(reason or "", reason or ""))


def value_words(field: str, value: Any) -> Any:
    """Return a value of a record as its history shows it."""
    if value in (None, ""):
        return gettext("（空）")
    if field in ("unit_id", "group_id"):
        return unit_name(str(value))
    if field.endswith(("_on", "_date")):
        return plain_day(str(value))
    return _RECORD.get(field, {}).get(value, value)


def activity_value(field: str, value: Any) -> str:
    """Return a value of an activity as its history shows it; nothing where only that it changed can be told."""
    if value is None and field == "capacity":
        return gettext("名额不限")
    if field == "audience":
        return audience_words(value)
    if isinstance(value, dict | list) or field.endswith("_id") or field == "copied_from":
        return ""
    if value in (None, ""):
        return gettext("（空）")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if field.endswith("_at") or field == "cancel_until":
        return stamp(str(value))
    if field == "fee":
        return money(str(value))
    return str(_ACTIVITY.get(field, {}).get(value, value))


def set_up(app: Flask) -> None:
    """Make the words known to the templates."""
    add_globals(app, change_reason=change_reason, value_words=value_words, activity_value=activity_value)
