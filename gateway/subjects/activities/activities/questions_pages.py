"""The organisers' page of an activity's questions: what is asked of those who register, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from gateway.portal.forms import Field, Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import go, submit
from gateway.rpc.calls import call
from gateway.subjects.activities.activities.question_fields import answer_read, possible_words
from services.chassis.errors import InvalidInput
from services.chassis.plain_text import is_digits, whole_number
from services.contracts.activities.calendar.operations import get_activity
from services.contracts.activities.options.operations import get_options
from services.contracts.activities.questions.operations import SetQuestions, get_questions, set_questions
from services.contracts.activities.questions.shapes import MOST_QUESTIONS, Question

PAGES = PageTable()
EMPTY_ROWS = 2
"""Rows that are offered for what is added."""
_LINES = ("choices", "if_answers")


@PAGES.route("/console/activities/<uuid:activity_id>/questions", methods=["GET", "POST"])
@only("officer", "chair")
def activity_questions(activity_id: UUID) -> str | Response | tuple[str, int]:
    """Set what is asked of those who register."""
    named = {"activity_id": str(activity_id)}
    activity, stands = call(get_activity, named), call(get_questions, named)
    options = {str(one["number"]): one["name"] for one in call(get_options, named)["options"]}
    whole = Form(SetQuestions, [], posted=request.form if request.method == "POST" else None)
    rows = [_row(place, options, _posted(place)) for place in range(MOST_QUESTIONS)] if whole.posted else []
    rows = [row for row in rows if row["text"].value.strip()]
    if whole.posted is not None:
        version = request.form.get("version", type=whole_number) or stands["version"]
        filled = {"questions": [_sent(row) for row in rows], "version": version, **named}
        if submit(whole, set_questions, filled=filled) is not None:
            flash(gettext("报名问题已保存。"), "done")
            return go(url_for("portal.activity_questions", activity_id=activity_id))
        _spread(whole, rows)
    else:
        rows = [_row(place, options, values=_shown(one)) for place, one in enumerate(stands["questions"])]
    more = range(len(rows), min(len(rows) + EMPTY_ROWS, MOST_QUESTIONS))
    page = {
        "form": whole, "activity": activity, "version": stands["version"], "stored": len(rows),
        "has_options": bool(options),
        "rows": [*rows, *(_row(place, options) for place in more)],
        "answered": {one["number"] for one in stands["questions"] if one["answered"]},
    }  # fmt: skip
    text = render_template("portal/console/activity_questions.html", **page)
    return text if whole.problem is None else (text, 422)


def _row(
    place: int, options: Mapping[str, str], posted: MultiDict[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
) -> Form:  # fmt: skip
    begin = f"questions-{place}-"
    fields: list[Field | str] = [
        Field("text", required=False, wide=True), Field("kind", required=False), "hint",
        Field("choices", control="textarea", required=False, hint=_l("单选、多选填写，一行一个。")),
        "required", "closed",
        Field("if_question", hint=_l("填前面某一题的序号；不填就人人都问。")),
        Field("if_answers", control="textarea", required=False, hint=_l("一行一个；是或否就写“是”或“否”。")),
        Field("if_option", control="select", choices=options, blank=_l("不限")),
        Field("number", control="hidden"),
    ]  # fmt: skip
    if not options:
        fields = [one for one in fields if not (isinstance(one, Field) and one.name == "if_option")]
    return Form(Question, fields, values=values, posted=posted, prefix=begin, inside=begin)


def _posted(place: int) -> MultiDict[str, str]:
    begin = f"questions-{place}-"
    sent = request.form.items(multi=True)
    return MultiDict([(name.removeprefix(begin), value) for name, value in sent if name.startswith(begin)])


def _sent(row: Form) -> dict[str, Any]:
    """Return a question as the command takes it."""
    filled = row.payload()
    for name in _LINES:
        lines = [line.strip() for line in str(filled.get(name) or "").splitlines() if line.strip()]
        filled[name] = [answer_read(line) for line in lines] if name == "if_answers" else lines
    for name in ("number", "if_option"):
        filled[name] = int(filled[name]) if is_digits(str(filled.get(name) or "")) else None
    return filled


def _shown(question: Mapping[str, Any]) -> dict[str, Any]:
    answers = "\n".join(possible_words(one) for one in question["if_answers"])
    return {**question, "choices": "\n".join(question["choices"]), "if_answers": answers}


def _spread(whole: Form, rows: Sequence[Form]) -> None:
    """Put what was found wrong in a question beside its fields."""
    found = (whole.problem.params.get("errors") or {}).get("questions") if whole.problem else None
    if not isinstance(found, Mapping):
        return
    whole.errors.pop("questions", None)
    for place, wrong in found.items():
        if is_digits(str(place)) and int(place) < len(rows) and isinstance(wrong, Mapping):
            rows[int(place)].take(InvalidInput(errors=dict(wrong)))
