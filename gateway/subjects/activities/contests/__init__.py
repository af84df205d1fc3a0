"""Judged contests of activities: settings, entries, judges and their sheets, live board, results."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.contests import (
    api,
    entry_pages,
    judge_pages,
    judging_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
    settings_pages,
)
from services.contracts.activities.contests.events import ContestDecided, ContestEntered, ContestMoved, JudgeNamed

_CONSOLE = (
    "console_contest", "contest_settings", "new_contest_entry", "new_contest_judge", "contest_sheets", "paper_sheets",
    "paper_sheet",
)  # fmt: skip


SUBJECT = Subject(
    "contests",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        settings_pages.PAGES,
        entry_pages.PAGES,
        judge_pages.PAGES,
        judging_pages.PAGES,
        member_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "console_contests",
            _l("比赛评分"),
            "trophy",
            "activities",
            frozenset({"officer", "chair", "auditor"}),
            also=_CONSOLE,
        ),
        MenuItem(
            "my_contests",
            _l("我的比赛和评审"),
            "trophy",
            "own_benefits",
            also=("judge_contest", "judge_entry", "own_sheets", "contest_results"),
        ),
    ),
    news={
        "contest_entered": NewsKind(
            _l("您已列入参赛名单"),
            "trophy",
            "contest_results",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请留意出场顺序和时间。"), private=False),
        ),
        "judge_named": NewsKind(
            _l("校工会聘请您担任评委"),
            "clipboard-check",
            "judge_contest",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请查看参赛名单，与参赛者有利害关系的请申明回避。"), private=False),
        ),
        "contest_moved": NewsKind(
            _l("您担任评委的比赛开始评分了"),
            "clipboard-check",
            "judge_contest",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请在手机上逐个评分，提交后不能自行修改。"), private=False),
        ),
        "contest_decided": NewsKind(
            _l("您参加的比赛公布结果了"),
            "trophy",
            "contest_results",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请查看得分、名次和奖项。"), private=False),
        ),
    },
    reactions=(
        Reaction(ContestEntered, projections.on_entered),
        Reaction(JudgeNamed, projections.on_judge_named),
        Reaction(ContestMoved, projections.on_moved),
        Reaction(ContestDecided, projections.on_decided),
    ),
    help=Help(
        _l("比赛评分"),
        _l("教学竞赛、大合唱等由评委打分的比赛：评分项目和权重、组别、评委、评分表、名次和奖项。"),
        (
            _l("在活动页点“比赛评分”，设定评分项目（权重合计 100）、组别、计分规则和奖项；可以先套用一种写法。"),
            _l("登记参赛者：从报名名单导入、逐个登记会员，或填写合唱队等名称；限定年龄的按截止日期核对。"),
            _l("聘请评委；同一单位的自动回避，其他情形由评委申明。评分表提交后锁定，交齐之前别人看不到。"),
            _l("各组评分截止后核对结果再公布；更正由评委组长办理，写明原因，全程留痕。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
