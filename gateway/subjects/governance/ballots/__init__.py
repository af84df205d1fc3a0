"""Ballots: who may vote on what, the votes, and what came of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.portal.people import CONSOLE_ROLES
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.governance.ballots import (
    api,
    member_pages,
    pages,
    projections,
    rule_messages,
    scrutineer_pages,
    writing_pages,
)
from gateway.subjects.governance.ballots.words import OUTCOMES
from services.contracts.governance.ballots.events import VotersCalled, VotersTold, VotersVoted, VotingEnded
from services.contracts.governance.ballots.operations import my_ballots


def _what_came(params: Mapping[str, Any]) -> str | None:
    words = OUTCOMES.get(params.get("outcome"))
    return str(words) if words else None


SUBJECT = Subject(
    "ballots",
    __doc__,
    rules=rule_messages.RULES,
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(pages.PAGES, writing_pages.PAGES, scrutineer_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "ballots",
            _l("表决和选举"),
            "card-checklist",
            "democracy",
            CONSOLE_ROLES,
            below=("/console/ballots",),
        ),
        MenuItem("my_ballots", _l("投票"), "card-checklist", "own_democracy"),
    ),
    todos={
        "ballot_to_vote": TodoKind(
            "card-checklist",
            "ballot_paper",
            "/governance/ballots/{}",
            "ballot_id",
            notice=NoticeText(_l("有一次投票请您参加，请在截止前投出。"), private=False),
            details=TodoDetails(my_ballots, facts=lambda item: (item["title"],)),
        ),
        "secret_ballot_to_vote": TodoKind(
            "shield-lock",
            "ballot_paper",
            "/governance/ballots/{}",
            "ballot_id",
            notice=NoticeText(
                _l("有一次无记名投票请您参加。投票指纹 %(fingerprint)s，含两个登记方的密钥，请与投票页面上的核对。"),
                private=False,
            ),
            details=TodoDetails(my_ballots, facts=lambda item: (item["title"],)),
        ),
    },
    news={
        "voters_told": NewsKind(
            _l("表决结果"),
            "card-checklist",
            "ballot_paper",
            "ballot_id",
            shade=_what_came,
            notice=NoticeText(_l("请在“投票”里查看结果。")),
        ),
        "voting_ended": NewsKind(
            _l("投票结束，等待开票"),
            "shield-lock",
            "ballot_board",
            "ballot_id",
            notice=NoticeText(_l("票榜共 %(entries)s 张，链尾 %(chain)s。请保存这条通知，以后可以据此核对票榜。")),
        ),
    },
    reactions=(
        Reaction(VotersCalled, projections.on_called),
        Reaction(VotersVoted, projections.on_voted),
        Reaction(VotingEnded, projections.on_ended),
        Reaction(VotersTold, projections.on_told),
    ),
    help=Help(
        _l("表决和选举"),
        _l("赞成反对、选择、选举和排序，记名、公开计票或无记名；名册开始时固定，结束后才计票。"),
        (
            _l("校工会在全体、分工会或指定会员中发起，分工会主席在本分工会发起；核对人数后开始，或到时间自动开始。"),
            _l("会员在手机上投票，确认后得到凭条号；没有投的会在待办里看到。"),
            _l("到时间或由办理人结束后计票，写明以多少人计、需要多少票、依据哪条规定；正好一半也写明。"),
            _l("票数相等的在他们之间再投一轮；没有选足的可以再选；参加人数不足的无效。"),
            _l("无记名的先指定监票人，他们各自登记密钥后才能开始；结束后由他们一起开票，票榜人人可以核对。"),
        ),
        _l("学校教职工代表大会规定、工会基层组织选举工作条例"),
    ),
    templates=Path(__file__).parent / "templates",
)
