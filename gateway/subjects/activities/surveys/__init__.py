"""Surveys: questions to members, anonymous by construction or by name, with results told to those who were asked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.activities.surveys import (
    api,
    finding,
    member_pages,
    pages,
    projections,
    question_pages,
    result_pages,
    rule_messages,
    running_pages,
)
from gateway.subjects.activities.surveys.words import CALLED, TOLD
from services.contracts.activities.surveys.events import SurveyAnswered, SurveyCalled, SurveyClosed, SurveyTold
from services.contracts.activities.surveys.operations import my_surveys


def _what(params: Mapping[str, Any]) -> str | None:
    words = {**CALLED, **TOLD}.get(str(params.get("what")))
    return str(words) if words else None


SUBJECT = Subject(
    "surveys",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, question_pages.PAGES, running_pages.PAGES, result_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "surveys", _l("问卷"), "clipboard-check", "activities", frozenset(CONSOLE_ROLES),
            below=("/console/surveys",),
        ),
        MenuItem("my_surveys", _l("问卷"), "clipboard-check", "own_democracy", also=("survey",)),
    ),
    todos={
        "survey_to_answer": TodoKind(
            "clipboard-check", "survey", "/surveys/{}", "survey_id",
            notice=NoticeText(_l("有一份问卷请您填写。匿名问卷里谁填了什么，任何人都看不到。"), private=False),
            details=TodoDetails(my_surveys, facts=lambda one: (one["title"],)),
        ),
    },
    news={
        "survey_called": NewsKind(
            _l("一份问卷还在等您填写"), "clipboard-check", "survey", "survey_id", shade=_what,
            notice=NoticeText(_l("请在“问卷”里填写；已填写的请忽略。")),
        ),
        "survey_told": NewsKind(
            _l("一份问卷有了结果"), "clipboard-check", "survey", "survey_id", shade=_what,
            notice=NoticeText(_l("请在“问卷”里查看。")),
        ),
    },
    reactions=(
        Reaction(SurveyCalled, projections.on_called),
        Reaction(SurveyAnswered, projections.on_answered),
        Reaction(SurveyClosed, projections.on_closed),
        Reaction(SurveyTold, projections.on_told),
    ),
    search=(
        SearchKind(
            "survey", _l("问卷"), "clipboard-check", "/surveys/{id}", finding.shown, find=finding.find,
            roles=frozenset({*CONSOLE_ROLES, "member"}),
        ),
    ),
    help=Help(
        _l("问卷"),
        _l("向会员、某个分工会或报名了某次活动的会员征求意见；匿名问卷从构造上就不能把人和答卷对上。"),
        (
            _l("起草问卷：写题目，可以设必答，可以只在前面选了某项时才问；先预览，再开始。"),
            _l("开始时名册固定、题目和匿名方式不能再改；会员在手机上填写，实名的截止前可以改。"),
            _l("匿名的凭证在会员自己的设备上生成，服务器盲签；每人一张，换浏览器或重新登录也只有一张。"),
            _l("可以提醒、延长、提前结束；匿名问卷只看得到份数，答卷统计后随即销毁。"),
            _l("份数少的不显示，按分工会统计时也不能从总数推算；文字回答先看，不合适的写明原因隐藏，再公布。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
