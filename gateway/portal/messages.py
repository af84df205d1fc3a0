"""Refusals and input errors in the reader's words: by rule where the rule is known, else as the service said it.

The words of each subject's rules stand in `refusals.py`; this module finds them.
"""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal import refusals
from gateway.portal.rulewords import RULES
from gateway.portal.rulewords.membership import DETAILS
from services.chassis.errors import Problem

_INPUT = [
    (r"Documents are missing: .*", _l("非编人员还缺入会材料：请核验原件后勾选，或逐个申请并上传")),
    (r"Missing data for required field\.", _l("请填写此项。")),
    (r"Field may not be null\.", _l("请填写此项。")),
    (r"Must be one of: .*", _l("请从列出的选项中选择。")),
    (r"Not a valid (integer|number|decimal)\.", _l("请填写数字。")),
    (r"Not a valid date\.", _l("请填写有效的日期。")),
    (r"Not a valid (aware )?datetime\.", _l("请填写有效的日期和时间。")),
    (r"Not a valid UUID\.", _l("请从列出的选项中选择。")),
    (r"Not a valid email address\.", _l("请填写有效的电子邮箱。")),
    (r"Longer than maximum length (?P<limit>\d+)\.", _l("最多 %(limit)s 个字符。")),
    (r"Shorter than minimum length (?P<limit>\d+)\.", _l("至少 %(limit)s 个字符。")),
    (r"Length must be between (?P<low>\d+) and (?P<limit>\d+)\.", _l("长度须在 %(low)s 至 %(limit)s 个字符之间。")),
    (r"Length must be (?P<limit>\d+)\.", _l("须为 %(limit)s 个字符。")),
    (r"Must be greater than or equal to (?P<low>[\d.]+)( and less than or equal to (?P<limit>[\d.]+))?\.",
     _l("不能小于 %(low)s。")),
    (r"Must be greater than (?P<low>[\d.]+).*", _l("必须大于 %(low)s。")),
    (r"Must be less than or equal to (?P<limit>[\d.]+)\.", _l("不能大于 %(limit)s。")),
    (r"The (amount|day|moment|number) is out of range\.", _l("超出可用范围。")),
    (r"String does not match expected pattern\.", _l("格式不正确。")),
    (r"no rule in force for .*", _l("没有现行标准。")),
    (r"A reason is needed .*", _l("请写明原因。")),
    (r"Say in which form .*", _l("请选择发放形式。")),
    (r"Nothing to change was given\.", _l("没有修改任何内容。")),
    (r"letters, digits and hyphens, at most 20", _l("只能用字母、数字和连字符，最多 20 个。")),
    (r"The age must be between (?P<low>\d+) and (?P<limit>\d+)\.", _l("年龄须在 %(low)s 至 %(limit)s 岁之间。")),
    (r"Unknown field\.", _l("不认识的字段。")),
]  # fmt: skip
_PATTERNS = [(re.compile(pattern), words) for pattern, words in _INPUT]


def say(what: Problem | str) -> str:
    """Return a problem, or one message about a field, in the reader's language."""
    if isinstance(what, Problem):
        return _say_problem(what)
    if what in DETAILS:
        return str(RULES[DETAILS[what]][1])
    for pattern, words in _PATTERNS:
        found = pattern.fullmatch(what)
        if found:
            return str(words) % {key: value for key, value in found.groupdict().items() if value is not None}
    return what


def explain(problem: Problem) -> dict[str, Any]:
    """Return what an alert shows of a problem: the reason, the rule's name, the steps that are possible, the errors."""
    errors = problem.params.get("errors") or {}
    listed = [text for texts in errors.values() for text in (texts if isinstance(texts, list) else [])]
    return {
        "text": say(problem),
        "rule": problem.rule,
        "rule_name": refusals.name_of_rule(problem.rule),
        "legal": [refusals.name_of_step(step) for step in problem.params.get("legal", [])],
        "errors": [say(str(text)) for text in listed] if not problem.rule else [],
    }


def _say_problem(problem: Problem) -> str:
    words = refusals.words_of(problem.rule, problem.code) if problem.rule else None
    words = words or refusals.words_of_code(problem.code)
    if not words:
        return say(problem.detail)
    try:
        return str(words) % problem.params
    except (KeyError, ValueError, TypeError):
        return problem.detail or gettext("操作未能完成。")
