"""Surveys in the console: the list, writing one, one with what is to be done, its preview."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.identity.current import current_principal
from gateway.portal.audience_fields import WHOM, place_audience_errors, with_audience
from gateway.portal.columns import Column
from gateway.portal.formats import plain_day
from gateway.portal.forms import Field, Form
from gateway.portal.list_pages import ListExport, ListPage, PageLink
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, only, own_unit_choices, unit_choices
from gateway.portal.service_calls import go, part, submit
from gateway.portal.steps import steps_of
from gateway.rpc.calls import call
from gateway.subjects.activities.surveys.questions import asked
from gateway.subjects.activities.surveys.words import STEPS, group_title, pictures_of
from services.chassis.plain_text import whole_number
from services.contracts.activities.calendar.operations import list_activities
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results
from services.contracts.activities.surveys.requests import ChangeSurvey, WriteSurvey
from services.contracts.activities.surveys.vocabulary import SURVEY_STAGES, SURVEY_STATES

PAGES = PageTable()
PATH = "/console/surveys/<uuid:survey_id>"
RUNS = ("officer", "chair")
_WRITERS = frozenset(RUNS)

PAGES.add_list(
    ListPage(
        "surveys", "/console/surveys", contract.list_surveys, _l("问卷"),
        columns=(
            "title", Column("unit_id", wide=True), "anonymous", Column("electorate", on_page=False),
            Column("opened_at", wide=True), "closes_at", "entitled", "sheets",
            Column("published_at", on_page=False), Column("state", state=True),
        ),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=("q", "state", Field("unit_id", choices=unit_choices), "sort"),
        lead=_l("匿名问卷只看得到份数；结束后统计，答卷销毁。"),
        empty=_l("没有符合条件的问卷。"),
        icon="clipboard-check",
        links=(PageLink("new_survey", _l("写问卷"), "plus-lg", _WRITERS, first=True),),
        link="console_survey",
        argument="survey_id",
        export=ListExport(personal=False),
        topics=("surveys",),
    )
)  # fmt: skip


def activity_choices() -> dict[str, str]:
    """Return the latest activities, by id."""
    found = part(list_activities, {"sort": "-starts_at", "limit": 100}).items
    return {one["id"]: f"{one['title']}（{plain_day(one['starts_at'])}）" for one in found}


_WHAT: tuple[Field | str, ...] = (
    Field("title", wide=True),
    Field("about", control="textarea", hint=_l("填写人先看到：为什么问、结果怎么用。")),
    Field("anonymous", hint=_l("匿名的不能查到谁填了什么，也不能改；实名的截止前本人可以改。开始后不能再换。")),
    Field("by_unit", hint=_l("份数少的分工会不单独显示，也不能从总数推算。")),
    Field("opens_at", hint=_l("不填则由您开始。")),
    Field("closes_at", hint=_l("不填则由您结束。")),
)
_WHO = (
    Field("electorate", hint=_l("选了活动就不再限定对象。")),
    Field("activity_id", control="select", choices=activity_choices, blank=_l("不是某次活动")),
)


_AUDIENCE = tuple(replace(one, hint=_l("按开始那天计算。")) if one.name == "age_from" else one for one in WHOM)


def _unit() -> Field:
    blank = _l("校工会") if current_principal().has("officer") else None
    return Field("unit_id", control="select", choices=own_unit_choices, blank=blank)


@PAGES.route("/console/surveys/new", methods=["GET", "POST"])
@only(*RUNS)
def new_survey() -> str | Response | tuple[str, int]:
    """Write a survey; its questions are added after that."""
    posted = request.form if request.method == "POST" else None
    units = {"units": list(own_unit_choices())} if not current_principal().has("officer") else {}
    form = Form(WriteSurvey, (*_WHAT, _unit(), *_WHO, *_AUDIENCE), values=units, posted=posted)
    made = submit(form, contract.write_survey, filled=_payload(form)) if posted is not None else None
    if made is None:
        return _form_page(form, None)
    flash(gettext("草稿已保存，请添加题目。"), "done")
    return go(here(made["id"]))


@PAGES.route(f"{PATH}/edit", methods=["GET", "POST"])
@only(*RUNS)
def edit_survey(survey_id: UUID) -> str | Response | tuple[str, int]:
    """Change what a draft is about and whom it asks."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    posted = request.form if request.method == "POST" else None
    form = Form(ChangeSurvey, (*_WHAT, *_WHO, *_AUDIENCE), values={**found, **found["audience"]}, posted=posted)
    if posted is None:
        return _form_page(form, found)
    version = posted.get("version", type=whole_number) or found["version"]
    more = {"survey_id": str(survey_id), "version": version, "questions": found["questions"]}
    if submit(form, contract.change_survey, filled=_payload(form), **more) is None:
        return _form_page(form, found)
    flash(gettext("已保存。"), "done")
    return go(here(survey_id))


def _payload(form: Form) -> dict[str, Any]:
    return with_audience(form.payload())


def _form_page(form: Form, found: dict[str, Any] | None) -> str | tuple[str, int]:
    place_audience_errors(form)
    names = {
        "what": [getattr(spec, "name", spec) for spec in _WHAT],
        "who": [*(["unit_id"] if found is None else []), *(spec.name for spec in (*_WHO, *WHOM))],
    }
    page = render_template("portal/console/survey_form.html", form=form, names=names, it=found)
    return page if form.posted is None else (page, 422)


@PAGES.get(PATH)
@only(*CONSOLE_ROLES)
def console_survey(survey_id: UUID) -> str:
    """Show a survey with its questions and what is to be done; the result of all, or of one unit."""
    named = {"survey_id": str(survey_id)}
    found = call(contract.get_survey, named)
    result = part(results.get_survey_result, named) if found["shows_result"] else None
    told = result.data if result else None
    units = [{**one, "title": group_title(one["unit_id"])} for one in told["groups"]] if told else []
    chosen = next((one for one in units if one["shown"] and one["unit_id"] == request.args.get("unit")), None)
    return render_template(
        "portal/console/survey.html",
        it=found,
        asked=asked(found["questions"]),
        way=steps_of(SURVEY_STATES.only(*SURVEY_STAGES), "draft" if found["state"] == "opening" else found["state"],
                     SURVEY_STATES),
        history=[{**one, "words": STEPS.get(one["step"], one["step"])} for one in found["history"]],
        result=told,
        away=result.problem if result else None,
        units=units,
        chosen=chosen,
        pictures=pictures_of((chosen or told)["questions"]) if told else [],
    )  # fmt: skip


@PAGES.get(f"{PATH}/preview")
@only(*CONSOLE_ROLES)
def survey_preview(survey_id: UUID) -> str:
    """Show a survey as those who fill it in will see it; nothing can be sent."""
    found = call(contract.get_survey, {"survey_id": str(survey_id)})
    return render_template("portal/console/survey_preview.html", it=found, asked=asked(found["questions"]))


def here(survey_id: Any) -> str:
    """Return the address of a survey's page."""
    return url_for("portal.console_survey", survey_id=survey_id)
