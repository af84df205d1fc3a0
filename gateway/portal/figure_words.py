"""What a dated rule's value reads like, and the control it is typed with, by the kind of its key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.document_words import article_words, document_words
from gateway.portal.formats import money, month_name, plain_day
from gateway.portal.forms import Field
from gateway.portal.phrases import line_name
from gateway.portal.template_globals import add_globals
from gateway.portal.words import texts_of
from services.chassis.rules.qualifiers import read
from services.contracts.governance.ballots.vocabulary import BALLOT_BASES, BALLOT_COMPARATORS
from services.contracts.governance.congress.vocabulary import RENEWAL_ITEMS
from services.contracts.governance.funds.vocabulary import FUNDING_SOURCES
from services.contracts.governance.mediation.vocabulary import DISPUTE_MATTERS, DISPUTE_ROUTES, STEP_ASIDE
from services.contracts.governance.rulebook.keys import RuleKey, rule_key
from services.contracts.governance.rulebook.vocabulary import BASES, FESTIVALS, QUALIFIERS
from services.contracts.governance.unit_congresses.vocabulary import CHECK_ITEMS, FILING_DOCUMENTS
from services.contracts.membership.dues.vocabulary import EXEMPTION_REASONS
from services.contracts.membership.record.attachments import DOCUMENT_KINDS
from services.contracts.membership.record.shapes import STANDINGS
from services.contracts.vocabulary import BENEFIT_FORMS, BENEFITS, EMPLOYMENTS
from services.contracts.welfare.care_words import CARE_KINDS, CARE_SHARES
from services.contracts.welfare.charity.vocabulary import CHARITY_MARKS
from services.contracts.welfare.hardship.vocabulary import AID_AFTER_DEATH
from services.contracts.welfare.recuperation.vocabulary import LOSING_OUTCOMES

_WORDS = {
    "form": texts_of(BENEFIT_FORMS),
    "employment": texts_of(EMPLOYMENTS),
    "document": texts_of(DOCUMENT_KINDS),
    "standing": texts_of(STANDINGS),
    "reason": texts_of(EXEMPTION_REASONS),
    "benefit": texts_of(BENEFITS),
    "festival": texts_of(FESTIVALS),
    "outcome": texts_of(LOSING_OUTCOMES),
    "kind of gift": texts_of(CARE_KINDS),
    "share": texts_of(CARE_SHARES),
    "mark": texts_of(CHARITY_MARKS),
    "funding source": texts_of(FUNDING_SOURCES),
    "outcome of a death": texts_of(AID_AFTER_DEATH),
    "base": texts_of(BALLOT_BASES),
    "comparator": texts_of(BALLOT_COMPARATORS),
    "matter": texts_of(DISPUTE_MATTERS),
    "where to go": texts_of(DISPUTE_ROUTES),
    "ground": texts_of(STEP_ASIDE),
    "item of the list": texts_of(CHECK_ITEMS),
    "item of a renewal": texts_of(RENEWAL_ITEMS),
    "filed document": texts_of(FILING_DOCUMENTS),
}
"""Words of a value by the unit of its key."""


_COUNTED = {
    "months": _l("标准（月）"), "days": _l("标准（天）"), "working days": _l("标准（工作日）"),
    "years": _l("标准（年）"), "people": _l("标准（人）"), "day of the next month": _l("标准（次月几日）"),
    "lots": _l("标准（支签）"), "quotes": _l("标准（家）"),
    "characters": _l("标准（字）"), "times": _l("标准（次）"), "cases": _l("标准（件）"),
    "sheets": _l("标准（份）"),
    "minutes": _l("标准（分钟）"), "bookings": _l("标准（次）"), "absences": _l("标准（次）"),
    "members": _l("标准（人）"), "clubs": _l("标准（个）"), "activities": _l("标准（次）"),
    "classes": _l("标准（个）"),
}  # fmt: skip


_CURVE_FIELDS = {"base": "value", "step": "value_step", "max": "value_most"}
"""The field of each whole number of a retirement curve."""
_BIRTH = (_BIRTH_YEAR, _BIRTH_MONTH) = ("value_birth_year", "value_birth_month")
"""The fields of the month of birth a curve begins with."""
_CURVE = (
    Field("value", _l("基准退休年龄（周岁）"), "number", extra={"min": "1", "max": "100"}, required=True),
    Field(_BIRTH_YEAR, _l("从哪年出生的人起延迟"), "number", extra={"min": "1900", "max": "2099"}, required=True),
    Field(
        _BIRTH_MONTH, _l("从该年几月出生的人起"), "select", choices=lambda: _months(), blank=_l("请选择"),
        required=True,
    ),
    Field(
        "value_step", _l("出生每晚几个月延迟 1 个月"), "number", extra={"min": "1", "max": "600"}, required=True,
    ),
    Field("value_most", _l("最多延迟几个月"), "number", extra={"min": "1", "max": "600"}, required=True),
)  # fmt: skip


def figure(key: str, value: Any) -> str:
    """Return a value as people read it: yuan, percent, months, words, a budget line."""
    known = rule_key(key)
    if known is None or value is None:
        return str(value)
    if known.kind == "amount" or known.unit == "yuan":
        return money(str(value))
    if known.unit.startswith("percent"):
        return f"{value}%"
    if known.kind == "count":
        return _counted(value, known.unit)
    if known.kind == "curve":
        return _curve(value)
    if known.unit == "budget line":
        return line_name(str(value))
    if known.kind in ("words", "texts") or known.words:
        listed = value if isinstance(value, list) else str(value).split(",")
        return gettext("、").join(str(_words_of(known).get(word.strip(), word.strip())) for word in listed)
    return str(value)


def _counted(count: Any, unit: str) -> str:
    return {
        "months": gettext("%(count)s 个月", count=count),
        "days": gettext("%(count)s 天", count=count),
        "working days": gettext("%(count)s 个工作日", count=count),
        "years": gettext("%(count)s 年", count=count),
        "people": gettext("%(count)s 人", count=count),
        "day of the next month": gettext("次月 %(count)s 日", count=count),
        "lots": gettext("%(count)s 支签", count=count),
        "quotes": gettext("%(count)s 家", count=count),
        "characters": gettext("%(count)s 字", count=count),
        "times": gettext("%(count)s 次", count=count),
        "cases": gettext("%(count)s 件", count=count),
        "sheets": gettext("%(count)s 份", count=count),
        "minutes": gettext("%(count)s 分钟", count=count),
        "bookings": gettext("%(count)s 次", count=count),
        "absences": gettext("%(count)s 次", count=count),
        "members": gettext("%(count)s 人", count=count),
        "clubs": gettext("%(count)s 个", count=count),
        "activities": gettext("%(count)s 次", count=count),
        "classes": gettext("%(count)s 个", count=count),
    }[unit]


def qualifier_words(text: str) -> str:
    """Return what a rule is narrowed down to, as people read it."""
    known = ((QUALIFIERS[name], word) for name, word in read(text).items() if name in QUALIFIERS)
    return gettext("、").join(str(texts_of(words).get(word, word)) for words, word in known)


def rule_change_value(key: str, field: str, value: Any) -> str:
    """Return what a field of a rule was or became, as its history shows it."""
    if value in (None, ""):
        return "—"
    if field == "value":
        return figure(key, value)
    if field == "scope":
        return str(texts_of(EMPLOYMENTS).get(value, value))
    if field == "basis":
        return str(texts_of(BASES).get(value, value))
    if field == "title":
        return document_words(str(value))
    if field == "article":
        return article_words(str(value))
    return str(plain_day(str(value))) if field.startswith("valid_") else str(value)


def value_fields(known: RuleKey, lines: Mapping[str, Any]) -> list[Field]:
    """Return the controls a value of this key is typed with; the first is the field `value`, where it is refused.

    Args:
        known: the key.
        lines: this year's budget lines, by code.
    """
    return list(_CURVE) if known.kind == "curve" else [_value_field(known, lines)]


def _value_field(known: RuleKey, lines: Mapping[str, Any]) -> Field:
    label = _l("标准")
    if known.kind == "amount" or known.unit == "yuan":
        return Field("value", _l("标准（元）"), "money", hint=_l("数字，如 800 或 800.50，最多两位小数。"))
    if known.kind == "number":
        return Field("value", _l("标准（%）"), hint=_l("数字，如 0.5，不写百分号。"), extra={"inputmode": "decimal"})
    if known.kind == "count":
        hint = _l("整数，0 表示立即。") if known.unit in ("months", "days") else _l("整数。")
        return Field("value", _COUNTED[known.unit], "text", hint=hint, extra={"inputmode": "numeric"})
    if known.kind == "fraction":
        return Field("value", _l("标准（分数）"), hint=_l("例如 1/3。"))
    if known.unit == "budget line" and lines:
        return Field("value", _l("预算项目"), "select", choices=lines, blank=_l("请选择"))
    if known.kind == "code" and known.words:
        return Field("value", label, "select", choices=dict(_words_of(known)), blank=_l("请选择"))
    if known.kind == "words":
        return Field("value", label, "checks", choices=_choices(known), required=True)
    if known.kind == "texts":
        return Field("value", label, "textarea", hint=_l("每行一项，每项不超过 60 个字。"))
    if known.unit == "account":
        return Field("value", _l("科目代码"), hint=_l("例如 401。"))
    return Field("value", label)


def typed(known: RuleKey, payload: dict[str, Any]) -> dict[str, Any]:
    """Return a form's payload with its value as the contract takes it: ticks with commas, a curve's figures as JSON."""
    value = payload.get("value")
    if known.kind == "words" and isinstance(value, list):
        return {**payload, "value": ", ".join(value)}
    if known.kind != "curve":
        return payload
    given = {name: payload.get(field) for name, field in _CURVE_FIELDS.items()}
    year, month = payload.get(_BIRTH_YEAR), payload.get(_BIRTH_MONTH)
    curve = {**given, "start": f"{year}-{str(month).zfill(2)}"}
    rest = {name: value for name, value in payload.items() if name not in (*_CURVE_FIELDS.values(), *_BIRTH)}
    return {**rest, "value": json.dumps(curve)}


def as_typed(known: RuleKey, value: Any) -> dict[str, Any]:
    """Return a stored value as its controls hold it, by field."""
    if known.kind == "words" and value:
        return {"value": [word.strip() for word in str(value).split(",")]}
    if known.kind == "texts" and value:
        return {"value": "\n".join(one.strip() for one in str(value).split(","))}
    curve = _figures_of_curve(value) if known.kind == "curve" else None
    if curve is None:
        return {"value": value} if known.kind != "curve" else {}
    year, _, month = curve["start"].partition("-")
    return {
        **{field: curve[name] for name, field in _CURVE_FIELDS.items()},
        _BIRTH_YEAR: year,
        _BIRTH_MONTH: month.lstrip("0"),
    }


def _months() -> dict[str, str]:
    return {str(month): month_name(month) for month in range(1, 13)}


def _choices(known: RuleKey) -> Mapping[str, Any]:
    table = _words_of(known)
    return {word: table.get(word, word) for word in known.words} if known.words else table


def _words_of(known: RuleKey) -> Mapping[str, Any]:
    return _WORDS.get(known.unit, {})


def _curve(value: Any) -> str:
    curve = _figures_of_curve(value)
    if curve is None:
        return str(value)
    return gettext(
        "基准 %(base)s 周岁；%(start)s 出生起每 %(step)s 个月延迟 1 个月，最多 %(max)s 个月",
        base=curve["base"], start=curve["start"], step=curve["step"], max=curve["max"],
    )  # fmt: skip


def _figures_of_curve(value: Any) -> dict[str, Any] | None:
    """Return the figures of a retirement curve, given as JSON or as an object; None where it is none."""
    try:
        curve = json.loads(value) if isinstance(value, str) else value
        return {"base": curve["base"], "start": str(curve["start"]), "step": curve["step"], "max": curve["max"]}
    except (ValueError, KeyError, TypeError):
        return None


def set_up(app: Flask) -> None:
    """Make the words known to the templates."""
    add_globals(app, figure=figure, qualifier_words=qualifier_words, rule_change_value=rule_change_value)
