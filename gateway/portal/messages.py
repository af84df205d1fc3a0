"""Refusals and input errors in the reader's words: by rule where the rule is known, else as the service said it.

The words of each subject's rules stand in `refusals.py`; this module finds them.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal import refusals
from gateway.portal.cures import cure_of
from gateway.portal.rule_messages import AMOUNTS, AMOUNTS_OF
from gateway.portal.rule_messages.details import DETAILS
from gateway.subject import installed
from services.chassis.errors import Problem
from services.chassis.text_fields import RULES_OF_TEXTS

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
    (r"The input is not valid\.", _l("请检查填写的内容。")),
    (r"Unknown field\.", _l("不认识的字段。")),
    (r"Missing\.", _l("请填写此项。")),
    (r"Must lie between (?P<low>[\d-]+) and (?P<limit>[\d-]+)\.", _l("须在 %(low)s 至 %(limit)s 之间。")),
    (r"A month as 2026-03\.", _l("请按 2026-03 的样子填写月份。")),
    (r"At most two decimal places\.", _l("最多两位小数。")),
    (r"There is no such category\.", _l("请从列出的选项中选择。")),
    (r"Contains a character that cannot be stored\.", _l("含有无法保存的字符。")),
    (r"Given more than once\.", _l("只能填一次。")),
    (r"An award goes to one member or to one unit\.", _l("获奖会员和获奖组织须选一个，也只能选一个。")),
    (r"Say whose honours.*", _l("请指明是谁的荣誉。")),
    (r"Give the unit or the other union, one of them\.", _l("校内分工会和外单位工会须填一个，也只能填一个。")),
    (r"Say why the transfer is refused\.", _l("请写明不同意的原因。")),
    (r"Say whose (transfer|life event) this is\.", _l("请选择会员。")),
    (r"Type letters, digits or Chinese characters\.", _l("请输入汉字、字母或数字。")),
    (r"Too many rows for one workbook.*", _l("行数太多，请先选一个分工会。")),
    (r"Too much for one message.*", _l("一次上传的材料太大，其余请提交后再补。")),
    (r"A file may have \d+ bytes at most\.", _l("文件太大。")),
    (r"The file is empty\.", _l("文件是空的。")),
    (r"Not (base64|a file's name)\.", _l("文件无法读取。")),
    (r"Two columns hold the same: .*", _l("有两列对应了同一项。")),
    (r"One for each member\.", _l("每位会员要有一个。")),
    (r"No column holds: .*", _l("必填的列还没有对应齐。")),
    (r"Confirm first: no way back\.", _l("请先勾选确认。")),
    (r"The cursor .*", _l("翻页的位置已失效，请从第一页开始。")),
]  # fmt: skip
_PATTERNS = [(re.compile(pattern), words) for pattern, words in _INPUT]


def say(what: Problem | str) -> str:
    """Return a problem, or one message about a field, in the reader's language."""
    if isinstance(what, Problem):
        return _say_problem(what)
    rule = DETAILS.get(what) or RULES_OF_TEXTS.get(what)
    if rule is not None:
        return str(installed().rules[rule][1])
    for pattern, words in _PATTERNS:
        found = pattern.fullmatch(what)
        if found:
            return str(words) % {key: value for key, value in found.groupdict().items() if value is not None}
    return what


def explain(problem: Problem) -> dict[str, Any]:
    """Return what an alert shows of a problem: the reason, the rule's name, the steps that are possible, the errors."""
    errors = problem.params.get("errors") or {}
    listed = [text for texts in errors.values() for text in (texts if isinstance(texts, list) else [])]
    text = say(problem)
    return {
        "text": text,
        "rule": problem.rule,
        "rule_name": refusals.name_of_rule(problem.rule),
        "cure": cure_of(problem.rule),
        "legal": [refusals.name_of_step(step) for step in problem.params.get("legal", [])],
        "errors": [words for words in map(say, map(str, listed)) if words != text] if not problem.rule else [],
    }


def _say_problem(problem: Problem) -> str:
    words = refusals.words_of(problem.rule, problem.code) if problem.rule else None
    words = words or refusals.words_of_code(problem.code)
    if not words:
        return say(problem.detail)
    try:
        return str(words) % _figures_of(problem)
    except (KeyError, ValueError, TypeError):
        return problem.detail or gettext("操作未能完成。")


def _figures_of(problem: Problem) -> dict[str, Any]:
    """Return what a refusal carries, its amounts with two places: one sentence writes all of them alike."""
    amounts = AMOUNTS | AMOUNTS_OF.get(problem.rule or "", frozenset())
    return {name: _with_fen(value) if name in amounts else value for name, value in problem.params.items()}


def _with_fen(value: Any) -> Any:
    try:
        return f"{Decimal(value):.2f}"
    except (InvalidOperation, TypeError, ValueError):
        return value
