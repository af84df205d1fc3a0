"""The fields of an audience, and what was filled in of it, for every form that says whom something is for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.portal.forms import Field, Form
from gateway.portal.messages import say
from gateway.portal.people import unit_choices
from services.chassis.input_errors import texts_in
from services.contracts.governance.awards import AWARD_CATEGORIES
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.person import GENDERS
from services.contracts.vocabulary import EMPLOYMENTS

_AGES = {"min": "16", "max": "100"}
WHOM = (
    Field("employments", _l("用工形式（不勾就是不限）"), "checks", choices=EMPLOYMENTS),
    Field("units", _l("分工会（不勾就是全体）"), "checks", choices=unit_choices),
    Field("sex", _l("性别"), "select", choices=GENDERS, blank=_l("不限")),
    Field("joined_since", _l("入会不早于"), "date", hint=_l("不填就是不限。")),
    Field("age_from", _l("年龄下限（周岁，含）"), "number", hint=_l("按活动第一天计算。"), extra=_AGES),
    Field("age_to", _l("年龄上限（周岁，含）"), "number", hint=_l("35 周岁以下就填 35。"), extra=_AGES),
    Field("posts", _l("现任职务（不勾就是不限，任一即可）"), "checks", choices=POST_KINDS),
    Field("honours", _l("获得过的荣誉（不勾就是不限，任一即可）"), "checks", choices=AWARD_CATEGORIES),
)


def with_audience(filled: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's payload with the parts of the audience in an audience, as the commands take them."""
    parts = {spec.name for spec in WHOM}
    audience = {name: value for name, value in filled.items() if name in parts}
    return {**{name: value for name, value in filled.items() if name not in parts}, "audience": audience}


def place_audience_errors(form: Form) -> None:
    """Put errors in parts of the audience beside their fields."""
    found = ((form.problem.params if form.problem else {}).get("errors") or {}).get("audience")
    if isinstance(found, Mapping):
        form.errors.pop("audience", None)
        for name, messages in found.items():
            form.errors.setdefault(str(name), []).extend(say(text) for text in texts_in(messages))
