"""Refusals and input errors in the reader's words: by rule or code where it is known, else as the service said it.

The words stand with each subject in `rule_messages.py`; `refusals.py` finds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext

from gateway.portal import refusals
from gateway.portal.cures import cure_of
from gateway.portal.rule_messages import AMOUNTS, AMOUNTS_OF
from gateway.portal.words import texts_of
from services.chassis.errors import Problem, Refused
from services.chassis.input_errors import InputError, texts_in
from services.contracts.vocabulary import WORKFLOW_ACTIONS


def say(what: Problem | str) -> str:
    """Return a problem, or one message about a field, in the reader's language.

    A message without a code is returned as it is: a page's own words, or those of a service of an older release.
    """
    if isinstance(what, Problem):
        return _say_problem(what)
    words = refusals.words_of_input(what.code) if isinstance(what, InputError) else None
    return _filled_in(words, what.params, what) if words and isinstance(what, InputError) else str(what)


def say_rule(rule: str, params: Mapping[str, Any]) -> str:
    """Return why a rule refused, from its name and figures, where no problem was answered but a decision told."""
    return say(Refused(rule, rule=rule, params=dict(params)))


def explain(problem: Problem) -> dict[str, Any]:
    """Return what an alert shows of a problem: the reason, the rule's name, the steps that are possible, the errors."""
    errors = problem.params.get("errors") or {}
    text, actions = say(problem), _steps_of(problem.rule)
    return {
        "text": text,
        "rule": problem.rule,
        "rule_name": refusals.name_of_rule(problem.rule),
        "cure": cure_of(problem.rule),
        "legal": [str(actions[step]) for step in problem.params.get("legal", []) if step in actions],
        "errors": [words for words in map(say, texts_in(errors)) if words != text] if not problem.rule else [],
    }


def _steps_of(rule: str | None) -> Mapping[str, Any]:
    """Return the steps of a workflow in words: those of its subject, then those that several workflows share."""
    own = refusals.steps_of(rule.removeprefix("workflow.")) if rule and rule.startswith("workflow.") else None
    return {**texts_of(WORKFLOW_ACTIONS), **(texts_of(own) if own else {})}


def _say_problem(problem: Problem) -> str:
    words = refusals.words_of(problem.rule, problem.code) if problem.rule else None
    words = words or refusals.words_of_code(problem.code)
    if not words:
        return say(problem.detail)
    return _filled_in(words, _figures_of(problem), problem.detail) or gettext("操作未能完成。")


def _filled_in(words: Any, figures: Mapping[str, Any], otherwise: str) -> str:
    try:
        return refusals.with_source(str(words) % figures, figures)
    except (KeyError, ValueError, TypeError):
        return str(otherwise)


def _figures_of(problem: Problem) -> dict[str, Any]:
    """Return what a refusal carries, its amounts with two places: one sentence writes all of them alike."""
    amounts = AMOUNTS | AMOUNTS_OF.get(problem.rule or "", frozenset())
    return {name: _with_fen(value) if name in amounts else value for name, value in problem.params.items()}


def _with_fen(value: Any) -> Any:
    try:
        return f"{Decimal(value):.2f}"
    except (InvalidOperation, TypeError, ValueError):
        return value
