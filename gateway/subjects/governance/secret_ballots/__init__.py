"""Secret ballots: keys of scrutineers, votes cast without an account, the board."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import NoticeText, Reaction, Subject, TodoKind
from gateway.subjects.governance.secret_ballots import api, pages, projections, rule_messages
from services.contracts.governance.secret_ballots import ScrutineersCalled, ScrutineersDone

SUBJECT = Subject(
    "secret_ballots",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES,),
    todos={
        "ballot_key_to_make": TodoKind(
            "key",
            "scrutineer",
            "/governance/ballots/{}/ceremony",
            "ballot_id",
            notice=NoticeText(
                _l("您是一次无记名投票的监票人，请登记您的密钥；监票人都登记后才能开始投票。"), private=False
            ),
        ),
        "ballot_share_to_give": TodoKind(
            "key",
            "scrutineer",
            "/governance/ballots/{}/ceremony",
            "ballot_id",
            notice=NoticeText(_l("投票已经结束，请交出您的份额；份额够了就能开票。"), private=False),
        ),
    },
    reactions=(
        Reaction(ScrutineersCalled, projections.on_called),
        Reaction(ScrutineersDone, projections.on_done),
    ),
    help=Help(
        _l("无记名投票"),
        _l("谁也不知道谁投了什么，系统管理员也不能；每个人都能核对自己的票和结果。"),
        (
            _l("监票人各自在浏览器里生成密钥；投票的总密钥分成份额，没有人单独持有。"),
            _l("会员登录领取凭证，由工会和监票组各签一次，签发时是盖住的；之后不登录，凭它投票。"),
            _l("选票加密后打乱次序上榜，每个人凭追踪号找到自己的票。"),
            _l("结束后监票人交出份额，够数才能开票；票榜可以下载，用命令核对。"),
        ),
        _l("工会基层组织选举工作条例"),
    ),
    templates=Path(__file__).parent / "templates",
)
