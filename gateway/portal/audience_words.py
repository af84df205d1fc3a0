"""Whom an activity is for, and by which of a member's facts that was decided, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from gateway.portal.formats import plain_day, stamp
from gateway.portal.people import unit_name
from gateway.portal.words import texts_of
from services.contracts.governance.awards import AWARD_CATEGORIES
from services.contracts.membership.organisation.posts import POST_KINDS
from services.contracts.membership.person import GENDERS
from services.contracts.vocabulary import EMPLOYMENTS


def audience_words(audience: Mapping[str, Any] | None) -> str:
    """Return whom an activity is for."""
    audience = audience or {}
    parts = (
        _listed(unit_name(unit_id) for unit_id in audience.get("units", [])),
        _words(EMPLOYMENTS, audience.get("employments", [])),
        {"female": gettext("女会员"), "male": gettext("男会员")}.get(audience.get("sex") or "", ""),
        _ages(audience.get("age_from"), audience.get("age_to")),
        _words(POST_KINDS, audience.get("posts", [])),
        gettext("%(day)s 及以后入会", day=plain_day(audience["joined_since"])) if audience.get("joined_since") else "",
        _honours(audience.get("honours", [])),
    )
    return gettext("；").join(part for part in parts if part) or gettext("全体会员")


def basis_words(basis: Mapping[str, Any] | None) -> str:
    """Return by which facts a registration was decided; nothing where none were needed."""
    if not basis:
        return ""
    parts = []
    if "sex" in basis:
        parts.append(str(texts_of(GENDERS)[basis["sex"]]))
    if "age" in basis:
        age = basis["age"]
        parts.append(gettext("年龄未知") if age is None else gettext("活动当天 %(age)s 周岁", age=age))
    if "posts" in basis:
        parts.append(_words(POST_KINDS, basis["posts"]) or gettext("没有担任职务"))
    if "honours" in basis:
        parts.append(_honours(basis["honours"]) or gettext("没有荣誉记录"))
    told = gettext("；").join(parts)
    return gettext("%(facts)s（%(moment)s 查询）", facts=told, moment=stamp(basis["asked_at"]))


def _ages(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return gettext("%(low)s 至 %(high)s 周岁", low=low, high=high)
    if low is not None:
        return gettext("%(low)s 周岁以上（含）", low=low)
    return "" if high is None else gettext("%(high)s 周岁以下（含）", high=high)


def _honours(categories: Iterable[str]) -> str:
    listed = _words(AWARD_CATEGORIES, categories)
    return gettext("获得荣誉：%(kinds)s", kinds=listed) if listed else ""


def _words(vocabulary: Any, keys: Iterable[str]) -> str:
    texts = texts_of(vocabulary)
    return _listed(str(texts.get(key, key)) for key in keys)


def _listed(names: Iterable[str]) -> str:
    return gettext("、").join(names)
