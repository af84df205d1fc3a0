"""Disclosure of the union's money: audited figures of a part of a year for all members, and their questions."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind, each
from gateway.subjects.governance.disclosures import api, one_pages, pages, projections, rule_messages
from services.contracts.governance.disclosures import events
from services.contracts.governance.disclosures.operations import list_disclosure_questions
from services.contracts.governance.disclosures.vocabulary import DISCLOSURE_STEPS, QUESTION_STEPS


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "answered": gettext("您就经费公开提的问题有答复了"),
        "declined": gettext("您就经费公开提的问题没有公开，请看原因"),
    }.get(str(params.get("state")))


SUBJECT = Subject(
    "disclosures",
    __doc__,
    rules=rule_messages.RULES,
    steps={"disclosure": DISCLOSURE_STEPS, "disclosure_question": QUESTION_STEPS},
    routes=api.ROUTES,
    pages=(pages.PAGES, one_pages.PAGES),
    menu=(
        MenuItem(
            "disclosures", _l("经费公开"), "cash-stack", "money", frozenset({"officer", "auditor"}),
            also=("new_disclosure", "disclosure_questions", "disclosure_question", "disclosure"),
        ),
        MenuItem("published_disclosures", _l("经费公开"), "cash-stack", "own_democracy", also=("disclosure_lines",)),
    ),
    todos={
        projections.REVIEW: TodoKind(
            "cash-stack", "disclosure", "/governance/disclosures/{}", "disclosure_id", roles=frozenset({"auditor"}),
            notice=NoticeText(_l("有一期经费公开等待经审委员审核。")),
        ),
        projections.PUBLISH: TodoKind(
            "cash-stack", "disclosure", "/governance/disclosures/{}", "disclosure_id", roles=frozenset({"officer"}),
            notice=NoticeText(_l("有一期经费公开已审核通过，请公开。")),
        ),
        projections.QUESTION: TodoKind(
            "chat-left-text", "disclosure_question", "/governance/disclosure-questions", "question_id",
            roles=frozenset({"officer"}), notice=NoticeText(_l("会员就经费公开提了问题，请答复。")),
            details=TodoDetails(
                list_disclosure_questions, facts=lambda one: (one["text"],), asks={"show": "all"}
            ),
        ),
    },
    news={
        "disclosure_question_answered": NewsKind(
            _l("经费公开提问有答复"),
            "cash-stack",
            "disclosure",
            "disclosure_id",
            shade=_what_became,
            notice=NoticeText(_l("请在“经费公开”里查看。")),
        ),
    },
    reactions=(
        Reaction(events.DisclosureMoved, projections.on_moved),
        Reaction(events.DisclosurePublished, projections.on_published),
        *each(projections.on_question, events.DisclosureQuestionAsked, events.DisclosureQuestionAnswered),
    ),
    help=Help(
        _l("经费公开"),
        _l("按季度、半年或全年向会员公开工会经费的收入和支出，会员可以提问。"),
        (
            _l("校工会选择时段，系统从账本取数；写上说明后提交。各月须已结账，数字从此不再变动。"),
            _l("经审委员核对后通过，或写明原因退回；提交人不能审核自己提交的。"),
            _l("校工会公开，可以通知全体会员；有错的撤下，再拟一期。"),
            _l("会员看到各项收入、各预算项目的支出和各月支出，没有个人和单笔明细；可以导出表格。"),
            _l("会员的问题由校工会答复，问题和答复所有会员都能看到，不写明是谁提的。"),
        ),
        _l("《中华人民共和国工会法》第四十五条"),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
