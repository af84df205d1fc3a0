"""Finding the words of a rule, of where it is written, of a missing rule and of an error code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.portal.document_words import article_words, document_words
from gateway.portal.rule_messages.figures import CAPS, name_of_figure
from gateway.portal.rule_messages.input_errors import SHARED
from gateway.subject import installed
from services.chassis.schema import Vocabulary

CODES = {
    "precondition_failed": _l("您打开之后，别人已经改过。请刷新后再修改。"),
    "unavailable": _l("负责这一项的服务暂时联系不上。您填写的内容还在，请稍后再提交。"),
    "deadline_exceeded": _l("服务没有在规定时间内回应。您填写的内容还在，再提交一次是安全的，不会重复办理。"),
    "not_found": _l("没有找到要办理的内容。"),
    "not_allowed": _l("您的职务不能办理这一项。"),
    "defect": _l("系统出错了，问题已记录。"),
    "too_many": _l("操作太频繁，请稍后再试。"),
}
_OF_BENEFIT = re.compile(r"benefit\.\w+\.(cap|year_cap|forms|funding|line)")


def name_of_rule(rule: str | None) -> str | None:
    """Return what a rule asserts; for a figure of the rulebook, what it is the figure of."""
    if not rule:
        return None
    found = installed().rules.get(rule)
    if found:
        return str(found[0])
    return name_of_figure(rule)


def words_of(rule: str, code: str | None = None) -> Any:
    """Return what to tell somebody a rule refused; None where this portal has no words for it."""
    if code == "no_rule_in_force" or (code is None and _OF_BENEFIT.fullmatch(rule)):
        return gettext("没有现行标准：%(what)s", what=name_of_rule(rule) or rule).replace("%", "%%")
    if _OF_BENEFIT.fullmatch(rule):
        return CAPS.get(rule.rpartition(".")[2])
    found = installed().rules.get(rule)
    return found[1] if found else None


def with_source(text: str, figures: Mapping[str, Any]) -> str:
    """Return a sentence with the document and article its rule is written in, before the full stop.

    Args:
        text: what is told.
        figures: of the refusal; the sentence is unchanged where they name no document.
    """
    document = figures.get("document")
    if not document or "ruleset" not in figures:
        return text
    written = (document_words(document), figures.get("number"), article_words(figures.get("article")))
    named = " ".join(part for part in written if part)
    end = text[-1:] if text[-1:] in "。." else ""
    return gettext("%(text)s（依据：%(source)s）", text=text.removesuffix(end), source=named) + end


def words_of_input(code: str) -> Any:
    """Return what to tell about an input field, by the code of its error; None where there are no words."""
    found = installed().input_errors.get(code) or SHARED.get(code)
    return found or words_of(code)


def steps_of(workflow: str) -> Vocabulary | None:
    """Return the words of a workflow's steps; None where it has none of its own."""
    return installed().steps.get(workflow)


def words_of_code(code: str | None) -> Any:
    """Return what to tell about a kind of error."""
    return CODES.get(code or "")
