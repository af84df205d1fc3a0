"""Suggestions box: suggestions by name or without, answered for one or for all to read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind, each
from gateway.subjects.governance.suggestions import (
    anonymous_pages,
    api,
    member_pages,
    pages,
    projections,
    rule_messages,
)
from services.contracts.governance.suggestions import events
from services.contracts.governance.suggestions.operations import list_suggestions
from services.contracts.governance.suggestions.vocabulary import SUGGESTION_STEPS


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "answered": gettext("您的建议有答复了"), "closed": gettext("您的建议不予答复，请看原因"),
    }.get(str(params.get("state")))  # fmt: skip


SUBJECT = Subject(
    "suggestions",
    __doc__,
    rules=rule_messages.RULES,
    steps={"suggestion": SUGGESTION_STEPS},
    routes=api.ROUTES,
    pages=(anonymous_pages.PAGES, member_pages.PAGES, pages.PAGES),
    menu=(
        MenuItem(
            "suggestions", _l("建议箱"), "chat-left-text", "democracy", frozenset({"officer", "chair"}),
            also=("suggestion", "suggestion_figures"),
        ),
        MenuItem("suggestion_figures", _l("建议统计"), "speedometer2", "democracy", frozenset({"auditor"})),
        MenuItem("my_suggestions", _l("建议箱"), "chat-left-text", "own_democracy",
                 also=("new_suggestion", "suggestion_answers")),
    ),
    todos={
        "suggestion": TodoKind(
            "chat-left-text",
            "suggestion",
            "/governance/suggestions/{}",
            "suggestion_id",
            notice=NoticeText(_l("有建议等待答复，请在期限前答复。")),
            roles=frozenset({"officer", "chair"}),
            details=TodoDetails(list_suggestions, facts=lambda one: (one["title"],), asks={"show": "all"}),
        ),
    },
    news={
        "suggestion_moved": NewsKind(
            _l("建议有答复"),
            "chat-left-text",
            "suggestion",
            "suggestion_id",
            shade=_what_became,
            notice=NoticeText(_l("请在“建议箱”里查看。")),
        ),
    },
    reactions=(
        *each(projections.on_received, events.SuggestionReceived, events.SuggestionOverdue),
        Reaction(events.SuggestionMoved, projections.on_moved),
    ),
    help=Help(
        _l("建议箱"),
        _l("会员向校工会或自己的分工会提出建议，署名或匿名都可以；答复只给本人，或经本人同意公开。"),
        (
            _l("署名的登录后提出，答复后收到通知；待答复的可以撤回。"),
            _l("匿名的不登录提出：系统不知道是谁，只给一个查询码，凭它查看答复，丢了不能补。"),
            _l("校工会干部答复，或转办给分工会；转办后分工会看不到建议人。答复期限由“制度标准”里的工作日数决定。"),
            _l("公开的是改写后的问题和答复，去掉能认出人的内容；建议人没有同意的不公开。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)  # fmt: skip
