"""Questions of an activity as fields of a form, answers as people read them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from gateway.portal.formats import plain_day
from gateway.portal.forms import Field, Form

BEGIN = "answers."
"""Begins the names of the controls, which errors of answers have as well."""
_CONTROLS = {
    "line": "text", "text": "textarea", "choice": "radios", "choices": "checks", "number": "text", "date": "date",
    "yes_no": "radios",
}  # fmt: skip
_EXTRA: dict[str, dict[str, str]] = {
    "line": {"maxlength": "200"}, "text": {"maxlength": "2000"}, "number": {"inputmode": "decimal"},
}  # fmt: skip
Questions = Sequence[Mapping[str, Any]]


def answers_form(
    questions: Questions, answers: Mapping[str, Any] | None = None, posted: MultiDict[str, str] | None = None
) -> Form:
    """Return the form that asks these questions; closed ones are left out.

    Args:
        questions: as the contract has them.
        answers: that stand, by number of the question.
        posted: what the person sent.
    """
    fields = [_field(question) for question in questions if not question["closed"]]
    values = {f"{BEGIN}{number}": one for number, one in (answers or {}).items()}
    return Form(None, fields, values=values, posted=posted)


def answers_in(form: Form) -> dict[str, Any]:
    """Return what was answered, by number of the question."""
    return {name.removeprefix(BEGIN): value for name, value in form.payload().items() if value not in (None, [])}


def is_posted(posted: MultiDict[str, str]) -> bool:
    """Whether a request came from a form with questions."""
    return "asked" in posted


def conditions(questions: Questions) -> dict[str, dict[str, str]]:
    """Return what a page's script needs to show a question only when it is asked, by name of the control."""
    found: dict[str, dict[str, str]] = {}
    for question in questions:
        told: dict[str, str] = {}
        if question["if_question"] is not None:
            told["data-if-name"] = f"{BEGIN}{questions[question['if_question'] - 1]['number']}"
            told["data-if-values"] = json.dumps(question["if_answers"], ensure_ascii=False)
        if question["if_option"] is not None:
            told["data-if-option"] = str(question["if_option"])
        found[f"{BEGIN}{question['number']}"] = told
    return found


def answer_words(answer: Mapping[str, Any]) -> str:
    """Return an answer as people read it."""
    value = answer["value"]
    if answer["kind"] == "yes_no":
        return str(_yes_no()[value])
    if answer["kind"] == "date":
        return str(plain_day(value))
    return gettext("、").join(value) if isinstance(value, list) else str(value)


def possible_words(value: str) -> str:
    """Return an answer that a question depends on as an organiser writes it."""
    return str(_yes_no().get(value, value))


def answer_read(line: str) -> str:
    """Return what an organiser wrote of an answer that a question depends on as the contract has it."""
    return next((value for value, text in _yes_no().items() if line == str(text)), line)


def _field(question: Mapping[str, Any]) -> Field:
    kind = question["kind"]
    choices = _yes_no() if kind == "yes_no" else {one: one for one in question["choices"]}
    # The browser must not ask for what may not be shown: of these the service says that they are missing.
    always = question["required"] and question["if_question"] is None and question["if_option"] is None
    return Field(
        f"{BEGIN}{question['number']}", question["text"], _CONTROLS[kind], hint=question["hint"], choices=choices,
        required=always, wide=kind == "text", extra=_EXTRA.get(kind, {}),
    )  # fmt: skip


def _yes_no() -> dict[str, Any]:
    return {"yes": gettext("是"), "no": gettext("否")}
