"""The congress: terms of two bodies, seats of units, delegates and their delegations."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.formats import plain_day
from gateway.portal.people import CONSOLE_ROLES
from gateway.search_kind import SearchKind
from gateway.subject import JobKind, MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoKind, each
from gateway.subjects.governance.congress import (
    api,
    archiving,
    delegate_pages,
    document_pages,
    election_pages,
    finding,
    floor_pages,
    member_pages,
    minutes_pages,
    pages,
    people_pages,
    projections,
    renewal_pages,
    rule_messages,
    session_pages,
)
from gateway.subjects.governance.congress.naming import session_name
from services.contracts.gateway.jobs import archive_session
from services.contracts.governance.congress.events import DelegateElected, DelegateEnded, UnitSeatsChanged
from services.contracts.governance.congress.renewal_events import RenewalChanged, RenewalLate, RenewalOpened
from services.contracts.governance.congress.session_events import DelegatesConvened, GuestsInvited, SessionChanged

_CONSOLE_PAGES = (
    "congress", "new_congress", "change_congress", "congress_seats", "delegates", "delegate", "enter_delegates",
    "unit_elections", "call_election",
    "new_delegation", "edit_delegation",
    "new_session", "change_session", "session", "session_desk", "attendance", "session_minutes",
    "session_guests", "new_session_guest", "new_organ", "edit_organ", "attach_session_document",
    "renewal", "renewal_steps", "new_renewal_item",
)  # fmt: skip


def _elected_to(params: Mapping[str, Any]) -> str | None:
    return {
        "staff_congress": gettext("您当选为教代会代表"),
        "union_congress": gettext("您当选为工代会代表"),
    }.get(str(params.get("body")))


def _called_to(params: Mapping[str, Any]) -> str | None:
    if "term" not in params:
        return None
    told = {"name": session_name(params), "day": plain_day(date.fromisoformat(str(params["opens_on"])))}
    if params.get("moved"):
        return gettext("%(name)s改期或改会场，%(day)s开幕", **told)
    return gettext("请您出席%(name)s，%(day)s开幕", **told)


def _invited_to(params: Mapping[str, Any]) -> str | None:
    if "term" not in params:
        return None
    told = {"name": session_name(params), "day": plain_day(date.fromisoformat(str(params["opens_on"])))}
    return gettext("请您列席%(name)s，%(day)s开幕", **told)


def _ended_in(params: Mapping[str, Any]) -> str | None:
    return {
        "staff_congress": gettext("您的教代会代表资格已终止"),
        "union_congress": gettext("您的工代会代表资格已终止"),
    }.get(str(params.get("body")))


SUBJECT = Subject(
    "congress",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        pages.PAGES,
        delegate_pages.PAGES,
        election_pages.PAGES,
        member_pages.PAGES,
        session_pages.PAGES,
        floor_pages.PAGES,
        people_pages.PAGES,
        document_pages.PAGES,
        minutes_pages.PAGES,
        renewal_pages.PAGES,
    ),
    menu=(
        MenuItem("my_congress", _l("代表大会"), "people", "own_democracy", also=("member_delegates", "own_session")),
        MenuItem("congresses", _l("代表大会"), "people", "democracy", CONSOLE_ROLES, also=_CONSOLE_PAGES),
    ),
    todos={
        projections.VACANT: TodoKind(
            "people",
            "congresses",
            "/governance/congresses",
            None,
            notice=NoticeText(_l("单位有代表名额空缺，请组织选举并登记结果。")),
            roles=frozenset({"chair", "officer"}),
        ),
        projections.RENEWAL: TodoKind(
            "list-check",
            "renewal",
            "/governance/congresses/{}/renewal",
            "congress_id",
            notice=NoticeText(_l("代表大会任期将满，换届检查表已列出，请按期限办理。")),
            roles=frozenset({"officer"}),
        ),
        projections.RENEWAL_LATE: TodoKind(
            "list-check",
            "renewal",
            "/governance/congresses/{}/renewal",
            "congress_id",
            notice=NoticeText(_l("换届检查表有事项超过期限还没有办结，请查看。")),
            roles=frozenset({"officer"}),
        ),
    },
    news={
        "delegate_elected": NewsKind(
            _l("您当选为代表"),
            "people",
            "my_congress",
            shade=_elected_to,
            notice=NoticeText(_l("请在“代表大会”里查看。")),
        ),
        "delegate_ended": NewsKind(
            _l("您的代表资格已终止"),
            "people",
            "my_congress",
            shade=_ended_in,
            notice=NoticeText(_l("请在“代表大会”里查看。")),
        ),
        "guests_invited": NewsKind(
            _l("请您列席代表大会"),
            "people",
            "own_session",
            "session_id",
            shade=_invited_to,
            notice=NoticeText(_l("请在“代表大会”里查看时间、会场和文件；列席没有表决权。")),
        ),
        "delegates_convened": NewsKind(
            _l("请您出席代表大会"),
            "people",
            "own_session",
            "session_id",
            shade=_called_to,
            notice=NoticeText(_l("请在“代表大会”里查看时间、会场和议程；到会请带会员卡签到。")),
        ),
    },
    jobs=(
        JobKind(
            archiving.KIND,
            _l("制作会议档案"),
            archive_session,
            archiving.make,
            archiving.keep,
            result="portal/console/session_archive_made.html",
        ),
    ),
    search=(
        SearchKind(
            "congress_session",
            _l("代表大会会议"),
            "people",
            "/governance/sessions/{id}",
            finding.shown,
            find=finding.find,
        ),
    ),
    reactions=(
        Reaction(UnitSeatsChanged, projections.on_seats),
        Reaction(DelegateElected, projections.on_elected),
        Reaction(DelegateEnded, projections.on_ended),
        Reaction(SessionChanged, projections.on_session),
        Reaction(DelegatesConvened, projections.on_convened),
        Reaction(GuestsInvited, projections.on_convened),
        *each(projections.on_renewal, RenewalOpened, RenewalChanged, RenewalLate),
    ),
    help=Help(
        _l("代表大会"),
        _l("教代会和工代会：按单位选举代表，各有名单、法定人数和表决。"),
        (
            _l("校工会新建一届，按各单位会员人数分配名额（最大余数法），可以逐个调整。"),
            _l("分工会组织差额选举，登记选举日期、人数、候选人和得票；不符合规定的不予登记。"),
            _l("也可以在系统里投票选举：结束计票后当选人自动登记，票数相等或未选足的再次选举。"),
            _l("系统按规定核对教师、女代表、青年代表的人数，说明还差几名。"),
            _l("会议先列议程再召集；代表扫会员卡签到，到会人数达到三分之二才能宣布开会和表决。"),
            _l("大屏和手机同步显示议程、到会人数、发言和决议；表决按全体代表计算。"),
            _l("每次会议有主席团，每届有执委会和专门委员会；文件发给全体会员、代表或主席团；列席没有表决权。"),
            _l("会议记录每次保存为一稿，不覆盖他人的修改；评议领导干部的议程可关联民主评议，公布后显示结果。"),
            _l("闭会后可制作会议档案：一个压缩包，附清单和校验值，可用 gonghui archive verify 离线核对。"),
            _l("临时会议由学校、工会或三分之一以上代表联名提议。"),
            _l("代表离会、退休时资格自行终止；调离选举单位的，由选举单位或校工会决定。空缺由单位补选。"),
            _l("任期届满前按规定的月数自动列出换届检查表；校工会逐项办结、可撤回，也可增加事项，逾期会提醒。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
