"""Tournaments of activities: teams, draw, fixtures, results, standings."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.sports import (
    api,
    fixture_pages,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.activities.sports.events import FixtureChanged, FixturesDrawn

_CONSOLE = ("console_tournament", "tournament_settings", "new_sports_team", "fixture_result", "move_fixture")

SUBJECT = Subject(
    "sports",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, fixture_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "console_tournaments",
            _l("球类赛事"),
            "diagram-3",
            "activities",
            frozenset({"officer", "chair", "auditor"}),
            also=_CONSOLE,
        ),
        MenuItem("tournaments", _l("赛程与积分榜"), "diagram-3", "own_benefits", also=("tournament",)),
    ),
    news={
        "fixtures_drawn": NewsKind(
            _l("您带队的比赛排出赛程了"),
            "diagram-3",
            "tournament",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请查看本队的场次、时间和场地。"), private=False),
        ),
        "fixture_changed": NewsKind(
            _l("您带队的一场比赛调整了"),
            "calendar-event",
            "tournament",
            argument="activity_id",
            titled=True,
            notice=NoticeText(_l("请查看新的时间和场地。"), private=False),
        ),
    },
    reactions=(Reaction(FixturesDrawn, projections.on_drawn), Reaction(FixtureChanged, projections.on_changed)),
    help=Help(
        _l("球类赛事"),
        _l("气排球、乒乓球等：分组循环或单败淘汰，自动编排场次、时间和场地，积分榜随成绩更新。"),
        (
            _l("在活动页点“赛程”，设定赛制、每场几局、积分和场地时段，再登记参赛队；种子队抽签时分开。"),
            _l("编排赛程：循环赛每两队相遇一次，同一时间一队只赛一场；队数不足时淘汰赛由种子队轮空。"),
            _l("登记各局比分，或登记弃权；延期和改时间会通知领队。小组赛打完后再编排淘汰赛。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
