"""What came of a survey: figures, texts and their moderation, named answers as a list and a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from gateway.portal.columns import Column
from gateway.portal.exporting import as_file, written
from gateway.portal.formats import moment
from gateway.portal.forms import Field
from gateway.portal.list_pages import ListExport, ListPage, Shown
from gateway.portal.page_table import PageTable
from gateway.portal.people import CONSOLE_ROLES, names, only, unit_choices
from gateway.portal.service_calls import PASSED_ON, act, go, tell
from gateway.portal.uploads import file_response
from gateway.rpc.calls import call
from gateway.subjects.activities.surveys.pages import PATH, RUNS, here
from services.chassis.errors import Problem
from services.contracts.activities.surveys import operations as contract
from services.contracts.activities.surveys import results

PAGES = PageTable()
_MOST_PAGES = 500
_HIDDEN = {"true": _l("已隐藏"), "false": _l("没有隐藏")}


def _titled(words: Any) -> Any:
    return lambda shown: _about(shown, words)


def _about(shown: Shown, words: Any) -> dict[str, Any]:
    back = (url_for("portal.console_survey", survey_id=shown.about["id"]), shown.about["title"])
    return {"title": gettext("%(title)s：%(part)s", title=shown.about["title"], part=words), "back": back}


PAGES.add_list(
    ListPage(
        "survey_figures", f"{PATH}/figures", results.list_survey_figures, _l("问卷统计"),
        columns=("number", "question", "option", "count", Column("percent", how="text"), "answered",
                 Column("mean", how="text")),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=(Field("unit_id", _l("分工会"), "select", choices=unit_choices, blank=_l("全部合计")),),
        lead=_l("没有行的分工会份数太少，或为了不能从总数推算而不显示。"),
        empty=_l("没有可以显示的统计。"),
        icon="bar-chart",
        back=("surveys", _l("问卷")),
        about=contract.get_survey,
        more=_titled(_l("统计")),
        export=ListExport(personal=False, name="survey-figures", title=_l("问卷统计")),
    )
)  # fmt: skip

PAGES.add_list(
    ListPage(
        "survey_texts", f"{PATH}/texts", results.list_survey_texts, _l("文字回答"),
        columns=("number", "question", "text", Column("reason", macro="moderation"), Column("hidden", on_page=False)),
        roles=tuple(sorted(CONSOLE_ROLES)),
        filters=(
            Field("hidden", control="select", blank=_l("全部"), choices=_HIDDEN),
            Field("number", control="number"),
        ),
        lead=_l("顺序是随机的，同一个人的几条不在一起。公布时隐藏的不公布。"),
        empty=_l("没有文字回答。"),
        icon="chat-left-text",
        back=("surveys", _l("问卷")),
        about=contract.get_survey,
        more=_titled(_l("文字回答")),
        macros="portal/parts/survey_texts.html",
        export=ListExport(personal=False, name="survey-texts", title=_l("问卷文字回答")),
    )
)  # fmt: skip


@PAGES.post(f"{PATH}/texts/<uuid:text_id>")
@only(*RUNS)
def moderate_survey_text(survey_id: UUID, text_id: UUID) -> Response:
    """Hide a text with the reason, or show it again."""
    reason = request.form.get("reason", "").strip() or None
    payload = {"survey_id": str(survey_id), "text_id": str(text_id), "reason": reason}
    done = gettext("已隐藏。") if reason else gettext("已恢复显示。")
    return act(
        results.moderate_survey_text, payload, done=done, then=url_for("portal.survey_texts", survey_id=survey_id)
    )


@PAGES.get(f"{PATH}/answers")
@only(*RUNS)
def survey_answers(survey_id: UUID) -> str:
    """Show who answered what to a named survey; the look is logged."""
    named = {"survey_id": str(survey_id)}
    found = call(contract.get_survey, named)
    cursor = request.args.get("cursor") or None
    page = call(results.open_survey_answers, {**named, "limit": 50, "cursor": cursor})
    people = names(page["items"], "member_id")
    return render_template("portal/console/survey_answers.html", it=found, page=page, people=people)


@PAGES.post(f"{PATH}/answers.<any(xlsx, csv):kind>")
@only(*RUNS)
def survey_answers_file(survey_id: UUID, kind: str) -> Response:
    """Give who answered what to a named survey as a file, a column for each question; the look is logged."""
    named = {"survey_id": str(survey_id)}
    found = call(contract.get_survey, named)
    try:
        items = _every_answer(named)
    except PASSED_ON:
        raise
    except Problem as problem:
        tell(problem)
        return go(here(survey_id))
    people = names(items, "member_id")
    columns = [("name", gettext("姓名")), ("at", gettext("填写时间"))]
    columns += [(f"q{at}", f"{at}. {one['question']}") for at, one in enumerate(found["questions"], 1)]
    rows = [
        {
            "name": people.get(one["member_id"], ""), "at": moment(one["answered_at"]),
            **{f"q{at}": said or "" for at, said in enumerate(one["answers"], 1)},
        }
        for one in items
    ]  # fmt: skip
    return file_response(as_file(found["title"], kind, written(columns, rows, kind)))


def _every_answer(named: dict[str, str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = None
    for _ in range(_MOST_PAGES):
        page = call(results.open_survey_answers, {**named, "limit": 100, "cursor": cursor})
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    return items
