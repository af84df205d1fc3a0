"""Teams of activities: founding, invitations, line-ups, the lock, lists for organisers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import NewsKind, NoticeText, Reaction, Subject
from gateway.subjects.activities.teams import api, pages, projections, rule_messages, team_pages
from services.contracts.activities.teams.events import TeamAnswered, TeamConfirmed, TeamEnded, TeamInvited

_CAUSES = {
    "by_captain": _l("队长解散了参赛队"),
    "by_organiser": _l("主办方取消了您的参赛队"),
    "not_confirmed": _l("截止前没有确认，参赛队已取消"),
    "left": _l("队长会籍终止，参赛队已取消"),
    "activity_cancelled": _l("活动取消，参赛队随之取消"),
}


def _ended(params: Mapping[str, Any]) -> str | None:
    words = _CAUSES.get(str(params.get("cause")))
    return str(words) if words else None


def _answered(params: Mapping[str, Any]) -> str | None:
    return str(_l("有队员加入了您的队") if params.get("joined") else _l("有队员谢绝或退出了您的队"))


SUBJECT = Subject(
    "teams",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, team_pages.PAGES),
    news={
        "team_invited": NewsKind(
            _l("有人邀请您组队"),
            "people",
            "teams",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("请答复是否参加“%(title)s”的参赛队。")),
        ),
        "team_answered": NewsKind(
            _l("有队员答复了邀请"),
            "people",
            "teams",
            "activity_id",
            shade=_answered,
            titled=True,
            notice=NoticeText(_l("“%(title)s”：您的队有变化，请查看名单。")),
        ),
        "team_confirmed": NewsKind(
            _l("参赛队已确认"),
            "check-circle",
            "teams",
            "activity_id",
            titled=True,
            notice=NoticeText(_l("您所在的队已确认参加“%(title)s”。")),
        ),
        "team_ended": NewsKind(
            _l("参赛队已取消"),
            "x-circle",
            "teams",
            "activity_id",
            shade=_ended,
            titled=True,
            notice=NoticeText(_l("您所在的队不再参加“%(title)s”。")),
        ),
    },
    reactions=(
        Reaction(TeamInvited, projections.on_invited),
        Reaction(TeamAnswered, projections.on_answered),
        Reaction(TeamConfirmed, projections.on_changed, batch=True),
        Reaction(TeamEnded, projections.on_changed, batch=True),
    ),
    help=Help(
        _l("组队"),
        _l("球赛、合唱等活动按队参加：队长组队、邀请，队员在手机上答复，队长确认参赛。"),
        (
            _l("组织者设置每队人数、替补、每个分工会的队数和名单锁定时间；可以让每队占一个名额。"),
            _l("队长凭会员号邀请队员，每人都要属于活动对象，一个人只在一个队。"),
            _l("锁定以后只有组织者能改名单，并写明原因；没有确认的队自动取消。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
