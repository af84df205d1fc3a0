"""Proposals: departments, campaigns, seconding, review, handling, replies, ratings, implementation."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.search_kind import SearchKind
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.governance.proposals import (
    acting,
    api,
    campaign_pages,
    figure_pages,
    finding,
    list_pages,
    one_pages,
    projections,
    rule_messages,
    writing_pages,
)
from services.contracts.governance.proposals.events import ProposalMoved
from services.contracts.governance.proposals.operations import list_proposals, my_proposals
from services.contracts.governance.proposals.vocabulary import PROPOSAL_STEPS

_CONSOLE = frozenset({"officer", "auditor", "chair", "handler"})
_ADDRESS = ("proposal", "/governance/proposals/{}", "proposal_id")


def _facts(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(word for word in (one["title"], one["number"]) if word)


_IN_CONSOLE = TodoDetails(list_proposals, facts=_facts)
_OF_MEMBER = TodoDetails(my_proposals, facts=_facts)


def _todo(icon: str, text: Any, details: TodoDetails, roles: frozenset[str] = frozenset()) -> TodoKind:
    return TodoKind(icon, *_ADDRESS, notice=NoticeText(text, private=False), roles=roles, details=details)


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "second": gettext("您的提案附议人数已足够，可以提交"),
        "send_back": gettext("提案已退回修改"),
        "file": gettext("提案已立案"),
        "overturn": gettext("主席团裁定提案予以立案"),
        "uphold": gettext("主席团裁定维持不予立案"),
        "not_file": gettext("提案不予立案，请看理由"),
        "make_suggestion": gettext("提案已转为意见建议"),
        "merge": gettext("提案已并案"),
        "unmerge": gettext("提案已撤销并案"),
        "assign": gettext("提案已交办"),
        "publish": gettext("提案答复已公布，请评价"),
        "reopen": gettext("提案进入二次办理"),
        "close": gettext("提案已办结"),
        "praise": gettext("提案被评为优秀提案"),
    }.get(str(params.get("step")))


SUBJECT = Subject(
    "proposals",
    __doc__,
    rules=rule_messages.RULES,
    steps={"proposal": PROPOSAL_STEPS},
    input_errors=rule_messages.INPUT_ERRORS,
    routes=api.ROUTES,
    pages=(
        list_pages.PAGES, writing_pages.PAGES, one_pages.PAGES, acting.PAGES, campaign_pages.PAGES, figure_pages.PAGES,
    ),
    menu=(
        MenuItem(
            "proposals", _l("提案"), "chat-left-text", "democracy", _CONSOLE,
            also=("proposal_figures",), below=("/console/proposal",),
        ),
        MenuItem("departments", _l("承办部门"), "diagram-3", "democracy", frozenset({"officer", "auditor"}),
                 also=("new_department", "edit_department")),
        MenuItem("my_proposals", _l("提案"), "chat-left-text", "own_democracy", below=("/me/proposals",)),
    ),
    todos={
        "proposal_office": _todo(
            "chat-left-text", _l("有提案等待处理：审查、交办、公布答复或办结。"), _IN_CONSOLE,
            frozenset({"officer", "chair"}),
        ),
        "proposal_handle": _todo("chat-left-text", _l("有提案交由您的部门办理。"), _IN_CONSOLE, frozenset({"handler"})),
        "proposal_approve": _todo("check2", _l("有提案答复等待您审批。"), _OF_MEMBER),
        "proposal_confirm": _todo("pencil-square", _l("您附议的提案内容有修改，请重新确认。"), _OF_MEMBER),
        "proposal_rate": _todo("star", _l("您提出或附议的提案已有答复，请评价。"), _OF_MEMBER),
    },
    news={
        "proposal_moved": NewsKind(
            _l("提案有新进展"), "chat-left-text", "proposal", "proposal_id", shade=_what_became,
            notice=NoticeText(_l("请在“提案”里查看详情。")),
        ),
    },
    reactions=(Reaction(ProposalMoved, projections.on_moved),),
    search=(
        SearchKind(
            "proposal", _l("提案"), "chat-left-text", "/governance/proposals/{id}", finding.shown, find=finding.find
        ),
    ),
    help=Help(
        _l("提案"),
        _l("代表提出提案，有人附议后提交；审查立案、交办答复、评价落实，全程可查。"),
        (
            _l("校工会发起征集，选定用到的环节；分工会主席可以为本单位征集。"),
            _l("代表起草提案、征集附议；别人看过后再改内容，附议人要重新确认。"),
            _l("审查后立案、并案、转为意见建议或不予立案；立案的提案会员都能看到。"),
            _l("主办部门汇总协办意见后统一答复，分管领导同意并公布后才公开。"),
            _l("提案人和附议人评价答复；不满意的按规定二次办理，落实完成后办结。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
