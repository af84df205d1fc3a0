"""Requests of members: types as data, requests handled in steps, counselling by appointment."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from gateway.help import Help
from gateway.subject import MenuItem, NewsKind, NoticeText, Reaction, Subject, TodoDetails, TodoKind
from gateway.subjects.welfare.requests import (
    api,
    counselling_pages,
    member_pages,
    one_request_pages,
    pages,
    projections,
    rule_messages,
    types_pages,
)
from services.contracts.welfare.requests.events import RequestMoved, RequestOverdue, RequestSubmitted
from services.contracts.welfare.requests.operations import list_requests

_CONSOLE_PAGES = ("request_types", "new_request_type", "edit_request_type", "counselling", "counselling_type",
                  "new_counselling_slot")  # fmt: skip


def _what_became(params: Mapping[str, Any]) -> str | None:
    return {
        "accepted": gettext("您的诉求已受理"),
        "in_step": gettext("您的诉求有新进展"),
        "done": gettext("您的诉求已办结"),
        "declined": gettext("您的诉求不予办理，请看原因"),
        "withdrawn": gettext("您的诉求已撤回"),
    }.get(str(params.get("state")))


SUBJECT = Subject(
    "requests",
    __doc__,
    rules=rule_messages.RULES,
    routes=api.ROUTES,
    pages=(pages.PAGES, one_request_pages.PAGES, types_pages.PAGES, counselling_pages.PAGES, member_pages.PAGES),
    menu=(
        MenuItem(
            "requests",
            _l("诉求办理"),
            "clipboard-check",
            "welfare",
            frozenset({"officer", "auditor", "handler"}),
            also=_CONSOLE_PAGES,
        ),
        MenuItem("my_requests", _l("诉求办理"), "clipboard-check", "own_benefits"),
    ),
    todos={
        "request_to_handle": TodoKind(
            "clipboard-check",
            "one_request",
            "/welfare/requests/{}",
            "request_id",
            notice=NoticeText(_l("有会员诉求需要办理，请在期限前处理。")),
            roles=frozenset({"officer", "handler"}),
            details=TodoDetails(
                list_requests, member="member_id", facts=lambda one: (one["type_name"],), asks={"show": "all"}
            ),
        ),
    },
    news={
        "request_moved": NewsKind(
            _l("诉求办理有进展"),
            "clipboard-check",
            "one_request",
            "request_id",
            shade=_what_became,
            notice=NoticeText(_l("请在“诉求办理”里查看详情。")),
        ),
    },
    reactions=(
        Reaction(RequestSubmitted, projections.on_submitted),
        Reaction(RequestMoved, projections.on_moved),
        Reaction(RequestOverdue, projections.on_overdue),
    ),
    help=Help(
        _l("诉求办理"),
        _l("会员向工会提出诉求，如子女入学、托育、住房租赁证明，按环节限时办理；法律、心理咨询按预约进行。"),
        (
            _l("校工会设定诉求类型：环节、每个环节的工作日、需要的材料、承办人。"),
            _l("会员选择类型、写明诉求、上传材料，随时看到办到哪一步。"),
            _l("校工会或承办人受理、逐个环节办理、写明结果；逾期的会列出并提醒。"),
            _l("咨询只按预约办理，结束后预约记录即删除，只保留各月人次。"),
        ),
    ),
    templates=Path(__file__).parent / "templates",
)
