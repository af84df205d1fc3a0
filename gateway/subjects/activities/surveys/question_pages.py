"""Building the questions of a draft: one added, changed, moved, removed; each change saves the whole draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.form_pages import form_page
from gateway.portal.forms import Field, Form
from gateway.portal.messages import say
from gateway.portal.page_table import PageTable
from gateway.portal.people import only
from gateway.portal.service_calls import act, attempt, go, send
from gateway.rpc.calls import call
from gateway.subjects.activities.surveys import question_lists
from gateway.subjects.activities.surveys.pages import PATH, RUNS, here
from gateway.subjects.activities.surveys.words import option_words
from services.chassis.errors import InvalidInput, NotFound
from services.chassis.input_errors import InputError, texts_in
from services.chassis.plain_text import whole_number
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys.requests import SurveyQuestion
from services.contracts.activities.surveys.vocabulary import CHOSEN_FROM, QUESTION_KINDS, WITH_OPTIONS

PAGES = PageTable()
_TERMS = (
    "title", "about", "anonymous", "by_unit", "electorate", "audience", "activity_id", "opens_at", "closes_at",
    "version",
)  # fmt: skip
_LINES = "option_lines"


@PAGES.route(f"{PATH}/questions/new", methods=["GET", "POST"])
@only(*RUNS)
def new_survey_question(survey_id: UUID) -> str | Response | tuple[str, int]:
    """Add a question."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    return _answer(found, len(found["questions"]) + 1, {})


@PAGES.route(f"{PATH}/questions/<int:number>", methods=["GET", "POST"])
@only(*RUNS)
def edit_survey_question(survey_id: UUID, number: int) -> str | Response | tuple[str, int]:
    """Change a question."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    if not 1 <= number <= len(found["questions"]):
        raise NotFound("There is no such question.", field="number")
    one = found["questions"][number - 1]
    condition = one["condition"]
    chosen = [f"{condition['question']}-{choice}" for choice in condition["choices"]] if condition else []
    return _answer(found, number, {**one, _LINES: "\n".join(one["options"]), "condition": chosen})


@PAGES.post(f"{PATH}/questions/<int:number>/<any(up, down, remove):step>")
@only(*RUNS)
def move_survey_question(survey_id: UUID, number: int, step: str) -> Response:
    """Move a question up or down, or remove it."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    questions = found["questions"]
    if step == "remove":
        changed, done = question_lists.without(questions, number), gettext("题目已删除。")
    else:
        changed, done = question_lists.moved(questions, number, -1 if step == "up" else 1), None
    return act(contract.change_survey, _terms(found, changed), done=done, then=f"{here(survey_id)}#questions")


def _answer(found: dict[str, Any], number: int, values: Mapping[str, Any]) -> str | Response | tuple[str, int]:
    posted = request.form if request.method == "POST" else None
    form = Form(SurveyQuestion, _fields(found["questions"][: number - 1]), values=values, posted=posted)
    if posted is not None:
        if attempt(form, lambda: _save(found, number, form)) is not None:
            flash(gettext("题目已保存。"), "done")
            return go(f"{here(found['id'])}#questions")
        _place_errors(form, number)
    return form_page(
        form, title=gettext("第 %(number)s 题", number=number), back=here(found["id"]), words=found["title"],
        template="portal/console/survey_question.html", version=found["version"],
    )  # fmt: skip


def _fields(before: Sequence[Mapping[str, Any]]) -> list[Field | str]:
    fields: list[Field | str] = [
        Field("question", wide=True), Field("kind", choices=QUESTION_KINDS), "required",
        Field(
            _LINES, _l("选项"), "textarea", hint=_l("单选和多选才填，每行一个。"), required=False, extra={"rows": "5"},
        ),
    ]  # fmt: skip
    choices = {
        f"{number}-{at}": f"{number}. {one['question']} — {words}"
        for number, one in enumerate(before, 1)
        if one["kind"] in CHOSEN_FROM
        for at, words in enumerate(option_words(one), 1)
    }
    if choices:
        hint = _l("都不勾就总是问。只能勾同一道题的选项，勾几个是任一即可。")
        fields.append(Field("condition", control="checks", choices=choices, hint=hint))
    return fields


def _save(found: Mapping[str, Any], number: int, form: Form) -> dict[str, Any]:
    given = form.payload()
    lines = [line.strip() for line in str(given.pop(_LINES, None) or "").splitlines() if line.strip()]
    question = {
        **given, "options": lines if given.get("kind") in WITH_OPTIONS else [],
        "condition": _condition(given.get("condition") or []),
    }  # fmt: skip
    changed = question_lists.with_question(found["questions"], number, question)
    version = request.form.get("version", type=whole_number) or found["version"]
    return send(contract.change_survey, {**_terms(found, changed), "version": version})


def _condition(chosen: Sequence[str]) -> dict[str, Any] | None:
    """Return the condition that was ticked. Raises `InvalidInput` where it names two questions."""
    if not chosen:
        return None
    pairs = [one.partition("-") for one in chosen]
    if len({of for of, _, _ in pairs}) > 1:
        wrong = InputError("surveys.condition_is_of_one_question", "A condition is of one question.")
        raise InvalidInput(wrong, field="condition")
    return {"question": int(pairs[0][0]), "choices": [int(choice) for _, _, choice in pairs]}


def _terms(found: Mapping[str, Any], questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"survey_id": found["id"], **{name: found[name] for name in _TERMS}, "questions": list(questions)}


def _place_errors(form: Form, number: int) -> None:
    """Put errors in this question beside their fields."""
    found = (form.problem.params if form.problem else {}).get("errors") or {}
    listed = found.get("questions")
    of_question = listed.get(str(number - 1)) if isinstance(listed, Mapping) else None
    if isinstance(of_question, Mapping):
        form.errors.pop("questions", None)
        for name, messages in of_question.items():
            form.errors.setdefault(str(name), []).extend(say(text) for text in texts_in(messages))
    if "options" in form.errors:
        form.errors[_LINES] = form.errors.pop("options")
