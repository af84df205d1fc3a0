"""Answering surveys, and reading what came of those one was asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from gateway.portal.forms import Form
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, signed_in
from gateway.portal.service_calls import attempt, go, part, send
from gateway.rpc.calls import call
from gateway.subjects.activities.surveys.questions import answers_of, asked
from gateway.subjects.activities.surveys.words import pictures_of
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results

PAGES = PageTable()
_LISTED = 50


@PAGES.get("/me/surveys")
@only("member")
def my_surveys() -> str:
    """Show the surveys on whose roll one stands: those that are open first."""
    open_now = part(contract.my_surveys, {"state": "open", "limit": _LISTED})
    ended = [part(contract.my_surveys, {"state": state, "limit": 20}) for state in ("published", "closed")]
    over = [one for found in ended for one in found.items]
    return render_template("portal/member/surveys.html", open_now=open_now, ended=over)


@PAGES.route("/surveys/<uuid:survey_id>", methods=["GET", "POST"])
@only("member", *CONSOLE_ROLES)
def survey(survey_id: UUID) -> str | Response | tuple[str, int]:
    """Show a survey to fill in, then its result; take the answers to a named one."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    if request.method != "POST":
        return _page(found, found["own_answers"])
    given = answers_of(found["questions"], request.form)
    form = Form(None, [], posted=request.form)
    payload = {"survey_id": str(survey_id), "answers": given}
    if attempt(form, lambda: send(contract.answer_survey, payload)) is None:
        return _page(found, given, form), 422
    flash(gettext("已提交，谢谢您。截止前可以回来修改。"), "done")
    return go(url_for("portal.survey", survey_id=survey_id))


def _page(found: dict[str, Any], answers: list[Any] | None, form: Form | None = None) -> str:
    named = {"survey_id": found["id"]}
    problem = form.problem if form else None
    result = part(results.get_survey_result, named) if found["shows_result"] else None
    told = result.data if result else None
    shows_texts = bool(told and told["with_texts"] and found["state"] == "published")
    texts = part(results.list_survey_texts, {**named, "limit": 100, "hidden": False}) if shows_texts else None
    return render_template(
        "portal/member/survey.html",
        it=found,
        asked=asked(found["questions"], answers, _wrong(problem)),
        problem=problem,
        result=told,
        pictures=pictures_of(told["questions"]) if told else [],
        texts=texts.items if texts else [],
        # The browser keeps what was begun by whose account it was, because devices are shared.
        holder=str(signed_in().member_id),
    )


def _wrong(problem: Any) -> dict[str, str]:
    """Return the rule that an answer breaks, by the number of its question."""
    if problem is None:
        return {}
    wrong = dict(problem.params.get("wrong") or {})
    errors = (problem.params.get("errors") or {}).get("answers")
    if isinstance(errors, dict):
        wrong |= {str(int(place) + 1): "surveys.answers_fit" for place in errors if str(place).isdecimal()}
    return wrong
